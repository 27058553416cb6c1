/* SPDX-License-Identifier: Apache-2.0
 *
 * What no kept version needs any more, and how much there is. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

static bool needs_object(const struct manifest *m, const char *sha256)
{
	if (!m)
		return false;
	if (strncmp(m->content_sha256, sha256, DIGEST_HEX - 1) == 0)
		return true;
	for (int i = 0; i < m->media_count; i++) {
		if (strncmp(m->media[i].sha256, sha256, DIGEST_HEX - 1) == 0)
			return true;
	}
	return false;
}

static bool needs_manifest(const struct manifest *m, const char *name)
{
	char own[40];
	if (!m)
		return false;
	(void)snprintf(own, sizeof own, "%lld.json", (long long)m->version);
	return strcmp(own, name) == 0;
}

typedef bool needs_fn(const struct manifest *m, const char *name);

/* A part that is still wanted begins with its object's name, so it stays too. */
static int collect_folder(const struct store *s, const char *folder, needs_fn *needs,
	const struct manifest *a, const struct manifest *b)
{
	char path[STORE_PATH_MAX];
	int removed = 0;
	(void)snprintf(path, sizeof path, "%s/%s", store_folder(s), folder);
	DIR *dir = opendir(path);
	if (!dir)
		return 0;
	struct dirent *entry;
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.' || needs(a, entry->d_name) || needs(b, entry->d_name))
			continue;
		removed += unlinkat(dirfd(dir), entry->d_name, 0) == 0;
	}
	(void)closedir(dir);
	return removed;
}

int store_collect(struct store *s, const struct manifest *current, const struct manifest *previous)
{
	return collect_folder(s, "objects", needs_object, current, previous) +
	       collect_folder(s, "manifests", needs_manifest, current, previous);
}

void store_measure(const struct store *s, int64_t *objects, int64_t *bytes)
{
	char path[STORE_PATH_MAX];
	*objects = *bytes = 0;
	(void)snprintf(path, sizeof path, "%s/objects", store_folder(s));
	DIR *dir = opendir(path);
	if (!dir)
		return;
	struct dirent *entry;
	struct stat st;
	while ((entry = readdir(dir)) != NULL) {
		if (!digest_is_hex(entry->d_name) ||
			fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		(*objects)++;
		*bytes += st.st_size;
	}
	(void)closedir(dir);
}

int64_t store_newest_manifest(struct store *s, int64_t below)
{
	char path[STORE_PATH_MAX];
	int64_t newest = 0;
	(void)snprintf(path, sizeof path, "%s/manifests", store_folder(s));
	DIR *dir = opendir(path);
	if (!dir)
		return 0;
	struct dirent *entry;
	while ((entry = readdir(dir)) != NULL) {
		char *end;
		long long version = strtoll(entry->d_name, &end, 10);
		if (strcmp(end, ".json") == 0 && version > newest && version < below)
			newest = version;
	}
	(void)closedir(dir);
	return newest;
}
