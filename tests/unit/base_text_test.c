/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/strict.h"
#include "base/utf8.h"
#include "sentences.h"

static const struct point_row {
	const char *says, *text;
	uint32_t point;
	int bytes;
} point_rows[] = {
	{"ASCII", "a", 'a', 1},
	{"two bytes", "\xC2\xB7", 0xB7, 2},
	{"three bytes", "坊", 0x574A, 3},
	{"four bytes", "\xF0\xA0\x85\xA4", 0x20164, 4},
	{"the last code point", "\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
	{"a NUL stays where it is", "", 0, 0},
	{"beyond the last code point", "\xF4\x90\x80\x80", UTF8_BAD, 1},
	{"an overlong slash", "\xC0\xAF", UTF8_BAD, 1},
	{"an overlong slash in three bytes", "\xE0\x80\xAF", UTF8_BAD, 1},
	{"a surrogate", "\xED\xA0\x80", UTF8_BAD, 1},
	{"a byte of continuation alone", "\x80", UTF8_BAD, 1},
	{"cut short by the NUL", "\xE5\x9D", UTF8_BAD, 1},
	{"GBK bytes", "\xB7\xBB", UTF8_BAD, 1},
	{"a byte that UTF-8 never has", "\xFF", UTF8_BAD, 1},
};

static void check_point(void **state)
{
	const struct point_row *r = *state;
	const char *at = r->text;
	assert_int_equal(utf8_next(&at), r->point);
	assert_int_equal(at - r->text, r->bytes);
}

static void every_code_point_goes_there_and_back(void **state)
{
	(void)state;
	char text[5];
	for (uint32_t p = 1; p <= 0x10FFFF; p++) {
		if (p == 0xD800)
			p = 0xE000;
		const char *at = text;
		size_t len = utf8_put(text, p);
		assert_int_equal(utf8_next(&at), p);
		assert_int_equal(at - text, len);
	}
}

static void what_is_no_code_point_is_written_as_nothing(void **state)
{
	(void)state;
	char text[5] = "....";
	assert_int_equal(utf8_put(text, 0xD800), 0);
	assert_string_equal(text, "");
	assert_int_equal(utf8_put(text, 0x110000), 0);
}

static void characters_are_counted_not_bytes(void **state)
{
	(void)state;
	assert_int_equal(utf8_count(""), 0);
	assert_int_equal(utf8_count("坊子区2023"), 7);
	assert_int_equal(utf8_count("\xF0\xA0\x85\xA4"), 1);
}

static void a_buffer_grows_and_keeps_its_nul(void **state)
{
	(void)state;
	struct buf b = {0};
	assert_null(b.data);
	for (int i = 0; i < 1000; i++) {
		buf_printf(&b, "%d,", i % 10);
		assert_int_equal(b.data[b.len], '\0');
	}
	assert_int_equal(b.len, 2000);
	buf_add(&b, "a\0b", 3);
	assert_int_equal(b.len, 2003);
	assert_memory_equal(b.data + 2000, "a\0b", 4);
	buf_clear(&b);
	assert_int_equal(b.len, 0);
	assert_string_equal(b.data, "");
	buf_text(&b, "again");
	assert_string_equal(b.data, "again");
	buf_finish(&b);
	assert_null(b.data);
	buf_finish(&b);
}

static void nothing_added_still_ends_in_a_nul(void **state)
{
	(void)state;
	struct buf b = {0};
	buf_add(&b, "", 0);
	assert_string_equal(b.data, "");
	buf_finish(&b);
}

static void an_arena_gives_zeroed_aligned_memory(void **state)
{
	(void)state;
	struct arena a = {0};
	for (size_t size = 1; size < 40000; size = size * 3 + 1) {
		unsigned char *p = arena_take(&a, 1, size);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xFF, size);
	}
	arena_finish(&a);
	assert_null(a.first);
}

static void what_an_arena_gave_stays_put(void **state)
{
	(void)state;
	struct arena a = {0};
	char *kept[2000];
	for (int i = 0; i < 2000; i++)
		kept[i] = arena_printf(&a, "第%d条", i);
	for (int i = 0; i < 2000; i++) {
		char text[32];
		(void)snprintf(text, sizeof text, "第%d条", i);
		assert_string_equal(kept[i], text);
	}
	assert_string_equal(arena_text(&a, ""), "");
	assert_string_equal(arena_text_len(&a, "坊子区", 6), "坊子");
	arena_finish(&a);
}

static const struct json_row {
	const char *says, *text, *why; /* why: part of the error; NULL: it is fine */
} json_rows[] = {
	{"an object is fine", "{\"a\": 1}", NULL},
	{"unknown fields are fine", "{\"zzz\": [1, {\"b\": null}]}", NULL},
	{"nested as deep as allowed is fine",
		"{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}", NULL},
	{"brackets in a text do not nest", "{\"a\": \"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[\"}",
		NULL},
	{"one deeper is refused", "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
		"line 1 column 37: nested deeper than 32"},
	{"a list is no object", "[1]", "not a JSON object"},
	{"a text is no object", "\"a\"", "line 1"},
	{"nothing", "", "line 1"},
	{"a field twice", "{\"a\": 1,\n \"a\": 2}", "line 2"},
	{"a field twice, once escaped", "{\"a\": 1, \"\\u0061\": 2}", "line 1"},
	{"bytes that are not UTF-8", "{\"a\": \"\xFF\"}", "line 1"},
	{"an overlong form", "{\"a\": \"\xC0\xAF\"}", "line 1"},
	{"half a surrogate pair", "{\"a\": \"\\ud800\"}", "line 1"},
	{"a NUL in a text", "{\"a\": \"\\u0000\"}", "line 1"},
	{"more behind the end", "{\"a\": 1} {}", "end of file"},
	{"a comma too many", "{\"a\": 1,}", "line 1"},
	{"a comment", "{\"a\": 1 /* one */}", "line 1"},
	{"a byte order mark", "\xEF\xBB\xBF{\"a\": 1}", "line 1"},
	{"a name without quotes", "{a: 1}", "line 1"},
	{"not a number", "{\"a\": NaN}", "line 1"},
	{"a number that begins with 0", "{\"a\": 01}", "line 1"},
	{"a number that no integer holds", "{\"a\": 99999999999999999999}", "line 1"},
	{"cut short", "{\"a\": [1, 2", "line 1"},
};

static void check_json(void **state)
{
	const struct json_row *r = *state;
	struct err e = {0};
	json_t *tree = strict_parse(r->text, strlen(r->text), &e);
	assert_int_equal(tree != NULL, r->why == NULL);
	if (r->why) {
		assert_int_equal(e.kind, ERR_FORMAT);
		assert_non_null(strstr(e.text, r->why));
	}
	json_decref(tree);
}

static void a_nul_byte_is_refused_wherever_it_stands(void **state)
{
	(void)state;
	static const char whole[] = "{\"a\": 1, \"b\": [true, null], \"c\": \"d\"}";
	char text[sizeof whole];
	for (size_t at = 0; at < sizeof whole; at++) {
		struct err e = {0};
		memcpy(text, whole, at);
		text[at] = '\0';
		memcpy(text + at + 1, whole + at, sizeof whole - 1 - at);
		assert_null(strict_parse(text, sizeof text, &e));
		assert_non_null(strstr(e.text, "line 1 column"));
	}
}

enum reader { TEXT, INT, TIME, OBJECT, ARRAY };

static const struct field_row {
	const char *says, *text;
	enum reader reader;
	const char *why; /* the whole error; NULL: it is fine */
} field_rows[] = {
	{"a text", "{\"f\": \"坊子\"}", TEXT, NULL},
	{"a text that is missing", "{}", TEXT, "f: missing"},
	{"a number for a text", "{\"f\": 1}", TEXT, "f: must be a text"},
	{"null for a text", "{\"f\": null}", TEXT, "f: must be a text"},
	{"a text of too many bytes", "{\"f\": \"坊子区\"}", TEXT, "f: longer than 8 bytes"},
	{"the smallest integer allowed", "{\"f\": 1}", INT, NULL},
	{"the largest", "{\"f\": 9}", INT, NULL},
	{"one below", "{\"f\": 0}", INT, "f: 0 is not within 1..9"},
	{"one above", "{\"f\": 10}", INT, "f: 10 is not within 1..9"},
	{"a number with a point", "{\"f\": 2.0}", INT, "f: must be an integer"},
	{"a text for an integer", "{\"f\": \"2\"}", INT, "f: must be an integer"},
	{"true for an integer", "{\"f\": true}", INT, "f: must be an integer"},
	{"a time", "{\"f\": \"2023-06-28T10:24:00+08:00\"}", TIME, NULL},
	{"a time without offset", "{\"f\": \"2023-06-28T10:24:00\"}", TIME,
		"f: '2023-06-28T10:24:00' is not an RFC 3339 time"},
	{"a number for a time", "{\"f\": 1687919040}", TIME, "f: must be a text"},
	{"an object", "{\"f\": {}}", OBJECT, NULL},
	{"a list for an object", "{\"f\": []}", OBJECT, "f: must be an object"},
	{"a list", "{\"f\": [1, 2]}", ARRAY, NULL},
	{"a list of too many", "{\"f\": [1, 2, 3]}", ARRAY, "f: more than 2 entries"},
	{"an object for a list", "{\"f\": {}}", ARRAY, "f: must be a list"},
};

static bool read_field(const struct field_row *r, const json_t *tree, struct err *e)
{
	const char *text;
	int64_t number;
	json_t *value;
	switch (r->reader) {
	case TEXT:
		return strict_text(tree, "f", 8, &text, e);
	case INT:
		return strict_int(tree, "f", 1, 9, &number, e);
	case TIME:
		return strict_time(tree, "f", &number, e);
	case OBJECT:
		return strict_object(tree, "f", &value, e);
	case ARRAY:
		return strict_array(tree, "f", 2, &value, e);
	}
	return false;
}

static void check_field(void **state)
{
	const struct field_row *r = *state;
	struct err e = {0};
	json_t *tree = strict_parse(r->text, strlen(r->text), &e);
	assert_non_null(tree);
	assert_int_equal(read_field(r, tree, &e), r->why == NULL);
	assert_string_equal(e.text, r->why ? r->why : "");
	assert_int_equal(e.kind, r->why ? ERR_FORMAT : ERR_NONE);
	json_decref(tree);
}

static void an_error_is_prefixed_and_never_overflows(void **state)
{
	(void)state;
	struct err e = {0};
	assert_false(err_set(&e, ERR_FORMAT, "version: %d", 7));
	assert_false(err_prefix(&e, "manifest %d", 3));
	assert_string_equal(e.text, "manifest 3: version: 7");
	for (int i = 0; i < 1000; i++)
		assert_false(err_prefix(&e, "again"));
	assert_true(strlen(e.text) < sizeof e.text);
	assert_int_equal(e.kind, ERR_FORMAT);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, point_rows, check_point);
	SENTENCES_ROWS(&s, json_rows, check_json);
	sentences_add(&s, "a NUL byte is refused wherever it stands",
		a_nul_byte_is_refused_wherever_it_stands, NULL);
	SENTENCES_ROWS(&s, field_rows, check_field);
	sentences_add(&s, "every code point goes there and back", every_code_point_goes_there_and_back, NULL);
	sentences_add(&s, "what is no code point is written as nothing",
		what_is_no_code_point_is_written_as_nothing, NULL);
	sentences_add(&s, "characters are counted, not bytes", characters_are_counted_not_bytes, NULL);
	sentences_add(&s, "a buffer grows and keeps its NUL", a_buffer_grows_and_keeps_its_nul, NULL);
	sentences_add(&s, "nothing added still ends in a NUL", nothing_added_still_ends_in_a_nul, NULL);
	sentences_add(
		&s, "an arena gives zeroed, aligned memory", an_arena_gives_zeroed_aligned_memory, NULL);
	sentences_add(&s, "what an arena gave stays put", what_an_arena_gave_stays_put, NULL);
	sentences_add(&s, "an error is prefixed and never overflows",
		an_error_is_prefixed_and_never_overflows, NULL);
	return sentences_run(&s, "base text");
}
