/* courier.h - the thread that speaks with the hub: pairing, reports, pictures.
 *
 * Beside the feed's: a hub that is down, slow or evil costs a retry later and nothing else.
 * What it says to the screen stands in device.status (store/status.h). */
#ifndef COURIER_H
#define COURIER_H

#include "base/clock.h"
#include "sync/gather.h"
#include "sync/options.h"

struct courier;

/* Without a hub in o: *out is NULL, and nothing is ever sent. What hinders it is logged, and
 * *out is NULL as well: the feed goes on. o is borrowed. */
void courier_start(struct courier **out, const struct sync_options *o, const struct clock *clock);

/* What the feed's side found; any thread. c NULL is fine. */
void courier_tell(struct courier *c, const struct gather_feed *feed);

/* Ends the thread, within a second or two. NULL is fine. */
void courier_stop(struct courier *c);

#endif
