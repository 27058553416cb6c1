/* ink.h - what a canvas lays on its pixels, piece by piece: drawn at once, or listed first, so
 * that of two pictures only what differs is drawn.
 *
 * In pixels of the surface, colours as they come out. What a list keeps of an image is a
 * reference. One thread. */
#ifndef INK_H
#define INK_H

#include <SDL.h>
#include <cairo.h>
#include <pixman.h>
#include <stdbool.h>
#include <stdint.h>

#include "paint/draw.h"
#include "paint/stamp.h"

enum ink_kind {
	INK_RECT, /* box */
	INK_GRADIENT, /* box; at: y of the upper colour, of the lower one */
	INK_ROUND, /* at: x, y, w, h, radius; from INK_ROUND_INNER on likewise of a hole, or 0 */
	INK_DISC, /* at: cx, cy, radius, from, to (radians, from 3 o'clock); less than a turn: a slice */
	INK_RING, /* at: cx, cy, radius, stroke */
	INK_POLYGON, /* points; at: left, top, scale of theirs */
	INK_POLYLINE, /* points; at: left, top, scale, stroke */
	INK_MASK, /* image: coverage, at the box's corner */
	INK_PICTURE, /* image, scaled into box; at: opacity */
};

#define INK_ROUND_INNER 5
#define INK_NUMBERS (2 * INK_ROUND_INNER)

struct ink {
	enum ink_kind kind;
	uint32_t rgb, lower_rgb; /* 0xRRGGBB */
	SDL_Rect box; /* no pixel outside it is touched, nor outside clip */
	SDL_Rect clip, touched; /* of a sheet's; touched: of the box, what lies within clip */
	double at[INK_NUMBERS];
	int points_at, point_count; /* of a sheet's */
	cairo_surface_t *image;
};

/* What it is drawn on: 0xffRRGGBB, native byte order. */
struct ink_plate {
	cairo_t *cairo;
	pixman_image_t *pixels; /* the same ones */
	struct stamp_set *stamps;
};

/* The pixels are borrowed; pitch in bytes. */
struct ink_plate ink_plate_create(void *pixels, int width, int height, int pitch);
void ink_plate_finish(struct ink_plate *p); /* of zeros is fine */

/* points: of INK_POLYGON and INK_POLYLINE; clip: what Cairo was told. */
void ink_draw(
	const struct ink_plate *p, const struct ink *i, const struct point *points, const SDL_Rect *clip);

/* A picture that is noted, and the one before it, that was drawn. */
struct ink_sheet;

struct ink_sheet *ink_sheet_create(void);
void ink_sheet_destroy(struct ink_sheet *s); /* NULL is fine */
void ink_sheet_begin(struct ink_sheet *s);
void ink_sheet_add(struct ink_sheet *s, const struct ink *i, const struct point *points);

/* Draws of the picture that was noted what differs from the one before: up to max rectangles of a
 * surface of that size, which may overlap; all of it when none was drawn before. Returns how many. */
int ink_sheet_settle(struct ink_sheet *s, const struct ink_plate *p, int w, int h, SDL_Rect *out, int max);

/* Something else was drawn: none was before. Memory stays, for the next. */
void ink_sheet_forget(struct ink_sheet *s);

#endif
