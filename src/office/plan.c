/* SPDX-License-Identifier: Apache-2.0 */
#include "office/plan.h"

#include <string.h>

#include "base/member.h"

#define BEFORE_MAX 32 /* field.c: planned_before */

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

void plan_keep(const json_t *before, json_t *after)
{
	size_t i;
	json_t *m;
	const json_t *known = json_object_get(before, "milestones");
	json_array_foreach (json_object_get(after, "milestones"), i, m) {
		const char *old = member_text(member_find(known, "id", member_text(m, "id")), "planned");
		json_t *list = json_object_get(m, "planned_before");
		if (!json_is_object(m) || !old || is_same(old, member_text(m, "planned")) ||
			member_has_text(list, old))
			continue;
		if (!json_is_array(list)) {
			list = json_array();
			(void)json_object_set_new(m, "planned_before", list);
		}
		if (json_array_size(list) == BEFORE_MAX)
			(void)json_array_remove(list, 0);
		(void)json_array_append_new(list, json_string(old));
	}
}

void plan_note(struct office *o, const char *project, int64_t set, const json_t *before, const json_t *after)
{
	size_t i;
	const json_t *m, *known = json_object_get(before, "milestones");
	json_array_foreach (json_object_get(after, "milestones"), i, m) {
		const char *id = member_text(m, "id"), *planned = member_text(m, "planned");
		if (!id || is_same(member_text(member_find(known, "id", id), "planned"), planned))
			continue;
		office_do(o,
			"INSERT INTO plan(project, milestone, planned, at, account, set_id)"
			" SELECT ?1, ?2, ?3, ?4, ifnull((SELECT account FROM change WHERE set_id = ?5"
			" AND list = 'projects' AND id = ?1), 0), ?5",
			"sssii", project, id, planned, office_now(o), set);
	}
}

json_t *plan_history(struct office *o, const char *project)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT p.milestone, p.planned, p.at, ifnull(a.display, ''), p.set_id FROM plan p"
		" LEFT JOIN account a ON a.id = p.account WHERE p.project = ?1 ORDER BY p.id",
		"s", project);
	while (office_next(o, s))
		(void)json_array_append_new(
			list, json_pack("{s:s, s:s?, s:o, s:s, s:I}", "milestone", office_text(s, 0),
				      "planned", office_text(s, 1), "at", office_time(s, 2), "by",
				      office_text(s, 3), "set", (json_int_t)office_int(s, 4)));
	return list;
}
