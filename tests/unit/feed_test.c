/* SPDX-License-Identifier: Apache-2.0
 *
 * Who signed: envelopes, keys, thresholds, and how trust moves on. */
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "feed_kit.h"
#include "scratch.h"
#include "sentences.h"

#define BODY "{\"feed\": \"hall\", \"seq\": 1}"
#define KEYS(...) ((struct key *const[]){__VA_ARGS__, NULL})

static struct key *ed[4], *sm[3];
static char folder[SCRATCH_PATH_MAX];

static bool verifies(const struct trust *t, const struct buf *bytes, struct err *e)
{
	struct envelope v = {0};
	bool ok = envelope_read(&v, ENVELOPE_HEAD, bytes->data, bytes->len, e) &&
		  trust_verify(t, TRUST_HEAD, &v, e) && strcmp(v.body.data, BODY) == 0;
	envelope_finish(&v);
	return ok;
}

/* Which of the keys e0 e1 e2 s0 s1 s2 sign, as letters: lower case ed25519, upper case sm2. */
static const struct threshold_row {
	const char *says, *trusted, *signers;
	enum trust_policy policy;
	int threshold;
	bool holds;
} threshold_rows[] = {
	{"one of one", "a", "a", TRUST_ANY, 1, true},
	{"one of one, sm2", "A", "A", TRUST_ANY, 1, true},
	{"nobody signed", "a", "", TRUST_ANY, 1, false},
	{"a stranger signed", "a", "b", TRUST_ANY, 1, false},
	{"a stranger's signature does no harm beside a good one", "a", "ba", TRUST_ANY, 1, true},
	{"two of three", "abc", "ca", TRUST_ANY, 2, true},
	{"one of two needed", "abc", "c", TRUST_ANY, 2, false},
	{"one key of each type makes two", "aA", "aA", TRUST_ANY, 2, true},
	{"policy ed25519 counts it", "aA", "a", TRUST_ED25519, 1, true},
	{"policy ed25519 does not count sm2", "aA", "A", TRUST_ED25519, 1, false},
	{"policy sm2 counts it", "aA", "A", TRUST_SM2, 1, true},
	{"policy sm2 does not count ed25519", "aA", "a", TRUST_SM2, 1, false},
	{"policy both: one of each type", "aA", "aA", TRUST_BOTH, 1, true},
	{"policy both: ed25519 alone", "aA", "a", TRUST_BOTH, 1, false},
	{"policy both: sm2 alone", "aA", "A", TRUST_BOTH, 1, false},
	{"policy both, two: two and one", "abAB", "abA", TRUST_BOTH, 2, false},
	{"policy both, two: two and two", "abAB", "abAB", TRUST_BOTH, 2, true},
};

static void pick(const char *letters, struct key **out)
{
	for (; *letters; letters++)
		*out++ = *letters >= 'a' ? ed[*letters - 'a'] : sm[*letters - 'A'];
	*out = NULL;
}

static void check_threshold(void **state)
{
	const struct threshold_row *r = *state;
	struct key *trusted[8], *signers[8];
	struct err e = {0};
	pick(r->trusted, trusted);
	pick(r->signers, signers);
	struct trust *t = kit_trust_of(r->policy, trusted, r->threshold);
	struct buf bytes = kit_sign(ENVELOPE_HEAD, BODY, signers);
	assert_int_equal(verifies(t, &bytes, &e), r->holds);
	assert_int_equal(e.kind, r->holds ? ERR_NONE : ERR_UNTRUSTED);
	buf_finish(&bytes);
	trust_destroy(t);
}

/* The first signature of an envelope, count times. */
static struct buf repeated(const struct buf *bytes, int count)
{
	struct buf out = {0};
	const char *list = strstr(bytes->data, "\"signatures\": [") + strlen("\"signatures\": [");
	const char *end = strchr(list, '}') + 1;
	buf_add(&out, bytes->data, (size_t)(list - bytes->data));
	for (int i = 0; i < count; i++) {
		buf_text(&out, i ? "," : "");
		buf_add(&out, list, (size_t)(end - list));
	}
	buf_text(&out, "]}\n");
	return out;
}

static void one_key_counts_once_however_often_it_signed(void **state)
{
	struct key *k = *state ? sm[0] : ed[0];
	struct trust *t = kit_trust_of(TRUST_ANY, KEYS(ed[0], sm[0]), 2);
	struct buf once = kit_sign(ENVELOPE_HEAD, BODY, KEYS(k)), often = repeated(&once, 16);
	struct err e = {0};
	assert_false(verifies(t, &often, &e));
	assert_int_equal(e.kind, ERR_UNTRUSTED);
	buf_finish(&once);
	buf_finish(&often);
	trust_destroy(t);
}

static void sixteen_signatures_are_read_and_seventeen_refused(void **state)
{
	(void)state;
	struct trust *t = kit_trust_of(TRUST_ANY, KEYS(ed[0]), 1);
	struct buf once = kit_sign(ENVELOPE_HEAD, BODY, KEYS(ed[0]));
	for (int count = 16; count <= 17; count++) {
		struct buf often = repeated(&once, count);
		struct err e = {0};
		assert_int_equal(verifies(t, &often, &e), count == 16);
		assert_int_equal(e.kind, count == 16 ? ERR_NONE : ERR_FORMAT);
		buf_finish(&often);
	}
	buf_finish(&once);
	trust_destroy(t);
}

/* The same public key in another spelling: SM2 points may be written compressed. */
static void add_compressed(struct buf *der, const struct key *k)
{
	struct buf plain = {0};
	key_to_der(k, &plain);
	const unsigned char *at = (const unsigned char *)plain.data;
	EVP_PKEY *p = d2i_PUBKEY(NULL, &at, (long)plain.len);
	assert_non_null(p);
	assert_int_equal(
		EVP_PKEY_set_utf8_string_param(p, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "compressed"),
		1);
	unsigned char *bytes = NULL;
	int len = i2d_PUBKEY(p, &bytes);
	assert_true(len > 0 && (size_t)len < plain.len);
	buf_add(der, bytes, (size_t)len);
	OPENSSL_free(bytes);
	EVP_PKEY_free(p);
	buf_finish(&plain);
}

static void a_public_key_in_two_spellings_is_one_key(void **state)
{
	(void)state;
	struct buf der = {0}, body = {0}, key = {0}, ids = {0};
	char id[DIGEST_HEX];
	struct trust *t = NULL;
	struct err e = {0};
	add_compressed(&der, sm[0]);
	digest_bytes(der.data, der.len, id);
	kit_trust_body(&body, 1, TRUST_ANY, KEYS(sm[0], ed[0]), 2);
	buf_printf(&key, "\"keys\": {\"%s\": {\"type\": \"sm2\", \"public\": \"", id);
	digest_to_base64(der.data, der.len, &key);
	buf_text(&key, "\"}, ");
	char *with_key = kit_replace(body.data, "\"keys\": {", key.data);
	buf_printf(&ids, "\"keyids\": [\"%s\", ", id);
	char *with_id = kit_replace(with_key, "\"keyids\": [", ids.data);
	struct buf bytes = kit_sign(ENVELOPE_TRUST, with_id, KEYS(sm[0], ed[0]));
	assert_false(trust_read_first(&t, bytes.data, bytes.len, &e));
	assert_int_equal(e.kind, ERR_FORMAT);
	free(with_key);
	free(with_id);
	buf_finish(&bytes);
	buf_finish(&der);
	buf_finish(&body);
	buf_finish(&key);
	buf_finish(&ids);
}

/* Every bit of every byte: none may go unnoticed. */
static void any_flipped_bit_is_refused(void **state)
{
	struct key *k = *state ? sm[0] : ed[0];
	struct trust *t = kit_trust_of(TRUST_ANY, KEYS(k), 1);
	struct buf bytes = kit_sign(ENVELOPE_HEAD, BODY, KEYS(k));
	struct err e = {0};
	assert_true(verifies(t, &bytes, &e));
	for (size_t i = 0; i < bytes.len; i++) {
		for (int bit = 0; bit < 8; bit++) {
			bytes.data[i] = (char)(bytes.data[i] ^ (1 << bit));
			if (verifies(t, &bytes, &e))
				fail_msg("byte %zu bit %d: %s", i, bit, bytes.data);
			bytes.data[i] = (char)(bytes.data[i] ^ (1 << bit));
		}
	}
	assert_true(verifies(t, &bytes, &e));
	buf_finish(&bytes);
	trust_destroy(t);
}

static void any_piece_cut_off_is_refused(void **state)
{
	(void)state;
	struct trust *t = kit_trust_of(TRUST_ANY, KEYS(ed[0]), 1);
	struct buf bytes = kit_sign(ENVELOPE_HEAD, BODY, KEYS(ed[0]));
	struct err e = {0};
	for (size_t len = 0; len < bytes.len - 1; len++)
		assert_false(verifies(t, &(struct buf){bytes.data, len, 0}, &e));
	buf_finish(&bytes);
	trust_destroy(t);
}

static const struct envelope_row {
	const char *says, *from, *to, *why;
} envelope_rows[] = {
	{"no type", "\"payloadType\"", "\"x\"", "payloadType: missing"},
	{"another document's type", "vnd.fangzi.head", "vnd.fangzi.manifest", "payloadType: is"},
	{"no body", "\"payload\"", "\"x\"", "payload: missing"},
	{"a body that is no text",
		"\"payload\": ", "\"payload\": 1, \"x\": ", "payload: missing or not base64"},
	{"a body that is not base64", "\"payload\": \"", "\"payload\": \"*",
		"payload: missing or not base64"},
	{"a body with a line feed in it", "\"payload\": \"", "\"payload\": \"\\n", "not base64"},
	{"no signatures", "\"signatures\"", "\"x\"", "signatures: missing"},
	{"signatures that are no list", "\"signatures\": [", "\"signatures\": {}, \"x\": [",
		"must be a list"},
	{"a signature that is no object", "\"signatures\": [", "\"signatures\": [1, ", "not an object"},
	{"a signature without its key", "\"keyid\"", "\"x\"", "keyid: missing"},
	{"a signature without itself", "\"sig\"", "\"x\"", "sig: missing"},
	{"a signature that is not base64", "\"sig\": \"", "\"sig\": \"*", "not base64"},
	{"two bodies", "\"payload\": ", "\"payload\": \"e30=\", \"payload\": ", "duplicate"},
};

static void check_envelope(void **state)
{
	const struct envelope_row *r = *state;
	struct buf bytes = kit_sign(ENVELOPE_HEAD, BODY, KEYS(ed[0]));
	char *bad = kit_replace(bytes.data, r->from, r->to);
	struct envelope v = {0};
	struct err e = {0};
	assert_false(envelope_read(&v, ENVELOPE_HEAD, bad, strlen(bad), &e));
	assert_int_equal(e.kind, ERR_FORMAT);
	if (!strstr(e.text, r->why))
		fail_msg("'%s' is not in '%s'", r->why, e.text);
	envelope_finish(&v);
	free(bad);
	buf_finish(&bytes);
}

static const struct rotation_row {
	const char *says, *old, *fresh, *signers; /* fresh: the next document's keys */
	int64_t version;
	const char *feed;
	enum err_kind kind; /* ERR_NONE: it is taken */
} rotation_rows[] = {
	{"signed by old and new", "ab", "bc", "abc", 2, "hall", ERR_NONE},
	{"a key in both signs for both", "ab", "bA", "bAa", 2, "hall", ERR_NONE},
	{"signed by the old ones only", "ab", "bc", "ab", 2, "hall", ERR_UNTRUSTED},
	{"signed by the new ones only", "ab", "bc", "bc", 2, "hall", ERR_UNTRUSTED},
	{"signed by nobody", "ab", "bc", "", 2, "hall", ERR_UNTRUSTED},
	{"another feed's", "ab", "ab", "ab", 2, "park", ERR_UNTRUSTED},
	{"the same number again", "ab", "ab", "ab", 1, "hall", ERR_STALE},
	{"a number left out", "ab", "ab", "ab", 3, "hall", ERR_STALE},
	{"old and new share one key, which counts once for each", "ab", "bc", "b", 2, "hall", ERR_UNTRUSTED},
};

static void check_rotation(void **state)
{
	const struct rotation_row *r = *state;
	struct key *old[8], *fresh[8], *signers[8];
	struct buf body = {0};
	struct trust *next = NULL;
	struct err e = {0};
	char feed[64];
	pick(r->old, old);
	pick(r->fresh, fresh);
	pick(r->signers, signers);
	struct trust *t = kit_trust_of(TRUST_ANY, old, 2);
	kit_trust_body(&body, r->version, TRUST_ANY, fresh, 2);
	(void)snprintf(feed, sizeof feed, "\"feed\": \"%s\"", r->feed);
	char *said = kit_replace(body.data, "\"feed\": \"hall\"", feed);
	struct buf bytes = kit_sign(ENVELOPE_TRUST, said, signers);
	assert_int_equal(trust_read_next(&next, t, bytes.data, bytes.len, &e), r->kind == ERR_NONE);
	assert_int_equal(e.kind, r->kind);
	trust_destroy(next);
	trust_destroy(t);
	free(said);
	buf_finish(&body);
	buf_finish(&bytes);
}

static void a_role_has_changed_when_its_keys_have(void **state)
{
	(void)state;
	struct trust *a = kit_trust_of(TRUST_ANY, KEYS(ed[0], ed[1]), 1);
	struct trust *same = kit_trust_of(TRUST_ANY, KEYS(ed[1], ed[0]), 2);
	struct trust *less = kit_trust_of(TRUST_ANY, KEYS(ed[0]), 1);
	assert_true(trust_same_keys(a, same, TRUST_HEAD));
	assert_false(trust_same_keys(a, less, TRUST_HEAD));
	assert_false(trust_same_keys(less, a, TRUST_HEAD));
	trust_destroy(a);
	trust_destroy(same);
	trust_destroy(less);
}

static void keys_keep_in_files(void **state)
{
	struct key *k = *state ? sm[0] : ed[0], *back = NULL;
	const char *name = *state ? "sm" : "ed";
	char path[SCRATCH_PATH_MAX + 16], public[SCRATCH_PATH_MAX + 16];
	struct err e = {0};
	struct buf signature = {0};
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	(void)snprintf(public, sizeof public, "%s/%s.pub", folder, name);
	assert_true(key_write_private(k, path, "坊子 2023", &e));
	assert_true(key_write_public(k, public, &e));
	assert_false(key_write_private(k, path, NULL, &e)); /* never replaced */
	assert_int_equal(e.kind, ERR_DISK);
	assert_false(key_read(&back, path, NULL, &e));
	assert_non_null(strstr(e.text, "needs a passphrase"));
	assert_false(key_read(&back, path, "wrong", &e));
	assert_non_null(strstr(e.text, "does not open"));
	assert_true(key_read(&back, path, "坊子 2023", &e));
	assert_string_equal(key_id(back), key_id(k));
	assert_true(key_sign(back, "abc", 3, &signature, &e));
	assert_true(key_verify(k, "abc", 3, signature.data, signature.len));
	assert_false(key_verify(k, "abd", 3, signature.data, signature.len));
	assert_false(key_verify(k, "abc", 3, signature.data, signature.len - 1));
	assert_false(key_verify(k, "abc", 3, "", 0));
	key_destroy(back);
	assert_true(key_read(&back, public, NULL, &e));
	assert_string_equal(key_id(back), key_id(k));
	assert_false(key_sign(back, "abc", 3, &signature, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	key_destroy(back);
	buf_finish(&signature);
}

int main(void)
{
	static struct sentences s;
	static const int yes = 1;
	scratch_make(folder);
	for (int i = 0; i < 4; i++)
		ed[i] = kit_key(KEY_ED25519);
	for (int i = 0; i < 3; i++)
		sm[i] = kit_key(KEY_SM2);
	SENTENCES_ROWS(&s, threshold_rows, check_threshold);
	SENTENCES_ROWS(&s, envelope_rows, check_envelope);
	SENTENCES_ROWS(&s, rotation_rows, check_rotation);
	sentences_add(&s, "an ed25519 key counts once, however often it signed",
		one_key_counts_once_however_often_it_signed, NULL);
	sentences_add(&s, "an sm2 key counts once, with different signatures too",
		one_key_counts_once_however_often_it_signed, &yes);
	sentences_add(&s, "sixteen signatures are read and seventeen refused",
		sixteen_signatures_are_read_and_seventeen_refused, NULL);
	sentences_add(&s, "a public key in two spellings is one key",
		a_public_key_in_two_spellings_is_one_key, NULL);
	sentences_add(&s, "any flipped bit is refused, ed25519", any_flipped_bit_is_refused, NULL);
	sentences_add(&s, "any flipped bit is refused, sm2", any_flipped_bit_is_refused, &yes);
	sentences_add(&s, "any piece cut off is refused", any_piece_cut_off_is_refused, NULL);
	sentences_add(
		&s, "a role has changed when its keys have", a_role_has_changed_when_its_keys_have, NULL);
	sentences_add(&s, "ed25519 keys keep in files", keys_keep_in_files, NULL);
	sentences_add(&s, "sm2 keys keep in files", keys_keep_in_files, &yes);
	int failed = sentences_run(&s, "feed");
	for (int i = 0; i < 4; i++)
		key_destroy(ed[i]);
	for (int i = 0; i < 3; i++)
		key_destroy(sm[i]);
	scratch_remove(folder);
	return failed;
}
