/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the body of a well-signed head. What is accepted keeps the ceilings and is
 * the same when it is written and read again. */
#include "feed/head.h"

#include "feed/manifest.h"
#include "fuzz.h"

static bool read_sealed(struct head *h, const void *body, size_t len, struct err *e)
{
	struct buf sealed = {0};
	fuzz_seal(ENVELOPE_HEAD, body, len, &sealed);
	bool ok = head_read(h, fuzz_trust(), sealed.data, sealed.len, e);
	buf_finish(&sealed);
	return ok;
}

static void must_be_sound(const struct head *h)
{
	FUZZ_MUST(h->seq >= 1 && h->trust >= 1 && h->version >= 1 && h->version <= MANIFEST_VERSION_MAX);
	FUZZ_MUST(digest_is_hex(h->manifest_sha256) && h->manifest_size >= 1 &&
		  h->manifest_size <= MANIFEST_BYTES_MAX && h->alert_count <= HEAD_ALERTS_MAX);
	for (int i = 0; i < h->alert_count; i++) {
		FUZZ_MUST(head_is_word(h->alerts[i].id) && h->alerts[i].tag_count <= HEAD_TAGS_MAX);
		for (int k = 0; k < h->alerts[i].tag_count; k++)
			FUZZ_MUST(head_is_word(h->alerts[i].tags[k]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct head h, again;
	struct buf written = {0};
	struct err e = {0};
	if (!read_sealed(&h, bytes, len, &e)) {
		FUZZ_MUST((e.kind == ERR_FORMAT || e.kind == ERR_UNTRUSTED) && e.text[0]);
		return 0;
	}
	must_be_sound(&h);
	head_write_body(&h, &written);
	FUZZ_MUST(read_sealed(&again, written.data, written.len, &e));
	/* Both began as zeroes: what was not said is the same, too. */
	FUZZ_MUST(memcmp(&h, &again, sizeof h) == 0);
	buf_finish(&written);
	return 0;
}
