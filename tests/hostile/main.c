/* SPDX-License-Identifier: Apache-2.0
 *
 * hostile --feed DIR --behaviour NAME [--target PREFIX] [--tls] [--ca FILE]
 * hostile --feed DIR --mix SEED [--tls] [--ca FILE]: another behaviour for every request
 * hostile --feed DIR --follow [--tls] [--ca FILE]: the behaviour whose name came last on standard input
 * hostile --list: the names, one a line, with what each spoils
 *
 * Prints "port N", then "MILLISECONDS PATH BEHAVIOUR" for each request. SIGUSR1: behaves
 * from now on. SIGUSR2: misbehaves again. */
#include <arpa/inet.h>
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "hostile.h"

#define BACKLOG 64
#define SEND_S 60
#define MIX_SHARE 60 /* of a hundred requests, so many are spoilt */

static const struct behaviour *const families[] = {status_family, length_family, chunk_family, header_family,
	pace_family, range_family, content_family, tls_family};

static struct {
	const char *feed, *target, *ca;
	const struct behaviour *_Atomic behaviour; /* NULL: a mix */
	bool is_mixed, has_tls, follows;
	SSL_CTX *certs[CERT_OLD + 1];
	atomic_uint_fast64_t seed;
	atomic_long requests;
} server;
static volatile sig_atomic_t behaves;

static void on_signal(int number)
{
	behaves = number == SIGUSR1;
}

static const struct behaviour *find(const char *name)
{
	for (size_t f = 0; f < sizeof families / sizeof families[0]; f++) {
		for (const struct behaviour *b = families[f]; b->name; b++) {
			if (strcmp(b->name, name) == 0)
				return b;
		}
	}
	return NULL;
}

static int list(void)
{
	for (size_t f = 0; f < sizeof families / sizeof families[0]; f++) {
		for (const struct behaviour *b = families[f]; b->name; b++)
			(void)printf("%s|%s\n", b->name, b->target ? b->target : "accept");
	}
	return 0;
}

/* splitmix64: the same seed, the same mix, as long as requests come one after another. */
static uint64_t draw(void)
{
	uint64_t z = atomic_fetch_add(&server.seed, UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

/* Of all that can be done to a request that was read. */
static const struct behaviour *draw_behaviour(void)
{
	if (draw() % 100 >= MIX_SHARE)
		return NULL;
	for (;;) {
		const struct behaviour *family = families[draw() % (sizeof families / sizeof families[0])];
		size_t count = 0;
		while (family[count].name)
			count++;
		const struct behaviour *b = &family[draw() % count];
		if (b->play && b->target != AT_ACCEPT && b->cert == CERT_NONE)
			return b;
	}
}

static void tell(const struct visit *v, const char *how)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	(void)printf("%lld %s %s\n", (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000, v->path, how);
}

/* False: the connection is spent. */
static bool answer(struct visit *v)
{
	const struct behaviour *b = server.is_mixed ? draw_behaviour() : server.behaviour;
	const char *target = server.target ? server.target : b ? b->target : NULL;
	bool spoils = b && b->play && !behaves &&
		      (server.is_mixed || (target && strncmp(v->path, target, strlen(target)) == 0));
	v->number = atomic_fetch_add(&server.requests, 1) + 1;
	tell(v, spoils ? b->name : "-");
	if (!spoils) {
		visit_good(v);
		return !v->is_gone && !v->is_last;
	}
	b->play(v, b);
	return false;
}

static bool shake_hands(struct visit *v)
{
	const struct behaviour *b = server.behaviour;
	if (!server.has_tls)
		return true;
	v->tls = SSL_new(server.certs[b && b->cert > CERT_GOOD && !behaves ? b->cert : CERT_GOOD]);
	return v->tls && SSL_set_fd(v->tls, v->fd) == 1 && SSL_accept(v->tls) == 1;
}

static void *serve(void *user)
{
	struct visit v = {.fd = (int)(intptr_t)user, .folder = server.feed};
	v.is_last = server.follows; /* what comes next may begin before the handshake */
	const struct behaviour *b = server.behaviour;
	if (b && b->target == AT_ACCEPT && !behaves) {
		tell(&v, b->name);
		b->play(&v, b);
	} else if (shake_hands(&v)) {
		while (visit_read(&v) && answer(&v))
			continue;
	}
	visit_unload(&v);
	if (v.tls && !v.is_gone)
		(void)SSL_shutdown(v.tls);
	SSL_free(v.tls);
	if (!v.is_gone) { /* what the client still says must not turn our end into a reset */
		char rest[4096];
		(void)shutdown(v.fd, SHUT_WR);
		while (recv(v.fd, rest, sizeof rest, 0) > 0)
			continue;
	}
	(void)close(v.fd);
	return NULL;
}

static int listen_on_loopback(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, len) != 0 || listen(fd, BACKLOG) != 0 ||
		getsockname(fd, (struct sockaddr *)&a, &len) != 0) {
		perror("hostile");
		exit(1);
	}
	(void)printf("port %d\n", ntohs(a.sin_port));
	return fd;
}

static _Noreturn void run(void)
{
	const struct timeval patience = {.tv_sec = SEND_S};
	pthread_attr_t detached;
	(void)pthread_attr_init(&detached);
	(void)pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	int fd = listen_on_loopback();
	for (;;) {
		pthread_t thread;
		int client = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
		if (client < 0)
			continue;
		(void)setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
		(void)setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
		if (pthread_create(&thread, &detached, serve, (void *)(intptr_t)client) != 0)
			(void)close(client);
	}
}

/* Its certificate is there before it is. */
static void behave_as(const struct behaviour *b)
{
	enum cert cert = b && b->cert > CERT_GOOD ? b->cert : CERT_GOOD;
	if (server.has_tls && !server.certs[cert])
		server.certs[cert] = certs_context(cert, server.ca);
	server.behaviour = b;
}

/* Ends the program with its input: whoever led it is gone. */
static void *follow(void *unused)
{
	char name[256];
	(void)unused;
	while (fgets(name, sizeof name, stdin)) {
		name[strcspn(name, "\n")] = '\0';
		const struct behaviour *b = find(name);
		if (b)
			behave_as(b);
		(void)printf("%s %s\n", b ? "now" : "unknown", name);
	}
	exit(0);
}

static bool read_options(int argc, char **argv)
{
	static const struct option options[] = {{"feed", 1, NULL, 'f'}, {"behaviour", 1, NULL, 'b'},
		{"target", 1, NULL, 't'}, {"mix", 1, NULL, 'm'}, {"tls", 0, NULL, 's'}, {"ca", 1, NULL, 'c'},
		{"follow", 0, NULL, 'w'}, {"list", 0, NULL, 'l'}, {0}};
	for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		switch (c) {
		case 'f':
			server.feed = optarg;
			break;
		case 'b':
			server.behaviour = find(optarg);
			if (!server.behaviour)
				return false;
			server.has_tls = server.has_tls || server.behaviour->cert != CERT_NONE;
			break;
		case 't':
			server.target = optarg;
			break;
		case 'm':
			server.is_mixed = true;
			server.seed = strtoull(optarg, NULL, 10);
			break;
		case 's':
			server.has_tls = true;
			break;
		case 'w':
			server.follows = true;
			server.behaviour = find("good");
			break;
		case 'c':
			server.ca = optarg;
			break;
		case 'l':
			exit(list());
		default:
			return false;
		}
	}
	return server.feed && (server.behaviour || server.is_mixed) && optind == argc;
}

int main(int argc, char **argv)
{
	const struct sigaction a = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	if (!read_options(argc, argv)) {
		(void)fprintf(stderr, "usage: hostile --feed DIR --behaviour NAME | --mix SEED | --follow | --list\n");
		return 2;
	}
	const struct behaviour *asked = server.behaviour;
	(void)signal(SIGPIPE, SIG_IGN);
	if (sigaction(SIGUSR1, &a, NULL) != 0 || sigaction(SIGUSR2, &a, NULL) != 0 ||
		setvbuf(stdout, NULL, _IOLBF, 0) != 0)
		return 1;
	behave_as(find("good"));
	behave_as(asked);
	pthread_t leader;
	if (server.follows && pthread_create(&leader, NULL, follow, NULL) != 0)
		return 1;
	run();
}
