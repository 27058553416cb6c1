/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the body of a well-signed manifest. What is accepted names no path, keeps
 * the ceilings, and is the same when it is written and read again. */
#include "feed/manifest.h"

#include "fuzz.h"

static bool read_sealed(struct manifest *m, const void *body, size_t len, struct err *e)
{
	struct buf sealed = {0};
	fuzz_seal(ENVELOPE_MANIFEST, body, len, &sealed);
	bool ok = manifest_read(m, fuzz_trust(), sealed.data, sealed.len, e);
	buf_finish(&sealed);
	return ok;
}

static bool is_same_media(const struct manifest_media *a, const struct manifest_media *b)
{
	return strcmp(a->name, b->name) == 0 && strcmp(a->sha256, b->sha256) == 0 && a->size == b->size &&
	       strcmp(a->type, b->type) == 0 && a->width == b->width && a->height == b->height;
}

static void must_be_sound(const struct manifest *m)
{
	FUZZ_MUST(m->version >= 1 && m->version <= MANIFEST_VERSION_MAX);
	FUZZ_MUST(m->content_size >= 1 && m->content_size <= MANIFEST_CONTENT_BYTES_MAX);
	FUZZ_MUST(digest_is_hex(m->content_sha256) && m->media_count <= MANIFEST_MEDIA_MAX);
	for (int i = 0; i < m->media_count; i++) {
		const struct manifest_media *a = &m->media[i];
		FUZZ_MUST(!strpbrk(a->name, "/\\%: ") && a->name[0] && strcmp(a->name, "..") != 0 &&
			  strcmp(a->name, ".") != 0);
		FUZZ_MUST(digest_is_hex(a->sha256) && a->size >= 1 && a->size <= MANIFEST_OBJECT_BYTES_MAX);
		FUZZ_MUST(manifest_find(m, a->name) == a);
	}
	FUZZ_MUST(!manifest_find(m, "../objects"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct manifest m, again;
	struct buf written = {0};
	struct err e = {0};
	if (!read_sealed(&m, bytes, len, &e)) {
		FUZZ_MUST((e.kind == ERR_FORMAT || e.kind == ERR_UNTRUSTED) && e.text[0]);
		manifest_finish(&m);
		return 0;
	}
	must_be_sound(&m);
	manifest_write_body(&m, &written);
	FUZZ_MUST(read_sealed(&again, written.data, written.len, &e));
	FUZZ_MUST(m.version == again.version && m.issued_utc_s == again.issued_utc_s &&
		  m.expires_utc_s == again.expires_utc_s && m.content_size == again.content_size &&
		  strcmp(m.content_sha256, again.content_sha256) == 0 && m.media_count == again.media_count);
	for (int i = 0; i < m.media_count; i++)
		FUZZ_MUST(is_same_media(&m.media[i], &again.media[i]));
	manifest_finish(&m);
	manifest_finish(&again);
	buf_finish(&written);
	return 0;
}
