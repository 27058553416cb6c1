/* SPDX-License-Identifier: Apache-2.0
 *
 * inspect STATE TRUST: what stands in a state folder after the power was cut, for a
 * judge who knows what had been acknowledged. Prints
 *
 *   found version=V seq=S trust=T     as the record says; 0 where it says nothing
 *   damage TEXT                       for each thing that no cut may leave behind
 *   end stray=N                       N names that nobody will look for again
 *
 * It reads as every reader of the folder does, through the rooms that the programs
 * are made of, and repairs nothing but what opening a SQLite file repairs. */
#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "store/store.h"

struct inspection {
	const char *folder;
	struct store *store;
	struct buf installed;
	struct trust *trust;
	struct store_record record;
	int stray;
};

__attribute__((format(printf, 1, 2))) static void damage(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	(void)printf("damage ");
	(void)vprintf(format, args);
	(void)putchar('\n');
	va_end(args);
}

/* A version that the record names was whole before the record named it. */
static void inspect_version(struct inspection *in, int64_t version, const char *sha256)
{
	struct manifest m = {0};
	struct err e = {0};
	char found[DIGEST_HEX];
	store_hash_manifest(in->store, version, found);
	if (sha256 && strcmp(found, sha256) != 0)
		damage("version %lld: the manifest is not the one of the record", (long long)version);
	if (!store_read_manifest(in->store, version, in->trust, &m, &e)) {
		damage("version %lld: %s", (long long)version, e.text);
	} else {
		if (!store_holds_object(in->store, m.content_sha256, m.content_size))
			damage("version %lld: its content is not whole", (long long)version);
		for (int i = 0; i < m.media_count; i++) {
			if (!store_holds_object(in->store, m.media[i].sha256, m.media[i].size))
				damage("version %lld: %s is not whole", (long long)version, m.media[i].name);
		}
	}
	manifest_finish(&m);
}

static void inspect_head(struct inspection *in)
{
	const struct store_record *r = &in->record;
	struct buf bytes = {0};
	struct head h;
	struct err e = {0};
	char found[DIGEST_HEX];
	if (r->seq == 0)
		return;
	if (!store_read_head(in->store, &bytes, &e) || !head_read(&h, in->trust, bytes.data, bytes.len, &e)) {
		damage("%s", e.text);
	} else {
		digest_bytes(bytes.data, bytes.len, found);
		if (strcmp(found, r->head_sha256) != 0 || h.seq != r->seq)
			damage("head: not the one of the record");
		if (r->floor_utc_s < h.issued_utc_s)
			damage("the floor of time is before the head's");
	}
	buf_finish(&bytes);
}

static void inspect_record(struct inspection *in)
{
	const struct store_record *r = &in->record;
	if (r->trust > in->trust->version)
		damage("trust: document %lld of the record is not kept", (long long)r->trust);
	inspect_head(in);
	if (r->version)
		inspect_version(in, r->version, r->manifest_sha256);
	if (r->previous_version)
		inspect_version(in, r->previous_version, NULL);
	if (r->refused_version)
		damage("version %lld was refused: %s", (long long)r->refused_version, r->refused_reason);
}

enum name {
	NAME_FINE,
	NAME_WRONG, /* not what it says */
	NAME_STRAY, /* nobody will look for it again */
};

static enum name inspect_numbered(const char *name, long long *number)
{
	char *end;
	*number = strtoll(name, &end, 10);
	return strcmp(end, ".json") == 0 ? NAME_FINE : NAME_STRAY;
}

/* What has its name was whole before it got it, whether or not the record names it. */
static enum name inspect_object(struct inspection *in, const char *name, int64_t size)
{
	const char *end = strchr(name, '.');
	if (digest_is_hex(name))
		return store_holds_object(in->store, name, size) ? NAME_FINE : NAME_WRONG;
	return end && strcmp(end, ".part") == 0 ? NAME_FINE : NAME_STRAY;
}

static enum name inspect_manifest(struct inspection *in, const char *name, int64_t size)
{
	struct manifest m = {0};
	struct err e = {0};
	long long version;
	(void)size;
	enum name is = inspect_numbered(name, &version);
	if (is == NAME_FINE && !store_read_manifest(in->store, version, in->trust, &m, &e))
		is = NAME_WRONG;
	manifest_finish(&m);
	return is;
}

/* The chain was read up to the first that does not hold. */
static enum name inspect_trust(struct inspection *in, const char *name, int64_t size)
{
	long long version;
	(void)size;
	enum name is = inspect_numbered(name, &version);
	return is == NAME_FINE && version > in->trust->version ? NAME_WRONG : is;
}

static enum name inspect_other(struct inspection *in, const char *name, int64_t size)
{
	static const char *const known[] = {
		"state.sqlite", "state.sqlite-journal", "sync.status", "sync.lock"};
	(void)in;
	(void)size;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (strcmp(name, known[i]) == 0)
			return NAME_FINE;
	}
	return strcmp(name, "state.sqlite.bad") == 0 ? NAME_WRONG : NAME_STRAY;
}

typedef enum name inspect_name_fn(struct inspection *in, const char *name, int64_t size);

static void inspect_folder(struct inspection *in, const char *name, inspect_name_fn *inspect_name)
{
	char path[STORE_PATH_MAX];
	(void)snprintf(path, sizeof path, "%s/%s", in->folder, name);
	DIR *dir = opendir(path);
	if (!dir)
		return;
	struct dirent *entry;
	struct stat st;
	while ((entry = readdir(dir)) != NULL) {
		if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
			damage("%s/%s: cannot be looked at", name, entry->d_name);
			continue;
		}
		enum name is = S_ISREG(st.st_mode) ? inspect_name(in, entry->d_name, st.st_size) : NAME_FINE;
		in->stray += is == NAME_STRAY;
		if (is == NAME_WRONG)
			damage("%s/%s: not what its name says", name, entry->d_name);
	}
	(void)closedir(dir);
}

static void inspect(struct inspection *in)
{
	struct err e = {0};
	const struct store_record *r = &in->record;
	bool has_record = store_read_record(in->store, &in->record, &e);
	(void)printf("found version=%lld seq=%lld trust=%lld\n", (long long)r->version, (long long)r->seq,
		(long long)r->trust);
	if (has_record)
		inspect_record(in);
	inspect_folder(in, "", inspect_other);
	inspect_folder(in, "trust", inspect_trust);
	inspect_folder(in, "manifests", inspect_manifest);
	inspect_folder(in, "objects", inspect_object);
	(void)printf("end stray=%d\n", in->stray);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	if (argc != 3)
		return 2;
	struct inspection in = {.folder = argv[1]};
	if (!file_exists(argv[1])) { /* cut before anything began */
		(void)puts("found version=0 seq=0 trust=0\nend stray=0");
		return 0;
	}
	bool ok = file_read(argv[2], TRUST_BYTES_MAX, &in.installed, &e) &&
		  store_open_reader(&in.store, argv[1], &e) &&
		  store_read_trust(in.store, &in.installed, &in.trust, &e);
	if (ok)
		inspect(&in);
	else
		(void)fprintf(stderr, "inspect: %s\n", e.text);
	trust_destroy(in.trust);
	store_close(in.store);
	buf_finish(&in.installed);
	return ok ? 0 : 1;
}
