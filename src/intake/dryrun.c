/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/dryrun.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/member.h"
#include "content/field.h"
#include "intake/dryrun_item.h"
#include "intake/value.h"

#define ASK_ROWS 100 /* between two questions whether to go on */

struct dryrun {
	const struct entry_map *map;
	const struct column_kind *kind;
	const struct dryrun_options *options;
	json_t *refs; /* what items refer to: a document without them */
	json_t *current; /* id -> what is there: items, or the target's entries */
	json_t *by_name; /* folded name -> id; "" for several */
	json_t *working; /* id -> the item as it would be */
	json_t *seen; /* id, or id/milestone -> row */
	json_t *rows, *skipped;
	long next_id;
	size_t most; /* items or entries that the document may have */
	bool is_long; /* a row a milestone */
	int counts[4];
};

enum result { RESULT_NEW, RESULT_CHANGED, RESULT_UNCHANGED, RESULT_REFUSED };
static const char *const result_words[] = {"new", "changed", "unchanged", "refused"};

/* ---- what is there ---------------------------------------------------------------------- */

static const char *id_field(const struct column_kind *kind)
{
	return kind->nested ? kind->nested_id : "id";
}

static void know(struct dryrun *d, json_t *item)
{
	const char *id = member_text(item, id_field(d->kind)), *name = member_text(item, d->kind->key);
	struct buf folded = {0};
	if (!id || !name)
		return;
	(void)json_object_set(d->current, id, item);
	value_fold_tight(name, &folded);
	bool is_second = json_object_get(d->by_name, folded.data) != NULL;
	(void)json_object_set_new(d->by_name, folded.data, json_string(is_second ? "" : id));
	size_t n = strlen(d->kind->prefix);
	long number = n && strncmp(id, d->kind->prefix, n) == 0 ? strtol(id + n, NULL, 10) : 0;
	if (number > d->next_id && number < 1000000000)
		d->next_id = number;
	buf_finish(&folded);
}

static size_t most_of(const struct column_kind *kind)
{
	const struct field_kind *in = &field_document;
	const char *const path[] = {kind->list, kind->nested};
	size_t most = 0;
	for (size_t k = 0; k < 2 && path[k]; k++) {
		for (int i = 0; i < in->count; i++) {
			if (strcmp(in->fields[i].name, path[k]) != 0)
				continue;
			most = (size_t)in->fields[i].max;
			in = in->fields[i].kind;
			break;
		}
	}
	return most;
}

static bool begin(struct dryrun *d, struct err *e)
{
	static const char *const lists[] = {"sources", "phases", "rules"};
	const json_t *document = d->options->document;
	json_t *list = json_object_get(document, d->kind->list);
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		json_t *refs = json_object_get(document, lists[i]);
		if (refs)
			(void)json_object_set(d->refs, lists[i], refs);
	}
	if (d->kind->nested) {
		json_t *target = member_find(list, "id", d->options->target);
		if (!target)
			return err_set(e, ERR_MISSING, "要导入到的条目不存在");
		json_t *copy = json_deep_copy(target);
		if (!json_object_get(copy, d->kind->nested))
			(void)json_object_set_new(copy, d->kind->nested, json_array());
		(void)json_object_set_new(d->working, d->options->target, copy);
		list = json_object_get(target, d->kind->nested);
	}
	size_t i;
	json_t *item;
	json_array_foreach (list, i, item)
		know(d, item);
	d->most = most_of(d->kind);
	return true;
}

static void finish(struct dryrun *d)
{
	json_decref(d->refs);
	json_decref(d->current);
	json_decref(d->by_name);
	json_decref(d->working);
	json_decref(d->seen);
}

/* ---- which item a row means ------------------------------------------------------------- */

/* A new name takes the next free number, also when its row is refused: mending a row does
 * not change the others' ids. */
static json_t *make_id(struct dryrun *d, const char *folded, const char *name)
{
	char id[64];
	json_t *made;
	if (d->kind->nested && strcmp(d->kind->nested_id, d->kind->key) == 0) {
		made = json_string(name);
	} else {
		do {
			(void)snprintf(id, sizeof id, "%s%ld", d->kind->prefix, ++d->next_id);
		} while (json_object_get(d->current, id));
		made = json_string(id);
	}
	(void)json_object_set(d->by_name, folded, made);
	return made;
}

/* A new reference; NULL: the row is refused. */
static json_t *identify(struct dryrun *d, struct entry *v)
{
	const struct entry_column *key = entry_map_find(d->map, d->kind->key);
	const char *name = member_text(v->values, d->kind->key), *own = member_text(v->values, "id");
	struct buf folded = {0};
	json_t *id = NULL;
	if (!name) {
		entry_refuse(v, key, NULL, "必填，没有填写");
		return NULL;
	}
	value_fold_tight(name, &folded);
	json_t *known = json_object_get(d->by_name, folded.data);
	if (own) {
		id = json_string(own);
		(void)json_object_set(d->by_name, folded.data, id);
	} else if (known && !*json_string_value(known)) {
		entry_refuse(v, key, name, "现有内容里有多个同名条目，请填写编号");
	} else {
		id = known ? json_incref(known) : make_id(d, folded.data, name);
	}
	buf_finish(&folded);
	return id;
}

static bool is_first(struct dryrun *d, struct entry *v, const char *id)
{
	char key[600], reason[80];
	const char *milestone = d->is_long ? member_text(v->values, "milestone") : NULL;
	(void)snprintf(key, sizeof key, "%.64s/%.500s", id, milestone ? milestone : "");
	const json_t *row = json_object_get(d->seen, key);
	if (row) {
		(void)snprintf(reason, sizeof reason, "与第 %lld 行重复", (long long)json_integer_value(row));
		entry_refuse(v, entry_map_find(d->map, milestone ? "milestone" : d->kind->key),
			milestone ? milestone : member_text(v->values, d->kind->key), reason);
		return false;
	}
	(void)json_object_set_new(d->seen, key, json_integer(v->row));
	return true;
}

/* A second row of a project may not say otherwise than the first. */
static bool agrees(struct dryrun *d, struct entry *v, const json_t *working)
{
	const char *name;
	json_t *value;
	bool ok = true;
	json_object_foreach (v->values, name, value) {
		if (strcmp(name, "milestone") == 0 || strcmp(name, "id") == 0 ||
			strcmp(name, d->kind->key) == 0 || dryrun_same(value, json_object_get(working, name)))
			continue;
		entry_refuse(v, entry_map_find(d->map, name), json_string_value(value),
			"与同一项目前面的行不一致");
		ok = false;
	}
	return ok;
}

/* ---- a row's item ------------------------------------------------------------------------ */

static void set_origin(const struct dryrun *d, json_t *item, const struct entry *v)
{
	if (d->options->as_of && !json_object_get(v->values, "as_of"))
		(void)json_object_set_new(item, "as_of", json_string(d->options->as_of));
	if (d->options->source && !json_object_get(v->values, "source"))
		(void)json_object_set_new(item, "source", json_string(d->options->source));
}

/* The name as it is written now stays, where it differs in spaces and widths alone. */
static void keep_name(const struct dryrun *d, struct entry *v, const json_t *before)
{
	const char *was = member_text(before, d->kind->key), *is = member_text(v->values, d->kind->key);
	struct buf a = {0}, b = {0};
	if (!was || !is)
		return;
	value_fold_tight(was, &a);
	value_fold_tight(is, &b);
	if (strcmp(a.data, b.data) == 0)
		(void)json_object_set(v->values, d->kind->key, json_object_get(before, d->kind->key));
	buf_finish(&a);
	buf_finish(&b);
}

static json_t *changed_item(struct dryrun *d, struct entry *v, const char *id, const json_t *before)
{
	json_t *after = before ? json_deep_copy(before) : json_pack("{s:s}", id_field(d->kind), id);
	if (strcmp(d->kind->name, "projects") == 0 && !json_object_get(after, "milestones"))
		(void)json_object_set_new(after, "milestones", json_array());
	if (!d->kind->nested)
		set_origin(d, after, v);
	if (!before) /* what a person chose for all, where the sheet has no such column */
		(void)json_object_update_missing(after, (json_t *)(uintptr_t)d->options->defaults);
	dryrun_apply(after, v, !before);
	return after;
}

/* The target with the entry in its place. */
static json_t *with_entry(struct dryrun *d, const char *id, json_t *entry)
{
	json_t *whole = json_deep_copy(json_object_get(d->working, d->options->target));
	json_t *list = json_object_get(whole, d->kind->nested);
	json_t *old = member_find(list, d->kind->nested_id, id);
	if (strcmp(d->kind->name, "standings") == 0)
		set_origin(d, whole, &(struct entry){.values = entry});
	if (old) {
		(void)json_object_clear(old);
		(void)json_object_update(old, entry);
	} else {
		(void)json_array_append(list, entry);
	}
	if (strcmp(d->kind->name, "programme") == 0)
		dryrun_sort(list);
	return whole;
}

/* True: the row's item is sound and stands in working from now on. */
static bool try_item(struct dryrun *d, struct entry *v, const char *id, const json_t *before, json_t *after)
{
	const char *place = d->kind->nested ? d->options->target : id;
	json_t *whole = d->kind->nested ? with_entry(d, id, after) : json_incref(after);
	size_t count = json_object_size(d->current) + (size_t)d->counts[RESULT_NEW];
	if (!before && count >= d->most)
		entry_refuse(v, NULL, NULL, "条目数超出内容文档的上限");
	bool ok = dryrun_check(d->map, d->kind->list, whole, v) && json_array_size(v->reasons) == 0;
	if (ok)
		(void)json_object_set(d->working, place, whole);
	json_decref(whole);
	return ok;
}

static const json_t *now_of(const struct dryrun *d, const char *id)
{
	if (d->kind->nested)
		return json_object_get(d->current, id);
	const json_t *working = json_object_get(d->working, id);
	return working ? working : json_object_get(d->current, id);
}

static void tell(struct dryrun *d, struct entry *v, enum result result, const char *id, json_t *changes)
{
	json_t *row = json_pack("{s:i, s:s, s:s?, s:O?, s:O, s:o, s:O}", "row", v->row, "result",
		result_words[result], "id", id, "name", json_object_get(v->values, d->kind->key), "cells",
		v->cells, "changes", changes ? changes : json_array(), "reasons", v->reasons);
	if (v->is_hidden)
		(void)json_object_set_new(row, "hidden", json_true());
	(void)json_array_append_new(d->rows, row);
	d->counts[result]++;
}

static void take_row(struct dryrun *d, struct entry *v)
{
	json_t *id_value = identify(d, v);
	const char *id = json_string_value(id_value);
	const json_t *before = id ? now_of(d, id) : NULL;
	bool is_later = id && !d->kind->nested && json_object_get(d->working, id);
	keep_name(d, v, before);
	bool ok = id && is_first(d, v, id) && json_array_size(v->reasons) == 0;
	ok = ok && (!is_later || agrees(d, v, before));
	json_t *after = ok ? changed_item(d, v, id, before) : NULL;
	json_t *changes = ok && before ? dryrun_changes(before, after) : NULL;
	if (!ok || !try_item(d, v, id, before, after)) {
		json_decref(changes);
		tell(d, v, RESULT_REFUSED, id, NULL);
	} else {
		bool is_changed = json_array_size(changes) > 0;
		tell(d, v,
			!before      ? RESULT_NEW
			: is_changed ? RESULT_CHANGED
				     : RESULT_UNCHANGED,
			id, changes);
	}
	json_decref(after);
	json_decref(id_value);
}

/* ---- all of them -------------------------------------------------------------------------- */

static bool take_rows(struct dryrun *d, const struct sheet *s, struct err *e)
{
	const struct dryrun_watch *w = &d->options->watch;
	for (int i = 0; i < s->row_count; i++) {
		struct entry v;
		if (s->rows[i].row <= d->map->header->last_row)
			continue;
		if (w->goes_on && i % ASK_ROWS == 0 && !w->goes_on(w->user, (double)i / s->row_count))
			return err_set(e, ERR_BUSY, "已取消");
		entry_read(&v, d->map, s, &s->rows[i]);
		if (v.skipped)
			(void)json_array_append_new(
				d->skipped, json_pack("{s:i, s:s}", "row", v.row, "why", v.skipped));
		else
			take_row(d, &v);
		entry_finish(&v);
	}
	return true;
}

/* Only items that differ from what is there. */
static json_t *items_of(const struct dryrun *d)
{
	json_t *items = json_array(), *item;
	const json_t *list = json_object_get(d->options->document, d->kind->list);
	const char *id;
	json_object_foreach (d->working, id, item) {
		const json_t *old =
			d->kind->nested ? member_find(list, "id", id) : json_object_get(d->current, id);
		bool is_empty =
			d->kind->nested && json_array_size(json_object_get(item, d->kind->nested)) == 0;
		if (!is_empty && !dryrun_same(old, item))
			(void)json_array_append_new(items,
				json_pack("{s:s, s:s, s:O}", "list", d->kind->list, "id", id, "body", item));
	}
	return items;
}

bool dryrun_make(json_t *out, struct entry_map *m, const struct sheet *s, const struct dryrun_options *o,
	struct err *e)
{
	struct dryrun d = {.map = m,
		.kind = m->kind,
		.options = o,
		.refs = json_object(),
		.current = json_object(),
		.by_name = json_object(),
		.working = json_object(),
		.seen = json_object(),
		.rows = json_array(),
		.skipped = json_array(),
		.is_long = entry_map_find(m, "milestone") != NULL};
	m->document = d.refs;
	bool ok = entry_map_find(m, m->kind->key) ||
		  err_set(e, ERR_FORMAT, "没有对应“%s”的一列", column_find(m->kind, m->kind->key)->label);
	ok = ok && begin(&d, e) && take_rows(&d, s, e);
	(void)json_object_set_new(out, "counts",
		json_pack("{s:i, s:i, s:i, s:i}", "new", d.counts[RESULT_NEW], "changed",
			d.counts[RESULT_CHANGED], "unchanged", d.counts[RESULT_UNCHANGED], "refused",
			d.counts[RESULT_REFUSED]));
	(void)json_object_set_new(out, "rows", d.rows);
	(void)json_object_set_new(out, "skipped", d.skipped);
	(void)json_object_set_new(out, "items", ok ? items_of(&d) : json_array());
	m->document = NULL;
	finish(&d);
	return ok;
}
