/* SPDX-License-Identifier: Apache-2.0 */
#include "board/gallery.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "paint/picture.h"

#define PICTURES_MAX 64
#define PATH_BYTES 4096
#define AGAIN_MS 60000 /* between two tries of what could not be read */

/* What a picture is scaled for: to lie within it, or to cover it. */
struct box {
	int width_px, height_px;
	bool covers;
};

struct shown {
	char *name; /* NULL: free */
	struct box box;
	cairo_surface_t *surface; /* NULL: broken, or not to be read */
	int64_t again_ms; /* monotonic: when it is tried again; INT64_MAX: it is broken */
	size_t bytes;
	unsigned used;
};

struct gallery {
	gallery_path *path;
	void *user;
	struct shown pictures[PICTURES_MAX];
	size_t bytes;
	unsigned turn;
};

struct gallery *gallery_create(gallery_path *path, void *user)
{
	struct gallery *g = alloc_zero(1, sizeof *g);
	g->path = path;
	g->user = user;
	return g;
}

static void drop(struct gallery *g, struct shown *p)
{
	if (p->surface)
		cairo_surface_destroy(p->surface);
	free(p->name);
	g->bytes -= p->bytes;
	*p = (struct shown){0};
}

void gallery_destroy(struct gallery *g)
{
	if (!g)
		return;
	for (int i = 0; i < PICTURES_MAX; i++)
		drop(g, &g->pictures[i]);
	free(g);
}

/* Takes original. */
static cairo_surface_t *scale(cairo_surface_t *original, const struct box *box)
{
	int w = cairo_image_surface_get_width(original), h = cairo_image_surface_get_height(original);
	double bx = box->width_px / (double)w, by = box->height_px / (double)h;
	double k = box->covers ? fmax(bx, by) : fmin(bx, by);
	int to_w = box->covers ? box->width_px : (int)fmax(1, round(w * k)),
	    to_h = box->covers ? box->height_px : (int)fmax(1, round(h * k));
	if (to_w == w && to_h == h)
		return original;
	bx = box->covers ? k : to_w / (double)w;
	by = box->covers ? k : to_h / (double)h;
	cairo_surface_t *out = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, to_w, to_h);
	cairo_t *cr = cairo_create(out);
	cairo_translate(cr, (to_w - w * bx) / 2, (to_h - h * by) / 2);
	cairo_scale(cr, bx, by);
	cairo_set_source_surface(cr, original, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BEST);
	cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
	cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
	cairo_paint(cr);
	cairo_destroy(cr);
	cairo_surface_destroy(original);
	return out;
}

/* A picture that is broken stays so; a disk may get well again. */
static cairo_surface_t *load(struct gallery *g, const char *name, const struct box *box, int64_t *again_ms)
{
	char path[PATH_BYTES];
	struct err e = {0};
	cairo_surface_t *original = NULL;
	*again_ms = clock_mono_ms() + AGAIN_MS;
	if (!g->path(g->user, name, path, sizeof path))
		log_line(LOG_WARNING, "gallery: no such picture: %s", name);
	else if (!picture_load(path, &original, &e))
		log_line(LOG_WARNING, "gallery: %s: %s", name, e.text);
	if (e.kind == ERR_FORMAT)
		*again_ms = INT64_MAX;
	return original ? scale(original, box) : NULL;
}

static struct shown *find(struct gallery *g, const char *name, const struct box *box)
{
	for (int i = 0; i < PICTURES_MAX; i++) {
		struct shown *p = &g->pictures[i];
		if (p->name && strcmp(p->name, name) == 0 && p->box.width_px == box->width_px &&
			p->box.height_px == box->height_px && p->box.covers == box->covers)
			return p;
	}
	return NULL;
}

static struct shown *oldest(struct gallery *g)
{
	struct shown *found = &g->pictures[0];
	for (int i = 0; i < PICTURES_MAX; i++) {
		if (!g->pictures[i].name)
			return &g->pictures[i];
		if (g->pictures[i].used < found->used)
			found = &g->pictures[i];
	}
	return found;
}

/* Lets the pictures that were not wanted for longest go, but for one. */
static void keep_small(struct gallery *g, const struct shown *kept)
{
	while (g->bytes > GALLERY_BYTES_MAX) {
		struct shown *victim = NULL;
		for (int i = 0; i < PICTURES_MAX; i++) {
			struct shown *q = &g->pictures[i];
			if (q->bytes && q != kept && (!victim || q->used < victim->used))
				victim = q;
		}
		if (!victim)
			return;
		drop(g, victim);
	}
}

static cairo_surface_t *get(struct gallery *g, const char *name, const struct box *box)
{
	if (!g)
		return NULL;
	struct shown *p = find(g, name, box);
	g->turn++;
	if (!p || (!p->surface && p->again_ms <= clock_mono_ms())) {
		int64_t again_ms;
		cairo_surface_t *s = load(g, name, box, &again_ms);
		p = p ? p : oldest(g);
		drop(g, p);
		*p = (struct shown){.name = alloc_text(name), .box = *box, .surface = s, .again_ms = again_ms};
		if (s)
			p->bytes = (size_t)cairo_image_surface_get_stride(s) *
				   (size_t)cairo_image_surface_get_height(s);
		g->bytes += p->bytes;
	}
	p->used = g->turn;
	keep_small(g, p);
	return p->surface;
}

cairo_surface_t *gallery_get(struct gallery *g, const char *name, int max_width_px, int max_height_px)
{
	return get(g, name, &(struct box){max_width_px, max_height_px, false});
}

cairo_surface_t *gallery_cover(struct gallery *g, const char *name, int width_px, int height_px)
{
	return get(g, name, &(struct box){width_px, height_px, true});
}
