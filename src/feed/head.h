/* head.h - which manifest is current: the one mutable file of a feed. */
#ifndef HEAD_H
#define HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "feed/trust.h"

#define HEAD_BYTES_MAX 8192
#define HEAD_ALERTS_MAX 32
#define HEAD_TAGS_MAX 16
#define HEAD_WORD_MAX 64
#define HEAD_VALID_S (7 * 86400)

struct head_alert {
	char id[HEAD_WORD_MAX + 1]; /* of an alert prepared in the content */
	char tags[HEAD_TAGS_MAX][HEAD_WORD_MAX + 1];
	int tag_count; /* 0: every screen */
};

struct head {
	char feed[TRUST_FEED_NAME_MAX + 1];
	int64_t seq, issued_utc_s, expires_utc_s, trust;
	int64_t version; /* of the manifest */
	char manifest_sha256[DIGEST_HEX];
	int64_t manifest_size;
	bool holds; /* blank to the emblem page */
	struct head_alert alerts[HEAD_ALERTS_MAX];
	int alert_count;
};

/* Verified by the head role, then read. ERR_UNTRUSTED, ERR_FORMAT. */
bool head_read(struct head *h, const struct trust *t, const char *bytes, size_t len, struct err *e);

/* The body, for signing. */
void head_write_body(const struct head *h, struct buf *out);

/* [a-z0-9][a-z0-9-]{0,63}: an id or a screen tag. */
bool head_is_word(const char *text);

#endif
