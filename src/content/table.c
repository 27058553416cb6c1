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
	const struct field *list; /* what it is a table of; NULL: the document itself */
	const struct field_kind *kind;
	sqlite3 *db;
	char *sql;
	sqlite3_stmt *insert; /* prepared for the first row: many lists are empty */
	struct table *inner; /* also of the lists in its items' objects */
	struct table *next; /* beside it, in the same table */
};

static bool fail(const struct table *t, struct err *e)
{
	return err_set(e, ERR_DISK, "tables: %s: %s", t->name, sqlite3_errmsg(t->db));
}

static bool run(sqlite3 *db, const char *sql, struct err *e)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	return err_set(e, ERR_DISK, "tables: %s", sqlite3_errmsg(db));
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

static struct table *make_table(
	sqlite3 *db, const char *name, const struct field *list, const struct field_kind *kind)
{
	struct table *t = alloc_zero(1, sizeof *t);
	(void)snprintf(t->name, sizeof t->name, "%s", name);
	t->db = db;
	t->list = list;
	t->kind = kind;
	return t;
}

static bool add_inner(struct table *in, const char *prefix, const struct field_kind *kind, struct err *e);

static bool add_table(struct table *in, const char *name, const struct field *list, struct err *e)
{
	static const struct field id_field = {"id", FIELD_ID};
	static const struct field_kind id_kind = {&id_field, 1};
	const char *tag = list->type == FIELD_TAGS ? ", tag" : "";
	struct table *t = make_table(in->db, name, list, list->type == FIELD_OF ? &id_kind : list->kind);
	struct buf columns = {0}, marks = {0}, sql = {0};
	t->next = in->inner;
	in->inner = t;
	list_columns(t->kind, "", &columns, &marks);
	buf_printf(&sql, "CREATE TABLE \"%s\"(seq INTEGER PRIMARY KEY, parent INTEGER, pos INTEGER%s%s)",
		name, tag, columns.len ? columns.data : "");
	bool ok = run(t->db, sql.data, e);
	buf_clear(&sql);
	buf_printf(&sql, "INSERT INTO \"%s\"(parent, pos%s%s) VALUES(?, ?%s%s)", name, tag,
		columns.len ? columns.data : "", *tag ? ", ?" : "", marks.len ? marks.data : "");
	t->sql = alloc_text(sql.data);
	buf_finish(&columns);
	buf_finish(&marks);
	buf_finish(&sql);
	return ok && add_inner(t, name, t->kind, e);
}

/* The tables of the lists that items of a kind have, also inside their objects. */
static bool add_inner(struct table *in, const char *prefix, const struct field_kind *kind, struct err *e)
{
	for (int i = 0; i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		char name[NAME_MAX_BYTES];
		(void)snprintf(name, sizeof name, "%s%s%s", prefix, *prefix ? "_" : "", f->name);
		bool ok = true;
		if (f->type == FIELD_OBJECT)
			ok = add_inner(in, name, f->kind, e);
		else if (has_own_table(f))
			ok = add_table(in, name, f, e);
		if (!ok)
			return false;
	}
	return true;
}

static struct table *inner_table(const struct table *in, const struct field *list)
{
	struct table *t = in->inner;
	while (t->list != list)
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
static void bind_value(sqlite3_stmt *s, int *at, const struct field *f, const struct node *value)
{
	const char *text = node_text(value);
	struct edtf day;
	int64_t utc_s;
	switch (f->type) {
	case FIELD_BOOL:
		sqlite3_bind_int(s, *at, node_is_true(value));
		break;
	case FIELD_INT:
		if (value)
			sqlite3_bind_int64(s, *at, node_int(value));
		break;
	case FIELD_NUMBER:
		if (value)
			sqlite3_bind_double(s, *at, node_number(value));
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
			sqlite3_bind_text64(s, *at, text, value->count, SQLITE_STATIC, SQLITE_UTF8);
	}
	(*at)++;
	if (f->type == FIELD_DATE || f->type == FIELD_PERIOD || f->type == FIELD_AS_OF)
		bind_days(s, at, text);
}

static void bind_object(sqlite3_stmt *s, int *at, const struct field_kind *kind, const struct node *object)
{
	for (int i = 0; i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		const struct node *value = node_get(object, f->name);
		if (f->type == FIELD_OBJECT || f->type == FIELD_OF)
			bind_object(s, at, f->kind, value);
		else if (!has_own_table(f))
			bind_value(s, at, f, value);
	}
}

static bool prepare(struct table *t, struct err *e)
{
	return t->insert ||
	       sqlite3_prepare_v3(t->db, t->sql, -1, SQLITE_PREPARE_PERSISTENT, &t->insert, NULL) ==
		       SQLITE_OK ||
	       fail(t, e);
}

static bool insert(struct table *t, struct err *e)
{
	int result = sqlite3_step(t->insert);
	sqlite3_reset(t->insert);
	sqlite3_clear_bindings(t->insert);
	return result == SQLITE_DONE || fail(t, e);
}

static bool fill_inner(struct table *in, const struct field_kind *kind, const struct node *object,
	int64_t parent, struct err *e);

/* Where a row stands: in whose list, and where there. */
struct row_place {
	int64_t parent;
	size_t pos;
	const char *tag; /* or NULL */
};

/* An item is an object, a pair, or a scalar. */
static bool fill_row(struct table *t, const struct node *item, const struct row_place *place, struct err *e)
{
	int at = 3;
	if (!prepare(t, e))
		return false;
	sqlite3_bind_int64(t->insert, 1, place->parent);
	sqlite3_bind_int64(t->insert, 2, (sqlite3_int64)place->pos);
	if (place->tag)
		sqlite3_bind_text(t->insert, at++, place->tag, -1, SQLITE_STATIC);
	if (node_is(item, NODE_OBJECT)) {
		bind_object(t->insert, &at, t->kind, item);
		return insert(t, e) && fill_inner(t, t->kind, item, sqlite3_last_insert_rowid(t->db), e);
	}
	const struct node *value = node_is(item, NODE_LIST) ? item->first : item;
	for (int i = 0; i < t->kind->count; i++, value = value->next)
		bind_value(t->insert, &at, &t->kind->fields[i], value);
	return insert(t, e);
}

static bool fill_list(
	struct table *t, const struct node *list, int64_t parent, const char *tag, struct err *e)
{
	struct row_place place = {.parent = parent, .tag = tag};
	for (const struct node *item = node_first(list); item; item = item->next, place.pos++) {
		if (!fill_row(t, item, &place, e))
			return false;
	}
	return true;
}

static bool fill_tags(struct table *t, const struct node *tags, int64_t parent, struct err *e)
{
	for (const struct node *pairs = node_first(tags); pairs; pairs = pairs->next) {
		if (!fill_list(t, pairs, parent, pairs->name, e))
			return false;
	}
	return true;
}

static bool fill_inner(struct table *in, const struct field_kind *kind, const struct node *object,
	int64_t parent, struct err *e)
{
	bool ok = true;
	for (int i = 0; ok && i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		if (!has_own_table(f) && f->type != FIELD_OBJECT)
			continue;
		const struct node *value = node_get(object, f->name);
		if (f->type == FIELD_OBJECT)
			ok = fill_inner(in, f->kind, value, parent, e);
		else if (f->type == FIELD_TAGS)
			ok = fill_tags(inner_table(in, f), value, parent, e);
		else if (node_is(value, NODE_LIST)) /* FIELD_OF with a filter has no items */
			ok = fill_list(inner_table(in, f), value, parent, NULL, e);
	}
	return ok;
}

static bool add_index(const struct table *t, const char *name, const char *columns, struct err *e)
{
	char sql[256];
	(void)snprintf(
		sql, sizeof sql, "CREATE INDEX \"%s_%s\" ON \"%s\"(%s)", t->name, name, t->name, columns);
	return run(t->db, sql, e);
}

/* Inner lists are asked for by their parent, things with ids by these. */
static bool add_indexes(const struct table *in, bool is_document, struct err *e)
{
	for (const struct table *t = in->inner; t; t = t->next) {
		bool has_id = t->kind->count && (t->kind->fields[0].flags & FIELD_UNIQUE);
		bool is_nested = !is_document || strchr(t->name, '_');
		if (is_nested && !add_index(t, "in", "parent, pos", e))
			return false;
		if (has_id && !add_index(t, "by", "id", e))
			return false;
		if (!add_indexes(t, false, e))
			return false;
	}
	return true;
}

bool table_begin(struct table **out, sqlite3 *db, struct err *e)
{
	struct buf columns = {0}, marks = {0}, sql = {0};
	struct table *document = *out = make_table(db, "document", NULL, &field_document);
	list_columns(document->kind, "", &columns, &marks);
	buf_printf(&sql, "BEGIN; CREATE TABLE document(seq INTEGER PRIMARY KEY%s)", columns.data);
	bool ok = run(db, sql.data, e) && add_inner(document, "", document->kind, e);
	buf_clear(&sql);
	buf_printf(&sql, "INSERT INTO document(seq%s) VALUES(1%s)", columns.data, marks.data);
	document->sql = alloc_text(sql.data);
	buf_finish(&columns);
	buf_finish(&marks);
	buf_finish(&sql);
	return ok;
}

bool table_add(
	struct table *document, const struct field *list, const struct node *item, size_t pos, struct err *e)
{
	return fill_row(inner_table(document, list), item, &(struct row_place){.parent = 1, .pos = pos}, e);
}

bool table_finish(struct table *document, const struct node *rest, struct err *e)
{
	int at = 1;
	if (!prepare(document, e))
		return false;
	bind_object(document->insert, &at, document->kind, rest);
	return insert(document, e) && fill_inner(document, document->kind, rest, 1, e) &&
	       add_indexes(document, true, e) && run(document->db, "COMMIT", e);
}

void table_end(struct table *document)
{
	while (document) {
		struct table *next = document->next;
		sqlite3_finalize(document->insert);
		table_end(document->inner);
		free(document->sql);
		free(document);
		document = next;
	}
}
