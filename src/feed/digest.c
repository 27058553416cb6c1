/* SPDX-License-Identifier: Apache-2.0 */
#include "feed/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

struct digest_stream {
	EVP_MD_CTX *ctx;
};

static void *take(size_t bytes, const char *file, int line)
{
	(void)file, (void)line;
	return bytes ? alloc_bytes(bytes) : NULL;
}

static void *take_again(void *old, size_t bytes, const char *file, int line)
{
	(void)file, (void)line;
	if (bytes)
		return alloc_bytes_again(old, bytes);
	free(old);
	return NULL;
}

static void give_back(void *bytes, const char *file, int line)
{
	(void)file, (void)line;
	free(bytes);
}

void digest_prepare(void)
{
	if (CRYPTO_set_mem_functions(take, take_again, give_back) != 1)
		abort();
}

struct digest_stream *digest_begin(void)
{
	struct digest_stream *s = alloc_zero(1, sizeof *s);
	s->ctx = EVP_MD_CTX_new();
	if (!s->ctx || EVP_DigestInit_ex(s->ctx, EVP_sha256(), NULL) != 1)
		abort();
	return s;
}

void digest_add(struct digest_stream *s, const void *bytes, size_t len)
{
	if (EVP_DigestUpdate(s->ctx, bytes, len) != 1)
		abort();
}

void digest_abandon(struct digest_stream *s)
{
	if (!s)
		return;
	EVP_MD_CTX_free(s->ctx);
	free(s);
}

void digest_end(struct digest_stream *s, char hex[static DIGEST_HEX])
{
	unsigned char raw[DIGEST_BYTES];
	if (EVP_DigestFinal_ex(s->ctx, raw, NULL) != 1)
		abort();
	for (size_t i = 0; i < sizeof raw; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", raw[i]);
	digest_abandon(s);
}

void digest_bytes(const void *bytes, size_t len, char hex[static DIGEST_HEX])
{
	struct digest_stream *s = digest_begin();
	digest_add(s, bytes, len);
	digest_end(s, hex);
}

bool digest_file(
	const char *path, uint64_t max_bytes, char hex[static DIGEST_HEX], uint64_t *size, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	struct digest_stream *s = digest_begin();
	*size = 0;
	char piece[65536];
	ssize_t n;
	while ((n = read(fd, piece, sizeof piece)) > 0 && *size <= max_bytes) {
		digest_add(s, piece, (size_t)n);
		*size += (uint64_t)n;
	}
	int cause = errno;
	(void)close(fd);
	digest_end(s, hex);
	if (n < 0)
		return err_set(e, ERR_IO, "%s: %s", path, strerror(cause));
	if (*size > max_bytes)
		return err_set(
			e, ERR_FORMAT, "%s: longer than %llu bytes", path, (unsigned long long)max_bytes);
	return true;
}

bool digest_is_hex(const char *text)
{
	return strlen(text) == DIGEST_HEX - 1 && strspn(text, "0123456789abcdef") == DIGEST_HEX - 1;
}

void digest_to_base64(const void *bytes, size_t len, struct buf *out)
{
	unsigned char *text = alloc_zero(len / 3 * 4 + 8, 1);
	int n = EVP_EncodeBlock(text, bytes, (int)len);
	buf_add(out, text, (size_t)n);
	free(text);
}

bool digest_from_base64(const char *text, size_t len, struct buf *out)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t padding = 0;
	while (padding < 2 && padding < len && text[len - 1 - padding] == '=')
		padding++;
	if (len % 4 || (len && strspn(text, alphabet) < len - padding))
		return false;
	/* Bits that no byte takes must be 0, so that bytes have one spelling only. */
	static const int spare[] = {0, 3, 15};
	if (padding && (strchr(alphabet, text[len - 1 - padding]) - alphabet) & spare[padding])
		return false;
	unsigned char *raw = alloc_zero(len / 4 * 3 + 4, 1);
	int n = EVP_DecodeBlock(raw, (const unsigned char *)text, (int)len);
	bool ok = n >= 0 && (size_t)n >= padding;
	if (ok)
		buf_add(out, raw, (size_t)n - padding);
	free(raw);
	return ok;
}
