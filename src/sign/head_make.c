/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/strict.h"
#include "feed/envelope.h"
#include "feed/head.h"
#include "feed/manifest.h"
#include "sign/feed_folder.h"
#include "sign/sign.h"

/* The number before this one, as far as the folder's head is one of ours. */
static int64_t last_seq(const char *folder, const struct trust *t)
{
	char path[FEED_PATH_MAX];
	struct buf bytes = {0};
	struct head h;
	struct err ignored = {0};
	bool ok = file_join(path, sizeof path, folder, "head.json") &&
		  file_read(path, HEAD_BYTES_MAX, &bytes, &ignored) &&
		  head_read(&h, t, bytes.data, bytes.len, &ignored);
	buf_finish(&bytes);
	return ok ? h.seq : 0;
}

/* "ID" or "ID:tag,tag" */
static bool add_alert(struct head *h, const char *text, struct err *e)
{
	char words[512];
	struct head_alert *a = &h->alerts[h->alert_count];
	if (h->alert_count == HEAD_ALERTS_MAX || strlen(text) >= sizeof words)
		return err_set(e, ERR_USAGE, "alert: more than can be raised at once");
	(void)snprintf(words, sizeof words, "%s", text);
	char *tags = strchr(words, ':');
	if (tags)
		*tags++ = '\0';
	if (!head_is_word(words))
		return err_set(e, ERR_USAGE, "alert: '%s' is not an id", words);
	memcpy(a->id, words, strlen(words) + 1);
	for (char *tag = tags ? strsep(&tags, ",") : NULL; tag; tag = strsep(&tags, ",")) {
		if (!head_is_word(tag) || a->tag_count == HEAD_TAGS_MAX)
			return err_set(e, ERR_USAGE, "alert: '%s' is not a screen tag", tag);
		memcpy(a->tags[a->tag_count++], tag, strlen(tag) + 1);
	}
	h->alert_count++;
	return true;
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
	char path[FEED_PATH_MAX];
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

static bool fill(struct head *h, const struct sign_options *o, const struct trust *t, struct err *e)
{
	char path[FEED_PATH_MAX];
	struct buf bytes = {0};
	struct manifest m = {0};
	int64_t now;
	if (!sign_options_now(o, &now, e))
		return false;
	(void)snprintf(h->feed, sizeof h->feed, "%s", t->feed);
	h->seq = last_seq(o->out, t) + 1;
	h->issued_utc_s = now;
	h->expires_utc_s = now + HEAD_VALID_S;
	h->trust = t->version;
	h->version = o->number ? o->number : feed_newest(o->out, "manifests");
	h->holds = o->hold;
	for (int i = 0; i < o->alert.count; i++) {
		if (!add_alert(h, o->alert.items[i], e))
			return false;
	}
	if (!h->version)
		return err_set(e, ERR_USAGE, "%s: has no manifest to point to", o->out);
	feed_number_path(o->out, "manifests", h->version, path);
	bool ok = file_read(path, MANIFEST_BYTES_MAX, &bytes, e) &&
		  manifest_read(&m, t, bytes.data, bytes.len, e) && are_prepared(h, o->out, &m, e);
	if (ok) {
		digest_bytes(bytes.data, bytes.len, h->manifest_sha256);
		h->manifest_size = (int64_t)bytes.len;
	}
	manifest_finish(&m);
	buf_finish(&bytes);
	return ok;
}

bool sign_head(const struct sign_options *o, struct err *e)
{
	char path[FEED_PATH_MAX];
	struct head h = {0}, read;
	struct trust *t = NULL;
	struct keys signers = {0};
	struct buf body = {0}, bytes = {0};
	bool ok = sign_options_need(o->out, "out", e) && feed_read_trust(o->out, &t, e);
	if (ok && !t)
		ok = err_set(e, ERR_USAGE, "%s: has no trust document", o->out);
	if (ok && !o->key.count)
		ok = err_set(e, ERR_USAGE, "--key is needed");
	ok = ok && fill(&h, o, t, e) && keys_read(&signers, &o->key, o, e);
	if (ok) {
		head_write_body(&h, &body);
		ok = feed_sign(ENVELOPE_HEAD, &body, &signers, &bytes, e) &&
		     head_read(&read, t, bytes.data, bytes.len, e) &&
		     file_join(path, sizeof path, o->out, "head.json") &&
		     file_write_durable(path, bytes.data, bytes.len, 0644, e);
	}
	if (ok)
		(void)printf("head %lld of feed %s: version %lld, %s, %d alerts\n", (long long)h.seq, h.feed,
			(long long)h.version, h.holds ? "hold" : "show", h.alert_count);
	buf_finish(&body);
	buf_finish(&bytes);
	keys_finish(&signers);
	trust_destroy(t);
	return ok;
}
