/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as an envelope. One that is read is the same when it is written and read again. */
#include "feed/envelope.h"

#include "fuzz.h"

static bool is_same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (!a->len || memcmp(a->data, b->data, a->len) == 0);
}

static void try_as(const char *type, const char *bytes, size_t len)
{
	struct envelope v = {0}, again = {0};
	struct buf written = {0};
	struct err e = {0};
	if (envelope_read(&v, type, bytes, len, &e)) {
		FUZZ_MUST(v.signature_count <= ENVELOPE_SIGNATURES_MAX);
		envelope_write(&v, type, &written);
		FUZZ_MUST(envelope_read(&again, type, written.data, written.len, &e));
		FUZZ_MUST(is_same(&v.body, &again.body) && is_same(&v.signed_bytes, &again.signed_bytes));
		FUZZ_MUST(v.signature_count == again.signature_count);
		for (int i = 0; i < v.signature_count; i++)
			FUZZ_MUST(is_same(&v.signatures[i].bytes, &again.signatures[i].bytes) &&
				  strcmp(v.signatures[i].key_id, again.signatures[i].key_id) == 0);
		(void)trust_verify(fuzz_trust(), TRUST_HEAD, &v, &e);
	} else {
		FUZZ_MUST(e.kind == ERR_FORMAT && e.text[0]);
	}
	envelope_finish(&v);
	envelope_finish(&again);
	buf_finish(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	try_as(ENVELOPE_HEAD, (const char *)bytes, len);
	try_as(ENVELOPE_MANIFEST, (const char *)bytes, len);
	try_as(ENVELOPE_TRUST, (const char *)bytes, len);
	return 0;
}
