/* backoff.h - how long to wait before the next look.
 *
 * After success: the poll interval with 10 % jitter. After errors: exponential
 * with full jitter (a random part of the whole span), up to 15 minutes, so that
 * many screens do not knock together. Pure: randomness is a parameter. */
#ifndef BACKOFF_H
#define BACKOFF_H

#include <stdint.h>

#define BACKOFF_MAX_MS (15 * 60 * 1000)

/* random: 0 <= random < 1. failures: in a row; 0: it worked. */
int64_t backoff_ms(int64_t poll_ms, int failures, double random);

#endif
