/* decode.h - the pixels of PNG, JPEG and WebP files, each by its own library.
 *
 * Not by SDL_image, which brings decoders of ten more kinds: loading these took as long as
 * the first page. What is decoded was looked through before (picture.c). */
#ifndef DECODE_H
#define DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DECODE_WHY_BYTES 200 /* what a library says at most of a failure */

struct pixels {
	int width, height;
	uint32_t *argb; /* not multiplied by alpha, rows without gaps; free() it, also after a failure */
};

/* False: broken, and why. */
typedef bool decode_kind(
	const unsigned char *bytes, size_t len, struct pixels *out, char why[static DECODE_WHY_BYTES]);

decode_kind decode_png, decode_jpeg, decode_webp;

#endif
