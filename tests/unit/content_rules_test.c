/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules that decide: functions of content and time alone. */
#include <stdio.h>

#include "base/civil.h"
#include "content/moment.h"
#include "content/notice.h"
#include "content/occasion.h"
#include "content/playlist.h"
#include "content/schedule.h"
#include "content/standing.h"
#include "sentences.h"

static int64_t utc(const char *text)
{
	int64_t utc_s;
	if (!civil_parse_rfc3339(text, &utc_s))
		abort();
	return utc_s;
}

/* At the site, so that a table reads as a wall clock does. */
static struct moment at(const char *local, bool is_trusted)
{
	char text[32];
	(void)snprintf(text, sizeof text, "%s:00+08:00", local);
	return moment_at("Asia/Shanghai", utc(text), is_trusted, 0);
}

static struct edtf date(const char *text)
{
	struct edtf d;
	if (!edtf_parse(text, &d))
		abort();
	return d;
}

/* ---- schedule and stage -------------------------------------------------------- */

static const struct schedule_row {
	const char *says;
	bool is_done;
	const char *due; /* NULL: nothing planned */
	const char *today; /* NULL: nobody knows */
	enum schedule_state state;
} schedule_rows[] = {
	{"a day late", false, "2023-06-27", "2023-06-28", SCHEDULE_OVERDUE},
	{"due today", false, "2023-06-28", "2023-06-28", SCHEDULE_DUE_SOON},
	{"7 days left", false, "2023-07-05", "2023-06-28", SCHEDULE_DUE_SOON},
	{"8 days left", false, "2023-07-06", "2023-06-28", SCHEDULE_ON_TIME},
	{"a quarter is not late on its last day", false, "2023-34", "2023-06-30", SCHEDULE_DUE_SOON},
	{"but on the day after", false, "2023-34", "2023-07-01", SCHEDULE_OVERDUE},
	{"a half-year is not late on its last day", false, "2023-40", "2023-06-30", SCHEDULE_DUE_SOON},
	{"a year is on time in June", false, "2023", "2023-06-28", SCHEDULE_ON_TIME},
	{"a year is late in the next", false, "2023", "2024-01-01", SCHEDULE_OVERDUE},
	{"nothing planned", false, NULL, "2023-06-28", SCHEDULE_UNKNOWN},
	{"nothing planned, and nobody knows the day", false, NULL, NULL, SCHEDULE_UNKNOWN},
	{"late, but nobody knows the day", false, "2023-06-27", NULL, SCHEDULE_HIDDEN},
	{"done is done, however late", true, "2023-06-27", "2023-06-28", SCHEDULE_DONE},
	{"done, and nobody knows the day", true, NULL, NULL, SCHEDULE_DONE},
};

static void check_schedule(void **state)
{
	const struct schedule_row *r = *state;
	int32_t due = r->due ? date(r->due).last : SCHEDULE_NO_DUE;
	int32_t today = r->today ? date(r->today).first : SCHEDULE_TODAY_UNKNOWN;
	assert_int_equal(schedule_state(r->is_done, due, today), r->state);
}

static const struct stage_row {
	const char *says;
	bool is_done;
	int milestones, done, in_progress, not_started;
	enum stage_state state;
} stage_rows[] = {
	{"no milestones: unreported", false, 0, 0, 0, 0, STAGE_UNREPORTED},
	{"all unreported: not started would be a claim", false, 3, 0, 0, 0, STAGE_UNREPORTED},
	{"some not started, the rest unreported", false, 3, 0, 0, 1, STAGE_NOT_STARTED},
	{"one in progress", false, 3, 0, 1, 2, STAGE_IN_PROGRESS},
	{"some done, none in progress", false, 3, 1, 0, 2, STAGE_IN_PROGRESS},
	{"all done", false, 3, 3, 0, 0, STAGE_DONE},
	{"declared done", true, 3, 0, 0, 3, STAGE_DONE},
	{"declared done without milestones", true, 0, 0, 0, 0, STAGE_DONE},
};

static void check_stage(void **state)
{
	const struct stage_row *r = *state;
	assert_int_equal(
		stage_state(r->is_done, r->milestones, r->done, r->in_progress, r->not_started), r->state);
}

/* ---- standing ------------------------------------------------------------------- */

#define NONE (-1e9) /* no value */

static const struct rank_row {
	const char *says;
	bool is_high_better;
	double values[5];
	int given[5], ranks[5];
	bool is_consistent;
} rank_rows[] = {
	{"highest first", true, {9, 8, 7, 6, 5}, {0}, {1, 2, 3, 4, 5}, true},
	{"lowest first", false, {9, 8, 7, 6, 5}, {0}, {5, 4, 3, 2, 1}, true},
	{"ties share a rank, the next is skipped", true, {9, 8, 8, 7, 7}, {0}, {1, 2, 2, 4, 4}, true},
	{"all the same", true, {1, 1, 1, 1, 1}, {0}, {1, 1, 1, 1, 1}, true},
	{"a missing value ranks nowhere", true, {9, NONE, 7, NONE, 5}, {0}, {1, 0, 2, 0, 3}, true},
	{"growth below nothing", true, {-1.5, 2, 0, -3, 1}, {0}, {4, 1, 3, 5, 2}, true},
	{"ranks that were given stay", true, {9, 8, 7, 6, 5}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}, true},
	{"a rank without a value stays", true, {9, NONE, 7, 6, 5}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}, true},
	{"ranks against the values", true, {9, 8, 7, 6, 5}, {2, 1, 3, 4, 5}, {2, 1, 3, 4, 5}, false},
	{"one rank for two values", true, {9, 8, 7, 6, 5}, {1, 1, 3, 4, 5}, {1, 1, 3, 4, 5}, false},
	{"a rank beyond of", true, {9, 8, 7, 6, 5}, {1, 2, 3, 4, 6}, {1, 2, 3, 4, 6}, false},
};

static void check_rank(void **state)
{
	const struct rank_row *r = *state;
	struct standing s[5];
	for (int i = 0; i < 5; i++)
		s[i] = (struct standing){"某区", r->values[i] > NONE, r->values[i], r->given[i], 0};
	standing_rank(s, 5, r->is_high_better);
	for (int i = 0; i < 5; i++)
		assert_int_equal(s[i].rank, r->ranks[i]);
	assert_int_equal(standing_is_consistent(s, 5, r->is_high_better, 5), r->is_consistent);
}

static void a_change_needs_both_ranks(void **state)
{
	(void)state;
	assert_int_equal(standing_change(2, 5), 3);
	assert_int_equal(standing_change(5, 2), -3);
	assert_int_equal(standing_change(2, STANDING_NONE), 0);
	assert_int_equal(standing_change(STANDING_NONE, 2), 0);
}

/* ---- countdown -------------------------------------------------------------------- */

static const struct countdown_row {
	const char *says, *from, *to, *opens;
	enum occasion_status status;
	const char *now;
	enum countdown_kind kind;
	int number;
} countdown_rows[] = {
	{"10 days", "2023-07-08", "2023-08-22", NULL, OCCASION_CONFIRMED, "2023-06-28T10:24", COUNTDOWN_DAYS,
		10},
	{"a minute before midnight is still that day", "2023-07-08", "2023-08-22", NULL, OCCASION_CONFIRMED,
		"2023-07-06T23:59", COUNTDOWN_DAYS, 2},
	{"a minute later one less", "2023-07-08", "2023-08-22", NULL, OCCASION_CONFIRMED, "2023-07-07T00:00",
		COUNTDOWN_DAYS, 1},
	{"the day itself", "2023-07-08", "2023-08-22", NULL, OCCASION_CONFIRMED, "2023-07-08T00:00",
		COUNTDOWN_TODAY, 1},
	{"the second day", "2023-07-08", "2023-08-22", NULL, OCCASION_CONFIRMED, "2023-07-09T12:00",
		COUNTDOWN_DAY_N, 2},
	{"the last day", "2023-07-08", "2023-08-22", NULL, OCCASION_CONFIRMED, "2023-08-22T23:59",
		COUNTDOWN_LAST, 46},
	{"over", "2023-07-08", "2023-08-22", NULL, OCCASION_CONFIRMED, "2023-08-23T00:00", COUNTDOWN_OVER, 0},
	{"one day only", "2023-07-08", "2023-07-08", NULL, OCCASION_CONFIRMED, "2023-07-08T09:00",
		COUNTDOWN_TODAY, 1},
	{"tentative counts too", "2023-07-08", "2023-08-22", NULL, OCCASION_TENTATIVE, "2023-07-07T09:00",
		COUNTDOWN_DAYS, 1},
	{"postponed does not", "2023-07-08", "2023-08-22", NULL, OCCASION_POSTPONED, "2023-07-07T09:00",
		COUNTDOWN_NONE, 0},
	{"suspended does not", "2023-07-08", "2023-08-22", NULL, OCCASION_SUSPENDED, "2023-07-20T09:00",
		COUNTDOWN_NONE, 0},
	{"cancelled does not", "2023-07-08", "2023-08-22", NULL, OCCASION_CANCELLED, "2023-09-07T09:00",
		COUNTDOWN_NONE, 0},
	{"a month alone counts no days", "2023-07", "2023-10", NULL, OCCASION_TENTATIVE, "2023-06-30T10:00",
		COUNTDOWN_MONTH, 0},
	{"nor in that month", "2023-07", "2023-10", NULL, OCCASION_TENTATIVE, "2023-07-31T10:00",
		COUNTDOWN_MONTH, 0},
	{"after it, it is on", "2023-07", "2023-10", NULL, OCCASION_TENTATIVE, "2023-08-01T10:00",
		COUNTDOWN_RUNNING, 0},
	{"until its last month is over", "2023-07", "2023-10", NULL, OCCASION_TENTATIVE, "2023-10-31T23:59",
		COUNTDOWN_RUNNING, 0},
	{"and not beyond", "2023-07", "2023-10", NULL, OCCASION_TENTATIVE, "2023-11-01T00:00", COUNTDOWN_OVER,
		0},
	{"an opening's day is counted to", "2023-07", "2023-10", "2023-07-10", OCCASION_TENTATIVE,
		"2023-06-28T10:24", COUNTDOWN_DAYS, 12},
	{"and from", "2023-07", "2023-10", "2023-07-10", OCCASION_TENTATIVE, "2023-10-31T10:00",
		COUNTDOWN_DAY_N, 114},
	{"an approximate day counts nothing", "2023-07-08~", "2023-08-22", NULL, OCCASION_TENTATIVE,
		"2023-07-01T10:00", COUNTDOWN_MONTH, 0},
	{"an approximate end is no last day", "2023-07-08", "2023-08-22~", NULL, OCCASION_CONFIRMED,
		"2023-08-22T10:00", COUNTDOWN_DAY_N, 46},
};

static void check_countdown(void **state)
{
	const struct countdown_row *r = *state;
	struct occasion o = {.from = date(r->from), .to = date(r->to), .status = r->status};
	o.has_opens = r->opens != NULL;
	o.opens = r->opens ? date(r->opens).first : 0;
	struct moment now = at(r->now, true), unsure = at(r->now, false);
	struct countdown c = occasion_countdown(&o, &now);
	assert_int_equal(c.kind, r->kind);
	assert_int_equal(c.number, r->number);
	assert_int_equal(occasion_countdown(&o, &unsure).kind, COUNTDOWN_NONE);
}

/* ---- a programme's now and next --------------------------------------------------- */

/* 18:00 to 18:30, 19:00 without end, 19:00 cancelled, 20:00 moved, 21:00 without end. */
static const struct programme_row {
	const char *says, *now;
	enum item_state states[5];
} programme_rows[] = {
	{"before the first", "2023-07-08T17:59",
		{ITEM_NEXT, ITEM_LATER, ITEM_CANCELLED, ITEM_LATER, ITEM_LATER}},
	{"the first begins", "2023-07-08T18:00",
		{ITEM_NOW, ITEM_NEXT, ITEM_CANCELLED, ITEM_LATER, ITEM_LATER}},
	{"it ends when it says", "2023-07-08T18:30",
		{ITEM_PAST, ITEM_NEXT, ITEM_CANCELLED, ITEM_LATER, ITEM_LATER}},
	{"the second is on until the next later one", "2023-07-08T19:59",
		{ITEM_PAST, ITEM_NOW, ITEM_CANCELLED, ITEM_NEXT, ITEM_LATER}},
	{"what was moved is on like any other", "2023-07-08T20:00",
		{ITEM_PAST, ITEM_PAST, ITEM_CANCELLED, ITEM_NOW, ITEM_NEXT}},
	{"the last is on for an hour", "2023-07-08T21:59",
		{ITEM_PAST, ITEM_PAST, ITEM_CANCELLED, ITEM_PAST, ITEM_NOW}},
	{"and no longer", "2023-07-08T22:00", {ITEM_PAST, ITEM_PAST, ITEM_CANCELLED, ITEM_PAST, ITEM_PAST}},
};

static void make_programme(struct occasion_item items[static 5])
{
	static const char *const starts[] = {"18:00", "19:00", "19:00", "20:00", "21:00"};
	for (int i = 0; i < 5; i++) {
		char text[32];
		(void)snprintf(text, sizeof text, "2023-07-08T%s:00+08:00", starts[i]);
		items[i] = (struct occasion_item){.title = "某", .from_utc_s = utc(text)};
	}
	items[0].has_to = true;
	items[0].to_utc_s = utc("2023-07-08T18:30:00+08:00");
	items[2].is_cancelled = true;
	items[3].was_moved = true;
}

static void check_programme(void **state)
{
	const struct programme_row *r = *state;
	struct occasion_item items[5];
	struct moment now = at(r->now, true), unsure = at(r->now, false);
	make_programme(items);
	occasion_mark(items, 5, &now);
	for (int i = 0; i < 5; i++)
		assert_int_equal(items[i].state, r->states[i]);
	occasion_mark(items, 5, &unsure);
	for (int i = 0; i < 5; i++)
		assert_int_equal(items[i].state, i == 2 ? ITEM_CANCELLED : ITEM_LATER);
}

/* ---- dayparting --------------------------------------------------------------------- */

#define MON (1u << 1)
#define SAT (1u << 6)

/* 2023-06-26 is a Monday. */
static const struct when_row {
	const char *says;
	unsigned weekdays;
	struct playlist_interval hours[2];
	int hour_count;
	const char *now;
	bool is_on;
} when_rows[] = {
	{"nothing said: always", 0, {{0}}, 0, "2023-06-26T03:00", true},
	{"an interval's first minute", 0, {{510, 1050}}, 1, "2023-06-26T08:30", true},
	{"the minute before it", 0, {{510, 1050}}, 1, "2023-06-26T08:29", false},
	{"its last minute", 0, {{510, 1050}}, 1, "2023-06-26T17:29", true},
	{"its end is outside", 0, {{510, 1050}}, 1, "2023-06-26T17:30", false},
	{"the second interval", 0, {{0, 60}, {1380, 1440}}, 2, "2023-06-26T23:59", true},
	{"between two", 0, {{0, 60}, {1380, 1440}}, 2, "2023-06-26T12:00", false},
	{"past midnight: before it", 0, {{1320, 360}}, 1, "2023-06-26T23:30", true},
	{"past midnight: after it", 0, {{1320, 360}}, 1, "2023-06-27T05:59", true},
	{"past midnight: its end", 0, {{1320, 360}}, 1, "2023-06-27T06:00", false},
	{"past midnight: by day", 0, {{1320, 360}}, 1, "2023-06-26T12:00", false},
	{"the same hour twice: around the clock", 0, {{480, 480}}, 1, "2023-06-26T03:00", true},
	{"the right weekday", MON, {{0}}, 0, "2023-06-26T23:59", true},
	{"the day after it", MON, {{0}}, 0, "2023-06-27T00:00", false},
	{"Sunday night belongs not to Monday", MON, {{1320, 360}}, 1, "2023-06-26T05:00", false},
	{"Monday night goes on on Tuesday", MON, {{1320, 360}}, 1, "2023-06-27T05:00", true},
	{"Saturday night goes on on Sunday", SAT, {{1320, 360}}, 1, "2023-07-02T05:00", true},
	{"one of two weekdays", MON | SAT, {{0}}, 0, "2023-07-01T12:00", true},
};

static void check_when(void **state)
{
	const struct when_row *r = *state;
	struct playlist_when w = {.from_utc_s = INT64_MIN,
		.until_utc_s = INT64_MAX,
		.weekdays = r->weekdays,
		.hours = {r->hours[0], r->hours[1]},
		.hour_count = r->hour_count};
	struct moment now = at(r->now, true), unsure = at(r->now, false);
	assert_int_equal(playlist_is_on(&w, &now), r->is_on);
	assert_true(playlist_is_on(&w, &unsure)); /* a wrong clock must not empty the screen */
}

/* ---- notices, and boards for a time: released, over --------------------------------- */

static const struct live_row {
	const char *says;
	const char *now, *floor;
	bool is_trusted, is_live;
} live_rows[] = {
	{"before its release", "2023-06-30T23:59", NULL, true, false},
	{"at its release", "2023-07-01T00:00", NULL, true, true},
	{"its last minute", "2023-07-31T23:59", NULL, true, true},
	{"over", "2023-08-01T00:00", NULL, true, false},
	{"an untrusted clock releases nothing", "2023-07-15T00:00", NULL, false, false},
	{"what was signed later does", "2023-06-01T00:00", "2023-07-02T00:00", false, true},
	{"an untrusted clock ends nothing", "2023-09-01T00:00", "2023-07-02T00:00", false, true},
	{"a clock behind what was signed is behind", "2023-06-01T00:00", "2023-07-02T00:00", true, true},
};

static void check_live(void **state)
{
	const struct live_row *r = *state;
	int64_t from = utc("2023-07-01T00:00:00+08:00"), until = utc("2023-08-01T00:00:00+08:00");
	struct notice n = {.from_utc_s = from, .until_utc_s = until};
	struct playlist_when w = {.from_utc_s = from, .until_utc_s = until};
	int64_t floor = r->floor ? at(r->floor, true).utc_s : 0;
	struct moment now = moment_at("Asia/Shanghai", at(r->now, true).utc_s, r->is_trusted, floor);
	assert_int_equal(notice_is_live(&n, &now), r->is_live);
	assert_int_equal(playlist_is_on(&w, &now), r->is_live);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, schedule_rows, check_schedule);
	SENTENCES_ROWS(&s, stage_rows, check_stage);
	SENTENCES_ROWS(&s, rank_rows, check_rank);
	SENTENCES_ROWS(&s, countdown_rows, check_countdown);
	SENTENCES_ROWS(&s, programme_rows, check_programme);
	SENTENCES_ROWS(&s, when_rows, check_when);
	SENTENCES_ROWS(&s, live_rows, check_live);
	sentences_add(&s, "a change needs both ranks", a_change_needs_both_ranks, NULL);
	return sentences_run(&s, "content rules");
}
