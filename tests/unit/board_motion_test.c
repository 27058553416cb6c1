/* SPDX-License-Identifier: Apache-2.0
 *
 * How things come in, and the ticker over whole cycles. */
#include <math.h>

#include "board/motion.h"
#include "board/ticker.h"
#include "sentences.h"

static double fade_first(double ms)
{
	return motion_fade(ms, 0);
}

static double fade_fifth(double ms)
{
	return motion_fade(ms, 5);
}

static double fade_hundredth(double ms)
{
	return motion_fade(ms, 100);
}

static double grow_first(double ms)
{
	return motion_grow(ms, 0);
}

static double grow_hundredth(double ms)
{
	return motion_grow(ms, 100);
}

static double run_second(double ms)
{
	return motion_run(ms, 1);
}

static double run_hundredth(double ms)
{
	return motion_run(ms, 100);
}

static double step_third(double ms)
{
	return motion_step(ms, 2);
}

static double step_hundredth(double ms)
{
	return motion_step(ms, 100);
}

static double dots_twelve(double ms)
{
	return motion_dots(ms, 12);
}

static double dots_fifty(double ms)
{
	return motion_dots(ms, 50);
}

static double pop_halfway(double ms)
{
	return motion_pop(ms, 0.5);
}

static double label_at_the_end(double ms)
{
	return motion_label(ms, 1);
}

static const struct curve_row {
	const char *says;
	double (*at)(double ms);
	double begins_ms, ends_ms; /* 0 until the one, 1 from the other on */
} curve_rows[] = {
	{"the first part fades in", fade_first, 0, 480},
	{"the fifth after it, 40 ms apart", fade_fifth, 200, 680},
	{"the hundredth is there in time all the same", fade_hundredth, 420, 900},
	{"numbers count up", motion_count, 0, 800},
	{"the first bar grows", grow_first, 0, 640},
	{"the hundredth is there in time all the same", grow_hundredth, 260, 900},
	{"unit charts fill", motion_fill, 0, 800},
	{"markers slide", motion_slide, 0, 700},
	{"time lines are wiped in", motion_wipe, 0, 700},
	{"today's mark drops after that", motion_drop, 700, 900},
	{"the second lane starts 60 ms after the first", run_second, 60, 480},
	{"the hundredth is there in time all the same", run_hundredth, 480, 900},
	{"the third step comes 480 ms after the first", step_third, 480, 800},
	{"the hundredth is there in time all the same", step_hundredth, 580, 900},
	{"a dozen dots fill, 30 ms each", dots_twelve, 0, 360},
	{"fifty are there in time all the same", dots_fifty, 0, 900},
	{"lines are drawn outward", motion_reach, 0, 600},
	{"a station pops when the line gets there", pop_halfway, 300, 460},
	{"the last label fades in after its station", label_at_the_end, 760, 900},
};

static void check_curve(void **state)
{
	const struct curve_row *r = *state;
	double before = 0;
	for (double ms = -100; ms <= 2000; ms += 0.5) {
		double now = r->at(ms);
		if (now < before || now < 0 || now > 1 || now - before > 0.01)
			fail_msg("at %.1f ms: %.4f after %.4f", ms, now, before);
		if ((now > 0) != (ms > r->begins_ms) || (now >= 1) != (ms >= r->ends_ms))
			fail_msg("at %.1f ms: %.6f", ms, now);
		before = now;
	}
	assert_true(r->at(MOTION_ENTER_MS) == 1);
	assert_true(r->at(MOTION_STILL) == 1);
}

#define BOX 1434.0
#define COUNT 4
static const double widths[COUNT] = {400, 1434, 2034, 800};
static const int chars[COUNT] = {10, 36, 50, 40};
/* As ticker.h has it: 6 s; 9 s; 2 s, 600 du at 120 a second, and until 50
 * characters were read; 10 s; rolls of 400 ms. */
static const int64_t holds[COUNT] = {6000, 9000, 12500, 10000};
#define CYCLE_MS (6000 + 9000 + 12500 + 10000 + COUNT * 400)

static struct ticker_state at(int64_t ms)
{
	return ticker_at(widths, chars, COUNT, BOX, ms);
}

static void each_item_has_its_time_in_a_cycle(void **state)
{
	(void)state;
	int64_t seen[COUNT] = {0};
	for (int64_t t = 0; t < CYCLE_MS; t++)
		seen[at(t).index]++;
	for (int i = 0; i < COUNT; i++)
		assert_int_equal(seen[i], holds[i] + 400);
}

static void a_cycle_is_like_the_one_before_whatever_the_sign(void **state)
{
	(void)state;
	for (int64_t t = 0; t < CYCLE_MS; t += 7) {
		for (int64_t cycle = -2; cycle <= 60000000; cycle = cycle * 31 + 100) {
			struct ticker_state a = at(t), b = at(t + cycle * CYCLE_MS);
			assert_int_equal(a.index, b.index);
			assert_true(a.roll == b.roll && a.crawl_du == b.crawl_du);
			assert_int_equal(a.next_ms, b.next_ms);
		}
	}
}

static void a_roll_goes_from_nothing_to_the_next(void **state)
{
	(void)state;
	struct ticker_state before = at(0);
	for (int64_t t = 1; t <= CYCLE_MS; t++) {
		struct ticker_state now = at(t);
		if (now.index != before.index) {
			assert_int_equal(now.index, (before.index + 1) % COUNT);
			assert_true(before.roll > 0.99 && now.roll == 0);
		} else {
			assert_true(now.roll >= before.roll && now.roll < 1);
		}
		before = now;
	}
}

static void only_the_wide_one_crawls_once_and_smoothly(void **state)
{
	(void)state;
	double before = 0;
	for (int64_t t = 0; t < CYCLE_MS; t++) {
		struct ticker_state s = at(t);
		if (s.index != 2) {
			assert_true(s.crawl_du == 0);
			before = 0;
			continue;
		}
		assert_true(s.crawl_du >= before && s.crawl_du - before <= 0.121 && s.crawl_du <= 600);
		before = s.crawl_du;
	}
	int64_t start = 6000 + 400 + 9000 + 400;
	assert_true(at(start + 1999).crawl_du == 0);
	assert_true(fabs(at(start + 4500).crawl_du - 300) < 0.001);
	assert_true(at(start + 7000).crawl_du == 600);
	assert_true(at(start + 9300).crawl_du == 600);
}

/* Between two wakings nothing changes: the loop may sleep that long. */
static void nothing_changes_before_it_is_said_to(void **state)
{
	(void)state;
	for (int64_t t = 0; t < CYCLE_MS;) {
		struct ticker_state s = at(t);
		if (s.is_moving) {
			assert_int_equal(s.next_ms, 0);
			t++;
			continue;
		}
		assert_true(s.next_ms > 0);
		for (int64_t k = 0; k < s.next_ms; k += 13) {
			struct ticker_state later = at(t + k);
			assert_false(later.is_moving);
			assert_int_equal(later.index, s.index);
			assert_true(later.crawl_du == s.crawl_du && later.roll == 0);
		}
		struct ticker_state next = at(t + s.next_ms);
		assert_true(next.is_moving);
		t += s.next_ms;
	}
}

static const struct single_row {
	const char *says;
	int count;
	double width;
	bool stands;
} single_rows[] = {
	{"no item: nothing ever changes", 0, 0, true},
	{"one that fits stands for ever", 1, 1434, true},
	{"one that is wider rolls on into itself", 1, 1435, false},
	{"two that fit take turns", 2, 100, false},
};

static void check_single(void **state)
{
	const struct single_row *r = *state;
	const double w[2] = {r->width, r->width};
	const int n[2] = {10, 10};
	bool moved = false;
	for (int64_t t = 0; t < 60000; t += 10) {
		struct ticker_state s = ticker_at(w, n, r->count, BOX, t);
		moved = moved || s.is_moving || s.index || s.next_ms != INT64_MAX;
		assert_true(s.index >= 0 && (s.index < r->count || s.index == 0));
	}
	assert_int_equal(moved, !r->stands);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, curve_rows, check_curve);
	SENTENCES_ROWS(&s, single_rows, check_single);
	sentences_add(&s, "each item has its time in a cycle", each_item_has_its_time_in_a_cycle, NULL);
	sentences_add(&s, "a cycle is like the one before, whatever the sign",
		a_cycle_is_like_the_one_before_whatever_the_sign, NULL);
	sentences_add(&s, "a roll goes from nothing to the next", a_roll_goes_from_nothing_to_the_next, NULL);
	sentences_add(&s, "only the wide one crawls, once and smoothly",
		only_the_wide_one_crawls_once_and_smoothly, NULL);
	sentences_add(&s, "nothing changes before it is said to", nothing_changes_before_it_is_said_to, NULL);
	return sentences_run(&s, "board motion");
}
