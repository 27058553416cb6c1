/* status.h - what fangzi-sync and fangzi-kiosk last said of themselves, as key=value lines.
 *
 * Not durable: written without fsync when something changed, and at most every ten
 * minutes otherwise, so that a memory card lasts. Readers take nothing in it on
 * trust; garbage reads as "nothing said". */
#ifndef STATUS_H
#define STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define STATUS_TEXT_MAX 640

struct status {
	int64_t last_ok_utc_s; /* the last answer that held; 0: never */
	int64_t last_try_utc_s;
	bool is_online; /* the last try got an answer that held */
	char last_error[STATUS_TEXT_MAX]; /* "" when the last try was fine */
};

bool status_write(const char *folder, const struct status *s, struct err *e);

/* False when there is none or it cannot be read. */
bool status_read(const char *folder, struct status *out);

#define STATUS_RUNTIME_FOLDER "/run/fangzi-kiosk" /* the unit's: it cannot write the state folder */

/* What the screen found when it looked at what it presents (kiosk/witness.h). */
struct status_screen {
	int64_t started_utc_s, looked_utc_s;
	uint64_t picture; /* hash of what stands there */
	int64_t incidents; /* since the start: what stood there was not what was painted */
	int64_t incident_utc_s; /* the last one; 0: none */
	char incident[64];
};

bool status_screen_write(const char *folder, const struct status_screen *s, struct err *e);
bool status_screen_read(const char *folder, struct status_screen *out); /* as status_read() */

/* Some fangzi-sync holds the folder's lock: somebody keeps the status up to date. */
bool status_is_watched(const char *folder);

#endif
