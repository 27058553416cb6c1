/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/dryrun_item.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/member.h"
#include "content/check.h"
#include "intake/reason.h"
#include "intake/value.h"

bool dryrun_same(const json_t *a, const json_t *b)
{
	if (json_is_number(a) && json_is_number(b))
		return json_number_value(a) == json_number_value(b);
	return a == b || (a && b && json_equal(a, b));
}

/* ---- applying ------------------------------------------------------------------------ */

static json_t *find_milestone(const json_t *list, const char *name)
{
	struct buf wanted = {0}, other = {0};
	json_t *found = NULL, *item;
	size_t i;
	value_fold_tight(name, &wanted);
	json_array_foreach (list, i, item) {
		value_fold_tight(member_text(item, "name") ? member_text(item, "name") : "", &other);
		if (!found && strcmp(other.data, wanted.data) == 0)
			found = item;
	}
	buf_finish(&wanted);
	buf_finish(&other);
	return found;
}

static json_t *add_milestone(json_t *list, const char *name)
{
	char id[24];
	size_t n = json_array_size(list);
	do {
		(void)snprintf(id, sizeof id, "m-%zu", ++n);
	} while (member_find(list, "id", id));
	json_t *made =
		json_pack("{s:s, s:o, s:s}", "id", id, "name", entry_text(name, 400), "state", "unreported");
	(void)json_array_append_new(list, made);
	return made;
}

/* An actual date says done; nothing else is read out of dates: "not started" would be a
 * claim. */
static void apply_milestone(json_t *milestone, const json_t *said)
{
	const json_t *actual = json_object_get(said, "actual");
	if (actual && !json_object_get(said, "state"))
		(void)json_object_set_new(milestone, "state", json_string("done"));
	(void)json_object_update(milestone, (json_t *)(uintptr_t)said);
}

static void apply_milestones(json_t *item, struct entry *v)
{
	const char *name, *own = member_text(v->values, "milestone");
	json_t *said, *list = json_object_get(item, "milestones");
	if (own && !json_object_get(v->milestones, own))
		(void)json_object_set_new(v->milestones, own, json_object());
	json_object_foreach (v->milestones, name, said) {
		json_t *milestone = find_milestone(list, name);
		apply_milestone(milestone ? milestone : add_milestone(list, name), said);
	}
}

void dryrun_apply(json_t *item, struct entry *v, bool is_new)
{
	const char *name;
	json_t *value;
	json_object_foreach (v->values, name, value) {
		if (strcmp(name, "milestone") != 0 && (is_new || strcmp(name, "id") != 0))
			(void)json_object_set(item, name, value);
	}
	if (json_object_get(v->values, "rank"))
		(void)json_object_del(item, "rank_at_least");
	if (json_object_get(v->values, "rank_at_least"))
		(void)json_object_del(item, "rank");
	if (json_object_get(item, "milestones"))
		apply_milestones(item, v);
}

/* ---- differences ------------------------------------------------------------------------ */

static void note_change(json_t *changes, const char *field, const json_t *before, const json_t *after)
{
	if (dryrun_same(before, after))
		return;
	(void)json_array_append_new(
		changes, json_pack("{s:s, s:O?, s:O?}", "field", field, "before", before, "after", after));
}

static void note_milestones(json_t *changes, const json_t *before, const json_t *after)
{
	static const char *const fields[] = {"planned", "actual", "state"};
	size_t i;
	const json_t *milestone;
	char field[COLUMN_FIELD_BYTES + 200];
	json_array_foreach (after, i, milestone) {
		const json_t *old = member_find(before, "id", member_text(milestone, "id"));
		for (size_t k = 0; k < 3; k++) {
			(void)snprintf(field, sizeof field, COLUMN_OF_MILESTONE "%.300s:%s",
				member_text(milestone, "name") ? member_text(milestone, "name") : "", fields[k]);
			note_change(changes, field, json_object_get(old, fields[k]),
				json_object_get(milestone, fields[k]));
		}
	}
}

json_t *dryrun_changes(const json_t *before, const json_t *after)
{
	json_t *changes = json_array();
	const char *name;
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)after, name, value) {
		if (strcmp(name, "milestones") == 0)
			note_milestones(changes, json_object_get(before, name), value);
		else
			note_change(changes, name, json_object_get(before, name), value);
	}
	json_object_foreach ((json_t *)(uintptr_t)before, name, value) {
		if (!json_object_get(after, name))
			note_change(changes, name, value, NULL);
	}
	return changes;
}

static int64_t time_of(const json_t *item)
{
	int64_t utc_s = 0;
	const char *from = member_text(item, "from");
	(void)(from && civil_parse_rfc3339(from, &utc_s));
	return utc_s;
}

/* By insertion: what is in order stays, and what comes at once keeps the sheet's order. */
void dryrun_sort(json_t *list)
{
	for (size_t i = 1; i < json_array_size(list); i++) {
		json_t *item = json_array_get(list, i);
		size_t place = i;
		while (place > 0 && time_of(json_array_get(list, place - 1)) > time_of(item))
			place--;
		if (place == i)
			continue;
		json_incref(item);
		(void)json_array_remove(list, i);
		(void)json_array_insert_new(list, place, item);
	}
}

/* ---- the content's check ------------------------------------------------------------------ */

struct finding_sink {
	const struct entry_map *map;
	const json_t *item;
	struct entry *entry;
};

/* The column that wrote what the pointer leads to. */
static const struct entry_column *column_of(
	const struct finding_sink *sink, const char *pointer, const char **label)
{
	char field[COLUMN_FIELD_BYTES + 200];
	const char *last = strrchr(pointer, '/');
	const char *name = last ? last + 1 : pointer;
	const struct entry_column *column = NULL;
	if (strncmp(pointer, "/milestones/", 12) == 0) {
		const json_t *m = json_array_get(
			json_object_get(sink->item, "milestones"), strtoul(pointer + 12, NULL, 10));
		(void)snprintf(field, sizeof field, COLUMN_OF_MILESTONE "%.300s:%s",
			member_text(m, "name") ? member_text(m, "name") : "", name);
		column = entry_map_find(sink->map, field);
		if (!column && strcmp(name, "name") == 0)
			name = "milestone";
	}
	const struct column *meta = column_find(sink->map->kind, name);
	*label = meta ? meta->label : name;
	return column ? column : entry_map_find(sink->map, name);
}

static void take(void *user, const struct check_finding *f)
{
	struct finding_sink *sink = user;
	char reason[256], text[512];
	const char *label;
	if (f->is_warning)
		return;
	reason_translate(f->rule, reason, sizeof reason);
	const struct entry_column *column = column_of(sink, f->pointer, &label);
	(void)snprintf(text, sizeof text, "%s%s%s", column ? "" : label, column ? "" : "：", reason);
	entry_refuse(sink->entry, column, f->value, text);
}

bool dryrun_check(const struct entry_map *m, const char *list, const json_t *item, struct entry *v)
{
	struct finding_sink sink = {m, item, v};
	const struct check_options options = {.report = take, .report_user = &sink};
	return check_item(list, item, m->document, &options) == 0;
}
