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

void fleet_take_report(struct fleet_screen *s, const struct report *r)
{
	json_t *shown = report_show(r);
	s->version = r->version == REPORT_UNKNOWN ? 0 : r->version;
	memcpy(s->display, r->display, sizeof s->display);
	memcpy(s->stale, r->stale, sizeof s->stale);
	free(s->report);
	s->report = json_dumps(shown, JSON_COMPACT);
	json_decref(shown);
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
 * that a typed code means one screen; and nobody takes all places from one address. */
static struct fleet_pending *place_for(
	struct fleet *f, const char *key_id, const char *code, const struct fleet_words *w)
{
	struct fleet_pending *own = NULL, *room = NULL;
	int of_address = 0;
	for (int i = 0; i < FLEET_PENDING_MAX; i++) {
		struct fleet_pending *p = &f->pending[i];
		bool is_live = p->until_utc_s > w->now_utc_s;
		of_address += is_live && strcmp(p->address, w->address) == 0;
		if (is_live && strcmp(p->key_id, key_id) == 0)
			own = p;
		else if (is_live && strcmp(p->code, code) == 0)
			return NULL;
		else if (!is_live && !room)
			room = p;
	}
	return own ? own : of_address < FLEET_PENDING_OF_ONE_MAX ? room : NULL;
}

static json_t *wait_for_officer(struct fleet *f, const struct hello *h, const struct key *key,
	const struct fleet_words *w, struct err *e)
{
	struct buf der = {0};
	struct fleet_pending *p = place_for(f, key_id(key), h->code, w);
	if (!p) {
		err_set(e, ERR_BUSY, "pairing: another code, please");
		return NULL;
	}
	bool is_same = p->until_utc_s > w->now_utc_s && strcmp(p->code, h->code) == 0 &&
		       strcmp(p->key_id, key_id(key)) == 0;
	if (!is_same) { /* a code lives its ten minutes, however often it is said */
		*p = (struct fleet_pending){.until_utc_s = w->now_utc_s + HELLO_CODE_S};
		key_to_der(key, &der);
		if (der.len == sizeof p->key)
			memcpy(p->key, der.data, der.len);
		buf_finish(&der);
		(void)snprintf(p->key_id, sizeof p->key_id, "%s", key_id(key));
		(void)snprintf(p->address, sizeof p->address, "%s", w->address);
		memcpy(p->code, h->code, sizeof p->code);
	}
	return json_pack("{s:s, s:I}", "state", "waiting", "expires_s", (json_int_t)(p->until_utc_s - w->now_utc_s));
}

bool fleet_hello(struct fleet *f, const struct fleet_words *w, json_t **answer, struct err *e)
{
	struct hello h;
	struct key *key;
	*answer = NULL;
	if (!hello_open(&h, &key, w->bytes, w->len, e))
		return false;
	(void)pthread_mutex_lock(&f->lock);
	const struct fleet_screen *s = fleet_find_key(f, key_id(key));
	*answer = s ? paired(s) : wait_for_officer(f, &h, key, w, e);
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

/* Under the lock. May this one count now? */
static bool may_count(struct fleet_screen *s, const struct report *r, int64_t now_utc_s, struct err *e)
{
	if (r->seq <= s->seq)
		return err_set(e, ERR_STALE, "heard before");
	int64_t since = s->ahead_until_utc_s > now_utc_s ? s->ahead_until_utc_s : now_utc_s;
	if (since - now_utc_s > FLEET_AHEAD_S || (s->plays && r->play_count))
		return err_set(e, ERR_BUSY, "too often");
	s->ahead_until_utc_s = since + FLEET_EVERY_S;
	return true;
}

static bool take_report(struct fleet *f, const char *id, const struct report *r, const struct buf *body,
	int64_t now_utc_s, json_t **answer, struct err *e)
{
	(void)pthread_mutex_lock(&f->lock);
	struct fleet_screen *s = fleet_find(f, id);
	bool ok = s && may_count(s, r, now_utc_s, e);
	if (ok) {
		s->seq = r->seq;
		s->received_utc_s = now_utc_s;
		fleet_take_report(s, r);
		if (r->play_count)
			s->plays = alloc_text_len(body->data, body->len);
		fleet_mark(f, s);
		f->totals.reports++;
		*answer = answer_to(s);
	}
	(void)pthread_mutex_unlock(&f->lock);
	return ok;
}

bool fleet_report(struct fleet *f, const struct fleet_words *w, json_t **answer, struct err *e)
{
	struct envelope v = {0};
	struct report *r = alloc_zero(1, sizeof *r);
	char id[REPORT_SCREEN_TEXT] = "";
	*answer = NULL;
	bool ok = w->len <= REPORT_BYTES_MAX || err_set(e, ERR_FORMAT, "longer than %d bytes", REPORT_BYTES_MAX);
	ok = ok && envelope_read(&v, REPORT_TYPE, w->bytes, w->len, e) && is_signed(f, &v, id, e) &&
	     report_read(r, v.body.data, v.body.len, e);
	if (ok && strcmp(r->screen, id) != 0)
		ok = err_set(e, ERR_UNTRUSTED, "another screen's report");
	ok = ok && take_report(f, id, r, &v.body, w->now_utc_s, answer, e);
	envelope_finish(&v);
	free(r);
	if (!ok) {
		(void)pthread_mutex_lock(&f->lock);
		f->totals.refused++;
		(void)pthread_mutex_unlock(&f->lock);
	}
	return ok;
}

/* A label that is signed by the screen that it names, about a picture that is wanted. */
static bool read_label(
	struct fleet *f, const char *label, size_t label_len, struct hello_label *l, struct err *e)
{
	struct envelope v = {0};
	char id[REPORT_SCREEN_TEXT] = "";
	bool ok = envelope_read(&v, HELLO_PICTURE_TYPE, label, label_len, e) && is_signed(f, &v, id, e) &&
		  hello_read_label(l, v.body.data, v.body.len, e);
	envelope_finish(&v);
	if (!ok || strcmp(id, l->screen) != 0)
		return ok ? err_set(e, ERR_UNTRUSTED, "another screen's picture") : false;
	(void)pthread_mutex_lock(&f->lock);
	const struct fleet_screen *s = fleet_find(f, id);
	bool is_wanted = s && *s->request && strcmp(s->request, l->request) == 0 && l->seq > s->seq;
	(void)pthread_mutex_unlock(&f->lock);
	return is_wanted || err_set(e, ERR_STALE, "nobody asked for it");
}

bool fleet_expects(struct fleet *f, const char *label, size_t label_len, struct err *e)
{
	struct hello_label l;
	return read_label(f, label, label_len, &l, e);
}

/* It is a JPEG, as far as its first bytes say: it is shown to people as that and as nothing else. */
static bool is_labelled(const struct hello_label *l, const struct buf *jpeg, struct err *e)
{
	char sha256[DIGEST_HEX];
	digest_bytes(jpeg->data, jpeg->len, sha256);
	if ((int64_t)jpeg->len != l->size || strcmp(sha256, l->sha256) != 0)
		return err_set(e, ERR_UNTRUSTED, "not the picture that its label is about");
	return (jpeg->len > 3 && memcmp(jpeg->data, "\xff\xd8\xff", 3) == 0) || err_set(e, ERR_FORMAT, "no JPEG");
}

/* Once: of two that arrive together one is too late. */
static bool take_request(struct fleet *f, const struct hello_label *l, struct err *e)
{
	(void)pthread_mutex_lock(&f->lock);
	struct fleet_screen *s = fleet_find(f, l->screen);
	bool ok = s && strcmp(s->request, l->request) == 0;
	if (ok) {
		s->seq = l->seq > s->seq ? l->seq : s->seq;
		s->captured_utc_s = l->captured_utc_s;
		*s->request = '\0';
		fleet_mark(f, s);
	}
	(void)pthread_mutex_unlock(&f->lock);
	return ok || err_set(e, ERR_STALE, "nobody asked for it");
}

bool fleet_picture(struct fleet *f, const char *label, size_t label_len, const struct buf *jpeg, int64_t now_utc_s,
	struct err *e)
{
	struct hello_label l;
	if (!read_label(f, label, label_len, &l, e) || !is_labelled(&l, jpeg, e) || !take_request(f, &l, e))
		return false;
	office_begin(f->office, now_utc_s, &office_itself);
	office_do(f->office, "UPDATE screen SET picture = ?2, captured = ?3 WHERE id = ?1", "sbi", l.screen, jpeg->data,
		jpeg->len, l.captured_utc_s);
	return office_commit(f->office, e);
}
