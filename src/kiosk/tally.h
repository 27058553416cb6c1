/* tally.h - counts how often and how long each page stands on the display, for proof of play
 * (store/plays.h). For the window's thread: what it has presented counts, nothing else. */
#ifndef TALLY_H
#define TALLY_H

#include "store/plays.h"

struct tally {
	struct plays plays;
	struct status_shown on; /* what stands there; page "": nothing yet */
	int64_t since_ms;
};

/* Goes on from what the folder has; NULL: from nothing. */
void tally_begin(struct tally *t, const char *folder);

/* This stands there now (monotonic ms): it begins, or goes on. */
void tally_note(struct tally *t, const struct status_shown *what, int64_t now_ms);

#endif
