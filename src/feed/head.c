/* SPDX-License-Identifier: Apache-2.0 */
#include "feed/head.h"

#include <string.h>

#include "base/civil.h"
#include "base/strict.h"
#include "feed/manifest.h"

bool head_is_word(const char *text)
{
	size_t len = strlen(text);
	return len >= 1 && len <= HEAD_WORD_MAX && text[0] != '-' &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static bool take_word(const json_t *value, char out[static HEAD_WORD_MAX + 1], struct err *e)
{
	const char *text = json_string_value(value);
	if (!text || !head_is_word(text))
		return err_set(e, ERR_FORMAT, "'%s' is not an id", text ? text : "?");
	memcpy(out, text, strlen(text) + 1);
	return true;
}

static bool read_alert(struct head_alert *a, const json_t *entry, struct err *e)
{
	json_t *tags;
	if (!json_is_object(entry))
		return err_set(e, ERR_FORMAT, "not an object");
	if (!take_word(json_object_get(entry, "id"), a->id, e))
		return err_prefix(e, "id");
	if (!strict_array(entry, "screens", HEAD_TAGS_MAX, &tags, e))
		return false;
	size_t i;
	json_t *tag;
	json_array_foreach (tags, i, tag) {
		if (!take_word(tag, a->tags[a->tag_count++], e))
			return err_prefix(e, "screens");
	}
	return true;
}

static bool read_manifest_ref(struct head *h, const json_t *body, struct err *e)
{
	json_t *ref;
	const char *hex;
	if (!strict_object(body, "manifest", &ref, e))
		return false;
	if (!strict_int(ref, "version", 1, MANIFEST_VERSION_MAX, &h->version, e) ||
		!strict_text(ref, "sha256", DIGEST_HEX, &hex, e) ||
		!strict_int(ref, "size", 1, MANIFEST_BYTES_MAX, &h->manifest_size, e))
		return err_prefix(e, "manifest");
	if (!digest_is_hex(hex))
		return err_set(e, ERR_FORMAT, "manifest: sha256: not 64 lower-case hex digits");
	memcpy(h->manifest_sha256, hex, DIGEST_HEX);
	return true;
}

static bool read_body(struct head *h, const json_t *body, struct err *e)
{
	const char *feed, *mode;
	json_t *alerts;
	if (!strict_text(body, "feed", TRUST_FEED_NAME_MAX, &feed, e) ||
		!strict_int(body, "seq", 1, STRICT_INT_MAX, &h->seq, e) ||
		!strict_time(body, "issued", &h->issued_utc_s, e) ||
		!strict_time(body, "expires", &h->expires_utc_s, e) ||
		!strict_int(body, "trust", 1, STRICT_INT_MAX, &h->trust, e) ||
		!strict_text(body, "mode", 16, &mode, e) || !read_manifest_ref(h, body, e) ||
		!strict_array(body, "alerts", HEAD_ALERTS_MAX, &alerts, e))
		return false;
	memcpy(h->feed, feed, strlen(feed) + 1);
	if (strcmp(mode, "show") != 0 && strcmp(mode, "hold") != 0)
		return err_set(e, ERR_FORMAT, "mode: '%s' is not show or hold", mode);
	h->holds = strcmp(mode, "hold") == 0;
	size_t i;
	json_t *entry;
	json_array_foreach (alerts, i, entry) {
		if (!read_alert(&h->alerts[h->alert_count++], entry, e))
			return err_prefix(e, "alerts: %zu", i);
	}
	return true;
}

bool head_read(struct head *h, const struct trust *t, const char *bytes, size_t len, struct err *e)
{
	struct envelope v = {0};
	*h = (struct head){0};
	bool ok = envelope_read(&v, ENVELOPE_HEAD, bytes, len, e) && trust_verify(t, TRUST_HEAD, &v, e);
	json_t *body = ok ? strict_parse(v.body.data, v.body.len, e) : NULL;
	ok = body && read_body(h, body, e);
	json_decref(body);
	envelope_finish(&v);
	if (ok && strcmp(h->feed, t->feed) != 0)
		ok = err_set(e, ERR_UNTRUSTED, "feed: is '%s', must be '%s'", h->feed, t->feed);
	return ok || err_prefix(e, "head");
}

void head_write_body(const struct head *h, struct buf *out)
{
	char issued[32], expires[32];
	civil_format_rfc3339(h->issued_utc_s, issued);
	civil_format_rfc3339(h->expires_utc_s, expires);
	buf_printf(out, "{\"feed\": \"%s\", \"seq\": %lld, \"issued\": \"%s\", \"expires\": \"%s\",\n",
		h->feed, (long long)h->seq, issued, expires);
	buf_printf(out,
		" \"trust\": %lld, \"manifest\": {\"version\": %lld, \"sha256\": \"%s\", \"size\": %lld},\n",
		(long long)h->trust, (long long)h->version, h->manifest_sha256, (long long)h->manifest_size);
	buf_printf(out, " \"mode\": \"%s\", \"alerts\": [", h->holds ? "hold" : "show");
	for (int i = 0; i < h->alert_count; i++) {
		buf_printf(out, "%s{\"id\": \"%s\", \"screens\": [", i ? ", " : "", h->alerts[i].id);
		for (int k = 0; k < h->alerts[i].tag_count; k++)
			buf_printf(out, "%s\"%s\"", k ? ", " : "", h->alerts[i].tags[k]);
		buf_text(out, "]}");
	}
	buf_text(out, "]}\n");
}
