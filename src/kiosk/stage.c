/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/stage.h"

#include "board/motion.h"

const char *stage_name(enum stage_phase p)
{
	static const char *const names[] = {[STAGE_STILL] = "still",
		[STAGE_LEAVING] = "leaving",
		[STAGE_ENTERING] = "entering",
		[STAGE_SETTLING] = "settling",
		[STAGE_CHANGING] = "changing"};
	return names[p];
}

static void set(struct stage *s, enum stage_phase p, int64_t now_ms)
{
	s->phase = p;
	s->since_ms = now_ms;
}

void stage_turn(struct stage *s, int64_t now_ms, bool has_old)
{
	if (s->is_reduced)
		set(s, STAGE_STILL, now_ms);
	else
		set(s, has_old ? STAGE_LEAVING : STAGE_ENTERING, now_ms);
}

void stage_change(struct stage *s, int64_t now_ms)
{
	set(s, s->is_reduced ? STAGE_STILL : STAGE_CHANGING, now_ms);
}

bool stage_step(struct stage *s, int64_t now_ms)
{
	int64_t in_phase = now_ms - s->since_ms;
	if (s->phase == STAGE_LEAVING && in_phase >= MOTION_LEAVE_MS)
		set(s, STAGE_ENTERING, now_ms);
	else if (s->phase == STAGE_ENTERING && in_phase >= MOTION_ENTER_MS)
		set(s, STAGE_SETTLING, now_ms);
	else if ((s->phase == STAGE_SETTLING && in_phase >= STAGE_SETTLE_MS) ||
		 (s->phase == STAGE_CHANGING && in_phase >= MOTION_CHANGE_MS))
		set(s, STAGE_STILL, now_ms);
	else
		return false;
	return true;
}

static double share(const struct stage *s, enum stage_phase p, int64_t now_ms, double length_ms)
{
	double t = (double)(now_ms - s->since_ms) / length_ms;
	return s->phase != p ? 0 : t > 1 ? 1 : t;
}

double stage_leaving(const struct stage *s, int64_t now_ms)
{
	return share(s, STAGE_LEAVING, now_ms, MOTION_LEAVE_MS);
}

double stage_changing(const struct stage *s, int64_t now_ms)
{
	return share(s, STAGE_CHANGING, now_ms, MOTION_CHANGE_MS);
}

double stage_elapsed_ms(const struct stage *s, int64_t now_ms)
{
	return s->phase == STAGE_ENTERING ? (double)(now_ms - s->since_ms) : MOTION_STILL;
}
