/* fetch.h - bytes from a feed, or to a hub, under ceilings that hold whatever the server does.
 *
 * libcurl's own limits do not protect (design notes in docs/feed.md), so bytes and
 * header bytes are counted here as they arrive, and a deadline ends every transfer:
 * 20 s (or what it was set up with), and 1 s for every 4 KiB allowed. http, https and file; no redirects, no
 * proxies, no encodings, TLS 1.2 or later with verification. One thread. */
#ifndef FETCH_H
#define FETCH_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define FETCH_ETAG_MAX 128

struct fetch;

struct fetch_setup {
	const char *base; /* the feed's address; copied */
	const char *ca; /* certificates to trust, and no others; NULL: the system's */
	int64_t deadline_s; /* of a transfer, before its bytes are counted */
	/* Non-zero ends a transfer. One that is asleep is woken by a signal that asks to stop (program.h). */
	volatile sig_atomic_t *stop;
};

/* ERR_USAGE for an address of another kind. */
bool fetch_open(struct fetch **out, const struct fetch_setup *setup, struct err *e);
void fetch_close(struct fetch *f); /* NULL is fine */

struct fetch_request {
	const char *path; /* below the base: "head.json" */
	int64_t max_bytes; /* more: ERR_FORMAT */
	const char *etag; /* If-None-Match; NULL or "": none */
	int wait_s; /* Prefer: wait=; 0: answer at once */
	int stir_fd; /* with wait_s: POLLPRI on it ends the wait, with FETCH_STIRRED; -1: nothing does */
	const char *file; /* appended to this file instead of body; resumed from its size; emptied
			   * when the server does not go on from there */
	const struct buf *post; /* sent instead of asking for something; NULL: a GET */
	const char *header; /* one more line, "Name: value"; NULL: none */
};

enum fetch_outcome { FETCH_GOT, FETCH_SAME, FETCH_MISSING, FETCH_STIRRED };

struct fetch_answer {
	enum fetch_outcome outcome;
	struct buf body; /* buf_finish() it */
	char etag[FETCH_ETAG_MAX];
	bool did_wait; /* the server says that it held the answer back */
	long status; /* of HTTP; 0: no answer. Also set on errors */
	int64_t retry_after_s; /* it asked for so much patience; 0: it did not. Also set on errors */
};

/* ERR_NETWORK: try again later; ERR_FORMAT: too long; ERR_DISK: cannot be kept. */
bool fetch_run(struct fetch *f, const struct fetch_request *r, struct fetch_answer *a, struct err *e);

#endif
