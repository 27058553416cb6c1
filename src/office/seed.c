/* SPDX-License-Identifier: Apache-2.0 */
#include "office/seed.h"

#include "content/field.h"
#include "office/change.h"
#include "office/item.h"

static bool put(struct office *o, int64_t set, const char *list, const char *id, json_t *body, struct err *e)
{
	const struct change_item at = {.set = set, .list = list, .id = id ? id : ""};
	return change_put(o, &at, body, e) || err_prefix(e, "%s/%s", list, at.id);
}

bool seed_put(struct office *o, int64_t set, const json_t *document, struct err *e)
{
	for (int i = 0; i < field_document.count; i++) {
		const struct field *f = &field_document.fields[i];
		json_t *value = json_object_get(document, f->name), *item;
		size_t k;
		if (f->type == FIELD_OBJECT && value && !put(o, set, ITEM_PARTS, f->name, value, e))
			return false;
		if (f->type != FIELD_LIST)
			continue;
		json_array_foreach (value, k, item) {
			if (!put(o, set, f->name, json_string_value(json_object_get(item, "id")), item, e))
				return false;
		}
	}
	return true;
}
