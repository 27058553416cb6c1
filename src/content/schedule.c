/* SPDX-License-Identifier: Apache-2.0 */
#include "content/schedule.h"

enum schedule_state schedule_state(bool is_done, int32_t due_day, int32_t today)
{
	if (is_done)
		return SCHEDULE_DONE;
	if (due_day == SCHEDULE_NO_DUE)
		return SCHEDULE_UNKNOWN;
	if (today == SCHEDULE_TODAY_UNKNOWN)
		return SCHEDULE_HIDDEN;
	if (due_day < today)
		return SCHEDULE_OVERDUE;
	return due_day - today <= SCHEDULE_SOON_DAYS ? SCHEDULE_DUE_SOON : SCHEDULE_ON_TIME;
}

enum stage_state stage_state(bool is_done, int milestones, int done, int in_progress, int not_started)
{
	if (is_done || (milestones && done == milestones))
		return STAGE_DONE;
	if (in_progress || done)
		return STAGE_IN_PROGRESS;
	return not_started ? STAGE_NOT_STARTED : STAGE_UNREPORTED;
}
