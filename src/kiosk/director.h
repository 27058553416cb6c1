/* director.h - the thread that runs the show: it knows what is to be seen at every
 * moment, paints it, hands it over, and sleeps until the next visible change.
 *
 * Everything that paints happens here, because SDL_ttf wants one thread. */
#ifndef DIRECTOR_H
#define DIRECTOR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/clock.h"
#include "kiosk/handover.h"
#include "kiosk/options.h"

struct director;

/* Opens fonts and what is kept. Options, trust and handover are borrowed until the
 * end. trust is empty when there is none: nothing but the emblem can be shown. */
bool director_start(struct director **out, const struct options *o, const struct buf *trust, struct handover *h,
	struct err *e);

/* After handover_end(): waits for the thread. NULL is fine. */
void director_stop(struct director *d);

/* With --once: a whole rotation was shown. Any thread. */
bool director_is_done(const struct director *d);

#endif
