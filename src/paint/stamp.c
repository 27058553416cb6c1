/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/stamp.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"

#define SLOTS 512
#define STEPS 256 /* of a pixel, as fine as Cairo's own numbers */
#define CORNERS (-1) /* as a stroke: not around a centre */

struct stamp {
	int x, y, r; /* in steps; of the centre within its pixel */
	int stroke; /* likewise; 0: a disc; or CORNERS */
	cairo_surface_t *coverage; /* NULL: a free slot */
};

struct stamp_set {
	struct stamp stamps[SLOTS];
};

struct stamp_set *stamp_set_create(void)
{
	return alloc_zero(1, sizeof(struct stamp_set));
}

void stamp_set_destroy(struct stamp_set *s)
{
	if (!s)
		return;
	for (int i = 0; i < SLOTS; i++)
		cairo_surface_destroy(s->stamps[i].coverage);
	free(s);
}

/* Pixels from the centre's to the stamp's edge. */
static int reach_of(const struct stamp *s)
{
	return (s->r + (s->stroke + 1) / 2) / STEPS + 2;
}

void stamp_box_path(cairo_t *cr, double x, double y, double w, double h, double r)
{
	r = fmin(r, fmin(w, h) / 2);
	if (r <= 0) {
		cairo_rectangle(cr, x, y, w, h);
		return;
	}
	cairo_new_sub_path(cr);
	cairo_arc(cr, x + w - r, y + r, r, -M_PI_2, 0);
	cairo_arc(cr, x + w - r, y + h - r, r, 0, M_PI_2);
	cairo_arc(cr, x + r, y + h - r, r, M_PI_2, M_PI);
	cairo_arc(cr, x + r, y + r, r, M_PI, 3 * M_PI_2);
	cairo_close_path(cr);
}

static int side_of(const struct stamp *s)
{
	return s->stroke == CORNERS ? 2 * ((s->r + STEPS - 1) / STEPS) : 2 * reach_of(s) + 1;
}

static cairo_surface_t *paint(const struct stamp *s)
{
	int side = side_of(s), reach = reach_of(s);
	double r = s->r / (double)STEPS;
	cairo_surface_t *out = cairo_image_surface_create(CAIRO_FORMAT_A8, side, side);
	cairo_t *cr = cairo_create(out);
	if (s->stroke == CORNERS)
		stamp_box_path(cr, 0, 0, side, side, r);
	else
		cairo_arc(cr, reach + s->x / (double)STEPS, reach + s->y / (double)STEPS, r, 0, 2 * M_PI);
	cairo_set_line_width(cr, s->stroke / (double)STEPS);
	if (s->stroke > 0)
		cairo_stroke(cr);
	else
		cairo_fill(cr);
	if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
		abort();
	cairo_destroy(cr);
	cairo_surface_flush(out);
	return out;
}

static unsigned slot_of(const struct stamp *s)
{
	uint32_t h = (uint32_t)s->x * 2654435761u;
	h = (h ^ (uint32_t)s->y) * 2246822519u;
	h = (h ^ (uint32_t)s->r) * 3266489917u;
	h = (h ^ (uint32_t)s->stroke) * 668265263u;
	return h >> 16 & (SLOTS - 1);
}

static struct stamp *keep(struct stamp_set *s, const struct stamp *want)
{
	struct stamp *kept = &s->stamps[slot_of(want)];
	if (!kept->coverage || kept->x != want->x || kept->y != want->y || kept->r != want->r ||
		kept->stroke != want->stroke) {
		cairo_surface_destroy(kept->coverage);
		*kept = *want;
		kept->coverage = paint(want);
	}
	return kept;
}

cairo_surface_t *stamp_find(
	struct stamp_set *s, double cx, double cy, double r, double stroke, int *left, int *top)
{
	if (r + stroke / 2 > STAMP_RADIUS_MAX)
		return NULL;
	const struct stamp *kept = keep(s, &(struct stamp){.x = (int)lround((cx - floor(cx)) * STEPS),
						   .y = (int)lround((cy - floor(cy)) * STEPS),
						   .r = (int)lround(r * STEPS),
						   .stroke = (int)lround(stroke * STEPS)});
	*left = (int)floor(cx) - reach_of(kept);
	*top = (int)floor(cy) - reach_of(kept);
	return kept->coverage;
}

cairo_surface_t *stamp_corners(struct stamp_set *s, double r)
{
	if (r > STAMP_RADIUS_MAX)
		return NULL;
	return keep(s, &(struct stamp){.r = (int)lround(r * STEPS), .stroke = CORNERS})->coverage;
}
