/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/civil.h"
#include "base/zone.h"
#include "sentences.h"

static const struct day_row {
	const char *says;
	int year, month, day;
	int32_t days;
	int weekday;
} day_rows[] = {
	{"the epoch was a Thursday", 1970, 1, 1, 0, 4},
	{"the day before it is day -1", 1969, 12, 31, -1, 3},
	{"a leap day of a century that has one", 2000, 2, 29, 11016, 2},
	{"the day after a February without one", 2023, 3, 1, 19417, 3},
	{"the newspaper's day", 2023, 6, 28, 19536, 3},
	{"the last day of a 400-year era", 1999, 12, 31, 10956, 5},
	{"long before the epoch", 1600, 3, 1, -135080, 3},
	{"the first day that a document may name", 1, 1, 1, -719162, 1},
	{"the last one", 9999, 12, 31, 2932896, 5},
};

static void check_day(void **state)
{
	const struct day_row *r = *state;
	assert_int_equal(civil_days(r->year, r->month, r->day), r->days);
	assert_int_equal(civil_weekday(r->days), r->weekday);
	struct civil c = civil_from_days(r->days);
	assert_int_equal(c.year, r->year);
	assert_int_equal(c.month, r->month);
	assert_int_equal(c.day, r->day);
}

static void every_day_of_eight_centuries_comes_back(void **state)
{
	(void)state;
	int32_t last = civil_days(2400, 1, 1);
	for (int32_t d = civil_days(1600, 1, 1); d < last; d++) {
		struct civil c = civil_from_days(d);
		assert_true(civil_is_date(c.year, c.month, c.day));
		assert_int_equal(civil_days(c.year, c.month, c.day), d);
		assert_int_equal(civil_weekday(d + 1), (civil_weekday(d) + 1) % 7);
	}
}

static void every_month_is_as_long_as_the_days_to_the_next(void **state)
{
	(void)state;
	for (int y = 1899; y <= 2101; y++) {
		for (int m = 1; m <= 12; m++) {
			int32_t next = m == 12 ? civil_days(y + 1, 1, 1) : civil_days(y, m + 1, 1);
			assert_int_equal(civil_month_length(y, m), next - civil_days(y, m, 1));
		}
	}
}

static const struct date_row {
	const char *says;
	int year, month, day;
	bool is_date;
} date_rows[] = {
	{"29 February of a leap year is a date", 2024, 2, 29, true},
	{"29 February of another year is none", 2023, 2, 29, false},
	{"29 February 1900 is none", 1900, 2, 29, false},
	{"31 June is none", 2023, 6, 31, false},
	{"month 13 is none", 2023, 13, 1, false},
	{"month 0 is none", 2023, 0, 1, false},
	{"day 0 is none", 2023, 1, 0, false},
	{"year 0 is none", 0, 1, 1, false},
	{"year 10000 is none", 10000, 1, 1, false},
};

static void check_date(void **state)
{
	const struct date_row *r = *state;
	assert_int_equal(civil_is_date(r->year, r->month, r->day), r->is_date);
}

static const struct time_row {
	const char *says, *text;
	bool reads;
	int64_t utc_s;
} time_rows[] = {
	{"UTC", "2023-06-28T02:24:00Z", true, 1687919040},
	{"with an offset", "2023-06-28T10:24:00+08:00", true, 1687919040},
	{"west of Greenwich", "2023-06-27T21:24:00-05:00", true, 1687919040},
	{"a half hour's offset", "2023-06-28T07:54:00+05:30", true, 1687919040},
	{"small letters are allowed", "2023-06-28t02:24:00z", true, 1687919040},
	{"fractions are dropped", "2023-06-28T02:24:00.999999Z", true, 1687919040},
	{"a leap second counts as :59", "2016-12-31T23:59:60Z", true, 1483228799},
	{"before the epoch", "1969-12-31T23:59:59Z", true, -1},
	{"nothing", "", false, 0},
	{"a date alone", "2023-06-28", false, 0},
	{"without offset", "2023-06-28T02:24:00", false, 0},
	{"without seconds", "2023-06-28T02:24Z", false, 0},
	{"an empty fraction", "2023-06-28T02:24:00.Z", false, 0},
	{"a blank for the T", "2023-06-28 02:24:00Z", false, 0},
	{"a blank behind", "2023-06-28T02:24:00Z ", false, 0},
	{"a blank before", " 2023-06-28T02:24:00Z", false, 0},
	{"a sign before the year", "+023-06-28T02:24:00Z", false, 0},
	{"hour 24", "2023-06-28T24:00:00Z", false, 0},
	{"minute 60", "2023-06-28T02:60:00Z", false, 0},
	{"second 61", "2023-06-28T02:24:61Z", false, 0},
	{"30 February", "2023-02-30T02:24:00Z", false, 0},
	{"an offset of 24 hours", "2023-06-28T02:24:00+24:00", false, 0},
	{"an offset without its colon", "2023-06-28T02:24:00+0800", false, 0},
	{"an offset cut short", "2023-06-28T02:24:00+08:", false, 0},
	{"an offset with more behind", "2023-06-28T02:24:00+08:00x", false, 0},
	{"full-width digits", "２０２３-06-28T02:24:00Z", false, 0},
};

static void check_time(void **state)
{
	const struct time_row *r = *state;
	int64_t utc_s = 0;
	assert_int_equal(civil_parse_rfc3339(r->text, &utc_s), r->reads);
	assert_int_equal(utc_s, r->utc_s);
}

static void what_is_written_reads_back(void **state)
{
	(void)state;
	for (int64_t t = -86400 * 400; t < 86400 * 400; t += 12345) {
		char text[32];
		int64_t back = 0;
		civil_format_rfc3339(t, text);
		assert_true(civil_parse_rfc3339(text, &back));
		assert_int_equal(back, t);
		struct civil c = civil_from_seconds(t);
		assert_int_equal(civil_seconds(&c), t);
	}
}

static const struct name_row {
	const char *says, *name;
	bool is_known;
} name_rows[] = {
	{"Asia/Shanghai is a zone", "Asia/Shanghai", true},
	{"UTC is a zone", "UTC", true},
	{"Etc/GMT-8 is a zone", "Etc/GMT-8", true},
	{"nothing is no zone", "", false},
	{"a made-up place is no zone", "Asia/Fangzi", false},
	{"a path out of the folder is no zone", "../../../etc/passwd", false},
	{"an absolute path is no zone", "/etc/localtime", false},
	{"a rule for the C library is no zone", "CST-8", false},
	{"a name with a blank is no zone", "Asia/ Shanghai", false},
	{"a folder of zones is no zone", "Asia", false},
	{"another file of that folder is no zone", "leapseconds", false},
};

static void check_name(void **state)
{
	const struct name_row *r = *state;
	assert_int_equal(zone_is_known(r->name), r->is_known);
}

static const struct wall_row {
	const char *says, *zone;
	struct civil local;
	const char *utc;
	bool is_gap; /* the way back shows another time */
} wall_rows[] = {
	{"a summer day in Shanghai", "Asia/Shanghai", {2023, 6, 28, 10, 24, 0}, "2023-06-28T02:24:00Z",
		false},
	{"midnight in Shanghai", "Asia/Shanghai", {2023, 6, 28, 0, 0, 0}, "2023-06-27T16:00:00Z", false},
	{"Shanghai had summer time in 1988", "Asia/Shanghai", {1988, 7, 1, 12, 0, 0}, "1988-07-01T03:00:00Z",
		false},
	{"a winter day in New York", "America/New_York", {2023, 1, 10, 12, 0, 0}, "2023-01-10T17:00:00Z",
		false},
	{"a summer day in New York", "America/New_York", {2023, 7, 10, 12, 0, 0}, "2023-07-10T16:00:00Z",
		false},
	{"an hour that comes twice: the first one", "America/New_York", {2023, 11, 5, 1, 30, 0},
		"2023-11-05T05:30:00Z", false},
	{"the hour after it", "America/New_York", {2023, 11, 5, 2, 0, 0}, "2023-11-05T07:00:00Z", false},
	{"an hour that never comes: the first second after it", "America/New_York", {2023, 3, 12, 2, 30, 0},
		"2023-03-12T07:00:00Z", true},
	{"half an hour back, twice: the first one", "Australia/Lord_Howe", {2023, 4, 2, 1, 45, 0},
		"2023-04-01T14:45:00Z", false},
	{"half an hour that never comes: the first second after it", "Australia/Lord_Howe",
		{2023, 10, 1, 2, 15, 0}, "2023-09-30T15:30:00Z", true},
	{"a leap day in Urumqi, two hours behind Shanghai", "Asia/Urumqi", {2024, 2, 29, 23, 59, 59},
		"2024-02-29T17:59:59Z", false},
	{"the first second of a leap day, when New York has none yet", "Australia/Lord_Howe",
		{2024, 2, 29, 0, 0, 0}, "2024-02-28T13:00:00Z", false},
	{"the last second of a leap day in New York", "America/New_York", {2024, 2, 29, 23, 59, 59},
		"2024-03-01T04:59:59Z", false},
	{"after 2038, when 32 bits end", "Asia/Shanghai", {2040, 2, 29, 12, 0, 0}, "2040-02-29T04:00:00Z",
		false},
	{"in summer then, in New York", "America/New_York", {2040, 7, 10, 12, 0, 0}, "2040-07-10T16:00:00Z",
		false},
};

static void check_wall(void **state)
{
	const struct wall_row *r = *state;
	int64_t utc_s;
	assert_true(civil_parse_rfc3339(r->utc, &utc_s));
	/* Whatever was asked before must not change the answer. */
	for (int month = 1; month <= 7; month += 6) {
		(void)zone_utc(r->zone, &(struct civil){2023, month, 10, 12, 0, 0});
		assert_int_equal(zone_utc(r->zone, &r->local), utc_s);
	}
	struct civil back = zone_local(r->zone, utc_s);
	assert_int_equal(civil_seconds(&back) == civil_seconds(&r->local), !r->is_gap);
}

static void zones_take_turns(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(zone_local("Asia/Shanghai", 0).hour, 8);
		assert_int_equal(zone_local("UTC", 0).hour, 0);
		assert_int_equal(zone_local("America/New_York", 0).day, 31);
	}
}

static void a_shanghai_year_goes_there_and_back(void **state)
{
	(void)state;
	int64_t first = civil_seconds(&(struct civil){2023, 1, 1, 0, 0, 0});
	for (int64_t t = first; t < first + 366 * 86400; t += 3599) {
		struct civil c = zone_local("Asia/Shanghai", t);
		assert_int_equal(civil_seconds(&c), t + 8 * 3600);
		assert_int_equal(zone_utc("Asia/Shanghai", &c), t);
	}
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, day_rows, check_day);
	SENTENCES_ROWS(&s, date_rows, check_date);
	SENTENCES_ROWS(&s, time_rows, check_time);
	SENTENCES_ROWS(&s, name_rows, check_name);
	SENTENCES_ROWS(&s, wall_rows, check_wall);
	sentences_add(
		&s, "every day of eight centuries comes back", every_day_of_eight_centuries_comes_back, NULL);
	sentences_add(&s, "every month is as long as the days to the next",
		every_month_is_as_long_as_the_days_to_the_next, NULL);
	sentences_add(&s, "what is written as RFC 3339 reads back", what_is_written_reads_back, NULL);
	sentences_add(&s, "zones take turns in one process", zones_take_turns, NULL);
	sentences_add(
		&s, "a year in Shanghai goes there and back", a_shanghai_year_goes_there_and_back, NULL);
	return sentences_run(&s, "base time");
}
