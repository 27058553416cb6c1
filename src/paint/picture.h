/* picture.h - pictures from files: PNG, JPEG and WebP, behind ceilings that hold
 * before anything is decoded. A photograph is turned the way its camera was held (Exif).
 * Colour profiles are ignored; alpha stays. */
#ifndef PICTURE_H
#define PICTURE_H

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define PICTURE_BYTES_MAX (32 << 20)
#define PICTURE_SIDE_MAX 8192
#define PICTURE_PIXELS_MAX (4096L * 4096L)
#define PICTURE_SCANS_MAX 64 /* encoders make about 10; each costs as much as the whole picture */

struct picture_info {
	const char *type; /* "image/png", "image/jpeg", "image/webp" */
	int width, height; /* as it is to be shown */
};

/* What the first bytes say. ERR_FORMAT when it is none of the three or too large. */
bool picture_probe(const char *path, struct picture_info *out, struct err *e);

/* The caller ends it with cairo_surface_destroy(). ERR_IO, ERR_FORMAT. */
bool picture_load(const char *path, cairo_surface_t **out, struct err *e);

/* As picture_load(), for who only asks whether it would do. */
bool picture_check(const char *path, struct err *e);

/* The mean colour of its edge, over a ground. */
uint32_t picture_edge(cairo_surface_t *picture, uint32_t ground);

#endif
