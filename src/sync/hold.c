/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/hold.h"

#define EARLY_MS 900 /* clocks differ by so much */
#define AGAIN_AFTER 20

int hold_s(const struct hold *h)
{
	int s = HOLD_MIN_S << h->longer;
	return s < HOLD_MAX_S ? s : HOLD_MAX_S;
}

bool hold_is_whole(const struct hold *h, int64_t took_ms)
{
	return took_ms >= hold_s(h) * 1000 - EARLY_MS;
}

void hold_went_well(struct hold *h)
{
	bool is_wary = h->limit > 0 && h->longer + 1 >= h->limit;
	h->held++;
	if (hold_s(h) == HOLD_MAX_S || (is_wary && h->held < AGAIN_AFTER))
		return;
	h->longer++;
	h->held = 0;
}

bool hold_broke(struct hold *h, int64_t took_ms)
{
	if (h->longer == 0 || took_ms < HOLD_MIN_S * 1000)
		return false;
	h->limit = h->longer;
	h->longer = 0;
	h->held = 0;
	return true;
}
