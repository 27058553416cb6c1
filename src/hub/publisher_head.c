/* SPDX-License-Identifier: Apache-2.0
 *
 * Heads: what they say, when they are said again, and how people see them. */
#include <jansson.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/file.h"
#include "base/log.h"
#include "base/member.h"
#include "base/strict.h"
#include "feed/folder.h"
#include "feed/manifest.h"
#include "hub/publisher_parts.h"
#include "office/audit.h"
#include "office/publication.h"

/* What was last said, for when head.json is lost: "seq" and the rest as openapi's Head. */
#define SAID "head.said"

bool publisher_has_head_key(const struct publisher *p, struct err *e)
{
	return p->head_key || err_set(e, ERR_CONFLICT, "本中心没有头文件密钥（head-key），不能更改屏幕");
}

/* ---- what is wanted of the next one --------------------------------------------------- */

static json_t *alerts_as_json(const struct head *h)
{
	json_t *list = json_array();
	for (int i = 0; i < h->alert_count; i++) {
		json_t *tags = json_array();
		for (int k = 0; k < h->alerts[i].tag_count; k++)
			(void)json_array_append_new(tags, json_string(h->alerts[i].tags[k]));
		(void)json_array_append_new(
			list, json_pack("{s:s, s:o}", "id", h->alerts[i].id, "screens", tags));
	}
	return list;
}

static void read_alert(struct head *h, const json_t *said)
{
	size_t i;
	const json_t *tag;
	struct head_alert *a = &h->alerts[h->alert_count];
	const char *id = json_string_value(json_object_get(said, "id"));
	if (!id || !head_is_word(id))
		return;
	*a = (struct head_alert){0};
	(void)snprintf(a->id, sizeof a->id, "%s", id);
	json_array_foreach (json_object_get(said, "screens"), i, tag) {
		if (a->tag_count < HEAD_TAGS_MAX && json_is_string(tag))
			(void)snprintf(a->tags[a->tag_count++], sizeof a->tags[0], "%s", json_string_value(tag));
	}
	h->alert_count++;
}

/* By what this office has written down of it. */
static void read_said(struct publisher *p, struct head *out)
{
	size_t i;
	const json_t *alert;
	*out = (struct head){0};
	office_begin(p->office, publisher_now(p), &office_itself);
	struct sqlite3_stmt *s = office_ask(p->office, "SELECT value FROM setting WHERE name = ?1", "s", SAID);
	json_t *said = office_next(p->office, s) ? office_json(s, 0) : NULL;
	if (s)
		(void)sqlite3_reset(s);
	out->seq = publication_counter(p->office, PUBLICATION_HEAD);
	out->version = json_integer_value(json_object_get(said, "version"));
	out->holds = json_is_true(json_object_get(said, "hold"));
	json_array_foreach (json_object_get(said, "alerts"), i, alert) {
		if (out->alert_count < HEAD_ALERTS_MAX)
			read_alert(out, alert);
	}
	json_decref(said);
	office_rollback(p->office);
}

void publisher_read_wish(struct publisher *p, const struct trust *t, struct head *out)
{
	struct err ignored = {0};
	struct head kept;
	read_said(p, out);
	if (!folder_read_head(p->feed, t, &kept, &ignored) || kept.seq < out->seq)
		return; /* lost, of keys that count no more, or put back: what we said last counts */
	*out = kept;
}

/* ---- writing one ------------------------------------------------------------------------ */

static bool note_said(struct publisher *p, const struct head *h, struct err *e)
{
	json_t *said = json_pack("{s:I, s:b, s:o}", "version", (json_int_t)h->version, "hold", h->holds, "alerts",
		alerts_as_json(h));
	office_begin(p->office, publisher_now(p), &office_itself);
	publication_raise_counter(p->office, PUBLICATION_HEAD, h->seq);
	office_do(p->office,
		"INSERT INTO setting(name, value, account, at) VALUES(?1, ?2, 0, ?3)"
		" ON CONFLICT(name) DO UPDATE SET value = ?2, at = ?3",
		"sji", SAID, said, office_now(p->office));
	json_decref(said);
	return office_commit(p->office, e);
}

/* wish becomes what was said. */
static bool put(struct publisher *p, const struct trust *t, struct head *wish, struct err *e)
{
	struct key *keys[] = {p->head_key};
	struct err why = {0};
	if (!folder_put_head(p->feed, t, wish, publisher_now(p), keys, 1, e))
		return false;
	if (!note_said(p, wish, &why))
		log_line(LOG_ERROR, "hub: head %lld is not noted: %s", (long long)wish->seq, why.text);
	return true;
}

bool publisher_point_to(struct publisher *p, const struct trust *t, int64_t version, struct err *e)
{
	struct head wish;
	publisher_read_wish(p, t, &wish);
	wish.version = version;
	return put(p, t, &wish, e);
}

bool publisher_renew(struct publisher *p, int64_t older_than_s, struct err *e)
{
	struct trust *t;
	struct head wish;
	if (!p->head_key)
		return true;
	(void)pthread_mutex_lock(&p->lock);
	bool ok = publisher_trust(p, &t, e), is_put = false;
	if (ok) {
		publisher_read_wish(p, t, &wish);
		bool is_due = wish.version && (wish.issued_utc_s + older_than_s <= publisher_now(p) ||
						      wish.trust != t->version);
		if (is_due)
			ok = is_put = put(p, t, &wish, e);
	}
	trust_destroy(t);
	(void)pthread_mutex_unlock(&p->lock);
	if (is_put)
		carrier_wake(p->carrier);
	return ok;
}

/* ---- alerts -------------------------------------------------------------------------------- */

static json_t *read_alerts(const struct buf *document)
{
	struct err ignored = {0};
	json_t *tree = strict_parse(document->data, document->len, &ignored);
	json_t *alerts = json_incref(json_object_get(tree, "alerts"));
	json_decref(tree);
	return alerts;
}

/* Those of the version that the head names. */
static json_t *prepared(struct publisher *p, const struct trust *t, int64_t version)
{
	char path[FOLDER_PATH_MAX];
	struct buf bytes = {0}, document = {0};
	struct manifest m = {0};
	struct err ignored = {0};
	folder_number_path(p->feed, "manifests", version, path);
	bool ok = version && file_read(path, MANIFEST_BYTES_MAX, &bytes, &ignored) &&
		  manifest_read(&m, t, bytes.data, bytes.len, &ignored);
	(void)snprintf(path, sizeof path, "%s/objects/%s", p->feed, m.content_sha256);
	ok = ok && file_read(path, MANIFEST_CONTENT_BYTES_MAX, &document, &ignored);
	json_t *alerts = ok ? read_alerts(&document) : NULL;
	manifest_finish(&m);
	buf_finish(&bytes);
	buf_finish(&document);
	return alerts ? alerts : json_array();
}

bool publisher_keeps_alerts(struct publisher *p, const struct trust *t, const struct buf *document, struct err *e)
{
	struct head h;
	struct err ignored = {0};
	if (!folder_read_head(p->feed, t, &h, &ignored) || h.alert_count == 0)
		return true;
	json_t *alerts = read_alerts(document);
	bool ok = true;
	for (int i = 0; ok && i < h.alert_count; i++)
		ok = member_find(alerts, "id", h.alerts[i].id) ||
		     err_set(e, ERR_CONFLICT, "警报“%s”正在屏幕上，而新版本中没有它；请先解除", h.alerts[i].id);
	json_decref(alerts);
	return ok;
}

static int find_alert(const struct head *h, const char *id)
{
	int i = 0;
	while (i < h->alert_count && strcmp(h->alerts[i].id, id) != 0)
		i++;
	return i;
}

static bool raise_alert(
	struct publisher *p, const struct trust *t, struct head *h, const struct head_alert *alert, struct err *e)
{
	int at = find_alert(h, alert->id);
	json_t *alerts = prepared(p, t, h->version);
	bool ok = member_find(alerts, "id", alert->id) ||
		  err_set(e, ERR_MISSING, "已发布的内容中没有警报“%s”", alert->id);
	json_decref(alerts);
	if (ok && at == HEAD_ALERTS_MAX)
		ok = err_set(e, ERR_CONFLICT, "同时发出的警报过多");
	if (ok) {
		h->alerts[at] = *alert;
		h->alert_count += at == h->alert_count;
	}
	return ok;
}

static bool lower_alert(struct head *h, const char *id, struct err *e)
{
	int at = find_alert(h, id);
	if (at == h->alert_count)
		return err_set(e, ERR_MISSING, "没有发出这个警报");
	h->alert_count--;
	memmove(&h->alerts[at], &h->alerts[at + 1], (size_t)(h->alert_count - at) * sizeof h->alerts[0]);
	return true;
}

/* ---- changes ---------------------------------------------------------------------------------- */

static bool apply(struct publisher *p, const struct trust *t, const struct publisher_change *c, struct head *h,
	struct err *e)
{
	if (c->act == PUBLISHER_RAISE)
		return raise_alert(p, t, h, c->alert, e);
	if (c->act == PUBLISHER_LOWER)
		return lower_alert(h, c->alert->id, e);
	h->holds = c->act == PUBLISHER_HOLD;
	return true;
}

/* Before it is done: what cannot be written down is not done. */
static bool note_change(
	struct publisher *p, const struct publisher_change *c, const struct actor *actor, struct err *e)
{
	static const char *const whats[] = {[PUBLISHER_HOLD] = "head.hold",
		[PUBLISHER_SHOW] = "head.show",
		[PUBLISHER_RAISE] = "alert.raise",
		[PUBLISHER_LOWER] = "alert.lower"};
	char subject[HEAD_WORD_MAX + 16] = "head";
	json_t *tags = json_array();
	if (c->alert)
		(void)snprintf(subject, sizeof subject, "alert:%s", c->alert->id);
	for (int i = 0; c->alert && i < c->alert->tag_count; i++)
		(void)json_array_append_new(tags, json_string(c->alert->tags[i]));
	json_t *after = json_pack("{s:s*, s:o}", "reason", c->reason, "screens", tags);
	office_begin(p->office, publisher_now(p), actor);
	audit_add(p->office, whats[c->act], subject, NULL, after);
	json_decref(after);
	return office_commit(p->office, e);
}

static bool change(struct publisher *p, const struct trust *t, const struct publisher_change *c,
	const struct actor *actor, struct err *e)
{
	struct head wish;
	struct err why = {0};
	publisher_read_wish(p, t, &wish);
	if (!wish.version)
		return err_set(e, ERR_CONFLICT, "还没有发布过任何版本");
	if (!apply(p, t, c, &wish, e) || !note_change(p, c, actor, e))
		return false;
	return put(p, t, &wish, &why) || err_set(e, ERR_DISK, "屏幕未改变：%s", why.text);
}

bool publisher_change_head(
	struct publisher *p, const struct publisher_change *c, const struct actor *actor, struct err *e)
{
	struct trust *t = NULL;
	(void)pthread_mutex_lock(&p->lock);
	bool ok = publisher_has_head_key(p, e) && publisher_trust(p, &t, e) && change(p, t, c, actor, e);
	trust_destroy(t);
	(void)pthread_mutex_unlock(&p->lock);
	if (ok)
		carrier_wake(p->carrier);
	return ok;
}

/* ---- showing ----------------------------------------------------------------------------------- */

bool publisher_show_head(struct publisher *p, json_t **out, struct err *e)
{
	struct trust *t;
	struct head h;
	char issued[32], expires[32];
	*out = NULL;
	if (!publisher_trust(p, &t, e))
		return false;
	publisher_read_wish(p, t, &h);
	civil_format_rfc3339(h.issued_utc_s, issued);
	civil_format_rfc3339(h.expires_utc_s, expires);
	*out = json_pack("{s:I, s:o, s:b, s:o, s:s?, s:s?, s:o}", "seq", (json_int_t)h.seq, "version",
		h.version ? json_integer(h.version) : json_null(), "hold", h.holds, "alerts", alerts_as_json(&h),
		"issued", h.issued_utc_s ? issued : NULL, "expires", h.issued_utc_s ? expires : NULL, "prepared",
		prepared(p, t, h.version));
	trust_destroy(t);
	return true;
}
