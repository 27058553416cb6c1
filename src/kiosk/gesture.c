/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/gesture.h"

#include <math.h>

#define TAP_SHARE 0.03 /* a finger that goes no farther has tapped */
#define SWIPE_SHARE 0.12
#define TAP_MS 2000
#define SWIPE_MS 1500

void gesture_turn(int turns, double *x, double *y)
{
	for (int i = 0; i < turns; i++) {
		double turned = *y;
		*y = 1 - *x;
		*x = turned;
	}
}

void gesture_down(struct gesture_reader *r, int64_t finger, double x, double y, int64_t now_ms)
{
	if (!r->is_down || now_ms - r->since_ms > TAP_MS) /* one that was never lifted is forgotten */
		*r = (struct gesture_reader){true, finger, now_ms, x, y};
}

struct gesture gesture_up(struct gesture_reader *r, int64_t finger, double x, double y, int64_t now_ms)
{
	struct gesture g = {.kind = GESTURE_NONE, .x = r->x, .y = r->y};
	if (!r->is_down || r->finger != finger)
		return g;
	double dx = x - r->x, dy = y - r->y;
	int64_t ms = now_ms - r->since_ms;
	r->is_down = false;
	if (fabs(dx) <= TAP_SHARE && fabs(dy) <= TAP_SHARE && ms <= TAP_MS)
		g.kind = GESTURE_TAP;
	else if (fabs(dx) >= SWIPE_SHARE && fabs(dx) > 2 * fabs(dy) && ms <= SWIPE_MS)
		g.kind = dx < 0 ? GESTURE_LEFT : GESTURE_RIGHT;
	return g;
}
