/* SPDX-License-Identifier: Apache-2.0
 *
 * Changes a JSON document as a tree, so that it stays one and gets past the parser. A
 * third of the time, and where it is no JSON any more, its bytes are changed instead. */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t len, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t len, size_t max, unsigned seed);

/* What stands at the edges of the rules. */
static const char *const edges[] = {"null", "true", "false", "0", "-1", "1", "2147483648", "9007199254740991",
	"9007199254740992", "9223372036854775807", "-9223372036854775808", "0.1", "1e308", "-0.0", "100.00001",
	"\"\"", "\".\"", "\"..\"", "\"../x\"", "\"a\\nb\"", "\"\\n\"", "\"\\u0000\"", "\"\\u202e\"",
	"\"e\\u0301\\u0301\\u0301\"", "\"\\\"\"", "\"，。、；\"", "\"“‘《（\"", "\"……——\"",
	"\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "\"1234567890.5亿元\"",
	"\"0000-01-01\"", "\"2023-02-29\"", "\"2024-02-29\"", "\"9999-12-31\"", "\"2023-33\"", "\"2023-40~\"",
	"\"2023-06/2023-05\"", "\"1970-01-01T00:00:00Z\"", "\"9999-12-31T23:59:60+14:00\"", "\"24:00\"",
	"\"00:00\"", "\"Asia/Shanghai\"", "[]", "{}", "[[]]", "[{}]", "[\"\"]"};

static uint32_t state;

static uint32_t roll(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return below ? (state >> 8) % below : 0;
}

/* Where a value stands in the tree. */
struct place {
	json_t *in; /* NULL: it is the root */
	size_t index;
	const char *key;
};

static json_t *at(const struct place *p)
{
	return json_is_array(p->in) ? json_array_get(p->in, p->index) : json_object_get(p->in, p->key);
}

static struct place child(json_t *in, uint32_t n)
{
	struct place p = {.in = in, .index = n};
	if (json_is_object(in)) {
		void *entry = json_object_iter(in);
		while (n--)
			entry = json_object_iter_next(in, entry);
		p.key = json_object_iter_key(entry);
	}
	return p;
}

static uint32_t children(const json_t *v)
{
	return (uint32_t)(json_is_array(v) ? json_array_size(v) : json_is_object(v) ? json_object_size(v) : 0);
}

/* Somewhere in the tree, deep places as likely as shallow ones. */
static struct place pick(json_t *root)
{
	struct place p = {0};
	for (json_t *v = root; children(v); v = at(&p)) {
		if (p.in && roll(4) == 0)
			break;
		p = child(v, roll(children(v)));
	}
	return p;
}

static void put(const struct place *p, json_t *value)
{
	(void)(json_is_array(p->in) ? json_array_set_new(p->in, p->index, value)
				    : json_object_set_new(p->in, p->key, value));
}

static json_t *edge(void)
{
	return json_loads(edges[roll(sizeof edges / sizeof edges[0])], JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

static void change(json_t *root)
{
	struct place to = pick(root), from = pick(root);
	if (!to.in)
		return;
	switch (roll(6)) {
	case 0:
		put(&to, edge());
		break;
	case 1: /* what stands elsewhere */
		put(&to, json_deep_copy(at(&from)));
		break;
	case 2:
		(void)(json_is_array(to.in) ? json_array_remove(to.in, to.index)
					    : json_object_del(to.in, to.key));
		break;
	case 3: /* once more */
		if (json_is_array(to.in))
			(void)json_array_insert_new(to.in, roll(children(to.in) + 1), json_deep_copy(at(&to)));
		break;
	case 4:
		if (json_is_integer(at(&to)))
			put(&to, json_integer(json_integer_value(at(&to)) ^ (1 << roll(4))));
		else if (json_is_string(at(&to)) && json_is_string(at(&from)))
			put(&to, json_sprintf("%s%s", json_string_value(at(&to)), json_string_value(at(&from))));
		break;
	default:
		if (json_is_array(to.in) && roll(8) == 0) { /* a great many */
			for (uint32_t n = roll(300); n; n--)
				(void)json_array_append_new(to.in, json_deep_copy(at(&to)));
		}
	}
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t len, size_t max, unsigned seed)
{
	state = seed;
	json_t *root = roll(3) ? json_loadb((const char *)bytes, len, JSON_ALLOW_NUL, NULL) : NULL;
	if (!root)
		return LLVMFuzzerMutate(bytes, len, max);
	for (uint32_t n = roll(3) + 1; n; n--)
		change(root);
	char *text = json_dumps(root, JSON_COMPACT);
	size_t made = text ? strlen(text) : 0;
	json_decref(root);
	if (made && made <= max)
		memcpy(bytes, text, made);
	free(text);
	return made && made <= max ? made : LLVMFuzzerMutate(bytes, len, max);
}
