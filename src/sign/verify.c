/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "feed/folder.h"
#include "feed/head.h"
#include "feed/manifest.h"
#include "sign/sign.h"

static bool read_chain(const struct sign_options *o, const char *folder, struct trust **out, struct err *e)
{
	struct buf bytes = {0};
	bool ok = file_read(o->trust, TRUST_BYTES_MAX, &bytes, e) &&
		  trust_read_first(out, bytes.data, bytes.len, e);
	buf_finish(&bytes);
	for (bool more = ok; more;) {
		char path[FOLDER_PATH_MAX];
		struct trust *next;
		folder_number_path(folder, "trust", (*out)->version + 1, path);
		more = file_exists(path);
		if (!more)
			break;
		ok = file_read(path, TRUST_BYTES_MAX, &bytes, e) &&
		     trust_read_next(&next, *out, bytes.data, bytes.len, e);
		buf_finish(&bytes);
		if (!ok)
			return err_prefix(e, "%s", path);
		trust_destroy(*out);
		*out = next;
	}
	return ok;
}

static bool verify_object(
	const char *folder, const char *sha256, int64_t size, const char *what, struct err *e)
{
	char path[FOLDER_PATH_MAX], found[DIGEST_HEX];
	uint64_t found_size;
	(void)snprintf(path, sizeof path, "%s/objects/%s", folder, sha256);
	if (!digest_file(path, (uint64_t)size, found, &found_size, e))
		return err_prefix(e, "%s", what);
	if ((int64_t)found_size != size || strcmp(found, sha256) != 0)
		return err_set(e, ERR_UNTRUSTED, "%s: %s: bytes are not what the manifest names", what, path);
	return true;
}

static bool verify_objects(const char *folder, const struct manifest *m, struct err *e)
{
	if (!verify_object(folder, m->content_sha256, m->content_size, "content", e))
		return false;
	for (int i = 0; i < m->media_count; i++) {
		if (!verify_object(folder, m->media[i].sha256, m->media[i].size, m->media[i].name, e))
			return false;
	}
	return true;
}

static bool read_head(const char *folder, const struct trust *t, struct head *h, struct err *e)
{
	char path[FOLDER_PATH_MAX];
	struct buf bytes = {0};
	bool ok = file_join(path, sizeof path, folder, "head.json") &&
		  file_read(path, HEAD_BYTES_MAX, &bytes, e) && head_read(h, t, bytes.data, bytes.len, e);
	buf_finish(&bytes);
	return ok;
}

static bool read_manifest(
	const char *folder, const struct trust *t, const struct head *h, struct manifest *m, struct err *e)
{
	char path[FOLDER_PATH_MAX], sha256[DIGEST_HEX];
	struct buf bytes = {0};
	folder_number_path(folder, "manifests", h->version, path);
	bool ok = file_read(path, MANIFEST_BYTES_MAX, &bytes, e);
	if (ok) {
		digest_bytes(bytes.data, bytes.len, sha256);
		if (strcmp(sha256, h->manifest_sha256) != 0)
			ok = err_set(e, ERR_UNTRUSTED, "%s: bytes are not what the head names", path);
	}
	ok = ok && manifest_read(m, t, bytes.data, bytes.len, e);
	buf_finish(&bytes);
	return ok;
}

bool sign_verify(const struct sign_options *o, struct err *e)
{
	struct trust *t = NULL;
	struct head h;
	struct manifest m = {0};
	bool ok = o->words.count == 1 || err_set(e, ERR_USAGE, "one FEED is needed");
	const char *folder = o->words.items[0];
	ok = ok && sign_options_need(o->trust, "trust", e) && read_chain(o, folder, &t, e) &&
	     read_head(folder, t, &h, e) && read_manifest(folder, t, &h, &m, e) &&
	     verify_objects(folder, &m, e);
	if (ok)
		(void)printf("feed %s: trust %lld, head %lld, version %lld, %d media: all hold\n", t->feed,
			(long long)t->version, (long long)h.seq, (long long)m.version, m.media_count);
	manifest_finish(&m);
	trust_destroy(t);
	return ok;
}
