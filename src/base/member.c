/* SPDX-License-Identifier: Apache-2.0 */
#include "base/member.h"

#include <string.h>

const char *member_text(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

bool member_has_text(const json_t *list, const char *wanted)
{
	size_t i;
	const json_t *item;
	json_array_foreach (list, i, item) {
		const char *known = json_string_value(item);
		if (known && strcmp(known, wanted) == 0)
			return true;
	}
	return false;
}

json_t *member_find(const json_t *list, const char *name, const char *text)
{
	size_t i;
	json_t *item;
	json_array_foreach (list, i, item) {
		const char *known = member_text(item, name);
		if (known && text && strcmp(known, text) == 0)
			return item;
	}
	return NULL;
}
