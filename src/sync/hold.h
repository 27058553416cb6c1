/* hold.h - for how long a server is asked to hold its answer back (Prefer: wait, RFC 7240).
 *
 * The longer, the less goes over the wire while nothing happens. What stands between may cut a connection
 * that is silent for a minute: so it begins with 25 s and asks for twice as long, up to 200 s, after each
 * answer that was held to its end; after one that broke for 25 s again, and then for more only after many
 * that held. Pure. */
#ifndef HOLD_H
#define HOLD_H

#include <stdbool.h>
#include <stdint.h>

#define HOLD_MIN_S 25
#define HOLD_MAX_S 200

struct hold {
	int longer; /* how often it was doubled */
	int limit; /* at which doubling it broke the last time; 0: it never did */
	int held; /* to their end in a row, since it was doubled */
};

int hold_s(const struct hold *h);

/* An answer that took so long to come: was it held back to its end? */
bool hold_is_whole(const struct hold *h, int64_t took_ms);

/* It was. */
void hold_went_well(struct hold *h);

/* No answer came: may that be for its having been held too long? Then the next is asked for without delay. */
bool hold_broke(struct hold *h, int64_t took_ms);

#endif
