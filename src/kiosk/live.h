/* live.h - which values of a page that stands are other ones in a new version.
 *
 * Two paintings of a page are listened to; a text with a figure in it that stands where
 * another stood has changed and is marked for a while (visual specification, 7, live
 * values). Pure. */
#ifndef LIVE_H
#define LIVE_H

#include <stdbool.h>

#include "paint/canvas.h"

#define LIVE_TEXTS_MAX 400
#define LIVE_MARKS_MAX 16
#define LIVE_TEXT_BYTES 96

struct live_text {
	double x, y, w, size;
	char text[LIVE_TEXT_BYTES];
};

struct live_page {
	struct live_text texts[LIVE_TEXTS_MAX];
	int count;
};

struct live_mark {
	double x, y, w; /* the line under a changed value, in design units */
};

/* A canvas_listener; user: a struct live_page. */
void live_listen(void *page, const struct draw_op *op);

/* True when the two pages do not say the same. */
bool live_differs(const struct live_page *before, const struct live_page *after);

/* Writes the marks of changed values, at most LIVE_MARKS_MAX; returns how many. */
int live_changes(const struct live_page *before, const struct live_page *after, struct live_mark *out);

#endif
