/* SPDX-License-Identifier: Apache-2.0 */
#include "office/finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/check.h"
#include "office/item.h"

struct collection {
	struct office *o;
	const json_t *document;
	json_t *findings;
};

/* "/projects/12/milestones/3/planned": list projects, its 12th item's id, field
 * "milestones/3/planned". "/site/name": list parts, id site. */
json_t *finding_make(
	const json_t *document, const char *pointer, const char *value, const char *rule, bool is_warning)
{
	char list[32] = "";
	const char *rest = *pointer == '/' ? pointer + 1 : pointer, *id = NULL;
	size_t len = strcspn(rest, "/");
	(void)snprintf(list, sizeof list, "%.*s", (int)len, rest);
	rest += len + (rest[len] == '/');
	if (item_field(list) && *rest >= '0' && *rest <= '9') {
		const json_t *item = json_array_get(json_object_get(document, list), strtoul(rest, NULL, 10));
		id = json_string_value(json_object_get(item, "id"));
		len = strcspn(rest, "/");
		rest += len + (rest[len] == '/');
	}
	bool is_part = item_part_field(list) != NULL;
	return json_pack("{s:s, s:s?, s:s?, s:s?, s:s, s:s, s:s, s:n, s:n}", "pointer", pointer, "list",
		is_part ? ITEM_PARTS : *list ? list : NULL, "id", is_part ? list : id, "field",
		*rest ? rest : NULL, "value", value, "rule", rule, "level", is_warning ? "warning" : "error",
		"page", "size");
}

static void take(void *user, const struct check_finding *f)
{
	struct collection *c = user;
	json_t *made = finding_make(c->document, f->pointer, f->value, f->rule, f->is_warning);
	if (made)
		(void)json_array_append_new(c->findings, made);
}

static bool has_media(void *user, const char *name)
{
	const struct collection *c = user;
	return office_number(c->o, 0, "SELECT 1 FROM media WHERE name = ?1", "s", name) == 1;
}

json_t *finding_list(struct office *o, const json_t *document, int *errors)
{
	struct collection c = {o, document, json_array()};
	*errors = check_document(document,
		&(struct check_options){
			.has_media = has_media, .media_user = &c, .report = take, .report_user = &c});
	return c.findings;
}
