/* trace.h - what a program did to the files below one folder, in order.
 *
 * Written by record.c, one entry an operation: this header, then the name, the other
 * name and the bytes. Names are below the folder; "" is the folder itself. */
#ifndef TRACE_H
#define TRACE_H

#include <stdint.h>

enum trace_kind {
	TRACE_OPEN, /* name; there from now on, if it was not. size 0: emptied; -1: not */
	TRACE_WRITE, /* bytes at an offset */
	TRACE_SIZE, /* truncated or grown to a size */
	TRACE_SYNC, /* a file's bytes */
	TRACE_SYNC_FOLDER, /* a folder's names */
	TRACE_MKDIR,
	TRACE_RENAME, /* name becomes other */
	TRACE_UNLINK,
	TRACE_UNLOCK, /* a lock is given back: what was written may be known outside */
	TRACE_KINDS
};

struct trace_entry {
	int32_t kind;
	uint32_t name_len, other_len, byte_len;
	uint64_t inode; /* which file, whatever it is called by now */
	int64_t at; /* an offset or a size */
};

#endif
