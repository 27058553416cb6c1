/* SPDX-License-Identifier: Apache-2.0
 *
 * picture_diff GOLDEN GOT ERR: is a page what it was? Writes ERR (golden | got |
 * difference) and ends with 1 when it is not. picture_diff GOT GOLDEN makes a
 * golden picture from a page.
 *
 * Golden pictures are small: a page reduced by a whole factor to about 640 pixels
 * along its longer side, with 17 levels a channel; a page is reduced the same way
 * before it is compared. The same fonts and libraries give the same pixels, and
 * then nothing differs. Another build of FreeType or Cairo rounds coverage along
 * edges differently, by a few levels in scattered pixels; so what is judged is the
 * mean difference of each 16 x 16 tile, about a character. There a
 * rounded edge makes less than 1 and one character put for another over 10. */
#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define LONG_SIDE 640
#define LEVEL 16 /* a channel keeps multiples of this */
#define TILE 16
#define TILE_MEAN_MAX 4.0
#define SHOWN_GAIN 4 /* how much brighter the difference is drawn */

struct picture {
	int width, height;
	uint32_t *pixels; /* 0x00RRGGBB */
};

static int channel(uint32_t pixel, int i)
{
	return (int)(pixel >> (8 * i) & 0xff);
}

static bool load(const char *path, struct picture *out)
{
	cairo_surface_t *s = cairo_image_surface_create_from_png(path);
	if (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS) {
		(void)fprintf(stderr, "%s: %s\n", path, cairo_status_to_string(cairo_surface_status(s)));
		cairo_surface_destroy(s);
		return false;
	}
	int stride = cairo_image_surface_get_stride(s);
	const unsigned char *data = cairo_image_surface_get_data(s);
	out->width = cairo_image_surface_get_width(s);
	out->height = cairo_image_surface_get_height(s);
	size_t row = (size_t)out->width * sizeof *out->pixels;
	out->pixels = alloc_zero((size_t)out->height, row);
	for (int y = 0; y < out->height; y++)
		memcpy(out->pixels + (ptrdiff_t)y * out->width, data + (ptrdiff_t)y * stride, row);
	cairo_surface_destroy(s);
	return true;
}

static bool save(const struct picture *p, const char *path)
{
	cairo_surface_t *s = cairo_image_surface_create_for_data((unsigned char *)p->pixels,
		CAIRO_FORMAT_RGB24, p->width, p->height, p->width * (int)sizeof *p->pixels);
	cairo_status_t status = cairo_surface_write_to_png(s, path);
	cairo_surface_destroy(s);
	if (status != CAIRO_STATUS_SUCCESS)
		(void)fprintf(stderr, "%s: %s\n", path, cairo_status_to_string(status));
	return status == CAIRO_STATUS_SUCCESS;
}

/* The mean of by x by pixels, to the nearest level. */
static uint32_t reduce_pixel(const struct picture *p, int x, int y, int by)
{
	uint32_t out = 0;
	for (int i = 0; i < 3; i++) {
		int sum = 0;
		for (int dy = 0; dy < by; dy++) {
			for (int dx = 0; dx < by; dx++)
				sum += channel(
					p->pixels[(ptrdiff_t)(y * by + dy) * p->width + x * by + dx], i);
		}
		int level = (sum / (by * by) + LEVEL / 2) / LEVEL * LEVEL;
		out |= (uint32_t)(level > 255 ? 255 : level) << (8 * i);
	}
	return out;
}

static struct picture reduce(const struct picture *p)
{
	int side = p->width > p->height ? p->width : p->height;
	int by = side / LONG_SIDE > 2 ? side / LONG_SIDE : 2;
	struct picture out = {.width = p->width / by, .height = p->height / by};
	out.pixels = alloc_zero((size_t)out.width * (size_t)out.height, sizeof *out.pixels);
	for (int y = 0; y < out.height; y++) {
		for (int x = 0; x < out.width; x++)
			out.pixels[(ptrdiff_t)y * out.width + x] = reduce_pixel(p, x, y, by);
	}
	return out;
}

static uint32_t difference(uint32_t a, uint32_t b, int *sum)
{
	uint32_t shown = 0;
	for (int i = 0; i < 3; i++) {
		int d = abs(channel(a, i) - channel(b, i));
		*sum += d;
		shown |= (uint32_t)(d * SHOWN_GAIN > 255 ? 255 : d * SHOWN_GAIN) << (8 * i);
	}
	return shown;
}

/* The mean difference of the tile at (left, top). */
static double compare_tile(const struct picture *a, const struct picture *b, int left, int top)
{
	int sum = 0, count = 0;
	for (int y = top; y < top + TILE && y < a->height; y++) {
		for (int x = left; x < left + TILE && x < a->width; x++) {
			ptrdiff_t at = (ptrdiff_t)y * a->width + x;
			(void)difference(a->pixels[at], b->pixels[at], &sum);
			count += 3;
		}
	}
	return (double)sum / count;
}

static double compare(const struct picture *a, const struct picture *b)
{
	double most = 0;
	for (int y = 0; y < a->height; y += TILE) {
		for (int x = 0; x < a->width; x += TILE) {
			double mean = compare_tile(a, b, x, y);
			if (mean > most && mean > TILE_MEAN_MAX)
				(void)fprintf(stderr, "tile at %d,%d differs by %.1f\n", x, y, mean);
			most = mean > most ? mean : most;
		}
	}
	return most;
}

static bool save_error(const struct picture *a, const struct picture *b, const char *path)
{
	int w = a->width, sum = 0;
	struct picture out = {.width = 3 * w, .height = a->height};
	out.pixels = alloc_zero((size_t)out.width * (size_t)out.height, sizeof *out.pixels);
	for (int y = 0; y < a->height; y++) {
		uint32_t *row = out.pixels + (ptrdiff_t)y * out.width;
		for (int x = 0; x < w; x++) {
			ptrdiff_t at = (ptrdiff_t)y * w + x;
			row[x] = a->pixels[at];
			row[w + x] = b->pixels[at];
			row[2 * w + x] = difference(a->pixels[at], b->pixels[at], &sum);
		}
	}
	bool ok = save(&out, path);
	free(out.pixels);
	return ok;
}

static int judge(const struct picture *golden, const struct picture *got, const char *err_path)
{
	if (golden->width != got->width || golden->height != got->height) {
		(void)fprintf(stderr, "%d x %d where %d x %d was\n", got->width, got->height, golden->width,
			golden->height);
		return 1;
	}
	if (compare(golden, got) <= TILE_MEAN_MAX)
		return 0;
	(void)save_error(golden, got, err_path);
	return 1;
}

int main(int argc, char **argv)
{
	struct picture page = {0}, golden = {0};
	if (argc != 3 && argc != 4) {
		(void)fprintf(stderr, "usage: picture_diff GOLDEN GOT ERR | picture_diff GOT GOLDEN\n");
		return 2;
	}
	if (!load(argv[argc - 2], &page))
		return 2;
	struct picture got = reduce(&page);
	int result;
	if (argc == 3)
		result = save(&got, argv[2]) ? 0 : 2;
	else
		result = load(argv[1], &golden) ? judge(&golden, &got, argv[3]) : 2;
	free(page.pixels);
	free(golden.pixels);
	free(got.pixels);
	return result;
}
