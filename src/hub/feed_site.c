/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/feed_site.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "hub/http.h"
#include "hub/range.h"
#include "hub/shelf.h"
#include "hub/waiters.h"

struct feed_site {
	struct shelf *shelf;
	struct waiters *waiters;
};

static const char *header(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static enum MHD_Result send_busy(struct MHD_Connection *c)
{
	return http_send_status(c, MHD_HTTP_SERVICE_UNAVAILABLE, "Retry-After", "5");
}

/* Small parts are copied: the whole may be thrown away while they are sent. */
static struct MHD_Response *part_of(const struct shelf_item *f, const struct range *range)
{
	if (f->bytes)
		return MHD_create_response_from_buffer(
			(size_t)range->length, (void *)(uintptr_t)(f->bytes + range->first), MHD_RESPMEM_MUST_COPY);
	int fd = fcntl(f->fd, F_DUPFD_CLOEXEC, 0);
	struct MHD_Response *r =
		fd < 0 ? NULL : MHD_create_response_from_fd_at_offset64(range->length, fd, range->first);
	if (!r && fd >= 0)
		(void)close(fd);
	return r;
}

static enum MHD_Result send_part(
	struct MHD_Connection *c, const struct shelf_item *f, const struct range *range)
{
	char text[64];
	if (range->kind == RANGE_OUTSIDE) {
		(void)snprintf(text, sizeof text, "bytes */%llu", (unsigned long long)f->size);
		return http_send_status(c, MHD_HTTP_RANGE_NOT_SATISFIABLE, "Content-Range", text);
	}
	struct MHD_Response *r = part_of(f, range);
	if (!r)
		return send_busy(c);
	shelf_add_headers(r, f, false);
	(void)snprintf(text, sizeof text, "bytes %llu-%llu/%llu", (unsigned long long)range->first,
		(unsigned long long)(range->first + range->length - 1), (unsigned long long)f->size);
	(void)MHD_add_response_header(r, "Content-Range", text);
	enum MHD_Result result = MHD_queue_response(c, MHD_HTTP_PARTIAL_CONTENT, r);
	MHD_destroy_response(r);
	return result;
}

static enum MHD_Result send_item(struct MHD_Connection *c, const struct shelf_item *f, bool was_held)
{
	const char *asked = f->kind == FILES_OBJECT ? header(c, "Range") : NULL;
	const char *if_range = asked ? header(c, "If-Range") : NULL;
	if (if_range && strcmp(if_range, f->etag) != 0)
		asked = NULL;
	struct range range = range_parse(asked, f->size);
	return range.kind == RANGE_WHOLE ? MHD_queue_response(c, MHD_HTTP_OK, f->whole[was_held])
					 : send_part(c, f, &range);
}

enum MHD_Result feed_site_answer(
	void *user, struct MHD_Connection *c, const char *rest, uint64_t *was_held)
{
	struct feed_site *s = user;
	bool is_busy;
	uint64_t turn = waiters_turn(s->waiters);
	const struct shelf_item *f = shelf_take(s->shelf, rest, turn, &is_busy);
	if (!f)
		return is_busy ? send_busy(c) : http_send_status(c, MHD_HTTP_NOT_FOUND, "Cache-Control", "no-cache");
	const char *known = header(c, "If-None-Match");
	bool is_same = known && range_etag_matches(known, f->etag);
	int wait_s = f->kind == FILES_HEAD && is_same && !*was_held
			     ? range_prefer_wait(header(c, "Prefer"), FEED_SITE_WAIT_MAX_S)
			     : 0;
	enum MHD_Result result = MHD_YES;
	if (wait_s > 0 && waiters_hold(s->waiters, c, turn, wait_s))
		*was_held = 1; /* asked again when resumed */
	else
		result = is_same ? MHD_queue_response(c, MHD_HTTP_NOT_MODIFIED, f->same[*was_held])
				 : send_item(c, f, *was_held);
	shelf_return(s->shelf, f);
	return result;
}

bool feed_site_open(struct feed_site **out, const char *folder, struct err *e)
{
	struct feed_site *s = alloc_zero(1, sizeof *s);
	bool ok = shelf_open(&s->shelf, folder, e) && waiters_start(&s->waiters, folder, e);
	if (!ok) {
		feed_site_close(s);
		return false;
	}
	*out = s;
	return true;
}

void feed_site_release(void *user)
{
	struct feed_site *s = user;
	waiters_release(s->waiters);
}

void feed_site_close(struct feed_site *s)
{
	if (!s)
		return;
	waiters_stop(s->waiters);
	shelf_close(s->shelf);
	free(s);
}
