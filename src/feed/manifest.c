/* SPDX-License-Identifier: Apache-2.0 */
#include "feed/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/strict.h"

#define PIXELS_MAX 65536

bool manifest_is_name(const char *name)
{
	size_t len = strlen(name);
	return len >= 1 && len <= MANIFEST_NAME_MAX && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
	       strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == len;
}

static bool read_object_ref(
	const json_t *ref, int64_t max_size, char hex[static DIGEST_HEX], int64_t *size, struct err *e)
{
	const char *text;
	if (!strict_text(ref, "sha256", DIGEST_HEX, &text, e) ||
		!strict_int(ref, "size", 1, max_size, size, e))
		return false;
	if (!digest_is_hex(text))
		return err_set(e, ERR_FORMAT, "sha256: not 64 lower-case hex digits");
	memcpy(hex, text, DIGEST_HEX);
	return true;
}

static bool read_optional_px(const json_t *entry, const char *name, int64_t *out, struct err *e)
{
	return !json_object_get(entry, name) || strict_int(entry, name, 1, PIXELS_MAX, out, e);
}

static bool read_media(struct manifest_media *m, const json_t *entry, struct err *e)
{
	const char *name, *type;
	if (!json_is_object(entry))
		return err_set(e, ERR_FORMAT, "not an object");
	if (!strict_text(entry, "name", MANIFEST_NAME_MAX, &name, e) ||
		!strict_text(entry, "type", sizeof m->type - 1, &type, e) ||
		!read_object_ref(entry, MANIFEST_OBJECT_BYTES_MAX, m->sha256, &m->size, e) ||
		!read_optional_px(entry, "width", &m->width, e) ||
		!read_optional_px(entry, "height", &m->height, e))
		return false;
	if (!manifest_is_name(name))
		return err_set(e, ERR_FORMAT, "name: '%s' is not [A-Za-z0-9._-]{1,128}", name);
	memcpy(m->name, name, strlen(name) + 1);
	memcpy(m->type, type, strlen(type) + 1);
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct manifest_media *x = a, *y = b;
	return strcmp(x->name, y->name);
}

static bool read_media_list(struct manifest *m, const json_t *list, struct err *e)
{
	size_t i;
	json_t *entry;
	m->media = alloc_zero(json_array_size(list) + 1, sizeof *m->media);
	json_array_foreach (list, i, entry) {
		if (!read_media(&m->media[m->media_count++], entry, e))
			return err_prefix(e, "media: %zu", i);
	}
	qsort(m->media, (size_t)m->media_count, sizeof *m->media, by_name);
	for (int k = 1; k < m->media_count; k++) {
		if (by_name(&m->media[k - 1], &m->media[k]) == 0)
			return err_set(e, ERR_FORMAT, "media: name '%s' stands twice", m->media[k].name);
	}
	return true;
}

static bool read_body(struct manifest *m, const json_t *body, struct err *e)
{
	const char *feed;
	json_t *content, *media;
	if (!strict_text(body, "feed", TRUST_FEED_NAME_MAX, &feed, e) ||
		!strict_int(body, "version", 1, MANIFEST_VERSION_MAX, &m->version, e) ||
		!strict_time(body, "issued", &m->issued_utc_s, e) ||
		!strict_time(body, "expires", &m->expires_utc_s, e) ||
		!strict_object(body, "content", &content, e) ||
		!strict_array(body, "media", MANIFEST_MEDIA_MAX, &media, e))
		return false;
	memcpy(m->feed, feed, strlen(feed) + 1);
	if (!read_object_ref(content, MANIFEST_CONTENT_BYTES_MAX, m->content_sha256, &m->content_size, e))
		return err_prefix(e, "content");
	return read_media_list(m, media, e);
}

bool manifest_read(struct manifest *m, const struct trust *t, const char *bytes, size_t len, struct err *e)
{
	struct envelope v = {0};
	*m = (struct manifest){0};
	bool ok = envelope_read(&v, ENVELOPE_MANIFEST, bytes, len, e) &&
		  trust_verify(t, TRUST_PUBLISHER, &v, e);
	json_t *body = ok ? strict_parse(v.body.data, v.body.len, e) : NULL;
	ok = body && read_body(m, body, e);
	json_decref(body);
	envelope_finish(&v);
	if (ok && strcmp(m->feed, t->feed) != 0)
		ok = err_set(e, ERR_UNTRUSTED, "feed: is '%s', must be '%s'", m->feed, t->feed);
	return ok || err_prefix(e, "manifest");
}

bool manifest_read_draft(struct manifest *m, const char *bytes, size_t len, struct err *e)
{
	struct envelope v = {0};
	*m = (struct manifest){0};
	json_t *body = envelope_read(&v, ENVELOPE_MANIFEST, bytes, len, e)
			       ? strict_parse(v.body.data, v.body.len, e)
			       : NULL;
	bool ok = body && read_body(m, body, e);
	json_decref(body);
	envelope_finish(&v);
	return ok || err_prefix(e, "manifest");
}

void manifest_finish(struct manifest *m)
{
	free(m->media);
	*m = (struct manifest){0};
}

const struct manifest_media *manifest_find(const struct manifest *m, const char *name)
{
	struct manifest_media wanted = {0};
	if (!manifest_is_name(name) || !m->media_count)
		return NULL;
	memcpy(wanted.name, name, strlen(name) + 1);
	return bsearch(&wanted, m->media, (size_t)m->media_count, sizeof *m->media, by_name);
}

void manifest_make(struct manifest *m, const char *feed, int64_t version, const struct buf *content)
{
	*m = (struct manifest){.version = version, .content_size = (int64_t)content->len};
	(void)snprintf(m->feed, sizeof m->feed, "%s", feed);
	digest_bytes(content->data, content->len, m->content_sha256);
}

void manifest_add(struct manifest *m, const struct manifest_media *medium)
{
	m->media = alloc_resize(m->media, (size_t)m->media_count + 1, sizeof *m->media);
	m->media[m->media_count++] = *medium;
}

void manifest_write_body(const struct manifest *m, struct buf *out)
{
	char issued[32], expires[32];
	civil_format_rfc3339(m->issued_utc_s, issued);
	civil_format_rfc3339(m->expires_utc_s, expires);
	buf_printf(out, "{\"feed\": \"%s\", \"version\": %lld, \"issued\": \"%s\", \"expires\": \"%s\",\n",
		m->feed, (long long)m->version, issued, expires);
	buf_printf(out, " \"content\": {\"sha256\": \"%s\", \"size\": %lld},\n \"media\": [",
		m->content_sha256, (long long)m->content_size);
	for (int i = 0; i < m->media_count; i++) {
		const struct manifest_media *a = &m->media[i];
		buf_printf(out, "%s{\"name\": \"%s\", \"sha256\": \"%s\", \"size\": %lld, \"type\": \"%s\"",
			i ? ",\n  " : "", a->name, a->sha256, (long long)a->size, a->type);
		if (a->width)
			buf_printf(out, ", \"width\": %lld", (long long)a->width);
		if (a->height)
			buf_printf(out, ", \"height\": %lld", (long long)a->height);
		buf_text(out, "}");
	}
	buf_text(out, "]}\n");
}
