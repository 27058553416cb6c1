/* setup.h - the page of a screen whose settings are missing or wrong: what is to be done. */
#ifndef BOARD_SETUP_H
#define BOARD_SETUP_H

#include "paint/canvas.h"

/* lines: a headline and what follows it, at least one; those that do not fit are left out. */
void board_paint_setup(struct canvas *c, const char *const *lines, int count);

#endif
