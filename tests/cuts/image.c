/* SPDX-License-Identifier: Apache-2.0 */
#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"

#define FILE_BYTES_MAX (64 << 20)

static void stop(const char *path)
{
	(void)fprintf(stderr, "image: %s: %s\n", path, strerror(errno));
	abort();
}

struct image_item *image_add(struct image *m, const char *name, bool is_folder)
{
	m->items = alloc_resize(m->items, (size_t)m->count + 1, sizeof *m->items);
	m->items[m->count] = (struct image_item){.name = alloc_text(name), .is_folder = is_folder};
	return &m->items[m->count++];
}

void image_finish(struct image *m)
{
	for (int i = 0; i < m->count; i++) {
		free(m->items[i].name);
		buf_finish(&m->items[i].bytes);
	}
	free(m->items);
	*m = (struct image){0};
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct image_item *)a)->name, ((const struct image_item *)b)->name);
}

void image_sort(struct image *m)
{
	if (m->count)
		qsort(m->items, (size_t)m->count, sizeof *m->items, by_name);
}

/* nftw(3) has no word for its caller. */
static struct image *reading;
static size_t reading_from;

static int read_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	struct err e = {0};
	(void)kind;
	if (walk->level == 0)
		return 0;
	struct image_item *item = image_add(reading, path + reading_from + 1, S_ISDIR(st->st_mode));
	if (!item->is_folder && !file_read(path, FILE_BYTES_MAX, &item->bytes, &e))
		stop(path);
	return 0;
}

void image_read(struct image *m, const char *folder)
{
	reading = m;
	reading_from = strlen(folder);
	if (nftw(folder, read_one, 16, FTW_PHYS) != 0)
		stop(folder);
	image_sort(m);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st, (void)kind;
	return walk->level ? remove(path) : 0;
}

static void write_file(const char *path, const struct buf *bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0 || (bytes->len && write(fd, bytes->data, bytes->len) != (ssize_t)bytes->len) ||
		close(fd) != 0)
		stop(path);
}

void image_write(const struct image *m, const char *folder)
{
	char path[PATH_MAX];
	(void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	for (int i = 0; i < m->count; i++) {
		const struct image_item *item = &m->items[i];
		if (!file_join(path, sizeof path, folder, item->name))
			abort();
		if (!item->is_folder)
			write_file(path, &item->bytes);
		else if (mkdir(path, 0755) != 0)
			stop(path);
	}
}

void image_hash(const struct image *m, char hex[static DIGEST_HEX])
{
	struct digest_stream *s = digest_begin();
	for (int i = 0; i < m->count; i++) {
		const struct image_item *item = &m->items[i];
		char size[40];
		digest_add(s, item->name, strlen(item->name) + 1);
		(void)snprintf(size, sizeof size, "%d %zu", item->is_folder, item->bytes.len);
		digest_add(s, size, strlen(size) + 1);
		if (item->bytes.len)
			digest_add(s, item->bytes.data, item->bytes.len);
	}
	digest_end(s, hex);
}
