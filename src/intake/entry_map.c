/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "intake/entry.h"

const struct entry_column *entry_map_find(const struct entry_map *m, const char *field)
{
	for (int i = 0; i < m->count; i++) {
		if (strcmp(m->items[i].field, field) == 0)
			return &m->items[i];
	}
	return NULL;
}

static bool add_column(
	struct entry_map *m, struct sheet_book *b, const struct heading *h, const char *field, struct err *e)
{
	struct entry_column *made = &m->items[m->count];
	const char *name;
	size_t len;
	if (entry_map_find(m, field))
		return err_set(e, ERR_USAGE, "两列对应同一个字段：%s", field);
	*made = (struct entry_column){
		.column = h->column, .field = arena_text(&b->arena, field), .unit = h->unit};
	made->meta = column_find(m->kind, field);
	if (made->meta) {
		made->type = made->meta->type;
	} else if (strcmp(m->kind->name, "projects") == 0 &&
		   column_part_milestone(made->field, &name, &len, &made->type)) {
		made->milestone = arena_text_len(&b->arena, name, len);
	} else {
		return err_set(e, ERR_USAGE, "没有这个字段：%.60s", field);
	}
	m->count++;
	return true;
}

static const char *field_of(const struct heading *h, const json_t *mapping)
{
	char name[SHEET_COLUMN_TEXT];
	sheet_column_name(h->column, name);
	const char *field = mapping ? json_string_value(json_object_get(mapping, name)) : h->field;
	return field ? field : "";
}

static bool has_heading(const struct header *h, int column)
{
	for (int i = 0; i < h->count; i++) {
		if (h->items[i].column == column)
			return true;
	}
	return false;
}

bool entry_map_make(struct entry_map *m, struct sheet_book *b, const json_t *mapping, struct err *e)
{
	const struct header *h = m->header;
	const char *name;
	json_t *field;
	m->items = arena_take(&b->arena, (size_t)h->count + 1, sizeof *m->items);
	m->count = 0;
	json_object_foreach ((json_t *)(uintptr_t)mapping, name, field) {
		bool is_named = json_is_string(field) && *json_string_value(field);
		if (is_named && !has_heading(h, sheet_column_number(name)))
			return err_set(e, ERR_USAGE, "没有这一列：%.8s", name);
	}
	for (int i = 0; i < h->count; i++) {
		const char *wanted = field_of(&h->items[i], mapping);
		if (*wanted && !add_column(m, b, &h->items[i], wanted, e))
			return false;
	}
	return true;
}
