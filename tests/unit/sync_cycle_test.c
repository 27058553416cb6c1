/* SPDX-License-Identifier: Apache-2.0
 *
 * What a look at the feed leaves in memory when the disk does not take what it found. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "feed_kit.h"
#include "scratch.h"
#include "sentences.h"
#include "sync/cycle.h"

#define NOW_UTC_S 1780000000

static char folder[SCRATCH_PATH_MAX];

static const char *path_of(const char *name, char out[static SCRATCH_PATH_MAX * 2])
{
	(void)snprintf(out, SCRATCH_PATH_MAX * 2, "%s/%s", folder, name);
	return out;
}

static void put(const char *name, struct buf *bytes)
{
	scratch_write(folder, name, bytes->data, bytes->len);
	buf_finish(bytes);
}

static void put_hold(struct key *const *keys)
{
	struct head h = {.feed = "hall",
		.seq = 1,
		.issued_utc_s = NOW_UTC_S,
		.expires_utc_s = NOW_UTC_S + HEAD_VALID_S,
		.trust = 1,
		.version = 1,
		.manifest_sha256 = KIT_HASH,
		.manifest_size = 1000,
		.holds = true};
	struct buf body = {0};
	head_write_body(&h, &body);
	struct buf head = kit_sign(ENVELOPE_HEAD, body.data, keys);
	buf_finish(&body);
	put("feed/head.json", &head);
}

/* SQLite cannot open its journal: no record can be written. */
static void block_record(bool blocks)
{
	char path[SCRATCH_PATH_MAX * 2];
	path_of("state/state.sqlite-journal", path);
	if (blocks) {
		(void)unlink(path);
		assert_int_equal(mkdir(path, 0755), 0);
	} else {
		assert_int_equal(rmdir(path), 0);
	}
}

static void open_cycle(struct cycle *c, const struct buf *installed)
{
	static volatile sig_atomic_t stop;
	char path[SCRATCH_PATH_MAX * 2], url[SCRATCH_PATH_MAX * 2 + 8];
	struct err e = {0};
	(void)snprintf(url, sizeof url, "file://%s", path_of("feed", path));
	const struct fetch_setup setup = {url, NULL, 20, &stop};
	*c = (struct cycle){.clock = clock_started_at(NOW_UTC_S),
		.kiosk = "/bin/true",
		.trust_path = "installed",
		.trial_s = 10,
		.stop = &stop};
	assert_true(fetch_open(&c->fetch, &setup, &e));
	assert_true(store_open(&c->store, path_of("state", path), &e));
	assert_true(cycle_start(c, installed, &e));
}

/* The second document has another head key: with it the head is cleared. */
static void put_next_trust(struct key *const *old, struct key *const *new)
{
	struct key *const both[] = {old[0], new[0], NULL};
	struct buf body = {0};
	kit_trust_body(&body, 2, TRUST_ANY, new, 1);
	struct buf trust = kit_sign(ENVELOPE_TRUST, body.data, both);
	buf_finish(&body);
	put("feed/trust/2.json", &trust);
}

static void a_hold_outlives_a_disk_that_takes_no_trust(void **state)
{
	struct key *old[] = {kit_key(KEY_ED25519), NULL}, *new[] = {kit_key(KEY_ED25519), NULL};
	char path[SCRATCH_PATH_MAX * 2];
	struct buf installed = kit_trust(1, TRUST_ANY, old, 1);
	struct cycle c;
	struct cycle_result result;
	struct head h;
	struct err e = {0};
	(void)state;
	scratch_make(folder);
	assert_true(file_make_folder(path_of("feed/trust", path), 0755, &e));
	put_hold(old);
	open_cycle(&c, &installed);
	assert_false(cycle_run(&c, NULL, &result, &e)); /* its manifest is not there; the head is taken */
	assert_int_equal(c.record.seq, 1);
	put_next_trust(old, new);
	block_record(true);
	assert_false(cycle_run(&c, NULL, &result, &e));
	assert_int_equal(e.kind, ERR_DISK);
	assert_int_equal(c.record.seq, 1);
	assert_int_equal(c.record.trust, 1);
	assert_true(head_read(&h, c.trust, c.head.data, c.head.len, &e));
	assert_true(h.holds);
	block_record(false);
	assert_false(cycle_run(&c, NULL, &result, &e)); /* the old key's head counts no more */
	assert_int_equal(e.kind, ERR_UNTRUSTED);
	assert_int_equal(c.record.trust, 2);
	assert_int_equal(c.head.len, 0);
	cycle_finish(&c);
	store_close(c.store);
	fetch_close(c.fetch);
	buf_finish(&installed);
	key_destroy(old[0]);
	key_destroy(new[0]);
	scratch_remove(folder);
}

int main(void)
{
	struct sentences s = {0};
	sentences_add(&s, "a hold outlives a disk that takes no trust document",
		a_hold_outlives_a_disk_that_takes_no_trust, NULL);
	return sentences_run(&s, "cycle");
}
