/* targets.h - the panel of a targets board, beside its lanes and parks. */
#ifndef TARGETS_H
#define TARGETS_H

#include "board/board.h"
#include "content/target.h"

#define TARGETS_DOTS_MAX 50

/* One dot for so many; what is there is filled. */
struct targets_dots {
	int per_dot, count, filled;
	bool is_sound; /* no more is there than is aimed at */
};

/* Pure. */
struct targets_dots targets_dots_of(double value, double progress);

/* In a box at x, y, as wide and high as given. */
struct targets_box {
	double x, y, w, h;
};

void targets_draw_panel(struct board_view *v, const struct target *t, const struct targets_box *b);

#endif
