/* handover.h - finished pictures from the thread that paints to the one that shows.
 *
 * One picture is on its way at a time. Whoever painted it must not touch its canvas
 * until it was shown. Also carries the window's size, and the end, the other way. */
#ifndef HANDOVER_H
#define HANDOVER_H

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

#include "kiosk/options.h"

#define HANDOVER_RECTS_MAX 8

struct handover;

struct handover_frame {
	SDL_Surface *surface;
	SDL_Rect rects[HANDOVER_RECTS_MAX]; /* what changed */
	int count;
};

/* What the showing thread has to say. */
struct handover_news {
	bool is_over;
	struct size size; /* of the canvas */
	uint64_t shown;   /* frames that were presented */
	int64_t shown_ms; /* when the last one was (monotonic) */
};

struct handover *handover_create(void);
void handover_destroy(struct handover *h); /* NULL is fine */

/* ---- the thread that paints ---- */

/* Becomes readable when there is news; read it with handover_news(). */
int handover_fd(const struct handover *h);
struct handover_news handover_news(struct handover *h);

/* Gives a frame and wakes the other thread. The one before must have been shown. */
void handover_give(struct handover *h, const struct handover_frame *f);

/* Waits until the last frame was shown. False: it is over. */
bool handover_wait_shown(struct handover *h);

/* ---- the thread that shows ---- */

/* The SDL event type that announces a frame. */
Uint32 handover_event(const struct handover *h);
bool handover_take(struct handover *h, struct handover_frame *out);
void handover_shown(struct handover *h);
void handover_resize(struct handover *h, struct size size);
void handover_end(struct handover *h);

#endif
