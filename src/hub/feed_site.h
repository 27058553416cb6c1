/* feed_site.h - a feed's folder over HTTP.
 *
 * Strong entity tags, 304, ranges, HEAD; requests for the head may be held back until it
 * changes. A raw site of http.h. */
#ifndef FEED_SITE_H
#define FEED_SITE_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define FEED_SITE_WAIT_MAX_S 300

struct feed_site;

/* ERR_IO. */
bool feed_site_open(struct feed_site **out, const char *folder, struct err *e);

enum MHD_Result feed_site_answer(void *user, struct MHD_Connection *c, const char *rest, uint64_t *was_held);

/* Answers everybody who waits; nobody is held back any more. Before http's threads end. */
void feed_site_release(void *user);
void feed_site_close(struct feed_site *s); /* after they ended; NULL is fine */

#endif
