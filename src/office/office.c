/* SPDX-License-Identifier: Apache-2.0 */
#include "office/office.h"

#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/file.h"
#include "base/log.h"
#include "office/schema.h"

#define FILE_NAME "office.sqlite"
#define STATEMENTS_MAX 512

struct office {
	pthread_mutex_t lock; /* held through a transaction; over everything below */
	sqlite3 *db;
	char *folder; /* NULL: in memory */
	struct {
		const char *sql;
		sqlite3_stmt *s;
	} statements[STATEMENTS_MAX]; /* a table by the text's address */
	int statement_count;
	int64_t now_utc_s;
	const struct actor *actor;
	bool is_spoilt;
};

const struct actor office_itself = {.name = "hub", .address = ""};

static const char *const role_words[] = {
	"editor", "reviewer", "issuer", "operator", "auditor", "administrator"};
#define ROLE_COUNT (sizeof role_words / sizeof role_words[0])

json_t *office_role_names(unsigned roles)
{
	json_t *names = json_array();
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if (roles & (1u << i))
			(void)json_array_append_new(names, json_string(role_words[i]));
	}
	return names;
}

bool office_role_mask(const json_t *names, unsigned *out)
{
	size_t at;
	const json_t *name;
	*out = 0;
	if (!json_is_array(names))
		return false;
	json_array_foreach (names, at, name) {
		size_t i = 0;
		while (i < ROLE_COUNT && json_is_string(name) &&
			strcmp(role_words[i], json_string_value(name)) != 0)
			i++;
		if (!json_is_string(name) || i == ROLE_COUNT)
			return false;
		*out |= 1u << i;
	}
	return true;
}

/* ---- opening -------------------------------------------------------------------- */

static bool is_answer(sqlite3 *db, const char *sql, const char *expected)
{
	sqlite3_stmt *s = NULL;
	bool ok = sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW;
	const char *text = ok ? (const char *)sqlite3_column_text(s, 0) : NULL;
	ok = text && strcmp(text, expected) == 0;
	(void)sqlite3_finalize(s);
	return ok;
}

/* The defaults lose the last commit when power is cut; what was asked for is read back. */
static bool harden(sqlite3 *db, bool in_memory)
{
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	(void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	if (sqlite3_exec(db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON",
		    NULL, NULL, NULL) != SQLITE_OK)
		return false;
	return in_memory || (is_answer(db, "PRAGMA locking_mode=EXCLUSIVE", "exclusive") &&
				    is_answer(db, "PRAGMA journal_mode=TRUNCATE", "truncate") &&
				    sqlite3_exec(db, "PRAGMA synchronous=EXTRA", NULL, NULL, NULL) == SQLITE_OK &&
				    is_answer(db, "PRAGMA synchronous", "3"));
}

static bool step_up(sqlite3 *db, size_t version)
{
	char done[64];
	(void)snprintf(done, sizeof done, "PRAGMA user_version=%zu; COMMIT", version + 1);
	return sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(db, schema_steps[version], NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(db, done, NULL, NULL, NULL) == SQLITE_OK;
}

static bool migrate(sqlite3 *db, struct err *e)
{
	sqlite3_stmt *s = NULL;
	bool ok = sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &s, NULL) == SQLITE_OK &&
		  sqlite3_step(s) == SQLITE_ROW;
	size_t version = ok ? (size_t)sqlite3_column_int64(s, 0) : 0;
	(void)sqlite3_finalize(s);
	if (version > schema_count)
		return err_set(e, ERR_CONFLICT, "the database is of version %zu, this program knows %zu",
			version, schema_count);
	for (; ok && version < schema_count; version++)
		ok = step_up(db, version);
	return ok || err_set(e, ERR_DISK, "the database cannot be brought up to date: %s", sqlite3_errmsg(db));
}

static bool open_file(struct office *o, int flags, struct err *e)
{
	char path[PATH_MAX] = ":memory:";
	if (o->folder && !file_join(path, sizeof path, o->folder, FILE_NAME))
		return err_set(e, ERR_USAGE, "%s: too long a name", o->folder);
	bool ok = sqlite3_open_v2(path, &o->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, NULL) ==
			  SQLITE_OK &&
		  harden(o->db, !o->folder);
	return ok || err_set(e, ERR_DISK, "%s: %s", path, o->db ? sqlite3_errmsg(o->db) : "no memory");
}

static bool open_with(struct office **out, const char *folder, int flags, struct err *e)
{
	struct office *o = alloc_zero(1, sizeof *o);
	(void)pthread_mutex_init(&o->lock, NULL);
	o->folder = folder ? alloc_text(folder) : NULL;
	if (!open_file(o, flags, e) || !migrate(o->db, e)) {
		office_close(o);
		return false;
	}
	*out = o;
	return true;
}

bool office_create(const char *folder, struct err *e)
{
	char path[PATH_MAX];
	struct office *o;
	if (!file_make_folder(folder, 0700, e))
		return false;
	if (!file_join(path, sizeof path, folder, FILE_NAME) || file_exists(path))
		return err_set(e, ERR_CONFLICT, "%s: there is an office already", folder);
	if (!open_with(&o, folder, SQLITE_OPEN_CREATE, e))
		return false;
	office_close(o);
	return file_sync_folder(folder, e);
}

bool office_open(struct office **out, const char *folder, struct err *e)
{
	return open_with(out, folder, 0, e);
}

void office_close(struct office *o)
{
	if (!o)
		return;
	for (int i = 0; i < STATEMENTS_MAX; i++)
		(void)sqlite3_finalize(o->statements[i].s);
	(void)sqlite3_close(o->db);
	(void)pthread_mutex_destroy(&o->lock);
	free(o->folder);
	free(o);
}

const char *office_folder(const struct office *o)
{
	return o->folder;
}

bool office_backup(struct office *o, const char *path, struct err *e)
{
	sqlite3 *copy = NULL;
	if (file_exists(path))
		return err_set(e, ERR_CONFLICT, "%s: is there already", path);
	(void)pthread_mutex_lock(&o->lock);
	bool ok = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK;
	sqlite3_backup *b = ok ? sqlite3_backup_init(copy, "main", o->db, "main") : NULL;
	ok = b && sqlite3_backup_step(b, -1) == SQLITE_DONE;
	ok = sqlite3_backup_finish(b) == SQLITE_OK && ok;
	ok = ok && is_answer(copy, "PRAGMA integrity_check", "ok");
	if (!ok)
		err_set(e, ERR_DISK, "%s: %s", path, copy ? sqlite3_errmsg(copy) : "no memory");
	ok = sqlite3_close(copy) == SQLITE_OK && ok;
	(void)pthread_mutex_unlock(&o->lock);
	return ok;
}

/* ---- a transaction -------------------------------------------------------------- */

static void spoil(struct office *o, const char *sql)
{
	if (!o->is_spoilt)
		log_line(LOG_ERROR, "office: %s: %s", sqlite3_errmsg(o->db), sql);
	o->is_spoilt = true;
}

void office_begin(struct office *o, int64_t now_utc_s, const struct actor *actor)
{
	(void)pthread_mutex_lock(&o->lock);
	o->now_utc_s = now_utc_s;
	o->actor = actor;
	o->is_spoilt = false;
	office_do(o, "BEGIN IMMEDIATE", "");
}

static void leave(struct office *o)
{
	o->actor = NULL;
	(void)pthread_mutex_unlock(&o->lock);
}

void office_rollback(struct office *o)
{
	if (!sqlite3_get_autocommit(o->db) &&
		sqlite3_exec(o->db, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK)
		log_line(LOG_ERROR, "office: cannot go back: %s", sqlite3_errmsg(o->db));
	leave(o);
}

bool office_commit(struct office *o, struct err *e)
{
	if (!o->is_spoilt)
		office_do(o, "COMMIT", "");
	if (o->is_spoilt) {
		err_set(e, ERR_DISK, "数据库暂时无法写入，未作任何更改");
		office_rollback(o);
		return false;
	}
	leave(o);
	return true;
}

bool office_end(struct office *o, bool ok, struct err *e)
{
	if (ok)
		return office_commit(o, e);
	office_rollback(o);
	return false;
}

int64_t office_now(const struct office *o)
{
	return o->now_utc_s;
}

const struct actor *office_actor(const struct office *o)
{
	return o->actor;
}

/* ---- statements ----------------------------------------------------------------- */

static sqlite3_stmt *find(struct office *o, const char *sql)
{
	size_t slot = (size_t)(((uintptr_t)sql * UINT64_C(0x9E3779B97F4A7C15)) >> 40) % STATEMENTS_MAX;
	while (o->statements[slot].sql && o->statements[slot].sql != sql)
		slot = (slot + 1) % STATEMENTS_MAX;
	if (o->statements[slot].sql)
		return o->statements[slot].s;
	sqlite3_stmt *s = NULL;
	if (o->statement_count == STATEMENTS_MAX - 1 ||
		sqlite3_prepare_v3(o->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK) {
		spoil(o, sql);
		return NULL;
	}
	o->statements[slot].sql = sql;
	o->statements[slot].s = s;
	o->statement_count++;
	return s;
}

static int bind_one(sqlite3_stmt *s, int at, char type, va_list *args)
{
	if (type == 'i')
		return sqlite3_bind_int64(s, at, va_arg(*args, int64_t));
	if (type == 's')
		return sqlite3_bind_text(s, at, va_arg(*args, const char *), -1, SQLITE_TRANSIENT);
	if (type == 'b') {
		const void *bytes = va_arg(*args, const void *);
		return sqlite3_bind_blob64(s, at, bytes, va_arg(*args, size_t), SQLITE_TRANSIENT);
	}
	const json_t *value = va_arg(*args, const json_t *);
	return value ? sqlite3_bind_text(s, at, office_canonical(value), -1, free) : sqlite3_bind_null(s, at);
}

static sqlite3_stmt *bind(struct office *o, const char *sql, const char *types, va_list *args)
{
	sqlite3_stmt *s = find(o, sql);
	if (!s)
		return NULL;
	(void)sqlite3_reset(s); /* tells again what the last step told */
	(void)sqlite3_clear_bindings(s);
	bool ok = true;
	for (int i = 0; types[i]; i++)
		ok = bind_one(s, i + 1, types[i], args) == SQLITE_OK && ok;
	if (!ok)
		spoil(o, sql);
	return s;
}

struct sqlite3_stmt *office_ask(struct office *o, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	sqlite3_stmt *s = bind(o, sql, types, &args);
	va_end(args);
	return s;
}

bool office_next(struct office *o, struct sqlite3_stmt *s)
{
	int result = s && !o->is_spoilt ? sqlite3_step(s) : SQLITE_DONE;
	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		spoil(o, sqlite3_sql(s));
	(void)sqlite3_reset(s);
	return false;
}

void office_do(struct office *o, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	sqlite3_stmt *s = bind(o, sql, types, &args);
	va_end(args);
	while (office_next(o, s))
		continue;
}

int64_t office_number(struct office *o, int64_t otherwise, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	sqlite3_stmt *s = bind(o, sql, types, &args);
	va_end(args);
	int64_t number = otherwise;
	if (office_next(o, s) && sqlite3_column_type(s, 0) != SQLITE_NULL)
		number = sqlite3_column_int64(s, 0);
	(void)sqlite3_reset(s);
	return number;
}

int64_t office_inserted(const struct office *o)
{
	return sqlite3_last_insert_rowid(o->db);
}

int office_changed(const struct office *o)
{
	return sqlite3_changes(o->db);
}

int64_t office_int(struct sqlite3_stmt *s, int column)
{
	return sqlite3_column_int64(s, column);
}

const char *office_text(struct sqlite3_stmt *s, int column)
{
	return (const char *)sqlite3_column_text(s, column);
}

json_t *office_json(struct sqlite3_stmt *s, int column)
{
	const char *text = office_text(s, column);
	return text ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;
}

json_t *office_time(struct sqlite3_stmt *s, int column)
{
	char text[32];
	if (sqlite3_column_type(s, column) == SQLITE_NULL)
		return json_null();
	civil_format_rfc3339(sqlite3_column_int64(s, column), text);
	return json_string(text);
}

char *office_canonical(const json_t *value)
{
	return json_dumps(value, JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
}
