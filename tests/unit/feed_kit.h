/* feed_kit.h - keys and signed documents for tests of feed and store.
 *
 * Kit keys are made anew in each test program; nothing here can fail without
 * ending it. */
#ifndef FEED_KIT_H
#define FEED_KIT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feed/envelope.h"
#include "feed/head.h"
#include "feed/manifest.h"
#include "feed/trust.h"

#define KIT_HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static inline struct key *kit_key(enum key_type type)
{
	struct key *k = key_generate(type);
	if (!k)
		abort();
	return k;
}

/* A body in an envelope signed by keys (NULL-ended). The caller ends it with buf_finish(). */
static inline struct buf kit_sign(const char *type, const char *body, struct key *const *keys)
{
	struct envelope v = {0};
	struct buf out = {0};
	struct err e = {0};
	envelope_make(&v, type, body, strlen(body));
	for (; *keys; keys++) {
		if (!envelope_sign(&v, *keys, &e))
			abort();
	}
	envelope_write(&v, type, &out);
	envelope_finish(&v);
	return out;
}

/* A trust document that gives every role these keys (NULL-ended) and thresholds. */
static inline void kit_trust_body(
	struct buf *out, int64_t version, enum trust_policy policy, struct key *const *keys, int threshold)
{
	struct trust *t = calloc(1, sizeof *t);
	if (!t)
		abort();
	(void)snprintf(t->feed, sizeof t->feed, "hall");
	t->version = version;
	t->expires_utc_s = 2000000000;
	t->policy = policy;
	for (; keys[t->key_count]; t->key_count++)
		t->keys[t->key_count] = (struct key *)(uintptr_t)keys[t->key_count];
	for (int role = 0; role < TRUST_ROLES; role++) {
		t->roles[role].threshold = threshold;
		for (int i = 0; i < t->key_count; i++)
			t->roles[role].has[i] = true;
	}
	trust_write_body(t, out);
	free(t);
}

static inline struct buf kit_trust(
	int64_t version, enum trust_policy policy, struct key *const *keys, int threshold)
{
	struct buf body = {0};
	kit_trust_body(&body, version, policy, keys, threshold);
	struct buf out = kit_sign(ENVELOPE_TRUST, body.data, keys);
	buf_finish(&body);
	return out;
}

/* Read back; the caller ends it with trust_destroy(). */
static inline struct trust *kit_trust_of(enum trust_policy policy, struct key *const *keys, int threshold)
{
	struct trust *t = NULL;
	struct err e = {0};
	struct buf bytes = kit_trust(1, policy, keys, threshold);
	if (!trust_read_first(&t, bytes.data, bytes.len, &e)) {
		(void)fprintf(stderr, "%s\n", e.text);
		abort();
	}
	buf_finish(&bytes);
	return t;
}

/* text with the first `from` replaced. The caller frees it. */
static inline char *kit_replace(const char *text, const char *from, const char *to)
{
	struct buf out = {0};
	const char *at = strstr(text, from);
	if (!at)
		abort();
	buf_add(&out, text, (size_t)(at - text));
	buf_text(&out, to);
	buf_text(&out, at + strlen(from));
	return out.data;
}

#endif
