/* SPDX-License-Identifier: Apache-2.0 */
#include "feed/folder.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/strict.h"
#include "feed/envelope.h"
#include "feed/manifest.h"

void folder_number_path(
	const char *folder, const char *sub, int64_t number, char out[static FOLDER_PATH_MAX])
{
	(void)snprintf(out, FOLDER_PATH_MAX, "%s/%s/%lld.json", folder, sub, (long long)number);
}

int64_t folder_newest(const char *folder, const char *sub)
{
	char path[FOLDER_PATH_MAX];
	int64_t newest = 0;
	(void)snprintf(path, sizeof path, "%s/%s", folder, sub);
	DIR *dir = opendir(path);
	if (!dir)
		return 0;
	struct dirent *entry;
	while ((entry = readdir(dir)) != NULL) {
		char *end;
		long long number = strtoll(entry->d_name, &end, 10);
		if (strcmp(end, ".json") == 0 && number > newest)
			newest = number;
	}
	(void)closedir(dir);
	return newest;
}

static bool read_number(
	const char *folder, int64_t number, const struct trust *before, struct trust **out, struct err *e)
{
	char path[FOLDER_PATH_MAX];
	struct buf bytes = {0};
	folder_number_path(folder, "trust", number, path);
	bool ok = file_read(path, TRUST_BYTES_MAX, &bytes, e);
	if (ok && before)
		ok = trust_read_next(out, before, bytes.data, bytes.len, e);
	else if (ok)
		ok = trust_read_first(out, bytes.data, bytes.len, e);
	buf_finish(&bytes);
	return ok || err_prefix(e, "%s", path);
}

bool folder_read_trust(const char *folder, struct trust **out, struct err *e)
{
	int64_t newest = folder_newest(folder, "trust");
	*out = NULL;
	for (int64_t n = 1; n <= newest; n++) {
		struct trust *next;
		bool ok = read_number(folder, n, *out, &next, e);
		trust_destroy(*out);
		*out = ok ? next : NULL;
		if (!ok)
			return false;
	}
	return true;
}

static bool is_same(const char *path, const struct buf *bytes)
{
	struct buf kept = {0};
	struct err ignored = {0};
	bool same = file_read(path, bytes->len, &kept, &ignored) && kept.len == bytes->len &&
		    memcmp(kept.data, bytes->data, bytes->len) == 0;
	buf_finish(&kept);
	return same;
}

bool folder_may_put_number(
	const char *folder, const char *sub, int64_t number, const struct buf *bytes, struct err *e)
{
	char path[FOLDER_PATH_MAX];
	folder_number_path(folder, sub, number, path);
	return !file_exists(path) || is_same(path, bytes) ||
	       err_set(e, ERR_DISK, "%s: exists; what was published is never changed", path);
}

bool folder_put_number(
	const char *folder, const char *sub, int64_t number, const struct buf *bytes, struct err *e)
{
	char path[FOLDER_PATH_MAX], parent[FOLDER_PATH_MAX];
	if (!folder_may_put_number(folder, sub, number, bytes, e))
		return false;
	folder_number_path(folder, sub, number, path);
	if (file_exists(path))
		return true;
	(void)snprintf(parent, sizeof parent, "%s/%s", folder, sub);
	return file_make_folder(parent, 0755, e) &&
	       file_write_durable(path, bytes->data, bytes->len, 0644, e);
}

bool folder_put_object(
	const char *folder, const struct buf *bytes, char sha256[static DIGEST_HEX], struct err *e)
{
	char path[FOLDER_PATH_MAX], parent[FOLDER_PATH_MAX];
	digest_bytes(bytes->data, bytes->len, sha256);
	(void)snprintf(parent, sizeof parent, "%s/objects", folder);
	(void)snprintf(path, sizeof path, "%s/objects/%s", folder, sha256);
	if (is_same(path, bytes))
		return true;
	return file_make_folder(parent, 0755, e) &&
	       file_write_durable(path, bytes->data, bytes->len, 0644, e);
}

bool folder_read_head(const char *folder, const struct trust *t, struct head *out, struct err *e)
{
	char path[FOLDER_PATH_MAX];
	struct buf bytes = {0};
	bool ok = file_join(path, sizeof path, folder, "head.json") &&
		  file_read(path, HEAD_BYTES_MAX, &bytes, e) && head_read(out, t, bytes.data, bytes.len, e);
	buf_finish(&bytes);
	return ok;
}

static bool is_prepared(const json_t *content, const char *id)
{
	size_t i;
	const json_t *alert;
	json_array_foreach (json_object_get(content, "alerts"), i, alert) {
		const char *known = json_string_value(json_object_get(alert, "id"));
		if (known && strcmp(known, id) == 0)
			return true;
	}
	return false;
}

/* Only what publishers signed beforehand can be raised. */
static bool are_prepared(const struct head *h, const char *folder, const struct manifest *m, struct err *e)
{
	char path[FOLDER_PATH_MAX];
	struct buf bytes = {0};
	if (h->alert_count == 0)
		return true;
	(void)snprintf(path, sizeof path, "%s/objects/%s", folder, m->content_sha256);
	json_t *content = file_read(path, MANIFEST_CONTENT_BYTES_MAX, &bytes, e)
				  ? strict_parse(bytes.data, bytes.len, e)
				  : NULL;
	bool ok = content != NULL;
	for (int i = 0; ok && i < h->alert_count; i++) {
		if (!is_prepared(content, h->alerts[i].id))
			ok = err_set(e, ERR_USAGE, "alert: version %lld has none with id '%s'",
				(long long)m->version, h->alerts[i].id);
	}
	json_decref(content);
	buf_finish(&bytes);
	return ok;
}

/* What the head says of the version that it points to. */
static bool point_to(struct head *h, const char *folder, const struct trust *t, struct err *e)
{
	char path[FOLDER_PATH_MAX];
	struct buf bytes = {0};
	struct manifest m = {0};
	if (!h->version)
		h->version = folder_newest(folder, "manifests");
	if (!h->version)
		return err_set(e, ERR_USAGE, "%s: has no manifest to point to", folder);
	folder_number_path(folder, "manifests", h->version, path);
	bool ok = file_read(path, MANIFEST_BYTES_MAX, &bytes, e) &&
		  manifest_read(&m, t, bytes.data, bytes.len, e) && are_prepared(h, folder, &m, e);
	if (ok) {
		digest_bytes(bytes.data, bytes.len, h->manifest_sha256);
		h->manifest_size = (int64_t)bytes.len;
	}
	manifest_finish(&m);
	buf_finish(&bytes);
	return ok;
}

bool folder_put_head(const char *folder, const struct trust *t, struct head *h, int64_t now_utc_s,
	struct key *const *keys, int key_count, struct err *e)
{
	char path[FOLDER_PATH_MAX];
	struct head read;
	struct err ignored = {0};
	struct buf body = {0}, bytes = {0};
	if (folder_read_head(folder, t, &read, &ignored) && read.seq > h->seq)
		h->seq = read.seq;
	h->seq++;
	(void)snprintf(h->feed, sizeof h->feed, "%s", t->feed);
	h->issued_utc_s = now_utc_s;
	h->expires_utc_s = now_utc_s + HEAD_VALID_S;
	h->trust = t->version;
	bool ok = point_to(h, folder, t, e);
	if (ok) {
		head_write_body(h, &body);
		ok = envelope_seal(ENVELOPE_HEAD, &body, keys, key_count, &bytes, e) &&
		     head_read(&read, t, bytes.data, bytes.len, e) &&
		     file_join(path, sizeof path, folder, "head.json") &&
		     file_write_durable(path, bytes.data, bytes.len, 0644, e);
	}
	buf_finish(&body);
	buf_finish(&bytes);
	return ok;
}
