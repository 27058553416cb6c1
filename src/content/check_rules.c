/* SPDX-License-Identifier: Apache-2.0
 *
 * What one field alone cannot tell: references within an item, orders of dates,
 * figures that must agree. Every field is known to be sound here. */
#include <string.h>

#include "base/civil.h"
#include "content/checker.h"
#include "content/edtf.h"

typedef void rule_fn(struct checker *c, const struct node *item);

static bool time_of(const struct node *object, const char *name, int64_t *utc_s)
{
	const char *text = node_get_text(object, name);
	return text && civil_parse_rfc3339(text, utc_s);
}

static void error_at(struct checker *c, const char *name, const struct node *value, const char *rule)
{
	size_t mark = checker_enter(c, name);
	checker_error(c, value, "%s", rule);
	checker_leave(c, mark);
}

/* Ids of a nested list must differ from each other. */
static void check_nested_ids(struct checker *c, const struct node *owner, const char *list_name)
{
	size_t mark = checker_enter(c, list_name);
	void *seen = NULL;
	size_t i = 0;
	for (const struct node *item = node_first(node_get(owner, list_name)); item; item = item->next, i++) {
		const char *id = node_get_text(item, "id");
		size_t at = checker_enter_index(c, i);
		if (!checker_differs(id, &seen))
			error_at(c, "id", node_get(item, "id"), "id stands twice");
		checker_leave(c, at);
	}
	checker_forget(seen);
	checker_leave(c, mark);
}

static void check_from_until(
	struct checker *c, const struct node *item, const char *from_name, const char *to_name)
{
	int64_t from, to;
	if (time_of(item, from_name, &from) && time_of(item, to_name, &to) && to < from)
		error_at(c, to_name, node_get(item, to_name), "lies before its beginning");
}

static void check_template(struct checker *c, const struct node *template)
{
	check_nested_ids(c, template, "phases");
}

static void check_milestone(struct checker *c, const struct node *m, const struct node *phases)
{
	const char *phase = node_get_text(m, "phase");
	const char *state = node_get_text(m, "state");
	if (phase && !node_find(phases, "id", phase))
		error_at(c, "phase", node_get(m, "phase"), "no such phase in the project's template");
	bool is_done = strcmp(state, "done") == 0;
	if (node_get_text(m, "actual") && !is_done)
		error_at(c, "actual", node_get(m, "actual"), "only a milestone that is done has one");
}

static void check_project(struct checker *c, const struct node *p)
{
	const char *template_id = node_get_text(p, "template");
	const struct node *templates = node_get(c->document, "phases");
	const struct node *template =
		template_id ? node_find(templates, "id", template_id) : node_first(templates);
	const struct node *phases = node_get(template, "phases");
	if (!phases || !node_find(phases, "id", node_get_text(p, "phase")))
		error_at(c, "phase", node_get(p, "phase"), "no such phase in the project's template");
	check_nested_ids(c, p, "milestones");
	size_t mark = checker_enter(c, "milestones");
	size_t i = 0;
	for (const struct node *m = node_first(node_get(p, "milestones")); m; m = m->next, i++) {
		size_t at = checker_enter_index(c, i);
		check_milestone(c, m, phases);
		checker_leave(c, at);
	}
	checker_leave(c, mark);
}

static void check_indicator(struct checker *c, const struct node *indicator)
{
	const struct node *of = node_get(indicator, "of");
	const struct node *standings = node_get(indicator, "standings");
	if (of && standings && (int64_t)standings->count > node_int(of))
		error_at(c, "of", of, "is less than the number of standings");
	if (node_get(indicator, "rank") && node_get(indicator, "rank_at_least"))
		error_at(c, "rank_at_least", node_get(indicator, "rank_at_least"),
			"an exact rank leaves no room for a bound");
	bool has_rank = node_get(indicator, "rank") || node_get(indicator, "rank_at_least");
	if (has_rank && !of)
		error_at(c, "of", NULL, "missing: a rank needs to say among how many");
}

static void check_occasion(struct checker *c, const struct node *o)
{
	struct edtf from, to;
	if (edtf_parse(node_get_text(o, "from"), &from) && edtf_parse(node_get_text(o, "to"), &to) &&
		to.last < from.first)
		error_at(c, "to", node_get(o, "to"), "lies before its beginning");
	struct edtf opens;
	if (node_get_text(o, "opens") && edtf_parse(node_get_text(o, "opens"), &opens) &&
		(opens.first < from.first || opens.first > to.last))
		error_at(c, "opens", node_get(o, "opens"), "lies outside the occasion");
	const char *status = node_get_text(o, "status");
	bool was_stopped = strcmp(status, "tentative") != 0 && strcmp(status, "confirmed") != 0;
	if (was_stopped && !node_get_text(o, "reason"))
		error_at(c, "reason", NULL, "missing: what is off must say why");
	check_nested_ids(c, o, "programme");
	size_t mark = checker_enter(c, "programme");
	size_t i = 0;
	int64_t before = INT64_MIN;
	for (const struct node *item = node_first(node_get(o, "programme")); item; item = item->next, i++) {
		size_t at = checker_enter_index(c, i);
		int64_t start;
		check_from_until(c, item, "from", "to");
		if (time_of(item, "from", &start) && start < before)
			error_at(c, "from", node_get(item, "from"), "items must stand in order of time");
		before = start;
		checker_leave(c, at);
	}
	checker_leave(c, mark);
}

static void check_notice(struct checker *c, const struct node *n)
{
	check_from_until(c, n, "from", "until");
}

static void check_pattern(struct checker *c, const struct node *p)
{
	void *seen = NULL;
	size_t mark = checker_enter(c, "arms");
	size_t i = 0;
	for (const struct node *arm = node_first(node_get(p, "arms")); arm; arm = arm->next, i++) {
		size_t at = checker_enter_index(c, i);
		if (!checker_differs(node_get_text(arm, "direction"), &seen))
			error_at(c, "direction", node_get(arm, "direction"), "stands twice");
		checker_leave(c, at);
	}
	checker_leave(c, mark);
	checker_forget(seen);
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
		count += checker_has(c, lists[k], id);
	return count;
}

static void check_ids_of_board(struct checker *c, const struct node *ids, const char *const *lists)
{
	size_t i = 0;
	for (const struct node *id = node_first(ids); id; id = id->next, i++) {
		size_t at = checker_enter_index(c, i);
		int count = count_lists(c, lists, node_text(id));
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
static void check_poster(struct checker *c, const struct node *board, bool is_poster, bool is_film)
{
	static const char *const names[] = {"picture", "caption", "sample"};
	const struct node *film = node_get(board, "video");
	if (is_film && !film)
		error_at(c, "video", NULL, "missing: this kind of board is its film");
	else if (!is_film && film)
		error_at(c, "video", film, "only boards of kind video have one");
	if (is_poster && !node_get_text(board, "picture"))
		error_at(c, "picture", NULL,
			is_film ? "missing: it stands before the film, and without it"
				: "missing: this kind of board is its picture");
	for (size_t i = 0; !is_poster && i < sizeof names / sizeof names[0]; i++) {
		const struct node *value = node_get(board, names[i]);
		if (value)
			error_at(c, names[i], value, "only boards of kind picture or video have one");
	}
}

static void check_board(struct checker *c, const struct node *board)
{
	const char *kind = node_get_text(board, "kind");
	const struct node *of = node_get(board, "of");
	size_t k = 0;
	while (strcmp(board_lists[k].kind, kind) != 0)
		k++;
	const char *first = board_lists[k].lists[0];
	bool of_projects = first && strcmp(first, "projects") == 0;
	size_t mark = checker_enter(c, "of");
	if (!of && (strcmp(kind, "overview") == 0 || strcmp(kind, "projects") == 0))
		checker_error(c, NULL, "missing: this kind of board must say what it shows");
	if (node_is(of, NODE_OBJECT) && !of_projects)
		checker_error(c, of, "only boards of projects can be filtered");
	if (of && !first)
		checker_error(c, of, "this kind of board shows its picture and nothing else");
	else if (node_is(of, NODE_LIST))
		check_ids_of_board(c, of, board_lists[k].lists);
	checker_leave(c, mark);
	check_poster(c, board, !first, strcmp(kind, "video") == 0);
	const struct node *when = node_get(board, "when");
	mark = checker_enter(c, "when");
	if (when)
		check_from_until(c, when, "from", "until");
	checker_leave(c, mark);
}

static void check_each(struct checker *c, const char *list_name, rule_fn *check)
{
	size_t mark = checker_enter(c, list_name);
	size_t i = 0;
	for (const struct node *item = node_first(node_get(c->document, list_name)); item;
		item = item->next, i++) {
		size_t at = checker_enter_index(c, i);
		check(c, item);
		checker_leave(c, at);
	}
	checker_leave(c, mark);
}

/* A day cannot be off and made up for at once. */
static void check_calendar(struct checker *c)
{
	const struct node *calendar = node_get(c->document, "calendar");
	void *holidays = NULL;
	size_t i = 0;
	for (const struct node *day = node_first(node_get(calendar, "holidays")); day; day = day->next)
		(void)checker_differs(node_text(day), &holidays);
	size_t mark = checker_enter(c, "calendar");
	(void)checker_enter(c, "workdays");
	for (const struct node *day = node_first(node_get(calendar, "workdays")); day; day = day->next, i++) {
		size_t at = checker_enter_index(c, i);
		if (checker_is_among(node_text(day), holidays))
			checker_error(c, day, "is among the holidays too");
		checker_leave(c, at);
	}
	checker_leave(c, mark);
	checker_forget(holidays);
}

/* A made-up address must not be scanned as if it led somewhere. */
static void warn_of_invalid_url(struct checker *c, const struct node *o)
{
	const char *url = node_get_text(o, "url");
	bool is_sample = node_is_true(node_get(o, "sample")) || node_is_true(node_get(o, "is_opens_sample"));
	size_t mark = checker_enter(c, "url");
	if (url && strstr(url, ".invalid") && !is_sample)
		checker_warn(
			c, node_get(o, "url"), ".invalid addresses lead nowhere; a placeholder is drawn");
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

void checker_item_rules(struct checker *c, const char *list, const struct node *item)
{
	for (size_t i = 0; i < sizeof item_rules / sizeof item_rules[0]; i++) {
		if (strcmp(item_rules[i].list, list) == 0)
			item_rules[i].check(c, item);
	}
}
