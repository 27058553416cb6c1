/* workday.h - working days, and time limits in months, days and working days.
 *
 * A working day is a Monday to Friday that is no public holiday, or a make-up
 * workday. Months count by the Civil Code, 201 to 203: the first day does not
 * count; the term ends on the corresponding day, or the month's last; an end on
 * a holiday rolls to the next working day. Days count from 1970-01-01. Pure. */
#ifndef WORKDAY_H
#define WORKDAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct workday_calendar {
	const int32_t *holidays; /* ascending; borrowed */
	int holiday_count;
	const int32_t *workdays; /* make-up workdays; ascending; borrowed */
	int workday_count;
};

enum workday_unit { WORKDAY_MONTHS, WORKDAY_DAYS, WORKDAY_WORKDAYS };

struct workday_due {
	int32_t day;
	bool is_guess; /* a year without a published calendar was needed: 暂按周历推算 */
};

bool workday_is(const struct workday_calendar *c, int32_t day);

/* A year counts as published when it has at least one holiday. */
bool workday_is_published(const struct workday_calendar *c, int year);

/* Working days after from, up to and with to. */
int workday_count(const struct workday_calendar *c, int32_t from, int32_t to);

/* The end of a term that starts on from, after a waiting time of wait_days. */
struct workday_due workday_term(
	const struct workday_calendar *c, int32_t from, int wait_days, int value, enum workday_unit unit);

bool workday_unit_find(const char *name, enum workday_unit *out); /* "months", "days", "workdays" */

#endif
