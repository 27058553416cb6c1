/* SPDX-License-Identifier: Apache-2.0 */
#include "workshop.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "feed/envelope.h"
#include "feed/key.h"

#define LETTERS "abcdefghijklmnopqrstABCDEFYZ"
#define KEYS (sizeof LETTERS - 1)

static struct item {
	struct key *signs; /* NULL: it only stands in documents */
	struct buf der;
	char id[DIGEST_HEX];
} items[KEYS];

static struct item *find(char letter)
{
	const char *at = letter ? strchr(LETTERS, letter) : NULL;
	if (!at) {
		(void)fprintf(stderr, "workshop: no key '%c'\n", letter);
		abort();
	}
	return &items[at - LETTERS];
}

const char *workshop_id(char letter)
{
	return find(letter)->id;
}

static void take_pkey(struct item *item, EVP_PKEY *p)
{
	unsigned char *bytes = NULL;
	int len = p ? i2d_PUBKEY(p, &bytes) : 0;
	if (len <= 0)
		abort();
	buf_add(&item->der, bytes, (size_t)len);
	OPENSSL_free(bytes);
	EVP_PKEY_free(p);
}

/* The same public key in another spelling: points may be written compressed. */
static EVP_PKEY *compressed(const struct item *plain)
{
	const unsigned char *at = (const unsigned char *)plain->der.data;
	EVP_PKEY *p = d2i_PUBKEY(NULL, &at, (long)plain->der.len);
	if (!p || EVP_PKEY_set_utf8_string_param(
			  p, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "compressed") != 1)
		abort();
	return p;
}

void workshop_open(void)
{
	for (size_t i = 0; i < KEYS; i++) {
		struct item *item = &items[i];
		if (LETTERS[i] == 'Y') {
			take_pkey(item, EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256"));
		} else if (LETTERS[i] == 'Z') {
			take_pkey(item, compressed(find('A')));
		} else {
			item->signs = key_generate(LETTERS[i] < 'a' ? KEY_SM2 : KEY_ED25519);
			if (!item->signs)
				abort();
			key_to_der(item->signs, &item->der);
		}
		digest_bytes(item->der.data, item->der.len, item->id);
	}
}

void workshop_close(void)
{
	for (size_t i = 0; i < KEYS; i++) {
		key_destroy(items[i].signs);
		buf_finish(&items[i].der);
	}
}

static void write_keys(const struct workshop_trust *t, struct buf *out)
{
	bool is_written[KEYS] = {false};
	const char *between = "";
	for (int role = 0; role < TRUST_ROLES; role++) {
		for (const char *letter = t->roles[role]; *letter; letter++) {
			struct item *item = find(*letter);
			if (is_written[item - items])
				continue;
			is_written[item - items] = true;
			buf_printf(out, "%s\"%s\": {\"type\": \"%s\", \"public\": \"", between, item->id,
				*letter < 'a' ? "sm2" : "ed25519");
			digest_to_base64(item->der.data, item->der.len, out);
			buf_text(out, "\"}");
			between = ",\n  ";
		}
	}
}

void workshop_trust_body(const struct workshop_trust *t, struct buf *out)
{
	char expires[32];
	civil_format_rfc3339(t->expires_utc_s, expires);
	buf_printf(out,
		"{\"feed\": \"%s\", \"version\": %lld, \"expires\": \"%s\", \"policy\": \"%s\", \"keys\": {",
		t->feed, (long long)t->version, expires, t->policy);
	write_keys(t, out);
	buf_text(out, "},\n \"roles\": {");
	for (int role = 0; role < TRUST_ROLES; role++) {
		buf_printf(out, "%s\"%s\": {\"keyids\": [", role ? ", " : "",
			trust_role_name((enum trust_role)role));
		for (const char *letter = t->roles[role]; *letter; letter++)
			buf_printf(
				out, "%s\"%s\"", letter > t->roles[role] ? ", " : "", workshop_id(*letter));
		buf_printf(out, "], \"threshold\": %lld}", (long long)t->thresholds[role]);
	}
	buf_text(out, "}}\n");
}

/* One word of the signers: [~]letter[@letter][^]. Returns what comes after it. */
static const char *write_signature(const char *word, const struct buf *body, const struct envelope *v,
	const char *between, struct buf *out)
{
	struct err e = {0};
	struct buf raw = {0};
	bool is_spoiled = *word == '~';
	word += is_spoiled;
	const struct item *signer = find(*word++);
	const char *id = signer->id;
	if (*word == '@') {
		id = word[1] == '?' ? "unknown" : workshop_id(word[1]);
		word += 2;
	}
	bool is_bare = *word == '^';
	const struct buf *what = is_bare ? body : &v->signed_bytes;
	if (!signer->signs || !key_sign(signer->signs, what->data, what->len, &raw, &e))
		abort();
	if (is_spoiled)
		raw.data[raw.len - 1] ^= 1;
	buf_printf(out, "%s{\"keyid\": \"%s\", \"sig\": \"", between, id);
	digest_to_base64(raw.data, raw.len, out);
	buf_text(out, "\"}");
	buf_finish(&raw);
	return word + is_bare;
}

void workshop_sign(
	const char *says, const char *type, const struct buf *body, const char *signers, struct buf *out)
{
	struct envelope v = {0};
	envelope_make(&v, type, body->data, body->len);
	buf_printf(out, "{\"payloadType\": \"%s\",\n \"payload\": \"", says);
	digest_to_base64(body->data, body->len, out);
	buf_text(out, "\",\n \"signatures\": [");
	const char *between = "";
	while (*signers) {
		signers = write_signature(signers, body, &v, between, out);
		between = ",\n  ";
	}
	buf_text(out, "]}\n");
	envelope_finish(&v);
}

void workshop_edit(struct buf *text, const char *from, const char *to)
{
	const char *at = text->data ? strstr(text->data, from) : NULL;
	if (!at) {
		(void)fprintf(stderr, "workshop: '%s' is not in: %s\n", from, text->data ? text->data : "");
		abort();
	}
	struct buf out = {0};
	buf_add(&out, text->data, (size_t)(at - text->data));
	buf_text(&out, to);
	buf_text(&out, at + strlen(from));
	buf_finish(text);
	*text = out;
}
