/* SPDX-License-Identifier: Apache-2.0 */
#include "office/lamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/member.h"
#include "content/edtf.h"
#include "office/item.h"
#include "office/ledger.h"

#define SPANS_MAX 64
#define ROUNDS_MAX 64 /* each moves the end on; more than a suspension a round is not needed */

const char *lamp_name(enum lamp_colour colour)
{
	static const char *const names[] = {"green", "yellow", "orange", "red", "grey"};
	return names[colour];
}

enum lamp_colour lamp_colour(int32_t days_late)
{
	if (days_late > LAMP_ORANGE_DAYS)
		return LAMP_RED;
	if (days_late > LAMP_YELLOW_DAYS)
		return LAMP_ORANGE;
	return days_late >= -LAMP_SOON_DAYS ? LAMP_YELLOW : LAMP_GREEN;
}

static bool is_suspended(const struct lamp_span *spans, int count, int32_t day)
{
	for (int i = 0; i < count; i++) {
		if (day >= spans[i].from && day <= spans[i].to)
			return true;
	}
	return false;
}

/* Days after from, up to and with to, on which the clock stood. */
static int suspended_days(const struct workday_calendar *c, const struct lamp_span *spans, int count,
	int32_t from, int32_t to, bool only_workdays)
{
	int days = 0;
	for (int32_t day = from + 1; day <= to; day++)
		days += is_suspended(spans, count, day) && (!only_workdays || workday_is(c, day));
	return days;
}

struct workday_due lamp_due(const struct workday_calendar *c, int32_t from, int wait_days, int value,
	enum workday_unit unit, const struct lamp_span *suspensions, int count)
{
	bool in_workdays = unit == WORKDAY_WORKDAYS;
	struct workday_due plain = workday_term(c, from, wait_days, value, unit), due = plain;
	for (int round = 0; round < ROUNDS_MAX; round++) {
		int days = suspended_days(c, suspensions, count, from, due.day, in_workdays);
		struct workday_due next = days == 0 ? plain
						    : workday_term(c, plain.day, 0, days,
							      in_workdays ? WORKDAY_WORKDAYS : WORKDAY_DAYS);
		next.is_guess = next.is_guess || plain.is_guess;
		if (next.day == due.day)
			return next;
		due = next;
	}
	return due;
}

/* ---- over the content ------------------------------------------------------------------ */

struct lamps {
	struct workday_calendar calendar;
	int32_t *days; /* of the calendar */
	const json_t *document;
	json_t *suspensions;
	int32_t today;
	json_t *out;
};

static bool is_day(const char *date, int32_t *last)
{
	struct edtf d;
	if (!date || !edtf_parse(date, &d))
		return false;
	*last = d.last;
	return true;
}

static int compare_days(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

static int read_days(const json_t *list, int32_t *out)
{
	size_t i;
	const json_t *day;
	int count = 0;
	json_array_foreach (list, i, day)
		count += is_day(json_string_value(day), &out[count]);
	qsort(out, (size_t)count, sizeof *out, compare_days);
	return count;
}

static void read_calendar(struct lamps *l)
{
	const json_t *calendar = json_object_get(l->document, "calendar");
	const json_t *holidays = json_object_get(calendar, "holidays");
	const json_t *workdays = json_object_get(calendar, "workdays");
	l->days = alloc_zero(json_array_size(holidays) + json_array_size(workdays) + 1, sizeof *l->days);
	l->calendar.holidays = l->days;
	l->calendar.holiday_count = read_days(holidays, l->days);
	l->calendar.workdays = l->days + l->calendar.holiday_count;
	l->calendar.workday_count = read_days(workdays, l->days + l->calendar.holiday_count);
}

/* One that has no end yet goes on until today: so the due day moves with it. */
static int read_spans(const struct lamps *l, const char *project, const char *rule, struct lamp_span *out)
{
	size_t i;
	const json_t *record;
	int count = 0;
	json_array_foreach (l->suspensions, i, record) {
		const json_t *body = json_object_get(record, "body");
		bool is_ours = strcmp(member_text(body, "project"), project) == 0 &&
			       strcmp(member_text(body, "rule"), rule) == 0;
		if (!is_ours || count == SPANS_MAX || !is_day(member_text(body, "from"), &out[count].from))
			continue;
		if (!is_day(member_text(body, "to"), &out[count].to))
			out[count].to = l->today;
		count++;
	}
	return count;
}

struct lamp {
	bool has_due, is_guess;
	int32_t due;
	const char *rule; /* NULL: the plan */
	int suspended;
};

/* The earliest of the plan and of the rules whose clocks run for this milestone. */
static struct lamp due_of(const struct lamps *l, const json_t *project, const json_t *milestone)
{
	struct lamp lamp = {0};
	size_t i;
	const json_t *rule, *milestones = json_object_get(project, "milestones");
	lamp.has_due = is_day(member_text(milestone, "planned"), &lamp.due);
	json_array_foreach (json_object_get(l->document, "rules"), i, rule) {
		struct lamp_span spans[SPANS_MAX];
		enum workday_unit unit;
		int32_t from;
		const json_t *limit = json_object_get(rule, "limit");
		const json_t *start = member_find(milestones, "id", member_text(rule, "from"));
		const char *id = member_text(milestone, "id"), *unit_name = member_text(limit, "unit");
		if (!id || !member_has_text(json_object_get(rule, "to"), id) || !unit_name ||
			!workday_unit_find(unit_name, &unit) || !is_day(member_text(start, "actual"), &from))
			continue;
		int count = read_spans(l, member_text(project, "id"), member_text(rule, "id"), spans);
		struct workday_due due = lamp_due(&l->calendar, from,
			(int)json_integer_value(json_object_get(rule, "wait_days")),
			(int)json_integer_value(json_object_get(limit, "value")), unit, spans, count);
		if (lamp.has_due && lamp.due <= due.day)
			continue;
		lamp = (struct lamp){true, due.is_guess, due.day, member_text(rule, "id"),
			suspended_days(&l->calendar, spans, count, from, due.day, unit == WORKDAY_WORKDAYS)};
	}
	return lamp;
}

static void add_lamp(struct lamps *l, const json_t *project, const json_t *milestone)
{
	char due[16] = "";
	const char *state = member_text(milestone, "state");
	bool is_over = member_text(milestone, "actual") ||
		       (state && (strcmp(state, "done") == 0 || strcmp(state, "waived") == 0));
	struct lamp lamp = due_of(l, project, milestone);
	enum lamp_colour colour = is_over        ? LAMP_GREEN
				  : lamp.has_due ? lamp_colour(l->today - lamp.due)
						 : LAMP_GREY;
	struct civil day = civil_from_days(lamp.due);
	(void)snprintf(due, sizeof due, "%04d-%02d-%02d", day.year % 10000, day.month, day.day);
	(void)json_array_append_new(
		l->out, json_pack("{s:s, s:s, s:s, s:s?, s:i, s:s?, s:b, s:i}", "project",
				member_text(project, "id"), "milestone", member_text(milestone, "id"), "lamp",
				lamp_name(colour), "due", lamp.has_due ? due : NULL, "days_late",
				lamp.has_due && !is_over ? (int)(l->today - lamp.due) : 0, "rule", lamp.rule,
				"guess", lamp.is_guess, "suspended_days", lamp.suspended));
}

json_t *lamp_list(struct office *o, int64_t set, int32_t today)
{
	struct lamps l = {.today = today, .out = json_array()};
	json_t *document = item_document(o, set);
	size_t p, m;
	const json_t *project, *milestone;
	l.document = document;
	l.suspensions = ledger_list(o, LEDGER_SUSPENSIONS, NULL);
	read_calendar(&l);
	json_array_foreach (json_object_get(document, "projects"), p, project) {
		json_array_foreach (json_object_get(project, "milestones"), m, milestone) {
			if (member_text(project, "id") && member_text(milestone, "id"))
				add_lamp(&l, project, milestone);
		}
	}
	free(l.days);
	json_decref(l.suspensions);
	json_decref(document);
	return l.out;
}

static int severity(const char *name)
{
	static const char *const order[] = {"grey", "green", "yellow", "orange", "red"};
	int i = 4;
	while (i > 0 && strcmp(order[i], name) != 0)
		i--;
	return i;
}

json_t *lamp_counts(const json_t *lamps)
{
	json_t *worst = json_object(), *counts = json_object();
	size_t i;
	const char *project;
	const json_t *lamp;
	json_t *colour;
	json_array_foreach (lamps, i, lamp) {
		const char *known = member_text(worst, member_text(lamp, "project"));
		if (!known || severity(member_text(lamp, "lamp")) > severity(known))
			(void)json_object_set_new(
				worst, member_text(lamp, "project"), json_string(member_text(lamp, "lamp")));
	}
	json_object_foreach (worst, project, colour) {
		json_int_t count = json_integer_value(json_object_get(counts, json_string_value(colour)));
		(void)json_object_set_new(counts, json_string_value(colour), json_integer(count + 1));
	}
	json_decref(worst);
	return counts;
}
