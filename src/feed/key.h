/* key.h - publishers', head and root keys: Ed25519 (RFC 8032) and SM2 with SM3
 * (GB/T 32918, user id 1234567812345678), through OpenSSL.
 *
 * A key's id is the lower-case hex SHA-256 of its DER SubjectPublicKeyInfo.
 * Private keys are PKCS#8 PEM files of mode 0600. */
#ifndef KEY_H
#define KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/digest.h"

enum key_type { KEY_ED25519, KEY_SM2 };

struct key;

/* "ed25519", "sm2"; false for another word. */
bool key_type_find(const char *name, enum key_type *out);
const char *key_type_name(enum key_type type);

struct key *key_generate(enum key_type type); /* NULL: OpenSSL cannot */
void key_destroy(struct key *k); /* NULL is fine */

/* A private or a public key from a PEM file. passphrase may be NULL; a key that
 * needs one is then an error. ERR_IO, ERR_FORMAT. */
bool key_read(struct key **out, const char *path, const char *passphrase, struct err *e);

/* PKCS#8, encrypted (AES-256-CBC, PBKDF2) if there is a passphrase. Refuses to
 * replace a file. ERR_DISK. */
bool key_write_private(const struct key *k, const char *path, const char *passphrase, struct err *e);
bool key_write_public(const struct key *k, const char *path, struct err *e);

/* From DER SubjectPublicKeyInfo; it must be of the type said. ERR_FORMAT. */
bool key_from_der(struct key **out, enum key_type type, const void *der, size_t len, struct err *e);
void key_to_der(const struct key *k, struct buf *out);

enum key_type key_type_of(const struct key *k);
const char *key_id(const struct key *k); /* borrowed */

/* The same public key, even where DER spells it in two ways and ids differ. */
bool key_is_same(const struct key *a, const struct key *b);

/* Appends the signature. ERR_USAGE when the key is a public one. */
bool key_sign(const struct key *k, const void *bytes, size_t len, struct buf *signature, struct err *e);
bool key_verify(
	const struct key *k, const void *bytes, size_t len, const void *signature, size_t signature_len);

#endif
