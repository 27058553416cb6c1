/* SPDX-License-Identifier: Apache-2.0 */
#include "feed/trust.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/strict.h"

#define PUBLIC_TEXT_MAX 1024

static const char *const role_names[] = {
	[TRUST_ROOT] = "root", [TRUST_PUBLISHER] = "publisher", [TRUST_HEAD] = "head"};
static const char *const policy_names[] = {
	[TRUST_ANY] = "any", [TRUST_ED25519] = "ed25519", [TRUST_SM2] = "sm2", [TRUST_BOTH] = "both"};

const char *trust_role_name(enum trust_role role)
{
	return role_names[role];
}

const char *trust_policy_name(enum trust_policy policy)
{
	return policy_names[policy];
}

bool trust_policy_find(const char *name, enum trust_policy *out)
{
	for (size_t i = 0; i < sizeof policy_names / sizeof policy_names[0]; i++) {
		if (strcmp(policy_names[i], name) == 0) {
			*out = (enum trust_policy)i;
			return true;
		}
	}
	return false;
}

bool trust_is_feed_name(const char *name)
{
	size_t len = strlen(name);
	return len >= 1 && len <= TRUST_FEED_NAME_MAX &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

void trust_destroy(struct trust *t)
{
	if (!t)
		return;
	for (int i = 0; i < t->key_count; i++)
		key_destroy(t->keys[i]);
	free(t);
}

static int find_key(const struct trust *t, const char *id)
{
	for (int i = 0; i < t->key_count; i++) {
		if (strcmp(key_id(t->keys[i]), id) == 0)
			return i;
	}
	return -1;
}

static bool read_key(struct trust *t, const char *id, const json_t *entry, struct err *e)
{
	const char *type_name, *text;
	enum key_type type;
	if (!json_is_object(entry))
		return err_set(e, ERR_FORMAT, "not an object");
	if (!strict_text(entry, "type", 32, &type_name, e) ||
		!strict_text(entry, "public", PUBLIC_TEXT_MAX, &text, e))
		return false;
	if (!key_type_find(type_name, &type))
		return err_set(e, ERR_FORMAT, "type: '%s' is not ed25519 or sm2", type_name);
	struct buf der = {0};
	struct key *k = NULL;
	bool ok =
		digest_from_base64(text, strlen(text), &der) || err_set(e, ERR_FORMAT, "public: not base64");
	ok = ok && key_from_der(&k, type, der.data, der.len, e);
	buf_finish(&der);
	if (!ok)
		return false;
	ok = strcmp(key_id(k), id) == 0 || err_set(e, ERR_FORMAT, "id is not the key's SHA-256");
	for (int i = 0; ok && i < t->key_count; i++)
		ok = !key_is_same(t->keys[i], k) ||
		     err_set(e, ERR_FORMAT, "the same public key as %.16s", key_id(t->keys[i]));
	if (ok)
		t->keys[t->key_count++] = k;
	else
		key_destroy(k);
	return ok;
}

static bool read_keys(struct trust *t, json_t *object, struct err *e)
{
	const char *id;
	json_t *entry;
	if (json_object_size(object) > TRUST_KEYS_MAX)
		return err_set(e, ERR_FORMAT, "keys: more than %d", TRUST_KEYS_MAX);
	json_object_foreach (object, id, entry) {
		if (!read_key(t, id, entry, e))
			return err_prefix(e, "keys: %.16s", id);
	}
	return true;
}

static int count_type(const struct trust *t, enum trust_role role, enum key_type type)
{
	int count = 0;
	for (int i = 0; i < t->key_count; i++)
		count += t->roles[role].has[i] && key_type_of(t->keys[i]) == type;
	return count;
}

/* A threshold that its own keys can never reach would lock the feed for good. */
static bool is_reachable(const struct trust *t, enum trust_role role)
{
	int ed = count_type(t, role, KEY_ED25519);
	int sm = count_type(t, role, KEY_SM2);
	int need = t->roles[role].threshold;
	switch (t->policy) {
	case TRUST_ANY:
		return ed + sm >= need;
	case TRUST_ED25519:
		return ed >= need;
	case TRUST_SM2:
		return sm >= need;
	case TRUST_BOTH:
		return ed >= need && sm >= need;
	}
	return false;
}

static bool read_role(struct trust *t, enum trust_role role, const json_t *roles, struct err *e)
{
	json_t *entry, *ids;
	int64_t threshold;
	if (!strict_object(roles, role_names[role], &entry, e))
		return false;
	if (!strict_array(entry, "keyids", TRUST_KEYS_MAX, &ids, e) ||
		!strict_int(entry, "threshold", 1, ENVELOPE_SIGNATURES_MAX, &threshold, e))
		return err_prefix(e, "%s", role_names[role]);
	t->roles[role].threshold = (int)threshold;
	size_t i;
	json_t *id;
	json_array_foreach (ids, i, id) {
		int at = json_is_string(id) ? find_key(t, json_string_value(id)) : -1;
		if (at < 0)
			return err_set(e, ERR_FORMAT, "%s: keyids: %zu: not among keys", role_names[role], i);
		t->roles[role].has[at] = true;
	}
	return is_reachable(t, role) ||
	       err_set(e, ERR_FORMAT, "%s: threshold: %lld is more than its keys can give under policy %s",
		       role_names[role], (long long)threshold, policy_names[t->policy]);
}

static bool read_body(struct trust *t, const json_t *body, struct err *e)
{
	const char *feed, *policy;
	json_t *keys, *roles;
	if (!strict_text(body, "feed", TRUST_FEED_NAME_MAX, &feed, e) ||
		!strict_int(body, "version", 1, STRICT_INT_MAX, &t->version, e) ||
		!strict_time(body, "expires", &t->expires_utc_s, e) ||
		!strict_text(body, "policy", 16, &policy, e) || !strict_object(body, "keys", &keys, e) ||
		!strict_object(body, "roles", &roles, e))
		return false;
	if (!trust_is_feed_name(feed))
		return err_set(e, ERR_FORMAT, "feed: '%s' is not a feed name", feed);
	memcpy(t->feed, feed, strlen(feed) + 1);
	if (!trust_policy_find(policy, &t->policy))
		return err_set(e, ERR_FORMAT, "policy: '%s' is not any, ed25519, sm2 or both", policy);
	if (!read_keys(t, keys, e))
		return false;
	for (int role = 0; role < TRUST_ROLES; role++) {
		if (!read_role(t, (enum trust_role)role, roles, e))
			return err_prefix(e, "roles");
	}
	return true;
}

/* A document is read before it is verified only as far as its own keys are
 * needed to verify it; nothing of it is used until both thresholds hold. */
static bool read_document(
	struct trust **out, const struct trust *current, const char *bytes, size_t len, struct err *e)
{
	struct envelope v = {0};
	struct trust *t = alloc_zero(1, sizeof *t);
	bool ok = envelope_read(&v, ENVELOPE_TRUST, bytes, len, e) &&
		  (!current || trust_verify(current, TRUST_ROOT, &v, e));
	json_t *body = ok ? strict_parse(v.body.data, v.body.len, e) : NULL;
	ok = body && read_body(t, body, e) && trust_verify(t, TRUST_ROOT, &v, e);
	json_decref(body);
	envelope_finish(&v);
	if (!ok) {
		trust_destroy(t);
		return err_prefix(e, "trust");
	}
	*out = t;
	return true;
}

bool trust_read_first(struct trust **out, const char *bytes, size_t len, struct err *e)
{
	return read_document(out, NULL, bytes, len, e);
}

bool trust_read_next(
	struct trust **out, const struct trust *current, const char *bytes, size_t len, struct err *e)
{
	struct trust *t;
	if (!read_document(&t, current, bytes, len, e))
		return false;
	bool ok = true;
	if (strcmp(t->feed, current->feed) != 0)
		ok = err_set(e, ERR_UNTRUSTED, "trust: feed: is '%s', must be '%s'", t->feed, current->feed);
	else if (t->version != current->version + 1)
		ok = err_set(e, ERR_STALE, "trust: version: is %lld, must be %lld", (long long)t->version,
			(long long)current->version + 1);
	if (!ok) {
		trust_destroy(t);
		return false;
	}
	*out = t;
	return true;
}

bool trust_verify(const struct trust *t, enum trust_role role, const struct envelope *v, struct err *e)
{
	bool counted[TRUST_KEYS_MAX] = {false};
	int good[2] = {0, 0};
	for (int i = 0; i < v->signature_count; i++) {
		const struct envelope_signature *s = &v->signatures[i];
		int at = find_key(t, s->key_id);
		if (at < 0 || !t->roles[role].has[at] || counted[at])
			continue;
		if (!key_verify(t->keys[at], v->signed_bytes.data, v->signed_bytes.len, s->bytes.data,
			    s->bytes.len))
			continue;
		counted[at] = true;
		good[key_type_of(t->keys[at])]++;
	}
	int have = 0;
	switch (t->policy) {
	case TRUST_ANY:
		have = good[KEY_ED25519] + good[KEY_SM2];
		break;
	case TRUST_ED25519:
		have = good[KEY_ED25519];
		break;
	case TRUST_SM2:
		have = good[KEY_SM2];
		break;
	case TRUST_BOTH:
		have = good[KEY_ED25519] < good[KEY_SM2] ? good[KEY_ED25519] : good[KEY_SM2];
		break;
	}
	if (have >= t->roles[role].threshold)
		return true;
	return err_set(e, ERR_UNTRUSTED, "signatures: %d of %d good %s signatures (trust %lld, policy %s)",
		have, t->roles[role].threshold, role_names[role], (long long)t->version,
		policy_names[t->policy]);
}

static bool has_key(const struct trust *t, enum trust_role role, const char *id)
{
	int at = find_key(t, id);
	return at >= 0 && t->roles[role].has[at];
}

bool trust_same_keys(const struct trust *a, const struct trust *b, enum trust_role role)
{
	for (int i = 0; i < a->key_count; i++) {
		if (a->roles[role].has[i] && !has_key(b, role, key_id(a->keys[i])))
			return false;
	}
	for (int i = 0; i < b->key_count; i++) {
		if (b->roles[role].has[i] && !has_key(a, role, key_id(b->keys[i])))
			return false;
	}
	return true;
}

static void write_role(const struct trust *t, enum trust_role role, struct buf *out)
{
	buf_printf(out, "%s\"%s\": {\"keyids\": [", role ? ",\n  " : "", role_names[role]);
	bool first = true;
	for (int i = 0; i < t->key_count; i++) {
		if (!t->roles[role].has[i])
			continue;
		buf_printf(out, "%s\"%s\"", first ? "" : ", ", key_id(t->keys[i]));
		first = false;
	}
	buf_printf(out, "], \"threshold\": %d}", t->roles[role].threshold);
}

void trust_write_body(const struct trust *t, struct buf *out)
{
	char expires[32];
	civil_format_rfc3339(t->expires_utc_s, expires);
	buf_printf(out,
		"{\"feed\": \"%s\", \"version\": %lld, \"expires\": \"%s\", \"policy\": \"%s\",\n \"keys\": "
		"{",
		t->feed, (long long)t->version, expires, policy_names[t->policy]);
	for (int i = 0; i < t->key_count; i++) {
		struct buf der = {0};
		key_to_der(t->keys[i], &der);
		buf_printf(out, "%s\"%s\": {\"type\": \"%s\", \"public\": \"", i ? ",\n  " : "",
			key_id(t->keys[i]), key_type_name(key_type_of(t->keys[i])));
		digest_to_base64(der.data, der.len, out);
		buf_text(out, "\"}");
		buf_finish(&der);
	}
	buf_text(out, "},\n \"roles\": {");
	for (int role = 0; role < TRUST_ROLES; role++)
		write_role(t, (enum trust_role)role, out);
	buf_text(out, "}}\n");
}
