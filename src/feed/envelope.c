/* SPDX-License-Identifier: Apache-2.0 */
#include "feed/envelope.h"

#include <stdlib.h>
#include <string.h>

#include "base/strict.h"

#define TYPE_BYTES_MAX 128
#define SIGNATURE_TEXT_MAX 512 /* an SM2 signature takes 96 base64 digits */

static void set_signed_bytes(struct envelope *v, const char *type)
{
	buf_clear(&v->signed_bytes);
	buf_printf(&v->signed_bytes, "DSSEv1 %zu %s %zu ", strlen(type), type, v->body.len);
	buf_add(&v->signed_bytes, v->body.data, v->body.len);
}

static bool read_signature(struct envelope *v, const json_t *entry, struct err *e)
{
	const char *id, *text;
	if (!json_is_object(entry))
		return err_set(e, ERR_FORMAT, "signatures: an entry is not an object");
	if (!strict_text(entry, "keyid", TYPE_BYTES_MAX, &id, e) ||
		!strict_text(entry, "sig", SIGNATURE_TEXT_MAX, &text, e))
		return err_prefix(e, "signatures");
	struct envelope_signature *s = &v->signatures[v->signature_count];
	if (!digest_from_base64(text, strlen(text), &s->bytes))
		return err_set(e, ERR_FORMAT, "signatures: sig: not base64");
	v->signature_count++;
	if (digest_is_hex(id))
		memcpy(s->key_id, id, DIGEST_HEX);
	return true;
}

static bool read_tree(struct envelope *v, const char *type, const json_t *tree, struct err *e)
{
	const char *said;
	json_t *payload, *list;
	if (!strict_text(tree, "payloadType", TYPE_BYTES_MAX, &said, e))
		return false;
	if (strcmp(said, type) != 0)
		return err_set(e, ERR_FORMAT, "payloadType: is '%s', must be '%s'", said, type);
	payload = json_object_get(tree, "payload");
	if (!json_is_string(payload) ||
		!digest_from_base64(json_string_value(payload), json_string_length(payload), &v->body))
		return err_set(e, ERR_FORMAT, "payload: missing or not base64");
	if (!strict_array(tree, "signatures", ENVELOPE_SIGNATURES_MAX, &list, e))
		return false;
	size_t i;
	json_t *entry;
	json_array_foreach (list, i, entry) {
		if (!read_signature(v, entry, e))
			return false;
	}
	set_signed_bytes(v, type);
	return true;
}

bool envelope_read(struct envelope *v, const char *type, const char *bytes, size_t len, struct err *e)
{
	json_t *tree = strict_parse(bytes, len, e);
	bool ok = tree && read_tree(v, type, tree, e);
	json_decref(tree);
	return ok;
}

void envelope_finish(struct envelope *v)
{
	buf_finish(&v->body);
	buf_finish(&v->signed_bytes);
	for (int i = 0; i < ENVELOPE_SIGNATURES_MAX; i++)
		buf_finish(&v->signatures[i].bytes);
	*v = (struct envelope){0};
}

void envelope_make(struct envelope *v, const char *type, const char *body, size_t len)
{
	buf_add(&v->body, body, len);
	set_signed_bytes(v, type);
}

bool envelope_sign(struct envelope *v, const struct key *k, struct err *e)
{
	int at = 0;
	while (at < v->signature_count && strcmp(v->signatures[at].key_id, key_id(k)) != 0)
		at++;
	if (at == ENVELOPE_SIGNATURES_MAX)
		return err_set(e, ERR_USAGE, "more than %d signatures", ENVELOPE_SIGNATURES_MAX);
	struct envelope_signature *s = &v->signatures[at];
	buf_clear(&s->bytes);
	if (!key_sign(k, v->signed_bytes.data, v->signed_bytes.len, &s->bytes, e))
		return false;
	memcpy(s->key_id, key_id(k), DIGEST_HEX);
	if (at == v->signature_count)
		v->signature_count++;
	return true;
}

void envelope_write(const struct envelope *v, const char *type, struct buf *out)
{
	buf_printf(out, "{\"payloadType\": \"%s\",\n \"payload\": \"", type);
	digest_to_base64(v->body.data, v->body.len, out);
	buf_text(out, "\",\n \"signatures\": [");
	for (int i = 0; i < v->signature_count; i++) {
		const struct envelope_signature *s = &v->signatures[i];
		buf_printf(out, "%s{\"keyid\": \"%s\", \"sig\": \"", i ? ",\n  " : "", s->key_id);
		digest_to_base64(s->bytes.data, s->bytes.len, out);
		buf_text(out, "\"}");
	}
	buf_text(out, "]}\n");
}

bool envelope_seal(const char *type, const struct buf *body, struct key *const *keys, int key_count,
	struct buf *out, struct err *e)
{
	struct envelope v = {0};
	envelope_make(&v, type, body->data, body->len);
	bool ok = true;
	for (int i = 0; ok && i < key_count; i++)
		ok = envelope_sign(&v, keys[i], e);
	if (ok)
		envelope_write(&v, type, out);
	envelope_finish(&v);
	return ok;
}
