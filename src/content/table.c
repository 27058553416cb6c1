/* SPDX-License-Identifier: Apache-2.0 */
#include "content/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/civil.h"
#include "content/edtf.h"
#include "content/field.h"

#define NAME_MAX_BYTES 64

/* One table: what is inserted into it, and the tables of its items' own lists. */
struct table {
	char name[NAME_MAX_BYTES];
	const struct field_kind *kind;
	sqlite3_stmt *insert;
	struct table *next;
};

struct builder {
	sqlite3 *db;
	struct table *tables;
	struct err *e;
};

static bool run(struct builder *b, const char *sql)
{
	if (sqlite3_exec(b->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	return err_set(b->e, ERR_DISK, "tables: %s", sqlite3_errmsg(b->db));
}

static bool has_own_table(const struct field *f)
{
	return f->type == FIELD_LIST || f->type == FIELD_SCALARS || f->type == FIELD_OF ||
	       f->type == FIELD_TAGS;
}

/* The columns of a kind, "," before each; the marks that stand for them. */
static void list_columns(
	const struct field_kind *kind, const char *prefix, struct buf *columns, struct buf *marks)
{
	for (int i = 0; i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		if (f->type == FIELD_OBJECT || f->type == FIELD_OF) {
			char inner[NAME_MAX_BYTES];
			(void)snprintf(inner, sizeof inner, "%s%s_", prefix, f->name);
			list_columns(f->kind, inner, columns, marks);
			continue;
		}
		if (has_own_table(f))
			continue;
		buf_printf(columns, ", \"%s%s\"", prefix, f->name);
		buf_text(marks, ", ?");
		if (f->type == FIELD_DATE || f->type == FIELD_PERIOD || f->type == FIELD_AS_OF) {
			buf_printf(
				columns, ", \"%s%s_first\", \"%s%s_last\"", prefix, f->name, prefix, f->name);
			buf_text(marks, ", ?, ?");
		}
	}
}

static bool add_table(struct builder *b, const char *name, const struct field_kind *kind, const char *more);

/* The tables of the lists that items of a kind have, also inside their objects. */
static bool add_inner(struct builder *b, const char *prefix, const struct field_kind *kind)
{
	static const struct field id_field = {"id", FIELD_ID};
	static const struct field_kind id_kind = {&id_field, 1};
	for (int i = 0; i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		char name[NAME_MAX_BYTES];
		(void)snprintf(name, sizeof name, "%s%s%s", prefix, *prefix ? "_" : "", f->name);
		bool ok = true;
		if (f->type == FIELD_OBJECT)
			ok = add_inner(b, name, f->kind);
		else if (f->type == FIELD_OF)
			ok = add_table(b, name, &id_kind, "");
		else if (f->type == FIELD_TAGS)
			ok = add_table(b, name, f->kind, ", tag");
		else if (has_own_table(f))
			ok = add_table(b, name, f->kind, "");
		if (!ok)
			return false;
	}
	return true;
}

/* more: a further column in front of the kind's own, or "". */
static bool add_table(struct builder *b, const char *name, const struct field_kind *kind, const char *more)
{
	struct buf columns = {0}, marks = {0}, sql = {0};
	list_columns(kind, "", &columns, &marks);
	buf_printf(&sql, "CREATE TABLE \"%s\"(seq INTEGER PRIMARY KEY, parent INTEGER, pos INTEGER%s%s)",
		name, more, columns.len ? columns.data : "");
	bool ok = run(b, sql.data);
	buf_clear(&sql);
	buf_printf(&sql, "INSERT INTO \"%s\"(parent, pos%s%s) VALUES(?, ?%s%s)", name, more,
		columns.len ? columns.data : "", *more ? ", ?" : "", marks.len ? marks.data : "");
	struct table *t = alloc_zero(1, sizeof *t);
	(void)snprintf(t->name, sizeof t->name, "%s", name);
	t->kind = kind;
	t->next = b->tables;
	b->tables = t;
	if (ok && sqlite3_prepare_v3(b->db, sql.data, -1, SQLITE_PREPARE_PERSISTENT, &t->insert, NULL) !=
			  SQLITE_OK)
		ok = err_set(b->e, ERR_DISK, "tables: %s", sqlite3_errmsg(b->db));
	buf_finish(&columns);
	buf_finish(&marks);
	buf_finish(&sql);
	return ok && add_inner(b, name, kind);
}

static struct table *find_table(const struct builder *b, const char *name)
{
	struct table *t = b->tables;
	while (t && strcmp(t->name, name) != 0)
		t = t->next;
	return t;
}

static void bind_days(sqlite3_stmt *s, int *at, const char *text)
{
	struct edtf from, to;
	bool ok = text && edtf_parse_period(text, &from, &to);
	if (ok) {
		sqlite3_bind_int(s, *at, from.first);
		sqlite3_bind_int(s, *at + 1, to.last);
	}
	*at += 2;
}

static int minutes_of(const char *text)
{
	int hour = 0, minute = 0;
	(void)(civil_digits(text, 2, &hour) && civil_digits(text + 3, 2, &minute));
	return hour * 60 + minute;
}

/* Binds one field's columns, from *at on; an absent value leaves them NULL. */
static void bind_value(sqlite3_stmt *s, int *at, const struct field *f, const json_t *value)
{
	const char *text = json_string_value(value);
	struct edtf day;
	int64_t utc_s;
	switch (f->type) {
	case FIELD_BOOL:
		sqlite3_bind_int(s, *at, json_is_true(value));
		break;
	case FIELD_INT:
		if (value)
			sqlite3_bind_int64(s, *at, json_integer_value(value));
		break;
	case FIELD_NUMBER:
		if (value)
			sqlite3_bind_double(s, *at, json_number_value(value));
		break;
	case FIELD_DAY:
		if (text && edtf_parse(text, &day))
			sqlite3_bind_int(s, *at, day.first);
		break;
	case FIELD_TIME:
		if (text && civil_parse_rfc3339(text, &utc_s))
			sqlite3_bind_int64(s, *at, utc_s);
		break;
	case FIELD_HOUR:
		if (text)
			sqlite3_bind_int(s, *at, minutes_of(text));
		break;
	default:
		if (text)
			sqlite3_bind_text(s, *at, text, -1, SQLITE_STATIC);
	}
	(*at)++;
	if (f->type == FIELD_DATE || f->type == FIELD_PERIOD || f->type == FIELD_AS_OF)
		bind_days(s, at, text);
}

static void bind_object(sqlite3_stmt *s, int *at, const struct field_kind *kind, const json_t *object)
{
	for (int i = 0; i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		const json_t *value = json_object_get(object, f->name);
		if (f->type == FIELD_OBJECT || f->type == FIELD_OF)
			bind_object(s, at, f->kind, value);
		else if (!has_own_table(f))
			bind_value(s, at, f, value);
	}
}

static bool insert(struct builder *b, struct table *t)
{
	int result = sqlite3_step(t->insert);
	sqlite3_reset(t->insert);
	sqlite3_clear_bindings(t->insert);
	return result == SQLITE_DONE ||
	       err_set(b->e, ERR_DISK, "tables: %s: %s", t->name, sqlite3_errmsg(b->db));
}

static bool fill_inner(struct builder *b, const char *prefix, const struct field_kind *kind,
	const json_t *object, int64_t parent);

/* An item is an object, a pair, or a scalar. */
static bool fill_row(
	struct builder *b, struct table *t, const json_t *item, int64_t parent, size_t pos, const char *tag)
{
	int at = 3;
	sqlite3_bind_int64(t->insert, 1, parent);
	sqlite3_bind_int64(t->insert, 2, (sqlite3_int64)pos);
	if (tag)
		sqlite3_bind_text(t->insert, at++, tag, -1, SQLITE_STATIC);
	if (json_is_object(item)) {
		bind_object(t->insert, &at, t->kind, item);
	} else if (json_is_array(item)) {
		for (int i = 0; i < t->kind->count; i++)
			bind_value(t->insert, &at, &t->kind->fields[i], json_array_get(item, (size_t)i));
	} else {
		bind_value(t->insert, &at, &t->kind->fields[0], item);
	}
	return insert(b, t) && (!json_is_object(item) || fill_inner(b, t->name, t->kind, item,
								 sqlite3_last_insert_rowid(b->db)));
}

static bool fill_list(
	struct builder *b, const char *name, const json_t *list, int64_t parent, const char *tag)
{
	struct table *t = find_table(b, name);
	size_t i;
	const json_t *item;
	json_array_foreach (list, i, item) {
		if (!fill_row(b, t, item, parent, i, tag))
			return false;
	}
	return true;
}

static bool fill_inner(struct builder *b, const char *prefix, const struct field_kind *kind,
	const json_t *object, int64_t parent)
{
	for (int i = 0; i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		json_t *value = json_object_get(object, f->name);
		if (!value || !(has_own_table(f) || f->type == FIELD_OBJECT))
			continue;
		char name[NAME_MAX_BYTES];
		(void)snprintf(name, sizeof name, "%s%s%s", prefix, *prefix ? "_" : "", f->name);
		bool ok = true;
		if (f->type == FIELD_OBJECT) {
			ok = fill_inner(b, name, f->kind, value, parent);
		} else if (f->type == FIELD_TAGS) {
			const char *tag;
			json_t *pairs;
			json_object_foreach (value, tag, pairs)
				ok = ok && fill_list(b, name, pairs, parent, tag);
		} else {
			ok = fill_list(b, name, value, parent, NULL); /* FIELD_OF with a filter: no items */
		}
		if (!ok)
			return false;
	}
	return true;
}

static bool add_index(struct builder *b, const struct table *t, const char *name, const char *columns)
{
	char sql[256];
	(void)snprintf(
		sql, sizeof sql, "CREATE INDEX \"%s_%s\" ON \"%s\"(%s)", t->name, name, t->name, columns);
	return run(b, sql);
}

/* Inner lists are asked for by their parent, things with ids by these. */
static bool add_indexes(struct builder *b)
{
	for (struct table *t = b->tables; t; t = t->next) {
		bool is_inner = strchr(t->name, '_') != NULL;
		bool has_id = t->kind->count && (t->kind->fields[0].flags & FIELD_UNIQUE);
		if (is_inner && !add_index(b, t, "in", "parent, pos"))
			return false;
		if (has_id && !add_index(b, t, "by", "id"))
			return false;
	}
	return true;
}

static void finish(struct builder *b)
{
	while (b->tables) {
		struct table *t = b->tables;
		b->tables = t->next;
		sqlite3_finalize(t->insert);
		free(t);
	}
}

/* The document itself is the one row of a table; its lists are top-level tables. */
bool table_build(sqlite3 *db, const json_t *document, struct err *e)
{
	struct builder b = {.db = db, .e = e};
	struct buf columns = {0}, marks = {0}, sql = {0};
	list_columns(&field_document, "", &columns, &marks);
	buf_printf(&sql, "CREATE TABLE document(seq INTEGER PRIMARY KEY%s)", columns.data);
	bool ok = run(&b, "BEGIN") && run(&b, sql.data) && add_inner(&b, "", &field_document);
	buf_clear(&sql);
	buf_printf(&sql, "INSERT INTO document(seq%s) VALUES(1%s)", columns.data, marks.data);
	struct table *t = alloc_zero(1, sizeof *t);
	(void)snprintf(t->name, sizeof t->name, "document");
	static const struct field_kind no_fields = {0};
	t->kind = &no_fields;
	if (ok && sqlite3_prepare_v2(db, sql.data, -1, &t->insert, NULL) != SQLITE_OK)
		ok = err_set(e, ERR_DISK, "tables: %s", sqlite3_errmsg(db));
	int at = 1;
	if (ok)
		bind_object(t->insert, &at, &field_document, document);
	ok = ok && insert(&b, t) && fill_inner(&b, "", &field_document, document, 1) && add_indexes(&b) &&
	     run(&b, "COMMIT");
	sqlite3_finalize(t->insert);
	free(t);
	finish(&b);
	buf_finish(&columns);
	buf_finish(&marks);
	buf_finish(&sql);
	return ok;
}
