/* SPDX-License-Identifier: Apache-2.0
 *
 * What publishers sign, and what comes back from them. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "content/check.h"
#include "office/audit.h"
#include "office/media.h"
#include "office/publication.h"

#define VALID_S (365 * (int64_t)86400)
#define KEY_SHOWN 12 /* of a key's id: enough for people to tell keys apart */

/* ---- the body -------------------------------------------------------------------------- */

void publication_document(struct office *o, int64_t version, struct buf *out)
{
	struct sqlite3_stmt *s =
		office_ask(o, "SELECT document FROM publication WHERE version = ?1", "i", version);
	if (office_next(o, s))
		buf_add(out, sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0));
	if (s)
		(void)sqlite3_reset(s);
}

struct collecting {
	struct office *o;
	struct manifest *manifest;
	const char *missing;
	char name[MANIFEST_NAME_MAX + 1];
};

/* Each name once, in the order of the document. */
static bool collect(void *user, const char *name)
{
	struct collecting *c = user;
	struct manifest_media m;
	for (int i = 0; i < c->manifest->media_count; i++) {
		if (strcmp(c->manifest->media[i].name, name) == 0)
			return true;
	}
	if (media_find(c->o, name, &m)) {
		manifest_add(c->manifest, &m);
	} else {
		(void)snprintf(c->name, sizeof c->name, "%s", name);
		c->missing = c->name;
	}
	return true;
}

static bool make_body(struct office *o, int64_t version, const char *feed, struct buf *out, struct err *e)
{
	struct manifest m;
	struct buf document = {0};
	publication_document(o, version, &document);
	if (!document.len)
		return err_set(e, ERR_MISSING, "没有这个版本");
	manifest_make(&m, feed, version, &document);
	m.issued_utc_s = office_number(o, 0, "SELECT issued FROM publication WHERE version = ?1", "i", version);
	m.expires_utc_s = m.issued_utc_s + VALID_S;
	json_t *tree = check_parse(document.data, document.len, e);
	struct collecting c = {.o = o, .manifest = &m};
	bool ok = tree != NULL;
	if (ok)
		(void)check_document(tree, &(struct check_options){.has_media = collect, .media_user = &c});
	if (ok && c.missing)
		ok = err_set(e, ERR_CONFLICT, "缺少图片 %s", c.missing);
	if (ok)
		manifest_write_body(&m, out);
	json_decref(tree);
	manifest_finish(&m);
	buf_finish(&document);
	return ok;
}

bool publication_body(struct office *o, int64_t version, const char *feed, struct buf *out, struct err *e)
{
	struct sqlite3_stmt *s =
		office_ask(o, "SELECT manifest FROM publication WHERE version = ?1", "i", version);
	bool is_made = office_next(o, s) && sqlite3_column_type(s, 0) != SQLITE_NULL;
	if (is_made)
		buf_add(out, sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0));
	if (s)
		(void)sqlite3_reset(s);
	if (is_made)
		return true;
	if (!make_body(o, version, feed, out, e))
		return false;
	office_do(o, "UPDATE publication SET manifest = ?2 WHERE version = ?1", "ib", version, out->data, out->len);
	return true;
}

/* ---- signatures ------------------------------------------------------------------------ */

static bool read_signatures(struct office *o, int64_t version, struct envelope *v)
{
	struct sqlite3_stmt *s = office_ask(
		o, "SELECT key_id, bytes FROM signature WHERE version = ?1 ORDER BY at, key_id", "i", version);
	while (office_next(o, s)) {
		if (v->signature_count == ENVELOPE_SIGNATURES_MAX)
			break;
		struct envelope_signature *one = &v->signatures[v->signature_count++];
		(void)snprintf(one->key_id, sizeof one->key_id, "%s", office_text(s, 0));
		buf_add(&one->bytes, sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1));
	}
	if (s)
		(void)sqlite3_reset(s);
	return true;
}

static bool make_envelope(
	struct office *o, int64_t version, const char *feed, struct envelope *v, struct err *e)
{
	struct buf body = {0};
	bool ok = publication_body(o, version, feed, &body, e);
	if (ok) {
		envelope_make(v, ENVELOPE_MANIFEST, body.data, body.len);
		ok = read_signatures(o, version, v);
	}
	buf_finish(&body);
	return ok;
}

bool publication_envelope(struct office *o, int64_t version, const char *feed, struct buf *out, struct err *e)
{
	struct envelope v = {0};
	bool ok = make_envelope(o, version, feed, &v, e);
	if (ok)
		envelope_write(&v, ENVELOPE_MANIFEST, out);
	envelope_finish(&v);
	return ok;
}

/* The publisher's key that made it; by what it verifies, not by what it is called. */
static const struct key *signer_of(
	const struct trust *t, const struct envelope *v, const struct envelope_signature *s)
{
	for (int i = 0; i < t->key_count; i++) {
		if (t->roles[TRUST_PUBLISHER].has[i] &&
			key_verify(t->keys[i], v->signed_bytes.data, v->signed_bytes.len, s->bytes.data,
				s->bytes.len))
			return t->keys[i];
	}
	return NULL;
}

static void keep(struct office *o, int64_t version, const struct key *k, const struct envelope_signature *s)
{
	office_do(o,
		"INSERT INTO signature(version, key_id, bytes, account, at) VALUES(?1, ?2, ?3, ?4, ?5)"
		" ON CONFLICT DO NOTHING",
		"isbii", version, key_id(k), s->bytes.data, s->bytes.len, office_actor(o)->account, office_now(o));
	if (office_changed(o) == 0)
		return;
	json_t *after = json_pack("{s:s}", "key_id", key_id(k));
	audit_add_number(o, "publication.signature", "version", version, after);
	json_decref(after);
}

/* With what is kept now: would a screen take it? */
static bool judge(struct office *o, int64_t version, const struct trust *t, struct err *e)
{
	struct envelope v = {0};
	struct err why = {0};
	bool ok = make_envelope(o, version, t->feed, &v, e);
	if (ok && trust_verify(t, TRUST_PUBLISHER, &v, &why))
		office_do(o, "UPDATE publication SET state = 'ready' WHERE version = ?1 AND state = 'signing'", "i",
			version);
	envelope_finish(&v);
	return ok;
}

static bool may_sign(struct office *o, int64_t version, struct err *e)
{
	struct publication p;
	if (!publication_find(o, version, &p, e))
		return false;
	return p.state == PUBLICATION_SIGNING || p.state == PUBLICATION_READY ||
	       err_set(e, ERR_CONFLICT, "此版本已发布或已作废");
}

static bool take_signatures(
	struct office *o, int64_t version, const struct trust *t, const struct envelope *v, struct err *e)
{
	if (v->signature_count == 0)
		return err_set(e, ERR_FORMAT, "文件中没有签名，请先用 fangzi-sign sign 签名");
	for (int i = 0; i < v->signature_count; i++) {
		const struct envelope_signature *s = &v->signatures[i];
		const struct key *k = signer_of(t, v, s);
		if (!k)
			return err_set(e, ERR_FORMAT, "第 %d 个签名（密钥 %.*s）不是现有发布人的有效签名", i + 1, KEY_SHOWN,
				s->key_id);
		keep(o, version, k, s);
	}
	return true;
}

bool publication_take(struct office *o, int64_t version, const struct trust *t, const char *bytes, size_t len,
	struct err *e)
{
	struct envelope v = {0};
	struct buf body = {0};
	struct err why = {0};
	bool ok = may_sign(o, version, e) && publication_body(o, version, t->feed, &body, e);
	if (ok && !envelope_read(&v, ENVELOPE_MANIFEST, bytes, len, &why))
		ok = err_set(e, ERR_FORMAT, "不是签名后的 manifest.json：%s", why.text);
	if (ok && (v.body.len != body.len || memcmp(v.body.data, body.data, body.len) != 0))
		ok = err_set(e, ERR_FORMAT, "签名的不是版本 %lld 的清单，请重新下载候选包再签名", (long long)version);
	ok = ok && take_signatures(o, version, t, &v, e) && judge(o, version, t, e);
	buf_finish(&body);
	envelope_finish(&v);
	return ok;
}

bool publication_sign(
	struct office *o, int64_t version, const struct trust *t, const struct key *key, struct err *e)
{
	struct envelope v = {0};
	struct buf body = {0};
	struct err why = {0};
	bool ok = may_sign(o, version, e) && publication_body(o, version, t->feed, &body, e);
	if (ok) {
		envelope_make(&v, ENVELOPE_MANIFEST, body.data, body.len);
		ok = envelope_sign(&v, key, &why) || err_set(e, ERR_CONFLICT, "无法签名：%s", why.text);
	}
	if (ok && !signer_of(t, &v, &v.signatures[0]))
		ok = err_set(e, ERR_CONFLICT, "本中心的发布密钥不在信任文件中");
	ok = ok && take_signatures(o, version, t, &v, e) && judge(o, version, t, e);
	buf_finish(&body);
	envelope_finish(&v);
	return ok;
}
