/* SPDX-License-Identifier: Apache-2.0
 *
 * What the three bodies must say: each field missing, mistyped or out of range. */
#include <jansson.h>

#include "base/strict.h"
#include "feed_kit.h"
#include "sentences.h"

enum doc { HEAD, MANIFEST, TRUST };

static const char *const types[] = {ENVELOPE_HEAD, ENVELOPE_MANIFEST, ENVELOPE_TRUST};
static struct key *key;
static struct trust *trust;
static char *good[3];

static bool reads(enum doc doc, const char *body, struct err *e)
{
	struct buf bytes = kit_sign(types[doc], body, (struct key *const[]){key, NULL});
	struct head h;
	struct manifest m = {0};
	struct trust *t = NULL;
	bool ok = false;
	if (doc == HEAD)
		ok = head_read(&h, trust, bytes.data, bytes.len, e);
	else if (doc == MANIFEST)
		ok = manifest_read(&m, trust, bytes.data, bytes.len, e);
	else
		ok = trust_read_first(&t, bytes.data, bytes.len, e);
	manifest_finish(&m);
	trust_destroy(t);
	buf_finish(&bytes);
	return ok;
}

/* A step of a path is a name, a number in a list, or * for the first of an object. */
static json_t *step(json_t *from, const char *name, const char **found)
{
	*found = name;
	if (json_is_array(from))
		return json_array_get(from, (size_t)atoi(name));
	if (strcmp(name, "*") == 0)
		*found = json_object_iter_key(json_object_iter(from));
	return json_object_get(from, *found);
}

/* The good body with the value at a path removed (NULL) or replaced. Takes value. */
static char *changed(enum doc doc, const char *path, json_t *value)
{
	char names[64], *rest = names;
	const char *found = NULL;
	json_t *body = json_loads(good[doc], 0, NULL), *at = body, *parent = NULL;
	(void)snprintf(names, sizeof names, "%s", path);
	for (char *name = strsep(&rest, "/"); name; name = strsep(&rest, "/")) {
		parent = at;
		at = step(parent, name, &found);
		assert_non_null(at);
	}
	if (json_is_array(parent))
		(void)json_array_set_new(parent, (size_t)atoi(found), value ? value : json_null());
	else if (value)
		(void)json_object_set_new(parent, found, value);
	else
		(void)json_object_del(parent, found);
	char *text = json_dumps(body, 0);
	json_decref(body);
	return text;
}

static const struct field_row {
	const char *says;
	enum doc doc;
	const char *path;
	bool may_be_empty;
} field_rows[] = {
	{"head: feed", HEAD, "feed"},
	{"head: seq", HEAD, "seq"},
	{"head: issued", HEAD, "issued"},
	{"head: expires", HEAD, "expires"},
	{"head: trust", HEAD, "trust"},
	{"head: mode", HEAD, "mode"},
	{"head: manifest", HEAD, "manifest"},
	{"head: manifest's version", HEAD, "manifest/version"},
	{"head: manifest's sha256", HEAD, "manifest/sha256"},
	{"head: manifest's size", HEAD, "manifest/size"},
	{"head: alerts", HEAD, "alerts"},
	{"head: an alert", HEAD, "alerts/0"},
	{"head: an alert's id", HEAD, "alerts/0/id"},
	{"head: an alert's screens", HEAD, "alerts/0/screens"},
	{"head: a tag", HEAD, "alerts/0/screens/0"},
	{"manifest: feed", MANIFEST, "feed"},
	{"manifest: version", MANIFEST, "version"},
	{"manifest: issued", MANIFEST, "issued"},
	{"manifest: expires", MANIFEST, "expires"},
	{"manifest: content", MANIFEST, "content"},
	{"manifest: content's sha256", MANIFEST, "content/sha256"},
	{"manifest: content's size", MANIFEST, "content/size"},
	{"manifest: media", MANIFEST, "media"},
	{"manifest: a medium", MANIFEST, "media/0"},
	{"manifest: a medium's name", MANIFEST, "media/0/name"},
	{"manifest: a medium's sha256", MANIFEST, "media/0/sha256"},
	{"manifest: a medium's size", MANIFEST, "media/0/size"},
	{"manifest: a medium's type", MANIFEST, "media/0/type", true},
	{"trust: feed", TRUST, "feed"},
	{"trust: version", TRUST, "version"},
	{"trust: expires", TRUST, "expires"},
	{"trust: policy", TRUST, "policy"},
	{"trust: keys", TRUST, "keys"},
	{"trust: a key", TRUST, "keys/*"},
	{"trust: a key's type", TRUST, "keys/*/type"},
	{"trust: a key's bytes", TRUST, "keys/*/public"},
	{"trust: roles", TRUST, "roles"},
	{"trust: root", TRUST, "roles/root"},
	{"trust: publisher", TRUST, "roles/publisher"},
	{"trust: head", TRUST, "roles/head"},
	{"trust: root's keys", TRUST, "roles/root/keyids"},
	{"trust: a key's id", TRUST, "roles/root/keyids/0"},
	{"trust: root's threshold", TRUST, "roles/root/threshold"},
};

static json_t *bad_value(int i)
{
	switch (i) {
	case 0:
		return NULL;
	case 1:
		return json_null();
	case 2:
		return json_true();
	case 3:
		return json_real(1.0);
	case 4:
		return json_integer(-1);
	case 5:
		return json_string("");
	case 6:
		return json_pack("[s]", " ");
	default:
		return json_pack("{s:s}", "x", "x");
	}
}

static void check_field(void **state)
{
	const struct field_row *r = *state;
	for (int i = 0; i < 8; i++) {
		if (r->may_be_empty && i == 5)
			continue;
		struct err e = {0};
		char *body = changed(r->doc, r->path, bad_value(i));
		if (reads(r->doc, body, &e))
			fail_msg("taken: %s", body);
		if (e.kind != ERR_FORMAT && e.kind != ERR_UNTRUSTED)
			fail_msg("'%s' is of kind %s", e.text, err_kind_name(e.kind));
		free(body);
	}
}

static const struct value_row {
	const char *says;
	enum doc doc;
	const char *path, *value; /* JSON */
	bool is_fine;
} value_rows[] = {
	{"seq 1", HEAD, "seq", "1", true},
	{"seq 0", HEAD, "seq", "0", false},
	{"seq beyond 2^53", HEAD, "seq", "9007199254740993", false},
	{"a mode that there is not", HEAD, "mode", "\"blank\"", false},
	{"hold", HEAD, "mode", "\"hold\"", true},
	{"no alert", HEAD, "alerts", "[]", true},
	{"an alert for every screen", HEAD, "alerts/0/screens", "[]", true},
	{"an alert whose id is a path", HEAD, "alerts/0/id", "\"../a\"", false},
	{"an alert whose id has capitals", HEAD, "alerts/0/id", "\"Flood\"", false},
	{"a tag that begins with a dash", HEAD, "alerts/0/screens/0", "\"-a\"", false},
	{"a manifest of no bytes", HEAD, "manifest/size", "0", false},
	{"a manifest beyond its ceiling", HEAD, "manifest/size", "1048577", false},
	{"a hash in capitals", HEAD, "manifest/sha256",
		"\"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef\"", false},
	{"a hash a digit short", HEAD, "manifest/sha256",
		"\"123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"", false},
	{"another feed's head", HEAD, "feed", "\"park\"", false},
	{"a time on 30 February", HEAD, "issued", "\"2023-02-30T00:00:00Z\"", false},
	{"the last version number", MANIFEST, "version", "9007199254740991", true},
	{"one beyond it", MANIFEST, "version", "9007199254740992", false},
	{"version 0", MANIFEST, "version", "0", false},
	{"content beyond 16 MiB", MANIFEST, "content/size", "16777217", false},
	{"no media", MANIFEST, "media", "[]", true},
	{"a medium beyond 256 MiB", MANIFEST, "media/0/size", "268435457", false},
	{"a name that is a path", MANIFEST, "media/0/name", "\"a/b.png\"", false},
	{"a name that leads upwards", MANIFEST, "media/0/name", "\"..\"", false},
	{"a name that is the folder", MANIFEST, "media/0/name", "\".\"", false},
	{"a name with a backslash", MANIFEST, "media/0/name", "\"a\\\\b\"", false},
	{"a name with a blank", MANIFEST, "media/0/name", "\"a b\"", false},
	{"a name in Chinese", MANIFEST, "media/0/name", "\"坊子.png\"", false},
	{"a name with a line feed", MANIFEST, "media/0/name", "\"a\\n\"", false},
	{"another feed's manifest", MANIFEST, "feed", "\"park\"", false},
	{"a picture of no width", MANIFEST, "media/0/width", "0", false},
	{"a name twice", MANIFEST, "media/0/name", "\"b.png\"", false},
	{"a policy that there is not", TRUST, "policy", "\"none\"", false},
	{"a policy that no key can meet", TRUST, "policy", "\"sm2\"", false},
	{"a threshold of 0", TRUST, "roles/head/threshold", "0", false},
	{"a threshold beyond its keys", TRUST, "roles/head/threshold", "2", false},
	{"a role without keys", TRUST, "roles/head/keyids", "[]", false},
	{"a role with a stranger", TRUST, "roles/head/keyids", "[\"" KIT_HASH "\"]", false},
	{"a feed's name in capitals", TRUST, "feed", "\"Hall\"", false},
	{"a feed's name that is a path", TRUST, "feed", "\"../hall\"", false},
	{"a type of key that there is not", TRUST, "keys/*/type", "\"rsa\"", false},
	{"a key under another's type", TRUST, "keys/*/type", "\"sm2\"", false},
	{"a key that is no key", TRUST, "keys/*/public", "\"AAAA\"", false},
};

static void check_value(void **state)
{
	const struct value_row *r = *state;
	struct err e = {0};
	json_t *value = json_loads(r->value, JSON_DECODE_ANY, NULL);
	assert_non_null(value);
	char *body = changed(r->doc, r->path, value);
	if (reads(r->doc, body, &e) != r->is_fine)
		fail_msg("%s: %s", r->is_fine ? "refused" : "taken", e.text);
	free(body);
}

static void unknown_fields_are_ignored(void **state)
{
	(void)state;
	struct err e = {0};
	for (int doc = HEAD; doc <= TRUST; doc++) {
		char *body = kit_replace(good[doc], "{", "{\"later\": [{\"x\": null}], ");
		assert_true(reads((enum doc)doc, body, &e));
		free(body);
	}
}

static void a_field_that_stands_twice_is_refused(void **state)
{
	(void)state;
	for (int doc = HEAD; doc <= TRUST; doc++) {
		struct err e = {0};
		char *body = kit_replace(good[doc], "{", "{\"feed\": \"hall\", ");
		assert_false(reads((enum doc)doc, body, &e));
		assert_int_equal(e.kind, ERR_FORMAT);
		free(body);
	}
}

static void one_document_is_not_taken_for_another(void **state)
{
	(void)state;
	struct buf bytes = kit_sign(ENVELOPE_HEAD, good[MANIFEST], (struct key *const[]){key, NULL});
	struct manifest m;
	struct err e = {0};
	assert_false(manifest_read(&m, trust, bytes.data, bytes.len, &e));
	manifest_finish(&m);
	buf_finish(&bytes);
}

static void too_many_media_are_refused(void **state)
{
	(void)state;
	for (int count = MANIFEST_MEDIA_MAX; count <= MANIFEST_MEDIA_MAX + 1; count++) {
		struct err e = {0};
		json_t *list = json_array();
		for (int i = 0; i < count; i++)
			(void)json_array_append_new(
				list, json_pack("{s:o, s:s, s:i, s:s}", "name", json_sprintf("m%d", i),
					      "sha256", KIT_HASH, "size", 1, "type", "image/png"));
		char *body = changed(MANIFEST, "media", list);
		assert_int_equal(reads(MANIFEST, body, &e), count == MANIFEST_MEDIA_MAX);
		free(body);
	}
}

static void media_are_found_by_name(void **state)
{
	(void)state;
	struct buf bytes = kit_sign(ENVELOPE_MANIFEST, good[MANIFEST], (struct key *const[]){key, NULL});
	struct manifest m;
	struct err e = {0};
	assert_true(manifest_read(&m, trust, bytes.data, bytes.len, &e));
	assert_int_equal(manifest_find(&m, "a.png")->width, 640);
	assert_int_equal(manifest_find(&m, "b.png")->width, 8); /* said alone, written alone */
	assert_int_equal(manifest_find(&m, "b.png")->size, 7);
	assert_null(manifest_find(&m, "c.png"));
	assert_null(manifest_find(&m, "../a.png"));
	manifest_finish(&m);
	assert_null(manifest_find(&m, "a.png"));
	buf_finish(&bytes);
}

static void make_good(void)
{
	struct buf out[3] = {{0}};
	struct head h = {.feed = "hall",
		.seq = 7,
		.issued_utc_s = 1,
		.expires_utc_s = 2,
		.trust = 1,
		.version = 3,
		.manifest_sha256 = KIT_HASH,
		.manifest_size = 99,
		.alert_count = 1,
		.alerts = {{.id = "flood", .tags = {"hall-1"}, .tag_count = 1}}};
	struct manifest_media media[] = {{.name = "a.png",
						 .sha256 = KIT_HASH,
						 .size = 5,
						 .type = "image/png",
						 .width = 640,
						 .height = 480},
		{.name = "b.png", .sha256 = KIT_HASH, .size = 7, .type = "image/png", .width = 8}};
	struct manifest m = {.feed = "hall",
		.version = 3,
		.issued_utc_s = 1,
		.expires_utc_s = 2,
		.content_sha256 = KIT_HASH,
		.content_size = 10,
		.media = media,
		.media_count = 2};
	head_write_body(&h, &out[HEAD]);
	manifest_write_body(&m, &out[MANIFEST]);
	kit_trust_body(&out[TRUST], 1, TRUST_ANY, (struct key *const[]){key, NULL}, 1);
	for (int i = 0; i < 3; i++)
		good[i] = out[i].data;
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	for (int doc = HEAD; doc <= TRUST; doc++) {
		struct err e = {0};
		if (!reads((enum doc)doc, good[doc], &e))
			fail_msg("%s", e.text);
	}
}

int main(void)
{
	static struct sentences s;
	key = kit_key(KEY_ED25519);
	trust = kit_trust_of(TRUST_ANY, (struct key *const[]){key, NULL}, 1);
	make_good();
	sentences_add(&s, "what is written is read", what_is_written_is_read, NULL);
	SENTENCES_ROWS(&s, field_rows, check_field);
	SENTENCES_ROWS(&s, value_rows, check_value);
	sentences_add(&s, "unknown fields are ignored", unknown_fields_are_ignored, NULL);
	sentences_add(&s, "a field that stands twice is refused", a_field_that_stands_twice_is_refused, NULL);
	sentences_add(
		&s, "one document is not taken for another", one_document_is_not_taken_for_another, NULL);
	sentences_add(&s, "too many media are refused", too_many_media_are_refused, NULL);
	sentences_add(&s, "media are found by name", media_are_found_by_name, NULL);
	int failed = sentences_run(&s, "feed body");
	for (int i = 0; i < 3; i++)
		free(good[i]);
	trust_destroy(trust);
	key_destroy(key);
	return failed;
}
