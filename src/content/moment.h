/* moment.h - a moment as content sees it: what day it is at the site, and
 * whether anybody knows.
 *
 * Time may age content, never unlock it: what is embargoed is released by
 * unlock_utc_s, which follows the clock only while the clock is trusted. */
#ifndef MOMENT_H
#define MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/civil.h"

struct moment {
	int64_t utc_s;
	int64_t unlock_utc_s;
	bool is_trusted; /* something may be said about now, and counted from it */
	bool has_clock; /* the time is known, however old the content may be */
	struct civil local;
	int32_t today; /* days since 1970-01-01, at the site */
	int minute; /* of the day, 0..1439 */
};

/* floor_utc_s: a time that has passed for certain (signed by a publisher). */
struct moment moment_at(const char *zone, int64_t utc_s, bool is_trusted, int64_t floor_utc_s);

/* The same moment for content that is too old to say anything about it. What has ended
 * by the clock has ended all the same. */
struct moment moment_stale(const struct moment *m);

#endif
