/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "paint/decode.h"
#include "paint/jfif.h"

#define SIDEWAYS 5 /* orientations from here on exchange width and height */
#define RIFF_HEADER 8
#define PNG_SIGNATURE 8
#define PNG_CHUNK_FRAME 12 /* length and type before its data, CRC behind */

static unsigned be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static unsigned be32(const unsigned char *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static unsigned le32(const unsigned char *p)
{
	return (unsigned)p[0] | (unsigned)p[1] << 8 | (unsigned)p[2] << 16 | (unsigned)p[3] << 24;
}

static unsigned le24(const unsigned char *p)
{
	return (unsigned)p[0] | (unsigned)p[1] << 8 | (unsigned)p[2] << 16;
}

static bool probe_png(const unsigned char *b, size_t len, struct picture_info *out)
{
	if (len < 24 || memcmp(b, "\x89PNG\r\n\x1a\n", 8) != 0 || memcmp(b + 12, "IHDR", 4) != 0)
		return false;
	*out = (struct picture_info){
		"image/png", (int)(be32(b + 16) & 0x7fffffff), (int)(be32(b + 20) & 0x7fffffff)};
	return true;
}

static bool probe_jpeg(const unsigned char *b, size_t len, struct picture_info *out)
{
	int width, height;
	if (!jfif_size(b, len, &width, &height))
		return false;
	bool is_sideways = jfif_orientation(b, len) >= SIDEWAYS;
	*out = (struct picture_info){
		"image/jpeg", is_sideways ? height : width, is_sideways ? width : height};
	return true;
}

static bool probe_webp(const unsigned char *b, size_t len, struct picture_info *out)
{
	if (len < 30 || memcmp(b, "RIFF", 4) != 0 || memcmp(b + 8, "WEBP", 4) != 0)
		return false;
	out->type = "image/webp";
	if (memcmp(b + 12, "VP8X", 4) == 0) {
		out->width = (int)le24(b + 24) + 1;
		out->height = (int)le24(b + 27) + 1;
	} else if (memcmp(b + 12, "VP8L", 4) == 0) {
		unsigned bits = le24(b + 21) | (unsigned)b[24] << 24;
		out->width = (int)(bits & 0x3fff) + 1;
		out->height = (int)(bits >> 14 & 0x3fff) + 1;
	} else if (memcmp(b + 12, "VP8 ", 4) == 0) {
		out->width = (int)(le24(b + 26) & 0x3fff);
		out->height = (int)(le24(b + 28) & 0x3fff);
	} else {
		return false;
	}
	return true;
}

static bool probe(const struct buf *bytes, const char *path, struct picture_info *out, struct err *e)
{
	const unsigned char *b = (const unsigned char *)bytes->data;
	*out = (struct picture_info){0};
	if (!probe_png(b, bytes->len, out) && !probe_jpeg(b, bytes->len, out) &&
		!probe_webp(b, bytes->len, out))
		return err_set(e, ERR_FORMAT, "%s: not a PNG, JPEG or WebP picture", path);
	bool fits = out->width >= 1 && out->height >= 1 && out->width <= PICTURE_SIDE_MAX &&
		    out->height <= PICTURE_SIDE_MAX && (long)out->width * out->height <= PICTURE_PIXELS_MAX;
	if (!fits)
		return err_set(e, ERR_FORMAT, "%s: %d x %d pixels are more than %ld", path, out->width,
			out->height, PICTURE_PIXELS_MAX);
	return true;
}

bool picture_probe(const char *path, struct picture_info *out, struct err *e)
{
	struct buf bytes = {0};
	bool ok = file_read(path, PICTURE_BYTES_MAX, &bytes, e) && probe(&bytes, path, out, e);
	buf_finish(&bytes);
	return ok;
}

/* Cairo wants colours multiplied by their alpha. */
static uint32_t multiply(uint32_t argb)
{
	uint32_t a = argb >> 24;
	uint32_t out = a << 24;
	for (int shift = 0; shift <= 16; shift += 8)
		out |= ((argb >> shift & 0xff) * a + 127) / 255 << shift;
	return out;
}

/* Where a pixel of the upright picture lies in the file's, by Exif's orientation. */
static void turn(int orientation, const struct pixels *p, int *x, int *y)
{
	int far_x = p->width - 1, far_y = p->height - 1, across = *x, down = *y;
	if (orientation >= SIDEWAYS) {
		across = *y;
		down = *x;
	}
	bool is_mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
	bool is_flipped = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
	*x = is_mirrored ? far_x - across : across;
	*y = is_flipped ? far_y - down : down;
}

static cairo_surface_t *to_cairo(const struct pixels *p, int orientation)
{
	bool is_sideways = orientation >= SIDEWAYS;
	int w = is_sideways ? p->height : p->width, h = is_sideways ? p->width : p->height;
	cairo_surface_t *out = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w, h);
	if (cairo_surface_status(out) != CAIRO_STATUS_SUCCESS) {
		cairo_surface_destroy(out);
		return NULL;
	}
	unsigned char *to = cairo_image_surface_get_data(out);
	int stride = cairo_image_surface_get_stride(out);
	for (int y = 0; y < h; y++) {
		uint32_t *to_row = (uint32_t *)(void *)(to + y * stride);
		for (int x = 0; x < w; x++) {
			int from_x = x, from_y = y;
			turn(orientation, p, &from_x, &from_y);
			to_row[x] = multiply(p->argb[(size_t)from_y * (size_t)p->width + (size_t)from_x]);
		}
	}
	cairo_surface_mark_dirty(out);
	return out;
}

/* Each chunk ends within the file, and the last one is there (PNG 1.2, 3.2). */
static bool is_whole_png(const unsigned char *b, size_t len)
{
	size_t at = PNG_SIGNATURE;
	while (len - at >= PNG_CHUNK_FRAME) {
		size_t data = be32(b + at);
		if (data > len - at - PNG_CHUNK_FRAME)
			return false;
		if (memcmp(b + at + 4, "IEND", 4) == 0)
			return true;
		at += PNG_CHUNK_FRAME + data;
	}
	return false;
}

/* Cut off, though its header is sound and its decoder would not mind; or a JPEG of so
 * many scans that its decoder would be busy for minutes. */
static bool check_body(
	const struct buf *bytes, const struct picture_info *info, const char *path, struct err *e)
{
	const unsigned char *b = (const unsigned char *)bytes->data;
	int scans = 1;
	bool is_whole = true;
	if (strcmp(info->type, "image/png") == 0)
		is_whole = is_whole_png(b, bytes->len);
	else if (strcmp(info->type, "image/jpeg") == 0)
		is_whole = (scans = jfif_count_scans(b, bytes->len)) > 0;
	else if (strcmp(info->type, "image/webp") == 0)
		is_whole = bytes->len - RIFF_HEADER >= le32(b + 4);
	if (!is_whole)
		return err_set(e, ERR_FORMAT, "%s: the picture's end is missing", path);
	return scans <= PICTURE_SCANS_MAX ||
	       err_set(e, ERR_FORMAT, "%s: %d scans are more than %d", path, scans, PICTURE_SCANS_MAX);
}

/* NULL when it is not what its header said. */
static cairo_surface_t *decode(
	const struct buf *bytes, const struct picture_info *info, char why[static DECODE_WHY_BYTES])
{
	const unsigned char *b = (const unsigned char *)bytes->data;
	decode_kind *kind = strcmp(info->type, "image/png") == 0    ? decode_png
			    : strcmp(info->type, "image/jpeg") == 0 ? decode_jpeg
								    : decode_webp;
	int orientation = jfif_orientation(b, bytes->len);
	bool is_sideways = orientation >= SIDEWAYS;
	cairo_surface_t *out = NULL;
	struct pixels p = {0};
	alloc_watch();
	bool ok = kind(b, bytes->len, &p, why);
	alloc_watched("a picture");
	if (ok && p.width == (is_sideways ? info->height : info->width) &&
		p.height == (is_sideways ? info->width : info->height))
		out = to_cairo(&p, orientation);
	free(p.argb);
	return out;
}

bool picture_load(const char *path, cairo_surface_t **out, struct err *e)
{
	struct buf bytes = {0};
	struct picture_info info;
	*out = NULL;
	bool ok = file_read(path, PICTURE_BYTES_MAX, &bytes, e) && probe(&bytes, path, &info, e) &&
		  check_body(&bytes, &info, path, e);
	if (ok) {
		char why[DECODE_WHY_BYTES] = "";
		*out = decode(&bytes, &info, why);
		ok = *out || err_set(e, ERR_FORMAT, "%s: broken picture: %s", path, why);
	}
	buf_finish(&bytes);
	return ok;
}

bool picture_check(const char *path, struct err *e)
{
	cairo_surface_t *picture;
	if (!picture_load(path, &picture, e))
		return false;
	cairo_surface_destroy(picture);
	return true;
}

/* Premultiplied, over the ground. */
static void add_pixel(uint32_t argb, uint32_t ground, uint64_t sum[static 3])
{
	uint32_t clear = 255 - (argb >> 24);
	for (int i = 0; i < 3; i++)
		sum[i] += (argb >> 8 * i & 0xff) + (ground >> 8 * i & 0xff) * clear / 255;
}

uint32_t picture_edge(cairo_surface_t *picture, uint32_t ground)
{
	int w = cairo_image_surface_get_width(picture), h = cairo_image_surface_get_height(picture);
	int stride = cairo_image_surface_get_stride(picture);
	const unsigned char *data = cairo_image_surface_get_data(picture);
	uint64_t sum[3] = {0}, count = 0;
	for (int y = 0; y < h; y++) {
		const uint32_t *row = (const uint32_t *)(const void *)(data + (ptrdiff_t)y * stride);
		bool is_edge = y == 0 || y == h - 1;
		for (int x = 0; x < w; x += is_edge || w == 1 ? 1 : w - 1, count++)
			add_pixel(row[x], ground, sum);
	}
	return (uint32_t)(sum[0] / count | sum[1] / count << 8 | sum[2] / count << 16);
}
