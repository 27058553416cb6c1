/* files.h - the files of a feed folder by their names in the address, and nothing else.
 *
 * A name is one of four shapes; what has another shape does not exist. Links are not
 * followed. Any thread. */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "feed/digest.h"

enum files_kind {
	FILES_NONE,
	FILES_HEAD, /* head.json: changes */
	FILES_DOCUMENT, /* trust/<N>.json, manifests/<N>.json: small, for ever */
	FILES_OBJECT, /* objects/<sha256>: large, for ever */
};

struct files_entry {
	enum files_kind kind;
	char etag[DIGEST_HEX + 2]; /* strong, in quotes: the hash of the bytes */
	uint64_t size;
	struct buf bytes; /* of all but objects; buf_finish() it */
	int fd; /* of an object; the caller closes it. -1 else */
	bool is_busy; /* too many files are open */
};

/* What a path below the feed's address names; FILES_NONE: nothing. */
enum files_kind files_kind_of(const char *path);

/* False when there is none, or (is_busy) when nobody can tell just now. folder_fd: of
 * the feed's folder. */
bool files_open(int folder_fd, const char *path, struct files_entry *out);

#endif
