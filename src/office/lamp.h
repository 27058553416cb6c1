/* lamp.h - internal lateness (红黄绿灯): each milestone against its plan and against the time
 * rules, with working days and suspensions. For the office alone.
 *
 * A rule's clock starts with the actual date of its `from` milestone; what its `to` milestones
 * must have been reached by is workday_term() of it, moved on by the days for which it was
 * suspended (行政许可法, art. 45 and 82: working days, and the time of hearings, tests and
 * expert reviews does not count). Pure, but for lamp_list(). */
#ifndef LAMP_H
#define LAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "content/workday.h"
#include "office/office.h"

enum lamp_colour {
	LAMP_GREEN, /* reached, or time enough */
	LAMP_YELLOW, /* due within LAMP_SOON_DAYS, or up to LAMP_YELLOW_DAYS late */
	LAMP_ORANGE, /* up to LAMP_ORANGE_DAYS late */
	LAMP_RED, /* later */
	LAMP_GREY, /* nothing is planned, no clock runs */
};
#define LAMP_SOON_DAYS 7
#define LAMP_YELLOW_DAYS 7
#define LAMP_ORANGE_DAYS 15

const char *lamp_name(enum lamp_colour colour);

/* days_late: negative while there is time. */
enum lamp_colour lamp_colour(int32_t days_late);

struct lamp_span {
	int32_t from, to; /* both within */
};

/* The last day of a rule that started on from, moved on by the days of suspensions that fell
 * into it (working days where the rule counts such). */
struct workday_due lamp_due(const struct workday_calendar *c, int32_t from, int wait_days, int value,
	enum workday_unit unit, const struct lamp_span *suspensions, int count);

/* {"lamps": [...]} of assets/openapi.yaml for all projects of set; today in days. Within a
 * transaction. */
json_t *lamp_list(struct office *o, int64_t set, int32_t today);

/* How many projects have each colour as their worst: {"red": n, ...}. Takes nothing. */
json_t *lamp_counts(const json_t *lamps);

#endif
