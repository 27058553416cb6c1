/* gather.h - a report, from what the screen, the feed's side and the box say. */
#ifndef GATHER_H
#define GATHER_H

#include "feed/report.h"
#include "store/status.h"

/* What the feed's side found at its last look. */
struct gather_feed {
	int64_t synced_at_utc_s; /* the last answer that held; 0: none yet */
	char result[STATUS_TEXT_MAX]; /* "ok", or what went wrong */
	int64_t refused_version; /* 0: none */
	bool is_clock_set;
};

/* All but who and which: screen and seq are the caller's, and so are the plays. */
void gather_report(struct report *r, const struct status_screen *s, const struct gather_feed *feed,
	const char *state, int64_t now_utc_s);

#endif
