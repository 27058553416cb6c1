/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/stage.h"

#include "board/motion.h"

const char *stage_name(enum stage_phase p)
{
	static const char *const names[] = {
		[STAGE_STILL] = "still", [STAGE_LEAVING] = "leaving", [STAGE_ENTERING] = "entering"};
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

bool stage_step(struct stage *s, int64_t now_ms)
{
	int64_t in_phase = now_ms - s->since_ms;
	if (s->phase == STAGE_LEAVING && in_phase >= MOTION_LEAVE_MS)
		set(s, STAGE_ENTERING, now_ms);
	else if (s->phase == STAGE_ENTERING && in_phase >= MOTION_ENTER_MS)
		set(s, STAGE_STILL, now_ms);
	else
		return false;
	return true;
}

double stage_leaving(const struct stage *s, int64_t now_ms)
{
	if (s->phase != STAGE_LEAVING)
		return 0;
	double t = (double)(now_ms - s->since_ms) / MOTION_LEAVE_MS;
	return t > 1 ? 1 : t;
}

double stage_elapsed_ms(const struct stage *s, int64_t now_ms)
{
	return s->phase == STAGE_ENTERING ? (double)(now_ms - s->since_ms) : MOTION_STILL;
}
