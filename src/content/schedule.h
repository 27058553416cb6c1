/* schedule.h - two ways to tell a project's state; the rules alone. Pure.
 *
 * By schedule: late only after the last day of what was planned. By stage: what
 * was reported, and nothing that would be a claim. */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#define SCHEDULE_SOON_DAYS 7
#define SCHEDULE_TODAY_UNKNOWN INT32_MIN
#define SCHEDULE_NO_DUE INT32_MIN

/* In the order in which a list shows them. */
enum schedule_state {
	SCHEDULE_OVERDUE,
	SCHEDULE_DUE_SOON,
	SCHEDULE_ON_TIME,
	SCHEDULE_UNKNOWN, /* nothing is planned */
	SCHEDULE_DONE,
	SCHEDULE_HIDDEN, /* planned, but nobody knows what day it is */
	SCHEDULE_STATES
};

enum stage_state {
	STAGE_IN_PROGRESS,
	STAGE_NOT_STARTED,
	STAGE_DONE,
	STAGE_UNREPORTED, /* "not started" would be a claim */
	STAGE_STATES
};

/* due_day: the last day of the next milestone's plan. Days since 1970-01-01. */
enum schedule_state schedule_state(bool is_done, int32_t due_day, int32_t today);

/* From how many milestones stand how. */
enum stage_state stage_state(bool is_done, int milestones, int done, int in_progress, int not_started);

#endif
