/* town.h - a townscape of station, gables and a mine's headframe, drawn in the theme's
 * colours: what stands in a place's slot when there is no picture. */
#ifndef TOWN_H
#define TOWN_H

#include "board/slot.h"

void town_draw(struct canvas *c, const struct slot_box *box);

#endif
