/* SPDX-License-Identifier: Apache-2.0 */
#include "sentences.h"
#include "sync/hold.h"

static void well(struct hold *h, int times)
{
	for (int i = 0; i < times; i++)
		hold_went_well(h);
}

static void it_is_doubled_up_to_its_limit(void **state)
{
	const int expected_s[] = {25, 50, 100, 200, 200, 200};
	struct hold h = {0};
	(void)state;
	for (size_t i = 0; i < sizeof expected_s / sizeof expected_s[0]; i++) {
		assert_int_equal(hold_s(&h), expected_s[i]);
		hold_went_well(&h);
	}
}

static void the_first_length_is_never_to_blame(void **state)
{
	struct hold h = {0};
	(void)state;
	assert_false(hold_broke(&h, 3600000));
	assert_int_equal(hold_s(&h), HOLD_MIN_S);
}

static void what_breaks_sooner_than_the_first_length_is_not_to_blame_either(void **state)
{
	struct hold h = {0};
	(void)state;
	well(&h, 2);
	assert_false(hold_broke(&h, HOLD_MIN_S * 1000 - 1));
	assert_int_equal(hold_s(&h), 100);
}

/* A proxy that waits for 60 s. */
static void what_broke_is_rarely_tried_again(void **state)
{
	struct hold h = {0};
	int breaks = 0;
	(void)state;
	for (int i = 0; i < 210; i++) {
		if (hold_s(&h) < 60)
			hold_went_well(&h);
		else
			breaks += hold_broke(&h, 60000);
	}
	assert_in_range(breaks, 9, 10);
}

static void after_a_break_it_comes_back(void **state)
{
	struct hold h = {0};
	(void)state;
	well(&h, 5);
	assert_true(hold_broke(&h, 61000));
	assert_int_equal(hold_s(&h), HOLD_MIN_S);
	well(&h, 2);
	assert_int_equal(hold_s(&h), 100);
	well(&h, 20);
	assert_int_equal(hold_s(&h), HOLD_MAX_S);
}

static void whole_is_what_came_at_its_end(void **state)
{
	struct hold h = {0};
	(void)state;
	assert_true(hold_is_whole(&h, 25000));
	assert_true(hold_is_whole(&h, 24500));
	assert_false(hold_is_whole(&h, 20000));
	well(&h, 1);
	assert_false(hold_is_whole(&h, 25000));
}

int main(void)
{
	static struct sentences s;
	sentences_add(&s, "it is doubled up to its limit", it_is_doubled_up_to_its_limit, NULL);
	sentences_add(&s, "the first length is never to blame", the_first_length_is_never_to_blame, NULL);
	sentences_add(&s, "what breaks sooner than the first length is not to blame either",
		what_breaks_sooner_than_the_first_length_is_not_to_blame_either, NULL);
	sentences_add(&s, "what broke is rarely tried again", what_broke_is_rarely_tried_again, NULL);
	sentences_add(&s, "after a break it comes back", after_a_break_it_comes_back, NULL);
	sentences_add(&s, "whole is what came at its end", whole_is_what_came_at_its_end, NULL);
	return sentences_run(&s, "sync hold");
}
