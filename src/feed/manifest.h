/* manifest.h - what a version consists of: its content document and media, by
 * hash. Names are names and never paths. */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/trust.h"

#define MANIFEST_BYTES_MAX (1 << 20)
#define MANIFEST_VERSION_MAX (((int64_t)1 << 53) - 1)
#define MANIFEST_JUMP_MAX 10000 /* so that an accident cannot burn the numbers */
#define MANIFEST_CONTENT_BYTES_MAX (16 << 20)
#define MANIFEST_OBJECT_BYTES_MAX ((int64_t)256 << 20)
#define MANIFEST_MEDIA_MAX 4096
#define MANIFEST_NAME_MAX 128

struct manifest_media {
	char name[MANIFEST_NAME_MAX + 1];
	char sha256[DIGEST_HEX];
	int64_t size;
	char type[64];
	int64_t width, height; /* px; 0: not said */
};

struct manifest {
	char feed[TRUST_FEED_NAME_MAX + 1];
	int64_t version, issued_utc_s, expires_utc_s;
	char content_sha256[DIGEST_HEX];
	int64_t content_size;
	struct manifest_media *media;
	int media_count;
};

/* Verified by the publisher role, then read. manifest_finish() after, whatever
 * came back. ERR_UNTRUSTED, ERR_FORMAT. */
bool manifest_read(struct manifest *m, const struct trust *t, const char *bytes, size_t len, struct err *e);
void manifest_finish(struct manifest *m);

/* What an envelope asks somebody to sign, whoever signed it already: nothing that may be
 * relied on. manifest_finish() after, whatever came back. ERR_FORMAT. */
bool manifest_read_draft(struct manifest *m, const char *bytes, size_t len, struct err *e);

/* NULL when there is none of that name. */
const struct manifest_media *manifest_find(const struct manifest *m, const char *name);

/* [A-Za-z0-9._-]{1,128}, not "." or "..". */
bool manifest_is_name(const char *name);

/* A new one of this content, without media. manifest_finish() after. */
void manifest_make(struct manifest *m, const char *feed, int64_t version, const struct buf *content);

void manifest_add(struct manifest *m, const struct manifest_media *medium);

/* The body, for signing. */
void manifest_write_body(const struct manifest *m, struct buf *out);

#endif
