/* SPDX-License-Identifier: Apache-2.0 */
#include "content/check.h"

#include <search.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/member.h"
#include "base/strict.h"
#include "base/utf8.h"
#include "content/checker.h"
#include "content/words.h"

#define VALUE_SHOWN_BYTES 60

/* What all our own names are made of, and most others. */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* A member's name as a pointer's token: ~ and / escaped (RFC 6901, 3). What could upset
 * a terminal or mislead its reader becomes a question mark. */
size_t checker_enter(struct checker *c, const char *name)
{
	size_t mark = c->pointer_len;
	if (!c->options->report)
		return mark;
	size_t room = sizeof c->pointer - 6;
	char token[5];
	if (mark < room)
		c->pointer[c->pointer_len++] = '/';
	uint32_t point;
	while (c->pointer_len < room && is_plain(*name))
		c->pointer[c->pointer_len++] = *name++;
	while (c->pointer_len < room && (point = utf8_next(&name)) != 0) {
		if (point == '~' || point == '/')
			(void)snprintf(token, sizeof token, "~%c", point == '~' ? '0' : '1');
		else
			(void)utf8_put(token, words_may_show(point) && point != '\n' ? point : '?');
		size_t len = strlen(token);
		memcpy(c->pointer + c->pointer_len, token, len);
		c->pointer_len += len;
	}
	c->pointer[c->pointer_len] = '\0';
	return mark;
}

size_t checker_enter_index(struct checker *c, size_t index)
{
	char name[24] = "";
	if (c->options->report)
		(void)snprintf(name, sizeof name, "%zu", index);
	return checker_enter(c, name);
}

void checker_leave(struct checker *c, size_t mark)
{
	c->pointer_len = mark;
	c->pointer[mark] = '\0';
}

/* The value as JSON, shortened; what could upset a terminal or mislead its reader is
 * written by its number. */
static void show(const struct node *value, char out[static VALUE_SHOWN_BYTES + 16])
{
	size_t len = 0;
	out[0] = '\0';
	json_t *json = value ? node_json(value) : NULL;
	char *text = json ? json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
	const char *at = text ? text : "";
	uint32_t point;
	while (len < VALUE_SHOWN_BYTES && (point = utf8_next(&at)) != 0) {
		if (words_may_show(point))
			len += utf8_put(out + len, point);
		else
			len += (size_t)snprintf(out + len, 11, "\\u%04X", point);
	}
	if (*at)
		(void)snprintf(out + len, 4, "…");
	free(text);
	json_decref(json);
}

static void __attribute__((format(printf, 4, 0)))
tell(struct checker *c, const struct node *value, bool is_warning, const char *format, va_list args)
{
	char rule[256], shown[VALUE_SHOWN_BYTES + 16];
	c->errors += !is_warning;
	if (++c->findings > CHECK_FINDINGS_MAX || !c->options->report)
		return;
	(void)vsnprintf(rule, sizeof rule, format, args);
	show(value, shown);
	c->options->report(
		c->options->report_user, &(struct check_finding){c->pointer, shown, rule, is_warning});
}

void checker_error(struct checker *c, const struct node *value, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	tell(c, value, false, format, args);
	va_end(args);
}

void checker_warn(struct checker *c, const struct node *value, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	tell(c, value, true, format, args);
	va_end(args);
}

/* The ids of one list, as tsearch() keeps them: however they were chosen, none takes long to find. */
struct checker_ids {
	const char *list;
	void *ids;
	struct checker_ids *next;
};

static int compare_ids(const void *a, const void *b)
{
	return strcmp(a, b);
}

static struct checker_ids *find_ids(const struct checker *c, const char *list)
{
	struct checker_ids *known = c->ids;
	while (known && strcmp(known->list, list) != 0)
		known = known->next;
	return known;
}

bool checker_know(struct checker *c, const char *list, const char *id)
{
	struct checker_ids *known = find_ids(c, list);
	if (!known) {
		known = alloc_zero(1, sizeof *known);
		*known = (struct checker_ids){.list = list, .next = c->ids};
		c->ids = known;
	}
	return checker_differs(id, &known->ids);
}

bool checker_has(const struct checker *c, const char *list, const char *id)
{
	const struct checker_ids *known = find_ids(c, list);
	return known && checker_is_among(id, known->ids);
}

bool checker_is_among(const char *id, void *seen)
{
	return tfind(id, &seen, compare_ids) != NULL;
}

bool checker_differs(const char *id, void **seen)
{
	if (checker_is_among(id, *seen))
		return false;
	alloc_watch();
	(void)tsearch(id, seen, compare_ids);
	alloc_watched("a list of ids");
	return true;
}

static void leave_id(void *id)
{
	(void)id; /* not ours */
}

void checker_forget(void *seen)
{
	tdestroy(seen, leave_id);
}

void checker_finish(struct checker *c)
{
	while (c->ids) {
		struct checker_ids *known = c->ids;
		c->ids = known->next;
		checker_forget(known->ids);
		free(known);
	}
}

static void check_list(struct checker *c, const struct field *f, const struct node *list)
{
	if (!node_is(list, NODE_LIST)) {
		checker_error(c, list, "must be a list");
		return;
	}
	if ((int64_t)list->count > f->max || (int64_t)list->count < f->min) {
		checker_error(c, NULL, "has %zu items, allowed are %lld to %lld", list->count,
			(long long)f->min, (long long)f->max);
		return;
	}
	size_t i = 0;
	for (const struct node *item = list->first; item; item = item->next) {
		size_t mark = checker_enter_index(c, i++);
		if (f->type == FIELD_LIST)
			checker_object(c, f->kind, item);
		else
			checker_value(c, &f->kind->fields[0], item);
		checker_leave(c, mark);
	}
}

static void check_pair(struct checker *c, const struct field_kind *kind, const struct node *pair)
{
	if (!node_is(pair, NODE_LIST) || pair->count != 2) {
		checker_error(c, pair, "must be [from, to]");
		return;
	}
	size_t k = 0;
	for (const struct node *end = pair->first; end; end = end->next, k++) {
		size_t mark = checker_enter_index(c, k);
		checker_value(c, &kind->fields[k], end);
		checker_leave(c, mark);
	}
}

/* Lists of two: [from, to]. */
static void check_pairs(struct checker *c, const struct field *f, const struct node *list)
{
	if (!node_is(list, NODE_LIST) || (int64_t)list->count < f->min || (int64_t)list->count > f->max) {
		checker_error(c, list, "must be a list of %lld to %lld [from, to]", (long long)f->min,
			(long long)f->max);
		return;
	}
	size_t i = 0;
	for (const struct node *pair = list->first; pair; pair = pair->next) {
		size_t mark = checker_enter_index(c, i++);
		check_pair(c, f->kind, pair);
		checker_leave(c, mark);
	}
}

static void check_tags(struct checker *c, const struct field *f, const struct node *object)
{
	if (!node_is(object, NODE_OBJECT) || object->count > (size_t)f->max) {
		checker_error(c, object, "must be an object of at most %lld tags", (long long)f->max);
		return;
	}
	static const struct field tag_field = {"tag", FIELD_ID};
	for (const struct node *pairs = object->first; pairs; pairs = pairs->next) {
		size_t mark = checker_enter(c, pairs->name);
		checker_value(c, &tag_field,
			&(struct node){.type = NODE_TEXT, .text = pairs->name, .count = pairs->name_len});
		check_pairs(c, f, pairs);
		checker_leave(c, mark);
	}
}

void checker_field(struct checker *c, const struct field *f, const struct node *value)
{
	static const struct field id_field = {"id", FIELD_ID};
	static const struct field_kind id_kind = {&id_field, 1};
	size_t mark = checker_enter(c, f->name);
	switch (f->type) {
	case FIELD_OBJECT:
		checker_object(c, f->kind, value);
		break;
	case FIELD_LIST:
		check_list(c, f, value);
		break;
	case FIELD_SCALARS:
		if (f->kind->count == 2)
			check_pairs(c, f, value);
		else
			check_list(c, f, value);
		break;
	case FIELD_TAGS:
		check_tags(c, f, value);
		break;
	case FIELD_OF:
		if (node_is(value, NODE_OBJECT))
			checker_object(c, f->kind, value);
		else
			check_list(c,
				&(struct field){
					.type = FIELD_SCALARS, .min = 1, .max = f->max, .kind = &id_kind},
				value);
		break;
	default:
		checker_value(c, f, value);
	}
	checker_leave(c, mark);
}

const struct field *checker_find_field(const struct field_kind *kind, const char *name)
{
	for (int i = 0; i < kind->count; i++) {
		if (kind->fields[i].name[0] == name[0] && strcmp(kind->fields[i].name, name) == 0)
			return &kind->fields[i];
	}
	return NULL;
}

/* An unknown field is an error: a misspelt "sample" would show made-up figures as real. */
void checker_object(struct checker *c, const struct field_kind *kind, const struct node *object)
{
	if (!node_is(object, NODE_OBJECT)) {
		checker_error(c, object, "must be an object");
		return;
	}
	for (const struct node *value = object->first; value; value = value->next) {
		const struct field *f = checker_find_field(kind, value->name);
		if (f) {
			checker_field(c, f, value);
			continue;
		}
		size_t mark = checker_enter(c, value->name);
		checker_error(c, value, "no such field here");
		checker_leave(c, mark);
	}
	for (int i = 0; i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		if (!(f->flags & FIELD_REQUIRED) || node_get(object, f->name))
			continue;
		size_t mark = checker_enter(c, f->name);
		checker_error(c, NULL, "missing");
		checker_leave(c, mark);
	}
}

/* Which ids each top-level list has; the second of two is an error. */
static void collect_ids(struct checker *c, const json_t *document)
{
	const char *list_name;
	json_t *list;
	json_object_foreach ((json_t *)(uintptr_t)document, list_name, list) {
		size_t mark = checker_enter(c, list_name);
		size_t i;
		const json_t *item;
		json_array_foreach (list, i, item) {
			const char *id = member_text(item, "id");
			if (!id || checker_know(c, list_name, id))
				continue;
			size_t in_list = checker_enter_index(c, i);
			(void)checker_enter(c, "id");
			checker_error(c, &(struct node){.type = NODE_TEXT, .text = id, .count = strlen(id)},
				"id stands twice in %s", list_name);
			checker_leave(c, in_list);
		}
		checker_leave(c, mark);
	}
}

int check_document(const json_t *document, const struct check_options *options)
{
	struct arena nodes = {0};
	struct checker c = {.options = options, .document = node_of(document, &nodes)};
	if (json_is_object(document))
		collect_ids(&c, document);
	checker_object(&c, &field_document, c.document);
	if (c.errors == 0)
		checker_rules(&c);
	checker_finish(&c);
	arena_finish(&nodes);
	return c.errors;
}

/* Of a document only what rules look into: whole, it would be copied for each item of it. */
static const struct node *looked_into(const json_t *document, struct arena *a)
{
	struct node *out = arena_take(a, 1, sizeof *out);
	out->type = NODE_OBJECT;
	for (int i = 0; i < field_document.count; i++) {
		const struct field *f = &field_document.fields[i];
		const json_t *value = json_object_get(document, f->name);
		if ((f->flags & FIELD_LOOKED_INTO) && value)
			node_add(out, f->name, node_of(value, a), a);
	}
	return out;
}

int check_item(
	const char *list, const json_t *item, const json_t *document, const struct check_options *options)
{
	struct arena nodes = {0};
	struct checker silent = {.options = &(struct check_options){0}};
	const struct node *node = node_of(item, &nodes);
	collect_ids(&silent, document); /* what is wrong with the rest is not this item's */
	struct checker c = {.options = options, .document = looked_into(document, &nodes), .ids = silent.ids};
	checker_object(&c, checker_find_field(&field_document, list)->kind, node);
	if (c.errors == 0)
		checker_item_rules(&c, list, node);
	checker_finish(&c);
	arena_finish(&nodes);
	return c.errors;
}

int check_object(const struct field_kind *kind, const json_t *object, const struct check_options *options)
{
	struct arena nodes = {0};
	struct checker c = {.options = options, .document = node_of(object, &nodes)};
	checker_object(&c, kind, c.document);
	checker_finish(&c);
	arena_finish(&nodes);
	return c.errors;
}

json_t *check_parse(const char *bytes, size_t len, struct err *e)
{
	if (len > FIELD_DOCUMENT_BYTES_MAX) {
		err_set(e, ERR_FORMAT, "longer than %d bytes", FIELD_DOCUMENT_BYTES_MAX);
		return NULL;
	}
	return strict_parse(bytes, len, e);
}
