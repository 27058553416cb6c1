/* SPDX-License-Identifier: Apache-2.0
 *
 * What one field alone cannot tell: references within an item, orders of dates,
 * figures that must agree. Every field is known to be sound here. */
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/member.h"
#include "content/checker.h"
#include "content/edtf.h"

typedef void rule_fn(struct checker *c, const json_t *item);

static bool time_of(const json_t *object, const char *name, int64_t *utc_s)
{
	const char *text = member_text(object, name);
	return text && civil_parse_rfc3339(text, utc_s);
}

static void error_at(struct checker *c, const char *name, const json_t *value, const char *rule)
{
	size_t mark = checker_enter(c, name);
	checker_error(c, value, "%s", rule);
	checker_leave(c, mark);
}

/* Ids of a nested list must differ from each other. */
static void check_nested_ids(struct checker *c, const json_t *owner, const char *list_name)
{
	size_t mark = checker_enter(c, list_name);
	json_t *seen = json_object();
	size_t i;
	const json_t *item;
	json_array_foreach (json_object_get(owner, list_name), i, item) {
		const char *id = member_text(item, "id");
		size_t at = checker_enter_index(c, i);
		if (json_object_get(seen, id))
			error_at(c, "id", json_object_get(item, "id"), "id stands twice");
		json_object_set_new(seen, id, json_true());
		checker_leave(c, at);
	}
	json_decref(seen);
	checker_leave(c, mark);
}

static void check_from_until(
	struct checker *c, const json_t *item, const char *from_name, const char *to_name)
{
	int64_t from, to;
	if (time_of(item, from_name, &from) && time_of(item, to_name, &to) && to < from)
		error_at(c, to_name, json_object_get(item, to_name), "lies before its beginning");
}

static void check_template(struct checker *c, const json_t *template)
{
	check_nested_ids(c, template, "phases");
}

static void check_milestone(struct checker *c, const json_t *m, const json_t *phases)
{
	const char *phase = member_text(m, "phase");
	const char *state = member_text(m, "state");
	if (phase && !member_find(phases, "id", phase))
		error_at(c, "phase", json_object_get(m, "phase"), "no such phase in the project's template");
	bool is_done = strcmp(state, "done") == 0;
	if (member_text(m, "actual") && !is_done)
		error_at(c, "actual", json_object_get(m, "actual"), "only a milestone that is done has one");
}

static void check_project(struct checker *c, const json_t *p)
{
	const char *template_id = member_text(p, "template");
	const json_t *template = template_id ? checker_find(c, "phases", template_id)
					     : json_array_get(json_object_get(c->document, "phases"), 0);
	const json_t *phases = json_object_get(template, "phases");
	if (!phases || !member_find(phases, "id", member_text(p, "phase")))
		error_at(c, "phase", json_object_get(p, "phase"), "no such phase in the project's template");
	check_nested_ids(c, p, "milestones");
	size_t mark = checker_enter(c, "milestones");
	size_t i;
	const json_t *m;
	json_array_foreach (json_object_get(p, "milestones"), i, m) {
		size_t at = checker_enter_index(c, i);
		check_milestone(c, m, phases);
		checker_leave(c, at);
	}
	checker_leave(c, mark);
}

static void check_indicator(struct checker *c, const json_t *indicator)
{
	const json_t *of = json_object_get(indicator, "of");
	size_t count = json_array_size(json_object_get(indicator, "standings"));
	if (of && count && (json_int_t)count > json_integer_value(of))
		error_at(c, "of", of, "is less than the number of standings");
	if (json_object_get(indicator, "rank") && json_object_get(indicator, "rank_at_least"))
		error_at(c, "rank_at_least", json_object_get(indicator, "rank_at_least"),
			"an exact rank leaves no room for a bound");
	bool has_rank = json_object_get(indicator, "rank") || json_object_get(indicator, "rank_at_least");
	if (has_rank && !of)
		error_at(c, "of", NULL, "missing: a rank needs to say among how many");
}

static void check_occasion(struct checker *c, const json_t *o)
{
	struct edtf from, to;
	if (edtf_parse(member_text(o, "from"), &from) && edtf_parse(member_text(o, "to"), &to) &&
		to.last < from.first)
		error_at(c, "to", json_object_get(o, "to"), "lies before its beginning");
	struct edtf opens;
	if (member_text(o, "opens") && edtf_parse(member_text(o, "opens"), &opens) &&
		(opens.first < from.first || opens.first > to.last))
		error_at(c, "opens", json_object_get(o, "opens"), "lies outside the occasion");
	const char *status = member_text(o, "status");
	bool was_stopped = strcmp(status, "tentative") != 0 && strcmp(status, "confirmed") != 0;
	if (was_stopped && !member_text(o, "reason"))
		error_at(c, "reason", NULL, "missing: what is off must say why");
	check_nested_ids(c, o, "programme");
	size_t mark = checker_enter(c, "programme");
	size_t i;
	const json_t *item;
	int64_t before = INT64_MIN;
	json_array_foreach (json_object_get(o, "programme"), i, item) {
		size_t at = checker_enter_index(c, i);
		int64_t start;
		check_from_until(c, item, "from", "to");
		if (time_of(item, "from", &start) && start < before)
			error_at(c, "from", json_object_get(item, "from"),
				"items must stand in order of time");
		before = start;
		checker_leave(c, at);
	}
	checker_leave(c, mark);
}

static void check_notice(struct checker *c, const json_t *n)
{
	check_from_until(c, n, "from", "until");
}

static void check_pattern(struct checker *c, const json_t *p)
{
	json_t *seen = json_object();
	size_t mark = checker_enter(c, "arms");
	size_t i;
	const json_t *arm;
	json_array_foreach (json_object_get(p, "arms"), i, arm) {
		size_t at = checker_enter_index(c, i);
		if (json_object_get(seen, member_text(arm, "direction")))
			error_at(c, "direction", json_object_get(arm, "direction"), "stands twice");
		json_object_set_new(seen, member_text(arm, "direction"), json_true());
		checker_leave(c, at);
	}
	checker_leave(c, mark);
	json_decref(seen);
}

/* Which lists a board of a kind may show. */
static const struct {
	const char *kind;
	const char *lists[4];
} board_lists[] = {
	{"overview", {"indicators", "figures", "notices"}},
	{"standing", {"indicators", "figures"}},
	{"league", {"indicators"}},
	{"projects", {"figures"}},
	{"list", {"projects"}},
	{"detail", {"projects"}},
	{"records", {"records"}},
	{"targets", {"targets"}},
	{"pattern", {"patterns"}},
	{"journey", {"journeys"}},
	{"occasion", {"occasions"}},
	{"programme", {"occasions"}},
	{"place", {"places"}},
	{"picture", {NULL}},
	{"video", {NULL}},
	{"notices", {"notices"}},
};

static int count_lists(const struct checker *c, const char *const *lists, const char *id)
{
	int count = 0;
	for (int k = 0; k < 4 && lists[k]; k++)
		count += checker_find(c, lists[k], id) != NULL;
	return count;
}

static void check_ids_of_board(struct checker *c, const json_t *ids, const char *const *lists)
{
	size_t i;
	const json_t *id;
	json_array_foreach (ids, i, id) {
		size_t at = checker_enter_index(c, i);
		int count = count_lists(c, lists, json_string_value(id));
		if (count == 0)
			checker_error(c, id, "no such id in %s%s%s%s%s", lists[0], lists[1] ? " or " : "",
				lists[1] ? lists[1] : "", lists[2] ? " or " : "", lists[2] ? lists[2] : "");
		else if (count > 1)
			checker_error(c, id, "stands in several lists that this kind of board shows");
		checker_leave(c, at);
	}
}

/* A poster is its picture, and a film's stands where the film cannot be shown; no other board has one
 * of its own. */
static void check_poster(struct checker *c, const json_t *board, bool is_poster, bool is_film)
{
	static const char *const names[] = {"picture", "caption", "sample"};
	const json_t *film = json_object_get(board, "video");
	if (is_film && !film)
		error_at(c, "video", NULL, "missing: this kind of board is its film");
	else if (!is_film && film)
		error_at(c, "video", film, "only boards of kind video have one");
	if (is_poster && !member_text(board, "picture"))
		error_at(c, "picture", NULL,
			is_film ? "missing: it stands before the film, and without it"
				: "missing: this kind of board is its picture");
	for (size_t i = 0; !is_poster && i < sizeof names / sizeof names[0]; i++) {
		const json_t *value = json_object_get(board, names[i]);
		if (value)
			error_at(c, names[i], value, "only boards of kind picture or video have one");
	}
}

static void check_board(struct checker *c, const json_t *board)
{
	const char *kind = member_text(board, "kind");
	const json_t *of = json_object_get(board, "of");
	size_t k = 0;
	while (strcmp(board_lists[k].kind, kind) != 0)
		k++;
	const char *first = board_lists[k].lists[0];
	bool of_projects = first && strcmp(first, "projects") == 0;
	size_t mark = checker_enter(c, "of");
	if (!of && (strcmp(kind, "overview") == 0 || strcmp(kind, "projects") == 0))
		checker_error(c, NULL, "missing: this kind of board must say what it shows");
	if (json_is_object(of) && !of_projects)
		checker_error(c, of, "only boards of projects can be filtered");
	if (of && !first)
		checker_error(c, of, "this kind of board shows its picture and nothing else");
	else if (json_is_array(of))
		check_ids_of_board(c, of, board_lists[k].lists);
	checker_leave(c, mark);
	check_poster(c, board, !first, strcmp(kind, "video") == 0);
	const json_t *when = json_object_get(board, "when");
	mark = checker_enter(c, "when");
	if (when)
		check_from_until(c, when, "from", "until");
	checker_leave(c, mark);
}

static void check_each(struct checker *c, const char *list_name, rule_fn *check)
{
	size_t mark = checker_enter(c, list_name);
	size_t i;
	const json_t *item;
	json_array_foreach (json_object_get(c->document, list_name), i, item) {
		size_t at = checker_enter_index(c, i);
		check(c, item);
		checker_leave(c, at);
	}
	checker_leave(c, mark);
}

/* A day cannot be off and made up for at once. */
static void check_calendar(struct checker *c)
{
	const json_t *calendar = json_object_get(c->document, "calendar");
	json_t *holidays = json_object();
	size_t i;
	const json_t *day;
	json_array_foreach (json_object_get(calendar, "holidays"), i, day)
		json_object_set_new(holidays, json_string_value(day), json_true());
	size_t mark = checker_enter(c, "calendar");
	(void)checker_enter(c, "workdays");
	json_array_foreach (json_object_get(calendar, "workdays"), i, day) {
		size_t at = checker_enter_index(c, i);
		if (json_object_get(holidays, json_string_value(day)))
			checker_error(c, day, "is among the holidays too");
		checker_leave(c, at);
	}
	checker_leave(c, mark);
	json_decref(holidays);
}

/* A made-up address must not be scanned as if it led somewhere. */
static void warn_of_invalid_url(struct checker *c, const json_t *o)
{
	const char *url = member_text(o, "url");
	bool is_sample = json_is_true(json_object_get(o, "sample")) ||
			 json_is_true(json_object_get(o, "is_opens_sample"));
	size_t mark = checker_enter(c, "url");
	if (url && strstr(url, ".invalid") && !is_sample)
		checker_warn(c, json_object_get(o, "url"),
			".invalid addresses lead nowhere; a placeholder is drawn");
	checker_leave(c, mark);
}

/* What holds for each item of a list. */
static const struct {
	const char *list;
	rule_fn *check;
} item_rules[] = {{"phases", check_template}, {"projects", check_project}, {"indicators", check_indicator},
	{"occasions", check_occasion}, {"occasions", warn_of_invalid_url}, {"notices", check_notice},
	{"patterns", check_pattern}, {"boards", check_board}};

void checker_rules(struct checker *c)
{
	check_calendar(c);
	for (size_t i = 0; i < sizeof item_rules / sizeof item_rules[0]; i++)
		check_each(c, item_rules[i].list, item_rules[i].check);
}

void checker_item_rules(struct checker *c, const char *list, const json_t *item)
{
	for (size_t i = 0; i < sizeof item_rules / sizeof item_rules[0]; i++) {
		if (strcmp(item_rules[i].list, list) == 0)
			item_rules[i].check(c, item);
	}
}
