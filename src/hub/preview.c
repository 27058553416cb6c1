/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/preview.h"

#include <stdint.h>
#include <string.h>

enum state { CHANGED, NEW, GONE, SAME, STATES };
static const char *const state_words[STATES] = {"changed", "new", "gone", "same"};

static const char *text(const json_t *page, const char *name)
{
	const char *value = json_string_value(json_object_get(page, name));
	return value ? value : "";
}

/* The same page of the same size. */
static const json_t *find(const json_t *pages, const json_t *like)
{
	size_t i;
	const json_t *page;
	json_array_foreach (pages, i, page) {
		if (strcmp(text(page, "name"), text(like, "name")) == 0 &&
			strcmp(text(page, "size"), text(like, "size")) == 0)
			return page;
	}
	return NULL;
}

static enum state state_of(const json_t *page, const json_t *then)
{
	if (!then)
		return NEW;
	return strcmp(text(page, "sha256"), text(then, "sha256")) == 0 ? SAME : CHANGED;
}

static void add(json_t *list, const json_t *page, enum state state, const json_t *then)
{
	json_t *entry = json_copy((json_t *)(uintptr_t)page);
	(void)json_object_set_new(entry, "state", json_string(state_words[state]));
	(void)json_object_set_new(
		entry, "now_sha256", then ? json_string(text(then, "sha256")) : json_null());
	(void)json_array_append_new(list, entry);
}

json_t *preview_compare(const json_t *pages, const json_t *now)
{
	json_t *all = json_array();
	size_t i;
	const json_t *page;
	for (int state = 0; state < STATES; state++) {
		json_array_foreach (state == GONE ? now : pages, i, page) {
			const json_t *other = find(state == GONE ? pages : now, page);
			if (state == GONE && !other)
				add(all, page, GONE, page);
			else if (state != GONE && (int)state_of(page, other) == state)
				add(all, page, (enum state)state, other);
		}
	}
	return all;
}
