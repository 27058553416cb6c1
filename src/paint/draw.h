/* draw.h - what a canvas tells of what is drawn on it, primitive by primitive. */
#ifndef DRAW_H
#define DRAW_H

#include <stdbool.h>

#include "paint/font.h"
#include "paint/theme.h"

struct point {
	double x, y;
};

enum draw_kind {
	DRAW_RECT, /* also rounded; stroke > 0: outline */
	DRAW_CIRCLE,
	DRAW_PIE,
	DRAW_POLYGON,
	DRAW_POLYLINE,
	DRAW_GRADIENT,
	DRAW_PICTURE,
	DRAW_TEXT,
};

/* One primitive, in design units, as it was asked for. */
struct draw_op {
	enum draw_kind kind;
	double x, y, w, h; /* bounding box; of text: pen, baseline, width, size */
	double radius, stroke;
	enum token color;

	/* Of DRAW_TEXT alone. */
	enum font_weight weight;
	const char *text; /* valid during the call */
	double max_width; /* the room it had, 0: none said */
	int kept; /* words were left out of it: how many characters are left of the whole (fit.h) */
	bool is_right; /* it was set from its right end */
};

typedef void canvas_listener(void *user, const struct draw_op *op);

#endif
