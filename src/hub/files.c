/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "feed/manifest.h"

#define NUMBER_DIGITS_MAX 16 /* 2^53 - 1 */
#define DOCUMENT_BYTES_MAX MANIFEST_BYTES_MAX

static bool is_number_file(const char *name)
{
	size_t digits = strspn(name, "0123456789");
	return digits >= 1 && digits <= NUMBER_DIGITS_MAX && name[0] != '0' &&
	       strcmp(name + digits, ".json") == 0;
}

enum files_kind files_kind_of(const char *path)
{
	if (strcmp(path, "head.json") == 0)
		return FILES_HEAD;
	if (strncmp(path, "trust/", 6) == 0)
		return is_number_file(path + 6) ? FILES_DOCUMENT : FILES_NONE;
	if (strncmp(path, "manifests/", 10) == 0)
		return is_number_file(path + 10) ? FILES_DOCUMENT : FILES_NONE;
	if (strncmp(path, "objects/", 8) == 0)
		return digest_is_hex(path + 8) ? FILES_OBJECT : FILES_NONE;
	return FILES_NONE;
}

static void first_step(const char *path, const char *slash, char out[static 16])
{
	(void)snprintf(out, 16, "%.*s", (int)(slash - path), path);
}

/* A plain file in a plain folder: no step may be a link. */
static int open_plain(int folder_fd, const char *path)
{
	const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
	const char *slash = strchr(path, '/');
	if (!slash)
		return openat(folder_fd, path, flags);
	char sub[16];
	first_step(path, slash, sub);
	int sub_fd = openat(folder_fd, sub, flags | O_DIRECTORY);
	if (sub_fd < 0)
		return -1;
	int fd = openat(sub_fd, slash + 1, flags);
	(void)close(sub_fd);
	return fd;
}

static struct files_stamp stamp_of(const struct stat *st)
{
	return (struct files_stamp){st->st_dev, st->st_ino, st->st_size, st->st_mtim, st->st_ctim};
}

static bool is_same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool files_is_same(int folder_fd, const char *path, const struct files_stamp *stamp)
{
	struct stat st;
	const char *slash = strchr(path, '/');
	char sub[16];
	if (slash) {
		first_step(path, slash, sub);
		if (fstatat(folder_fd, sub, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(st.st_mode))
			return false;
	}
	if (fstatat(folder_fd, path, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
		return false;
	return st.st_dev == stamp->device && st.st_ino == stamp->number && st.st_size == stamp->size &&
	       is_same_time(st.st_mtim, stamp->written) && is_same_time(st.st_ctim, stamp->changed);
}

static bool read_small(int fd, struct files_entry *out)
{
	char piece[16384];
	ssize_t n;
	while ((n = read(fd, piece, sizeof piece)) > 0) {
		if (out->bytes.len + (size_t)n > DOCUMENT_BYTES_MAX)
			return false;
		buf_add(&out->bytes, piece, (size_t)n);
	}
	return n == 0 && out->bytes.len > 0;
}

/* An object's name is its hash; a document's must be computed. */
static bool read_entry(int fd, const char *path, struct files_entry *out)
{
	char hex[DIGEST_HEX];
	bool is_object = out->kind == FILES_OBJECT;
	if (!read_small(fd, out) || (is_object && out->bytes.len != out->size)) {
		buf_finish(&out->bytes);
		return false;
	}
	if (!is_object)
		digest_bytes(out->bytes.data, out->bytes.len, hex);
	(void)snprintf(out->etag, sizeof out->etag, "\"%s\"", is_object ? path + strlen("objects/") : hex);
	out->size = out->bytes.len;
	return true;
}

bool files_open(int folder_fd, const char *path, struct files_entry *out)
{
	*out = (struct files_entry){.kind = files_kind_of(path), .fd = -1};
	struct stat st;
	int fd = out->kind == FILES_NONE ? -1 : open_plain(folder_fd, path);
	if (fd < 0) {
		out->is_busy =
			out->kind != FILES_NONE && (errno == EMFILE || errno == ENFILE || errno == ENOMEM);
		return false;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		(void)close(fd);
		return false;
	}
	out->stamp = stamp_of(&st);
	out->size = (uint64_t)st.st_size;
	if (out->kind == FILES_OBJECT && (out->size == 0 || out->size > FILES_SMALL_BYTES_MAX)) {
		(void)snprintf(out->etag, sizeof out->etag, "\"%s\"", path + strlen("objects/"));
		out->fd = fd;
		return true;
	}
	bool ok = read_entry(fd, path, out);
	(void)close(fd);
	return ok;
}
