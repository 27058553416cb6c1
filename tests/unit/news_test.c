/* SPDX-License-Identifier: Apache-2.0
 *
 * Since when a screen is without contact, by clocks that jump; and what it knows while
 * its record cannot be read. */
#include "kiosk/news.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "feed_kit.h"
#include "scratch.h"
#include "sentences.h"
#include "store/status.h"
#include "store/store.h"

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
	struct news *n = NULL;
	struct err e = {0};
	(void)snprintf(folder, 64, "/tmp/news_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_true(status_write(folder, &(struct status){.is_online = false}, &e));
	assert_true(news_open(&n, folder, "sha256:" KIT_HASH, &e)); /* which nobody fetched */
	return n;
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

/* ---- a record that cannot be read ------------------------------------------------ */

static char kept[SCRATCH_PATH_MAX];

/* A folder whose head holds. */
static struct news *open_held(const struct buf *trust, struct key *key)
{
	struct store *store = NULL;
	struct err e = {0};
	struct head h = {
		.feed = "hall", .seq = 1, .issued_utc_s = NOW_S, .expires_utc_s = NOW_S + HEAD_VALID_S};
	struct buf body = {0};
	h.trust = h.version = h.manifest_size = 1;
	h.holds = true;
	(void)snprintf(h.manifest_sha256, sizeof h.manifest_sha256, "%s", KIT_HASH);
	head_write_body(&h, &body);
	struct buf head = kit_sign(ENVELOPE_HEAD, body.data, (struct key *const[]){key, NULL});
	scratch_make(kept);
	assert_true(store_open(&store, kept, &e));
	assert_true(store_write_record(store,
		&(struct store_record){.feed = "hall", .trust = 1, .seq = 1, .version = 1}, &head, &e));
	store_close(store);
	buf_finish(&head);
	buf_finish(&body);
	struct news *n = NULL;
	char path[SCRATCH_PATH_MAX * 2];
	(void)snprintf(path, sizeof path, "%s/trust.json", kept);
	assert_true(file_write(path, trust->data, trust->len, 0644, &e));
	assert_true(news_open(&n, kept, path, &e));
	assert_true(news_head(n)->is_known && news_head(n)->head.holds);
	return n;
}

/* Something else in the folder is new, so that it is looked at. */
static void stir(void)
{
	struct err e = {0};
	assert_true(status_write(kept, &(struct status){.is_online = true}, &e));
}

static void check_behind(struct news *n)
{
	sqlite3 *writer = NULL;
	char path[SCRATCH_PATH_MAX * 2];
	(void)snprintf(path, sizeof path, "%s/state.sqlite", kept);
	assert_int_equal(sqlite3_open(path, &writer), SQLITE_OK);
	assert_int_equal(sqlite3_exec(writer, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	stir();
	assert_true(news_look(n));
	assert_true(news_is_behind(n));
	assert_true(news_head(n)->is_known && news_head(n)->head.holds);
	assert_int_equal(sqlite3_exec(writer, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(writer);
	assert_true(news_look(n)); /* though nothing announces it */
	assert_false(news_is_behind(n));
	assert_true(news_head(n)->head.holds);
	assert_false(news_look(n));
}

static void check_gone(struct news *n)
{
	char path[SCRATCH_PATH_MAX * 2];
	(void)snprintf(path, sizeof path, "%s/state.sqlite", kept);
	assert_int_equal(unlink(path), 0);
	stir();
	assert_true(news_look(n));
	assert_false(news_is_behind(n));
	assert_true(news_head(n)->is_known && news_head(n)->head.holds);
}

static const struct unread_row {
	const char *says;
	void (*check)(struct news *n);
} unread_rows[] = {
	{"a record that is being written is read later, and what it said holds so long", check_behind},
	{"a record that is gone ends no hold", check_gone},
};

static void check_unread(void **state)
{
	const struct unread_row *r = *state;
	struct key *key = kit_key(KEY_ED25519);
	struct buf trust = kit_trust(1, TRUST_ANY, (struct key *const[]){key, NULL}, 1);
	struct news *n = open_held(&trust, key);
	r->check(n);
	news_close(n);
	scratch_remove(kept);
	buf_finish(&trust);
	key_destroy(key);
}

/* ---- what it was set up with --------------------------------------------------- */

static const struct set_up_row {
	const char *says, *trust;
	enum err_kind kind;
	const char *named;
} set_up_rows[] = {
	{"a trust document that is not there is told", "/nowhere/trust.json", ERR_IO, "/nowhere/trust.json"},
	{"and one that is none", "/etc/passwd", ERR_FORMAT, "/etc/passwd"},
};

static void check_set_up(void **state)
{
	const struct set_up_row *r = *state;
	struct news *n = NULL;
	struct err e = {0};
	scratch_make(kept);
	assert_false(news_open(&n, kept, r->trust, &e));
	assert_null(n);
	assert_int_equal(e.kind, r->kind);
	assert_non_null(strstr(e.text, r->named));
	scratch_remove(kept);
}

int main(void)
{
	struct sentences s = {0};
	SENTENCES_ROWS(&s, jump_rows, check_jump);
	sentences_add(&s, "put back by years, it is told after as long as ever",
		put_back_by_years_it_is_told_after_as_long_as_ever, NULL);
	SENTENCES_ROWS(&s, unread_rows, check_unread);
	SENTENCES_ROWS(&s, set_up_rows, check_set_up);
	return sentences_run(&s, "news");
}
