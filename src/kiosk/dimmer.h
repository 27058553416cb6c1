/* dimmer.h - a copy of the picture that is darker, for the night.
 *
 * The picture itself stays as it is, so that parts of it can be painted anew. One thread. */
#ifndef DIMMER_H
#define DIMMER_H

#include <SDL.h>
#include <stdbool.h>

#include "content/moment.h"
#include "kiosk/options.h"

struct dimmer {
	int pct; /* of the light that is left at night; 0: no night is set */
	int from, to; /* minutes of the day; to before from: passes midnight */
	SDL_Surface *copy; /* NULL: by day */
};

/* What o says. ERR_USAGE. */
bool dimmer_set(struct dimmer *d, const struct options *o, struct err *e);
void dimmer_finish(struct dimmer *d);

/* A night begins with a moment in it that is known. */
bool dimmer_is_night(const struct dimmer *d, const struct moment *now);

/* The copy, with these rectangles brought up to date; all of it when it is new. */
SDL_Surface *dimmer_copy(struct dimmer *d, const SDL_Surface *from, const SDL_Rect *rects, int count);

/* By day there is none. */
void dimmer_drop(struct dimmer *d);

#endif
