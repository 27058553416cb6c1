/* SPDX-License-Identifier: Apache-2.0
 *
 * The statements that make documents. Each begins with what the last one of its kind
 * said, the next number, and true hashes; words change that. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "feed/envelope.h"
#include "play.h"

static int64_t number(const struct play_words *w, const char *name, int64_t otherwise)
{
	const char *text = play_value(w, name);
	if (!text)
		return otherwise;
	if (*text == '+' || *text == '-')
		return otherwise + strtoll(text, NULL, 10);
	return strtoll(text, NULL, 10);
}

static int64_t moment(const struct play_words *w, const char *name, int64_t otherwise)
{
	const char *text = play_value(w, name);
	int64_t utc_s = otherwise;
	if (text && !civil_parse_rfc3339(text, &utc_s))
		abort();
	return utc_s;
}

static void word(const struct play_words *w, const char *name, char *out, size_t room)
{
	const char *text = play_value(w, name);
	if (text)
		(void)snprintf(out, room, "%s", text);
}

static const char *type_of(const char *kind)
{
	return strcmp(kind, "head") == 0       ? ENVELOPE_HEAD
	       : strcmp(kind, "trust") == 0    ? ENVELOPE_TRUST
	       : strcmp(kind, "manifest") == 0 ? ENVELOPE_MANIFEST
					       : kind;
}

/* Takes body: edits it, signs it, writes it. bytes: a copy of what was written. */
static void publish(const struct play *p, const struct play_words *w, const char *name, struct buf *body,
	const char *signers, struct buf *bytes)
{
	const char *kind = w->items[0];
	char edit[2048];
	for (int i = 1; i < w->count; i++) {
		if (strncmp(w->items[i], "edit=", 5) != 0)
			continue;
		(void)snprintf(edit, sizeof edit, "%s", w->items[i] + 5);
		char *to = strchr(edit, '|');
		if (!to)
			abort();
		*to++ = '\0';
		workshop_edit(body, edit, to);
	}
	const char *type = play_value(w, "type"), *says = play_value(w, "says"), *by = play_value(w, "by");
	type = type_of(type ? type : kind);
	workshop_sign(says ? type_of(says) : type, type, body, by ? by : signers, bytes);
	play_write(p, name, bytes);
	buf_finish(body);
}

static void set_role(struct workshop_trust *t, enum trust_role role, const struct play_words *w)
{
	const char *text = play_value(w, trust_role_name(role));
	if (!text)
		return;
	size_t len = strcspn(text, "/");
	(void)snprintf(t->roles[role], sizeof t->roles[role], "%.*s", (int)len, text);
	t->thresholds[role] = text[len] ? strtoll(text + len + 1, NULL, 10) : 1;
}

/* Each letter once. */
static void join_letters(const char *a, const char *b, char out[static WORKSHOP_LETTERS_MAX])
{
	(void)snprintf(out, WORKSHOP_LETTERS_MAX, "%s", a);
	for (; *b; b++) {
		size_t len = strlen(out);
		if (!strchr(out, *b) && *b != 'Y' && *b != 'Z' && len + 1 < WORKSHOP_LETTERS_MAX)
			memcpy(out + len, (char[]){*b, '\0'}, 2);
	}
}

bool play_trust(struct play *p, const struct play_words *w)
{
	char name[64], signers[WORKSHOP_LETTERS_MAX];
	struct buf body = {0}, bytes = {0};
	struct workshop_trust *t = &p->trust, before = *t;
	bool is_first = t->version == 0;
	t->version = number(w, "v", t->version + 1);
	t->expires_utc_s = moment(w, "expires", t->expires_utc_s);
	word(w, "feed", t->feed, sizeof t->feed);
	word(w, "policy", t->policy, sizeof t->policy);
	for (int role = 0; role < TRUST_ROLES; role++)
		set_role(t, (enum trust_role)role, w);
	join_letters(is_first ? "" : before.roles[TRUST_ROOT], t->roles[TRUST_ROOT], signers);
	(void)snprintf(name, sizeof name, "feed/trust/%lld.json", (long long)number(w, "at", t->version));
	workshop_trust_body(t, &body);
	publish(p, w, name, &body, signers, &bytes);
	if (is_first)
		play_write(p, "trust.json", &bytes);
	p->head.trust = t->version;
	buf_finish(&bytes);
	return true;
}

static void put_object(const struct play *p, const char *text, char sha256[static DIGEST_HEX], int64_t *size)
{
	char name[DIGEST_HEX + 16];
	struct buf bytes = {0};
	buf_text(&bytes, text);
	digest_bytes(bytes.data, bytes.len, sha256);
	*size = (int64_t)bytes.len;
	(void)snprintf(name, sizeof name, "feed/objects/%s", sha256);
	play_write(p, name, &bytes);
	buf_finish(&bytes);
}

/* name:text,name:text */
static void set_media(struct play *p, const char *list)
{
	char text[1024];
	(void)snprintf(text, sizeof text, "%s", list);
	char *rest = text;
	p->manifest.media_count = 0;
	for (char *one = strsep(&rest, ","); one && *one; one = strsep(&rest, ",")) {
		struct manifest_media *m = &p->media[p->manifest.media_count++];
		char *bytes = strchr(one, ':');
		if (!bytes || p->manifest.media_count == WORKSHOP_MEDIA_MAX)
			abort();
		*bytes++ = '\0';
		*m = (struct manifest_media){.type = "image/png"};
		(void)snprintf(m->name, sizeof m->name, "%s", one);
		put_object(p, bytes, m->sha256, &m->size);
	}
	p->manifest.media = p->media;
}

/* A document that the real kiosk paints; with a brand that is not there it is unsound. */
static const char sound[] =
	"{\"schema\": 1, \"site\": {\"name\": \"坊子区\", \"timezone\": \"Asia/Shanghai\"}, \"sources\": [],"
	" \"calendar\": {\"holidays\": [], \"workdays\": []}, \"phases\": [], \"rules\": [], \"projects\": "
	"[],"
	" \"indicators\": [], \"figures\": [], \"occasions\": [], \"places\": [], \"journeys\": [],"
	" \"records\": [], \"patterns\": [], \"targets\": [], \"alerts\": [], \"screens\": {},"
	" \"notices\": [{\"id\": \"n1\", \"title\": \"通知\", \"text\": \"某事如下\", \"ticker\": true,"
	" \"level\": \"info\"}], \"boards\": [{\"id\": \"b1\", \"kind\": \"notices\", \"theme\": \"hall\"}]}";

bool play_manifest(struct play *p, const struct play_words *w)
{
	char name[64], plain[64];
	struct buf body = {0}, bytes = {0};
	struct manifest *m = &p->manifest;
	const char *content = play_value(w, "content"), *media = play_value(w, "media"),
		   *sha256 = play_value(w, "sha");
	m->version = number(w, "v", m->version + 1);
	m->issued_utc_s = moment(w, "issued", m->issued_utc_s);
	m->expires_utc_s = moment(w, "expires", m->expires_utc_s);
	word(w, "feed", m->feed, sizeof m->feed);
	(void)snprintf(plain, sizeof plain, "what version %lld says", (long long)m->version);
	if (content && strcmp(content, "sound") == 0)
		content = sound;
	put_object(p, content ? content : plain, m->content_sha256, &m->content_size);
	if (media)
		set_media(p, media);
	struct manifest said = *m;
	if (sha256)
		(void)snprintf(said.content_sha256, sizeof said.content_sha256, "%s", sha256);
	said.content_size = number(w, "size", m->content_size);
	manifest_write_body(&said, &body);
	(void)snprintf(name, sizeof name, "feed/manifests/%lld.json", (long long)number(w, "at", m->version));
	publish(p, w, name, &body, p->trust.roles[TRUST_PUBLISHER], &bytes);
	p->head.version = m->version;
	p->head.manifest_size = (int64_t)bytes.len;
	digest_bytes(bytes.data, bytes.len, p->head.manifest_sha256);
	buf_finish(&bytes);
	return true;
}

/* id:tag,tag|id */
static void set_alerts(struct head *h, const char *list)
{
	char text[512];
	(void)snprintf(text, sizeof text, "%s", list);
	char *rest = text;
	h->alert_count = 0;
	for (char *one = strsep(&rest, "|"); one && *one; one = strsep(&rest, "|")) {
		struct head_alert *a = &h->alerts[h->alert_count++];
		*a = (struct head_alert){0};
		char *tags = one, *id = strsep(&tags, ":");
		(void)snprintf(a->id, sizeof a->id, "%s", id);
		for (char *tag = tags ? strsep(&tags, ",") : NULL; tag; tag = strsep(&tags, ","))
			(void)snprintf(a->tags[a->tag_count++], sizeof a->tags[0], "%s", tag);
	}
}

bool play_head(struct play *p, const struct play_words *w)
{
	struct buf body = {0}, bytes = {0};
	struct head *h = &p->head;
	const char *mode = play_value(w, "mode"), *alerts = play_value(w, "alerts"),
		   *sha256 = play_value(w, "sha");
	h->seq = number(w, "seq", h->seq + 1);
	h->issued_utc_s = moment(w, "issued", h->issued_utc_s);
	h->expires_utc_s = moment(w, "expires", h->expires_utc_s);
	word(w, "feed", h->feed, sizeof h->feed);
	h->holds = mode ? strcmp(mode, "hold") == 0 : h->holds;
	if (alerts)
		set_alerts(h, alerts);
	struct head said = *h; /* the lies are for once */
	said.trust = number(w, "trust", h->trust);
	said.version = number(w, "v", h->version);
	said.manifest_size = number(w, "size", h->manifest_size);
	if (sha256)
		(void)snprintf(said.manifest_sha256, sizeof said.manifest_sha256, "%s", sha256);
	head_write_body(&said, &body);
	publish(p, w, "feed/head.json", &body, p->trust.roles[TRUST_HEAD], &bytes);
	buf_finish(&bytes);
	return true;
}
