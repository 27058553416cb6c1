/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/stick.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"

#define DEPTH 2
#define ENTRIES_MAX 64 /* of a folder: mounts, not files */
#define AGAIN_MS 10000
#define NAME "fangzi-feed"

/* RFC 3986: a stick's name may have anything in it. */
static bool write_address(char out[static STICK_ADDRESS_MAX], const char *path)
{
	size_t len = (size_t)snprintf(out, STICK_ADDRESS_MAX, "file://");
	for (; *path; path++) {
		bool is_plain = isalnum((unsigned char)*path) || strchr("/-._~", *path);
		if (len + 5 >= STICK_ADDRESS_MAX)
			return false;
		len += (size_t)snprintf(out + len, STICK_ADDRESS_MAX - len, is_plain ? "%c" : "%%%02X",
			is_plain ? *path : (unsigned char)*path);
	}
	(void)snprintf(out + len, STICK_ADDRESS_MAX - len, "/");
	return true;
}

static bool is_seen(const struct stick *s, const struct stat *st)
{
	for (int i = 0; i < s->seen_count; i++) {
		if (s->seen[i].device == st->st_dev && s->seen[i].inode == st->st_ino &&
			s->seen[i].changed.tv_sec == st->st_mtim.tv_sec &&
			s->seen[i].changed.tv_nsec == st->st_mtim.tv_nsec)
			return true;
	}
	return false;
}

struct search {
	struct stick *stick;
	int any; /* sticks there are, seen or not */
};

/* True: it is a new one. */
static bool try_folder(struct search *q, const char *folder)
{
	char path[PATH_MAX], head[PATH_MAX];
	struct stat st;
	if (!file_join(path, sizeof path, folder, NAME) || !file_join(head, sizeof head, path, "head.json") ||
		lstat(head, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	q->any++;
	if (is_seen(q->stick, &st) || !write_address(q->stick->address, path))
		return false;
	q->stick->head = st;
	return true;
}

static bool search(struct search *q, const char *folder, int depth)
{
	if (try_folder(q, folder))
		return true;
	DIR *dir = depth > 0 ? opendir(folder) : NULL;
	bool found = false;
	const struct dirent *entry;
	for (int i = 0; dir && !found && i < ENTRIES_MAX && (entry = readdir(dir)) != NULL; i++) {
		char below[PATH_MAX];
		bool may_be =
			entry->d_name[0] != '.' && (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN);
		found = may_be && file_join(below, sizeof below, folder, entry->d_name) &&
			search(q, below, depth - 1);
	}
	if (dir)
		(void)closedir(dir);
	return found;
}

int stick_watch(void)
{
	return open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
}

bool stick_find(struct stick *s, const char *folder, int64_t now_ms)
{
	struct search q = {.stick = s};
	if (now_ms < s->again_ms)
		return false;
	bool found = search(&q, folder, DEPTH);
	if (q.any == 0)
		s->seen_count = 0;
	return found;
}

void stick_done(struct stick *s)
{
	if (s->seen_count == STICK_SEEN_MAX)
		s->seen_count = 0;
	s->seen[s->seen_count].device = s->head.st_dev;
	s->seen[s->seen_count].inode = s->head.st_ino;
	s->seen[s->seen_count++].changed = s->head.st_mtim;
}

void stick_later(struct stick *s, int64_t now_ms)
{
	s->again_ms = now_ms + AGAIN_MS;
}
