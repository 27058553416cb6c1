/* SPDX-License-Identifier: Apache-2.0 */
#include "base/node.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strict.h"
#include "base/utf8.h"

#define MEMBERS_MAX 256 /* each is held against those before it; no object of ours has so many */
#define INT_DIGITS_MAX 18 /* that any integer holds */

static void pass_blanks(struct node_reader *r)
{
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
		r->at++;
}

bool node_pass(struct node_reader *r, char mark)
{
	pass_blanks(r);
	if (r->at == r->end || *r->at != mark)
		return false;
	r->at++;
	pass_blanks(r);
	return true;
}

/* From behind the opening quote to the closing one. */
static bool find_quote(struct node_reader *r, bool *has_escapes)
{
	*has_escapes = false;
	for (; r->at < r->end && *r->at != '"'; r->at++) {
		if ((unsigned char)*r->at < 0x20)
			return false;
		if (*r->at == '\\') {
			*has_escapes = true;
			if (++r->at == r->end)
				return false;
		}
	}
	return r->at < r->end;
}

static bool read_hex(const char *at, const char *end, uint32_t *unit)
{
	*unit = 0;
	if (end - at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		static const char digits[] = "00112233445566778899aAbBcCdDeEfF";
		const char *digit = at[i] ? strchr(digits, at[i]) : NULL;
		if (!digit)
			return false;
		*unit = *unit * 16 + (uint32_t)(digit - digits) / 2;
	}
	return true;
}

/* From behind \u; half a surrogate pair and U+0000 are refused. */
static bool read_escaped_point(const char **at, const char *end, uint32_t *point)
{
	uint32_t low;
	if (!read_hex(*at, end, point))
		return false;
	*at += 4;
	if (*point < 0xD800 || *point > 0xDFFF)
		return *point != 0;
	if (*point > 0xDBFF || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u' ||
		!read_hex(*at + 2, end, &low) || low < 0xDC00 || low > 0xDFFF)
		return false;
	*at += 6;
	*point = 0x10000 + ((*point - 0xD800) << 10) + (low - 0xDC00);
	return true;
}

/* An escape is never shorter than what it stands for. */
static bool decode(const char *at, const char *end, char *out, size_t *len)
{
	static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	char *to = out;
	while (at < end) {
		if (*at != '\\') {
			*to++ = *at++;
			continue;
		}
		char which = at[1];
		const char *escape = which ? strchr(escapes, which) : NULL;
		at += 2;
		if (escape) {
			*to++ = meant[escape - escapes];
			continue;
		}
		uint32_t point;
		char bytes[5];
		if (which != 'u' || !read_escaped_point(&at, end, &point))
			return false;
		size_t count = utf8_put(bytes, point);
		memcpy(to, bytes, count);
		to += count;
	}
	*len = (size_t)(to - out);
	return true;
}

/* From the opening quote on. */
static const char *read_text(struct node_reader *r, size_t *len)
{
	bool has_escapes;
	const char *begin = ++r->at;
	if (!find_quote(r, &has_escapes))
		return NULL;
	const char *end = r->at++;
	*len = (size_t)(end - begin);
	if (!has_escapes)
		return arena_text_len(r->arena, begin, *len);
	char *text = arena_take(r->arena, *len + 1, 1);
	return decode(begin, end, text, len) ? text : NULL;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What is not a short whole number is jansson's to read, so that no two readers round differently. */
static bool read_number(struct node_reader *r, struct node *n)
{
	const char *begin = r->at, *digits = begin + (*begin == '-');
	bool is_whole = true;
	int64_t value = 0;
	for (; r->at < r->end && (is_digit(*r->at) || strchr("+-.eE", *r->at)) && *r->at; r->at++) {
		if (is_digit(*r->at) && r->at - digits < INT_DIGITS_MAX)
			value = value * 10 + (*r->at - '0');
		else if (r->at != begin || *begin != '-')
			is_whole = false;
	}
	if (is_whole && r->at > digits && (*digits != '0' || r->at == digits + 1)) {
		n->type = NODE_INT;
		n->integer = *begin == '-' ? -value : value;
		return true;
	}
	json_set_alloc_funcs(alloc_bytes, free); /* or it says no where it has no memory */
	json_t *number = json_loadb(begin, (size_t)(r->at - begin), JSON_DECODE_ANY, NULL);
	n->type = json_is_integer(number) ? NODE_INT : NODE_REAL;
	if (n->type == NODE_INT)
		n->integer = json_integer_value(number);
	else
		n->real = json_number_value(number);
	json_decref(number);
	return number != NULL;
}

static bool read_word(struct node_reader *r, const char *word)
{
	size_t len = strlen(word);
	if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
		return false;
	r->at += len;
	return true;
}

static struct node *read_value(struct node_reader *r);

static bool has_member(const struct node *object, const struct node *member)
{
	for (const struct node *m = object->first; m; m = m->next) {
		if (m->name_len == member->name_len && memcmp(m->name, member->name, m->name_len) == 0)
			return true;
	}
	return false;
}

static struct node *read_member(struct node_reader *r)
{
	size_t len;
	const char *name = r->at < r->end && *r->at == '"' ? read_text(r, &len) : NULL;
	struct node *member = name && len <= UINT32_MAX && node_pass(r, ':') ? read_value(r) : NULL;
	if (!member)
		return NULL;
	member->name = name;
	member->name_len = (uint32_t)len;
	return member;
}

static bool read_children(struct node_reader *r, struct node *n, char closing)
{
	const struct node **last = &n->first;
	if (node_pass(r, closing))
		return true;
	do {
		bool is_object = closing == '}';
		struct node *child = is_object ? read_member(r) : read_value(r);
		if (!child || (is_object && (n->count == MEMBERS_MAX || has_member(n, child))))
			return false;
		*last = child;
		last = &child->next;
		n->count++;
	} while (node_pass(r, ','));
	return node_pass(r, closing);
}

static bool read_nested(struct node_reader *r, struct node *n, char opening)
{
	n->type = opening == '{' ? NODE_OBJECT : NODE_LIST;
	if (++r->depth > STRICT_DEPTH_MAX || !node_pass(r, opening) ||
		!read_children(r, n, opening == '{' ? '}' : ']'))
		return false;
	r->depth--;
	return true;
}

/* At its first character. */
static bool read_as_it_begins(struct node_reader *r, struct node *n)
{
	switch (*r->at) {
	case '{':
	case '[':
		return read_nested(r, n, *r->at);
	case '"':
		n->type = NODE_TEXT;
		n->text = read_text(r, &n->count);
		return n->text != NULL;
	case 't':
		n->type = NODE_BOOL;
		n->is_true = true;
		return read_word(r, "true");
	case 'f':
		n->type = NODE_BOOL;
		return read_word(r, "false");
	case 'n':
		return read_word(r, "null");
	default:
		return (*r->at == '-' || is_digit(*r->at)) && read_number(r, n);
	}
}

static struct node *read_value(struct node_reader *r)
{
	struct node *n = arena_take(r->arena, 1, sizeof *n);
	return r->at < r->end && read_as_it_begins(r, n) ? n : NULL;
}

const struct node *node_read(struct node_reader *r)
{
	pass_blanks(r);
	const struct node *n = read_value(r);
	pass_blanks(r);
	return n;
}

bool node_skip(struct node_reader *r)
{
	int depth = 0;
	bool has_escapes;
	pass_blanks(r);
	for (; r->at < r->end; r->at++) {
		if (*r->at == '"') {
			r->at++;
			if (!find_quote(r, &has_escapes))
				return false;
		} else if (*r->at == '{' || *r->at == '[') {
			depth++;
		} else if (depth == 0 && (*r->at == ',' || *r->at == '}' || *r->at == ']')) {
			return true;
		} else if (*r->at == '}' || *r->at == ']') {
			depth--;
		}
	}
	return false;
}

const struct node *node_first(const struct node *list)
{
	return node_is(list, NODE_LIST) || node_is(list, NODE_OBJECT) ? list->first : NULL;
}

const struct node *node_get(const struct node *object, const char *name)
{
	const struct node *m = node_is(object, NODE_OBJECT) ? object->first : NULL;
	while (m && (m->name[0] != name[0] || strcmp(m->name, name) != 0))
		m = m->next;
	return m;
}

const char *node_text(const struct node *value)
{
	return node_is(value, NODE_TEXT) ? value->text : NULL;
}

const char *node_get_text(const struct node *object, const char *name)
{
	return node_text(node_get(object, name));
}

const struct node *node_find(const struct node *list, const char *name, const char *text)
{
	for (const struct node *item = node_first(list); item; item = item->next) {
		const char *known = node_get_text(item, name);
		if (known && strcmp(known, text) == 0)
			return item;
	}
	return NULL;
}

int64_t node_int(const struct node *value)
{
	return node_is(value, NODE_INT) ? value->integer : 0;
}

double node_number(const struct node *value)
{
	return node_is(value, NODE_REAL) ? value->real : (double)node_int(value);
}

bool node_is(const struct node *value, enum node_type type)
{
	return value && value->type == type;
}

bool node_is_true(const struct node *value)
{
	return node_is(value, NODE_BOOL) && value->is_true;
}

void node_add(struct node *object, const char *name, const struct node *value, struct arena *a)
{
	struct node *member = arena_take(a, 1, sizeof *member);
	*member = *value;
	member->name = name;
	member->name_len = (uint32_t)strlen(name);
	member->next = object->first;
	object->first = member;
	object->count++;
}

static struct node *copy_value(const json_t *value, struct arena *a);

static void copy_children(const json_t *value, struct node *n, struct arena *a)
{
	const struct node **last = &n->first;
	size_t i;
	const char *name;
	json_t *child;
	json_array_foreach (value, i, child) {
		struct node *item = copy_value(child, a);
		*last = item;
		last = &item->next;
		n->count++;
	}
	json_object_foreach ((json_t *)(uintptr_t)value, name, child) {
		struct node *member = copy_value(child, a);
		member->name = name;
		member->name_len = (uint32_t)strlen(name);
		*last = member;
		last = &member->next;
		n->count++;
	}
}

static struct node *copy_value(const json_t *value, struct arena *a)
{
	static const enum node_type types[] = {
		[JSON_OBJECT] = NODE_OBJECT,
		[JSON_ARRAY] = NODE_LIST,
		[JSON_STRING] = NODE_TEXT,
		[JSON_INTEGER] = NODE_INT,
		[JSON_REAL] = NODE_REAL,
		[JSON_TRUE] = NODE_BOOL,
		[JSON_FALSE] = NODE_BOOL,
		[JSON_NULL] = NODE_NULL,
	};
	struct node *n = arena_take(a, 1, sizeof *n);
	n->type = types[json_typeof(value)];
	switch (n->type) {
	case NODE_BOOL:
		n->is_true = json_is_true(value);
		break;
	case NODE_INT:
		n->integer = json_integer_value(value);
		break;
	case NODE_REAL:
		n->real = json_real_value(value);
		break;
	case NODE_TEXT:
		n->text = json_string_value(value);
		n->count = json_string_length(value);
		break;
	default:
		copy_children(value, n, a);
	}
	return n;
}

const struct node *node_of(const json_t *value, struct arena *a)
{
	return value ? copy_value(value, a) : NULL;
}

static json_t *json_of_children(const struct node *value)
{
	bool is_object = value->type == NODE_OBJECT;
	json_t *out = is_object ? json_object() : json_array();
	for (const struct node *child = value->first; child; child = child->next) {
		if (is_object)
			(void)json_object_set_new(out, child->name, node_json(child));
		else
			(void)json_array_append_new(out, node_json(child));
	}
	return out;
}

json_t *node_json(const struct node *value)
{
	switch (value->type) {
	case NODE_BOOL:
		return json_boolean(value->is_true);
	case NODE_INT:
		return json_integer(value->integer);
	case NODE_REAL:
		return json_real(value->real);
	case NODE_TEXT:
		return json_stringn(value->text, value->count);
	case NODE_LIST:
	case NODE_OBJECT:
		return json_of_children(value);
	default:
		return json_null();
	}
}
