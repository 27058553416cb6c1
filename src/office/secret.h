/* secret.h - what must not be guessed: passwords, tokens, one-time codes.
 *
 * scrypt (RFC 7914) with N = 2^17, r = 8, p = 1: 128 MiB and some 0.3 s each, so at most
 * SECRET_HASHES_MAX run at a time. TOTP (RFC 6238): SHA-1, 6 digits, 30 s. Any thread. */
#ifndef SECRET_H
#define SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "feed/digest.h"

#define SECRET_SALT_BYTES 16
#define SECRET_HASH_BYTES 32
#define SECRET_TOKEN_BYTES 32
#define SECRET_TOKEN_TEXT 65 /* hex, with the NUL */
#define SECRET_TOTP_BYTES 20
#define SECRET_BASE32 33
#define SECRET_HASHES_MAX 2
#define SECRET_LOG2_N 17

void secret_random(void *out, size_t len);

void secret_password(const char *password, const unsigned char salt[static SECRET_SALT_BYTES],
	unsigned char out[static SECRET_HASH_BYTES]);

/* For the tests alone: smaller N. Before any thread. */
void secret_set_cost(int log2_n);

/* 128 bits and more as text that is typed once: no letters that look alike. */
#define SECRET_ONE_TIME 21
void secret_one_time_password(char out[static SECRET_ONE_TIME]);

/* A token, and the hash under which it is kept. */
void secret_token(char out[static SECRET_TOKEN_TEXT]);
void secret_token_hash(const char *token, unsigned char out[static SECRET_HASH_BYTES]);

bool secret_is_same(const void *a, const void *b, size_t len); /* in constant time */

void secret_base32(const unsigned char bytes[static SECRET_TOTP_BYTES], char out[static SECRET_BASE32]);

/* The step (30 s since the epoch) whose code this is: now's, the one before or after; only
 * one later than last_step counts. 0: none. */
int64_t secret_totp_step(const unsigned char key[static SECRET_TOTP_BYTES], const char *code, int64_t now_utc_s,
	int64_t last_step);
void secret_totp_code(const unsigned char key[static SECRET_TOTP_BYTES], int64_t step, char out[static 7]);

/* NULL when it will do; else why not, in Chinese. name: of its account. */
const char *secret_password_fault(const char *password, const char *name);

#endif
