/* SPDX-License-Identifier: Apache-2.0 */
#include "content/content.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "content/project.h"
#include "content/take.h"

#define STATEMENTS_MAX 64

struct content {
	sqlite3 *db;
	struct {
		const char *sql;
		sqlite3_stmt *statement;
	} statements[STATEMENTS_MAX];
	int statement_count;
	struct arena arena;
	const char *site_name, *zone;
};

/* Keeps the first finding as the error's text, and hands all of them on. */
struct first_finding {
	const struct check_options *options;
	struct err *e;
	bool is_known;
};

static void on_finding(void *user, const struct check_finding *f)
{
	struct first_finding *first = user;
	if (!f->is_warning && !first->is_known) {
		err_set(first->e, ERR_FORMAT, "%s: %s%s%s", *f->pointer ? f->pointer : "/", f->value,
			*f->value ? ": " : "", f->rule);
		first->is_known = true;
	}
	if (first->options->report)
		first->options->report(first->options->report_user, f);
}

/* What is wrong with a document, in words; one that is sound leaves *e as it is. */
static void explain(const char *bytes, size_t len, const struct check_options *options, struct err *e)
{
	struct first_finding first = {options, e, false};
	struct check_options told = *options;
	told.report = on_finding;
	told.report_user = &first;
	json_t *document = check_parse(bytes, len, e);
	int errors = document ? check_document(document, &told) : 0;
	if (errors > 1) {
		size_t text_len = strlen(e->text);
		(void)snprintf(e->text + text_len, sizeof e->text - text_len, " (and %d more)", errors - 1);
	}
	json_decref(document);
}

static void read_site(struct content *c)
{
	sqlite3_stmt *s = content_query(c, "SELECT site_name, site_timezone FROM document");
	if (content_step(s)) {
		c->site_name = content_text(s, 0, &c->arena);
		c->zone = content_text(s, 1, &c->arena);
	}
}

static sqlite3_mem_methods own_memory; /* SQLite's own, but for two of them */
static void *(*take)(int bytes), *(*take_again)(void *old, int bytes);

static void *must(void *got)
{
	if (!got) {
		log_line(LOG_ERROR, "content: out of memory");
		abort();
	}
	return got;
}

static void *must_take(int bytes)
{
	return must(take(bytes));
}

static void *must_take_again(void *old, int bytes)
{
	return must(take_again(old, bytes));
}

void content_prepare(void)
{
	/* Its account of its memory, which nobody reads, takes a lock for each piece. */
	if (sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) != SQLITE_OK ||
		sqlite3_config(SQLITE_CONFIG_GETMALLOC, &own_memory) != SQLITE_OK)
		abort();
	take = own_memory.xMalloc;
	take_again = own_memory.xRealloc;
	own_memory.xMalloc = must_take;
	own_memory.xRealloc = must_take_again;
	if (sqlite3_config(SQLITE_CONFIG_MALLOC, &own_memory) != SQLITE_OK)
		abort();
}

static bool open_database(sqlite3 **db, struct err *e)
{
	if (sqlite3_open_v2(":memory:", db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		return err_set(e, ERR_DISK, "tables: %s", sqlite3_errmsg(*db));
	/* Nothing is read from outside; still, no statement may reach beyond this database. */
	sqlite3_db_config(*db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(*db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_limit(*db, SQLITE_LIMIT_ATTACHED, 0);
	/* Or else long lists are sorted in files, and a screen would write to its disk. */
	if (sqlite3_exec(*db, "PRAGMA temp_store=MEMORY", NULL, NULL, NULL) != SQLITE_OK)
		return err_set(e, ERR_DISK, "tables: %s", sqlite3_errmsg(*db));
	return true;
}

/* Sound documents are the rule: what is wrong with another is looked for when it was refused. */
bool content_open(struct content **out, const char *bytes, size_t len, const struct check_options *options,
	struct err *e)
{
	struct content *c = alloc_zero(1, sizeof *c);
	bool ok = open_database(&c->db, e) && take_document(c->db, bytes, len, options, e) &&
		  project_derive(c->db, e);
	if (ok) {
		read_site(c);
		*out = c;
	} else {
		content_close(c);
	}
	if (ok ? options->report != NULL : e->kind == ERR_FORMAT)
		explain(bytes, len, options, e);
	return ok;
}

void content_close(struct content *c)
{
	if (!c)
		return;
	for (int i = 0; i < c->statement_count; i++)
		sqlite3_finalize(c->statements[i].statement);
	sqlite3_close(c->db);
	arena_finish(&c->arena);
	free(c);
}

const char *content_site_name(const struct content *c)
{
	return c->site_name;
}

const char *content_zone(const struct content *c)
{
	return c->zone;
}

static void stop(sqlite3 *db, const char *what)
{
	log_line(LOG_ERROR, "content: %s: %s", what, sqlite3_errmsg(db));
	abort();
}

sqlite3_stmt *content_query(struct content *c, const char *sql)
{
	for (int i = 0; i < c->statement_count; i++) {
		if (c->statements[i].sql == sql) {
			sqlite3_reset(c->statements[i].statement);
			sqlite3_clear_bindings(c->statements[i].statement);
			return c->statements[i].statement;
		}
	}
	sqlite3_stmt *s = NULL;
	if (c->statement_count == STATEMENTS_MAX ||
		sqlite3_prepare_v3(c->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK)
		stop(c->db, sql);
	c->statements[c->statement_count].sql = sql;
	c->statements[c->statement_count++].statement = s;
	return s;
}

bool content_step(sqlite3_stmt *s)
{
	int result = sqlite3_step(s);
	if (result == SQLITE_ROW)
		return true;
	if (result != SQLITE_DONE)
		stop(sqlite3_db_handle(s), sqlite3_sql(s));
	sqlite3_reset(s);
	return false;
}

const char *content_text(sqlite3_stmt *s, int column, struct arena *a)
{
	const unsigned char *text = sqlite3_column_text(s, column);
	return text ? arena_text(a, (const char *)text) : NULL;
}

bool content_is_null(sqlite3_stmt *s, int column)
{
	return sqlite3_column_type(s, column) == SQLITE_NULL;
}
