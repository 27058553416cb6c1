/* audit.h - who did what, when, and what was before and after: append-only, and each entry
 * hashes the one before it.
 *
 * hash(n) = SHA-256(hash(n-1) LF canonical JSON of entry n without its hash), in lower-case
 * hex; hash(0) is 64 zeros. Within a transaction of office.h. */
#ifndef AUDIT_H
#define AUDIT_H

#include "office/office.h"

/* what: "set.submit"; subject: "set:12". before and after are borrowed and may be NULL. */
void audit_add(
	struct office *o, const char *what, const char *subject, const json_t *before, const json_t *after);
void audit_add_number(struct office *o, const char *what, const char *kind, int64_t number, const json_t *after);

struct audit_filter {
	int64_t before_seq; /* 0: from the newest */
	int limit;
	const char *actor, *what, *subject; /* NULL: any; what and subject: how they begin */
};

json_t *audit_list(struct office *o, const struct audit_filter *f);

/* {"whole", "entries", "head", "broken_at"} */
json_t *audit_verify(struct office *o);

/* Every entry from seq on, at most limit, as the objects that were hashed with their hash. */
json_t *audit_export(struct office *o, int64_t from_seq, int limit);

#endif
