/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_all(int fd, const char *path, size_t max_bytes, struct buf *out, struct err *e)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_IO, "%s: not a regular file", path);
	size_t total = 0;
	char piece[65536];
	for (;;) {
		ssize_t n = read(fd, piece, sizeof piece);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
		if (n == 0)
			return true;
		total += (size_t)n;
		if (total > max_bytes)
			return err_set(e, ERR_IO, "%s: longer than %zu bytes", path, max_bytes);
		buf_add(out, piece, (size_t)n);
	}
}

bool file_read(const char *path, size_t max_bytes, struct buf *out, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	bool ok = read_all(fd, path, max_bytes, out, e);
	(void)close(fd);
	if (ok && !out->data)
		buf_add(out, "", 0);
	return ok;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static void folder_of(const char *path, char out[static PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		(void)snprintf(out, PATH_MAX, ".");
	else if (slash == path)
		(void)snprintf(out, PATH_MAX, "/");
	else
		(void)snprintf(out, PATH_MAX, "%.*s", (int)(slash - path), path);
}

static bool replace(const char *path, const void *bytes, size_t len, mode_t mode, bool durable, struct err *e)
{
	char temporary[PATH_MAX];
	int n = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
	if (n < 0 || (size_t)n >= sizeof temporary)
		return err_set(e, ERR_DISK, "%s: path too long", path);
	int fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return err_set(e, ERR_DISK, "%s: cannot create: %s", path, strerror(errno));
	bool ok = fchmod(fd, mode) == 0 && write_all(fd, bytes, len) && (!durable || fsync(fd) == 0);
	int cause = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		cause = errno;
	}
	if (ok && rename(temporary, path) != 0) {
		ok = false;
		cause = errno;
	}
	if (!ok) {
		(void)unlink(temporary);
		return err_set(e, ERR_DISK, "%s: cannot write: %s", path, strerror(cause));
	}
	char folder[PATH_MAX];
	folder_of(path, folder);
	return !durable || file_sync_folder(folder, e);
}

bool file_write_durable(const char *path, const void *bytes, size_t len, mode_t mode, struct err *e)
{
	return replace(path, bytes, len, mode, true, e);
}

bool file_write(const char *path, const void *bytes, size_t len, mode_t mode, struct err *e)
{
	return replace(path, bytes, len, mode, false, e);
}

bool file_sync_folder(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_set(e, ERR_DISK, "%s: %s", path, strerror(errno));
	bool ok = fsync(fd) == 0;
	int cause = errno;
	(void)close(fd);
	return ok || err_set(e, ERR_DISK, "%s: cannot sync: %s", path, strerror(cause));
}

/* Or all that is kept in it, and synced, would be lost with its name. */
static bool make_one_folder(const char *path, mode_t mode, struct err *e)
{
	char parent[PATH_MAX];
	if (mkdir(path, mode) != 0)
		return errno == EEXIST ||
		       err_set(e, ERR_DISK, "%s: cannot create: %s", path, strerror(errno));
	folder_of(path, parent);
	return file_sync_folder(parent, e);
}

bool file_make_folder(const char *path, mode_t mode, struct err *e)
{
	char part[PATH_MAX];
	size_t len = strlen(path);
	if (len == 0 || len >= sizeof part)
		return err_set(e, ERR_DISK, "'%s': not a folder name", path);
	memcpy(part, path, len + 1);
	for (size_t i = 1; i <= len; i++) {
		if (part[i] != '/' && part[i] != '\0')
			continue;
		char kept = part[i];
		part[i] = '\0';
		if (!make_one_folder(part, mode, e))
			return false;
		part[i] = kept;
	}
	struct stat st;
	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return err_set(e, ERR_DISK, "%s: not a folder", path);
	return true;
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool file_join(char *out, size_t room, const char *folder, const char *name)
{
	size_t len = strlen(folder);
	const char *slash = len && folder[len - 1] == '/' ? "" : "/";
	int n = snprintf(out, room, "%s%s%s", folder, slash, name);
	return n >= 0 && (size_t)n < room;
}
