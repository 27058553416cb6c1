/* trust.h - whose signature counts for what: keys, roles, thresholds.
 *
 * Document N+1 counts only if the root thresholds of N and of N+1 both hold
 * (The Update Framework, 5.3, root rotation). A threshold counts distinct
 * public keys, not ids and not lines. */
#ifndef TRUST_H
#define TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "feed/envelope.h"

#define TRUST_BYTES_MAX 65536
#define TRUST_KEYS_MAX 64
#define TRUST_FEED_NAME_MAX 64

enum trust_role { TRUST_ROOT, TRUST_PUBLISHER, TRUST_HEAD, TRUST_ROLES };

/* Which types of key count; BOTH: the threshold must hold for each type alone. */
enum trust_policy { TRUST_ANY, TRUST_ED25519, TRUST_SM2, TRUST_BOTH };

struct trust {
	char feed[TRUST_FEED_NAME_MAX + 1];
	int64_t version, expires_utc_s;
	enum trust_policy policy;
	struct key *keys[TRUST_KEYS_MAX];
	int key_count;
	struct {
		bool has[TRUST_KEYS_MAX]; /* by index into keys */
		int threshold;
	} roles[TRUST_ROLES];
};

/* The document that a screen was set up with: it must hold by its own root keys.
 * The caller ends it with trust_destroy(). ERR_FORMAT, ERR_UNTRUSTED. */
bool trust_read_first(struct trust **out, const char *bytes, size_t len, struct err *e);

/* The one after current. ERR_STALE when its number is not current's plus one. */
bool trust_read_next(
	struct trust **out, const struct trust *current, const char *bytes, size_t len, struct err *e);
void trust_destroy(struct trust *t); /* NULL is fine */

/* The role's threshold holds for this envelope. ERR_UNTRUSTED. */
bool trust_verify(const struct trust *t, enum trust_role role, const struct envelope *v, struct err *e);

/* The two documents name the same keys for a role. */
bool trust_same_keys(const struct trust *a, const struct trust *b, enum trust_role role);

const char *trust_role_name(enum trust_role role);
const char *trust_policy_name(enum trust_policy policy);
bool trust_policy_find(const char *name, enum trust_policy *out);

/* [a-z0-9-]{1,64} */
bool trust_is_feed_name(const char *name);

/* The body of a document, for signing. */
void trust_write_body(const struct trust *t, struct buf *out);

#endif
