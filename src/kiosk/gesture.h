/* gesture.h - what a finger (or a mouse) meant: a tap or a swipe. Pure.
 *
 * Places are shares of the picture, 0..1 from its top left corner. */
#ifndef GESTURE_H
#define GESTURE_H

#include <stdbool.h>
#include <stdint.h>

enum gesture_kind { GESTURE_NONE, GESTURE_TAP, GESTURE_LEFT, GESTURE_RIGHT };

struct gesture {
	enum gesture_kind kind;
	double x, y; /* where it began */
};

/* One finger at a time; others are not heard while it is down. */
struct gesture_reader {
	bool is_down;
	int64_t finger, since_ms;
	double x, y;
};

/* From a window to the picture in it, which is turned clockwise by quarter turns. */
void gesture_turn(int turns, double *x, double *y);

void gesture_down(struct gesture_reader *r, int64_t finger, double x, double y, int64_t now_ms);

/* What is neither short nor straight means nothing. */
struct gesture gesture_up(struct gesture_reader *r, int64_t finger, double x, double y, int64_t now_ms);

#endif
