/* http.h - requests in, answers out, through libmicrohttpd.
 *
 * A server is a table of sites, each below its own prefix. A site answers in one of three
 * ways: raw (the feed, which speaks with libmicrohttpd itself), at once (in a thread that
 * serves others too: it must not wait for anything), or slowly (by a worker, while the
 * connection sleeps). Bounded: connections, headers, bodies, bodies of all together,
 * silence. Its own threads; start and stop from one. */
#ifndef HTTP_H
#define HTTP_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define HTTP_CONNECTIONS_MAX 4096
#define HTTP_HEADER_BYTES_MAX 8192 /* of memory for a connection's headers; who waits keeps it */
#define HTTP_SILENCE_S 30
#define HTTP_BODIES_BYTES_MAX (256 << 20) /* of all requests together */
#define HTTP_HEADERS_MAX 16
#define HTTP_ADDRESS_MAX 48

/* Borrowed by a site while it answers. */
struct http_request {
	const char *method, *path; /* path as it was sent: nothing of it is unescaped */
	struct buf body;
	char address[HTTP_ADDRESS_MAX]; /* of the client, as far as one may believe it */
	struct MHD_Connection *connection;
};

/* NULL when there is none. A query's value as it was sent. */
const char *http_header(const struct http_request *r, const char *name);
const char *http_query(const struct http_request *r, const char *name);

/* All zero: 200 without a body. http.c frees what is in it. */
struct http_answer {
	unsigned status; /* 0: 200 */
	struct buf body;
	int fd; /* a file instead, when has_fd */
	uint64_t fd_size;
	bool has_fd;
	struct {
		const char *name; /* static */
		char *value; /* owned */
	} headers[HTTP_HEADERS_MAX];
	int header_count;
};

void http_answer_header(struct http_answer *a, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void http_answer_finish(struct http_answer *a);

struct http_site {
	const char *prefix; /* "/api/v1/"; the first that fits answers */
	void *user;
	/* Either this: called again when a suspended connection goes on; *kept is its own, zero at first. */
	enum MHD_Result (*raw)(void *user, struct MHD_Connection *c, const char *rest, uint64_t *kept);
	/* or this: */
	void (*answer)(void *user, const struct http_request *r, struct http_answer *a);
	bool is_slow; /* by a worker */
	/* How many bytes of a body this request may have, by its headers alone; 0: none. NULL: none. */
	size_t (*body_max)(void *user, const struct http_request *r);
};

struct http_setup {
	const char *listen; /* "127.0.0.1:8080", "[::1]:8080"; port 0: any free one; NULL: socket_fd */
	int socket_fd; /* already listening (systemd's socket activation) */
	bool is_behind_proxy; /* the last address of X-Forwarded-For is the client's */
	const struct http_site *sites;
	int site_count;
	int workers;
};

struct http;

/* ERR_USAGE, ERR_IO. The sites are borrowed until stop. */
bool http_start(struct http **out, const struct http_setup *setup, struct err *e);
int http_port(const struct http *h);

/* No new request is taken, slow ones are finished. before: called once no worker runs any
 * more and before the connections are ended (to let go what a raw site holds). NULL is fine. */
void http_stop(struct http *h, void (*before)(void *user), void *user);

/* An empty answer of this status, for raw sites. */
enum MHD_Result http_send_status(
	struct MHD_Connection *c, unsigned status, const char *name, const char *value);

#endif
