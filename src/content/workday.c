/* SPDX-License-Identifier: Apache-2.0 */
#include "content/workday.h"

#include <stdlib.h>
#include <string.h>

#include "base/civil.h"

static int by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

static bool has_day(const int32_t *days, int count, int32_t day)
{
	return count && bsearch(&day, days, (size_t)count, sizeof *days, by_day);
}

bool workday_is(const struct workday_calendar *c, int32_t day)
{
	if (has_day(c->holidays, c->holiday_count, day))
		return false;
	int weekday = civil_weekday(day);
	return (weekday >= 1 && weekday <= 5) || has_day(c->workdays, c->workday_count, day);
}

bool workday_is_published(const struct workday_calendar *c, int year)
{
	int32_t first = civil_days(year, 1, 1), last = civil_days(year, 12, 31);
	for (int i = 0; i < c->holiday_count; i++) {
		if (c->holidays[i] >= first && c->holidays[i] <= last)
			return true;
	}
	return false;
}

int workday_count(const struct workday_calendar *c, int32_t from, int32_t to)
{
	int count = 0;
	for (int32_t day = from + 1; day <= to; day++)
		count += workday_is(c, day);
	return count;
}

static int32_t add_months(int32_t from, int months)
{
	struct civil c = civil_from_days(from);
	int month = c.year * 12 + c.month - 1 + months;
	int year = month / 12, in_year = month % 12 + 1;
	int length = civil_month_length(year, in_year);
	return civil_days(year, in_year, c.day < length ? c.day : length);
}

static int32_t roll(const struct workday_calendar *c, int32_t day)
{
	while (!workday_is(c, day))
		day++;
	return day;
}

static bool needs_unpublished(const struct workday_calendar *c, int32_t from, int32_t to)
{
	for (int year = civil_from_days(from).year; year <= civil_from_days(to).year; year++) {
		if (!workday_is_published(c, year))
			return true;
	}
	return false;
}

struct workday_due workday_term(
	const struct workday_calendar *c, int32_t from, int wait_days, int value, enum workday_unit unit)
{
	int32_t start = from + wait_days;
	int32_t day = start;
	switch (unit) {
	case WORKDAY_MONTHS:
		day = roll(c, add_months(start, value));
		break;
	case WORKDAY_DAYS:
		day = roll(c, start + value);
		break;
	case WORKDAY_WORKDAYS:
		for (int left = value; left > 0;)
			left -= workday_is(c, ++day);
		break;
	}
	return (struct workday_due){day, needs_unpublished(c, start, day)};
}

bool workday_unit_find(const char *name, enum workday_unit *out)
{
	static const char *const names[] = {
		[WORKDAY_MONTHS] = "months", [WORKDAY_DAYS] = "days", [WORKDAY_WORKDAYS] = "workdays"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(names[i], name) == 0) {
			*out = (enum workday_unit)i;
			return true;
		}
	}
	return false;
}
