/* SPDX-License-Identifier: Apache-2.0 */
#include "sentences.h"
#include "sync/backoff.h"

static const struct span_row {
	const char *says;
	int64_t poll_ms;
	int failures;
	int64_t least_ms, most_ms; /* for a random number of 0 and of just under 1 */
} span_rows[] = {
	{"it worked: the poll interval with 10 % jitter", 30000, 0, 27000, 33000},
	{"one failure: up to twice the interval", 30000, 1, 15000, 60000},
	{"two: up to four times", 30000, 2, 15000, 120000},
	{"five: nearly at the ceiling", 30000, 5, 15000, BACKOFF_MAX_MS},
	{"a thousand: a quarter of an hour, not more", 30000, 1000, 15000, BACKOFF_MAX_MS},
	{"an interval beyond the ceiling", 3600000, 1, BACKOFF_MAX_MS, BACKOFF_MAX_MS},
	{"a short interval", 5000, 1, 2500, 10000},
};

static void check_span(void **state)
{
	const struct span_row *r = *state;
	assert_int_equal(backoff_ms(r->poll_ms, r->failures, 0), r->least_ms);
	int64_t most = backoff_ms(r->poll_ms, r->failures, 0.999999999);
	assert_in_range(most, r->most_ms - 1, r->most_ms);
}

static void it_never_asks_without_pause(void **state)
{
	(void)state;
	for (int failures = 0; failures < 100; failures++) {
		for (double random = 0; random < 1; random += 0.01) {
			int64_t ms = backoff_ms(30000, failures, random);
			assert_in_range(ms, 15000, BACKOFF_MAX_MS);
		}
	}
}

static void a_thousand_screens_do_not_knock_together(void **state)
{
	(void)state;
	int in_second[BACKOFF_MAX_MS / 1000 + 1] = {0};
	for (int i = 0; i < 1000; i++)
		in_second[backoff_ms(30000, 10, i / 1000.0) / 1000]++;
	for (size_t s = 0; s < sizeof in_second / sizeof in_second[0]; s++)
		assert_true(in_second[s] <= 2);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, span_rows, check_span);
	sentences_add(&s, "it never asks without pause", it_never_asks_without_pause, NULL);
	sentences_add(&s, "a thousand screens do not knock together",
		a_thousand_screens_do_not_knock_together, NULL);
	return sentences_run(&s, "sync backoff");
}
