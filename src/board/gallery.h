/* gallery.h - the version's pictures, decoded when first shown and kept at the
 * size they are shown in. One thread. */
#ifndef GALLERY_H
#define GALLERY_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

#define GALLERY_BYTES_MAX (24u << 20) /* two full-screen pictures at 1920 x 1080, and some */

struct gallery;

/* Where media are: writes the path for a media name, or returns false. */
typedef bool gallery_path(void *user, const char *name, char *out, size_t room);

struct gallery *gallery_create(gallery_path *path, void *user);
void gallery_destroy(struct gallery *g); /* NULL is fine */

/* Scaled to lie within the box, aspect kept; borrowed until the next call. NULL
 * when there is no such picture, it is broken, or there is no gallery (g NULL): the
 * board draws what it has instead. */
cairo_surface_t *gallery_get(struct gallery *g, const char *name, int max_width_px, int max_height_px);

/* Scaled to cover the box, what lies over it cropped from the middle; likewise. */
cairo_surface_t *gallery_cover(struct gallery *g, const char *name, int width_px, int height_px);

#endif
