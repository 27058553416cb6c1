/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/reckon.h"

#include "source_time.h"

#define CLOCK_AGREES_S (30 * INT64_C(86400)) /* ahead of the floor, and still believed */

/* Never before the floor; believed when the kernel vouches for it, or when it agrees
 * with what was signed (docs/feed.md, Time). */
void reckon_now(struct scene_now *now, const struct clock *c, const struct source_head *h)
{
	int64_t floor_s = c->injected ? 0 : SOURCE_TIME_UTC;
	if (h && h->floor_utc_s > floor_s)
		floor_s = h->floor_utc_s;
	int64_t utc_ms = clock_utc_ms(c), utc_s = utc_ms / 1000;
	bool agrees = utc_s >= floor_s && utc_s - floor_s <= CLOCK_AGREES_S;
	now->utc_ms = utc_ms;
	now->utc_s = utc_s > floor_s ? utc_s : floor_s;
	now->floor_utc_s = floor_s;
	now->is_trusted = agrees || (utc_s >= floor_s && clock_is_synchronised(c));
	now->must_hold = h && h->is_known && h->head.holds;
	now->head = h && h->is_known ? &h->head : NULL;
}

void reckon_freshness(struct scene_now *now, struct news *n, int64_t mono_ms, bool has_content)
{
	now->is_offline = news_is_offline(n, now->utc_ms / 1000);
	now->is_stale = news_is_stale(n, now->utc_ms / 1000, now->is_trusted);
	now->pairing = news_pairing(n, mono_ms, has_content);
	now->pairing_s = now->pairing ? (int)((now->pairing->code_until_ms - mono_ms) / 1000) : 0;
}

bool reckon_differs(const struct scene_now *a, const struct scene_now *b)
{
	return a->is_offline != b->is_offline || a->is_stale != b->is_stale || a->is_trusted != b->is_trusted;
}
