/* SPDX-License-Identifier: Apache-2.0
 *
 * bulk_insert CONTENT: what taking a document costs, beside SQLite's own bulk insert of the rows
 * that come of it: the same tables and indices, one transaction, prepared statements, nothing
 * read, checked or derived. One line: milliseconds of both (the best of ROUNDS), the document's
 * bytes, and by how many bytes taking it made this process grow at its highest. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "content/content.h"
#include "content/field.h"

#define ROUNDS 5

struct rows {
	char *name, *create;
	sqlite3_value **values; /* row after row */
	int columns, count;
	struct rows *next;
};

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		abort();
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		abort();
	return s;
}

static void read_rows(sqlite3 *db, struct rows *t)
{
	char sql[256];
	int room = 0, held = 0;
	(void)snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", t->name);
	sqlite3_stmt *s = prepare(db, sql);
	t->columns = sqlite3_column_count(s);
	for (; sqlite3_step(s) == SQLITE_ROW; t->count++) {
		if (held + t->columns > room) {
			room = 2 * room + t->columns;
			t->values = realloc(t->values, (size_t)room * sizeof *t->values);
			if (!t->values)
				abort();
		}
		for (int i = 0; i < t->columns; i++)
			t->values[held++] = sqlite3_value_dup(sqlite3_column_value(s, i));
	}
	(void)sqlite3_finalize(s);
}

/* Tables first, as sqlite_schema has them; an index has no rows. */
static struct rows *read_all(sqlite3 *db)
{
	struct rows *first = NULL, **last = &first;
	sqlite3_stmt *s = prepare(db, "SELECT name, sql, type FROM sqlite_schema WHERE sql IS NOT NULL "
				      "AND type IN ('table', 'index') ORDER BY type = 'index', rowid");
	for (; sqlite3_step(s) == SQLITE_ROW; last = &(*last)->next) {
		*last = calloc(1, sizeof **last);
		if (!*last)
			abort();
		(*last)->name = strdup((const char *)sqlite3_column_text(s, 0));
		(*last)->create = strdup((const char *)sqlite3_column_text(s, 1));
		if (strcmp((const char *)sqlite3_column_text(s, 2), "table") == 0)
			read_rows(db, *last);
	}
	(void)sqlite3_finalize(s);
	return first;
}

static void insert_rows(sqlite3 *db, const struct rows *t)
{
	char sql[1024];
	size_t len = (size_t)snprintf(sql, sizeof sql, "INSERT INTO \"%s\" VALUES (?", t->name);
	for (int i = 1; i < t->columns; i++)
		len += (size_t)snprintf(sql + len, sizeof sql - len, ",?");
	(void)snprintf(sql + len, sizeof sql - len, ")");
	sqlite3_stmt *s = prepare(db, sql);
	for (int row = 0; row < t->count; row++) {
		for (int i = 0; i < t->columns; i++)
			(void)sqlite3_bind_value(s, i + 1, t->values[row * t->columns + i]);
		if (sqlite3_step(s) != SQLITE_DONE)
			abort();
		(void)sqlite3_reset(s);
	}
	(void)sqlite3_finalize(s);
}

static double insert_all_ms(const struct rows *all)
{
	int64_t began_us = clock_mono_us();
	sqlite3 *db;
	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		abort();
	run(db, "BEGIN");
	for (const struct rows *t = all; t; t = t->next)
		run(db, t->create);
	for (const struct rows *t = all; t; t = t->next) {
		if (t->columns)
			insert_rows(db, t);
	}
	run(db, "COMMIT");
	(void)sqlite3_close(db);
	return (double)(clock_mono_us() - began_us) / 1000;
}

/* The highest that this process has ever been, in bytes. */
static int64_t highest_bytes(void)
{
	char line[256];
	long long kb = 0;
	FILE *f = fopen("/proc/self/status", "r");
	while (f && fgets(line, sizeof line, f) && sscanf(line, "VmHWM: %lld", &kb) != 1)
		continue;
	if (f)
		(void)fclose(f);
	return kb * 1024;
}

static bool take(const struct buf *bytes, struct content **out, double *ms, struct err *e)
{
	struct check_options unasked = {0};
	int64_t began_us = clock_mono_us();
	bool ok = content_open(out, bytes->data, bytes->len, &unasked, e);
	*ms = (double)(clock_mono_us() - began_us) / 1000;
	return ok;
}

static double lesser(double a, double b)
{
	return a < b ? a : b;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct buf bytes = {0};
	struct content *c = NULL;
	double take_ms, best_take_ms, best_insert_ms = 1e9;
	content_prepare();
	if (argc != 2 || !file_read(argv[1], FIELD_DOCUMENT_BYTES_MAX, &bytes, &e))
		return 2;
	int64_t before = highest_bytes();
	bool ok = take(&bytes, &c, &best_take_ms, &e);
	int64_t grown = highest_bytes() - before;
	for (int i = 1; ok && i < ROUNDS; i++) {
		content_close(c);
		ok = take(&bytes, &c, &take_ms, &e);
		best_take_ms = lesser(best_take_ms, take_ms);
	}
	if (!ok) {
		(void)fprintf(stderr, "bulk_insert: %s\n", e.text);
		return 1;
	}
	const struct rows *all = read_all(sqlite3_db_handle(content_query(c, "SELECT 1")));
	for (int i = 0; i < ROUNDS; i++)
		best_insert_ms = lesser(best_insert_ms, insert_all_ms(all));
	(void)printf("%.1f %.1f %zu %lld\n", best_take_ms, best_insert_ms, bytes.len, (long long)grown);
	content_close(c);
	buf_finish(&bytes);
	return 0;
}
