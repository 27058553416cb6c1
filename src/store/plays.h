/* plays.h - proof of play: how often and how long each page was shown, as kiosk.plays.
 *
 * Sums that only grow, by day, content and page, under the name of the run of counting that
 * they belong to: who reads them twice counts nothing twice. At most PLAYS_MAX; the oldest
 * day makes room. Not durable; a file that is lost begins another run. One thread. */
#ifndef PLAYS_H
#define PLAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/status.h"

#define PLAYS_MAX 512
#define PLAYS_RUN_TEXT 17

struct play {
	struct status_shown what; /* is_stale does not count */
	int64_t times, ms;
};

struct plays {
	char run[PLAYS_RUN_TEXT]; /* 16 hex digits */
	struct play rows[PLAYS_MAX];
	int count;
};

/* What the folder has; else an empty run with a name of its own. */
void plays_begin(struct plays *p, const char *folder);

/* False when there is none or it is not whole. */
bool plays_read(struct plays *p, const char *folder);
bool plays_write(const struct plays *p, const char *folder, struct err *e);

/* The row of what is shown; made when there is none. Valid until the next call. */
struct play *plays_row(struct plays *p, const struct status_shown *what);

#endif
