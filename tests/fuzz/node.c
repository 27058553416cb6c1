/* SPDX-License-Identifier: Apache-2.0
 *
 * Any text as JSON. What is read value by value is what jansson reads as a tree, and the same. */
#include "base/node.h"

#include <unistr.h>

#include "base/strict.h"
#include "fuzz.h"

#define MEMBERS_MAX 256 /* node.h */

static bool has_large_object(const json_t *value)
{
	size_t i;
	const char *name;
	json_t *child;
	json_array_foreach (value, i, child) {
		if (has_large_object(child))
			return true;
	}
	json_object_foreach ((json_t *)(uintptr_t)value, name, child) {
		if (has_large_object(child))
			return true;
	}
	return json_object_size(value) > MEMBERS_MAX;
}

static void must_be(const struct node *n, const json_t *tree)
{
	json_t *same = node_json(n);
	FUZZ_MUST(json_equal(same, tree));
	json_decref(same);
}

static void must_be_skipped(const char *text, size_t len)
{
	char *listed = malloc(len + 1); /* the end of a value is what stands behind it */
	FUZZ_MUST(listed);
	memcpy(listed, text, len);
	listed[len] = ']';
	struct node_reader r = {.at = listed, .end = listed + len + 1};
	FUZZ_MUST(node_skip(&r) && r.at == listed + len);
	free(listed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *text = (const char *)bytes;
	struct arena a = {0};
	struct err e = {0};
	struct node_reader r = {.at = text, .end = text + len, .arena = &a};
	if (u8_check(bytes, len))
		return 0;
	const struct node *n = node_read(&r);
	bool is_read = node_is(n, NODE_OBJECT) && r.at == r.end;
	json_t *tree = strict_parse(text, len, &e);
	FUZZ_MUST(is_read ? tree != NULL : !tree || has_large_object(tree));
	if (is_read) {
		must_be(n, tree);
		must_be(node_of(tree, &a), tree);
		must_be_skipped(text, len);
	}
	json_decref(tree);
	arena_finish(&a);
	return 0;
}
