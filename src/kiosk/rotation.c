/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/rotation.h"

#include <string.h>

static int pages_a_visit(const struct rotation_slot *s)
{
	return s->pages < s->per_visit ? s->pages : s->per_visit;
}

static int64_t visit_ms(const struct rotation_slot *s)
{
	return (int64_t)pages_a_visit(s) * s->dwell_ms;
}

void rotation_set(struct rotation *r, const struct rotation_slot *slots, int count)
{
	int credit[ROTATION_SLOTS_MAX] = {0};
	int total = 0;
	r->count = count < ROTATION_SLOTS_MAX ? count : ROTATION_SLOTS_MAX;
	r->visit_count = 0;
	r->cycle_ms = 0;
	memcpy(r->slots, slots, (size_t)r->count * sizeof *slots);
	for (int i = 0; i < r->count; i++)
		total += slots[i].weight;
	while (r->visit_count < total && r->visit_count < ROTATION_VISITS_MAX) {
		int best = 0;
		for (int i = 0; i < r->count; i++) {
			credit[i] += slots[i].weight;
			if (credit[i] > credit[best])
				best = i;
		}
		credit[best] -= total;
		r->visits[r->visit_count++] = (int16_t)best;
		r->cycle_ms += visit_ms(&slots[best]);
	}
}

/* Which visit of its board this is, counted over all cycles. */
static int64_t visit_number(const struct rotation *r, int visit, int64_t cycle)
{
	int slot = r->visits[visit];
	int before = 0, in_cycle = 0;
	for (int i = 0; i < r->visit_count; i++) {
		in_cycle += r->visits[i] == slot;
		before += i < visit && r->visits[i] == slot;
	}
	return cycle * in_cycle + before;
}

static int page_of(const struct rotation_slot *s, int64_t visit, int turn)
{
	int64_t page = (visit * pages_a_visit(s) + turn) % s->pages;
	return (int)(page < 0 ? page + s->pages : page);
}

struct rotation_place rotation_at(const struct rotation *r, int64_t now_ms)
{
	if (r->visit_count == 0 || r->cycle_ms <= 0)
		return (struct rotation_place){ROTATION_IDLE, 0, now_ms, INT64_MAX};
	int64_t cycle = now_ms / r->cycle_ms, rest = now_ms % r->cycle_ms;
	if (rest < 0) {
		rest += r->cycle_ms;
		cycle--;
	}
	int visit = 0;
	while (rest >= visit_ms(&r->slots[r->visits[visit]]))
		rest -= visit_ms(&r->slots[r->visits[visit++]]);
	const struct rotation_slot *s = &r->slots[r->visits[visit]];
	int turn = (int)(rest / s->dwell_ms);
	int64_t since = now_ms - rest % s->dwell_ms;
	return (struct rotation_place){
		.slot = r->visits[visit],
		.page = page_of(s, visit_number(r, visit, cycle), turn),
		.since_ms = since,
		.until_ms = since + s->dwell_ms,
	};
}
