/* SPDX-License-Identifier: Apache-2.0
 *
 * Change sets as they are shown; and how one becomes the published content. */
#include <string.h>

#include "office/change.h"
#include "office/item.h"
#include "office/plan.h"

static json_t *editors(struct office *o, int64_t set)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT a.display FROM editor e JOIN account a ON a.id = e.account WHERE e.set_id = ?1 ORDER BY a.id",
		"i", set);
	while (office_next(o, s))
		(void)json_array_append_new(list, json_string(office_text(s, 0)));
	return list;
}

json_t *change_head(struct office *o, int64_t set)
{
	json_t *head = NULL;
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT s.id, s.title, s.state, s.is_strict, a.display, s.created, s.updated,"
		" (SELECT count(*) FROM change c WHERE c.set_id = s.id) +"
		" (SELECT count(*) FROM change_order c WHERE c.set_id = s.id),"
		" (SELECT count(*) FROM approval p WHERE p.set_id = s.id AND p.stage = 'review'"
		" AND p.decision = 'approve' AND p.is_void = 0), s.version, s.rejected_reason"
		" FROM change_set s JOIN account a ON a.id = s.author WHERE s.id = ?1",
		"i", set);
	if (office_next(o, s))
		head = json_pack("{s:I, s:s, s:s, s:b, s:s, s:o, s:o, s:I, s:I, s:o, s:s?}", "id",
			(json_int_t)office_int(s, 0), "title", office_text(s, 1), "state", office_text(s, 2),
			"strict", (int)office_int(s, 3), "author", office_text(s, 4), "created",
			office_time(s, 5), "updated", office_time(s, 6), "changes",
			(json_int_t)office_int(s, 7), "reviews", (json_int_t)office_int(s, 8), "version",
			office_text(s, 9) ? json_integer(office_int(s, 9)) : json_null(), "rejected_reason",
			office_text(s, 10));
	if (head)
		(void)json_object_set_new(head, "editors", editors(o, set));
	return head;
}

static const char *word_of(struct sqlite3_stmt *s)
{
	return !office_text(s, 3) ? "removed" : office_text(s, 2) ? "changed" : "new";
}

/* Of one that is published, before is what it was when that happened. */
json_t *change_items(struct office *o, int64_t set)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT c.list, c.id, CASE WHEN s.state = 'published' THEN c.before ELSE i.body END, c.body,"
		" a.display, c.at FROM change c JOIN change_set s ON s.id = c.set_id JOIN account a"
		" ON a.id = c.account LEFT JOIN item i ON i.list = c.list AND i.id = c.id"
		" WHERE c.set_id = ?1 UNION ALL SELECT c.list, '*', NULL, c.ids, a.display, c.at FROM change_order c"
		" JOIN account a ON a.id = c.account WHERE c.set_id = ?1",
		"i", set);
	while (office_next(o, s)) {
		bool is_order = strcmp(office_text(s, 1), "*") == 0;
		json_t *before = office_json(s, 2), *after = office_json(s, 3);
		(void)json_array_append_new(list,
			json_pack("{s:s, s:s, s:s, s:o, s:o, s:s, s:o}", "list", office_text(s, 0), "id",
				office_text(s, 1), "state", is_order ? "order" : word_of(s), "before",
				before ? before : json_null(), "after", after ? after : json_null(), "by",
				office_text(s, 4), "at", office_time(s, 5)));
	}
	return list;
}

json_t *change_list(struct office *o, const char *state, int64_t before, int limit)
{
	json_t *ids = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT id FROM change_set WHERE (?1 IS NULL OR state = ?1) AND (?2 = 0 OR id < ?2)"
		" ORDER BY id DESC LIMIT ?3",
		"sii", state, before, (int64_t)limit);
	while (office_next(o, s))
		(void)json_array_append_new(ids, json_integer(office_int(s, 0)));
	return ids;
}

static void note_plans(struct office *o, int64_t set)
{
	json_t *items = change_items(o, set);
	size_t i;
	const json_t *item;
	json_array_foreach (items, i, item) {
		if (strcmp(json_string_value(json_object_get(item, "list")), "projects") == 0 &&
			json_is_object(json_object_get(item, "after")))
			plan_note(o, json_string_value(json_object_get(item, "id")), set,
				json_object_get(item, "before"), json_object_get(item, "after"));
	}
	json_decref(items);
}

/* Positions as the set has them, also of what it did not touch. */
static void place(struct office *o, int64_t set, const char *list)
{
	json_t *items = item_list(o, set, list);
	size_t i;
	const json_t *item;
	json_array_foreach (items, i, item)
		office_do(o, "UPDATE item SET pos = ?3 WHERE list = ?1 AND id = ?2", "ssi", list,
			json_string_value(json_object_get(item, "id")), (int64_t)i);
	json_decref(items);
}

void change_merge(struct office *o, int64_t set)
{
	json_t *lists = json_array();
	size_t i;
	const json_t *list;
	note_plans(o, set);
	office_do(o,
		"UPDATE change SET before = (SELECT i.body FROM item i WHERE i.list = change.list"
		" AND i.id = change.id) WHERE set_id = ?1",
		"i", set);
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT DISTINCT list FROM change WHERE set_id = ?1 UNION SELECT list FROM change_order"
		" WHERE set_id = ?1",
		"i", set);
	while (office_next(o, s))
		(void)json_array_append_new(lists, json_string(office_text(s, 0)));
	office_do(o,
		"INSERT INTO item(list, id, pos, body, sha) SELECT list, id, 1000000000 + rowid, body, sha FROM change"
		" WHERE set_id = ?1 AND body IS NOT NULL ON CONFLICT(list, id) DO UPDATE SET body = excluded.body,"
		" sha = excluded.sha",
		"i", set);
	json_array_foreach (lists, i, list)
		place(o, set, json_string_value(list));
	office_do(o,
		"DELETE FROM item WHERE EXISTS (SELECT 1 FROM change c WHERE c.set_id = ?1 AND c.list = item.list"
		" AND c.id = item.id AND c.body IS NULL)",
		"i", set);
	json_decref(lists);
}
