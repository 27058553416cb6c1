/* SPDX-License-Identifier: Apache-2.0 */
#include "office/secret.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

#define SCRYPT_R 8
#define TOTP_STEP_S 30
#define PASSWORD_CHARS_MIN 10
#define PASSWORD_BYTES_MAX 384

static int log2_n = SECRET_LOG2_N;
static sem_t hashes;
static pthread_once_t hashes_once = PTHREAD_ONCE_INIT;

static void make_hashes(void)
{
	(void)sem_init(&hashes, 0, SECRET_HASHES_MAX);
}

void secret_set_cost(int log2)
{
	log2_n = log2;
}

void secret_random(void *out, size_t len)
{
	if (RAND_bytes(out, (int)len) != 1)
		abort(); /* a guessable secret is worse than none */
}

void secret_password(const char *password, const unsigned char salt[static SECRET_SALT_BYTES],
	unsigned char out[static SECRET_HASH_BYTES])
{
	uint64_t n = UINT64_C(1) << log2_n;
	(void)pthread_once(&hashes_once, make_hashes);
	while (sem_wait(&hashes) != 0)
		continue;
	int ok = EVP_PBE_scrypt(password, strlen(password), salt, SECRET_SALT_BYTES, n, SCRYPT_R, 1,
		n * SCRYPT_R * 128 + (1 << 20), out, SECRET_HASH_BYTES);
	(void)sem_post(&hashes);
	if (ok != 1)
		abort();
}

void secret_one_time_password(char out[static SECRET_ONE_TIME])
{
	static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyzA"; /* 32: 5 bits each */
	unsigned char bytes[SECRET_ONE_TIME - 1];
	secret_random(bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		out[i] = letters[bytes[i] & 31];
	out[sizeof bytes] = '\0';
}

void secret_token(char out[static SECRET_TOKEN_TEXT])
{
	unsigned char bytes[SECRET_TOKEN_BYTES];
	secret_random(bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

void secret_token_hash(const char *token, unsigned char out[static SECRET_HASH_BYTES])
{
	unsigned len = SECRET_HASH_BYTES;
	if (EVP_Digest(token, strlen(token), out, &len, EVP_sha256(), NULL) != 1)
		abort();
}

bool secret_is_same(const void *a, const void *b, size_t len)
{
	return CRYPTO_memcmp(a, b, len) == 0;
}

void secret_base32(const unsigned char bytes[static SECRET_TOTP_BYTES], char out[static SECRET_BASE32])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	for (size_t i = 0; i < SECRET_TOTP_BYTES / 5; i++) {
		uint64_t group = 0;
		for (size_t k = 0; k < 5; k++)
			group = group << 8 | bytes[5 * i + k];
		for (size_t k = 0; k < 8; k++)
			out[8 * i + k] = letters[group >> (35 - 5 * k) & 31];
	}
	out[SECRET_BASE32 - 1] = '\0';
}

void secret_totp_code(const unsigned char key[static SECRET_TOTP_BYTES], int64_t step, char out[static 7])
{
	unsigned char message[8], mac[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	for (int i = 0; i < 8; i++)
		message[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	if (!HMAC(EVP_sha1(), key, SECRET_TOTP_BYTES, message, sizeof message, mac, &len))
		abort();
	unsigned at = mac[len - 1] & 15u;
	unsigned number = (mac[at] & 127u) << 24 | (unsigned)mac[at + 1] << 16 | (unsigned)mac[at + 2] << 8 |
			  mac[at + 3];
	(void)snprintf(out, 7, "%06u", number % 1000000);
}

int64_t secret_totp_step(const unsigned char key[static SECRET_TOTP_BYTES], const char *code, int64_t now_utc_s,
	int64_t last_step)
{
	char expected[7];
	int64_t now = now_utc_s / TOTP_STEP_S, found = 0;
	if (!code || strlen(code) != 6)
		return 0;
	for (int64_t step = now - 1; step <= now + 1; step++) {
		secret_totp_code(key, step, expected);
		if (step > last_step && secret_is_same(expected, code, 6))
			found = step;
	}
	return found;
}

/* What is tried first, beside the name of the account and of the place. */
static const char *const guessed[] = {"password", "12345678", "qwerty", "iloveyou", "admin", "letmein", "welcome",
	"fangzi", "fangci", "weifang", "shandong", "kiosk", "abc123", "111111", "000000", "88888888", "66666666",
	"坊子", "坊茨", "潍坊", "1q2w3e", "asdfgh", "zxcvbn", "a1b2c3"};

static bool is_like(const char *password, const char *word)
{
	size_t len = strlen(word);
	for (const char *at = password; len && *at; at++) {
		/* mostly that word: a few characters around it do not make it better */
		if (strncasecmp(at, word, len) == 0 && strlen(password) < len + 6)
			return true;
	}
	return false;
}

static bool is_monotonous(const char *password)
{
	bool seen[256] = {false};
	int kinds = 0;
	for (const unsigned char *at = (const unsigned char *)password; *at; at++) {
		kinds += !seen[*at];
		seen[*at] = true;
	}
	return kinds < 5;
}

const char *secret_password_fault(const char *password, const char *name)
{
	const char *at = password;
	uint32_t point;
	size_t chars = 0;
	while ((point = utf8_next(&at)) != 0 && point != UTF8_BAD)
		chars++;
	if (point == UTF8_BAD || chars < PASSWORD_CHARS_MIN)
		return "密码至少要有10个字符";
	if (strlen(password) > PASSWORD_BYTES_MAX)
		return "密码过长";
	if (is_monotonous(password))
		return "密码中不同的字符太少";
	if (is_like(password, name))
		return "密码与用户名过于相近";
	for (size_t i = 0; i < sizeof guessed / sizeof guessed[0]; i++) {
		if (is_like(password, guessed[i]))
			return "密码太容易被猜到";
	}
	return NULL;
}
