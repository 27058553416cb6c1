/* SPDX-License-Identifier: Apache-2.0 */
#include "board/motion.h"

#include <math.h>

#define STAGGER_MS 40
#define FADE_MS 480
#define COUNT_MS 800
#define GROW_MS 640
#define SLIDE_MS 700

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
static double stagger(int index, double length)
{
	return fmin(index * STAGGER_MS, MOTION_ENTER_MS - length);
}

double motion_fade(double ms, int index)
{
	return out_cubic(part(ms, stagger(index, FADE_MS), FADE_MS));
}

double motion_count(double ms)
{
	return 1 - pow(1 - part(ms, 0, COUNT_MS), 4);
}

double motion_grow(double ms, int index)
{
	return out_cubic(part(ms, stagger(index, GROW_MS), GROW_MS));
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
