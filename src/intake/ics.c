/* SPDX-License-Identifier: Apache-2.0
 *
 * libical reads what it can and drops the rest; so what must not be dropped is looked at
 * beforehand: sizes, nesting, and that what began has ended. */
#include "intake/ics.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

#include "base/alloc.h"
#include "base/civil.h"

#define BYTES_MAX (4 << 20) /* 500 events with a page of text each come to 1 MB */
#define DEPTH_MAX 8 /* calendar, event, alarm: 3; libical frees them by recursion */
#define COMPONENTS_MAX 5000
#define REPEATS_END_S (60 * 366 * INT64_C(86400)) /* a rule of few repetitions ends by then */

struct event_reader {
	struct sheet_book *book;
	struct sheet *sheet;
	icalcomponent *calendar;
	int row, count;
};

struct event {
	icalcomponent *component;
	struct icaltimetype start;
	int64_t duration_s; /* -1: none */
	bool is_floating, is_override;
};

/* ---- before libical ---------------------------------------------------------------- */

static bool is_word(const char *line, size_t len, const char *word)
{
	size_t n = strlen(word);
	return len > n && strncasecmp(line, word, n) == 0 && strchr(":; \t", line[n]);
}

static bool is_whole(const char *text, struct err *e)
{
	int depth = 0, components = 0, line = 1;
	for (const char *at = text; *at; line++) {
		size_t len = strcspn(at, "\n");
		if (is_word(at, len, "BEGIN")) {
			depth++;
			components++;
		} else if (is_word(at, len, "END") && --depth < 0) {
			return err_set(e, ERR_FORMAT, "第 %d 行：END 没有对应的 BEGIN", line);
		}
		if (depth > DEPTH_MAX)
			return err_set(e, ERR_FORMAT, "第 %d 行：嵌套超过 %d 层", line, DEPTH_MAX);
		if (components > COMPONENTS_MAX)
			return err_set(e, ERR_FORMAT, "日程超过 %d 个", COMPONENTS_MAX);
		at += len + (at[len] == '\n');
	}
	return depth == 0 || err_set(e, ERR_FORMAT, "日历文件不完整：有 BEGIN 没有 END");
}

static bool is_sound(const char *bytes, size_t len, struct err *e)
{
	if (len > BYTES_MAX)
		return err_set(e, ERR_FORMAT, "日历文件超过 %d MB", BYTES_MAX >> 20);
	if (memchr(bytes, '\0', len))
		return err_set(e, ERR_FORMAT, "日历文件含有空字符");
	if (u8_check((const uint8_t *)bytes, len))
		return err_set(e, ERR_FORMAT, "日历文件不是 UTF-8 编码");
	return true;
}

/* ---- rows --------------------------------------------------------------------------- */

static bool put(struct event_reader *r, int column, const char *text, struct err *e)
{
	return sheet_add_cell(
		r->book, r->sheet, r->row, &(struct sheet_cell){column, CELL_TEXT, text ? text : ""}, e);
}

static void write_time(int64_t at_s, bool is_floating, char out[static 32])
{
	civil_format_rfc3339(at_s, out);
	if (is_floating)
		out[strlen(out) - 1] = '\0';
}

static const char *status_of(icalcomponent *c)
{
	switch (icalcomponent_get_status(c)) {
	case ICAL_STATUS_CANCELLED:
		return "取消";
	case ICAL_STATUS_TENTATIVE:
		return "暂定"; /* no word of ours: the row is refused, and says so */
	default:
		return "";
	}
}

static bool put_event(struct event_reader *r, const struct event *v, int64_t start_s, struct err *e)
{
	char from[32], to[32] = "";
	if (r->count++ >= ICS_EVENTS_MAX)
		return err_set(e, ERR_FORMAT, "日程连同重复超过 %d 项", ICS_EVENTS_MAX);
	r->row++;
	write_time(start_s, v->is_floating, from);
	if (v->duration_s > 0)
		write_time(start_s + v->duration_s, v->is_floating, to);
	if (icaltime_is_date(v->start)) /* all day: says no hour, and none is made up */
		from[10] = to[0] = '\0';
	return put(r, 1, icalcomponent_get_summary(v->component), e) && put(r, 2, from, e) &&
	       put(r, 3, to, e) && put(r, 4, icalcomponent_get_location(v->component), e) &&
	       put(r, 5, status_of(v->component), e);
}

/* ---- repetitions ----------------------------------------------------------------------- */

/* A date is its midnight; a floating time is taken as UTC's. Not by icaltime_as_timet(): CONTRIBUTING.md. */
static int64_t seconds_of(struct icaltimetype t)
{
	t.is_date = 0;
	t = icaltime_convert_to_zone(t, icaltimezone_get_utc_timezone());
	return civil_seconds(&(struct civil){t.year, t.month, t.day, t.hour, t.minute, t.second});
}

/* Another event of the same UID may stand for this repetition. */
static bool is_overridden(const struct event_reader *r, const struct event *v, int64_t start_s)
{
	const char *uid = icalcomponent_get_uid(v->component);
	icalcompiter it = icalcomponent_begin_component(r->calendar, ICAL_VEVENT_COMPONENT);
	for (icalcomponent *c; uid && !v->is_override && (c = icalcompiter_deref(&it)) != NULL;
		icalcompiter_next(&it)) {
		struct icaltimetype of = icalcomponent_get_recurrenceid(c);
		const char *other = icalcomponent_get_uid(c);
		if (!of.zone) /* libical leaves it out */
			of.zone = v->start.zone;
		if (!icaltime_is_null_time(of) && other && strcmp(other, uid) == 0 &&
			seconds_of(of) == start_s)
			return true;
	}
	return false;
}

static bool put_repeat(struct event_reader *r, const struct event *v, struct icaltimetype at, struct err *e)
{
	struct icaltimetype first = v->start;
	at.zone = first.zone;
	if (icalproperty_recurrence_is_excluded(v->component, &first, &at))
		return true;
	int64_t start_s = seconds_of(at);
	return is_overridden(r, v, start_s) || put_event(r, v, start_s, e);
}

static bool is_sound_rule(const struct icalrecurrencetype *rule, struct err *e)
{
	if (rule->freq != ICAL_DAILY_RECURRENCE && rule->freq != ICAL_WEEKLY_RECURRENCE &&
		rule->freq != ICAL_MONTHLY_RECURRENCE && rule->freq != ICAL_YEARLY_RECURRENCE)
		return err_set(e, ERR_FORMAT, "重复日程只能按日、周、月、年重复");
	if (rule->count == 0 && icaltime_is_null_time(rule->until))
		return err_set(e, ERR_FORMAT, "重复日程没有写明次数或结束日期");
	if (rule->count > ICS_EVENTS_MAX)
		return err_set(e, ERR_FORMAT, "重复日程超过 %d 次", ICS_EVENTS_MAX);
	return true;
}

static bool put_rule(
	struct event_reader *r, const struct event *v, struct icalrecurrencetype rule, struct err *e)
{
	if (!is_sound_rule(&rule, e))
		return false;
	icalrecur_iterator *it = icalrecur_iterator_new(rule, v->start);
	if (!it)
		return err_set(e, ERR_FORMAT, "重复规则看不懂");
	int64_t end_s = seconds_of(v->start) + REPEATS_END_S;
	bool ok = true;
	for (struct icaltimetype at = icalrecur_iterator_next(it); ok && !icaltime_is_null_time(at);
		at = icalrecur_iterator_next(it)) {
		if (seconds_of(at) > end_s)
			break;
		ok = put_repeat(r, v, at, e);
	}
	icalrecur_iterator_free(it);
	return ok;
}

static bool put_dates(struct event_reader *r, const struct event *v, struct err *e)
{
	for (icalproperty *p = icalcomponent_get_first_property(v->component, ICAL_RDATE_PROPERTY); p;
		p = icalcomponent_get_next_property(v->component, ICAL_RDATE_PROPERTY)) {
		struct icaldatetimeperiodtype at = icalproperty_get_rdate(p);
		if (icaltime_is_null_time(at.time))
			return err_set(e, ERR_FORMAT, "重复日程用时段（RDATE）列出，请改为单独的日程");
		if (!put_repeat(r, v, at.time, e))
			return false;
	}
	return true;
}

static bool put_repeats(struct event_reader *r, const struct event *v, struct err *e)
{
	icalproperty *p = icalcomponent_get_first_property(v->component, ICAL_RRULE_PROPERTY);
	if (v->is_override)
		return put_event(r, v, seconds_of(v->start), e);
	if (p && icalcomponent_get_next_property(v->component, ICAL_RRULE_PROPERTY))
		return err_set(e, ERR_FORMAT, "一项日程有两条重复规则");
	if (icalcomponent_get_first_property(v->component, ICAL_EXRULE_PROPERTY))
		return err_set(e, ERR_FORMAT, "重复日程用了已废除的 EXRULE");
	bool ok = p ? put_rule(r, v, icalproperty_get_rrule(p), e) : put_repeat(r, v, v->start, e);
	return ok && put_dates(r, v, e);
}

static bool read_event(struct event_reader *r, icalcomponent *c, struct err *e)
{
	struct event v = {.component = c, .start = icalcomponent_get_dtstart(c), .duration_s = -1};
	const char *summary = icalcomponent_get_summary(c);
	icalproperty *start = icalcomponent_get_first_property(c, ICAL_DTSTART_PROPERTY);
	if (!start || icaltime_is_null_time(v.start) || !icaltime_is_valid_time(v.start))
		return err_set(e, ERR_FORMAT, "日程“%.60s”没有开始时间（DTSTART）", summary ? summary : "");
	bool has_zone = icalproperty_get_first_parameter(start, ICAL_TZID_PARAMETER) != NULL;
	if (has_zone && !v.start.zone && !icaltime_is_date(v.start))
		return err_set(e, ERR_FORMAT, "日程“%.60s”的时区不认识", summary ? summary : "");
	v.is_floating = !v.start.zone;
	v.is_override = !icaltime_is_null_time(icalcomponent_get_recurrenceid(c));
	if (icalcomponent_get_first_property(c, ICAL_DTEND_PROPERTY) ||
		icalcomponent_get_first_property(c, ICAL_DURATION_PROPERTY))
		v.duration_s = seconds_of(icalcomponent_get_dtend(c)) - seconds_of(v.start);
	return put_repeats(r, &v, e);
}

static bool read_calendar(struct event_reader *r, struct err *e)
{
	static const char *const headers[] = {"节目名称", "开始时间", "结束时间", "地点", "状态"};
	bool ok = icalcomponent_isa(r->calendar) == ICAL_VCALENDAR_COMPONENT ||
		  err_set(e, ERR_FORMAT, "不是一个日历（VCALENDAR）");
	r->row = 1;
	for (int i = 0; ok && i < 5; i++)
		ok = put(r, i + 1, headers[i], e);
	icalcompiter it = icalcomponent_begin_component(r->calendar, ICAL_VEVENT_COMPONENT);
	for (icalcomponent *c; ok && (c = icalcompiter_deref(&it)) != NULL; icalcompiter_next(&it))
		ok = read_event(r, c, e);
	return ok && (r->count > 0 || err_set(e, ERR_FORMAT, "日历里没有日程"));
}

bool ics_read(struct sheet_book **out, const char *bytes, size_t len, struct err *e)
{
	*out = NULL;
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	if (!is_sound(bytes, len, e))
		return false;
	char *text = alloc_text_len(bytes, len);
	struct event_reader r = {.book = sheet_book_create()};
	r.sheet = sheet_add(r.book, "日历", false, e);
	icalerror_set_errors_are_fatal(0);
	bool ok = r.sheet && is_whole(text, e);
	r.calendar = ok ? icalparser_parse_string(text) : NULL;
	ok = ok && (r.calendar || err_set(e, ERR_FORMAT, "日历文件看不懂")) && read_calendar(&r, e);
	if (r.calendar)
		icalcomponent_free(r.calendar);
	free(text);
	if (ok)
		*out = r.book;
	else
		sheet_book_destroy(r.book);
	return ok;
}
