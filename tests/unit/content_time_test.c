/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/buf.h"
#include "base/civil.h"
#include "base/file.h"
#include "content/check.h"
#include "content/edtf.h"
#include "content/workday.h"
#include "sentences.h"

static int32_t day(const char *text)
{
	struct edtf d;
	if (!edtf_parse(text, &d) || d.precision != EDTF_DAY)
		abort();
	return d.first;
}

/* ---- dates with just the precision they have ---------------------------------- */

static const struct edtf_row {
	const char *says, *text;
	const char *first, *last; /* NULL: no date */
	const char *formatted, *this_year; /* the same within 2023 */
} edtf_rows[] = {
	{"a day", "2023-06-28", "2023-06-28", "2023-06-28", "2023年6月28日", "6月28日"},
	{"a month ends on its last day", "2023-02", "2023-02-01", "2023-02-28", "2023年2月", "2月"},
	{"a leap year's February", "2024-02", "2024-02-01", "2024-02-29", "2024年2月", "2024年2月"},
	{"a year", "2023", "2023-01-01", "2023-12-31", "2023年", "2023年"},
	{"the first quarter", "2023-33", "2023-01-01", "2023-03-31", "2023年一季度", "一季度"},
	{"the second quarter", "2023-34", "2023-04-01", "2023-06-30", "2023年二季度", "二季度"},
	{"the third quarter", "2023-35", "2023-07-01", "2023-09-30", "2023年三季度", "三季度"},
	{"the fourth quarter", "2023-36", "2023-10-01", "2023-12-31", "2023年四季度", "四季度"},
	{"the first half", "2023-40", "2023-01-01", "2023-06-30", "2023年上半年", "上半年"},
	{"the second half", "2022-41", "2022-07-01", "2022-12-31", "2022年下半年", "2022年下半年"},
	{"about a year", "2023~", "2023-01-01", "2023-12-31", "约2023年", "约2023年"},
	{"about a month", "2023-07~", "2023-07-01", "2023-07-31", "约2023年7月", "约7月"},
	{"about a day", "2023-07-08~", "2023-07-08", "2023-07-08", "约2023年7月8日", "约7月8日"},
	{"the last year", "9999", "9999-01-01", "9999-12-31", "9999年", "9999年"},
	{"nothing", "", NULL, NULL, NULL, NULL},
	{"a tilde alone", "~", NULL, NULL, NULL, NULL},
	{"two tildes", "2023~~", NULL, NULL, NULL, NULL},
	{"year 0", "0000", NULL, NULL, NULL, NULL},
	{"three digits", "202", NULL, NULL, NULL, NULL},
	{"five digits", "20231", NULL, NULL, NULL, NULL},
	{"month 0", "2023-00", NULL, NULL, NULL, NULL},
	{"month 13", "2023-13", NULL, NULL, NULL, NULL},
	{"part 32", "2023-32", NULL, NULL, NULL, NULL},
	{"part 37", "2023-37", NULL, NULL, NULL, NULL},
	{"part 42", "2023-42", NULL, NULL, NULL, NULL},
	{"a day of a quarter", "2023-33-01", NULL, NULL, NULL, NULL},
	{"31 June", "2023-06-31", NULL, NULL, NULL, NULL},
	{"29 February of a year without one", "2023-02-29", NULL, NULL, NULL, NULL},
	{"a month of one digit", "2023-6", NULL, NULL, NULL, NULL},
	{"slashes", "2023/06/28", NULL, NULL, NULL, NULL},
	{"a blank behind", "2023-06 ", NULL, NULL, NULL, NULL},
	{"a sign before", "-2023", NULL, NULL, NULL, NULL},
	{"a time of day", "2023-06-28T10:00", NULL, NULL, NULL, NULL},
	{"something very long", "2023-06-28-2023-06-28-2023-06-28", NULL, NULL, NULL, NULL},
};

static void check_edtf(void **state)
{
	const struct edtf_row *r = *state;
	struct edtf d;
	char text[64];
	assert_int_equal(edtf_parse(r->text, &d), r->first != NULL);
	if (!r->first)
		return;
	assert_int_equal(d.first, day(r->first));
	assert_int_equal(d.last, day(r->last));
	edtf_format(&d, 0, text, sizeof text);
	assert_string_equal(text, r->formatted);
	edtf_format(&d, 2023, text, sizeof text);
	assert_string_equal(text, r->this_year);
}

static const struct period_row {
	const char *says, *text;
	const char *formatted; /* NULL: no period */
	const char *this_year;
} period_rows[] = {
	{"a single date is a period", "2023-05", "2023年5月", "5月"},
	{"months of one year", "2023-01/2023-05", "2023年1—5月", "1—5月"},
	{"months of two years", "2022-11/2023-03", "2022年11月—2023年3月", "2022年11月—3月"},
	{"approximate months", "2023-07~/2023-10", "约2023年7月—10月", "约7月—10月"},
	{"days", "2023-07-08/2023-08-22", "2023年7月8日—8月22日", "7月8日—8月22日"},
	{"a month and the same month", "2023-05/2023-05", "2023年5月", "5月"},
	{"years", "2021/2023", "2021年—2023年", "2021年—2023年"},
	{"a month within the year it opens", "2023-01/2023", "2023年1月—2023年", "1月—2023年"},
	{"it ends before it begins", "2023-05/2023-01", NULL, NULL},
	{"it ends within what it begins with", "2023/2023-06", NULL, NULL},
	{"no end", "2023-05/", NULL, NULL},
	{"no beginning", "/2023-05", NULL, NULL},
	{"three dates", "2021/2022/2023", NULL, NULL},
	{"words", "报道刊发时", NULL, NULL},
};

static void check_period(void **state)
{
	const struct period_row *r = *state;
	struct edtf from, to;
	char text[128];
	assert_int_equal(edtf_parse_period(r->text, &from, &to), r->formatted != NULL);
	if (!r->formatted)
		return;
	edtf_format_period(&from, &to, 0, text, sizeof text);
	assert_string_equal(text, r->formatted);
	edtf_format_period(&from, &to, 2023, text, sizeof text);
	assert_string_equal(text, r->this_year);
}

static void as_of_is_a_date_a_period_or_words(void **state)
{
	(void)state;
	char text[64];
	edtf_format_as_of("2023-06", text, sizeof text);
	assert_string_equal(text, "2023年6月");
	edtf_format_as_of("2023-01/2023-05", text, sizeof text);
	assert_string_equal(text, "2023年1—5月");
	edtf_format_as_of("报道刊发时", text, sizeof text);
	assert_string_equal(text, "报道刊发时");
}

/* ---- working days: the calendar that the demo ships ---------------------------- */

#define CALENDAR_MAX 400
static int32_t holidays[CALENDAR_MAX], workdays[CALENDAR_MAX];
static struct workday_calendar calendar = {.holidays = holidays, .workdays = workdays};

static int read_days(const json_t *list, int32_t *out)
{
	size_t i;
	const json_t *item;
	json_array_foreach (list, i, item) {
		if (i == CALENDAR_MAX)
			abort();
		out[i] = day(json_string_value(item));
		if (i && out[i - 1] >= out[i])
			abort(); /* workday.h: ascending */
	}
	return (int)json_array_size(list);
}

static void read_calendar(void)
{
	struct buf bytes = {0};
	struct err e = {0};
	json_t *document = file_read("assets/demo/content.json", 16 << 20, &bytes, &e)
				   ? check_parse(bytes.data, bytes.len, &e)
				   : NULL;
	const json_t *shipped = json_object_get(document, "calendar");
	calendar.holiday_count = read_days(json_object_get(shipped, "holidays"), holidays);
	calendar.workday_count = read_days(json_object_get(shipped, "workdays"), workdays);
	json_decref(document);
	buf_finish(&bytes);
}

static const struct workday_row {
	const char *says, *day;
	bool is_workday;
} workday_rows[] = {
	{"a Wednesday works", "2023-06-28", true},
	{"a Saturday does not", "2023-07-08", false},
	{"a holiday on a Thursday does not", "2023-06-22", false},
	{"a make-up Sunday works", "2023-06-25", true},
	{"2023-10-08, a Sunday, works", "2023-10-08", true},
	{"2022-12-31, announced with 2023, does not", "2022-12-31", false},
};

static void check_workday(void **state)
{
	const struct workday_row *r = *state;
	assert_int_equal(workday_is(&calendar, day(r->day)), r->is_workday);
}

static const struct count_row {
	const char *says, *from, *to;
	int count;
} count_rows[] = {
	{"37 working days to the permits", "2022-07-21", "2022-09-13", 37},
	{"20 in November 2022", "2022-11-01", "2022-11-29", 20},
	{"67 over the Spring Festival", "2022-11-29", "2023-03-08", 67},
	{"87 are the two together", "2022-11-01", "2023-03-08", 87},
	{"249 in 2022", "2021-12-31", "2022-12-31", 249},
	{"249 in 2023", "2022-12-31", "2023-12-31", 249},
	{"251 in 2024", "2023-12-31", "2024-12-31", 251},
	{"18 in January 2023", "2022-12-31", "2023-01-31", 18},
	{"20 in February 2023", "2023-01-31", "2023-02-28", 20},
	{"23 in March 2023", "2023-02-28", "2023-03-31", 23},
	{"20 in April 2023", "2023-03-31", "2023-04-30", 20},
	{"21 in May 2023", "2023-04-30", "2023-05-31", 21},
	{"21 in June 2023", "2023-05-31", "2023-06-30", 21},
	{"21 in July 2023", "2023-06-30", "2023-07-31", 21},
	{"23 in August 2023", "2023-07-31", "2023-08-31", 23},
	{"20 in September 2023", "2023-08-31", "2023-09-30", 20},
	{"19 in October 2023", "2023-09-30", "2023-10-31", 19},
	{"22 in November 2023", "2023-10-31", "2023-11-30", 22},
	{"21 in December 2023", "2023-11-30", "2023-12-31", 21},
	{"the day itself does not count", "2023-06-28", "2023-06-28", 0},
	{"the next one does", "2023-06-28", "2023-06-29", 1},
	{"backwards there are none", "2023-06-29", "2023-06-28", 0},
};

static void check_count(void **state)
{
	const struct count_row *r = *state;
	assert_int_equal(workday_count(&calendar, day(r->from), day(r->to)), r->count);
}

static const struct term_row {
	const char *says, *from;
	int wait_days, value;
	enum workday_unit unit;
	const char *due;
	bool is_guess;
} term_rows[] = {
	{"7 working days after 2022-11-29", "2022-11-29", 0, 7, WORKDAY_WORKDAYS, "2022-12-08", false},
	{"R2, a notice on a Sunday", "2022-10-30", 30, 7, WORKDAY_WORKDAYS, "2022-12-08", false},
	{"R2, over the Spring Festival", "2022-12-20", 30, 7, WORKDAY_WORKDAYS, "2023-02-02", false},
	{"R2, the wait ends on a holiday", "2023-03-30", 30, 7, WORKDAY_WORKDAYS, "2023-05-11", false},
	{"R2, a make-up Sunday counts", "2023-05-20", 30, 7, WORKDAY_WORKDAYS, "2023-06-29", false},
	{"R2, over the National Day", "2023-08-28", 30, 7, WORKDAY_WORKDAYS, "2023-10-12", false},
	{"R2, the wait ends on National Day", "2023-09-01", 30, 7, WORKDAY_WORKDAYS, "2023-10-13", false},
	{"R2, a make-up Sunday in February", "2024-01-10", 30, 7, WORKDAY_WORKDAYS, "2024-02-26", false},
	{"R2, a make-up Saturday in October", "2024-08-31", 30, 7, WORKDAY_WORKDAYS, "2024-10-15", false},
	{"no working days are due at once", "2023-06-24", 0, 0, WORKDAY_WORKDAYS, "2023-06-24", false},
	{"months end on the corresponding day", "2023-05-15", 0, 3, WORKDAY_MONTHS, "2023-08-15", false},
	{"or on the month's last", "2023-01-31", 0, 1, WORKDAY_MONTHS, "2023-02-28", false},
	{"29 February in a leap year", "2023-11-29", 0, 3, WORKDAY_MONTHS, "2024-02-29", false},
	{"over the turn of a year", "2022-11-15", 0, 3, WORKDAY_MONTHS, "2023-02-15", false},
	{"twelve months", "2023-03-08", 0, 12, WORKDAY_MONTHS, "2024-03-08", false},
	{"an end on a Saturday rolls", "2023-04-08", 0, 3, WORKDAY_MONTHS, "2023-07-10", false},
	{"an end on a holiday rolls past all of it", "2023-07-01", 0, 3, WORKDAY_MONTHS, "2023-10-07", false},
	{"days roll too", "2023-06-12", 0, 10, WORKDAY_DAYS, "2023-06-25", false},
	{"days that end on a working day stay", "2023-06-18", 0, 10, WORKDAY_DAYS, "2023-06-28", false},
	{"a year without a calendar: Monday to Friday", "2027-05-03", 0, 7, WORKDAY_WORKDAYS, "2027-05-12",
		true},
	{"the same over a holiday nobody announced", "2027-09-30", 0, 1, WORKDAY_WORKDAYS, "2027-10-01",
		true},
	{"from a published year into none", "2024-12-30", 0, 7, WORKDAY_WORKDAYS, "2025-01-08", true},
	{"a wait into a year without one", "2024-12-20", 30, 1, WORKDAY_DAYS, "2025-01-20", true},
};

static void check_term(void **state)
{
	const struct term_row *r = *state;
	struct workday_due due = workday_term(&calendar, day(r->from), r->wait_days, r->value, r->unit);
	assert_int_equal(due.day, day(r->due));
	assert_int_equal(due.is_guess, r->is_guess);
}

static void units_are_known_by_their_words(void **state)
{
	(void)state;
	enum workday_unit unit = WORKDAY_DAYS;
	assert_true(workday_unit_find("months", &unit) && unit == WORKDAY_MONTHS);
	assert_true(workday_unit_find("days", &unit) && unit == WORKDAY_DAYS);
	assert_true(workday_unit_find("workdays", &unit) && unit == WORKDAY_WORKDAYS);
	assert_false(workday_unit_find("weeks", &unit));
}

static void without_holidays_no_year_is_published(void **state)
{
	(void)state;
	static const struct workday_calendar none = {0};
	assert_true(workday_is_published(&calendar, 2023));
	assert_false(workday_is_published(&calendar, 2027));
	assert_false(workday_is_published(&none, 2023));
	assert_true(workday_is(&none, day("2023-06-22")));
	assert_false(workday_is(&none, day("2023-06-24")));
}

int main(void)
{
	static struct sentences s;
	read_calendar();
	SENTENCES_ROWS(&s, edtf_rows, check_edtf);
	SENTENCES_ROWS(&s, period_rows, check_period);
	SENTENCES_ROWS(&s, workday_rows, check_workday);
	SENTENCES_ROWS(&s, count_rows, check_count);
	SENTENCES_ROWS(&s, term_rows, check_term);
	sentences_add(&s, "as of a date, a period, or words", as_of_is_a_date_a_period_or_words, NULL);
	sentences_add(&s, "units are known by their words", units_are_known_by_their_words, NULL);
	sentences_add(
		&s, "without holidays no year is published", without_holidays_no_year_is_published, NULL);
	return sentences_run(&s, "content time");
}
