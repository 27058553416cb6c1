/* workshop.h - keys by letter, and any document of a feed, well made or ill.
 *
 * a to t are Ed25519 keys, A to F SM2; Z is A with its point written compressed, Y a
 * NIST P-256 key that says it is SM2. Signers are words of letters: each is one line of
 * the envelope. ~a: one bit of it wrong; a@b: by a, under b's id; a^: the body signed
 * bare, without its type. Nothing here can fail without ending the program. */
#ifndef WORKSHOP_H
#define WORKSHOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "feed/head.h"
#include "feed/manifest.h"
#include "feed/trust.h"

#define WORKSHOP_LETTERS_MAX 64
#define WORKSHOP_MEDIA_MAX 8
#define WORKSHOP_FEED "town"

void workshop_open(void);
void workshop_close(void);
const char *workshop_id(char letter); /* of its key */

/* What a trust document says, by letters. */
struct workshop_trust {
	char feed[80], policy[16], roles[TRUST_ROLES][WORKSHOP_LETTERS_MAX];
	int64_t version, expires_utc_s, thresholds[TRUST_ROLES];
};

void workshop_trust_body(const struct workshop_trust *t, struct buf *out);

/* An envelope that says it is of one type and whose signatures are for another. */
void workshop_sign(
	const char *says, const char *type, const struct buf *body, const char *signers, struct buf *out);

/* In place: the first `from` becomes `to`. */
void workshop_edit(struct buf *text, const char *from, const char *to);

#endif
