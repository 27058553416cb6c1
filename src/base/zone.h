/* zone.h - the site's wall clock: UTC to local civil time and back.
 *
 * Uses the C library's time zone data (package tzdata). The C library knows
 * one zone at a time, so a change of zone is made under a lock; any thread. */
#ifndef ZONE_H
#define ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/civil.h"

/* True for an IANA name that this machine has data for ("Asia/Shanghai"). */
bool zone_is_known(const char *name);

struct civil zone_local(const char *name, int64_t utc_s);

/* The first UTC second that has this local time or, in a gap, comes after it. */
int64_t zone_utc(const char *name, const struct civil *local);

#endif
