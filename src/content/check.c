/* SPDX-License-Identifier: Apache-2.0 */
#include "content/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	char name[24];
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
static void show(const json_t *value, char out[static VALUE_SHOWN_BYTES + 16])
{
	size_t len = 0;
	out[0] = '\0';
	char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
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
}

static void __attribute__((format(printf, 4, 0)))
tell(struct checker *c, const json_t *value, bool is_warning, const char *format, va_list args)
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

void checker_error(struct checker *c, const json_t *value, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	tell(c, value, false, format, args);
	va_end(args);
}

void checker_warn(struct checker *c, const json_t *value, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	tell(c, value, true, format, args);
	va_end(args);
}

const json_t *checker_find(const struct checker *c, const char *list, const char *id)
{
	const json_t *index = json_object_get(json_object_get(c->ids, list), id);
	if (!index)
		return NULL;
	return json_array_get(json_object_get(c->document, list), (size_t)json_integer_value(index));
}

static void check_members(struct checker *c, const struct field_kind *kind, const json_t *object);

static void check_list(struct checker *c, const struct field *f, const json_t *list)
{
	if (!json_is_array(list)) {
		checker_error(c, list, "must be a list");
		return;
	}
	size_t count = json_array_size(list);
	if ((int64_t)count > f->max || (int64_t)count < f->min) {
		checker_error(c, NULL, "has %zu items, allowed are %lld to %lld", count, (long long)f->min,
			(long long)f->max);
		return;
	}
	size_t i;
	const json_t *item;
	json_array_foreach (list, i, item) {
		size_t mark = checker_enter_index(c, i);
		if (f->type == FIELD_LIST)
			check_members(c, f->kind, item);
		else
			checker_value(c, &f->kind->fields[0], item);
		checker_leave(c, mark);
	}
}

/* Lists of two: [from, to]. */
static void check_pairs(struct checker *c, const struct field *f, const json_t *list)
{
	size_t count = json_array_size(list);
	if (!json_is_array(list) || (int64_t)count < f->min || (int64_t)count > f->max) {
		checker_error(c, list, "must be a list of %lld to %lld [from, to]", (long long)f->min,
			(long long)f->max);
		return;
	}
	size_t i;
	const json_t *pair;
	json_array_foreach (list, i, pair) {
		size_t mark = checker_enter_index(c, i);
		if (!json_is_array(pair) || json_array_size(pair) != 2) {
			checker_error(c, pair, "must be [from, to]");
		} else {
			for (size_t k = 0; k < 2; k++) {
				size_t end = checker_enter_index(c, k);
				checker_value(c, &f->kind->fields[k], json_array_get(pair, k));
				checker_leave(c, end);
			}
		}
		checker_leave(c, mark);
	}
}

static void check_tags(struct checker *c, const struct field *f, const json_t *object)
{
	if (!json_is_object(object) || json_object_size(object) > (size_t)f->max) {
		checker_error(c, object, "must be an object of at most %lld tags", (long long)f->max);
		return;
	}
	static const struct field tag_field = {"tag", FIELD_ID};
	const char *tag;
	json_t *pairs;
	json_object_foreach ((json_t *)(uintptr_t)object, tag, pairs) {
		json_t *name = json_string(tag);
		size_t mark = checker_enter(c, tag);
		checker_value(c, &tag_field, name);
		check_pairs(c, f, pairs);
		checker_leave(c, mark);
		json_decref(name);
	}
}

static void check_field(struct checker *c, const struct field *f, const json_t *value)
{
	static const struct field id_field = {"id", FIELD_ID};
	static const struct field_kind id_kind = {&id_field, 1};
	size_t mark = checker_enter(c, f->name);
	switch (f->type) {
	case FIELD_OBJECT:
		check_members(c, f->kind, value);
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
		if (json_is_object(value))
			check_members(c, f->kind, value);
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

static const struct field *find_field(const struct field_kind *kind, const char *name)
{
	for (int i = 0; i < kind->count; i++) {
		if (strcmp(kind->fields[i].name, name) == 0)
			return &kind->fields[i];
	}
	return NULL;
}

/* An unknown field is an error: a misspelt "sample" would show made-up figures as real. */
static void check_members(struct checker *c, const struct field_kind *kind, const json_t *object)
{
	if (!json_is_object(object)) {
		checker_error(c, object, "must be an object");
		return;
	}
	const char *name;
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)object, name, value) {
		const struct field *f = find_field(kind, name);
		if (f) {
			check_field(c, f, value);
			continue;
		}
		size_t mark = checker_enter(c, name);
		checker_error(c, value, "no such field here");
		checker_leave(c, mark);
	}
	for (int i = 0; i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		if (!(f->flags & FIELD_REQUIRED) || json_object_get(object, f->name))
			continue;
		size_t mark = checker_enter(c, f->name);
		checker_error(c, NULL, "missing");
		checker_leave(c, mark);
	}
}

/* Which ids each top-level list has; the second of two is an error. */
static void collect_ids(struct checker *c)
{
	const char *list_name;
	json_t *list;
	json_object_foreach ((json_t *)(uintptr_t)c->document, list_name, list) {
		if (!json_is_array(list))
			continue;
		json_t *index = json_object();
		json_object_set_new(c->ids, list_name, index);
		size_t mark = checker_enter(c, list_name);
		size_t i;
		const json_t *item;
		json_array_foreach (list, i, item) {
			const json_t *id = json_object_get(item, "id");
			if (!json_is_string(id))
				continue;
			size_t in_list = checker_enter_index(c, i);
			(void)checker_enter(c, "id");
			if (json_object_get(index, json_string_value(id)))
				checker_error(c, id, "id stands twice in %s", list_name);
			else
				json_object_set_new(
					index, json_string_value(id), json_integer((json_int_t)i));
			checker_leave(c, in_list);
		}
		checker_leave(c, mark);
	}
}

int check_document(const json_t *document, const struct check_options *options)
{
	struct checker c = {.options = options, .document = document, .ids = json_object()};
	if (json_is_object(document))
		collect_ids(&c);
	check_members(&c, &field_document, document);
	if (c.errors == 0)
		checker_rules(&c);
	json_decref(c.ids);
	return c.errors;
}

int check_item(
	const char *list, const json_t *item, const json_t *document, const struct check_options *options)
{
	struct checker c = {.options = options, .document = document, .ids = json_object()};
	struct checker silent = {.options = &(struct check_options){0}, .document = document, .ids = c.ids};
	const struct field *f = find_field(&field_document, list);
	collect_ids(&silent); /* what is wrong with the rest is not this item's */
	check_members(&c, f->kind, item);
	if (c.errors == 0)
		checker_item_rules(&c, list, item);
	json_decref(c.ids);
	return c.errors;
}

int check_object(const struct field_kind *kind, const json_t *object, const struct check_options *options)
{
	struct checker c = {.options = options, .document = object, .ids = json_object()};
	check_members(&c, kind, object);
	json_decref(c.ids);
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
