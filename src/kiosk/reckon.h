/* reckon.h - what time it is for the show, and whether that may be believed. */
#ifndef RECKON_H
#define RECKON_H

#include "kiosk/scene.h"

/* Sets the times and what the head says (NULL: there is none); leaves the rest. */
void reckon_now(struct scene_now *now, const struct clock *c, const struct source_head *h);

#endif
