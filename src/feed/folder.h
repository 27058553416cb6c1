/* folder.h - a feed on disk, as its writer sees it: objects first, then the
 * manifest, then the head, each whole before its name is known. */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/head.h"
#include "feed/key.h"
#include "feed/trust.h"

#define FOLDER_PATH_MAX 4096

/* The newest trust document of a folder whose chain holds; *out NULL when there is
 * none at all. */
bool folder_read_trust(const char *folder, struct trust **out, struct err *e);

/* The highest number among <folder>/<sub>/<N>.json; 0: none. */
int64_t folder_newest(const char *folder, const char *sub);
void folder_number_path(
	const char *folder, const char *sub, int64_t number, char out[static FOLDER_PATH_MAX]);

/* Writes <folder>/<sub>/<N>.json; an existing file of other content is an error, which
 * the first of the two tells beforehand. */
bool folder_may_put_number(
	const char *folder, const char *sub, int64_t number, const struct buf *bytes, struct err *e);
bool folder_put_number(
	const char *folder, const char *sub, int64_t number, const struct buf *bytes, struct err *e);

/* Writes an object under its hash, unless it is there. */
bool folder_put_object(
	const char *folder, const struct buf *bytes, char sha256[static DIGEST_HEX], struct err *e);

/* The head that stands there, if it is one of the feed's own. ERR_IO, ERR_FORMAT, ERR_UNTRUSTED. */
bool folder_read_head(const char *folder, const struct trust *t, struct head *out, struct err *e);

/* Writes the next head. h says what is wanted (version, 0: the newest; holds; alerts) and a
 * seq that was given out already, 0 if none is known; all else is filled in. Only alerts that
 * the version prepared can be raised (ERR_USAGE), and a screen must take it (ERR_UNTRUSTED). */
bool folder_put_head(const char *folder, const struct trust *t, struct head *h, int64_t now_utc_s,
	struct key *const *keys, int key_count, struct err *e);

#endif
