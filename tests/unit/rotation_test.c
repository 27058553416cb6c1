/* SPDX-License-Identifier: Apache-2.0
 *
 * Which page is on, and how pages change. */
#include <stdbool.h>

#include "board/motion.h"
#include "kiosk/rotation.h"
#include "kiosk/stage.h"
#include "sentences.h"

#define YEAR_MS (INT64_C(366) * 86400 * 1000)
#define START_MS INT64_C(1687919040000) /* 2023-06-28T10:24:00+08:00 */

static const struct rotation_slot hall[] = {
	{1, 1, 12000, 1}, {1, 1, 15000, 3}, {5, 2, 12000, 1}, {3, 3, 8000, 2}, {1, 1, 20000, 1}};
#define HALL_COUNT ((int)(sizeof hall / sizeof hall[0]))

static struct rotation *set(const struct rotation_slot *slots, int count)
{
	static struct rotation r;
	rotation_set(&r, slots, count);
	return &r;
}

static const struct place_row {
	const char *says;
	int64_t now_ms;
	int slot, page;
	int64_t since_ms, until_ms;
} place_rows[] = {
	/* two boards: 10 s, and 3 pages of 5 s of which 2 a visit; a cycle of 20 s */
	{"a cycle begins with the first board", 0, 0, 0, 0, 10000},
	{"until its last millisecond", 9999, 0, 0, 0, 10000},
	{"then the second one's first page", 10000, 1, 0, 10000, 15000},
	{"its second page", 15000, 1, 1, 15000, 20000},
	{"the first board again", 20000, 0, 0, 20000, 30000},
	{"the second one goes on where it stopped", 30000, 1, 2, 30000, 35000},
	{"and behind the last page begins anew", 35000, 1, 0, 35000, 40000},
	{"its third visit", 50000, 1, 1, 50000, 55000},
	{"after three visits it is where it began", 70000, 1, 0, 70000, 75000},
	{"before the epoch it turns as well", -1, 1, 2, -5000, 0},
	{"two cycles before it", -25000, 1, 0, -25000, -20000},
};

static void check_place(void **state)
{
	const struct place_row *r = *state;
	const struct rotation_slot slots[] = {{1, 1, 10000, 1}, {3, 2, 5000, 1}};
	struct rotation_place p = rotation_at(set(slots, 2), r->now_ms);
	assert_int_equal(p.slot, r->slot);
	assert_int_equal(p.since_ms, r->since_ms);
	assert_int_equal(p.until_ms, r->until_ms);
	assert_int_equal(p.page, r->page);
}

static void without_boards_the_emblem_stands(void **state)
{
	(void)state;
	struct rotation_place p = rotation_at(set(hall, 0), START_MS);
	assert_int_equal(p.slot, ROTATION_IDLE);
	assert_int_equal(p.until_ms, INT64_MAX);
}

static void the_dwells_add_up_to_the_cycle(void **state)
{
	(void)state;
	const struct rotation *r = set(hall, HALL_COUNT);
	int64_t sum = 0;
	for (int i = 0; i < HALL_COUNT; i++) {
		int pages = hall[i].pages < hall[i].per_visit ? hall[i].pages : hall[i].per_visit;
		sum += (int64_t)hall[i].weight * pages * hall[i].dwell_ms;
	}
	assert_int_equal(r->cycle_ms, sum);
	assert_int_equal(r->visit_count, 8);
}

/* Walks from page to page, as the show does; fills how long each board stood. */
static int64_t walk(const struct rotation *r, int64_t from_ms, int64_t to_ms, int64_t *stood, int64_t *pages)
{
	int64_t now = from_ms, turns = 0;
	while (now < to_ms) {
		struct rotation_place p = rotation_at(r, now);
		assert_true(p.since_ms <= now && now < p.until_ms);
		assert_int_equal(p.until_ms - p.since_ms, r->slots[p.slot].dwell_ms);
		assert_in_range(p.page, 0, r->slots[p.slot].pages - 1);
		if (stood)
			stood[p.slot] += p.until_ms - now;
		if (pages && p.slot == 2)
			pages[p.page]++;
		now = p.until_ms;
		turns++;
	}
	return turns;
}

static void a_year_goes_by_in_a_second(void **state)
{
	(void)state;
	const struct rotation *r = set(hall, HALL_COUNT);
	int64_t stood[HALL_COUNT] = {0}, pages[5] = {0}, total = 0;
	assert_true(walk(r, START_MS, START_MS + YEAR_MS, stood, pages) > 1000000);
	for (int i = 0; i < HALL_COUNT; i++)
		total += stood[i];
	for (int i = 0; i < HALL_COUNT; i++) {
		int shown = hall[i].pages < hall[i].per_visit ? hall[i].pages : hall[i].per_visit;
		double want = (double)hall[i].weight * shown * hall[i].dwell_ms / (double)r->cycle_ms;
		double have = (double)stood[i] / (double)total;
		assert_true(have - want < 0.0001 && want - have < 0.0001);
	}
	for (int i = 1; i < 5; i++) /* each page of a list as often as the others */
		assert_true(pages[i] - pages[0] <= 1 && pages[0] - pages[i] <= 1);
}

static void screens_started_at_any_time_turn_in_unison(void **state)
{
	(void)state;
	static struct rotation first, second;
	rotation_set(&first, hall, HALL_COUNT);
	for (int64_t late = 1; late < 3000000; late = late * 7 + 1) {
		rotation_set(&second, hall, HALL_COUNT);
		for (int64_t t = START_MS + late; t < START_MS + late + 600000; t += 999) {
			struct rotation_place a = rotation_at(&first, t), b = rotation_at(&second, t);
			assert_int_equal(a.slot, b.slot);
			assert_int_equal(a.page, b.page);
			assert_int_equal(a.until_ms, b.until_ms);
		}
	}
}

static const struct weight_row {
	const char *says;
	int weights[6], count;
	int heavy; /* the slot that is looked at */
	int gap_most; /* visits from one of its visits to the next, over the cycle's end too */
} weight_rows[] = {
	{"two alike take turns", {1, 1}, 2, 0, 2},
	{"one of three among two of one: never twice at once but once", {3, 1, 1}, 3, 0, 2},
	{"one of four beside one of two", {4, 2}, 2, 0, 2},
	{"one of five, one of one and one of one", {5, 1, 1}, 3, 0, 2},
	{"twice among four of one, never twice in a row over the end", {2, 1, 1, 1, 1}, 5, 0, 3},
	{"ten among five and five", {10, 5, 5}, 3, 0, 2},
	{"five among ten and five", {10, 5, 5}, 3, 2, 4},
	{"the light one beside a heavy one", {10, 1}, 2, 1, 11},
};

static void check_weight(void **state)
{
	const struct weight_row *r = *state;
	struct rotation_slot slots[6] = {0};
	int total = 0;
	for (int i = 0; i < r->count; i++) {
		slots[i] = (struct rotation_slot){1, 1, 10000, r->weights[i]};
		total += r->weights[i];
	}
	const struct rotation *set_to = set(slots, r->count);
	assert_int_equal(set_to->visit_count, total);
	int visits = 0, last = -1, most = 0;
	for (int i = 0; i < 2 * total; i++) {
		if (set_to->visits[i % total] != r->heavy)
			continue;
		visits++;
		most = last >= 0 && i - last > most ? i - last : most;
		last = i;
	}
	assert_int_equal(visits, 2 * r->weights[r->heavy]);
	assert_true(most <= r->gap_most);
}

static void the_largest_playlist_is_within_bounds(void **state)
{
	(void)state;
	static struct rotation_slot slots[ROTATION_SLOTS_MAX + 1];
	for (int i = 0; i <= ROTATION_SLOTS_MAX; i++)
		slots[i] = (struct rotation_slot){100, 3, 8000, 10};
	struct rotation *r = set(slots, ROTATION_SLOTS_MAX + 1);
	assert_int_equal(r->count, ROTATION_SLOTS_MAX);
	assert_int_equal(r->visit_count, ROTATION_VISITS_MAX);
	assert_true(walk(r, START_MS, START_MS + r->cycle_ms, NULL, NULL) > 0);
}

static const struct turn_row {
	const char *says;
	bool is_reduced, has_old;
	enum stage_phase phases[5]; /* at 0, 199, 200, 1100 and 1250 ms */
} turn_rows[] = {
	{"a page leaves, the next enters, settles, and stands", false, true,
		{STAGE_LEAVING, STAGE_LEAVING, STAGE_ENTERING, STAGE_SETTLING, STAGE_STILL}},
	{"without one to leave it enters at once", false, false,
		{STAGE_ENTERING, STAGE_ENTERING, STAGE_ENTERING, STAGE_SETTLING, STAGE_STILL}},
	{"reduced motion: at once", true, true, {STAGE_STILL, STAGE_STILL, STAGE_STILL, STAGE_STILL, STAGE_STILL}},
};

static void check_turn(void **state)
{
	const struct turn_row *r = *state;
	const int64_t times[] = {0, 199, 200, 1100, 1250};
	struct stage s = {.is_reduced = r->is_reduced};
	stage_turn(&s, START_MS, r->has_old);
	for (int i = 0; i < 5; i++) {
		enum stage_phase before = s.phase;
		bool changed = stage_step(&s, START_MS + times[i]);
		assert_string_equal(stage_name(s.phase), stage_name(r->phases[i]));
		assert_int_equal(changed, s.phase != before);
	}
}

static void leaving_and_entering_are_told_in_time(void **state)
{
	(void)state;
	struct stage s = {0};
	assert_true(stage_leaving(&s, START_MS) == 0);
	assert_true(stage_elapsed_ms(&s, START_MS) == MOTION_STILL);
	stage_turn(&s, START_MS, true);
	assert_true(stage_leaving(&s, START_MS + 100) == 0.5);
	assert_true(stage_leaving(&s, START_MS + 9000) == 1); /* a slow machine */
	assert_true(stage_step(&s, START_MS + 9000));
	assert_true(stage_elapsed_ms(&s, START_MS + 9000) == 0); /* enters from its start all the same */
	assert_false(stage_step(&s, START_MS + 9000 + MOTION_ENTER_MS - 1));
	assert_true(stage_step(&s, START_MS + 9000 + MOTION_ENTER_MS));
	assert_int_equal(s.phase, STAGE_SETTLING);
	assert_true(stage_elapsed_ms(&s, START_MS + 9000 + MOTION_ENTER_MS) == MOTION_STILL);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, place_rows, check_place);
	SENTENCES_ROWS(&s, weight_rows, check_weight);
	SENTENCES_ROWS(&s, turn_rows, check_turn);
	sentences_add(&s, "without boards the emblem stands", without_boards_the_emblem_stands, NULL);
	sentences_add(&s, "the dwells add up to the cycle", the_dwells_add_up_to_the_cycle, NULL);
	sentences_add(&s, "a year goes by in a second", a_year_goes_by_in_a_second, NULL);
	sentences_add(&s, "screens started at any time turn in unison",
		screens_started_at_any_time_turn_in_unison, NULL);
	sentences_add(
		&s, "the largest playlist is within bounds", the_largest_playlist_is_within_bounds, NULL);
	sentences_add(
		&s, "leaving and entering are told in time", leaving_and_entering_are_told_in_time, NULL);
	return sentences_run(&s, "rotation");
}
