/* slot.h - a box that a picture fills, and the strip at its foot that says what it is. */
#ifndef SLOT_H
#define SLOT_H

#include "board/board.h"

struct slot_box {
	double x, y, w, h;
};

/* Covers the box, cropped from the middle. False: there is no such picture, or it is
 * broken, and nothing is drawn. */
bool slot_draw_picture(struct board_view *v, const char *name, const struct slot_box *box);

/* In the lower left corner; cut where it is longer than the box, or 900. */
void slot_draw_caption(struct board_view *v, const char *text, const struct slot_box *box);

#endif
