/* SPDX-License-Identifier: Apache-2.0 */
#include "base/civil.h"

#include <ctype.h>
#include <stdio.h>

int32_t civil_days(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct civil civil_from_days(int32_t days)
{
	int z = days + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int day_of_era = z - era * 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int shifted = (5 * day_of_year + 2) / 153;
	struct civil c = {0};
	c.day = day_of_year - (153 * shifted + 2) / 5 + 1;
	c.month = shifted < 10 ? shifted + 3 : shifted - 9;
	c.year = year_of_era + era * 400 + (c.month <= 2);
	return c;
}

int civil_weekday(int32_t days)
{
	int w = (days + 4) % 7;
	return w < 0 ? w + 7 : w;
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int civil_month_length(int year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool civil_is_date(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= civil_month_length(year, month);
}

int64_t civil_seconds(const struct civil *c)
{
	return (int64_t)civil_days(c->year, c->month, c->day) * 86400 + c->hour * 3600 + c->minute * 60 +
	       c->second;
}

struct civil civil_from_seconds(int64_t seconds)
{
	int64_t days = seconds / 86400;
	int64_t rest = seconds % 86400;
	if (rest < 0) {
		rest += 86400;
		days--;
	}
	struct civil c = civil_from_days((int32_t)days);
	c.hour = (int)(rest / 3600);
	c.minute = (int)(rest / 60 % 60);
	c.second = (int)(rest % 60);
	return c;
}

bool civil_digits(const char *text, int n, int *value)
{
	int v = 0;
	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)text[i]))
			return false;
		v = v * 10 + (text[i] - '0');
	}
	*value = v;
	return true;
}

/* "Z" or "+08:00" and nothing behind it. */
static bool parse_offset(const char *text, int *offset_s)
{
	if ((text[0] == 'Z' || text[0] == 'z') && text[1] == '\0') {
		*offset_s = 0;
		return true;
	}
	int hours, minutes;
	if ((text[0] != '+' && text[0] != '-') || !civil_digits(text + 1, 2, &hours) || text[3] != ':' ||
		!civil_digits(text + 4, 2, &minutes) || text[6] != '\0' || hours > 23 || minutes > 59)
		return false;
	*offset_s = (hours * 60 + minutes) * 60 * (text[0] == '-' ? -1 : 1);
	return true;
}

bool civil_parse_rfc3339(const char *text, int64_t *utc_s)
{
	struct civil c = {0};
	if (!civil_digits(text, 4, &c.year) || text[4] != '-' || !civil_digits(text + 5, 2, &c.month) ||
		text[7] != '-' || !civil_digits(text + 8, 2, &c.day) || (text[10] != 'T' && text[10] != 't'))
		return false;
	if (!civil_digits(text + 11, 2, &c.hour) || text[13] != ':' ||
		!civil_digits(text + 14, 2, &c.minute) || text[16] != ':' ||
		!civil_digits(text + 17, 2, &c.second))
		return false;
	if (!civil_is_date(c.year, c.month, c.day) || c.hour > 23 || c.minute > 59 || c.second > 60)
		return false;
	if (c.second == 60)
		c.second = 59;
	const char *rest = text + 19;
	if (*rest == '.') {
		rest++;
		if (!isdigit((unsigned char)*rest))
			return false;
		while (isdigit((unsigned char)*rest))
			rest++;
	}
	int offset_s;
	if (!parse_offset(rest, &offset_s))
		return false;
	*utc_s = civil_seconds(&c) - offset_s;
	return true;
}

void civil_format_rfc3339(int64_t utc_s, char out[static 32])
{
	struct civil c = civil_from_seconds(utc_s);
	(void)snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year % 10000, c.month % 100, c.day % 100,
		c.hour % 100, c.minute % 100, c.second % 100);
}
