/* SPDX-License-Identifier: Apache-2.0 */
#include "board/motion.h"

#include <math.h>

#define STAGGER_MS 40
#define FADE_MS 480
#define COUNT_MS 800
#define GROW_MS 640
#define SLIDE_MS 700
#define RUN_STAGGER_MS 60
#define RUN_MS 420
#define STEP_STAGGER_MS 240
#define STEP_MS 320
#define DOT_MS 30
#define REACH_MS 600
#define POP_MS 160
#define LABEL_MS 140

static double part(double ms, double after, double length)
{
	double t = (ms - after) / length;
	return t < 0 ? 0 : t > 1 ? 1 : t;
}

static double out_cubic(double t)
{
	return 1 - pow(1 - t, 3);
}

/* Everything stands after MOTION_ENTER_MS, however many parts a page has. */
static double stagger(int index, double apart, double length)
{
	return fmin(index * apart, MOTION_ENTER_MS - length);
}

double motion_fade(double ms, int index)
{
	return out_cubic(part(ms, stagger(index, STAGGER_MS, FADE_MS), FADE_MS));
}

double motion_count(double ms)
{
	return 1 - pow(1 - part(ms, 0, COUNT_MS), 4);
}

double motion_grow(double ms, int index)
{
	return out_cubic(part(ms, stagger(index, STAGGER_MS, GROW_MS), GROW_MS));
}

double motion_fill(double ms)
{
	return part(ms, 0, COUNT_MS);
}

double motion_slide(double ms)
{
	double t = part(ms, 0, SLIDE_MS);
	return t < 0.5 ? 4 * t * t * t : 1 - pow(2 - 2 * t, 3) / 2;
}

double motion_wipe(double ms)
{
	return part(ms, 0, SLIDE_MS);
}

double motion_drop(double ms)
{
	return out_cubic(part(ms, SLIDE_MS, MOTION_ENTER_MS - SLIDE_MS));
}

double motion_run(double ms, int index)
{
	return out_cubic(part(ms, stagger(index, RUN_STAGGER_MS, RUN_MS), RUN_MS));
}

double motion_step(double ms, int index)
{
	return out_cubic(part(ms, stagger(index, STEP_STAGGER_MS, STEP_MS), STEP_MS));
}

double motion_dots(double ms, int count)
{
	return count > 0 ? part(ms, 0, fmin(count * DOT_MS, MOTION_ENTER_MS)) : 1;
}

double motion_reach(double ms)
{
	return part(ms, 0, REACH_MS);
}

double motion_pop(double ms, double share)
{
	return part(ms, share * REACH_MS, POP_MS);
}

double motion_label(double ms, double share)
{
	return part(ms, share * REACH_MS + POP_MS, LABEL_MS);
}
