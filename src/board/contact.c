/* SPDX-License-Identifier: Apache-2.0 */
#include "board/contact.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/file.h"
#include "paint/fit.h"

#define SHEET_WIDTH 1920
#define SHEET_HEIGHT 1080
#define MARGIN 24.0
#define GAP 24.0
#define NAME_HEIGHT 44.0
#define NAME_SIZE 28.0
#define ROWS_WIDE 3 /* of pages that are wider than high */
#define ROWS_HIGH 2

struct contact {
	const char *folder;
	struct canvas *sheet;
	double w, h; /* of a thumbnail */
	int columns, rows;
	int count, sheets; /* thumbnails on this sheet; sheets written */
};

struct contact *contact_create(const char *folder, struct font_set *fonts)
{
	struct contact *k = alloc_zero(1, sizeof *k);
	k->folder = folder;
	k->sheet = canvas_create(SHEET_WIDTH, SHEET_HEIGHT, fonts);
	return k;
}

static void plan(struct contact *k, const SDL_Surface *page)
{
	double aspect = page->w / (double)page->h;
	k->rows = aspect >= 1 ? ROWS_WIDE : ROWS_HIGH;
	k->h = (SHEET_HEIGHT - 2 * MARGIN) / k->rows - NAME_HEIGHT - GAP / 2;
	k->w = k->h * aspect;
	k->columns = (int)((SHEET_WIDTH - 2 * MARGIN + GAP) / (k->w + GAP));
	k->columns = k->columns < 1 ? 1 : k->columns;
}

static bool write_sheet(struct contact *k, struct err *e)
{
	char name[32], path[PATH_MAX];
	k->sheets++;
	k->count = 0;
	(void)snprintf(name, sizeof name, k->sheets > 1 ? "contact-%d.png" : "contact.png", k->sheets);
	if (!file_join(path, sizeof path, k->folder, name))
		return err_set(e, ERR_IO, "%s: path too long", k->folder);
	return canvas_write_png(k->sheet, path, e);
}

static void draw_thumbnail(struct contact *k, SDL_Surface *page, const char *name)
{
	double x = MARGIN + (k->count % k->columns) * (k->w + GAP);
	double y = MARGIN + (k->count / k->columns) * (k->h + NAME_HEIGHT + GAP / 2);
	cairo_surface_t *pixels = cairo_image_surface_create_for_data(
		page->pixels, CAIRO_FORMAT_RGB24, page->w, page->h, page->pitch);
	canvas_picture(k->sheet, pixels, x, y, k->w, k->h);
	canvas_outline(k->sheet, x, y, k->w, k->h, 0, 2, TOKEN_MID);
	cairo_surface_destroy(pixels);
	struct arena a = {0};
	struct fit_role role = {.size = NAME_SIZE,
		.floor = NAME_SIZE,
		.max_width = k->w,
		.max_lines = 1,
		.weight = FONT_REGULAR};
	fit_line(k->sheet, &a, x, y + k->h + 32, TEXT_LEFT, name, &role, TOKEN_FG);
	arena_finish(&a);
}

bool contact_add(struct contact *k, struct canvas *page, const char *name, struct err *e)
{
	SDL_Surface *surface = canvas_surface(page);
	if (!k->columns)
		plan(k, surface);
	if (k->count == k->columns * k->rows && !write_sheet(k, e))
		return false;
	if (k->count == 0)
		canvas_clear(k->sheet, theme_hall());
	draw_thumbnail(k, surface, name);
	k->count++;
	return true;
}

bool contact_finish(struct contact *k, struct err *e)
{
	if (!k)
		return true;
	bool ok = k->count == 0 || write_sheet(k, e);
	canvas_destroy(k->sheet);
	free(k);
	return ok;
}
