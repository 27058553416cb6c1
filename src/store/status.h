/* status.h - what fangzi-sync last said of itself, as key=value lines.
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

/* Some fangzi-sync holds the folder's lock: somebody keeps the status up to date. */
bool status_is_watched(const char *folder);

#endif
