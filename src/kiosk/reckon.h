/* reckon.h - what time it is for the show, and whether that may be believed. */
#ifndef RECKON_H
#define RECKON_H

#include "kiosk/news.h"
#include "kiosk/scene.h"

/* Sets the times and what the head says (NULL: there is none); leaves the rest. */
void reckon_now(struct scene_now *now, const struct clock *c, const struct source_head *h);

/* Since when nobody was reached, and whether a code is to be shown. */
void reckon_freshness(struct scene_now *now, struct news *n, int64_t mono_ms, bool has_content);

/* What a page says of how fresh it is, and when, is not the same any more. */
bool reckon_differs(const struct scene_now *a, const struct scene_now *b);

#endif
