/* ruler.h - the one scale of time that all records are drawn on. Pure. */
#ifndef RULER_H
#define RULER_H

enum ruler_unit { RULER_DAYS, RULER_MONTHS, RULER_YEARS };

/* From 0 to max, a tick each step; months of 30 days, years of 12 months. */
struct ruler {
	enum ruler_unit unit;
	int max, step; /* in units */
};

/* The shortest ruler that holds so many days: in days up to three months, then of
 * 2, 4, 6, 8, 12, 18 or 24 months, then in years. */
struct ruler ruler_of(double days);

double ruler_days(const struct ruler *r);
const char *ruler_word(const struct ruler *r); /* 天, 个月, 年 */

#endif
