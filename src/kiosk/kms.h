/* kms.h - a display without a desktop and without GL: memory that the card scans out
 * (Linux DRM, "dumb buffers": drm-memory(7), drm-kms(7)).
 *
 * What SDL has for this draws a surface through OpenGL, which on a card without a GPU is
 * computed by the processor: seven times the memory, and calls that succeed while the screen
 * stays black. For the main thread. */
#ifndef KMS_H
#define KMS_H

#include <SDL.h>
#include <stdbool.h>

#include "base/err.h"
#include "kiosk/card.h"
#include "paint/canvas.h"

struct kms;

/* Takes the card and lights the connector in the mode of that size, else in the one that the
 * display prefers; other connectors of the card go dark. ERR_BUSY, with what stands in the
 * way: no right, another program, a display that just went. */
bool kms_open(struct kms **out, const struct card_connector *at, struct size wanted, struct err *e);
void kms_close(struct kms *k); /* NULL is fine */

struct size kms_size(const struct kms *k);

/* "card0 HDMI-A-1, framebuffer, flips": for the log. */
const char *kms_way(const struct kms *k);

/* Shows rectangles of a canvas, turned. When it returns they are on their way to the display.
 * ERR_IO. */
bool kms_present(
	struct kms *k, SDL_Surface *canvas, int turns, const SDL_Rect *rects, int count, struct err *e);

/* Puts its display to sleep, or wakes it. False: it cannot be done here. */
bool kms_sleep(struct kms *k, bool is_asleep);

/* The memory that is scanned out now. Borrowed. */
SDL_Surface *kms_front(struct kms *k);

#endif
