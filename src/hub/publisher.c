/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/publisher.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "feed/folder.h"
#include "feed/key.h"
#include "feed/manifest.h"
#include "hub/publisher_parts.h"
#include "office/media.h"
#include "office/publication.h"
#include "office/setting.h"

int64_t publisher_now(const struct publisher *p)
{
	return clock_utc_ms(&p->clock) / 1000;
}

bool publisher_trust(struct publisher *p, struct trust **out, struct err *e)
{
	struct err why = {0};
	if (!folder_read_trust(p->feed, out, &why))
		return err_set(e, ERR_CONFLICT, "信任文件无效：%s", why.text);
	return *out || err_set(e, ERR_CONFLICT, "发布目录中没有信任文件，请先用 fangzi-sign trust 建立");
}

/* ---- publishing: the parts ----------------------------------------------------------- */

static bool put_medium(struct publisher *p, const struct manifest_media *m, struct err *e)
{
	char path[PATH_MAX], sha256[DIGEST_HEX];
	struct buf bytes = {0};
	int n = snprintf(path, sizeof path, "%s/" MEDIA_FOLDER "/%s", p->folder, m->sha256);
	bool ok = n > 0 && (size_t)n < sizeof path && file_read(path, MANIFEST_OBJECT_BYTES_MAX, &bytes, e);
	if (ok) {
		digest_bytes(bytes.data, bytes.len, sha256);
		ok = strcmp(sha256, m->sha256) == 0 || err_set(e, ERR_DISK, "图片 %s 的文件已损坏", m->name);
	}
	ok = ok && folder_put_object(p->feed, &bytes, sha256, e);
	buf_finish(&bytes);
	return ok;
}

static bool put_objects(
	struct publisher *p, const struct manifest *m, const struct buf *document, struct err *e)
{
	char sha256[DIGEST_HEX];
	bool ok = folder_put_object(p->feed, document, sha256, e);
	if (ok && strcmp(sha256, m->content_sha256) != 0)
		ok = err_set(e, ERR_DISK, "内容文件与清单不符");
	for (int i = 0; ok && i < m->media_count; i++)
		ok = put_medium(p, &m->media[i], e);
	return ok;
}

/* What is published, out of the database. */
struct issue {
	struct buf document, envelope;
	struct manifest manifest;
};

static void finish_issue(struct issue *i)
{
	buf_finish(&i->document);
	buf_finish(&i->envelope);
	manifest_finish(&i->manifest);
}

/* As a screen would take it, by the newest trust document; and all that is raised is in it. */
static bool read_issue(struct publisher *p, int64_t version, const struct trust *t, struct issue *i, struct err *e)
{
	struct err why = {0};
	if (!publication_envelope(p->office, version, t->feed, &i->envelope, e))
		return false;
	publication_document(p->office, version, &i->document);
	return manifest_read(&i->manifest, t, i->envelope.data, i->envelope.len, &why) ||
	       err_set(e, ERR_CONFLICT, "按现行信任文件签名不够：%s", why.text);
}

static bool begin(struct publisher *p, int64_t version, const struct trust *t, const struct actor *actor,
	struct issue *i, struct err *e)
{
	office_begin(p->office, publisher_now(p), actor);
	bool ok = publication_begin(p->office, version, e) && read_issue(p, version, t, i, e) &&
		  publisher_keeps_alerts(p, t, &i->document, e);
	if (ok)
		publication_deliver(p->office, version, "feed", "pending", NULL);
	return office_end(p->office, ok, e);
}

/* It may stand there from an attempt that was cut short, with fewer signatures; what was
 * written is never changed. */
static bool put_manifest(
	struct publisher *p, int64_t version, const struct trust *t, const struct issue *i, struct err *e)
{
	char path[FOLDER_PATH_MAX];
	struct buf kept = {0};
	struct manifest m = {0};
	struct envelope v = {0}, mine = {0};
	struct err ignored = {0};
	folder_number_path(p->feed, "manifests", version, path);
	bool is_kept = file_exists(path) && file_read(path, MANIFEST_BYTES_MAX, &kept, &ignored) &&
		       manifest_read(&m, t, kept.data, kept.len, &ignored) &&
		       envelope_read(&v, ENVELOPE_MANIFEST, kept.data, kept.len, &ignored) &&
		       envelope_read(&mine, ENVELOPE_MANIFEST, i->envelope.data, i->envelope.len, &ignored) &&
		       v.body.len == mine.body.len && memcmp(v.body.data, mine.body.data, v.body.len) == 0;
	envelope_finish(&v);
	envelope_finish(&mine);
	manifest_finish(&m);
	buf_finish(&kept);
	return is_kept || folder_put_number(p->feed, "manifests", version, &i->envelope, e);
}

/* The head names it: from now on it is what the office has published. */
static bool note_done(struct publisher *p, int64_t version, const struct actor *actor, struct err *e)
{
	office_begin(p->office, publisher_now(p), actor);
	publication_done(p->office, version);
	return office_commit(p->office, e);
}

static bool publish(struct publisher *p, int64_t version, const struct trust *t, const struct actor *actor,
	struct err *e)
{
	struct issue i = {0};
	struct err why = {0};
	bool ok = publisher_has_head_key(p, e) && begin(p, version, t, actor, &i, e);
	if (ok) {
		ok = put_objects(p, &i.manifest, &i.document, &why) && put_manifest(p, version, t, &i, &why) &&
		     publisher_point_to(p, t, version, &why);
		if (!ok)
			err_set(e, ERR_DISK, "发布未完成，可再次发布：%s", why.text);
	}
	ok = ok && note_done(p, version, actor, e);
	finish_issue(&i);
	return ok;
}

bool publisher_publish(struct publisher *p, int64_t version, const struct actor *actor, struct err *e)
{
	struct trust *t;
	(void)pthread_mutex_lock(&p->lock);
	bool ok = publisher_trust(p, &t, e) && publish(p, version, t, actor, e);
	trust_destroy(t);
	(void)pthread_mutex_unlock(&p->lock);
	if (ok)
		carrier_wake(p->carrier);
	return ok;
}

/* Its number is never given out again, whatever the feed's folder has of it. */
bool publisher_cancel(
	struct publisher *p, int64_t version, const char *reason, const struct actor *actor, struct err *e)
{
	struct trust *t;
	struct head h = {0};
	(void)pthread_mutex_lock(&p->lock);
	bool ok = publisher_trust(p, &t, e);
	if (ok)
		publisher_read_wish(p, t, &h);
	if (ok && h.version == version)
		ok = err_set(e, ERR_CONFLICT, "此版本已在屏幕上，不能作废");
	if (ok) {
		office_begin(p->office, publisher_now(p), actor);
		ok = publication_cancel(p->office, version, reason, e);
		ok = office_end(p->office, ok, e);
	}
	trust_destroy(t);
	(void)pthread_mutex_unlock(&p->lock);
	return ok;
}

/* ---- the publisher's key on the hub ---------------------------------------------------- */

bool publisher_has_key(const struct publisher *p)
{
	return p->publisher_key != NULL;
}

bool publisher_sign(struct publisher *p, int64_t version, const struct actor *actor, struct err *e)
{
	struct trust *t;
	if (!p->publisher_key)
		return err_set(e, ERR_CONFLICT, "本中心没有保存发布密钥");
	bool ok = publisher_trust(p, &t, e);
	if (ok) {
		office_begin(p->office, publisher_now(p), actor);
		ok = setting_is_on(p->office, PUBLISHER_KEY_SETTING) ||
		     err_set(e, ERR_CONFLICT, "“在本中心保存发布密钥”未开启");
		ok = ok && publication_sign(p->office, version, t, p->publisher_key, e);
		ok = office_end(p->office, ok, e);
	}
	trust_destroy(t);
	return ok;
}

/* ---- opening ---------------------------------------------------------------------------- */

/* What others could read is no key of ours. */
static bool read_key(struct key **out, const char *path, struct err *e)
{
	struct stat st;
	if (!path)
		return true;
	if (stat(path, &st) != 0)
		return err_set(e, ERR_USAGE, "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode) || (st.st_mode & 0177) != 0)
		return err_set(e, ERR_USAGE, "%s: a key must be a file of mode 0400 or 0600", path);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return err_set(e, ERR_USAGE, "%s: a key must belong to the user who runs the hub", path);
	return key_read(out, path, NULL, e);
}

static bool is_of_role(const struct trust *t, enum trust_role role, const struct key *k)
{
	for (int i = 0; i < t->key_count; i++) {
		if (t->roles[role].has[i] && key_is_same(t->keys[i], k))
			return true;
	}
	return false;
}

/* A feed that has no trust document yet may get one later. */
static bool check_keys(struct publisher *p, struct err *e)
{
	struct trust *t = NULL;
	if (!folder_read_trust(p->feed, &t, e))
		return false;
	if (t && p->head_key && !is_of_role(t, TRUST_HEAD, p->head_key))
		log_line(LOG_WARNING, "hub: head-key: the newest trust document does not name it");
	if (t && p->publisher_key && !is_of_role(t, TRUST_PUBLISHER, p->publisher_key))
		log_line(LOG_WARNING, "hub: publisher-key: the newest trust document does not name it");
	trust_destroy(t);
	return true;
}

/* Numbers that the feed had are not given out again; and what the head names already is done. */
static bool catch_up(struct publisher *p, struct err *e)
{
	struct publication begun;
	struct trust *t = NULL;
	struct head h;
	struct err ignored = {0};
	bool has_head = folder_read_trust(p->feed, &t, &ignored) && t && folder_read_head(p->feed, t, &h, &ignored);
	trust_destroy(t);
	office_begin(p->office, publisher_now(p), &office_itself);
	publication_raise_counter(p->office, PUBLICATION_VERSION, folder_newest(p->feed, "manifests"));
	if (has_head)
		publication_raise_counter(p->office, PUBLICATION_HEAD, h.seq);
	if (has_head && publication_find_begun(p->office, &begun) && begun.version == h.version)
		publication_done(p->office, begun.version);
	return office_commit(p->office, e);
}

bool publisher_open(struct publisher **out, const struct publisher_setup *setup, struct err *e)
{
	struct publisher *p = alloc_zero(1, sizeof *p);
	(void)pthread_mutex_init(&p->lock, NULL);
	p->office = setup->office;
	p->carrier = setup->carrier;
	p->clock = setup->clock;
	p->folder = alloc_text(setup->folder);
	p->feed = alloc_text(setup->feed);
	bool ok = read_key(&p->head_key, setup->head_key, e) && read_key(&p->publisher_key, setup->publisher_key, e) &&
		  check_keys(p, e) && catch_up(p, e);
	if (!ok) {
		publisher_close(p);
		return false;
	}
	*out = p;
	return true;
}

void publisher_close(struct publisher *p)
{
	if (!p)
		return;
	key_destroy(p->head_key);
	key_destroy(p->publisher_key);
	(void)pthread_mutex_destroy(&p->lock);
	free(p->folder);
	free(p->feed);
	free(p);
}
