/* files.h - the files of a feed folder by their names in the address, and nothing else.
 *
 * A name is one of four shapes; what has another shape does not exist. Links are not
 * followed. Any thread. */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "base/buf.h"
#include "feed/digest.h"

#define FILES_SMALL_BYTES_MAX 65536 /* an object that is read at once: sendfile(2) gains nothing below */

enum files_kind {
	FILES_NONE,
	FILES_HEAD, /* head.json: changes */
	FILES_DOCUMENT, /* trust/<N>.json, manifests/<N>.json: small, for ever */
	FILES_OBJECT, /* objects/<sha256>: large, for ever */
};

/* What a file is known by without being read again. */
struct files_stamp {
	dev_t device;
	ino_t number;
	off_t size;
	struct timespec written, changed;
};

struct files_entry {
	enum files_kind kind;
	char etag[DIGEST_HEX + 2]; /* strong, in quotes: the hash of the bytes */
	uint64_t size;
	struct files_stamp stamp; /* from before it was read */
	struct buf bytes; /* of all but large objects; buf_finish() it */
	int fd; /* of a large object; the caller closes it. -1 else */
	bool is_busy; /* too many files are open */
};

/* What a path below the feed's address names; FILES_NONE: nothing. */
enum files_kind files_kind_of(const char *path);

/* False when there is none, or (is_busy) when nobody can tell just now. folder_fd: of
 * the feed's folder. */
bool files_open(int folder_fd, const char *path, struct files_entry *out);

/* It is still the plain file that it was, by two looks at the folder: nothing is opened. */
bool files_is_same(int folder_fd, const char *path, const struct files_stamp *stamp);

#endif
