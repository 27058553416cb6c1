/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/source.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "board/medium.h"
#include "store/store.h"

#define REFUGE_MAX 8 /* versions tried before giving up; two are kept */

static bool is_drawable(void *fonts, uint32_t point)
{
	return font_find(fonts, FONT_REGULAR, point) >= 0 && font_find(fonts, FONT_BOLD, point) >= 0;
}

static bool has_media(void *source, const char *name)
{
	char path[PATH_MAX];
	return source_media_path(source, name, path, sizeof path);
}

static bool open_content(struct source *s, const struct buf *bytes, struct font_set *fonts, struct err *e)
{
	struct check_options options = {
		.is_drawable = is_drawable,
		.drawable_user = fonts,
		.has_media = s->folder ? has_media : NULL,
		.media_user = s,
	};
	return content_open(&s->content, bytes->data, bytes->len, &options, e);
}

bool source_open_file(struct source **out, const char *content_path, const char *media_folder,
	struct font_set *fonts, struct err *e)
{
	struct source *s = alloc_zero(1, sizeof *s);
	struct buf bytes = {0};
	s->folder = media_folder ? alloc_text(media_folder) : NULL;
	bool ok = file_read(content_path, MANIFEST_CONTENT_BYTES_MAX, &bytes, e);
	if (ok && !open_content(s, &bytes, fonts, e))
		ok = err_prefix(e, "%s", content_path);
	if (ok)
		digest_bytes(bytes.data, bytes.len, s->content_sha256);
	buf_finish(&bytes);
	if (!ok) {
		source_close(s);
		return false;
	}
	*out = s;
	return true;
}

static bool all_media_kept(const struct manifest *m, const char *folder, struct err *e)
{
	for (int i = 0; i < m->media_count; i++) {
		char path[PATH_MAX];
		if (!file_join(path, sizeof path, folder, m->media[i].sha256) || !file_exists(path))
			return err_set(e, ERR_IO, "media %s: not kept", m->media[i].name);
	}
	return true;
}

/* Takes the manifest. The document is hashed in memory: what was hashed is what is read. */
static bool open_version(struct source **out, struct manifest *m, const char *objects_folder, bool is_tried,
	struct font_set *fonts, struct err *e)
{
	struct source *s = alloc_zero(1, sizeof *s);
	char path[PATH_MAX], hex[DIGEST_HEX];
	struct buf bytes = {0};
	s->manifest = *m;
	*m = (struct manifest){0};
	s->version = s->manifest.version;
	s->folder = alloc_text(objects_folder);
	s->media = alloc_zero((size_t)s->manifest.media_count + 1, sizeof *s->media);
	s->is_tried = is_tried;
	bool ok = all_media_kept(&s->manifest, objects_folder, e);
	ok = ok && (file_join(path, sizeof path, objects_folder, s->manifest.content_sha256) ||
			   err_set(e, ERR_IO, "%s: path too long", objects_folder));
	ok = ok && file_read(path, MANIFEST_CONTENT_BYTES_MAX, &bytes, e);
	if (ok) {
		digest_bytes(bytes.data, bytes.len, hex);
		if (strcmp(hex, s->manifest.content_sha256) != 0)
			ok = err_set(e, ERR_UNTRUSTED, "content of version %lld is not what was signed",
				(long long)s->version);
	}
	ok = ok && open_content(s, &bytes, fonts, e);
	buf_finish(&bytes);
	if (!ok) {
		source_close(s);
		return false;
	}
	memcpy(s->content_sha256, hex, sizeof hex);
	*out = s;
	return true;
}

bool source_open_manifest(struct source **out, const char *manifest_path, const char *objects_folder,
	const struct buf *trust_bytes, struct font_set *fonts, struct err *e)
{
	struct buf bytes = {0};
	struct trust *t = NULL;
	struct manifest m = {0};
	bool ok = file_read(manifest_path, MANIFEST_BYTES_MAX, &bytes, e) &&
		  trust_read_first(&t, trust_bytes->data, trust_bytes->len, e) &&
		  manifest_read(&m, t, bytes.data, bytes.len, e) &&
		  open_version(out, &m, objects_folder, true, fonts, e);
	manifest_finish(&m);
	trust_destroy(t);
	buf_finish(&bytes);
	return ok;
}

static bool open_kept(struct source **out, struct store *store, const struct trust *t, int64_t version,
	struct font_set *fonts, struct err *e)
{
	struct manifest m = {0};
	char objects[STORE_PATH_MAX];
	store_object_path(store, ".", objects);
	bool ok = store_read_manifest(store, version, t, &m, e) &&
		  open_version(out, &m, objects, false, fonts, e);
	manifest_finish(&m);
	return ok;
}

/* What the record names first; without a record, whatever manifest is the newest. */
static bool open_newest(struct source **out, struct store *store, const struct trust *t,
	int64_t unless_version, struct font_set *fonts, struct err *e)
{
	struct store_record r;
	bool is_read = store_read_record(store, &r, e);
	if (!is_read && e->kind == ERR_BUSY)
		return false;
	int64_t version = is_read && r.version ? r.version : store_newest_manifest(store, INT64_MAX);
	for (int i = 0; version > 0 && i < REFUGE_MAX; i++) {
		if (version == unless_version) {
			*out = NULL;
			return true;
		}
		if (open_kept(out, store, t, version, fonts, e))
			return true;
		log_line(
			LOG_WARNING, "source: version %lld cannot be shown: %s", (long long)version, e->text);
		version = store_newest_manifest(store, version);
	}
	return err_set(e, ERR_IO, "%s: nothing there that can be shown", store_folder(store));
}

static bool open_store(struct store **out, const char *folder, bool waits, struct err *e)
{
	return waits ? store_open_reader(out, folder, e) : store_open_glance(out, folder, e);
}

bool source_open_state(struct source **out, const char *state_folder, const struct buf *trust,
	int64_t unless_version, bool waits, struct font_set *fonts, struct err *e)
{
	struct store *store = NULL;
	struct trust *t = NULL;
	bool ok = open_store(&store, state_folder, waits, e) && store_read_trust(store, trust, &t, e) &&
		  open_newest(out, store, t, unless_version, fonts, e);
	trust_destroy(t);
	store_close(store);
	return ok;
}

void source_close(struct source *s)
{
	if (!s)
		return;
	content_close(s->content);
	manifest_finish(&s->manifest);
	free(s->folder);
	free(s->media);
	free(s);
}

bool source_read_head(
	struct source_head *out, const char *state_folder, const struct buf *trust, bool waits, struct err *e)
{
	struct store *store = NULL;
	struct store_record r;
	struct trust *t = NULL;
	struct buf bytes = {0};
	struct manifest m = {0};
	struct err why = {0};
	bool ok = open_store(&store, state_folder, waits, e) && store_read_trust(store, trust, &t, e) &&
		  store_read_record(store, &r, e) && store_read_head(store, &bytes, e);
	if (ok) {
		*out = (struct source_head){.floor_utc_s = r.floor_utc_s};
		out->is_known = head_read(&out->head, t, bytes.data, bytes.len, &why);
		if (store_read_manifest(store, r.version, t, &m, &why))
			out->manifest_expires_utc_s = m.expires_utc_s;
	}
	manifest_finish(&m);
	buf_finish(&bytes);
	trust_destroy(t);
	store_close(store);
	return ok;
}

/* One that is not what was signed is asked for again: it may be fetched meanwhile. */
static enum source_medium judge_medium(
	const struct source *s, const struct manifest_media *media, const char *path)
{
	char hex[DIGEST_HEX];
	uint64_t size;
	struct err e = {0};
	if (!digest_file(path, PICTURE_BYTES_MAX, hex, &size, &e) || strcmp(hex, media->sha256) != 0) {
		log_line(LOG_WARNING, "source: media %s is not what was signed", media->name);
		return MEDIUM_UNKNOWN;
	}
	if (!s->is_tried || medium_check(media->name, path, &e))
		return MEDIUM_SOUND;
	log_line(LOG_WARNING, "source: media %s: %s", media->name, e.text);
	return MEDIUM_BROKEN;
}

/* A picture is looked at when it is first wanted, not all at the start. */
static bool is_medium_sound(struct source *s, const struct manifest_media *media, const char *path)
{
	enum source_medium *known = &s->media[media - s->manifest.media];
	if (*known == MEDIUM_UNKNOWN)
		*known = judge_medium(s, media, path);
	return *known == MEDIUM_SOUND;
}

bool source_media_path(void *user, const char *name, char *out, size_t room)
{
	struct source *s = user;
	if (!s->folder || !manifest_is_name(name))
		return false;
	if (s->version == 0)
		return file_join(out, room, s->folder, name) && file_exists(out);
	const struct manifest_media *media = manifest_find(&s->manifest, name);
	return media && file_join(out, room, s->folder, media->sha256) && is_medium_sound(s, media, out);
}
