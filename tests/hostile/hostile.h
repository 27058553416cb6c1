/* hostile.h - an HTTP server that serves a feed's folder and misbehaves as told.
 *
 * A behaviour is a row of a table: its name, which requests it spoils, and the
 * function that answers them. One file a family, one thread a connection. What is
 * paced or stalled ends when the client goes. On loopback only; for tests. */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define AT_ACCEPT NULL /* before any request is read, and before any handshake */
#define EVERY ""
#define HEAD "head.json"
#define TRUST "trust/"
#define MANIFEST "manifests/"
#define OBJECT "objects/"

enum cert { CERT_NONE, CERT_GOOD, CERT_EXPIRED, CERT_NOT_YET, CERT_SELF, CERT_HOST, CERT_OTHER, CERT_OLD };

/* One request; and before it, one connection. */
struct visit {
	int fd;
	SSL *tls; /* NULL: plain */
	const char *folder; /* the feed's */
	long number; /* of this request, all connections counted */
	char path[256]; /* below the folder: "head.json" */
	char etag[160]; /* If-None-Match, or "" */
	int64_t from; /* Range: bytes=N-; -1: none */
	bool is_gone; /* the client */
	bool is_last; /* a sound answer says that the connection ends with it */
	unsigned char *bytes; /* what should be sent; NULL, and len 0: there is no such file */
	size_t len;
};

struct behaviour {
	const char *name;
	const char *target; /* the beginning of the paths that it spoils, or AT_ACCEPT */
	void (*play)(struct visit *v, const struct behaviour *b);
	long number; /* what these mean is the function's business */
	const char *text;
	enum cert cert; /* for TLS: which certificate is shown */
};

/* The families; each ends with a row without a name. */
extern const struct behaviour status_family[], length_family[], chunk_family[], header_family[];
extern const struct behaviour pace_family[], range_family[], content_family[], tls_family[];

/* Sends; false once the client has gone. */
bool visit_send(struct visit *v, const void *bytes, size_t len);
bool visit_printf(struct visit *v, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool visit_fill(struct visit *v, char byte, int64_t count); /* below 0: until it goes */
bool visit_pause(struct visit *v, int ms); /* false: it went meanwhile */
void visit_stall(struct visit *v); /* until it goes */
void visit_reset(struct visit *v); /* RST instead of FIN */

/* Status line, length and body, as they should be but for what is given. */
bool visit_reply(struct visit *v, const char *status, const char *headers, const void *body, size_t len);
void visit_good(struct visit *v); /* a sound answer, whatever was asked */
bool visit_read(struct visit *v); /* the next request; false: none came */
void visit_load(struct visit *v, const char *path); /* another file's bytes instead */
void visit_unload(struct visit *v);

/* A certificate of that kind for localhost and 127.0.0.1; its authority's is written
 * to ca_path where there is one. Ends the program when OpenSSL cannot. */
SSL_CTX *certs_context(enum cert kind, const char *ca_path);

#endif
