/* picture_kit.h - picture files for tests, made on the spot. */
#ifndef PICTURE_KIT_H
#define PICTURE_KIT_H

#include <SDL_image.h>
#include <cairo.h>
#include <stdlib.h>

#include "base/buf.h"

static inline void kit_jpeg(SDL_Surface *s, struct buf *out)
{
	static char room[1 << 20];
	SDL_RWops *rw = SDL_RWFromMem(room, sizeof room);
	if (IMG_SaveJPG_RW(s, rw, 0, 100) != 0)
		abort();
	buf_add(out, room, (size_t)SDL_RWtell(rw));
	SDL_RWclose(rw);
}

static inline cairo_status_t kit_add_bytes(void *user, const unsigned char *bytes, unsigned len)
{
	buf_add(user, (const char *)bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

/* One colour, with alpha. */
static inline void kit_png(int width, int height, uint32_t argb, struct buf *out)
{
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
	cairo_t *cr = cairo_create(s);
	cairo_set_source_rgba(cr, (argb >> 16 & 0xFF) / 255.0, (argb >> 8 & 0xFF) / 255.0,
		(argb & 0xFF) / 255.0, (argb >> 24) / 255.0);
	cairo_paint(cr);
	cairo_destroy(cr);
	if (cairo_surface_write_to_png_stream(s, kit_add_bytes, out) != CAIRO_STATUS_SUCCESS)
		abort();
	cairo_surface_destroy(s);
}

/* 4 x 2, lossless, the last pixel transparent; written by libwebp. */
static const unsigned char kit_webp[] = {0x52, 0x49, 0x46, 0x46, 0x34, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42,
	0x50, 0x56, 0x50, 0x38, 0x4C, 0x27, 0x00, 0x00, 0x00, 0x2F, 0x03, 0x40, 0x00, 0x10, 0x3F, 0x30, 0xFF,
	0x02, 0x82, 0x22, 0xFF, 0x47, 0x13, 0x10, 0x14, 0xF9, 0x3F, 0xDA, 0xFC, 0x07, 0x20, 0x33, 0x24, 0x84,
	0x07, 0x02, 0x01, 0xCA, 0x60, 0x58, 0xE8, 0x83, 0x05, 0x22, 0xFA, 0x1F, 0x7B, 0x03, 0x00};

#endif
