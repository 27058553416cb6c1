/* clock.h - the only place that reads a clock.
 *
 * Everything that decides takes its time as a parameter; programs read it here
 * once a turn. A clock may be started at a given moment (--at) and then runs
 * on from there with the monotonic clock: the same show at any hour. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct clock {
	bool injected;
	int64_t start_utc_ms; /* of an injected clock */
	int64_t start_mono_ms;
};

/* Follows the system's clock. */
struct clock clock_system(void);

/* Starts at utc_s now. */
struct clock clock_started_at(int64_t utc_s);

/* Milliseconds since the epoch. */
int64_t clock_utc_ms(const struct clock *c);

/* Milliseconds that never jump; suspends count (CLOCK_BOOTTIME). */
int64_t clock_mono_ms(void);
int64_t clock_mono_us(void); /* the same, in microseconds */

/* The kernel says that its clock is synchronised (adjtimex(2)); where the sandbox forbids to
 * ask, systemd-timesyncd has said so since boot; or the clock is an injected one. */
bool clock_is_synchronised(const struct clock *c);

#endif
