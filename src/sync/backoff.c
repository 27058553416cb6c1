/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/backoff.h"

#define JITTER 0.1

int64_t backoff_ms(int64_t poll_ms, int failures, double random)
{
	if (failures == 0)
		return (int64_t)((double)poll_ms * (1 - JITTER + 2 * JITTER * random));
	int64_t span = poll_ms;
	for (int i = 0; i < failures && span < BACKOFF_MAX_MS; i++)
		span *= 2;
	if (span > BACKOFF_MAX_MS)
		span = BACKOFF_MAX_MS;
	/* Never at once: a server that is down need not be asked without pause. */
	int64_t least = poll_ms / 2 < span ? poll_ms / 2 : span;
	return least + (int64_t)((double)(span - least) * random);
}
