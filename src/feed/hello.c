/* SPDX-License-Identifier: Apache-2.0 */
#include "feed/hello.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/civil.h"
#include "base/strict.h"
#include "feed/envelope.h"

#define KEY_TEXT_MAX 128
#define CODE_DIGITS (HELLO_CODE_TEXT - 1)
#define CODES UINT32_C(1000000)

void hello_draw_code(char out[static HELLO_CODE_TEXT])
{
	uint32_t r;
	do { /* what is beyond the last whole round would make some codes likelier */
		if (getrandom(&r, sizeof r, 0) != (ssize_t)sizeof r)
			abort();
	} while (r >= UINT32_MAX - UINT32_MAX % CODES);
	(void)snprintf(out, HELLO_CODE_TEXT, "%06u", r % CODES);
}

bool hello_is_code(const char *text)
{
	return strlen(text) == CODE_DIGITS && strspn(text, "0123456789") == CODE_DIGITS;
}

void hello_fingerprint(const char *key_id, char out[static HELLO_FINGERPRINT_TEXT])
{
	(void)snprintf(
		out, HELLO_FINGERPRINT_TEXT, "%.4s %.4s %.4s %.4s", key_id, key_id + 4, key_id + 8, key_id + 12);
	for (char *at = out; *at; at++)
		*at = (char)toupper((unsigned char)*at);
}

static bool is_line(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	}
	return true;
}

static bool read_body(struct hello *h, const json_t *tree, struct err *e)
{
	const char *code, *software, *size;
	if (!strict_text(tree, "code", CODE_DIGITS, &code, e) ||
		!strict_text(tree, "software", sizeof h->software - 1, &software, e) ||
		!strict_text(tree, "size", sizeof h->size - 1, &size, e) ||
		!strict_int(tree, "seq", 1, STRICT_INT_MAX, &h->seq, e) ||
		!strict_time(tree, "at", &h->at_utc_s, e))
		return false;
	if (!hello_is_code(code) || !is_line(software) || (*size && !report_is_name(size)))
		return err_set(e, ERR_FORMAT, "code, software, size: not what may stand there");
	memcpy(h->code, code, HELLO_CODE_TEXT);
	memcpy(h->software, software, strlen(software) + 1);
	memcpy(h->size, size, strlen(size) + 1);
	return true;
}

static bool read_key(struct key **key, const json_t *tree, struct err *e)
{
	const char *text;
	struct buf der = {0};
	bool ok = strict_text(tree, "key", KEY_TEXT_MAX, &text, e) &&
		  (digest_from_base64(text, strlen(text), &der) || err_set(e, ERR_FORMAT, "key: not base64")) &&
		  key_from_der(key, KEY_ED25519, der.data, der.len, e);
	buf_finish(&der);
	return ok;
}

bool hello_open(struct hello *h, struct key **key, const char *bytes, size_t len, struct err *e)
{
	struct envelope v = {0};
	*key = NULL;
	*h = (struct hello){0};
	bool ok = envelope_read(&v, HELLO_TYPE, bytes, len, e);
	json_t *tree = ok ? strict_parse(v.body.data, v.body.len, e) : NULL;
	ok = tree && read_key(key, tree, e);
	if (ok && (v.signature_count != 1 || !key_verify(*key, v.signed_bytes.data, v.signed_bytes.len,
						     v.signatures[0].bytes.data, v.signatures[0].bytes.len)))
		ok = err_set(e, ERR_UNTRUSTED, "not signed by the key that it brings");
	ok = ok && read_body(h, tree, e);
	if (!ok) {
		key_destroy(*key);
		*key = NULL;
	}
	json_decref(tree);
	envelope_finish(&v);
	return ok;
}

static void add_json(json_t *tree, struct buf *out)
{
	char *text = json_dumps(tree, JSON_COMPACT);
	buf_text(out, text);
	free(text);
	json_decref(tree);
}

bool hello_seal(const struct hello *h, const struct key *k, struct buf *out, struct err *e)
{
	struct buf der = {0}, key = {0}, body = {0};
	char at[32];
	key_to_der(k, &der);
	digest_to_base64(der.data, der.len, &key);
	civil_format_rfc3339(h->at_utc_s, at);
	add_json(json_pack("{s:s, s:s, s:I, s:s, s:s, s:s}", "key", key.data, "code", h->code, "seq",
			 (json_int_t)h->seq, "at", at, "software", h->software, "size", h->size),
		&body);
	struct key *const keys[] = {(struct key *)(uintptr_t)k};
	bool ok = envelope_seal(HELLO_TYPE, &body, keys, 1, out, e);
	buf_finish(&der);
	buf_finish(&key);
	buf_finish(&body);
	return ok;
}

static bool read_hex(const json_t *tree, const char *name, char *out, size_t room, struct err *e)
{
	const char *text;
	if (!strict_text(tree, name, room - 1, &text, e))
		return false;
	memcpy(out, text, strlen(text) + 1);
	return report_is_hex(text, room - 1) || err_set(e, ERR_FORMAT, "%s: not hex", name);
}

bool hello_read_label(struct hello_label *l, const char *body, size_t len, struct err *e)
{
	json_t *tree = strict_parse(body, len, e);
	bool ok = tree && read_hex(tree, "screen", l->screen, sizeof l->screen, e) &&
		  read_hex(tree, "request", l->request, sizeof l->request, e) &&
		  read_hex(tree, "sha256", l->sha256, sizeof l->sha256, e) &&
		  strict_int(tree, "seq", 1, STRICT_INT_MAX, &l->seq, e) &&
		  strict_int(tree, "size", 1, HELLO_PICTURE_BYTES_MAX, &l->size, e) &&
		  strict_time(tree, "captured", &l->captured_utc_s, e);
	json_decref(tree);
	return ok;
}

void hello_write_label(const struct hello_label *l, struct buf *out)
{
	char at[32];
	civil_format_rfc3339(l->captured_utc_s, at);
	add_json(json_pack("{s:s, s:s, s:s, s:I, s:I, s:s}", "screen", l->screen, "request", l->request, "sha256",
			 l->sha256, "seq", (json_int_t)l->seq, "size", (json_int_t)l->size, "captured", at),
		out);
}
