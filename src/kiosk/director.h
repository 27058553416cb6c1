/* director.h - the thread that runs the show: it knows what is to be seen at every
 * moment, paints it, hands it over, and sleeps until the next visible change.
 *
 * Everything that paints happens here, because SDL_ttf wants one thread. It also
 * looks after fangzi-sync, and hears the signals that end the program. */
#ifndef DIRECTOR_H
#define DIRECTOR_H

#include "kiosk/handover.h"
#include "kiosk/options.h"

struct director;

/* Starts the thread; fonts and what is kept are opened there, while the window
 * opens here. Options and handover are borrowed until the end. Without --trust nothing but the
 * emblem can be shown. */
struct director *director_start(const struct options *o, struct handover *h);

/* After handover_end(): waits for the thread. False: it could not go on, and why. */
bool director_stop(struct director *d, struct err *e);

#endif
