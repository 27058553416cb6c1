/* SPDX-License-Identifier: Apache-2.0 */
#include "board/gallery.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "paint/picture.h"

#define PICTURES_MAX 64
#define PATH_BYTES 4096

struct shown {
	char *name; /* NULL: free */
	int max_width_px, max_height_px;
	cairo_surface_t *surface; /* NULL: broken, and not tried again */
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
static cairo_surface_t *scale(cairo_surface_t *original, int max_width_px, int max_height_px)
{
	int w = cairo_image_surface_get_width(original), h = cairo_image_surface_get_height(original);
	double by = fmin(max_width_px / (double)w, max_height_px / (double)h);
	int to_w = (int)fmax(1, round(w * by)), to_h = (int)fmax(1, round(h * by));
	if (to_w == w && to_h == h)
		return original;
	cairo_surface_t *out = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, to_w, to_h);
	cairo_t *cr = cairo_create(out);
	cairo_scale(cr, to_w / (double)w, to_h / (double)h);
	cairo_set_source_surface(cr, original, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BEST);
	cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
	cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
	cairo_paint(cr);
	cairo_destroy(cr);
	cairo_surface_destroy(original);
	return out;
}

static cairo_surface_t *load(struct gallery *g, const char *name, int max_width_px, int max_height_px)
{
	char path[PATH_BYTES];
	struct err e = {0};
	cairo_surface_t *original = NULL;
	if (!g->path(g->user, name, path, sizeof path))
		log_line(LOG_WARNING, "gallery: no such picture: %s", name);
	else if (!picture_load(path, &original, &e))
		log_line(LOG_WARNING, "gallery: %s: %s", name, e.text);
	return original ? scale(original, max_width_px, max_height_px) : NULL;
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

cairo_surface_t *gallery_get(struct gallery *g, const char *name, int max_width_px, int max_height_px)
{
	g->turn++;
	for (int i = 0; i < PICTURES_MAX; i++) {
		struct shown *p = &g->pictures[i];
		if (p->name && strcmp(p->name, name) == 0 && p->max_width_px == max_width_px &&
			p->max_height_px == max_height_px) {
			p->used = g->turn;
			return p->surface;
		}
	}
	cairo_surface_t *s = load(g, name, max_width_px, max_height_px);
	struct shown *p = oldest(g);
	drop(g, p);
	*p = (struct shown){alloc_text(name), max_width_px, max_height_px, s, 0, g->turn};
	if (s)
		p->bytes =
			(size_t)cairo_image_surface_get_stride(s) * (size_t)cairo_image_surface_get_height(s);
	g->bytes += p->bytes;
	while (g->bytes > GALLERY_BYTES_MAX) {
		struct shown *victim = NULL;
		for (int i = 0; i < PICTURES_MAX; i++) {
			struct shown *q = &g->pictures[i];
			if (q->bytes && q != p && (!victim || q->used < victim->used))
				victim = q;
		}
		if (!victim)
			break;
		drop(g, victim);
	}
	return p->surface;
}
