/* stamp.h - small discs, rings and round corners as coverage, kept: a unit chart has hundreds of them, and
 * to rasterise one takes longer than to lay it down. One thread. */
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

/* The four corners of a box, in a square of twice ceil(r) pixels; likewise borrowed. NULL: too large. */
cairo_surface_t *stamp_corners(struct stamp_set *s, double r);

/* A box with round corners, no rounder than it can have; r 0: a plain one. */
void stamp_box_path(cairo_t *cr, double x, double y, double w, double h, double r);

#endif
