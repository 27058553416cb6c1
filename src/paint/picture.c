/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/picture.h"

#include <SDL.h>
#include <SDL_image.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"

static unsigned be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static unsigned be32(const unsigned char *p)
{
	return be16(p) << 16 | be16(p + 2);
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

/* The frame header (SOF0..15 but DHT, JPG, DAC) behind the other segments. */
static bool probe_jpeg(const unsigned char *b, size_t len, struct picture_info *out)
{
	if (len < 4 || b[0] != 0xff || b[1] != 0xd8)
		return false;
	for (size_t at = 2; at + 9 < len && b[at] == 0xff;) {
		unsigned marker = b[at + 1];
		bool is_frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
				marker != 0xcc;
		if (is_frame) {
			*out = (struct picture_info){
				"image/jpeg", (int)be16(b + at + 7), (int)be16(b + at + 5)};
			return true;
		}
		at += marker == 0xff ? 1 : 2 + (size_t)be16(b + at + 2);
	}
	return false;
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

static cairo_surface_t *to_cairo(SDL_Surface *s)
{
	cairo_surface_t *out = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, s->w, s->h);
	if (cairo_surface_status(out) != CAIRO_STATUS_SUCCESS) {
		cairo_surface_destroy(out);
		return NULL;
	}
	unsigned char *to = cairo_image_surface_get_data(out);
	int stride = cairo_image_surface_get_stride(out);
	for (int y = 0; y < s->h; y++) {
		const uint32_t *row =
			(const uint32_t *)(const void *)((const char *)s->pixels + y * s->pitch);
		uint32_t *to_row = (uint32_t *)(void *)(to + y * stride);
		for (int x = 0; x < s->w; x++)
			to_row[x] = multiply(row[x]);
	}
	cairo_surface_mark_dirty(out);
	return out;
}

bool picture_load(const char *path, cairo_surface_t **out, struct err *e)
{
	struct buf bytes = {0};
	struct picture_info info;
	*out = NULL;
	if (!file_read(path, PICTURE_BYTES_MAX, &bytes, e) || !probe(&bytes, path, &info, e)) {
		buf_finish(&bytes);
		return false;
	}
	SDL_Surface *decoded = IMG_Load_RW(SDL_RWFromConstMem(bytes.data, (int)bytes.len), 1);
	SDL_Surface *argb = decoded ? SDL_ConvertSurfaceFormat(decoded, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
	if (argb && argb->w == info.width && argb->h == info.height)
		*out = to_cairo(argb);
	SDL_FreeSurface(argb);
	SDL_FreeSurface(decoded);
	buf_finish(&bytes);
	return *out || err_set(e, ERR_FORMAT, "%s: broken picture: %s", path, IMG_GetError());
}
