/* digest.h - SHA-256 (FIPS 180-4) and the two spellings of bytes in a feed.
 *
 * Hex is lower case; base64 is RFC 4648 section 4, padded, nothing else in it. */
#ifndef DIGEST_H
#define DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define DIGEST_BYTES 32
#define DIGEST_HEX (2 * DIGEST_BYTES + 1) /* with the NUL */

/* First in a program: OpenSSL, too, stops without memory. It would say that a signature
 * does not hold. */
void digest_prepare(void);

struct digest_stream;

struct digest_stream *digest_begin(void);
void digest_add(struct digest_stream *s, const void *bytes, size_t len);
void digest_end(struct digest_stream *s, char hex[static DIGEST_HEX]); /* frees s */
void digest_abandon(struct digest_stream *s); /* NULL is fine */

void digest_bytes(const void *bytes, size_t len, char hex[static DIGEST_HEX]);

/* Hashes a file and counts its bytes; longer than max_bytes: ERR_FORMAT. ERR_IO. */
bool digest_file(
	const char *path, uint64_t max_bytes, char hex[static DIGEST_HEX], uint64_t *size, struct err *e);

bool digest_is_hex(const char *text);

void digest_to_base64(const void *bytes, size_t len, struct buf *out);
bool digest_from_base64(const char *text, size_t len, struct buf *out);

#endif
