/* SPDX-License-Identifier: Apache-2.0
 *
 * What boards ask of a content: lists in their order, playlists, programmes. */
#include "content/indicator.h"
#include "content/notice.h"
#include "content/occasion.h"
#include "content/playlist.h"
#include "content/project.h"
#include "content_kit.h"
#include "sentences.h"

static struct moment at(const char *text)
{
	int64_t utc_s;
	if (!civil_parse_rfc3339(text, &utc_s))
		abort();
	return moment_at("Asia/Shanghai", utc_s, true, 0);
}

/* A board's seq, by its place in the document. */
static const int64_t FIRST = 1, SECOND = 2, THIRD = 3;

/* ---- the project list and its order ------------------------------------------------ */

/* One milestone each: id, its state, its plan; all of them together with a few whose
 * name says the rest. */
static const struct plan {
	const char *id, *state, *planned;
} plans[] = {
	{"later", "in_progress", "2023-12-31"},
	{"unreported", "unreported", NULL},
	{"soon", "in_progress", "2023-06-30"},
	{"done", "done", "2023-01"},
	{"overdue", "in_progress", "2023-05"},
	{"idle", "not_started", "2023-09"},
	{"long-overdue", "not_started", "2022"},
	{"unplanned", "in_progress", NULL},
	{"suspended", "suspended", "2023-01"},
	{"waived", "waived", "2023-01"},
	{"today", "in_progress", "2023-06-28"},
};
#define PLAN_COUNT ((int)(sizeof plans / sizeof plans[0]))

static json_t *make_project(const struct plan *p)
{
	json_t *milestone = json_pack("{s:s, s:s, s:s}", "id", "m", "name", "某节点", "state", p->state);
	if (p->planned)
		json_object_set_new(milestone, "planned", json_string(p->planned));
	return json_pack("{s:s, s:s, s:s, s:s, s:[o], s:s, s:s}", "id", p->id, "name", p->id, "kind",
		"industry", "phase", "build", "milestones", milestone, "as_of", "2023-06", "source", "paper");
}

/* Board 2 lists all of them by schedule. */
static struct content *open_projects(const char *of)
{
	json_t *document = kit_document(), *projects = json_array();
	for (int i = 0; i < PLAN_COUNT; i++)
		json_array_append_new(projects, make_project(&plans[i]));
	json_object_set_new(document, "projects", projects);
	if (of)
		kit_set(document, "/boards/1/of", of);
	return kit_open(document);
}

static const struct order_row {
	const char *says, *of;
	const char *today; /* NULL: nobody knows */
	enum project_way way;
	const char *ids;
} order_rows[] = {
	{"by schedule: overdue, soon, on time, unknown, done", NULL, "2023-06-28T10:00:00+08:00",
		PROJECT_BY_SCHEDULE,
		"long-overdue overdue today soon idle later unreported unplanned suspended done waived "},
	{"by stage: in progress, not started, done, unreported", NULL, "2023-06-28T10:00:00+08:00",
		PROJECT_BY_STAGE,
		"overdue today soon later unplanned long-overdue idle done waived unreported suspended "},
	{"facts alone stand as by stage", NULL, "2023-06-28T10:00:00+08:00", PROJECT_FACTS_ONLY,
		"overdue today soon later unplanned long-overdue idle done waived unreported suspended "},
	{"without a known day nothing is late: unknown, done, then what has a date", NULL, NULL,
		PROJECT_BY_SCHEDULE,
		"unreported unplanned suspended done waived long-overdue overdue today soon idle later "},
	{"ids that the board names stand in its order", "[\"done\", \"soon\", \"overdue\"]",
		"2023-06-28T10:00:00+08:00", PROJECT_BY_SCHEDULE, "done soon overdue "},
	{"a filter that nothing meets", "{\"kind\": \"road\"}", "2023-06-28T10:00:00+08:00",
		PROJECT_BY_SCHEDULE, ""},
	{"a filter by phase", "{\"phase\": \"build\", \"park\": \"某园\"}", "2023-06-28T10:00:00+08:00",
		PROJECT_BY_SCHEDULE, ""},
};

static void check_order(void **state)
{
	const struct order_row *r = *state;
	struct content *c = open_projects(r->of);
	struct arena a = {0};
	struct project rows[PLAN_COUNT + 1];
	struct project_scope scope = {SECOND, r->today ? at(r->today).today : SCHEDULE_TODAY_UNKNOWN, r->way};
	char ids[400] = "";
	/* By pages of 4: a page goes on where the one before stopped. */
	int count = 0;
	for (int n = 4; n == 4; count += n)
		n = project_rows(c, &scope, count, count + 4 <= PLAN_COUNT ? 4 : PLAN_COUNT + 1 - count, &a,
			rows + count);
	assert_int_equal(count, project_count(c, SECOND));
	for (int i = 0; i < count; i++) {
		strcat(ids, rows[i].id);
		strcat(ids, " ");
	}
	assert_string_equal(ids, r->ids);
	arena_finish(&a);
	content_close(c);
}

static void how_many_stand_how_is_counted(void **state)
{
	(void)state;
	struct content *c = open_projects(NULL);
	int counts[SCHEDULE_STATES];
	struct project_scope scope = {SECOND, at("2023-06-28T10:00:00+08:00").today, PROJECT_BY_SCHEDULE};
	project_counts(c, &scope, counts);
	const int by_schedule[SCHEDULE_STATES] = {2, 2, 2, 3, 2, 0};
	assert_memory_equal(counts, by_schedule, sizeof counts);
	scope.today++; /* what was due that day is late */
	project_counts(c, &scope, counts);
	assert_int_equal(counts[SCHEDULE_OVERDUE], 3);
	scope.way = PROJECT_BY_STAGE;
	project_counts(c, &scope, counts);
	const int by_stage[SCHEDULE_STATES] = {5, 2, 2, 2, 0, 0};
	assert_memory_equal(counts, by_stage, sizeof counts);
	assert_true(project_has_plans(c, SECOND));
	content_close(c);
}

/* Two templates have phases of the same ids. */
static void check_phase(void **state)
{
	const char *template = *state;
	json_t *document = kit_document();
	kit_set(document, "/phases",
		"[{\"id\": \"full\", \"name\": \"全周期\", \"phases\": [{\"id\": \"plan\", \"name\": "
		"\"策划\"},"
		" {\"id\": \"build\", \"name\": \"建设\", \"is_construction\": true},"
		" {\"id\": \"end\", \"name\": \"投产\"}]},"
		" {\"id\": \"short\", \"name\": \"技改\", \"phases\": [{\"id\": \"build\", \"name\": "
		"\"改造\"},"
		" {\"id\": \"plan\", \"name\": \"评估\"}, {\"id\": \"a\", \"name\": \"甲\"},"
		" {\"id\": \"b\", \"name\": \"乙\"}]}]");
	if (template)
		kit_set(document, "/projects/0/template", template);
	struct content *c = kit_open(document);
	struct arena a = {0};
	struct project p;
	struct project_scope scope = {0, SCHEDULE_TODAY_UNKNOWN, PROJECT_BY_STAGE};
	bool is_short = template && strcmp(template, "\"short\"") == 0;
	assert_int_equal(project_rows(c, &scope, 0, 1, &a, &p), 1);
	assert_string_equal(p.phase, is_short ? "改造" : "建设");
	assert_int_equal(p.phase_index, is_short ? 1 : 2);
	assert_int_equal(p.phase_count, is_short ? 4 : 3);
	assert_int_equal(p.is_construction, !is_short);
	arena_finish(&a);
	content_close(c);
}

static void a_project_tells_its_next_and_last_milestone(void **state)
{
	(void)state;
	json_t *document = kit_document();
	kit_set(document, "/projects/0/milestones",
		"[{\"id\": \"a\", \"name\": \"甲\", \"state\": \"done\", \"actual\": \"2023-03\"},"
		" {\"id\": \"b\", \"name\": \"乙\", \"state\": \"done\", \"actual\": \"2023-05\"},"
		" {\"id\": \"c\", \"name\": \"丙\", \"state\": \"suspended\", \"planned\": \"2023-06\"},"
		" {\"id\": \"d\", \"name\": \"丁\", \"state\": \"not_started\", \"planned\": \"2023-41\"},"
		" {\"id\": \"e\", \"name\": \"戊\", \"state\": \"in_progress\", \"planned\": \"2023-35\"}]");
	struct content *c = kit_open(document);
	struct arena a = {0};
	struct project p;
	struct project_scope scope = {SECOND, SCHEDULE_TODAY_UNKNOWN, PROJECT_BY_STAGE};
	assert_int_equal(project_rows(c, &scope, 0, 1, &a, &p), 1);
	assert_string_equal(p.last_name, "乙");
	assert_string_equal(p.next_name, "戊");
	assert_int_equal(p.due_day, civil_days(2023, 9, 30));
	assert_int_equal(p.phase_index, 2);
	assert_int_equal(p.phase_count, 3);
	assert_true(p.is_construction && p.is_four_permits && !p.is_land_to_start && !p.is_done);
	struct project_milestone *m;
	assert_int_equal(project_milestones(c, p.seq, &a, &m), 5);
	assert_string_equal(m[4].name, "戊");
	arena_finish(&a);
	content_close(c);
}

/* ---- playlists ----------------------------------------------------------------------- */

static const struct tag_row {
	const char *says, *tag;
	const char *ids;
} tag_rows[] = {
	{"a hall's screen: its own and those for every screen, in order", "hall", "b1 b2 b3 "},
	{"another screen: those for every screen", "office", "b2 b3 "},
	{"a screen without a tag likewise", NULL, "b2 b3 "},
	{"a tag is not part of another", "hal", "b2 b3 "},
};

static void check_tag(void **state)
{
	const struct tag_row *r = *state;
	struct content *c = kit_open(kit_document());
	struct arena a = {0};
	struct playlist_board *boards;
	char ids[100] = "";
	int count = playlist_read(c, r->tag, &a, &boards);
	for (int i = 0; i < count; i++) {
		strcat(ids, boards[i].id);
		strcat(ids, " ");
	}
	assert_string_equal(ids, r->ids);
	arena_finish(&a);
	content_close(c);
}

static void a_board_tells_its_hours_days_and_way(void **state)
{
	(void)state;
	struct content *c = kit_open(kit_document());
	struct arena a = {0};
	struct playlist_board *b;
	assert_int_equal(playlist_read(c, "hall", &a, &b), 3);
	assert_int_equal(b[0].when.weekdays, 3); /* Sunday and Monday */
	assert_int_equal(b[0].when.hour_count, 1);
	assert_int_equal(b[0].when.hours[0].from, 22 * 60);
	assert_int_equal(b[0].when.hours[0].to, 6 * 60);
	assert_int_equal(b[0].dwell_s, 20);
	assert_int_equal(b[0].weight, 1);
	assert_int_equal(b[0].way, PROJECT_BY_STAGE);
	assert_int_equal(b[1].way, PROJECT_BY_SCHEDULE);
	assert_int_equal(b[1].when.hour_count, 0);
	assert_string_equal(playlist_tag_of(c, "b1", &a), "hall");
	assert_null(playlist_tag_of(c, "b2", &a));
	const char **ids;
	assert_int_equal(playlist_ids(c, &a, &ids), 3);
	arena_finish(&a);
	content_close(c);
}

static const struct lit_row {
	const char *says, *tag, *now;
	bool is_lit;
} lit_rows[] = {
	{"lit from 7", "hall", "2023-06-28T07:00:00+08:00", true},
	{"dark before", "hall", "2023-06-28T06:59:00+08:00", false},
	{"lit until midnight", "hall", "2023-06-28T23:59:59+08:00", true},
	{"hours are the site's, whoever says them", "hall", "2023-06-27T23:00:00Z", true},
	{"a tag without hours is always lit", "office", "2023-06-28T03:00:00+08:00", true},
};

static void check_lit(void **state)
{
	const struct lit_row *r = *state;
	struct content *c = kit_open(kit_document());
	struct moment now = at(r->now);
	assert_int_equal(playlist_is_lit(c, r->tag, &now), r->is_lit);
	content_close(c);
}

/* ---- programme, notices, indicators ---------------------------------------------------- */

static void a_programme_is_read_a_day_at_a_time(void **state)
{
	(void)state;
	struct content *c = kit_open(kit_document());
	struct arena a = {0};
	struct occasion *o;
	struct occasion_item *items;
	assert_int_equal(occasion_of_board(c, THIRD, &a, &o), 1);
	assert_int_equal(o->highlight_count, 1);
	int64_t day = at("2023-07-10T00:00:00+08:00").utc_s;
	assert_int_equal(occasion_programme(c, o->seq, day, day + 86400, &a, &items), 2);
	assert_true(items[1].was_moved && items[1].has_to && !items[0].has_to);
	assert_int_equal(occasion_programme(c, o->seq, day + 86400, day + 2 * 86400, &a, &items), 0);
	assert_int_equal(occasion_next_start(c, o->seq, day), day + 18 * 3600);
	assert_int_equal(occasion_next_start(c, o->seq, day + 18 * 3600 + 1), day + 19 * 3600);
	assert_int_equal(occasion_next_start(c, o->seq, day + 20 * 3600), INT64_MAX);
	arena_finish(&a);
	content_close(c);
}

#define NOTICE(id, more) "{\"id\": \"" id "\", \"title\": \"某\", \"text\": \"某\", \"level\": " more "}"

static struct content *open_notices(void)
{
	json_t *document = kit_document();
	kit_set(document, "/notices",
		"[" NOTICE("n1",
			"\"info\", \"ticker\": true, \"until\": \"2023-07-01T00:00:00Z\"") "," NOTICE("n2",
			"\"important\", \"ticker\": true, \"from\": \"2023-07-01T00:00:00Z\"") "," NOTICE("n"
													  "3",
			"\"info\", \"ticker\": false") "]");
	return kit_open(document);
}

static const struct notice_row {
	const char *says, *now;
	const char *board, *ticker, *important;
	const char *next; /* NULL: never */
} notice_rows[] = {
	{"before the change", "2023-06-30T23:59:59Z", "n1 n3 ", "n1 ", "", "2023-07-01T00:00:00Z"},
	{"after it", "2023-07-01T00:00:00Z", "n2 n3 ", "n2 ", "n2 ", NULL},
};

static const char *list_notices(const struct notice *n, int count, char out[static 100])
{
	out[0] = '\0';
	for (int i = 0; i < count; i++) {
		strcat(out, n[i].id);
		strcat(out, " ");
	}
	return out;
}

static void check_notice(void **state)
{
	const struct notice_row *r = *state;
	struct content *c = open_notices();
	struct arena a = {0};
	struct notice *n;
	struct moment now = at(r->now);
	char ids[100];
	int count = notice_of_board(c, THIRD, &now, &a, &n);
	assert_string_equal(list_notices(n, count, ids), r->board);
	count = notice_ticker(c, false, &now, &a, &n);
	assert_string_equal(list_notices(n, count, ids), r->ticker);
	count = notice_ticker(c, true, &now, &a, &n);
	assert_string_equal(list_notices(n, count, ids), r->important);
	assert_int_equal(notice_next_change(c, &now), r->next ? at(r->next).utc_s : INT64_MAX);
	arena_finish(&a);
	content_close(c);
}

static void standings_stand_by_rank_and_those_without_last(void **state)
{
	(void)state;
	json_t *document = kit_document();
	kit_set(document, "/indicators/0/standings",
		"[{\"region\": \"无\"}, {\"region\": \"三\", \"value\": 1}, {\"region\": \"一\", \"value\": "
		"3},"
		" {\"region\": \"并\", \"value\": 3}, {\"region\": \"末\", \"value\": -1, \"previous_rank\": "
		"2}]");
	struct content *c = kit_open(document);
	struct arena a = {0};
	struct indicator *i;
	struct standing *s;
	assert_int_equal(indicator_of_board(c, THIRD, &a, &i), 1);
	assert_int_equal(indicator_standings(c, i, &a, &s), 5);
	static const char *const regions[] = {"一", "并", "三", "末", "无"};
	static const int ranks[] = {1, 1, 3, 4, 0};
	for (int k = 0; k < 5; k++) {
		assert_string_equal(s[k].region, regions[k]);
		assert_int_equal(s[k].rank, ranks[k]);
	}
	arena_finish(&a);
	content_close(c);
}

static void a_figure_keeps_its_qualifier_and_origin(void **state)
{
	(void)state;
	json_t *document = kit_document();
	kit_set(document, "/figures/0/sample", "true");
	kit_set(document, "/figures/0/derived", "\"由两期推算\"");
	struct content *c = kit_open(document);
	struct arena a = {0};
	struct figure *f;
	assert_int_equal(figure_of_board(c, FIRST, &a, &f), 1);
	assert_int_equal(f->qualifier, FIGURE_OVER);
	assert_string_equal(f->origin.source, "某日报");
	assert_string_equal(f->origin.as_of, "2023-06");
	assert_string_equal(f->origin.derived, "由两期推算");
	assert_true(f->origin.is_sample);
	assert_true(f->has_compare && f->compare_value > 0.4);
	arena_finish(&a);
	content_close(c);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, order_rows, check_order);
	SENTENCES_ROWS(&s, tag_rows, check_tag);
	SENTENCES_ROWS(&s, lit_rows, check_lit);
	SENTENCES_ROWS(&s, notice_rows, check_notice);
	sentences_add(&s, "how many stand how is counted", how_many_stand_how_is_counted, NULL);
	sentences_add(&s, "a project's phase is of the first template", check_phase, NULL);
	sentences_add(&s, "or of the first where it names that", check_phase, "\"full\"");
	sentences_add(&s, "or of another that it names", check_phase, "\"short\"");
	sentences_add(&s, "a project tells its next and last milestone",
		a_project_tells_its_next_and_last_milestone, NULL);
	sentences_add(
		&s, "a board tells its hours, days and way", a_board_tells_its_hours_days_and_way, NULL);
	sentences_add(&s, "a programme is read a day at a time", a_programme_is_read_a_day_at_a_time, NULL);
	sentences_add(&s, "standings stand by rank, those without last",
		standings_stand_by_rank_and_those_without_last, NULL);
	sentences_add(
		&s, "a figure keeps its qualifier and origin", a_figure_keeps_its_qualifier_and_origin, NULL);
	return sentences_run(&s, "content query");
}
