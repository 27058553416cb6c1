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

/* Where the screen's status is: the folder that was named, or the newer one of the state folder
 * and its unit's. */
const char *gather_screen_folder(const char *named, const char *state);

/* The display, as a word of the report; "" when nobody looked. */
const char *gather_display(const struct status_screen *s, int64_t now_utc_s);

/* All but who and which: screen and seq are the caller's, and so are the plays. */
void gather_report(struct report *r, const struct status_screen *s, const struct gather_feed *feed,
	const char *state, int64_t now_utc_s);

#endif
