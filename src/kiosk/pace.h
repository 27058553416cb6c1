/* pace.h - when frames of what moves are due, by monotonic time in microseconds.
 *
 * A frame is painted at once and given when it is due: what it takes to paint does not show in its time. */
#ifndef PACE_H
#define PACE_H

#include <stdint.h>

#define PACE_FRAME_US 16667
/* A page of more pixels turns with half as many frames, which cost several times as much. */
#define PACE_LARGE_PIXELS (2560 * 1600)
#define PACE_LARGE_FRAME_US 33000

struct pace {
	int64_t next_us; /* the one after the last is due */
};

int64_t pace_due_us(const struct pace *p);

/* Waits until then. The next is due frame_us later, or as much from now when this one is late by a whole one. */
void pace_wait(struct pace *p, int64_t at_us, int64_t frame_us);

#endif
