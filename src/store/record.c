/* SPDX-License-Identifier: Apache-2.0 */
#include "store/record.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "feed/digest.h"

#define BUSY_MS 2000

struct record_db {
	sqlite3 *db;
};

static const char schema_sql[] =
	"CREATE TABLE IF NOT EXISTS record(id INTEGER PRIMARY KEY CHECK (id = 1), feed TEXT NOT NULL,"
	" trust INTEGER NOT NULL, seq INTEGER NOT NULL, head_sha256 TEXT NOT NULL, version INTEGER NOT NULL,"
	" manifest_sha256 TEXT NOT NULL, previous_version INTEGER NOT NULL, floor_utc_s INTEGER NOT NULL,"
	" refused_version INTEGER NOT NULL, refused_sha256 TEXT NOT NULL, refused_reason TEXT NOT NULL,"
	" head BLOB NOT NULL) STRICT";

static bool ask(sqlite3 *db, const char *sql, const char *expected)
{
	sqlite3_stmt *s = NULL;
	bool ok = sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW;
	const char *text = ok ? (const char *)sqlite3_column_text(s, 0) : NULL;
	ok = text && strcmp(text, expected) == 0;
	sqlite3_finalize(s);
	return ok;
}

/* Defaults lose the last commit when power is cut; what was asked for is read back. */
static bool harden(sqlite3 *db, enum record_use use)
{
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1 << 20);
	sqlite3_busy_timeout(db, use == RECORD_GLANCE ? 0 : BUSY_MS);
	if (sqlite3_exec(db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0", NULL, NULL, NULL) != SQLITE_OK)
		return false;
	return use != RECORD_WRITE ||
	       (ask(db, "PRAGMA journal_mode=TRUNCATE", "truncate") &&
		       sqlite3_exec(db, "PRAGMA synchronous=EXTRA", NULL, NULL, NULL) == SQLITE_OK &&
		       ask(db, "PRAGMA synchronous", "3"));
}

static bool try_open(sqlite3 **db, const char *path, enum record_use use)
{
	bool writes = use == RECORD_WRITE;
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (writes ? SQLITE_OPEN_CREATE : 0);
	int result = sqlite3_open_v2(path, db, flags, NULL);
	if (result != SQLITE_OK && !writes) { /* a read-only folder */
		sqlite3_close(*db);
		result = sqlite3_open_v2(path, db, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY, NULL);
	}
	if (result == SQLITE_OK && writes && sqlite3_db_readonly(*db, "main") == 1)
		return false; /* SQLite's own way out when it may not write */
	return result == SQLITE_OK && harden(*db, use) && ask(*db, "PRAGMA quick_check(1)", "ok") &&
	       (!writes || sqlite3_exec(*db, schema_sql, NULL, NULL, NULL) == SQLITE_OK);
}

static void set_aside(const char *path)
{
	char bad[STORE_PATH_MAX + 8];
	(void)snprintf(bad, sizeof bad, "%s.bad", path);
	if (rename(path, bad) == 0)
		log_line(LOG_WARNING, "store: %s is damaged: set aside as %s", path, bad);
}

static bool looks_damaged(sqlite3 *db)
{
	int code = sqlite3_errcode(db); /* SQLITE_OK: it answered, and not as it should */
	if (!db || sqlite3_db_readonly(db, "main") == 1)
		return false;
	return code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == SQLITE_OK;
}

/* A disk that fails looks like damage to SQLite; the floors in a sound record must not be
 * given up for it. */
static bool is_readable(const char *path)
{
	char sha256[DIGEST_HEX];
	uint64_t size;
	struct err ignored = {0};
	return digest_file(path, UINT64_MAX, sha256, &size, &ignored);
}

/* What a failed call means to who asked. */
static enum err_kind kind_of(sqlite3 *db, enum err_kind otherwise)
{
	return sqlite3_errcode(db) == SQLITE_BUSY ? ERR_BUSY : otherwise;
}

bool record_open(struct record_db **out, const char *path, enum record_use use, struct err *e)
{
	sqlite3 *db = NULL;
	bool writes = use == RECORD_WRITE, ok = try_open(&db, path, use);
	for (int i = 0; i < 2 && !ok && writes && looks_damaged(db) && is_readable(path); i++) {
		sqlite3_close(db);
		if (i > 0) /* damaged is what was found so twice */
			set_aside(path);
		ok = try_open(&db, path, use);
	}
	if (!ok) {
		err_set(e, kind_of(db, writes ? ERR_DISK : ERR_IO), "%s: %s", path,
			sqlite3_errcode(db) == SQLITE_OK ? "cannot be used" : sqlite3_errmsg(db));
		sqlite3_close(db);
		return false;
	}
	*out = alloc_zero(1, sizeof **out);
	(*out)->db = db;
	return true;
}

void record_close(struct record_db *db)
{
	if (!db)
		return;
	sqlite3_close(db->db);
	free(db);
}

static void copy(char *to, size_t room, sqlite3_stmt *s, int column)
{
	const unsigned char *text = sqlite3_column_text(s, column);
	(void)snprintf(to, room, "%s", text ? (const char *)text : "");
}

bool record_read(struct record_db *db, struct store_record *out, struct err *e)
{
	sqlite3_stmt *s = NULL;
	*out = (struct store_record){0};
	int result = sqlite3_prepare_v2(db->db,
		"SELECT feed, trust, seq, head_sha256, version, manifest_sha256, previous_version, "
		"floor_utc_s,"
		" refused_version, refused_sha256, refused_reason FROM record WHERE id = 1",
		-1, &s, NULL);
	if (result == SQLITE_OK)
		result = sqlite3_step(s);
	if (result == SQLITE_ROW) {
		copy(out->feed, sizeof out->feed, s, 0);
		out->trust = sqlite3_column_int64(s, 1);
		out->seq = sqlite3_column_int64(s, 2);
		copy(out->head_sha256, sizeof out->head_sha256, s, 3);
		out->version = sqlite3_column_int64(s, 4);
		copy(out->manifest_sha256, sizeof out->manifest_sha256, s, 5);
		out->previous_version = sqlite3_column_int64(s, 6);
		out->floor_utc_s = sqlite3_column_int64(s, 7);
		out->refused_version = sqlite3_column_int64(s, 8);
		copy(out->refused_sha256, sizeof out->refused_sha256, s, 9);
		copy(out->refused_reason, sizeof out->refused_reason, s, 10);
		result =
			sqlite3_errcode(db->db); /* without memory a text is not there, and only this tells */
	}
	bool ok = result == SQLITE_ROW ||
		  err_set(e, kind_of(db->db, ERR_IO), "state.sqlite: %s",
			  result == SQLITE_DONE ? "no record yet" : sqlite3_errmsg(db->db));
	sqlite3_finalize(s);
	return ok;
}

bool record_read_head(struct record_db *db, struct buf *out, struct err *e)
{
	sqlite3_stmt *s = NULL;
	int result = sqlite3_prepare_v2(db->db, "SELECT head FROM record WHERE id = 1", -1, &s, NULL);
	if (result == SQLITE_OK)
		result = sqlite3_step(s);
	const void *head = result == SQLITE_ROW ? sqlite3_column_blob(s, 0) : NULL;
	if (result == SQLITE_ROW)
		result = sqlite3_errcode(db->db);
	if (result == SQLITE_ROW)
		buf_add(out, head, (size_t)sqlite3_column_bytes(s, 0));
	bool ok = result == SQLITE_ROW ||
		  err_set(e, kind_of(db->db, ERR_IO), "state.sqlite: %s", sqlite3_errmsg(db->db));
	sqlite3_finalize(s);
	return ok;
}

bool record_write(struct record_db *db, const struct store_record *r, const struct buf *head, struct err *e)
{
	sqlite3_stmt *s = NULL;
	int result = sqlite3_prepare_v2(db->db,
		"INSERT OR REPLACE INTO record VALUES(1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", -1, &s, NULL);
	if (result == SQLITE_OK) {
		sqlite3_bind_text(s, 1, r->feed, -1, SQLITE_STATIC);
		sqlite3_bind_int64(s, 2, r->trust);
		sqlite3_bind_int64(s, 3, r->seq);
		sqlite3_bind_text(s, 4, r->head_sha256, -1, SQLITE_STATIC);
		sqlite3_bind_int64(s, 5, r->version);
		sqlite3_bind_text(s, 6, r->manifest_sha256, -1, SQLITE_STATIC);
		sqlite3_bind_int64(s, 7, r->previous_version);
		sqlite3_bind_int64(s, 8, r->floor_utc_s);
		sqlite3_bind_int64(s, 9, r->refused_version);
		sqlite3_bind_text(s, 10, r->refused_sha256, -1, SQLITE_STATIC);
		sqlite3_bind_text(s, 11, r->refused_reason, -1, SQLITE_STATIC);
		sqlite3_bind_blob(s, 12, head->len ? head->data : "", (int)head->len, SQLITE_STATIC);
		result = sqlite3_step(s);
	}
	bool ok = result == SQLITE_DONE || err_set(e, ERR_DISK, "state.sqlite: %s", sqlite3_errmsg(db->db));
	sqlite3_finalize(s);
	return ok;
}
