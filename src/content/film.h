/* film.h - which media are films, and whether a file is one that screens can be asked to play:
 * H.264 in MP4 (ISO/IEC 14496-12 and -15), upright, of at most full HD.
 *
 * Nothing is decoded here: only the boxes around the film are read. Pure. */
#ifndef FILM_H
#define FILM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define FILM_TYPE "video/mp4"
#define FILM_SIDE_MAX 1920
#define FILM_PIXELS_MAX (1920 * 1088) /* H.264 rounds 1080 up to whole macroblocks */

struct film_info {
	int width, height;
};

/* The name ends in .mp4, and is more than that. */
bool film_is_name(const char *name);

/* The first bytes are an MP4's. */
bool film_is_likely(const void *bytes, size_t len);

/* ERR_FORMAT: what is wrong with it. */
bool film_probe(const void *bytes, size_t len, struct film_info *out, struct err *e);

#endif
