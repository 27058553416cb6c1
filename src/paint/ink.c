/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/ink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define OPAQUE 0xff000000u
#define AHEAD 8 /* pieces that may come or go between two that are the same */
#define NEAR_PX 4096 /* pixels drawn in vain rather than a rectangle more */

struct list {
	struct ink *items;
	struct point *points;
	int count, room, point_count, point_room;
};

struct ink_sheet {
	struct list noted, drawn;
	bool is_drawn;
};

/* ---- drawing ------------------------------------------------------------------ */

static void set_source(cairo_t *cr, uint32_t rgb)
{
	cairo_set_source_rgb(cr, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

static void add_stop(cairo_pattern_t *p, double at, uint32_t rgb)
{
	cairo_pattern_add_color_stop_rgb(
		p, at, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

static void draw_gradient(cairo_t *cr, const struct ink *i)
{
	cairo_pattern_t *p = cairo_pattern_create_linear(0, i->at[0], 0, i->at[1]);
	add_stop(p, 0, i->rgb);
	add_stop(p, 1, i->lower_rgb);
	cairo_set_source(cr, p);
	cairo_pattern_destroy(p);
	cairo_rectangle(cr, i->box.x, i->box.y, i->box.w, i->box.h);
	cairo_fill(cr);
}

static void draw_round(cairo_t *cr, const struct ink *i)
{
	const double *inner = i->at + INK_ROUND_INNER;
	stamp_box_path(cr, i->at[0], i->at[1], i->at[2], i->at[3], i->at[4]);
	if (inner[2] > 0)
		stamp_box_path(cr, inner[0], inner[1], inner[2], inner[3], inner[4]);
	cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
	cairo_fill(cr);
	cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
}

static void draw_disc(cairo_t *cr, const struct ink *i)
{
	if (i->at[4] - i->at[3] < 2 * M_PI)
		cairo_move_to(cr, i->at[0], i->at[1]);
	cairo_arc(cr, i->at[0], i->at[1], i->at[2], i->at[3], i->at[4]);
	cairo_close_path(cr);
	cairo_fill(cr);
}

static void draw_ring(cairo_t *cr, const struct ink *i)
{
	cairo_set_line_width(cr, i->at[3]);
	cairo_arc(cr, i->at[0], i->at[1], i->at[2], 0, 2 * M_PI);
	cairo_stroke(cr);
}

static void draw_points(cairo_t *cr, const struct ink *i, const struct point *points)
{
	for (int n = 0; n < i->point_count; n++)
		cairo_line_to(cr, i->at[0] + points[n].x * i->at[2], i->at[1] + points[n].y * i->at[2]);
	if (i->kind == INK_POLYGON) {
		cairo_close_path(cr);
		cairo_fill(cr);
		return;
	}
	cairo_set_line_width(cr, i->at[3]);
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_MITER);
	cairo_stroke(cr);
}

static void draw_picture(cairo_t *cr, const struct ink *i)
{
	double sx = i->box.w / (double)cairo_image_surface_get_width(i->image);
	double sy = i->box.h / (double)cairo_image_surface_get_height(i->image);
	cairo_save(cr);
	cairo_rectangle(cr, i->box.x, i->box.y, i->box.w, i->box.h);
	cairo_clip(cr);
	cairo_translate(cr, i->box.x, i->box.y);
	cairo_scale(cr, sx, sy);
	cairo_set_source_surface(cr, i->image, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
	cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
	cairo_paint_with_alpha(cr, i->at[0]);
	cairo_restore(cr);
}

/* Of the box, what may be touched. */
static SDL_Rect allowed(cairo_surface_t *to, const SDL_Rect *box, const SDL_Rect *clip)
{
	SDL_Rect all = {0, 0, cairo_image_surface_get_width(to), cairo_image_surface_get_height(to)}, in;
	if (!SDL_IntersectRect(box, clip, &in) || !SDL_IntersectRect(&in, &all, &in))
		in = (SDL_Rect){0, 0, 0, 0};
	return in;
}

/* What pages have most of, rectangles and text, goes to pixman without a detour: Cairo needs longer
 * to find out that it may. */
static void fill(const struct ink_plate *p, SDL_Rect box, uint32_t rgb, const SDL_Rect *clip)
{
	cairo_surface_t *to = cairo_get_target(p->cairo);
	SDL_Rect in = allowed(to, &box, clip);
	if (in.w == 0)
		return;
	cairo_surface_flush(to);
	(void)pixman_fill(pixman_image_get_data(p->pixels), pixman_image_get_stride(p->pixels) / 4, 32, in.x,
		in.y, in.w, in.h, rgb | OPAQUE);
	cairo_surface_mark_dirty(to);
}

static uint16_t wide(uint32_t rgb, int shift)
{
	return (uint16_t)((rgb >> shift & 0xff) * 0x101);
}

static void draw_mask(const struct ink_plate *p, cairo_surface_t *mask, int left, int top, uint32_t rgb,
	const SDL_Rect *clip)
{
	cairo_surface_t *to = cairo_get_target(p->cairo);
	SDL_Rect box = {left, top, cairo_image_surface_get_width(mask), cairo_image_surface_get_height(mask)};
	SDL_Rect in = allowed(to, &box, clip);
	if (in.w == 0)
		return;
	const pixman_color_t color = {wide(rgb, 16), wide(rgb, 8), wide(rgb, 0), 0xffff};
	pixman_image_t *source = pixman_image_create_solid_fill(&color);
	pixman_image_t *coverage = pixman_image_create_bits_no_clear(PIXMAN_a8, box.w, box.h,
		(uint32_t *)(void *)cairo_image_surface_get_data(mask), cairo_image_surface_get_stride(mask));
	if (!source || !coverage)
		abort();
	cairo_surface_flush(to);
	pixman_image_composite32(PIXMAN_OP_OVER, source, coverage, p->pixels, 0, 0, in.x - left, in.y - top,
		in.x, in.y, in.w, in.h);
	cairo_surface_mark_dirty(to);
	(void)pixman_image_unref(coverage);
	(void)pixman_image_unref(source);
}

/* A filled box with round corners, of whole pixels: plain boxes, and corners that are kept. False: its
 * corners would meet, or none like them are kept. */
static bool stamp_box(const struct ink_plate *p, const struct ink *i, const SDL_Rect *clip)
{
	SDL_Rect b = i->box;
	int r = (int)ceil(i->at[4]);
	bool has_hole = i->at[INK_ROUND_INNER + 2] > 0;
	cairo_surface_t *corners =
		has_hole || r <= 0 || b.w < 2 * r || b.h < 2 * r ? NULL : stamp_corners(p->stamps, i->at[4]);
	if (!corners)
		return false;
	fill(p, (SDL_Rect){b.x + r, b.y, b.w - 2 * r, r}, i->rgb, clip);
	fill(p, (SDL_Rect){b.x, b.y + r, b.w, b.h - 2 * r}, i->rgb, clip);
	fill(p, (SDL_Rect){b.x + r, b.y + b.h - r, b.w - 2 * r, r}, i->rgb, clip);
	for (int n = 0; n < 4; n++) {
		bool is_right = n & 1, is_low = n & 2;
		SDL_Rect at = {is_right ? b.x + b.w - r : b.x, is_low ? b.y + b.h - r : b.y, r, r}, seen;
		if (SDL_IntersectRect(&at, clip, &seen))
			draw_mask(p, corners, is_right ? at.x - r : at.x, is_low ? at.y - r : at.y, i->rgb,
				&seen);
	}
	return true;
}

/* False: it is none that is kept. */
static bool stamp(const struct ink_plate *p, const struct ink *i, double stroke, const SDL_Rect *clip)
{
	int left, top;
	cairo_surface_t *mask = stamp_find(p->stamps, i->at[0], i->at[1], i->at[2], stroke, &left, &top);
	if (mask)
		draw_mask(p, mask, left, top, i->rgb, clip);
	return mask != NULL;
}

void ink_draw(
	const struct ink_plate *p, const struct ink *i, const struct point *points, const SDL_Rect *clip)
{
	cairo_t *cr = p->cairo;
	if (i->kind != INK_RECT && i->kind != INK_MASK)
		set_source(cr, i->rgb);
	switch (i->kind) {
	case INK_RECT:
		fill(p, i->box, i->rgb, clip);
		break;
	case INK_GRADIENT:
		draw_gradient(cr, i);
		break;
	case INK_ROUND:
		if (!stamp_box(p, i, clip))
			draw_round(cr, i);
		break;
	case INK_DISC:
		if (i->at[4] - i->at[3] < 2 * M_PI || !stamp(p, i, 0, clip))
			draw_disc(cr, i);
		break;
	case INK_RING:
		if (!stamp(p, i, i->at[3], clip))
			draw_ring(cr, i);
		break;
	case INK_POLYGON:
	case INK_POLYLINE:
		draw_points(cr, i, points);
		break;
	case INK_MASK:
		draw_mask(p, i->image, i->box.x, i->box.y, i->rgb, clip);
		break;
	case INK_PICTURE:
		draw_picture(cr, i);
		break;
	}
}

/* ---- lists -------------------------------------------------------------------- */

static void clear(struct list *l)
{
	for (int i = 0; i < l->count; i++)
		cairo_surface_destroy(l->items[i].image);
	l->count = l->point_count = 0;
}

static void *with_room(void *items, int *room, int count, size_t size)
{
	if (count <= *room)
		return items;
	while (*room < count)
		*room = *room ? *room * 2 : 64;
	return alloc_bytes_again(items, (size_t)*room * size);
}

static bool is_same_rect(const SDL_Rect *a, const SDL_Rect *b)
{
	return a->x == b->x && a->y == b->y && a->w == b->w && a->h == b->h;
}

static bool is_same(const struct list *la, int ia, const struct list *lb, int ib)
{
	const struct ink *a = &la->items[ia], *b = &lb->items[ib];
	return a->kind == b->kind && a->rgb == b->rgb && a->lower_rgb == b->lower_rgb &&
	       a->image == b->image && a->point_count == b->point_count && is_same_rect(&a->box, &b->box) &&
	       is_same_rect(&a->clip, &b->clip) && memcmp(a->at, b->at, sizeof a->at) == 0 &&
	       (a->point_count == 0 || memcmp(la->points + a->points_at, lb->points + b->points_at,
					       (size_t)a->point_count * sizeof(struct point)) == 0);
}

/* ---- what differs ----------------------------------------------------------------- */

struct damage {
	SDL_Rect all, *rects;
	int count, max;
};

static int64_t area(const SDL_Rect *r)
{
	return (int64_t)r->w * r->h;
}

/* Of every piece with every rectangle, as do_meet(): not calls of SDL's. */
static SDL_Rect around(const SDL_Rect *a, const SDL_Rect *b)
{
	int x0 = a->x < b->x ? a->x : b->x, x1 = a->x + a->w > b->x + b->w ? a->x + a->w : b->x + b->w;
	int y0 = a->y < b->y ? a->y : b->y, y1 = a->y + a->h > b->y + b->h ? a->y + a->h : b->y + b->h;
	return (SDL_Rect){x0, y0, x1 - x0, y1 - y0};
}

/* Pixels that one rectangle around both has more than the two. */
static int64_t cost_of_joining(const SDL_Rect *a, const SDL_Rect *b)
{
	SDL_Rect both = around(a, b);
	return area(&both) - area(a) - area(b);
}

static void drop(struct damage *d, int i)
{
	d->rects[i] = d->rects[--d->count];
}

static bool is_within(const SDL_Rect *r, const SDL_Rect *of)
{
	return r->x >= of->x && r->y >= of->y && r->x + r->w <= of->x + of->w && r->y + r->h <= of->y + of->h;
}

/* The one that costs least to join. */
static int nearest(const struct damage *d, const SDL_Rect *r)
{
	int at = 0;
	int64_t least = INT64_MAX;
	for (int i = 0; i < d->count; i++) {
		int64_t cost = cost_of_joining(&d->rects[i], r);
		if (cost < least) {
			least = cost;
			at = i;
		}
	}
	return at;
}

static void damage(struct damage *d, SDL_Rect r)
{
	if (!SDL_IntersectRect(&r, &d->all, &r))
		return;
	for (int i = 0; i < d->count; i++) {
		if (is_within(&r, &d->rects[i]))
			return;
	}
	while (d->count > 0) { /* what has grown may lie near others */
		int i = nearest(d, &r);
		if (d->count < d->max && cost_of_joining(&d->rects[i], &r) > NEAR_PX)
			break;
		r = around(&d->rects[i], &r);
		drop(d, i);
	}
	d->rects[d->count++] = r;
}

static void damage_until(struct damage *d, const struct list *l, int *from, int to)
{
	for (; *from < to; (*from)++)
		damage(d, l->items[*from].touched);
}

/* The next pair that is the same, a little way on; false: none. */
static bool find_pair(const struct list *a, int ia, const struct list *b, int ib, int *at_a, int *at_b)
{
	for (int sum = 0; sum <= AHEAD; sum++) {
		for (int i = 0; i <= sum; i++) {
			int j = sum - i;
			if (ia + i >= a->count || ib + j >= b->count || !is_same(a, ia + i, b, ib + j))
				continue;
			*at_a = ia + i;
			*at_b = ib + j;
			return true;
		}
	}
	return false;
}

static void compare(const struct list *a, const struct list *b, struct damage *d)
{
	int ia = 0, ib = 0, next_a, next_b;
	while (ia < a->count && ib < b->count) {
		bool is_pair = find_pair(a, ia, b, ib, &next_a, &next_b);
		damage_until(d, a, &ia, is_pair ? next_a : ia + 1);
		damage_until(d, b, &ib, is_pair ? next_b : ib + 1);
		ia += is_pair;
		ib += is_pair;
	}
	damage_until(d, a, &ia, a->count);
	damage_until(d, b, &ib, b->count);
}

/* None is of less than nothing. */
static bool do_meet(const SDL_Rect *a, const SDL_Rect *b)
{
	return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

/* What of the list lies in a rectangle. */
static void draw_in(const struct list *l, const struct ink_plate *p, const SDL_Rect *in)
{
	cairo_t *cr = p->cairo;
	SDL_Rect now = {0};
	for (int i = 0; i < l->count; i++) {
		const struct ink *item = &l->items[i];
		SDL_Rect clip;
		if (!do_meet(&item->touched, in))
			continue;
		(void)SDL_IntersectRect(in, &item->clip, &clip);
		if (!is_same_rect(&clip, &now)) {
			cairo_reset_clip(cr);
			cairo_rectangle(cr, clip.x, clip.y, clip.w, clip.h);
			cairo_clip(cr);
			now = clip;
		}
		ink_draw(p, item, l->points + item->points_at, &clip);
	}
	cairo_reset_clip(cr);
}

/* ---- sheets ------------------------------------------------------------------- */

struct ink_sheet *ink_sheet_create(void)
{
	return alloc_zero(1, sizeof(struct ink_sheet));
}

static void finish(struct list *l)
{
	clear(l);
	free(l->items);
	free(l->points);
}

void ink_sheet_destroy(struct ink_sheet *s)
{
	if (!s)
		return;
	finish(&s->noted);
	finish(&s->drawn);
	free(s);
}

void ink_sheet_begin(struct ink_sheet *s)
{
	clear(&s->noted);
}

void ink_sheet_add(struct ink_sheet *s, const struct ink *i, const struct point *points)
{
	struct list *l = &s->noted;
	l->items = with_room(l->items, &l->room, l->count + 1, sizeof *l->items);
	l->points = with_room(l->points, &l->point_room, l->point_count + i->point_count, sizeof *l->points);
	struct ink *new = &l->items[l->count++];
	*new = *i;
	if (!SDL_IntersectRect(&new->box, &new->clip, &new->touched))
		new->touched = (SDL_Rect){0, 0, 0, 0};
	new->points_at = l->point_count;
	if (i->point_count > 0)
		memcpy(l->points + l->point_count, points, (size_t)i->point_count * sizeof *points);
	l->point_count += i->point_count;
	if (new->image)
		(void)cairo_surface_reference(new->image);
}

int ink_sheet_settle(struct ink_sheet *s, const struct ink_plate *p, int w, int h, SDL_Rect *out, int max)
{
	struct damage d = {.all = {0, 0, w, h}, .rects = out, .max = max};
	if (s->is_drawn)
		compare(&s->drawn, &s->noted, &d);
	else
		damage(&d, d.all);
	for (int i = 0; i < d.count; i++)
		draw_in(&s->noted, p, &out[i]);
	struct list before = s->drawn;
	s->drawn = s->noted;
	s->noted = before;
	s->is_drawn = true;
	return d.count;
}

void ink_sheet_forget(struct ink_sheet *s)
{
	clear(&s->noted);
	clear(&s->drawn);
	s->is_drawn = false;
}

/* ---- plates ------------------------------------------------------------------- */

struct ink_plate ink_plate_create(void *pixels, int width, int height, int pitch)
{
	cairo_surface_t *surface =
		cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_RGB24, width, height, pitch);
	struct ink_plate p = {.cairo = cairo_create(surface),
		.pixels = pixman_image_create_bits_no_clear(PIXMAN_x8r8g8b8, width, height, pixels, pitch),
		.stamps = stamp_set_create()};
	cairo_surface_destroy(surface);
	if (cairo_status(p.cairo) != CAIRO_STATUS_SUCCESS || !p.pixels)
		abort();
	return p;
}

void ink_plate_finish(struct ink_plate *p)
{
	if (!p->cairo)
		return;
	cairo_destroy(p->cairo);
	(void)pixman_image_unref(p->pixels);
	stamp_set_destroy(p->stamps);
}
