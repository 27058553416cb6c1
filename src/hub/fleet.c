/* SPDX-License-Identifier: Apache-2.0
 *
 * What screens say, in memory. */
#include "hub/fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "feed/envelope.h"
#include "hub/fleet_parts.h"

const char *fleet_state_name(enum fleet_state s)
{
	static const char *const names[] = {"current", "behind", "stale", "dark", "never_seen", "revoked"};
	return names[s];
}

enum fleet_state fleet_judge(
	const struct fleet_facts *f, int64_t now_utc_s, int64_t published_version, const char **why)
{
	*why = "";
	if (f->is_revoked)
		return FLEET_REVOKED;
	if (!f->received_utc_s)
		return FLEET_NEVER_SEEN;
	if (now_utc_s - f->received_utc_s > FLEET_DARK_S) {
		*why = "超过15分钟没有报告";
		return FLEET_DARK;
	}
	if (strcmp(f->display, "black") == 0 || strcmp(f->display, "lost") == 0) {
		*why = "显示器没有画面";
		return FLEET_DARK;
	}
	if (strcmp(f->stale, "yes") == 0) {
		*why = "屏幕上已标明数据过期";
		return FLEET_STALE;
	}
	if (f->version <= 0 && published_version > 0) {
		*why = "还没有显示任何版本";
		return FLEET_BEHIND;
	}
	if (f->version > 0 && f->version != published_version) {
		*why = f->version < published_version ? "显示的是旧版本" : "显示的版本比已发布的还新";
		return FLEET_BEHIND;
	}
	if (strcmp(f->display, "other") == 0)
		*why = "画面与应显示的不一致";
	return FLEET_CURRENT;
}

/* ---- tables ------------------------------------------------------------------------------- */

/* Both names are digits of a hash already. */
static size_t bucket(const char *hex)
{
	char head[5];
	(void)snprintf(head, sizeof head, "%.4s", hex);
	return strtoul(head, NULL, 16) % FLEET_BUCKETS;
}

struct fleet_screen *fleet_find(struct fleet *f, const char *id)
{
	struct fleet_screen *s = f->by_id[bucket(id)];
	while (s && strcmp(s->id, id) != 0)
		s = s->next_by_id;
	return s;
}

struct fleet_screen *fleet_find_key(struct fleet *f, const char *key_id)
{
	struct fleet_screen *s = f->by_key[bucket(key_id)];
	while (s && strcmp(s->key_id, key_id) != 0)
		s = s->next_by_key;
	return s;
}

struct fleet_screen *fleet_add(struct fleet *f, const char *id, const char *key_id)
{
	struct fleet_screen *s = alloc_zero(1, sizeof *s);
	(void)snprintf(s->id, sizeof s->id, "%s", id);
	(void)snprintf(s->key_id, sizeof s->key_id, "%s", key_id);
	s->next_by_id = f->by_id[bucket(id)];
	f->by_id[bucket(id)] = s;
	s->next_by_key = f->by_key[bucket(key_id)];
	f->by_key[bucket(key_id)] = s;
	f->totals.screens++;
	return s;
}

void fleet_mark(struct fleet *f, struct fleet_screen *s)
{
	if (s->is_dirty)
		return;
	if (f->dirty_count == f->dirty_room) {
		f->dirty_room = f->dirty_room ? 2 * f->dirty_room : 1024;
		f->dirty = alloc_resize(f->dirty, f->dirty_room, sizeof *f->dirty);
	}
	s->is_dirty = true;
	f->dirty[f->dirty_count++] = s;
}

bool fleet_take_body(struct fleet_screen *s, const char *body, size_t len)
{
	struct err ignored = {0};
	struct report *r = alloc_zero(1, sizeof *r);
	bool ok = report_read(r, body, len, &ignored);
	if (ok) {
		s->version = r->version == REPORT_UNKNOWN ? 0 : r->version;
		memcpy(s->display, r->display, sizeof s->display);
		memcpy(s->stale, r->stale, sizeof s->stale);
		free(s->report);
		s->report = alloc_text_len(body, len);
	}
	free(r);
	return ok;
}

/* ---- hello ---------------------------------------------------------------------------------- */

static json_t *tags_of(const struct fleet_screen *s)
{
	json_t *tags = json_loads(s->tags, 0, NULL);
	return tags ? tags : json_array();
}

static json_t *paired(const struct fleet_screen *s)
{
	if (s->is_revoked)
		return json_pack("{s:s}", "state", "revoked");
	return json_pack("{s:s, s:s, s:s, s:o}", "state", "paired", "screen", s->id, "name", s->name, "tags",
		tags_of(s));
}

/* A place for a screen's code: its own, a free one, or none. Codes of others are refused, so
 * that a typed code means one screen. */
static struct fleet_pending *place_for(struct fleet *f, const char *key_id, const char *code, int64_t now_utc_s)
{
	struct fleet_pending *own = NULL, *room = NULL;
	for (int i = 0; i < FLEET_PENDING_MAX; i++) {
		struct fleet_pending *p = &f->pending[i];
		bool is_live = p->until_utc_s > now_utc_s;
		if (is_live && strcmp(p->key_id, key_id) == 0)
			own = p;
		else if (is_live && strcmp(p->code, code) == 0)
			return NULL;
		else if (!is_live && !room)
			room = p;
	}
	return own ? own : room;
}

static json_t *wait_for_officer(
	struct fleet *f, const struct hello *h, const struct key *key, int64_t now_utc_s, struct err *e)
{
	struct buf der = {0};
	struct fleet_pending *p = place_for(f, key_id(key), h->code, now_utc_s);
	if (!p) {
		err_set(e, ERR_BUSY, "pairing: another code, please");
		return NULL;
	}
	bool is_same = p->until_utc_s > now_utc_s && strcmp(p->code, h->code) == 0 &&
		       strcmp(p->key_id, key_id(key)) == 0;
	if (!is_same) { /* a code lives its ten minutes, however often it is said */
		*p = (struct fleet_pending){.until_utc_s = now_utc_s + HELLO_CODE_S};
		key_to_der(key, &der);
		if (der.len == sizeof p->key)
			memcpy(p->key, der.data, der.len);
		buf_finish(&der);
		(void)snprintf(p->key_id, sizeof p->key_id, "%s", key_id(key));
		memcpy(p->code, h->code, sizeof p->code);
		memcpy(p->software, h->software, sizeof p->software);
		memcpy(p->size, h->size, sizeof p->size);
	}
	return json_pack("{s:s, s:I}", "state", "waiting", "expires_s", (json_int_t)(p->until_utc_s - now_utc_s));
}

bool fleet_hello(struct fleet *f, const char *bytes, size_t len, int64_t now_utc_s, json_t **answer, struct err *e)
{
	struct hello h;
	struct key *key;
	*answer = NULL;
	if (!hello_open(&h, &key, bytes, len, e))
		return false;
	(void)pthread_mutex_lock(&f->lock);
	const struct fleet_screen *s = fleet_find_key(f, key_id(key));
	*answer = s ? paired(s) : wait_for_officer(f, &h, key, now_utc_s, e);
	(void)pthread_mutex_unlock(&f->lock);
	key_destroy(key);
	return *answer != NULL;
}

/* ---- reports and pictures ----------------------------------------------------------------------- */

/* A copy of the key that the envelope says it is signed by, and of the screen's id: the
 * signature is verified without the lock. */
static bool is_signed(
	struct fleet *f, const struct envelope *v, char id[static REPORT_SCREEN_TEXT], struct err *e)
{
	unsigned char der[FLEET_KEY_BYTES];
	struct key *key = NULL;
	if (v->signature_count != 1)
		return err_set(e, ERR_UNTRUSTED, "one signature is needed");
	(void)pthread_mutex_lock(&f->lock);
	const struct fleet_screen *s = fleet_find_key(f, v->signatures[0].key_id);
	bool is_known = s && !s->is_revoked;
	if (is_known) {
		memcpy(der, s->key, sizeof der);
		memcpy(id, s->id, sizeof s->id);
	}
	(void)pthread_mutex_unlock(&f->lock);
	bool ok = is_known && key_from_der(&key, KEY_ED25519, der, sizeof der, e) &&
		  key_verify(key, v->signed_bytes.data, v->signed_bytes.len, v->signatures[0].bytes.data,
			  v->signatures[0].bytes.len);
	key_destroy(key);
	return ok || err_set(e, ERR_UNTRUSTED, "not signed by a paired screen");
}

static json_t *answer_to(const struct fleet_screen *s)
{
	return json_pack("{s:s, s:o, s:o}", "name", s->name, "tags", tags_of(s), "picture",
		*s->request ? json_string(s->request) : json_null());
}

static bool take_report(
	struct fleet *f, const char *id, const struct buf *body, int64_t now_utc_s, json_t **answer, struct err *e)
{
	struct report *r = alloc_zero(1, sizeof *r);
	bool ok = report_read(r, body->data, body->len, e);
	if (ok && strcmp(r->screen, id) != 0)
		ok = err_set(e, ERR_UNTRUSTED, "another screen's report");
	(void)pthread_mutex_lock(&f->lock);
	struct fleet_screen *s = ok ? fleet_find(f, id) : NULL;
	if (s && r->seq <= s->seq)
		ok = err_set(e, ERR_STALE, "heard before");
	if (s && ok) {
		s->seq = r->seq;
		s->received_utc_s = now_utc_s;
		(void)fleet_take_body(s, body->data, body->len);
		fleet_mark(f, s);
		f->totals.reports++;
		*answer = answer_to(s);
	}
	(void)pthread_mutex_unlock(&f->lock);
	free(r);
	return ok && s != NULL;
}

bool fleet_report(struct fleet *f, const char *bytes, size_t len, int64_t now_utc_s, json_t **answer, struct err *e)
{
	struct envelope v = {0};
	char id[REPORT_SCREEN_TEXT] = "";
	*answer = NULL;
	bool ok = len <= REPORT_BYTES_MAX || err_set(e, ERR_FORMAT, "longer than %d bytes", REPORT_BYTES_MAX);
	ok = ok && envelope_read(&v, REPORT_TYPE, bytes, len, e) && is_signed(f, &v, id, e) &&
	     take_report(f, id, &v.body, now_utc_s, answer, e);
	envelope_finish(&v);
	if (!ok) {
		(void)pthread_mutex_lock(&f->lock);
		f->totals.refused++;
		(void)pthread_mutex_unlock(&f->lock);
	}
	return ok;
}

/* Only what was asked for, once; and it is a JPEG, as far as its first bytes say: it is shown
 * to people as that and as nothing else. */
static bool take_picture(struct fleet *f, const char *id, const struct hello_label *l, const char *jpeg, size_t len,
	struct err *e)
{
	char sha256[DIGEST_HEX];
	digest_bytes(jpeg, len, sha256);
	if (len > HELLO_PICTURE_BYTES_MAX || (int64_t)len != l->size || strcmp(sha256, l->sha256) != 0)
		return err_set(e, ERR_UNTRUSTED, "not the picture that its label is about");
	if (len < 3 || memcmp(jpeg, "\xff\xd8\xff", 3) != 0)
		return err_set(e, ERR_FORMAT, "no JPEG");
	(void)pthread_mutex_lock(&f->lock);
	struct fleet_screen *s = fleet_find(f, id);
	bool ok = s && strcmp(s->id, l->screen) == 0 && *s->request && strcmp(s->request, l->request) == 0 &&
		  l->seq > s->seq;
	if (ok) {
		s->seq = l->seq;
		s->captured_utc_s = l->captured_utc_s;
		*s->request = '\0';
		fleet_mark(f, s);
	}
	(void)pthread_mutex_unlock(&f->lock);
	return ok || err_set(e, ERR_STALE, "nobody asked for it");
}

bool fleet_picture(struct fleet *f, const char *bytes, size_t len, int64_t now_utc_s, struct err *e)
{
	struct envelope v = {0};
	struct hello_label l;
	char id[REPORT_SCREEN_TEXT] = "";
	const char *end = memchr(bytes, '\n', len < HELLO_LABEL_BYTES_MAX ? len : HELLO_LABEL_BYTES_MAX);
	if (!end)
		return err_set(e, ERR_FORMAT, "no label");
	const char *jpeg = end + 1;
	size_t jpeg_len = len - (size_t)(jpeg - bytes);
	bool ok = envelope_read(&v, HELLO_PICTURE_TYPE, bytes, (size_t)(end - bytes), e) && is_signed(f, &v, id, e) &&
		  hello_read_label(&l, v.body.data, v.body.len, e) && take_picture(f, id, &l, jpeg, jpeg_len, e);
	envelope_finish(&v);
	if (!ok)
		return false;
	office_begin(f->office, now_utc_s, &office_itself);
	office_do(f->office, "UPDATE screen SET picture = ?2, captured = ?3 WHERE id = ?1", "sbi", id, jpeg, jpeg_len,
		l.captured_utc_s);
	return office_commit(f->office, e);
}
