/* axis.h - what a project plans, on one linear axis of days. */
#ifndef AXIS_H
#define AXIS_H

#include "board/board.h"

#define AXIS_WINDOWS_MAX 6

enum axis_state {
	AXIS_PLANNED,
	AXIS_CURRENT, /* today lies in it */
	AXIS_UNCONFIRMED, /* past, and nobody reported it done: never drawn as done */
};

struct axis_window {
	const char *name, *planned; /* planned: EDTF */
	int32_t first, last; /* days, both in it */
	enum axis_state state;
};

struct axis {
	const struct axis_window *windows; /* in order of their beginning */
	int count;
	bool has_past;
	int32_t past_first, past_last; /* what is done, as one bar */
	const char *past_label;
};

/* Landscape: below the hero; shift moves all of it. */
void axis_draw(struct board_view *v, const struct axis *a, double shift);

/* Portrait: one row a window, from y down. */
void axis_draw_rows(struct board_view *v, const struct axis *a, double y);

#endif
