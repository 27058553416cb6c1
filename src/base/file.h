/* file.h - whole files: read under a ceiling, written so that a power cut
 * leaves the old one or the new one, never a piece.
 *
 * Durable: write a temporary beside it, fsync, rename, fsync the folder
 * (rename(2), fsync(2); Pillai et al., "All File Systems Are Not Created
 * Equal", OSDI 2014, on why each of the four is needed). */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* Appends the file's bytes to out. Longer than max_bytes, not a regular file,
 * or unreadable: ERR_IO. */
bool file_read(const char *path, size_t max_bytes, struct buf *out, struct err *e);

/* Replaces path. ERR_DISK on any failure; then path is as it was and no
 * temporary is left behind. After a failed fsync nothing is retried: the
 * kernel may have dropped the pages already. */
bool file_write_durable(const char *path, const void *bytes, size_t len, mode_t mode, struct err *e);

/* Same, but without fsync: for what may be lost. */
bool file_write(const char *path, const void *bytes, size_t len, mode_t mode, struct err *e);

/* Makes the names in a folder durable. ERR_DISK. */
bool file_sync_folder(const char *path, struct err *e);

/* Creates a folder and its parents, and makes their names durable. An existing folder is
 * fine. ERR_DISK. */
bool file_make_folder(const char *path, mode_t mode, struct err *e);

bool file_exists(const char *path);

/* Joins with one slash into room bytes. False when it does not fit. */
bool file_join(char *out, size_t room, const char *folder, const char *name);

#endif
