/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/err.h"
#include "base/node.h"
#include "base/strict.h"
#include "sentences.h"

/* What stands as the value of a member: taken, and as what, by this reader and by the other. */
static const struct value_row {
	const char *says, *text;
	bool is_sound;
} value_rows[] = {
	{"a text", "\"坊子区\"", true},
	{"an empty text", "\"\"", true},
	{"every short escape", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", true},
	{"an escape that there is not", "\"\\x\"", false},
	{"an escape by number, in both cases of letters", "\"\\u574a\\u574A\"", true},
	{"an escape cut short", "\"\\u574\"", false},
	{"an escape that is no number", "\"\\u57g0\"", false},
	{"a pair of surrogates", "\"\\ud840\\udd64\"", true},
	{"the first of a pair alone", "\"\\ud840\"", false},
	{"the first of a pair and a letter", "\"\\ud840a23456\"", false},
	{"the first of a pair twice", "\"\\ud840\\ud840\"", false},
	{"the second of a pair alone", "\"\\udd64\"", false},
	{"the second of a pair twice", "\"\\udd64\\udd64\"", false},
	{"U+0000", "\"a\\u0000b\"", false},
	{"U+FFFF", "\"\\uffff\"", true},
	{"a control character", "\"a\tb\"", false},
	{"U+007F", "\"\x7F\"", true},
	{"a text without its end", "\"a", false},
	{"a text that ends in an escaped quote", "\"a\\\"", false},
	{"a text that ends in a backslash", "\"a\\", false},
	{"nought", "0", true},
	{"less than nought", "-7", true},
	{"less than nought by nought", "-0", true},
	{"a number of eighteen digits", "123456789012345678", true},
	{"the greatest number", "9223372036854775807", true},
	{"one more", "9223372036854775808", false},
	{"the least number", "-9223372036854775808", true},
	{"one less", "-9223372036854775809", false},
	{"a nought before a number", "07", false},
	{"a minus alone", "-", false},
	{"two of them", "--1", false},
	{"one in the midst", "1-2", false},
	{"a plus", "+1", false},
	{"a fraction", "12.50", true},
	{"a fraction of nothing", ".5", false},
	{"nothing of a fraction", "1.", false},
	{"a power of ten", "1E5", true},
	{"a power of ten with a sign", "1e-5", true},
	{"a power of nothing", "1e", false},
	{"beyond any number", "1e999", false},
	{"a number and a letter", "1a", false},
	{"true", "true", true},
	{"false", "false", true},
	{"null", "null", true},
	{"true in capitals", "True", false},
	{"true cut short", "tru", false},
	{"true drawn out", "truee", false},
	{"no number", "NaN", false},
	{"an empty list", "[]", true},
	{"a list, with blanks of every kind", "[ 1 ,\t2\r\n, [ ] ]", true},
	{"a blank that is none", "[1,\f2]", false},
	{"a comma too many", "[1,]", false},
	{"a comma too few", "[1 2]", false},
	{"a comma alone", "[,]", false},
	{"a list without its end", "[1", false},
	{"a list that ends as an object", "[1}", false},
	{"an empty object", "{}", true},
	{"an object", "{\"a\" : {\"b\":[{\"\":1}]}, \"c\" :null}", true},
	{"a name twice", "{\"a\": 1, \"b\": 2, \"a\": 1}", false},
	{"a name twice, once escaped", "{\"a\": 1, \"\\u0061\": 1}", false},
	{"a name within another of that name", "{\"a\": {\"a\": 1}}", true},
	{"a name without quotes", "{a: 1}", false},
	{"a number for a name", "{1: 1}", false},
	{"a name without a value", "{\"a\"}", false},
	{"a name without a colon", "{\"a\" 1}", false},
	{"a comma behind the last member", "{\"a\": 1,}", false},
	{"an object without its end", "{\"a\": 1", false},
	{"a comment", "[1 /* one */]", false},
	{"as deep as allowed", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", true},
	{"one deeper", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", false},
	{"something behind it", "1 1", false},
	{"nothing", "", false},
};

/* The value in {"a": …}, as compact JSON; NULL: refused. */
static char *read_as_node(const char *document)
{
	struct arena a = {0};
	struct node_reader r = {.at = document, .end = document + strlen(document), .arena = &a};
	const struct node *n = node_read(&r);
	json_t *json = n && r.at == r.end ? node_json(n) : NULL;
	char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
	json_decref(json);
	arena_finish(&a);
	return text;
}

static char *read_as_tree(const char *document)
{
	struct err e = {0};
	json_t *json = strict_parse(document, strlen(document), &e);
	char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
	json_decref(json);
	return text;
}

static void both_read_the_same(void **state)
{
	const struct value_row *r = *state;
	char document[512];
	(void)snprintf(document, sizeof document, " {\"a\": %s } ", r->text);
	char *node = read_as_node(document), *tree = read_as_tree(document);
	assert_int_equal(tree != NULL, r->is_sound);
	assert_int_equal(node != NULL, r->is_sound);
	if (r->is_sound)
		assert_string_equal(node, tree);
	free(node);
	free(tree);
}

static void what_ends_anywhere_is_refused(void **state)
{
	(void)state;
	static const char whole[] = "{\"a\":[1,-2.5e3,\"\\ud840\\udd64坊\",{\"b\":null}],\"c\":true}";
	char *text = read_as_node(whole);
	assert_string_equal(text, "{\"a\":[1,-2500.0,\"𠅤坊\",{\"b\":null}],\"c\":true}");
	free(text);
	for (size_t len = 0; len < sizeof whole - 1; len++) {
		struct arena a = {0};
		char *piece = malloc(len ? len : 1); /* of its own: a step beyond is seen */
		assert_non_null(piece);
		memcpy(piece, whole, len);
		assert_null(node_read(&(struct node_reader){.at = piece, .end = piece + len, .arena = &a}));
		free(piece);
		arena_finish(&a);
	}
}

static void values_are_passed_by_whole(void **state)
{
	(void)state;
	static const char text[] = " {\"a]}\": [1, \"\\\"}\"]} , \"]\\\\\" ,7]";
	struct arena a = {0};
	struct node_reader r = {.at = text, .end = text + sizeof text - 1, .arena = &a};
	assert_true(node_skip(&r));
	assert_true(node_pass(&r, ','));
	assert_true(node_skip(&r));
	assert_false(node_pass(&r, ']'));
	assert_true(node_pass(&r, ','));
	assert_int_equal(node_int(node_read(&r)), 7);
	assert_true(node_pass(&r, ']'));
	assert_ptr_equal(r.at, r.end);
	assert_false(node_skip(&r));
	arena_finish(&a);
}

static void what_is_not_there_reads_as_nothing(void **state)
{
	(void)state;
	assert_null(node_get(NULL, "a"));
	assert_null(node_first(NULL));
	assert_null(node_text(NULL));
	assert_null(node_find(NULL, "id", "a"));
	assert_false(node_is_true(NULL));
	assert_int_equal(node_int(NULL), 0);
	struct node number = {.type = NODE_INT, .integer = 7};
	assert_null(node_get(&number, "a"));
	assert_null(node_first(&number));
	assert_null(node_text(&number));
	assert_true(node_number(&number) == 7);
}

static void an_arena_is_emptied_and_zero_again(void **state)
{
	(void)state;
	struct arena a = {0};
	arena_clear(&a);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 100; i++) {
			unsigned char *bytes = arena_take(&a, 1, 1000);
			for (int k = 0; k < 1000; k++)
				assert_int_equal(bytes[k], 0);
			memset(bytes, 0xFF, 1000);
		}
		arena_clear(&a);
	}
	arena_finish(&a);
}

static void a_list_in_an_arena_grows_and_keeps_what_it_has(void **state)
{
	(void)state;
	struct arena a = {0};
	int *list = NULL;
	for (int i = 0; i < 1000; i++) {
		list = arena_more(&a, list, (size_t)i, sizeof *list);
		assert_int_equal(list[i], 0);
		list[i] = i + 1;
		(void)arena_text(&a, "between them"); /* so that nothing lies behind the list by chance */
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list[i], i + 1);
	arena_finish(&a);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, value_rows, both_read_the_same);
	sentences_add(&s, "what ends anywhere is refused", what_ends_anywhere_is_refused, NULL);
	sentences_add(&s, "values are passed by whole", values_are_passed_by_whole, NULL);
	sentences_add(&s, "what is not there reads as nothing", what_is_not_there_reads_as_nothing, NULL);
	sentences_add(&s, "an arena is emptied and zero again", an_arena_is_emptied_and_zero_again, NULL);
	sentences_add(&s, "a list in an arena grows and keeps what it has",
		a_list_in_an_arena_grows_and_keeps_what_it_has, NULL);
	return sentences_run(&s, "nodes");
}
