/* SPDX-License-Identifier: Apache-2.0
 *
 * To be preloaded: writes each operation on files below CUTS_PLACE to CUTS_TRACE, after
 * it has succeeded. SQLite's files and our own come in one order, and the product knows
 * nothing of it. Only the calls that fangzi-sync and SQLite use: cuts.c compares what the
 * trace explains with what is there, so that another call does not go unseen.
 *
 * When may the outside know of a version? fangzi-sync says so in its log, but a screen
 * that reads state.sqlite may see it a little sooner: as soon as SQLite gives back its
 * lock, after the commit. So that is the moment of acknowledgement. */
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "trace.h"

static int trace = -1;
static const char *place;

/* The function that would have been called; RESULT NAME(PARAMETERS). */
#define REAL(result, name, ...)                                                                              \
	static result (*real)(__VA_ARGS__);                                                                  \
	if (!real)                                                                                           \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

static __attribute__((constructor)) void start(void)
{
	const char *path = getenv("CUTS_TRACE");
	place = getenv("CUTS_PLACE");
	if (path && place)
		trace = (int)syscall(
			SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
}

/* NULL: not ours. */
static const char *below(const char *path)
{
	size_t len = place ? strlen(place) : 0;
	if (trace < 0 || strncmp(path, place, len) != 0 || (path[len] != '/' && path[len] != '\0'))
		return NULL;
	return path + len + (path[len] == '/');
}

static const char *name_of(int fd, char room[static PATH_MAX])
{
	char link[40];
	(void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t len = trace < 0 ? -1 : readlink(link, room, PATH_MAX - 1);
	if (len < 0)
		return NULL;
	room[len] = '\0';
	return below(room);
}

static uint64_t inode_of(int fd, int64_t *size)
{
	struct stat st = {0};
	(void)fstat(fd, &st);
	*size = st.st_size;
	return st.st_ino;
}

static void put(struct trace_entry entry, const char *name, const char *other, const void *bytes)
{
	entry.name_len = (uint32_t)strlen(name);
	entry.other_len = (uint32_t)strlen(other);
	size_t len = sizeof entry + entry.name_len + entry.other_len + entry.byte_len;
	char *all = malloc(len);
	if (!all)
		abort();
	memcpy(all, &entry, sizeof entry);
	memcpy(all + sizeof entry, name, entry.name_len);
	memcpy(all + sizeof entry + entry.name_len, other, entry.other_len);
	if (entry.byte_len)
		memcpy(all + len - entry.byte_len, bytes, entry.byte_len);
	if (syscall(SYS_write, trace, all, len) != (long)len)
		abort();
	free(all);
}

/* ---- files by number ------------------------------------------------------------- */

static void note_open(int fd, int flags)
{
	char room[PATH_MAX];
	int64_t size;
	const char *name = fd >= 0 && !(flags & O_DIRECTORY) ? name_of(fd, room) : NULL;
	struct trace_entry entry = {.kind = TRACE_OPEN, .at = flags & O_TRUNC ? 0 : -1};
	if (!name)
		return;
	entry.inode = inode_of(fd, &size);
	put(entry, name, "", NULL);
}

static void note(int fd, enum trace_kind kind, int64_t at, const void *bytes, size_t len)
{
	char room[PATH_MAX];
	int64_t size;
	const char *name = name_of(fd, room);
	struct trace_entry entry = {.kind = (int32_t)kind, .at = at, .byte_len = (uint32_t)len};
	if (!name)
		return;
	entry.inode = inode_of(fd, &size);
	put(entry, name, "", bytes);
}

int open(const char *path, int flags, ...)
{
	REAL(int, open, const char *, int, ...);
	va_list more;
	va_start(more, flags);
	int fd = real(path, flags, va_arg(more, int));
	va_end(more);
	note_open(fd, flags);
	return fd;
}

int open64(const char *path, int flags, ...)
{
	REAL(int, open64, const char *, int, ...);
	va_list more;
	va_start(more, flags);
	int fd = real(path, flags, va_arg(more, int));
	va_end(more);
	note_open(fd, flags);
	return fd;
}

int mkostemp(char *path, int flags)
{
	REAL(int, mkostemp, char *, int);
	int fd = real(path, flags);
	note_open(fd, flags);
	return fd;
}

int mkostemp64(char *path, int flags)
{
	return mkostemp(path, flags);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	REAL(ssize_t, write, int, const void *, size_t);
	char room[PATH_MAX];
	int64_t size = 0;
	if (!name_of(fd, room))
		return real(fd, bytes, len);
	(void)inode_of(fd, &size);
	int64_t at = fcntl(fd, F_GETFL) & O_APPEND ? size : lseek(fd, 0, SEEK_CUR);
	ssize_t n = real(fd, bytes, len);
	if (n > 0)
		note(fd, TRACE_WRITE, at, bytes, (size_t)n);
	return n;
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off_t at)
{
	REAL(ssize_t, pwrite64, int, const void *, size_t, off_t);
	ssize_t n = real(fd, bytes, len, at);
	if (n > 0)
		note(fd, TRACE_WRITE, at, bytes, (size_t)n);
	return n;
}

int ftruncate(int fd, off_t size)
{
	REAL(int, ftruncate, int, off_t);
	int result = real(fd, size);
	if (result == 0)
		note(fd, TRACE_SIZE, size, NULL, 0);
	return result;
}

int ftruncate64(int fd, off_t size)
{
	REAL(int, ftruncate64, int, off_t);
	int result = real(fd, size);
	if (result == 0)
		note(fd, TRACE_SIZE, size, NULL, 0);
	return result;
}

static void note_sync(int fd)
{
	struct stat st;
	bool is_folder = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
	note(fd, is_folder ? TRACE_SYNC_FOLDER : TRACE_SYNC, 0, NULL, 0);
}

int fsync(int fd)
{
	REAL(int, fsync, int);
	int result = real(fd);
	if (result == 0)
		note_sync(fd);
	return result;
}

int fdatasync(int fd)
{
	REAL(int, fdatasync, int);
	int result = real(fd);
	if (result == 0)
		note_sync(fd);
	return result;
}

static void note_unlock(int fd, int command, const void *argument)
{
	const struct flock *lock = argument;
	if (command == F_SETLK && lock->l_type == F_UNLCK)
		note(fd, TRACE_UNLOCK, 0, NULL, 0);
}

int fcntl(int fd, int command, ...)
{
	REAL(int, fcntl, int, int, ...);
	va_list more;
	va_start(more, command);
	void *argument = va_arg(more, void *);
	va_end(more);
	int result = real(fd, command, argument);
	if (result == 0)
		note_unlock(fd, command, argument);
	return result;
}

int fcntl64(int fd, int command, ...)
{
	va_list more;
	va_start(more, command);
	void *argument = va_arg(more, void *);
	va_end(more);
	return fcntl(fd, command, argument);
}

/* ---- names ---------------------------------------------------------------------------- */

static void note_name(enum trace_kind kind, const char *path, const char *other)
{
	const char *name = below(path);
	if (name && *name)
		put((struct trace_entry){.kind = (int32_t)kind}, name, *other ? below(other) : "", NULL);
}

int rename(const char *from, const char *to)
{
	REAL(int, rename, const char *, const char *);
	int result = real(from, to);
	if (result == 0)
		note_name(TRACE_RENAME, from, to);
	return result;
}

int unlink(const char *path)
{
	REAL(int, unlink, const char *);
	int result = real(path);
	if (result == 0)
		note_name(TRACE_UNLINK, path, "");
	return result;
}

int unlinkat(int folder, const char *name, int flags)
{
	REAL(int, unlinkat, int, const char *, int);
	char path[PATH_MAX * 2] = "", room[PATH_MAX];
	if (name_of(folder, room))
		(void)snprintf(path, sizeof path, "%s/%s", room, name);
	int result = real(folder, name, flags);
	if (result == 0)
		note_name(TRACE_UNLINK, path, "");
	return result;
}

int mkdir(const char *path, mode_t mode)
{
	REAL(int, mkdir, const char *, mode_t);
	int result = real(path, mode);
	if (result == 0)
		note_name(TRACE_MKDIR, path, "");
	return result;
}
