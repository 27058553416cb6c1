/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/album.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"

#define NAME_BYTES (DIGEST_HEX + 4) /* with ".png" */
#define SLACK 4 /* when there is too much, a quarter goes */

struct album {
	pthread_mutex_t lock; /* over everything below, and while the folder is cleared */
	char *folder;
	uint64_t bytes, max_bytes;
};

struct kept {
	char name[NAME_BYTES];
	uint64_t bytes;
	struct timespec used;
};

static bool path_of(const struct album *a, const char *sha256, char out[static PATH_MAX])
{
	char name[NAME_BYTES];
	(void)snprintf(name, sizeof name, "%s.png", sha256);
	return file_join(out, PATH_MAX, a->folder, name);
}

static bool is_page(const char *name)
{
	char sha256[DIGEST_HEX];
	if (strlen(name) != NAME_BYTES - 1 || strcmp(name + DIGEST_HEX - 1, ".png") != 0)
		return false;
	memcpy(sha256, name, DIGEST_HEX - 1);
	sha256[DIGEST_HEX - 1] = '\0';
	return digest_is_hex(sha256);
}

static int longest_ago_first(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;
	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	return (x->used.tv_nsec > y->used.tv_nsec) - (x->used.tv_nsec < y->used.tv_nsec);
}

/* All pages of the folder; what else lies there is left from a write that was cut short. */
static struct kept *list(const struct album *a, size_t *count)
{
	struct kept *all = NULL;
	struct dirent *entry;
	struct stat st;
	DIR *dir = opendir(a->folder);
	*count = 0;
	while (dir && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.' || fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		if (!is_page(entry->d_name)) {
			(void)unlinkat(dirfd(dir), entry->d_name, 0);
			continue;
		}
		all = alloc_resize(all, *count + 1, sizeof *all);
		struct kept *k = &all[(*count)++];
		*k = (struct kept){.bytes = (uint64_t)st.st_size, .used = st.st_mtim};
		memcpy(k->name, entry->d_name, NAME_BYTES);
	}
	if (dir)
		(void)closedir(dir);
	return all;
}

/* Counts what is there and, when it is too much, drops what was used longest ago. */
static void collect(struct album *a)
{
	size_t count;
	char path[PATH_MAX];
	struct kept *all = list(a, &count);
	a->bytes = 0;
	for (size_t i = 0; i < count; i++)
		a->bytes += all[i].bytes;
	uint64_t enough = a->max_bytes - a->max_bytes / SLACK;
	if (a->bytes > a->max_bytes) {
		qsort(all, count, sizeof *all, longest_ago_first);
		for (size_t i = 0; i < count && a->bytes > enough; i++) {
			if (file_join(path, sizeof path, a->folder, all[i].name) && unlink(path) == 0)
				a->bytes -= all[i].bytes;
		}
		log_line(LOG_INFO, "hub: painted pages: %llu MB are left of %zu",
			(unsigned long long)(a->bytes >> 20), count);
	}
	free(all);
}

bool album_open(struct album **out, const char *folder, uint64_t max_bytes, struct err *e)
{
	if (!file_make_folder(folder, 0700, e))
		return false;
	struct album *a = alloc_zero(1, sizeof *a);
	(void)pthread_mutex_init(&a->lock, NULL);
	a->folder = alloc_text(folder);
	a->max_bytes = max_bytes;
	collect(a);
	*out = a;
	return true;
}

void album_close(struct album *a)
{
	if (!a)
		return;
	(void)pthread_mutex_destroy(&a->lock);
	free(a->folder);
	free(a);
}

/* Its time of change is when it was last used. */
static bool use(const char *path, uint64_t *size_bytes, int *fd)
{
	struct stat st;
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (*fd < 0)
		return false;
	(void)futimens(*fd, NULL);
	*size_bytes = fstat(*fd, &st) == 0 ? (uint64_t)st.st_size : 0;
	return true;
}

bool album_put(struct album *a, const struct buf *png, char sha256[static DIGEST_HEX], struct err *e)
{
	char path[PATH_MAX];
	uint64_t size;
	int fd;
	digest_bytes(png->data, png->len, sha256);
	if (!path_of(a, sha256, path))
		return err_set(e, ERR_DISK, "%s: path too long", a->folder);
	(void)pthread_mutex_lock(&a->lock);
	bool is_there = use(path, &size, &fd);
	if (is_there)
		(void)close(fd);
	is_there = is_there && size == png->len; /* or the power was cut before it was written */
	bool ok = is_there || file_write(path, png->data, png->len, 0600, e);
	if (ok && !is_there) {
		a->bytes += png->len;
		if (a->bytes > a->max_bytes)
			collect(a);
	}
	(void)pthread_mutex_unlock(&a->lock);
	return ok;
}

int album_get(struct album *a, const char *sha256, uint64_t *size_bytes)
{
	char path[PATH_MAX];
	int fd;
	return digest_is_hex(sha256) && path_of(a, sha256, path) && use(path, size_bytes, &fd) ? fd : -1;
}
