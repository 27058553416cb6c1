/* handover.h - finished pictures from the thread that paints to the one that shows.
 *
 * One picture is on its way at a time. Whoever painted it must not touch its canvas
 * until it was shown. Also carries the window's size, and the end, the other way.
 * A frame arrives as an SDL event of a type of its own, so that one wait serves both. */
#ifndef HANDOVER_H
#define HANDOVER_H

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

#include "kiosk/gesture.h"
#include "kiosk/light.h"
#include "kiosk/options.h"
#include "paint/canvas.h"
#include "store/status.h"

struct handover;

/* Why a frame was painted. */
enum handover_kind {
	FRAME_PAGE,
	FRAME_MOTION,
	FRAME_TICK,
	FRAME_TICKER,
	FRAME_FILM,
	FRAME_ALERT,
	FRAME_LOOK, /* nothing new: what stands there is to be read back */
};

struct handover_frame {
	enum handover_kind kind;
	SDL_Surface *surface;
	enum light light; /* what the display is to do */
	int64_t late_ms; /* how long the page has outstayed its time */
	SDL_Rect rects[CANVAS_RECTS_MAX]; /* what changed */
	int count;
	struct status_shown shown; /* what it says to the public; page "": as before */
	char picture[24]; /* of a look: it is kept as a picture of this name; "": it is not */
};

/* What the showing thread has to say. */
struct handover_news {
	bool is_over;
	struct size size; /* of the canvas */
	SDL_Surface *lent; /* the window's own, to be painted upon until it is another one; NULL: none is */
	uint64_t wishes; /* how often the whole picture was wanted again */
	uint64_t touches; /* how often somebody touched it, and how the last time */
	struct gesture gesture;
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

/* Wants the show to end: the other thread gets SDL_QUIT. Any thread. */
void handover_ask_end(struct handover *h);

/* ---- the thread that shows ---- */

/* Readable when an event was pushed: for displays that SDL can only poll. */
int handover_event_fd(const struct handover *h);
void handover_event_read(struct handover *h);

/* The frame that is on its way; handover_shown() lets the other thread go on. */
bool handover_take(struct handover *h, struct handover_frame *out);
void handover_shown(struct handover *h);
void handover_resize(struct handover *h, struct size size, SDL_Surface *lent);
void handover_wish(struct handover *h); /* the whole picture, again */
void handover_touch(struct handover *h, const struct gesture *g);
void handover_end(struct handover *h);

#endif
