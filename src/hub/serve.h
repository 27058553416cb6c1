/* serve.h - everything that a running hub has, opened in order and closed in reverse. */
#ifndef SERVE_H
#define SERVE_H

#include "hub/console_site.h"
#include "hub/feed_site.h"
#include "hub/http.h"
#include "hub/hub.h"
#include "hub/options.h"

struct serve {
	struct hub hub;
	struct feed_site *feed;
	struct console_site *console;
	struct http *http;
	struct http_site sites[8];
	int site_count;
};

/* Serves from now on. serve_close() after, whatever came back. */
bool serve_open(struct serve *s, const struct hub_options *o, struct err *e);
void serve_until_stopped(void);
void serve_close(struct serve *s);

#endif
