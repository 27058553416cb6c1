/* picture_write.h - pictures as bytes of a file: the same pixels give the same bytes.
 *
 * Nothing but pixels is written: no place, no camera, no time. */
#ifndef PICTURE_WRITE_H
#define PICTURE_WRITE_H

#include <cairo.h>
#include <stdbool.h>

#include "base/buf.h"

/* Cairo's ARGB32 or RGB24; alpha is written where any pixel has it. Packed for speed: a page
 * of 1920 x 1080 takes some 15 ms. Appends to out. False: too large for memory. */
bool picture_write_png(cairo_surface_t *picture, struct buf *out);

/* Alpha is dropped. */
bool picture_write_jpeg(cairo_surface_t *picture, struct buf *out);

bool picture_has_alpha(cairo_surface_t *picture);

#endif
