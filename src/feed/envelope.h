/* envelope.h - DSSE 1.0.2: a body, its type, and who signed it.
 *
 * Signed is "DSSEv1" SP len(type) SP type SP len(body) SP body. Reading an
 * envelope says nothing about its body: trust_verify() does, and nothing may
 * look into the body before (Dead Simple Signing Envelope, protocol.md). */
#ifndef ENVELOPE_H
#define ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/digest.h"
#include "feed/key.h"

#define ENVELOPE_SIGNATURES_MAX 16
#define ENVELOPE_HEAD "application/vnd.fangzi.head.v1+json"
#define ENVELOPE_TRUST "application/vnd.fangzi.trust.v1+json"
#define ENVELOPE_MANIFEST "application/vnd.fangzi.manifest.v1+json"

struct envelope_signature {
	char key_id[DIGEST_HEX];
	struct buf bytes;
};

struct envelope {
	struct buf body;
	struct buf signed_bytes; /* the pre-authentication encoding */
	struct envelope_signature signatures[ENVELOPE_SIGNATURES_MAX];
	int signature_count;
};

/* All zero before; envelope_finish() after, whatever came back. The envelope
 * must be of the type said. ERR_FORMAT. */
bool envelope_read(struct envelope *v, const char *type, const char *bytes, size_t len, struct err *e);
void envelope_finish(struct envelope *v);

/* Starts an envelope around a body; then sign, then write. */
void envelope_make(struct envelope *v, const char *type, const char *body, size_t len);

/* Adds a signature; a second one by the same key replaces the first. */
bool envelope_sign(struct envelope *v, const struct key *k, struct err *e);
void envelope_write(const struct envelope *v, const char *type, struct buf *out);

/* An envelope around a body, signed by all keys. */
bool envelope_seal(const char *type, const struct buf *body, struct key *const *keys, int key_count,
	struct buf *out, struct err *e);

#endif
