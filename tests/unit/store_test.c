/* SPDX-License-Identifier: Apache-2.0
 *
 * A screen's state folder: the durable record, what is kept, and the status. */
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "feed_kit.h"
#include "scratch.h"
#include "sentences.h"
#include "store/record.h"
#include "store/status.h"
#include "store/store.h"

static char folder[SCRATCH_PATH_MAX];
static const struct store_record full = {
	.feed = "hall",
	.trust = 2,
	.seq = ((int64_t)1 << 53) - 1,
	.head_sha256 = KIT_HASH,
	.version = 41,
	.manifest_sha256 = KIT_HASH,
	.previous_version = 40,
	.floor_utc_s = 1687919040,
	.refused_version = 42,
	.refused_sha256 = KIT_HASH,
	.refused_reason = "trial: “坊子”: 'quoted'; DROP TABLE record",
};

/* A new empty folder for each test. */
static struct store *open_new(void)
{
	struct store *s = NULL;
	struct err e = {0};
	scratch_remove(folder);
	assert_true(store_open(&s, folder, &e));
	return s;
}

static void path_of(const char *name, char out[static SCRATCH_PATH_MAX * 2])
{
	(void)snprintf(out, SCRATCH_PATH_MAX * 2, "%s/%s", folder, name);
}

static int64_t size_of(const char *name)
{
	char path[SCRATCH_PATH_MAX * 2];
	struct stat st;
	path_of(name, path);
	return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

static void assert_full(struct store *s)
{
	struct store_record r;
	struct buf head = {0};
	struct err e = {0};
	assert_true(store_read_record(s, &r, &e));
	assert_string_equal(r.feed, full.feed);
	assert_int_equal(r.trust, full.trust);
	assert_int_equal(r.seq, full.seq);
	assert_string_equal(r.head_sha256, full.head_sha256);
	assert_int_equal(r.version, full.version);
	assert_string_equal(r.manifest_sha256, full.manifest_sha256);
	assert_int_equal(r.previous_version, full.previous_version);
	assert_int_equal(r.floor_utc_s, full.floor_utc_s);
	assert_int_equal(r.refused_version, full.refused_version);
	assert_string_equal(r.refused_sha256, full.refused_sha256);
	assert_string_equal(r.refused_reason, full.refused_reason);
	assert_true(store_read_head(s, &head, &e));
	assert_int_equal(head.len, 6);
	assert_memory_equal(head.data, "he\0ad", 6);
	buf_finish(&head);
}

static void write_full(struct store *s)
{
	char bytes[] = "he\0ad";
	struct err e = {0};
	assert_true(store_write_record(s, &full, &(struct buf){bytes, sizeof bytes, 0}, &e));
}

static void a_new_folder_has_no_record(void **state)
{
	(void)state;
	struct store *s = open_new();
	struct store_record r;
	struct err e = {0};
	assert_false(store_read_record(s, &r, &e));
	assert_int_equal(e.kind, ERR_IO);
	assert_int_equal(r.version, 0);
	store_close(s);
}

static void a_record_reads_back_by_writer_reader_and_next_start(void **state)
{
	(void)state;
	struct store *s = open_new(), *reader = NULL;
	struct err e = {0};
	write_full(s);
	assert_full(s);
	assert_true(store_open_reader(&reader, folder, &e));
	assert_full(reader);
	store_close(reader);
	store_close(s);
	assert_true(store_open(&s, folder, &e));
	assert_full(s);
	store_close(s);
}

static void the_last_record_counts(void **state)
{
	(void)state;
	struct store *s = open_new();
	struct store_record r = full;
	struct buf head = {0};
	struct err e = {0};
	for (r.seq = 1; r.seq <= 20; r.seq++)
		assert_true(store_write_record(s, &r, &head, &e));
	assert_true(store_read_record(s, &r, &e));
	assert_int_equal(r.seq, 20);
	assert_true(store_read_head(s, &head, &e));
	assert_int_equal(head.len, 0);
	buf_finish(&head);
	store_close(s);
}

/* TRUNCATE keeps an empty journal beside the file; DELETE would keep none and WAL
 * has other names (and says so in the file's bytes 18 and 19). */
static void the_journal_is_truncated_and_never_wal(void **state)
{
	(void)state;
	struct store *s = open_new();
	char path[SCRATCH_PATH_MAX * 2];
	struct buf bytes = {0};
	struct err e = {0};
	write_full(s);
	assert_int_equal(size_of("state.sqlite-journal"), 0);
	assert_int_equal(size_of("state.sqlite-wal"), -1);
	path_of("state.sqlite", path);
	assert_true(file_read(path, 1 << 20, &bytes, &e));
	assert_int_equal(bytes.data[18], 1);
	assert_int_equal(bytes.data[19], 1);
	buf_finish(&bytes);
	store_close(s);
}

static void two_writers_are_one_too_many(void **state)
{
	(void)state;
	struct store *s = open_new(), *second = NULL;
	struct err e = {0};
	assert_true(status_is_watched(folder));
	assert_false(store_open(&second, folder, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	store_close(s);
	assert_false(status_is_watched(folder));
}

static void the_screen_is_remembered(void **state)
{
	(void)state;
	store_close(open_new());
	struct err e = {0};
	struct status_screen s = {.started_utc_s = 1, .looked_utc_s = 1687919040, .picture = UINT64_MAX - 1,
		.incidents = 3, .incident_utc_s = 1687919000, .incident = "all\nblack"}, read;
	assert_false(status_screen_read(folder, &read));
	assert_true(status_screen_write(folder, &s, &e));
	assert_true(status_screen_read(folder, &read));
	assert_true(read.started_utc_s == 1 && read.looked_utc_s == 1687919040 && read.picture == UINT64_MAX - 1);
	assert_true(read.incidents == 3 && read.incident_utc_s == 1687919000);
	assert_string_equal(read.incident, "all black");
}

static const struct damage_row {
	const char *says;
	size_t at; /* SIZE_MAX: the whole file */
	size_t len;
	const char *bytes;
} damage_rows[] = {
	{"another kind of file", SIZE_MAX, 12, "not a db\n\0\1\2"},
	{"the magic is gone", 0, 4, "QQQQ"},
	{"the first page's tree is gone", 100, 8, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"},
	{"the table's page is gone", 4096, 8, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"},
};

static void damage(const struct damage_row *r)
{
	char path[SCRATCH_PATH_MAX * 2];
	path_of("state.sqlite", path);
	FILE *f = fopen(path, r->at == SIZE_MAX ? "wb" : "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, r->at == SIZE_MAX ? 0 : (long)r->at, SEEK_SET), 0);
	assert_int_equal(fwrite(r->bytes, 1, r->len, f), r->len);
	assert_int_equal(fclose(f), 0);
}

static void check_damage(void **state)
{
	struct store *s = open_new(), *reader = NULL;
	struct store_record r;
	struct err e = {0};
	write_full(s);
	store_close(s);
	damage(*state);
	assert_true(store_open_reader(&reader, folder, &e)); /* a reader only looks */
	assert_false(store_read_record(reader, &r, &e));
	assert_int_equal(e.kind, ERR_IO);
	assert_int_equal(size_of("state.sqlite.bad"), -1);
	store_close(reader);
	assert_true(store_open(&s, folder, &e)); /* a writer sets it aside and begins anew */
	assert_true(size_of("state.sqlite.bad") > 0);
	assert_false(store_read_record(s, &r, &e));
	write_full(s);
	assert_full(s);
	store_close(s);
}

static void a_part_becomes_an_object_only_by_its_hash(void **state)
{
	(void)state;
	struct store *s = open_new();
	char sha256[DIGEST_HEX], path[STORE_PATH_MAX];
	struct err e = {0};
	digest_bytes("坊子", 6, sha256);
	store_part_path(s, sha256, path);
	for (int i = 0; i < 3; i++) {
		static const char *const tries[] = {"坊孑", "坊子.", "坊子"};
		bool is_right = i == 2;
		assert_true(file_write(path, tries[i], strlen(tries[i]), 0644, &e));
		assert_int_equal(store_keep_part(s, sha256, 6, &e), is_right);
		assert_int_equal(store_has_object(s, sha256, 6), is_right);
		assert_false(file_exists(path));
		assert_int_equal(e.kind, is_right ? ERR_NONE : ERR_UNTRUSTED);
		e = (struct err){0};
	}
	assert_false(store_has_object(s, sha256, 7));
	store_close(s);
}

static void manifests_are_verified_again_and_must_be_what_they_are_called(void **state)
{
	(void)state;
	struct store *s = open_new();
	struct key *k = kit_key(KEY_ED25519), *other = kit_key(KEY_ED25519);
	struct trust *t = kit_trust_of(TRUST_ANY, (struct key *const[]){k, NULL}, 1);
	struct manifest m = {.feed = "hall", .version = 5, .content_sha256 = KIT_HASH, .content_size = 1};
	struct manifest back;
	struct buf body = {0};
	struct err e = {0};
	manifest_write_body(&m, &body);
	struct buf good = kit_sign(ENVELOPE_MANIFEST, body.data, (struct key *const[]){k, NULL});
	struct buf bad = kit_sign(ENVELOPE_MANIFEST, body.data, (struct key *const[]){other, NULL});
	assert_true(store_put_manifest(s, 5, &good, &e) && store_put_manifest(s, 6, &good, &e) &&
		    store_put_manifest(s, 7, &bad, &e));
	assert_true(store_read_manifest(s, 5, t, &back, &e));
	manifest_finish(&back);
	for (int version = 6; version <= 7; version++) {
		assert_false(store_read_manifest(s, version, t, &back, &e));
		assert_int_equal(e.kind, ERR_UNTRUSTED);
		manifest_finish(&back);
	}
	assert_int_equal(store_newest_manifest(s, 100), 7);
	assert_int_equal(store_newest_manifest(s, 6), 5);
	assert_int_equal(store_newest_manifest(s, 5), 0);
	buf_finish(&body);
	buf_finish(&good);
	buf_finish(&bad);
	trust_destroy(t);
	key_destroy(k);
	key_destroy(other);
	store_close(s);
}

static void a_chain_of_trust_ends_at_the_first_that_does_not_hold(void **state)
{
	(void)state;
	struct store *s = open_new();
	struct key *k = kit_key(KEY_ED25519), *other = kit_key(KEY_ED25519);
	struct key *const mine[] = {k, NULL}, *const theirs[] = {other, NULL};
	struct trust *t = NULL;
	struct err e = {0};
	struct buf first = kit_trust(1, TRUST_ANY, mine, 1), second = kit_trust(2, TRUST_ANY, mine, 1),
		   third = kit_trust(3, TRUST_ANY, theirs, 1);
	assert_true(store_put_trust(s, 2, &second, &e) && store_put_trust(s, 3, &third, &e));
	assert_true(store_read_trust(s, &first, &t, &e));
	assert_int_equal(t->version, 2);
	trust_destroy(t);
	buf_finish(&first);
	buf_finish(&second);
	buf_finish(&third);
	key_destroy(k);
	key_destroy(other);
	store_close(s);
}

static void a_status_reads_back(void **state)
{
	(void)state;
	const struct status said = {1687919040, 1687919070, true, "network: no route"};
	struct status back;
	struct err e = {0};
	store_close(open_new());
	assert_false(status_read(folder, &back));
	assert_true(status_write(folder, &said, &e));
	assert_true(status_read(folder, &back));
	assert_int_equal(back.last_ok_utc_s, said.last_ok_utc_s);
	assert_int_equal(back.last_try_utc_s, said.last_try_utc_s);
	assert_true(back.is_online);
	assert_string_equal(back.last_error, said.last_error);
}

static void an_error_of_two_lines_cannot_speak_for_itself(void **state)
{
	(void)state;
	const struct status said = {
		1687919040, 1687919070, false, "bad\nonline=yes\nlast_ok=2099-01-01T00:00:00Z"};
	struct status back;
	struct err e = {0};
	store_close(open_new());
	assert_true(status_write(folder, &said, &e));
	assert_true(status_read(folder, &back));
	assert_false(back.is_online);
	assert_int_equal(back.last_ok_utc_s, said.last_ok_utc_s);
}

static const struct garbage_row {
	const char *says, *bytes;
	size_t len; /* 0: of the text */
} garbage_rows[] = {
	{"a status of nothing", "", 0},
	{"a status of bytes", "\xFF\xFE\0\1\2online=yes\n", 15},
	{"a status that is another file", "<html>online=yes</html>\n", 0},
	{"a status with bad values", "last_ok=yesterday\nonline=YES\nlast_try=\n", 0},
	{"a status without values", "last_ok\nlast_try\nonline\nlast_error\n", 0},
	{"a status with other names", "xonline=yes\nlast_ok2=2023-06-28T10:24:00Z\n", 0},
};

static void check_garbage(void **state)
{
	const struct garbage_row *r = *state;
	struct status s;
	store_close(open_new());
	scratch_write(folder, "sync.status", r->bytes, r->len ? r->len : strlen(r->bytes));
	(void)status_read(folder, &s);
	assert_int_equal(s.last_ok_utc_s, 0);
	assert_int_equal(s.last_try_utc_s, 0);
	assert_false(s.is_online);
	assert_string_equal(s.last_error, "");
}

static void a_status_beyond_its_ceiling_is_not_read(void **state)
{
	(void)state;
	static char text[5000] = "online=yes\n";
	struct status s;
	store_close(open_new());
	memset(text + strlen(text), '\n', sizeof text - strlen(text));
	scratch_write(folder, "sync.status", text, sizeof text);
	assert_false(status_read(folder, &s));
	assert_false(s.is_online);
}

int main(void)
{
	static struct sentences s;
	scratch_make(folder);
	sentences_add(&s, "what the screen said of itself is remembered", the_screen_is_remembered, NULL);
	SENTENCES_ROWS(&s, damage_rows, check_damage);
	SENTENCES_ROWS(&s, garbage_rows, check_garbage);
	sentences_add(&s, "a new folder has no record", a_new_folder_has_no_record, NULL);
	sentences_add(&s, "a record reads back by writer, reader and next start",
		a_record_reads_back_by_writer_reader_and_next_start, NULL);
	sentences_add(&s, "the last record counts", the_last_record_counts, NULL);
	sentences_add(
		&s, "the journal is truncated and never WAL", the_journal_is_truncated_and_never_wal, NULL);
	sentences_add(&s, "two writers are one too many", two_writers_are_one_too_many, NULL);
	sentences_add(&s, "a part becomes an object only by its hash",
		a_part_becomes_an_object_only_by_its_hash, NULL);
	sentences_add(&s, "manifests are verified again and must be what they are called",
		manifests_are_verified_again_and_must_be_what_they_are_called, NULL);
	sentences_add(&s, "a chain of trust ends at the first that does not hold",
		a_chain_of_trust_ends_at_the_first_that_does_not_hold, NULL);
	sentences_add(&s, "a status reads back", a_status_reads_back, NULL);
	sentences_add(&s, "an error of two lines cannot speak for itself",
		an_error_of_two_lines_cannot_speak_for_itself, NULL);
	sentences_add(
		&s, "a status beyond its ceiling is not read", a_status_beyond_its_ceiling_is_not_read, NULL);
	int failed = sentences_run(&s, "store");
	scratch_remove(folder);
	return failed;
}
