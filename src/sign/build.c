/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "feed/envelope.h"
#include "feed/folder.h"
#include "feed/manifest.h"
#include "board/medium.h"
#include "sign/check_file.h"
#include "sign/keys.h"
#include "sign/sign.h"

#define VALID_DAYS 365
#define DAY_S 86400

static bool add_medium(struct manifest *m, const char *name, const struct sign_options *o, struct err *e)
{
	char path[PATH_MAX];
	struct picture_info info;
	struct buf bytes = {0};
	struct manifest_media medium = {0};
	if (!o->media)
		return err_set(e, ERR_USAGE, "--media is needed: the content names %s", name);
	bool ok = file_join(path, sizeof path, o->media, name) && medium_probe(name, path, &info, e) &&
		  file_read(path, PICTURE_BYTES_MAX, &bytes, e);
	if (ok) {
		(void)snprintf(medium.name, sizeof medium.name, "%s", name);
		(void)snprintf(medium.type, sizeof medium.type, "%s", info.type);
		digest_bytes(bytes.data, bytes.len, medium.sha256);
		medium.size = (int64_t)bytes.len;
		medium.width = info.width;
		medium.height = info.height;
		manifest_add(m, &medium);
	}
	buf_finish(&bytes);
	return ok;
}

static bool fill(struct manifest *m, const struct checked *c, const struct sign_options *o, struct err *e)
{
	int64_t now;
	if (!sign_options_now(o, &now, e))
		return false;
	manifest_make(m, o->feed, o->number, &c->bytes);
	m->issued_utc_s = now;
	m->expires_utc_s = now + (o->valid_days ? o->valid_days : VALID_DAYS) * DAY_S;
	for (int i = 0; i < c->media_count; i++) {
		if (!add_medium(m, c->media[i], o, e))
			return false;
	}
	return true;
}

static bool put_medium(const struct manifest_media *medium, const struct sign_options *o, struct err *e)
{
	char path[PATH_MAX], sha256[DIGEST_HEX];
	struct buf bytes = {0};
	bool ok = file_join(path, sizeof path, o->media, medium->name) &&
		  file_read(path, PICTURE_BYTES_MAX, &bytes, e) && folder_put_object(o->out, &bytes, sha256, e);
	if (ok && strcmp(sha256, medium->sha256) != 0)
		ok = err_set(e, ERR_IO, "%s: changed while it was read", path);
	buf_finish(&bytes);
	return ok;
}

static bool put_objects(
	const struct manifest *m, const struct checked *c, const struct sign_options *o, struct err *e)
{
	char sha256[DIGEST_HEX];
	bool ok = folder_put_object(o->out, &c->bytes, sha256, e);
	for (int i = 0; ok && i < m->media_count; i++)
		ok = put_medium(&m->media[i], o, e);
	return ok;
}

/* Would a screen take it? Only asked when the folder has a trust document. */
static bool is_taken(const struct buf *bytes, const char *folder, struct err *e)
{
	struct trust *t = NULL;
	struct manifest read = {0};
	bool ok =
		folder_read_trust(folder, &t, e) && (!t || manifest_read(&read, t, bytes->data, bytes->len, e));
	manifest_finish(&read);
	trust_destroy(t);
	return ok;
}

static bool has_needed(const struct sign_options *o, struct err *e)
{
	if (!sign_options_need(o->content, "content", e) || !sign_options_need(o->feed, "feed", e) ||
		!sign_options_need(o->out, "out", e))
		return false;
	if (!o->number)
		return err_set(e, ERR_USAGE, "--version is needed");
	if (!o->key.count && !o->draft)
		return err_set(e, ERR_USAGE, "--key is needed");
	return trust_is_feed_name(o->feed) ||
	       err_set(e, ERR_USAGE, "feed: '%s' is not [a-z0-9-]{1,64}", o->feed);
}

bool sign_build(const struct sign_options *o, struct err *e)
{
	struct checked *c = alloc_zero(1, sizeof *c);
	struct manifest m = {0};
	struct keys signers = {0};
	struct buf body = {0}, bytes = {0};
	bool ok = has_needed(o, e) && keys_read(&signers, &o->key, o, e) && check_file(o->content, o, c, e);
	if (ok && c->errors)
		ok = err_set(e, ERR_FORMAT, "%s: %d error%s: nothing written", o->content, c->errors,
			c->errors == 1 ? "" : "s");
	ok = ok && fill(&m, c, o, e);
	if (ok) {
		manifest_write_body(&m, &body);
		ok = envelope_seal(ENVELOPE_MANIFEST, &body, signers.items, signers.count, &bytes, e);
	}
	if (ok && !o->draft)
		ok = is_taken(&bytes, o->out, e) &&
		     folder_may_put_number(o->out, "manifests", m.version, &bytes, e);
	ok = ok && put_objects(&m, c, o, e);
	if (ok && o->draft)
		ok = file_write_durable(o->draft, bytes.data, bytes.len, 0644, e);
	else if (ok)
		ok = folder_put_number(o->out, "manifests", m.version, &bytes, e);
	if (ok)
		(void)printf(
			"version %lld of feed %s: %d media\n", (long long)m.version, m.feed, m.media_count);
	buf_finish(&body);
	buf_finish(&bytes);
	keys_finish(&signers);
	manifest_finish(&m);
	check_file_finish(c);
	free(c);
	return ok;
}
