/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the body of a trust document that the fixed key signed: as the first one,
 * and as the one after the fixed first. What is accepted can be met by its own keys, and
 * is the same when it is written and read again. */
#include "feed/trust.h"

#include "fuzz.h"

static void must_be_sound(const struct trust *t)
{
	FUZZ_MUST(trust_is_feed_name(t->feed) && t->version >= 1);
	FUZZ_MUST(t->key_count >= 1 && t->key_count <= TRUST_KEYS_MAX);
	for (int role = 0; role < TRUST_ROLES; role++) {
		int keys = 0;
		for (int i = 0; i < TRUST_KEYS_MAX; i++) {
			FUZZ_MUST(!t->roles[role].has[i] || i < t->key_count);
			keys += t->roles[role].has[i];
		}
		FUZZ_MUST(t->roles[role].threshold >= 1 && t->roles[role].threshold <= keys);
	}
}

static void must_come_again(const struct trust *t)
{
	struct trust *again = NULL;
	struct buf body = {0}, sealed = {0};
	struct err e = {0};
	trust_write_body(t, &body);
	fuzz_seal(ENVELOPE_TRUST, body.data, body.len, &sealed);
	FUZZ_MUST(trust_read_first(&again, sealed.data, sealed.len, &e));
	FUZZ_MUST(strcmp(t->feed, again->feed) == 0 && t->version == again->version &&
		  t->expires_utc_s == again->expires_utc_s && t->policy == again->policy &&
		  t->key_count == again->key_count);
	for (int role = 0; role < TRUST_ROLES; role++)
		FUZZ_MUST(t->roles[role].threshold == again->roles[role].threshold &&
			  trust_same_keys(t, again, (enum trust_role)role));
	trust_destroy(again);
	buf_finish(&body);
	buf_finish(&sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct trust *first = NULL, *next = NULL;
	struct buf sealed = {0};
	struct err e = {0};
	fuzz_seal(ENVELOPE_TRUST, bytes, len, &sealed);
	if (trust_read_first(&first, sealed.data, sealed.len, &e)) {
		must_be_sound(first);
		must_come_again(first);
	}
	if (trust_read_next(&next, fuzz_trust(), sealed.data, sealed.len, &e))
		FUZZ_MUST(first && next->version == 2 && strcmp(next->feed, fuzz_trust()->feed) == 0);
	trust_destroy(first);
	trust_destroy(next);
	buf_finish(&sealed);
	return 0;
}
