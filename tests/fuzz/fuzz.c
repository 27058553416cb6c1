/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/mman.h>
#include <unistd.h>

#define FOREVER_UTC_S 4000000000

const char *fuzz_file(const void *bytes, size_t len)
{
	static char path[64];
	static int fd = -1;
	if (fd < 0) {
		fd = memfd_create("fuzz", MFD_CLOEXEC);
		(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	}
	if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, bytes, len, 0) != (ssize_t)len)
		abort();
	return path;
}

struct key *fuzz_key(void)
{
	static struct key *key;
	static const unsigned char seed[32] = "every run signs with one key";
	struct err e = {0};
	char *pem;
	if (key)
		return key;
	EVP_PKEY *raw = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sizeof seed);
	BIO *text = BIO_new(BIO_s_mem());
	if (!raw || !text || PEM_write_bio_PrivateKey(text, raw, NULL, NULL, 0, NULL, NULL) != 1)
		abort();
	long len = BIO_get_mem_data(text, &pem);
	FUZZ_MUST(key_read(&key, fuzz_file(pem, (size_t)len), NULL, &e));
	BIO_free(text);
	EVP_PKEY_free(raw);
	return key;
}

void fuzz_seal(const char *type, const void *body, size_t len, struct buf *out)
{
	struct envelope v = {0};
	struct err e = {0};
	envelope_make(&v, type, body, len);
	FUZZ_MUST(envelope_sign(&v, fuzz_key(), &e));
	envelope_write(&v, type, out);
	envelope_finish(&v);
}

const struct trust *fuzz_trust(void)
{
	static struct trust *trust;
	struct trust wanted = {.feed = "hall",
		.version = 1,
		.expires_utc_s = FOREVER_UTC_S,
		.keys = {fuzz_key()},
		.key_count = 1};
	struct buf body = {0}, bytes = {0};
	struct err e = {0};
	if (trust)
		return trust;
	for (int role = 0; role < TRUST_ROLES; role++) {
		wanted.roles[role].has[0] = true;
		wanted.roles[role].threshold = 1;
	}
	trust_write_body(&wanted, &body);
	fuzz_seal(ENVELOPE_TRUST, body.data, body.len, &bytes);
	FUZZ_MUST(trust_read_first(&trust, bytes.data, bytes.len, &e));
	buf_finish(&body);
	buf_finish(&bytes);
	return trust;
}
