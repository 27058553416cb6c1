/* SPDX-License-Identifier: Apache-2.0
 *
 * What reaches a screen is copied here field by field from a list of what may (field.h), so
 * that nothing reaches it by being forgotten. */
#include "office/item.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/field.h"
#include "feed/digest.h"

static const struct field *find(const char *name, enum field_type type)
{
	for (int i = 0; i < field_document.count; i++) {
		const struct field *f = &field_document.fields[i];
		if (f->type == type && strcmp(f->name, name) == 0)
			return f;
	}
	return NULL;
}

const struct field *item_field(const char *list)
{
	return find(list, FIELD_LIST);
}

const struct field *item_part_field(const char *part)
{
	return find(part, FIELD_OBJECT);
}

bool item_is_id(const char *list, const char *id)
{
	size_t len = strlen(id);
	if (strcmp(list, ITEM_PARTS) == 0)
		return item_part_field(id) != NULL;
	return item_field(list) && len >= 1 && len <= ITEM_ID_MAX && id[0] != '-' &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

void item_hash(const json_t *body, char sha[static ITEM_SHA])
{
	char *text = office_canonical(body);
	digest_bytes(text, strlen(text), sha);
	free(text);
}

/* ---- what may be seen ------------------------------------------------------------------ */

static json_t *copy_object(const struct field_kind *kind, const json_t *object, json_t *unknown);

static json_t *copy_value(const struct field *f, const json_t *value, json_t *unknown)
{
	size_t i;
	const json_t *item;
	if (f->type == FIELD_OBJECT || (f->type == FIELD_OF && json_is_object(value)))
		return copy_object(f->kind, value, unknown);
	if (f->type != FIELD_LIST || !json_is_array(value))
		return json_deep_copy(value);
	json_t *list = json_array();
	json_array_foreach (value, i, item)
		(void)json_array_append_new(list, copy_object(f->kind, item, unknown));
	return list;
}

/* What is no object is copied as it is: the check refuses it by its place. */
static json_t *copy_object(const struct field_kind *kind, const json_t *object, json_t *unknown)
{
	const char *name;
	json_t *value;
	if (!json_is_object(object))
		return json_deep_copy(object);
	json_t *copy = json_object();
	json_object_foreach ((json_t *)(uintptr_t)object, name, value) {
		int i = 0;
		while (i < kind->count && strcmp(kind->fields[i].name, name) != 0)
			i++;
		if (i < kind->count)
			(void)json_object_set_new(copy, name, copy_value(&kind->fields[i], value, unknown));
		else if (unknown)
			(void)json_array_append_new(unknown, json_string(name));
	}
	return copy;
}

json_t *item_public(const struct field *f, const json_t *body, json_t *unknown)
{
	return copy_object(f->kind, body, unknown);
}

/* ---- lists -------------------------------------------------------------------------------- */

#define EFFECTIVE                                                                                            \
	"SELECT i.id, i.body, i.sha, c.set_id IS NOT NULL, c.body, c.sha, i.pos AS place FROM item i"        \
	" LEFT JOIN change c ON c.set_id = ?1 AND c.list = i.list AND c.id = i.id WHERE i.list = ?2"         \
	" AND (?3 IS NULL OR i.id = ?3) UNION ALL"                                                           \
	" SELECT c.id, NULL, NULL, 1, c.body, c.sha, 1000000000 + c.rowid FROM change c WHERE c.set_id = ?1" \
	" AND c.list = ?2 AND (?3 IS NULL OR c.id = ?3) AND NOT EXISTS"                                      \
	" (SELECT 1 FROM item i WHERE i.list = c.list AND i.id = c.id) ORDER BY place"

static json_t *state_of(struct sqlite3_stmt *s)
{
	bool is_published = office_text(s, 1) != NULL, is_changed = office_int(s, 3) != 0;
	bool is_removed = is_changed && !office_text(s, 4);
	json_t *body = office_json(s, is_changed ? 4 : 1);
	json_t *before = is_changed && is_published ? office_json(s, 1) : NULL;
	const char *sha = office_text(s, is_changed ? 5 : 2);
	const char *word = is_removed ? "removed" : !is_changed ? "same" : is_published ? "changed" : "new";
	return json_pack("{s:s, s:o, s:s, s:s, s:o}", "id", office_text(s, 0), "body", body ? body : json_null(),
		"sha", sha ? sha : "", "state", word, "before", before ? before : json_null());
}

/* As the set orders them; what it does not name comes last, as it stood. */
static json_t *reorder(json_t *items, const json_t *ids)
{
	json_t *by_id = json_object(), *out = json_array();
	size_t i;
	json_t *item;
	const json_t *id;
	json_array_foreach (items, i, item)
		(void)json_object_set(by_id, json_string_value(json_object_get(item, "id")), item);
	json_array_foreach (ids, i, id) {
		json_t *named = json_object_get(by_id, json_string_value(id));
		if (!named)
			continue;
		(void)json_array_append(out, named);
		(void)json_object_del(by_id, json_string_value(id));
	}
	json_array_foreach (items, i, item) {
		if (json_object_get(by_id, json_string_value(json_object_get(item, "id"))))
			(void)json_array_append(out, item);
	}
	json_decref(by_id);
	json_decref(items);
	return out;
}

json_t *item_list(struct office *o, int64_t set, const char *list)
{
	json_t *items = json_array(), *ids = NULL;
	struct sqlite3_stmt *s = office_ask(o, EFFECTIVE, "iss", set, list, (const char *)NULL);
	while (office_next(o, s))
		(void)json_array_append_new(items, state_of(s));
	s = office_ask(o, "SELECT ids FROM change_order WHERE set_id = ?1 AND list = ?2", "is", set, list);
	if (office_next(o, s))
		ids = office_json(s, 0);
	if (ids)
		items = reorder(items, ids);
	json_decref(ids);
	return items;
}

json_t *item_get(struct office *o, int64_t set, const char *list, const char *id)
{
	struct sqlite3_stmt *s = office_ask(o, EFFECTIVE, "iss", set, list, id);
	json_t *item = office_next(o, s) ? state_of(s) : NULL;
	(void)sqlite3_reset(s);
	return item;
}

/* ---- the document --------------------------------------------------------------------------- */

static json_t *public_list(struct office *o, int64_t set, const struct field *f)
{
	json_t *items = item_list(o, set, f->name), *list = json_array();
	size_t i;
	const json_t *item;
	json_array_foreach (items, i, item) {
		const json_t *body = json_object_get(item, "body");
		if (!json_is_null(body))
			(void)json_array_append_new(list, item_public(f, body, NULL));
	}
	json_decref(items);
	return list;
}

static json_t *public_part(struct office *o, int64_t set, const struct field *f)
{
	json_t *item = item_get(o, set, ITEM_PARTS, f->name);
	const json_t *body = json_object_get(item, "body");
	json_t *part = json_is_object(body) ? item_public(f, body, NULL) : json_object();
	json_decref(item);
	return part;
}

json_t *item_document(struct office *o, int64_t set)
{
	json_t *document = json_pack("{s:i}", "schema", 1);
	for (int i = 0; i < field_document.count; i++) {
		const struct field *f = &field_document.fields[i];
		if (f->type == FIELD_LIST)
			(void)json_object_set_new(document, f->name, public_list(o, set, f));
		else if (f->type == FIELD_OBJECT)
			(void)json_object_set_new(document, f->name, public_part(o, set, f));
	}
	return document;
}
