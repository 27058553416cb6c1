/* SPDX-License-Identifier: Apache-2.0 */
#include "feed/key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"

#define KEY_FILE_BYTES_MAX 65536
#define SM2_USER_ID "1234567812345678" /* GM/T 0009: the default user id */

struct key {
	EVP_PKEY *pkey;
	enum key_type type;
	bool has_private;
	char id[DIGEST_HEX];
};

static const char *const type_names[] = {[KEY_ED25519] = "ed25519", [KEY_SM2] = "sm2"};

bool key_type_find(const char *name, enum key_type *out)
{
	for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++) {
		if (strcmp(type_names[i], name) == 0) {
			*out = (enum key_type)i;
			return true;
		}
	}
	return false;
}

const char *key_type_name(enum key_type type)
{
	return type_names[type];
}

/* Takes pkey. NULL when it is of another type. */
static struct key *wrap(EVP_PKEY *pkey, bool has_private)
{
	if (!pkey)
		return NULL;
	bool is_ed = EVP_PKEY_is_a(pkey, "ED25519") == 1;
	if (!is_ed && EVP_PKEY_is_a(pkey, "SM2") != 1) {
		EVP_PKEY_free(pkey);
		return NULL;
	}
	struct key *k = alloc_zero(1, sizeof *k);
	k->pkey = pkey;
	k->type = is_ed ? KEY_ED25519 : KEY_SM2;
	k->has_private = has_private;
	struct buf der = {0};
	key_to_der(k, &der);
	digest_bytes(der.data, der.len, k->id);
	buf_finish(&der);
	return k;
}

struct key *key_generate(enum key_type type)
{
	return wrap(EVP_PKEY_Q_keygen(NULL, NULL, type == KEY_SM2 ? "SM2" : "ED25519"), true);
}

void key_destroy(struct key *k)
{
	if (!k)
		return;
	EVP_PKEY_free(k->pkey);
	free(k);
}

static int give_passphrase(char *out, int room, int writing, void *user)
{
	(void)writing;
	const char *passphrase = user;
	size_t len = passphrase ? strlen(passphrase) : 0;
	if (len == 0 || len > (size_t)room)
		return -1;
	memcpy(out, passphrase, len);
	return (int)len;
}

bool key_read(struct key **out, const char *path, const char *passphrase, struct err *e)
{
	struct buf text = {0};
	if (!file_read(path, KEY_FILE_BYTES_MAX, &text, e)) {
		buf_finish(&text);
		return false;
	}
	void *user = passphrase ? alloc_text(passphrase) : NULL;
	bool is_private = strstr(text.data, "PRIVATE KEY-----") != NULL;
	BIO *bio = BIO_new_mem_buf(text.data, (int)text.len);
	EVP_PKEY *pkey = is_private ? PEM_read_bio_PrivateKey(bio, NULL, give_passphrase, user)
				    : PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
	BIO_free(bio);
	free(user);
	bool locked = strstr(text.data, "ENCRYPTED PRIVATE KEY-----") != NULL;
	OPENSSL_cleanse(text.data, text.len);
	buf_finish(&text);
	*out = wrap(pkey, is_private);
	if (*out)
		return true;
	if (locked && !pkey)
		return err_set(e, ERR_FORMAT, "%s: %s", path,
			passphrase ? "the passphrase does not open it" : "needs a passphrase");
	return err_set(e, ERR_FORMAT, "%s: not an Ed25519 or SM2 key in PEM", path);
}

static bool write_bio(BIO *bio, const char *path, mode_t mode, struct err *e)
{
	char *bytes;
	long len = BIO_get_mem_data(bio, &bytes);
	if (file_exists(path))
		return err_set(e, ERR_DISK, "%s: exists; keys are never replaced", path);
	return file_write_durable(path, bytes, (size_t)len, mode, e);
}

bool key_write_private(const struct key *k, const char *path, const char *passphrase, struct err *e)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	if (!bio)
		abort();
	const EVP_CIPHER *cipher = passphrase ? EVP_aes_256_cbc() : NULL;
	int len = passphrase ? (int)strlen(passphrase) : 0;
	bool ok = PEM_write_bio_PKCS8PrivateKey(bio, k->pkey, cipher, passphrase, len, NULL, NULL) == 1;
	if (!ok)
		err_set(e, ERR_DISK, "%s: OpenSSL cannot write this key", path);
	ok = ok && write_bio(bio, path, 0600, e);
	BIO_free(bio);
	return ok;
}

bool key_write_public(const struct key *k, const char *path, struct err *e)
{
	BIO *bio = BIO_new(BIO_s_mem());
	if (!bio || PEM_write_bio_PUBKEY(bio, k->pkey) != 1)
		abort();
	bool ok = write_bio(bio, path, 0644, e);
	BIO_free(bio);
	return ok;
}

bool key_from_der(struct key **out, enum key_type type, const void *der, size_t len, struct err *e)
{
	const unsigned char *at = der;
	EVP_PKEY *pkey = d2i_PUBKEY(NULL, &at, (long)len);
	bool whole = pkey && at == (const unsigned char *)der + len;
	*out = wrap(pkey, false);
	if (*out && whole && (*out)->type == type)
		return true;
	key_destroy(*out);
	*out = NULL;
	return err_set(e, ERR_FORMAT, "not the SubjectPublicKeyInfo of an %s key", key_type_name(type));
}

void key_to_der(const struct key *k, struct buf *out)
{
	unsigned char *der = NULL;
	int len = i2d_PUBKEY(k->pkey, &der);
	if (len <= 0)
		abort();
	buf_add(out, der, (size_t)len);
	OPENSSL_free(der);
}

enum key_type key_type_of(const struct key *k)
{
	return k->type;
}

const char *key_id(const struct key *k)
{
	return k->id;
}

bool key_is_same(const struct key *a, const struct key *b)
{
	return a->type == b->type && EVP_PKEY_eq(a->pkey, b->pkey) == 1;
}

/* A context ready for one signature or one check; SM2 mixes the user id in. */
static EVP_MD_CTX *begin(const struct key *k, bool signs)
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(k->pkey, NULL);
	if (!md || !ctx)
		abort();
	if (k->type == KEY_SM2 && EVP_PKEY_CTX_set1_id(ctx, SM2_USER_ID, (int)strlen(SM2_USER_ID)) != 1)
		abort();
	EVP_MD_CTX_set_pkey_ctx(md, ctx);
	const EVP_MD *hash = k->type == KEY_SM2 ? EVP_sm3() : NULL;
	int ok = signs ? EVP_DigestSignInit(md, NULL, hash, NULL, k->pkey)
		       : EVP_DigestVerifyInit(md, NULL, hash, NULL, k->pkey);
	if (ok != 1)
		abort();
	return md;
}

static void end(EVP_MD_CTX *md)
{
	EVP_PKEY_CTX *ctx = EVP_MD_CTX_get_pkey_ctx(md);
	EVP_MD_CTX_free(md); /* does not free a context that was set */
	EVP_PKEY_CTX_free(ctx);
}

bool key_sign(const struct key *k, const void *bytes, size_t len, struct buf *signature, struct err *e)
{
	if (!k->has_private)
		return err_set(e, ERR_USAGE, "key %.16s: is a public key and cannot sign", k->id);
	EVP_MD_CTX *md = begin(k, true);
	unsigned char raw[256];
	size_t raw_len = sizeof raw;
	bool ok = EVP_DigestSign(md, raw, &raw_len, bytes, len) == 1;
	end(md);
	if (!ok)
		return err_set(e, ERR_IO, "key %.16s: OpenSSL cannot sign", k->id);
	buf_add(signature, raw, raw_len);
	return true;
}

bool key_verify(
	const struct key *k, const void *bytes, size_t len, const void *signature, size_t signature_len)
{
	EVP_MD_CTX *md = begin(k, false);
	bool ok = EVP_DigestVerify(md, signature, signature_len, bytes, len) == 1;
	end(md);
	return ok;
}
