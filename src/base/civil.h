/* civil.h - dates and times as people write them, without a clock or a zone.
 *
 * Days are counted from 1970-01-01 in the proleptic Gregorian calendar
 * (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). Pure. */
#ifndef CIVIL_H
#define CIVIL_H

#include <stdbool.h>
#include <stdint.h>

struct civil {
	int year, month, day; /* month 1..12, day 1..31 */
	int hour, minute, second; /* 0..23, 0..59, 0..59 */
};

int32_t civil_days(int year, int month, int day);
struct civil civil_from_days(int32_t days);
int civil_weekday(int32_t days); /* 0 = Sunday .. 6 = Saturday */
int civil_month_length(int year, int month);
bool civil_is_date(int year, int month, int day);

/* Seconds since the epoch, as if the civil time were UTC. */
int64_t civil_seconds(const struct civil *c);
struct civil civil_from_seconds(int64_t seconds);

/* RFC 3339 with seconds and offset, "2023-06-28T10:24:00+08:00" or "...Z";
 * fractions are read and dropped; a leap second counts as :59. False when the
 * text is anything else. */
bool civil_parse_rfc3339(const char *text, int64_t *utc_s);

/* Writes "2023-06-28T02:24:00Z". */
void civil_format_rfc3339(int64_t utc_s, char out[static 32]);

/* n decimal digits exactly. False when one is not a digit. */
bool civil_digits(const char *text, int n, int *value);

#endif
