/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/check_file.h"

#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "content/field.h"
#include "feed/digest.h"
#include "feed/manifest.h"
#include "board/medium.h"
#include "sign/check_layout.h"
#include "sign/sign.h"

struct media_user {
	struct checked *checked;
	const char *folder; /* NULL: not looked for */
};

static bool is_drawable(void *fonts, uint32_t point)
{
	return font_find(fonts, FONT_REGULAR, point) >= 0 && font_find(fonts, FONT_BOLD, point) >= 0;
}

/* Which of the names it is; a new one is added, as long as there is room. */
static int find_media(struct checked *c, const char *name, bool *is_new)
{
	int i = 0;
	while (i < c->media_count && strcmp(c->media[i], name) != 0)
		i++;
	*is_new = i == c->media_count && i < CHECK_MEDIA_MAX;
	if (*is_new)
		c->media[c->media_count++] = alloc_text(name);
	return i;
}

static bool is_sound(const char *folder, const char *name)
{
	char path[PATH_MAX];
	struct err e = {0};
	if (!file_join(path, sizeof path, folder, name))
		return false;
	bool ok = medium_check(name, path, &e);
	if (!ok && file_exists(path))
		(void)printf("%s\n", e.text);
	return ok;
}

/* Also collects the names, and says once what is wrong with a picture. */
static bool has_media(void *user, const char *name)
{
	struct media_user *m = user;
	bool is_new;
	int i = find_media(m->checked, name, &is_new);
	if (!m->folder)
		return true;
	if (i == CHECK_MEDIA_MAX)
		return is_sound(m->folder, name);
	if (is_new)
		m->checked->is_sound[i] = is_sound(m->folder, name);
	return m->checked->is_sound[i];
}

static void print_finding(void *path, const struct check_finding *f)
{
	(void)printf("%s: %s%s: %s%s%s\n", (const char *)path, f->is_warning ? "warning: " : "",
		*f->pointer ? f->pointer : "/", f->value, *f->value ? ": " : "", f->rule);
}

static void check_document_of(const json_t *document, const char *path, const struct sign_options *o,
	struct font_set *fonts, struct checked *out)
{
	struct media_user media = {out, o->media};
	struct check_options options = {
		.is_drawable = is_drawable,
		.drawable_user = fonts,
		.has_media = has_media,
		.media_user = &media,
		.report = print_finding,
		.report_user = (void *)(uintptr_t)path,
	};
	out->errors = check_document(document, &options);
}

bool check_file(const char *path, const struct sign_options *o, struct checked *out, struct err *e)
{
	struct font_set *fonts = NULL;
	struct font_paths paths = sign_options_fonts(o);
	if (!file_read(path, FIELD_DOCUMENT_BYTES_MAX, &out->bytes, e))
		return false;
	json_t *document = check_parse(out->bytes.data, out->bytes.len, e);
	if (!document)
		return err_prefix(e, "%s", path);
	bool ok = font_set_open(&fonts, &paths, e);
	if (ok)
		check_document_of(document, path, o, fonts, out);
	if (ok && !out->errors)
		ok = check_layout(path, o, fonts, out, e);
	font_set_close(fonts);
	json_decref(document);
	return ok;
}

void check_file_finish(struct checked *c)
{
	for (int i = 0; i < c->media_count; i++)
		free((char *)(uintptr_t)c->media[i]);
	buf_finish(&c->bytes);
	c->media_count = 0;
}

static bool is_medium(const struct manifest *m, const char *name, const struct sign_options *o, struct err *e)
{
	char path[PATH_MAX], sha256[DIGEST_HEX];
	uint64_t size;
	const struct manifest_media *said = manifest_find(m, name);
	if (!said)
		return err_set(e, ERR_UNTRUSTED, "media: %s is not in the manifest", name);
	if (!o->media)
		return err_set(e, ERR_USAGE, "--media is needed: the manifest names %s", name);
	return file_join(path, sizeof path, o->media, name) &&
	       digest_file(path, PICTURE_BYTES_MAX, sha256, &size, e) &&
	       ((strcmp(sha256, said->sha256) == 0 && (int64_t)size == said->size) ||
		       err_set(e, ERR_UNTRUSTED, "media: %s is another than the manifest's", name));
}

/* What somebody else made for us to sign names just this document and these pictures. */
static bool check_draft(const struct checked *c, const struct sign_options *o, struct err *e)
{
	char sha256[DIGEST_HEX];
	struct buf bytes = {0};
	struct manifest m = {0};
	bool ok = file_read(o->draft, MANIFEST_BYTES_MAX, &bytes, e) &&
		  manifest_read_draft(&m, bytes.data, bytes.len, e);
	digest_bytes(c->bytes.data, c->bytes.len, sha256);
	if (ok && strcmp(sha256, m.content_sha256) != 0)
		ok = err_set(e, ERR_UNTRUSTED, "content: is another than the manifest's");
	if (ok && m.media_count != c->media_count)
		ok = err_set(e, ERR_UNTRUSTED, "media: the document names %d, the manifest %d", c->media_count,
			m.media_count);
	for (int i = 0; ok && i < c->media_count; i++)
		ok = is_medium(&m, c->media[i], o, e);
	if (ok)
		(void)printf("%s: version %lld of feed %s, of just this content and %d media\n", o->draft,
			(long long)m.version, m.feed, m.media_count);
	manifest_finish(&m);
	buf_finish(&bytes);
	return ok || err_prefix(e, "%s", o->draft);
}

bool sign_check(const struct sign_options *o, struct err *e)
{
	struct checked *c = alloc_zero(1, sizeof *c);
	bool ok = o->words.count == 1 || err_set(e, ERR_USAGE, "one FILE is needed");
	ok = ok && check_file(o->words.items[0], o, c, e);
	if (ok && c->errors)
		ok = err_set(e, ERR_FORMAT, "%s: %d error%s", o->words.items[0], c->errors,
			c->errors == 1 ? "" : "s");
	else if (ok)
		(void)printf("%s: fine\n", o->words.items[0]);
	ok = ok && (!o->draft || check_draft(c, o, e));
	check_file_finish(c);
	free(c);
	return ok;
}
