/* bundle.h - a zip that is put together and then handed out as an open file without a name. */
#ifndef BUNDLE_H
#define BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct bundle;

/* Built in a temporary file of this folder. Everything in it bears this time. ERR_DISK. */
bool bundle_begin(struct bundle **out, const char *folder, int64_t time_utc_s, struct err *e);

/* Bytes are copied; a file is read at the end. False: ERR_DISK, and nothing more can be added. */
bool bundle_add(struct bundle *b, const char *name, const void *bytes, size_t len, struct err *e);
bool bundle_add_file(struct bundle *b, const char *name, const char *path, struct err *e);

/* The caller closes *fd. Frees b, as bundle_abandon() does. ERR_DISK. */
bool bundle_end(struct bundle *b, int *fd, uint64_t *size_bytes, struct err *e);
void bundle_abandon(struct bundle *b); /* NULL is fine */

#endif
