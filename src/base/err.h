/* err.h - what went wrong, told once, by the function that knows.
 *
 * A fallible function takes a struct err * as its last argument and returns
 * false; the text is one line naming the thing, the place and the rule. The
 * kind is what the caller can decide by, not what the callee met. */
#ifndef ERR_H
#define ERR_H

#include <stdbool.h>

enum err_kind {
	ERR_NONE,
	ERR_USAGE, /* the command or the configuration is wrong */
	ERR_IO, /* a local file cannot be read */
	ERR_NETWORK, /* try again later */
	ERR_FORMAT, /* well signed or local, but not what the contract says */
	ERR_UNTRUSTED, /* signatures or hashes do not hold */
	ERR_STALE, /* rollback, equivocation, expired */
	ERR_DISK, /* cannot be kept: full, read-only, failing */
	ERR_BUSY, /* somebody else is at it, or too often: ask again in a moment */
	ERR_FORBIDDEN, /* not by this person */
	ERR_MISSING, /* there is no such thing */
	ERR_CONFLICT, /* not in the state that this is in */
};

struct err {
	enum err_kind kind;
	char text[640];
};

/* Returns false always, so that `return err_set(...)` reads as a sentence. */
bool err_set(struct err *e, enum err_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "prefix: " before the text: the caller's name for the thing. Returns false. */
bool err_prefix(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A word for logs and status lines: "network", "format", ... */
const char *err_kind_name(enum err_kind kind);

#endif
