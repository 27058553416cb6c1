/* SPDX-License-Identifier: Apache-2.0
 *
 * Since when a screen is without contact, by clocks that jump. */
#include "kiosk/news.h"

#include <stdio.h>
#include <unistd.h>

#include "sentences.h"
#include "store/status.h"

#define YEARS_S (10 * INT64_C(31557600))
#define NOW_S INT64_C(1790000000)
#define LONG_S (NEWS_OFFLINE_AFTER_S + 1)

static const struct jump_row {
	const char *says;
	int64_t first_s, then_s;
	bool is_offline;
} jump_rows[] = {
	{"contact just lost is not told yet", NOW_S, NOW_S + NEWS_OFFLINE_AFTER_S, false},
	{"lost for long enough it is", NOW_S, NOW_S + LONG_S, true},
	{"a clock put forward by years tells it at once", NOW_S, NOW_S + YEARS_S, true},
	{"one put back by years does not yet", NOW_S, NOW_S - YEARS_S, false},
};

static struct news *open_lost(char folder[static 64])
{
	static const struct buf no_trust;
	struct err e = {0};
	(void)snprintf(folder, 64, "/tmp/news_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_true(status_write(folder, &(struct status){.is_online = false}, &e));
	return news_open(folder, &no_trust);
}

static void end(struct news *n, const char *folder)
{
	char path[96];
	news_close(n);
	(void)snprintf(path, sizeof path, "%s/sync.status", folder);
	(void)unlink(path);
	(void)rmdir(folder);
}

static void check_jump(void **state)
{
	const struct jump_row *r = *state;
	char folder[64];
	struct news *n = open_lost(folder);
	assert_false(news_is_offline(n, r->first_s));
	assert_int_equal(news_is_offline(n, r->then_s), r->is_offline);
	end(n, folder);
}

static void put_back_by_years_it_is_told_after_as_long_as_ever(void **state)
{
	(void)state;
	char folder[64];
	struct news *n = open_lost(folder);
	assert_false(news_is_offline(n, NOW_S));
	assert_false(news_is_offline(n, NOW_S - YEARS_S));
	assert_true(news_is_offline(n, NOW_S - YEARS_S + LONG_S));
	end(n, folder);
}

int main(void)
{
	struct sentences s = {0};
	SENTENCES_ROWS(&s, jump_rows, check_jump);
	sentences_add(&s, "put back by years, it is told after as long as ever",
		put_back_by_years_it_is_told_after_as_long_as_ever, NULL);
	return sentences_run(&s, "news");
}
