/* SPDX-License-Identifier: Apache-2.0 */
#include "content/take.h"

#include <unistr.h>

#include "content/checker.h"
#include "content/table.h"

struct taking {
	struct checker checker;
	struct table *tables;
	struct arena kept, item; /* ids, and what is not taken item by item; the item that is being taken */
	struct node *rest;
	struct node_reader *values; /* where each field's value stands; at NULL: there is none */
	struct err *e;
};

/* Where the members stand. They may be in any order, and are taken in the order of their fields. */
static bool find_values(struct taking *t, const char *bytes, size_t len)
{
	const char *begin = bytes ? bytes : "";
	struct node_reader r = {.at = begin, .end = begin + len, .arena = &t->kept};
	t->values = arena_take(&t->kept, (size_t)field_document.count, sizeof *t->values);
	if (!node_pass(&r, '{'))
		return false;
	do {
		const char *name = node_text(node_read(&r));
		const struct field *f = name ? checker_find_field(&field_document, name) : NULL;
		if (!f || !node_pass(&r, ':'))
			return false;
		struct node_reader *value = &t->values[f - field_document.fields];
		if (value->at)
			return false;
		*value = (struct node_reader){.at = r.at, .depth = 1};
		if (!node_skip(&r))
			return false;
		value->end = r.at;
	} while (node_pass(&r, ','));
	return node_pass(&r, '}') && r.at == r.end;
}

static bool take_item(struct taking *t, const struct field *list, const struct node *item, size_t pos)
{
	struct checker *c = &t->checker;
	const char *id = node_get_text(item, "id"); /* sound items have one */
	checker_object(c, list->kind, item);
	if (c->errors || !checker_know(c, list->name, arena_text(&t->kept, id)))
		return false;
	checker_item_rules(c, list->name, item);
	return c->errors == 0 && table_add(t->tables, list, item, pos, t->e);
}

static bool take_list(struct taking *t, const struct field *list, struct node_reader *r)
{
	size_t count = 0;
	r->arena = &t->item;
	r->depth++;
	if (!node_pass(r, '['))
		return false;
	if (!node_pass(r, ']')) {
		do {
			const struct node *item = (int64_t)count < list->max ? node_read(r) : NULL;
			if (!item || !take_item(t, list, item, count++))
				return false;
			arena_clear(&t->item);
		} while (node_pass(r, ','));
		if (!node_pass(r, ']'))
			return false;
	}
	return r->at == r->end && (int64_t)count >= list->min;
}

static void know_ids(struct taking *t, const struct field *list, const struct node *items)
{
	for (const struct node *item = node_first(items); item; item = item->next) {
		const char *id = node_get_text(item, "id");
		if (id && !checker_know(&t->checker, list->name, id))
			t->checker.errors++;
	}
}

static bool take_whole(struct taking *t, const struct field *f, struct node_reader *r)
{
	r->arena = &t->kept;
	const struct node *value = node_read(r);
	if (!value || r->at != r->end)
		return false;
	checker_field(&t->checker, f, value);
	if (f->type == FIELD_LIST)
		know_ids(t, f, value);
	node_add(t->rest, f->name, value, &t->kept);
	return t->checker.errors == 0;
}

static bool take_fields(struct taking *t)
{
	for (int i = 0; i < field_document.count; i++) {
		const struct field *f = &field_document.fields[i];
		struct node_reader *r = &t->values[i];
		bool is_by_item = f->type == FIELD_LIST && !(f->flags & FIELD_LOOKED_INTO);
		if (!r->at) {
			if (f->flags & FIELD_REQUIRED)
				return false;
		} else if (!(is_by_item ? take_list(t, f, r) : take_whole(t, f, r))) {
			return false;
		}
	}
	checker_rules(&t->checker); /* of the items of lists, those that stand in rest */
	return t->checker.errors == 0;
}

bool take_document(
	sqlite3 *db, const char *bytes, size_t len, const struct check_options *options, struct err *e)
{
	struct check_options silent = *options;
	struct taking t = {.e = e};
	silent.report = NULL;
	*e = (struct err){0};
	t.rest = arena_take(&t.kept, 1, sizeof *t.rest);
	t.rest->type = NODE_OBJECT;
	t.checker = (struct checker){.options = &silent, .document = t.rest};
	bool ok = len <= FIELD_DOCUMENT_BYTES_MAX && !u8_check((const uint8_t *)bytes, len) &&
		  find_values(&t, bytes, len) && table_begin(&t.tables, db, e) && take_fields(&t) &&
		  table_finish(t.tables, t.rest, e);
	if (!ok && e->kind == ERR_NONE)
		err_set(e, ERR_FORMAT, TAKE_UNSOUND);
	table_end(t.tables);
	checker_finish(&t.checker);
	arena_finish(&t.item);
	arena_finish(&t.kept);
	return ok;
}
