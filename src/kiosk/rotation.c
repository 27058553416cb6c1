/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/rotation.h"

#include <string.h>

#define FREE (-1)

static int pages_a_visit(const struct rotation_slot *s)
{
	return s->pages < s->per_visit ? s->pages : s->per_visit;
}

static int64_t visit_ms(const struct rotation_slot *s)
{
	return (int64_t)pages_a_visit(s) * s->dwell_ms;
}

/* The k-th of w visits stands at k / w of the cycle, or at the next free place. */
static void place_visits(struct rotation *r, int slot)
{
	int weight = r->slots[slot].weight;
	for (int k = 0; k < weight; k++) {
		int at = k * r->visit_count / weight;
		while (r->visits[at] != FREE)
			at = (at + 1) % r->visit_count;
		r->visits[at] = (int16_t)slot;
		r->cycle_ms += visit_ms(&r->slots[slot]);
	}
}

void rotation_set(struct rotation *r, const struct rotation_slot *slots, int count)
{
	r->count = count < ROTATION_SLOTS_MAX ? count : ROTATION_SLOTS_MAX;
	r->visit_count = 0;
	r->cycle_ms = 0;
	memcpy(r->slots, slots, (size_t)r->count * sizeof *slots);
	for (int i = 0; i < r->count; i++)
		r->visit_count += slots[i].weight;
	for (int i = 0; i < r->visit_count; i++)
		r->visits[i] = FREE;
	for (int weight = ROTATION_WEIGHT_MAX; weight > 0; weight--) { /* the heavy ones find room first */
		for (int i = 0; i < r->count; i++) {
			if (r->slots[i].weight == weight)
				place_visits(r, i);
		}
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
