/* imports.h - files that people are importing: their bytes, what is to be made of them, and
 * the last dry run. In memory, bounded, forgotten when nobody has looked for an hour; nothing
 * of one counts before it is applied. Any thread. */
#ifndef IMPORTS_H
#define IMPORTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define IMPORTS_MAX 32
#define IMPORTS_BYTES_MAX ((size_t)128 << 20) /* of all files together */
#define IMPORTS_IDLE_S 3600

struct imports;

struct imports *imports_create(void);
void imports_destroy(struct imports *all); /* NULL is fine */

/* Copies bytes; takes options. ERR_BUSY: too many or too large. */
bool imports_add(struct imports *all, int64_t account, const void *bytes, size_t len, json_t *options,
	int64_t now_utc_s, int64_t *id, struct err *e);

/* A copy of what an import is about: free(bytes), json_decref(options). ERR_MISSING: the account
 * has none of that id. */
struct imports_copy {
	char *bytes;
	size_t len;
	json_t *options, *result; /* result NULL: not run yet */
};
bool imports_get(
	struct imports *all, int64_t id, int64_t account, int64_t now_utc_s, struct imports_copy *out, struct err *e);
void imports_copy_finish(struct imports_copy *c);

/* Changes members of the options; cells are merged. Takes neither. ERR_MISSING. */
bool imports_change(struct imports *all, int64_t id, int64_t account, const json_t *change, struct err *e);

/* The result of a dry run; takes it. One that is gone meanwhile is no fault. */
void imports_keep(struct imports *all, int64_t id, json_t *result);
bool imports_drop(struct imports *all, int64_t id, int64_t account);

#endif
