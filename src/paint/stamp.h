/* stamp.h - small discs and rings as coverage, kept: a unit chart has hundreds of them, and to
 * rasterise one takes longer than to lay it down. One thread. */
#ifndef STAMP_H
#define STAMP_H

#include <cairo.h>

#define STAMP_RADIUS_MAX 40 /* px, with half the stroke */

struct stamp_set;

struct stamp_set *stamp_set_create(void);
void stamp_set_destroy(struct stamp_set *s); /* NULL is fine */

/* A disc, or with a stroke a ring, around a point; its A8 coverage is borrowed and good until the
 * next call. *left, *top: where it lies. NULL: larger than those that are kept. */
cairo_surface_t *stamp_find(
	struct stamp_set *s, double cx, double cy, double r, double stroke, int *left, int *top);

#endif
