/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/feed_site.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "hub/files.h"
#include "hub/http.h"
#include "hub/range.h"
#include "hub/waiters.h"

#define FOR_EVER "public, max-age=31536000, immutable"

struct feed_site {
	int folder_fd;
	struct waiters *waiters;
};

static void add_headers(struct MHD_Response *r, const struct files_entry *f, bool was_held)
{
	bool is_object = f->kind == FILES_OBJECT;
	(void)MHD_add_response_header(r, "ETag", f->etag);
	(void)MHD_add_response_header(r, "Cache-Control", f->kind == FILES_HEAD ? "no-cache" : FOR_EVER);
	(void)MHD_add_response_header(
		r, "Content-Type", is_object ? "application/octet-stream" : "application/json");
	(void)MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
	if (is_object)
		(void)MHD_add_response_header(r, "Accept-Ranges", "bytes");
	if (f->kind == FILES_HEAD)
		(void)MHD_add_response_header(r, "Vary", "Prefer");
	if (was_held)
		(void)MHD_add_response_header(r, "Preference-Applied", "wait");
}

static const char *header(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

/* Takes the entry's bytes or descriptor. */
static struct MHD_Response *body_of(struct files_entry *f, const struct range *range)
{
	struct MHD_Response *r;
	if (f->kind == FILES_OBJECT) {
		r = MHD_create_response_from_fd_at_offset64(range->length, f->fd, range->first);
		if (r)
			f->fd = -1;
		return r;
	}
	r = MHD_create_response_from_buffer(
		range->length, f->bytes.data + range->first, MHD_RESPMEM_MUST_COPY);
	return r;
}

static enum MHD_Result send_entry(struct MHD_Connection *c, struct files_entry *f, bool was_held)
{
	const char *if_range = header(c, "If-Range");
	const char *asked = header(c, "Range");
	char text[64];
	if (if_range && strcmp(if_range, f->etag) != 0)
		asked = NULL;
	struct range range = range_parse(f->kind == FILES_OBJECT ? asked : NULL, f->size);
	if (range.kind == RANGE_OUTSIDE) {
		(void)snprintf(text, sizeof text, "bytes */%llu", (unsigned long long)f->size);
		return http_send_status(c, MHD_HTTP_RANGE_NOT_SATISFIABLE, "Content-Range", text);
	}
	struct MHD_Response *r = body_of(f, &range);
	if (!r)
		return MHD_NO;
	add_headers(r, f, was_held);
	unsigned status = MHD_HTTP_OK;
	if (range.kind == RANGE_PART) {
		status = MHD_HTTP_PARTIAL_CONTENT;
		(void)snprintf(text, sizeof text, "bytes %llu-%llu/%llu", (unsigned long long)range.first,
			(unsigned long long)(range.first + range.length - 1), (unsigned long long)f->size);
		(void)MHD_add_response_header(r, "Content-Range", text);
	}
	enum MHD_Result result = MHD_queue_response(c, status, r);
	MHD_destroy_response(r);
	return result;
}

static enum MHD_Result send_same(struct MHD_Connection *c, const struct files_entry *f, bool was_held)
{
	struct MHD_Response *r =
		MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
	if (!r)
		return MHD_NO;
	add_headers(r, f, was_held);
	enum MHD_Result result = MHD_queue_response(c, MHD_HTTP_NOT_MODIFIED, r);
	MHD_destroy_response(r);
	return result;
}

enum MHD_Result feed_site_answer(
	void *user, struct MHD_Connection *c, const char *rest, uint64_t *was_held)
{
	struct feed_site *s = user;
	struct files_entry f;
	uint64_t turn = waiters_turn(s->waiters);
	if (!files_open(s->folder_fd, rest, &f))
		return f.is_busy ? http_send_status(c, MHD_HTTP_SERVICE_UNAVAILABLE, "Retry-After", "5")
				 : http_send_status(c, MHD_HTTP_NOT_FOUND, "Cache-Control", "no-cache");
	const char *known = header(c, "If-None-Match");
	bool is_same = known && range_etag_matches(known, f.etag);
	int wait_s = f.kind == FILES_HEAD && is_same && !*was_held
			     ? range_prefer_wait(header(c, "Prefer"), FEED_SITE_WAIT_MAX_S)
			     : 0;
	enum MHD_Result result = MHD_YES;
	if (wait_s > 0 && waiters_hold(s->waiters, c, turn, wait_s))
		*was_held = 1; /* asked again when resumed */
	else
		result = is_same ? send_same(c, &f, *was_held) : send_entry(c, &f, *was_held);
	buf_finish(&f.bytes);
	if (f.fd >= 0)
		(void)close(f.fd);
	return result;
}

bool feed_site_open(struct feed_site **out, const char *folder, struct err *e)
{
	struct feed_site *s = alloc_zero(1, sizeof *s);
	s->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = s->folder_fd >= 0 || err_set(e, ERR_IO, "%s: %s", folder, strerror(errno));
	ok = ok && waiters_start(&s->waiters, folder, e);
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
	if (s->folder_fd >= 0)
		(void)close(s->folder_fd);
	free(s);
}
