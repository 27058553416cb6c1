/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/take.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "store/installed.h"
#include "sync/trial.h"

#define DISK_MARGIN_BYTES ((int64_t)8 << 20)

static bool fetch_manifest(
	struct cycle *c, const struct head *h, struct buf *bytes, struct cycle_result *result, struct err *e)
{
	char path[64], sha256[DIGEST_HEX];
	struct fetch_answer a;
	(void)snprintf(path, sizeof path, "manifests/%lld.json", (long long)h->version);
	bool ok = fetch_run(
		c->fetch, &(struct fetch_request){.path = path, .max_bytes = h->manifest_size}, &a, e);
	result->retry_after_s = a.retry_after_s;
	if (ok && a.outcome != FETCH_GOT)
		ok = err_set(e, ERR_NETWORK, "%s: not there", path);
	if (ok) {
		digest_bytes(a.body.data ? a.body.data : "", a.body.len, sha256);
		if ((int64_t)a.body.len != h->manifest_size || strcmp(sha256, h->manifest_sha256) != 0)
			ok = err_set(e, ERR_UNTRUSTED, "%s: bytes are not what the head names", path);
	}
	if (ok)
		buf_add(bytes, a.body.data, a.body.len);
	buf_finish(&a.body);
	return ok;
}

static int64_t part_size(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 ? st.st_size : 0;
}

/* Once, going on where a part ended. */
static bool fetch_part(struct cycle *c, const char *sha256, int64_t size, const char *part,
	struct cycle_result *result, struct err *e)
{
	char path[DIGEST_HEX + 16];
	struct fetch_answer a = {0};
	bool ok = true;
	(void)snprintf(path, sizeof path, "objects/%s", sha256);
	if (part_size(part) != size) {
		ok = fetch_run(c->fetch,
			&(struct fetch_request){.path = path, .max_bytes = size, .file = part}, &a, e);
		result->retry_after_s = a.retry_after_s;
	}
	if (ok && a.outcome == FETCH_MISSING)
		ok = err_set(e, ERR_NETWORK, "%s: not there", path);
	buf_finish(&a.body);
	if (!ok && e->kind == ERR_FORMAT)
		(void)unlink(part); /* longer than signed: not what was signed */
	if (ok && part_size(part) < size) { /* whole, says the server: then it is another */
		ok = err_set(e, ERR_NETWORK, "%s: ended after %lld of %lld bytes", path,
			(long long)part_size(part), (long long)size);
		(void)unlink(part);
	}
	return ok && store_keep_part(c->store, sha256, size, e);
}

/* A part whose rest does not fit was perhaps bad itself: then once more from the start. */
static bool fetch_object(struct cycle *c, const char *sha256, int64_t size, const char *what,
	struct cycle_result *result, struct err *e)
{
	char part[STORE_PATH_MAX];
	if (store_holds_object(c->store, sha256, size))
		return true;
	store_part_path(c->store, sha256, part);
	bool had_part = part_size(part) > 0;
	bool ok = fetch_part(c, sha256, size, part, result, e);
	if (!ok && had_part && part_size(part) == 0 && e->kind != ERR_DISK)
		ok = fetch_part(c, sha256, size, part, result, e);
	return ok || err_prefix(e, "%s", what);
}

static bool has_room(struct cycle *c, const struct manifest *m, struct err *e)
{
	int64_t needed = DISK_MARGIN_BYTES;
	struct statvfs fs;
	if (!store_has_object(c->store, m->content_sha256, m->content_size))
		needed += m->content_size;
	for (int i = 0; i < m->media_count; i++) {
		if (!store_has_object(c->store, m->media[i].sha256, m->media[i].size))
			needed += m->media[i].size;
	}
	if (statvfs(store_folder(c->store), &fs) != 0)
		return true; /* the write itself will tell */
	int64_t free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
	return free_bytes >= needed ||
	       err_set(e, ERR_DISK, "version %lld needs %lld bytes, %lld are free", (long long)m->version,
		       (long long)needed, (long long)free_bytes);
}

static bool fetch_objects(
	struct cycle *c, const struct manifest *m, struct cycle_result *result, struct err *e)
{
	if (!has_room(c, m, e) || !fetch_object(c, m->content_sha256, m->content_size, "content", result, e))
		return false;
	for (int i = 0; i < m->media_count; i++) {
		if (!fetch_object(c, m->media[i].sha256, m->media[i].size, m->media[i].name, result, e))
			return false;
	}
	return true;
}

/* The trial gets the newest trust document: it verifies by itself. The manifest has its name
 * only afterwards: a screen without a record shows the newest that has one. */
static bool try_version(struct cycle *c, const struct manifest *m, const struct buf *bytes, struct err *e)
{
	char trust[STORE_PATH_MAX], manifest[STORE_PATH_MAX], objects[STORE_PATH_MAX];
	const char *folder = store_folder(c->store);
	(void)snprintf(trust, sizeof trust, "%s/trust/%lld.json", folder, (long long)c->trust->version);
	(void)snprintf(manifest, sizeof manifest, "%s/manifests/%lld.trial", folder, (long long)m->version);
	(void)snprintf(objects, sizeof objects, "%s/objects", folder);
	struct trial t = {.program = c->kiosk,
		.manifest = manifest,
		.objects = objects,
		.at = c->at,
		.config = c->kiosk_config,
		.deadline_s = c->trial_s};
	/* Of a fingerprint the first document is kept here too, and may have been lost since. */
	bool ok = !installed_is_pinned(c->trust_path) || c->trust->version > 1 || file_exists(trust) ||
		  store_put_trust(c->store, 1, &c->installed, e);
	t.trust = file_exists(trust) ? trust : c->trust_path;
	if (!ok || !file_write(manifest, bytes->data, bytes->len, 0644, e))
		return false;
	ok = trial_run(&t, c->stop, e);
	(void)unlink(manifest);
	return ok;
}

static bool keep_version(struct cycle *c, const struct head *h, const struct manifest *m, struct err *e)
{
	struct store_record next = c->record;
	if (c->record.version != h->version)
		next.previous_version = c->record.version;
	next.version = h->version;
	memcpy(next.manifest_sha256, h->manifest_sha256, sizeof next.manifest_sha256);
	next.refused_version = 0;
	next.refused_sha256[0] = next.refused_reason[0] = '\0';
	if (m->issued_utc_s > next.floor_utc_s)
		next.floor_utc_s = m->issued_utc_s;
	if (!store_write_record(c->store, &next, &c->head, e))
		return false;
	c->record = next;
	log_line(LOG_INFO, "sync: version %lld taken", (long long)m->version);
	return true;
}

static void collect(struct cycle *c, const struct manifest *current)
{
	struct manifest previous = {0};
	struct err ignored = {0};
	bool has_previous =
		c->record.previous_version &&
		store_read_manifest(c->store, c->record.previous_version, c->trust, &previous, &ignored);
	int removed = store_collect(c->store, current, has_previous ? &previous : NULL);
	manifest_finish(&previous);
	if (removed)
		log_line(LOG_DEBUG, "sync: %d files no longer needed", removed);
}

bool take_is_whole(struct cycle *c)
{
	struct manifest m = {0};
	struct err ignored = {0};
	char sha256[DIGEST_HEX];
	store_hash_manifest(c->store, c->record.version, sha256);
	bool ok = strcmp(sha256, c->record.manifest_sha256) == 0 &&
		  store_read_manifest(c->store, c->record.version, c->trust, &m, &ignored) &&
		  store_has_object(c->store, m.content_sha256, m.content_size);
	for (int i = 0; ok && i < m.media_count; i++)
		ok = store_has_object(c->store, m.media[i].sha256, m.media[i].size);
	manifest_finish(&m);
	return ok;
}

/* Refused for good: until the head names another manifest. Only for what was signed: a
 * server that sends too much may send the right bytes the next time. */
static void refuse(struct cycle *c, const struct head *h, struct err *why)
{
	struct store_record next = c->record;
	struct err e = {0};
	next.refused_version = h->version;
	memcpy(next.refused_sha256, h->manifest_sha256, sizeof next.refused_sha256);
	(void)snprintf(next.refused_reason, sizeof next.refused_reason, "%s", why->text);
	if (store_write_record(c->store, &next, &c->head, &e))
		c->record = next;
	err_prefix(why, "version %lld refused", (long long)h->version);
}

bool take_version(struct cycle *c, const struct head *h, struct cycle_result *result, struct err *e)
{
	struct buf bytes = {0};
	struct manifest m = {0};
	bool is_signed = fetch_manifest(c, h, &bytes, result, e); /* at least by the head's key */
	bool ok = is_signed && (manifest_read(&m, c->trust, bytes.data, bytes.len, e) ||
				       err_prefix(e, "manifests/%lld.json", (long long)h->version));
	if (ok && m.version != h->version)
		ok = err_set(e, ERR_UNTRUSTED, "manifest: version: is %lld, the head names %lld",
			(long long)m.version, (long long)h->version);
	if (ok && cycle_is_future(c, m.issued_utc_s))
		ok = err_set(e, ERR_UNTRUSTED, "manifest: issued in the future");
	bool is_refused = !ok && is_signed && e->kind == ERR_FORMAT;
	ok = ok && fetch_objects(c, &m, result, e);
	if (ok && !try_version(c, &m, &bytes, e)) {
		ok = false;
		is_refused = e->kind == ERR_FORMAT;
	}
	/* The manifest's name is free: it is written again, the same, should power fail now. */
	ok = ok && store_put_manifest(c->store, m.version, &bytes, e);
	ok = ok && keep_version(c, h, &m, e);
	if (ok)
		collect(c, &m);
	else if (is_refused)
		refuse(c, h, e);
	manifest_finish(&m);
	buf_finish(&bytes);
	return ok;
}
