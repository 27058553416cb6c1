/* SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "store/record.h"

#define TRUST_CHAIN_MAX 4096 /* far more than any feed will ever have */

struct store {
	char *folder;
	int lock_fd; /* -1: a reader */
	enum record_use use;
	struct record_db *db;
};

static void path_of(const struct store *s, const char *folder, const char *name, char *out)
{
	(void)snprintf(out, STORE_PATH_MAX, "%s/%s%s%s", s->folder, folder, *folder ? "/" : "", name);
}

static void number_path(const struct store *s, const char *folder, int64_t number, char *out)
{
	char name[40];
	(void)snprintf(name, sizeof name, "%lld.json", (long long)number);
	path_of(s, folder, name, out);
}

static struct store *create(const char *folder)
{
	struct store *s = alloc_zero(1, sizeof *s);
	size_t len = strlen(folder);
	while (len > 1 && folder[len - 1] == '/')
		len--;
	s->folder = alloc_text_len(folder, len);
	s->lock_fd = -1;
	return s;
}

static bool take_lock(struct store *s, struct err *e)
{
	char path[STORE_PATH_MAX];
	path_of(s, "", "sync.lock", path);
	s->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (s->lock_fd < 0)
		return err_set(e, ERR_DISK, "%s: %s", path, strerror(errno));
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	if (fcntl(s->lock_fd, F_OFD_SETLK, &whole) != 0)
		return err_set(e, ERR_USAGE, "%s: another fangzi-sync works on this folder", s->folder);
	return true;
}

static bool make_folders(const struct store *s, struct err *e)
{
	static const char *const names[] = {"", "trust", "manifests", "objects"};
	char path[STORE_PATH_MAX];
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		path_of(s, names[i], "", path);
		path[strlen(path) - 1] = '\0'; /* the slash before no name */
		if (!file_make_folder(path, 0755, e))
			return false;
	}
	return true;
}

bool store_open(struct store **out, const char *folder, struct err *e)
{
	struct store *s = create(folder);
	char path[STORE_PATH_MAX];
	path_of(s, "", "state.sqlite", path);
	s->use = RECORD_WRITE;
	if (!make_folders(s, e) || !take_lock(s, e) || !record_open(&s->db, path, s->use, e)) {
		store_close(s);
		return false;
	}
	*out = s;
	return true;
}

static bool open_to_read(struct store **out, const char *folder, enum record_use use, struct err *e)
{
	struct stat st;
	if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return err_set(e, ERR_IO, "%s: no such folder", folder);
	*out = create(folder);
	(*out)->use = use;
	return true;
}

bool store_open_reader(struct store **out, const char *folder, struct err *e)
{
	return open_to_read(out, folder, RECORD_READ, e);
}

bool store_open_glance(struct store **out, const char *folder, struct err *e)
{
	return open_to_read(out, folder, RECORD_GLANCE, e);
}

void store_close(struct store *s)
{
	if (!s)
		return;
	record_close(s->db);
	if (s->lock_fd >= 0)
		(void)close(s->lock_fd);
	free(s->folder);
	free(s);
}

bool store_is_held(const struct store *s, struct err *e)
{
	char path[STORE_PATH_MAX];
	struct stat ours, there;
	path_of(s, "", "sync.lock", path);
	return (fstat(s->lock_fd, &ours) == 0 && stat(path, &there) == 0 && ours.st_dev == there.st_dev &&
		       ours.st_ino == there.st_ino) ||
	       err_set(e, ERR_DISK, "%s: removed under us", s->folder);
}

const char *store_folder(const struct store *s)
{
	return s->folder;
}

/* A reader opens the database for the moment, so that it never stands in the way. */
static bool with_db(struct store *s, struct record_db **db, struct err *e)
{
	char path[STORE_PATH_MAX];
	if (s->db) {
		*db = s->db;
		return true;
	}
	path_of(s, "", "state.sqlite", path);
	return record_open(db, path, s->use, e);
}

static void done_with_db(const struct store *s, struct record_db *db)
{
	if (db != s->db)
		record_close(db);
}

bool store_read_record(struct store *s, struct store_record *out, struct err *e)
{
	struct record_db *db = NULL;
	*out = (struct store_record){0};
	bool ok = with_db(s, &db, e) && record_read(db, out, e);
	done_with_db(s, db);
	return ok;
}

bool store_write_record(struct store *s, const struct store_record *r, const struct buf *head, struct err *e)
{
	return record_write(s->db, r, head, e);
}

bool store_read_head(struct store *s, struct buf *out, struct err *e)
{
	struct record_db *db = NULL;
	bool ok = with_db(s, &db, e) && record_read_head(db, out, e);
	done_with_db(s, db);
	return ok;
}

bool store_read_trust(struct store *s, const struct buf *installed, struct trust **out, struct err *e)
{
	return store_read_trust_until(s, installed, INT64_MAX, out, e);
}

bool store_read_trust_until(
	struct store *s, const struct buf *installed, int64_t version, struct trust **out, struct err *e)
{
	struct trust *t;
	if (!trust_read_first(&t, installed->data, installed->len, e))
		return false;
	for (int i = 0; i < TRUST_CHAIN_MAX && t->version < version; i++) {
		char path[STORE_PATH_MAX];
		struct buf bytes = {0};
		struct trust *next = NULL;
		struct err why = {0};
		number_path(s, "trust", t->version + 1, path);
		bool is_there = file_exists(path);
		bool ok = is_there && file_read(path, TRUST_BYTES_MAX, &bytes, &why) &&
			  trust_read_next(&next, t, bytes.data, bytes.len, &why);
		buf_finish(&bytes);
		if (!ok) {
			if (is_there)
				log_line(LOG_WARNING, "store: trust %lld: %s", (long long)t->version + 1,
					why.text);
			break;
		}
		trust_destroy(t);
		t = next;
	}
	*out = t;
	return true;
}

bool store_put_trust(struct store *s, int64_t version, const struct buf *bytes, struct err *e)
{
	char path[STORE_PATH_MAX];
	number_path(s, "trust", version, path);
	return file_write_durable(path, bytes->data, bytes->len, 0644, e);
}

bool store_read_manifest(
	struct store *s, int64_t version, const struct trust *t, struct manifest *out, struct err *e)
{
	char path[STORE_PATH_MAX];
	struct buf bytes = {0};
	*out = (struct manifest){0};
	number_path(s, "manifests", version, path);
	bool ok = file_read(path, MANIFEST_BYTES_MAX, &bytes, e) &&
		  manifest_read(out, t, bytes.data, bytes.len, e);
	buf_finish(&bytes);
	if (ok && out->version != version)
		ok = err_set(e, ERR_UNTRUSTED, "%s: says it is version %lld", path, (long long)out->version);
	return ok;
}

bool store_put_manifest(struct store *s, int64_t version, const struct buf *bytes, struct err *e)
{
	char path[STORE_PATH_MAX];
	number_path(s, "manifests", version, path);
	return file_write_durable(path, bytes->data, bytes->len, 0644, e);
}

void store_hash_manifest(struct store *s, int64_t version, char sha256[static DIGEST_HEX])
{
	char path[STORE_PATH_MAX];
	uint64_t size;
	struct err ignored = {0};
	number_path(s, "manifests", version, path);
	if (!digest_file(path, MANIFEST_BYTES_MAX, sha256, &size, &ignored))
		sha256[0] = '\0';
}

void store_object_path(const struct store *s, const char *sha256, char *out)
{
	path_of(s, "objects", sha256, out);
}

void store_part_path(const struct store *s, const char *sha256, char *out)
{
	char name[DIGEST_HEX + 8];
	(void)snprintf(name, sizeof name, "%s.part", sha256);
	path_of(s, "objects", name, out);
}

bool store_has_object(const struct store *s, const char *sha256, int64_t size)
{
	char path[STORE_PATH_MAX];
	struct stat st;
	store_object_path(s, sha256, path);
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == size;
}

bool store_holds_object(const struct store *s, const char *sha256, int64_t size)
{
	char path[STORE_PATH_MAX], found[DIGEST_HEX];
	uint64_t found_size;
	struct err ignored = {0};
	store_object_path(s, sha256, path);
	return store_has_object(s, sha256, size) &&
	       digest_file(path, (uint64_t)size, found, &found_size, &ignored) && strcmp(found, sha256) == 0;
}

static bool sync_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return err_set(e, ERR_DISK, "%s: %s", path, strerror(errno));
	bool ok = fsync(fd) == 0;
	int cause = errno;
	(void)close(fd);
	return ok || err_set(e, ERR_DISK, "%s: cannot sync: %s", path, strerror(cause));
}

bool store_keep_part(struct store *s, const char *sha256, int64_t size, struct err *e)
{
	char part[STORE_PATH_MAX], path[STORE_PATH_MAX], folder[STORE_PATH_MAX], found[DIGEST_HEX];
	uint64_t found_size;
	store_part_path(s, sha256, part);
	store_object_path(s, sha256, path);
	path_of(s, "objects", ".", folder);
	bool is_read = digest_file(part, (uint64_t)size, found, &found_size, e);
	if (!is_read && e->kind != ERR_FORMAT)
		return false;
	if (!is_read || (int64_t)found_size != size || strcmp(found, sha256) != 0) {
		(void)unlink(part);
		return err_set(e, ERR_UNTRUSTED, "objects/%s: bytes are not what the name says", sha256);
	}
	/* What could not be synced may be lost already, and a second sync would not say so:
	 * it is fetched again. */
	if (!sync_file(part, e)) {
		(void)unlink(part);
		return false;
	}
	if (rename(part, path) != 0)
		return err_set(e, ERR_DISK, "%s: cannot rename: %s", path, strerror(errno));
	if (!file_sync_folder(folder, e)) {
		(void)unlink(path);
		return false;
	}
	return true;
}
