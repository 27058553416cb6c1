/* album.h - painted pages, kept under the hash of their bytes in <folder>/<sha256>.png.
 *
 * Bounded: what was used longest ago goes first. Anything that is gone can be painted again,
 * to the same bytes. Any thread. */
#ifndef ALBUM_H
#define ALBUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/digest.h"

#define ALBUM_BYTES_MAX ((uint64_t)2 << 30)

struct album;

/* ERR_DISK. */
bool album_open(struct album **out, const char *folder, uint64_t max_bytes, struct err *e);
void album_close(struct album *a); /* NULL is fine */

/* ERR_DISK. */
bool album_put(struct album *a, const struct buf *png, char sha256[static DIGEST_HEX], struct err *e);

/* An open file, which counts as used now; -1: not there. */
int album_get(struct album *a, const char *sha256, uint64_t *size_bytes);

#endif
