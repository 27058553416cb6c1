/* SPDX-License-Identifier: Apache-2.0
 *
 * Many screens report to one hub, evenly: reports make FOLDER SCREENS enters them in an
 * office's database; reports run PORT SCREENS RATE SECONDS sends RATE a second, each over a
 * connection of its own, and prints how long the answers took. A screen's key is made from its
 * number, so that nothing has to be kept. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/civil.h"
#include "base/clock.h"
#include "feed/digest.h"
#include "feed/report.h"

#define THREADS 16
#define DER_BYTES 44
#define ANSWER_S 10
#define PAGES 12

static EVP_PKEY *key_of(long screen)
{
	unsigned char seed[32];
	char name[48];
	int n = snprintf(name, sizeof name, "a screen of the load test: %ld", screen);
	SHA256((const unsigned char *)name, (size_t)n, seed);
	return EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sizeof seed);
}

static void der_of(EVP_PKEY *key, unsigned char der[static DER_BYTES], char id[static DIGEST_HEX])
{
	unsigned char *at = der;
	if (i2d_PUBKEY(key, &at) != DER_BYTES)
		abort();
	digest_bytes(der, DER_BYTES, id);
}

static int make(const char *folder, long screens)
{
	char path[4096];
	sqlite3 *db;
	sqlite3_stmt *s;
	(void)snprintf(path, sizeof path, "%s/office.sqlite", folder);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
		sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(db,
			"INSERT INTO screen(id, name, tags, key, key_id, paired, account)"
			" VALUES(?1, ?2, '[\"hall\"]', ?3, ?4, 1, 1)",
			-1, &s, NULL) != SQLITE_OK) {
		(void)fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(db));
		return 1;
	}
	for (long i = 0; i < screens; i++) {
		unsigned char der[DER_BYTES];
		char id[DIGEST_HEX], name[32];
		EVP_PKEY *key = key_of(i);
		der_of(key, der, id);
		EVP_PKEY_free(key);
		(void)snprintf(name, sizeof name, "屏幕%ld", i);
		if (sqlite3_bind_text(s, 1, id, 16, SQLITE_TRANSIENT) != SQLITE_OK ||
			sqlite3_bind_text(s, 2, name, -1, SQLITE_TRANSIENT) != SQLITE_OK ||
			sqlite3_bind_blob(s, 3, der, DER_BYTES, SQLITE_TRANSIENT) != SQLITE_OK ||
			sqlite3_bind_text(s, 4, id, -1, SQLITE_TRANSIENT) != SQLITE_OK || sqlite3_step(s) != SQLITE_DONE ||
			sqlite3_reset(s) != SQLITE_OK)
			return 1;
	}
	(void)sqlite3_finalize(s);
	return sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK && sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}

/* ---- reporting --------------------------------------------------------------------------- */

struct load {
	int port;
	long screens, rate, count;
	atomic_long next, refused, failed;
	int64_t began_us, *took_us;
};

/* A DSSE envelope made by hand, so that the hub is not measured with its own pen. */
static void seal(EVP_PKEY *key, const char *id, const struct buf *body, struct buf *out)
{
	struct buf pae = {0}, text = {0}, signature = {0};
	unsigned char sig[64];
	size_t len = sizeof sig;
	buf_printf(&pae, "DSSEv1 %zu %s %zu ", strlen(REPORT_TYPE), REPORT_TYPE, body->len);
	buf_add(&pae, body->data, body->len);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	if (EVP_DigestSignInit(c, NULL, NULL, NULL, key) != 1 ||
		EVP_DigestSign(c, sig, &len, (const unsigned char *)pae.data, pae.len) != 1)
		abort();
	EVP_MD_CTX_free(c);
	digest_to_base64(body->data, body->len, &text);
	digest_to_base64(sig, len, &signature);
	buf_printf(out, "{\"payloadType\":\"%s\",\"payload\":\"%s\",\"signatures\":[{\"keyid\":\"%s\",\"sig\":\"%s\"}]}",
		REPORT_TYPE, text.data, id, signature.data);
	buf_finish(&pae);
	buf_finish(&text);
	buf_finish(&signature);
}

/* What a rotation of a dozen pages brings in five minutes. */
static void add_plays(struct report *r, long number)
{
	(void)snprintf(r->run, sizeof r->run, "00000000000010ad");
	(void)snprintf(r->contents[0].sha256, sizeof r->contents[0].sha256, "%064d", 0);
	r->contents[0].version = 1;
	r->content_count = 1;
	r->play_count = PAGES;
	for (int i = 0; i < PAGES; i++) {
		r->plays[i] = (struct report_play){
			.day = r->at_utc_s / 86400, .times = 1 + number, .seconds = 25 * (1 + number)};
		(void)snprintf(r->plays[i].page, sizeof r->plays[i].page, "projects-%d", i + 1);
	}
}

static void write_body(const char *id, long number, struct buf *out)
{
	struct clock clock = clock_system();
	struct report *r = calloc(1, sizeof *r);
	if (!r)
		abort();
	report_clear(r);
	(void)snprintf(r->screen, sizeof r->screen, "%.16s", id);
	r->at_utc_s = clock_utc_ms(&clock) / 1000;
	r->seq = r->at_utc_s * 1000 + number % 1000;
	r->version = 1;
	(void)snprintf(r->software, sizeof r->software, "0.1.0");
	(void)snprintf(r->size, sizeof r->size, "1920x1080");
	(void)snprintf(r->page, sizeof r->page, "projects-1");
	(void)snprintf(r->frame_hash, sizeof r->frame_hash, "0123456789abcdef");
	(void)snprintf(r->display, sizeof r->display, "ok");
	(void)snprintf(r->clock, sizeof r->clock, "set");
	r->temperature_c = 51;
	r->disk_free_mb = 12000;
	r->memory_mb = 60;
	r->restarts = 1;
	r->uptime_s = 86400;
	add_plays(r, number);
	report_write(r, out);
	free(r);
}

static bool converse(int port, const struct buf *body, char *answer, size_t room)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct timeval patience = {.tv_sec = ANSWER_S};
	struct buf out = {0};
	int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
	buf_printf(&out,
		"POST /device/v1/report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
		"Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
		body->len, body->data);
	bool ok = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0 &&
		  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) == 0 &&
		  connect(fd, (const struct sockaddr *)&a, sizeof a) == 0 &&
		  send(fd, out.data, out.len, MSG_NOSIGNAL) == (ssize_t)out.len;
	ssize_t n = ok ? recv(fd, answer, room - 1, 0) : -1;
	answer[n > 0 ? n : 0] = '\0';
	buf_finish(&out);
	if (fd >= 0)
		(void)close(fd);
	return n > 0;
}

/* The next one at its moment, whether the hub is quick or not: a slow answer delays no other. */
static void *report_on(void *user)
{
	struct load *l = user;
	char answer[4096];
	for (long i; (i = atomic_fetch_add(&l->next, 1)) < l->count;) {
		unsigned char der[DER_BYTES];
		char id[DIGEST_HEX];
		struct buf body = {0}, envelope = {0};
		int64_t due_us = l->began_us + i * 1000000 / l->rate, wait_us = due_us - clock_mono_us();
		EVP_PKEY *key = key_of(i % l->screens);
		der_of(key, der, id);
		write_body(id, i / l->screens, &body);
		seal(key, id, &body, &envelope);
		wait_us = due_us - clock_mono_us();
		if (wait_us > 0)
			(void)usleep((useconds_t)wait_us); /* the pace is what is asked for */
		int64_t from_us = clock_mono_us();
		if (!converse(l->port, &envelope, answer, sizeof answer))
			(void)atomic_fetch_add(&l->failed, 1);
		else if (strncmp(answer, "HTTP/1.1 200", 12) != 0)
			(void)atomic_fetch_add(&l->refused, 1);
		l->took_us[i] = clock_mono_us() - (from_us > due_us ? due_us : from_us);
		EVP_PKEY_free(key);
		buf_finish(&body);
		buf_finish(&envelope);
	}
	return NULL;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static int run(int port, long screens, long rate, long seconds)
{
	struct load l = {.port = port, .screens = screens, .rate = rate, .count = rate * seconds};
	pthread_t threads[THREADS];
	l.took_us = calloc((size_t)l.count + 1, sizeof *l.took_us);
	if (!l.took_us)
		return 1;
	l.began_us = clock_mono_us() + 100000;
	for (int i = 0; i < THREADS; i++) {
		if (pthread_create(&threads[i], NULL, report_on, &l) != 0)
			return 1;
	}
	for (int i = 0; i < THREADS; i++)
		(void)pthread_join(threads[i], NULL);
	double took_s = (double)(clock_mono_us() - l.began_us) / 1e6;
	qsort(l.took_us, (size_t)l.count, sizeof *l.took_us, compare);
	(void)printf("reports %ld in %.1f s (%.0f/s), refused %ld, failed %ld, median %.2f ms, p99 %.2f ms, longest %.1f ms\n",
		l.count, took_s, (double)l.count / took_s, atomic_load(&l.refused), atomic_load(&l.failed),
		(double)l.took_us[l.count / 2] / 1e3, (double)l.took_us[l.count * 99 / 100] / 1e3,
		(double)l.took_us[l.count - 1] / 1e3);
	bool is_fine = atomic_load(&l.refused) == 0 && atomic_load(&l.failed) == 0 &&
		       l.took_us[l.count * 99 / 100] < 50000;
	free(l.took_us);
	return is_fine ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "make") == 0)
		return make(argv[2], strtol(argv[3], NULL, 10));
	if (argc == 6 && strcmp(argv[1], "run") == 0)
		return run((int)strtol(argv[2], NULL, 10), strtol(argv[3], NULL, 10), strtol(argv[4], NULL, 10),
			strtol(argv[5], NULL, 10));
	(void)fprintf(stderr, "usage: reports make FOLDER SCREENS | reports run PORT SCREENS RATE SECONDS\n");
	return 2;
}
