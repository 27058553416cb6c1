/* SPDX-License-Identifier: Apache-2.0
 *
 * which_page SHOT PAGES..: which of these pictures (PNG) does a picture of the display (PPM, as
 * qemu's screendump writes it fastest) show? Prints
 *
 *   page NAME SHARE NEXT    the nearest picture's name, and the share of pixels, in thousandths,
 *                           that differ from it and from the next nearest
 *   black                   nothing is lit
 *
 * A pixel differs that is more than LEVELS off in a channel. The clock of the footer and the
 * dots that tell how long a page will stay are never the same: so much less than a picture. */
#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEVELS 24
#define DARK 8 /* black, to a display that is off by a little */

__attribute__((noreturn)) static void fail(const char *path, const char *why)
{
	(void)fprintf(stderr, "%s: %s\n", path, why);
	exit(1);
}

static cairo_surface_t *load(const char *path)
{
	cairo_surface_t *s = cairo_image_surface_create_from_png(path);
	if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS)
		fail(path, cairo_status_to_string(cairo_surface_status(s)));
	return s;
}

static cairo_surface_t *load_shot(const char *path)
{
	int width, height;
	FILE *f = fopen(path, "rb");
	if (!f || fscanf(f, "P6 %d %d 255", &width, &height) != 2 || fgetc(f) == EOF)
		fail(path, "no PPM");
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	unsigned char rgb[3];
	for (int y = 0; y < height; y++) {
		uint32_t *row = (uint32_t *)(void *)(cairo_image_surface_get_data(s) +
						     (ptrdiff_t)y * cairo_image_surface_get_stride(s));
		for (int x = 0; x < width; x++) {
			if (fread(rgb, 1, 3, f) != 3)
				fail(path, "too short");
			row[x] = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
		}
	}
	(void)fclose(f);
	return s;
}

static const uint32_t *row_of(cairo_surface_t *s, int y)
{
	return (const uint32_t *)(const void *)(cairo_image_surface_get_data(s) +
						(ptrdiff_t)y * cairo_image_surface_get_stride(s));
}

static bool is_apart(uint32_t a, uint32_t b, int levels)
{
	for (int shift = 0; shift < 24; shift += 8) {
		if (abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) > levels)
			return true;
	}
	return false;
}

/* In thousandths of all pixels; of another size all differ. */
static double difference(cairo_surface_t *a, cairo_surface_t *b)
{
	int width = cairo_image_surface_get_width(a), height = cairo_image_surface_get_height(a);
	if (width != cairo_image_surface_get_width(b) || height != cairo_image_surface_get_height(b))
		return 1000;
	long apart = 0;
	for (int y = 0; y < height; y++) {
		const uint32_t *p = row_of(a, y), *q = row_of(b, y);
		for (int x = 0; x < width; x++)
			apart += is_apart(p[x], q[x], LEVELS);
	}
	return 1000.0 * (double)apart / ((double)width * height);
}

static bool is_black(cairo_surface_t *s)
{
	for (int y = 0; y < cairo_image_surface_get_height(s); y++) {
		const uint32_t *p = row_of(s, y);
		for (int x = 0; x < cairo_image_surface_get_width(s); x++) {
			if (is_apart(p[x], 0, DARK))
				return false;
		}
	}
	return true;
}

static void tell(const char *path, double best, double next)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	(void)printf("page %.*s %.1f %.1f\n", (int)strcspn(name, "."), name, best, next);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		(void)fputs("usage: which_page SHOT PAGES..\n", stderr);
		return 2;
	}
	cairo_surface_t *shot = load_shot(argv[1]);
	if (is_black(shot)) { /* a machine that boots is, for long: told at once, it is not held up */
		(void)puts("black");
		cairo_surface_destroy(shot);
		return 0;
	}
	double best = 1000, next = 1000;
	const char *nearest = argv[2];
	for (int i = 2; i < argc; i++) {
		cairo_surface_t *page = load(argv[i]);
		double d = difference(shot, page);
		cairo_surface_destroy(page);
		if (d < best) {
			next = best;
			best = d;
			nearest = argv[i];
		} else if (d < next) {
			next = d;
		}
	}
	tell(nearest, best, next);
	cairo_surface_destroy(shot);
	return 0;
}
