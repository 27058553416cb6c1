/* SPDX-License-Identifier: Apache-2.0
 *
 * Every bit of a small feed's documents turned once, and ten thousand bits of its
 * objects: not one of them is taken. */
#include <unistd.h>

#include "feed_kit.h"
#include "scratch.h"
#include "sentences.h"
#include "store/store.h"

#define KEYS(...) ((struct key *const[]){__VA_ARGS__, NULL})
#define OBJECT_BYTES 3000
#define OBJECT_FLIPS 10000

static struct key *keys[2][4]; /* by type: root, next root, publisher, head */
static struct trust *trusts[2];
static struct buf documents[2][4];
static char folder[SCRATCH_PATH_MAX];

enum document { FIRST_TRUST, NEXT_TRUST, HEAD, MANIFEST };

static const struct flip_row {
	const char *says;
	enum key_type type;
	enum document document;
	int every; /* SM2 takes its time */
} flip_rows[] = {
	{"every bit of the installed trust document", KEY_ED25519, FIRST_TRUST, 1},
	{"every bit of the next trust document", KEY_ED25519, NEXT_TRUST, 1},
	{"every bit of the head", KEY_ED25519, HEAD, 1},
	{"every bit of the manifest", KEY_ED25519, MANIFEST, 1},
	{"every seventh bit of the installed trust document (SM2)", KEY_SM2, FIRST_TRUST, 7},
	{"every seventh bit of the next trust document (SM2)", KEY_SM2, NEXT_TRUST, 7},
	{"every third bit of the head (SM2)", KEY_SM2, HEAD, 3},
	{"every third bit of the manifest (SM2)", KEY_SM2, MANIFEST, 3},
};

static void trust_body(struct buf *out, int64_t version, struct key *const *k, int root)
{
	struct trust *t = calloc(1, sizeof *t);
	if (!t)
		abort();
	(void)snprintf(t->feed, sizeof t->feed, "hall");
	t->version = version;
	t->expires_utc_s = 2000000000;
	t->keys[0] = k[root];
	t->keys[1] = k[2];
	t->keys[2] = k[3];
	t->key_count = 3;
	for (int role = 0; role < TRUST_ROLES; role++) {
		t->roles[role].threshold = 1;
		t->roles[role].has[role] = true; /* root, publisher, head: keys 0, 1, 2 */
	}
	trust_write_body(t, out);
	free(t);
}

static void make_documents(int type)
{
	struct key **k = keys[type];
	struct buf body = {0};
	struct err e = {0};
	struct manifest_media medium = {.name = "a.png", .sha256 = KIT_HASH, .size = 7, .type = "image/png"};
	struct manifest m = {.feed = "hall",
		.version = 3,
		.issued_utc_s = 1780000000,
		.expires_utc_s = 1790000000,
		.content_sha256 = KIT_HASH,
		.content_size = 9,
		.media = &medium,
		.media_count = 1};
	struct head h = {.feed = "hall",
		.seq = 5,
		.issued_utc_s = 1780000000,
		.expires_utc_s = 1790000000,
		.trust = 1,
		.version = 3,
		.manifest_sha256 = KIT_HASH,
		.manifest_size = 900};
	for (int i = 0; i < 4; i++)
		k[i] = kit_key(type ? KEY_SM2 : KEY_ED25519);
	trust_body(&body, 1, k, 0);
	documents[type][FIRST_TRUST] = kit_sign(ENVELOPE_TRUST, body.data, KEYS(k[0]));
	buf_clear(&body);
	trust_body(&body, 2, k, 1);
	documents[type][NEXT_TRUST] = kit_sign(ENVELOPE_TRUST, body.data, KEYS(k[0], k[1]));
	buf_clear(&body);
	head_write_body(&h, &body);
	documents[type][HEAD] = kit_sign(ENVELOPE_HEAD, body.data, KEYS(k[3]));
	buf_clear(&body);
	manifest_write_body(&m, &body);
	documents[type][MANIFEST] = kit_sign(ENVELOPE_MANIFEST, body.data, KEYS(k[2]));
	buf_finish(&body);
	const struct buf *first = &documents[type][FIRST_TRUST];
	if (!trust_read_first(&trusts[type], first->data, first->len, &e))
		abort();
}

static bool is_taken(const struct flip_row *r, const struct buf *bytes)
{
	struct trust *t = NULL;
	struct head h;
	struct manifest m = {0};
	struct err e = {0};
	bool ok = false;
	switch (r->document) {
	case FIRST_TRUST:
		ok = trust_read_first(&t, bytes->data, bytes->len, &e);
		break;
	case NEXT_TRUST:
		ok = trust_read_next(&t, trusts[r->type], bytes->data, bytes->len, &e);
		break;
	case HEAD:
		ok = head_read(&h, trusts[r->type], bytes->data, bytes->len, &e);
		break;
	case MANIFEST:
		ok = manifest_read(&m, trusts[r->type], bytes->data, bytes->len, &e);
		break;
	}
	trust_destroy(ok ? t : NULL);
	manifest_finish(&m);
	return ok;
}

static void check_flips(void **state)
{
	const struct flip_row *r = *state;
	struct buf *bytes = &documents[r->type][r->document];
	assert_true(is_taken(r, bytes));
	for (size_t bit = 0; bit < bytes->len * 8; bit += (size_t)r->every) {
		char *byte = &bytes->data[bit / 8];
		*byte = (char)(*byte ^ (1 << bit % 8));
		if (is_taken(r, bytes))
			fail_msg("bit %zu: %s", bit, bytes->data);
		*byte = (char)(*byte ^ (1 << bit % 8));
	}
	assert_true(is_taken(r, bytes));
}

static uint64_t next_random(uint64_t *x) /* xorshift64 (Marsaglia 2003): the same in each run */
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	return *x ^= *x << 17;
}

static void write_part(const char *path, const char *bytes)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes, 1, OBJECT_BYTES, f) != OBJECT_BYTES || fclose(f) != 0)
		abort();
}

static void flipped_objects_are_refused(void **state)
{
	(void)state;
	struct store *store;
	struct err e = {0};
	char bytes[OBJECT_BYTES], sha256[DIGEST_HEX], part[STORE_PATH_MAX];
	uint64_t x = 88172645463325252;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)next_random(&x);
	digest_bytes(bytes, sizeof bytes, sha256);
	assert_true(store_open(&store, folder, &e));
	store_part_path(store, sha256, part);
	for (int i = 0; i < OBJECT_FLIPS; i++) {
		size_t bit = (size_t)(next_random(&x) % (sizeof bytes * 8));
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
		write_part(part, bytes);
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
		if (store_keep_part(store, sha256, OBJECT_BYTES, &e) || e.kind != ERR_UNTRUSTED)
			fail_msg("bit %zu: %s", bit, e.text);
		assert_int_not_equal(access(part, F_OK), 0);
	}
	write_part(part, bytes);
	assert_true(store_keep_part(store, sha256, OBJECT_BYTES, &e));
	assert_true(store_holds_object(store, sha256, OBJECT_BYTES));
	store_close(store);
}

int main(void)
{
	struct sentences s = {0};
	if (access("/dev/shm", W_OK) == 0)
		(void)setenv("TMPDIR", "/dev/shm", 0);
	scratch_make(folder);
	for (int type = 0; type < 2; type++)
		make_documents(type);
	SENTENCES_ROWS(&s, flip_rows, check_flips);
	sentences_add(&s, "ten thousand flipped objects", flipped_objects_are_refused, NULL);
	int failed = sentences_run(&s, "feed_flips");
	for (int type = 0; type < 2; type++) {
		trust_destroy(trusts[type]);
		for (int i = 0; i < 4; i++) {
			key_destroy(keys[type][i]);
			buf_finish(&documents[type][i]);
		}
	}
	scratch_remove(folder);
	return failed;
}
