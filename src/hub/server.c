/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "hub/files.h"
#include "hub/range.h"
#include "hub/waiters.h"

#define PREFIX "/feed/"
#define THREADS 2
#define FILES_WANTED (2 * SERVER_CONNECTIONS_MAX + 64)
#define FOR_EVER "public, max-age=31536000, immutable"

struct server {
	int folder_fd;
	struct MHD_Daemon *daemon;
	struct waiters *waiters;
};

/* A request that has been seen once already. */
struct request {
	bool was_held;
};

static enum MHD_Result send_status(
	struct MHD_Connection *c, unsigned status, const char *name, const char *value)
{
	struct MHD_Response *r =
		MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
	if (!r)
		return MHD_NO;
	if (name)
		(void)MHD_add_response_header(r, name, value);
	enum MHD_Result result = MHD_queue_response(c, status, r);
	MHD_destroy_response(r);
	return result;
}

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
		return send_status(c, MHD_HTTP_RANGE_NOT_SATISFIABLE, "Content-Range", text);
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

static enum MHD_Result answer(
	struct server *s, struct MHD_Connection *c, const char *path, struct request *request)
{
	struct files_entry f;
	uint64_t turn = waiters_turn(s->waiters);
	if (!files_open(s->folder_fd, path, &f))
		return f.is_busy ? send_status(c, MHD_HTTP_SERVICE_UNAVAILABLE, "Retry-After", "5")
				 : send_status(c, MHD_HTTP_NOT_FOUND, "Cache-Control", "no-cache");
	const char *known = header(c, "If-None-Match");
	bool is_same = known && range_etag_matches(known, f.etag);
	int wait_s = f.kind == FILES_HEAD && is_same && !request->was_held
			     ? range_prefer_wait(header(c, "Prefer"), SERVER_WAIT_MAX_S)
			     : 0;
	enum MHD_Result result = MHD_YES;
	if (wait_s > 0 && waiters_hold(s->waiters, c, turn, wait_s))
		request->was_held = true; /* asked again when resumed */
	else
		result = is_same ? send_same(c, &f, request->was_held) : send_entry(c, &f, request->was_held);
	buf_finish(&f.bytes);
	if (f.fd >= 0)
		(void)close(f.fd);
	return result;
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *c, const char *url, const char *method,
	const char *http_version, const char *upload, size_t *upload_size, void **state)
{
	(void)http_version, (void)upload;
	bool is_read = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	if (!is_read) /* at once: its body may be endless */
		return send_status(c, MHD_HTTP_METHOD_NOT_ALLOWED, "Allow", "GET, HEAD");
	if (!*state) { /* headers only so far */
		*state = alloc_zero(1, sizeof(struct request));
		return MHD_YES;
	}
	if (*upload_size) { /* nobody reads it */
		*upload_size = 0;
		return MHD_YES;
	}
	if (strncmp(url, PREFIX, strlen(PREFIX)) != 0)
		return send_status(c, MHD_HTTP_NOT_FOUND, "Cache-Control", "no-cache");
	return answer(user, c, url + strlen(PREFIX), *state);
}

/* No name of a feed needs percent signs, so none is decoded: %2f is no slash, and %00
 * does not end a name early. */
static size_t leave_escaped(void *user, struct MHD_Connection *c, char *text)
{
	(void)user, (void)c;
	return strlen(text);
}

static void on_completed(
	void *user, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode code)
{
	(void)user, (void)c, (void)code;
	free(*state);
	*state = NULL;
}

struct address {
	struct sockaddr_storage any;
	bool is_v6;
};

static bool parse_listen(const char *text, struct address *out, struct err *e)
{
	char host[64];
	const char *colon = strrchr(text, ':');
	char *end;
	long port = colon ? strtol(colon + 1, &end, 10) : -1;
	size_t len = colon ? (size_t)(colon - text) : 0;
	*out = (struct address){0};
	if (!colon || colon[1] == '\0' || *end || port < 0 || port > 65535 || len == 0 || len >= sizeof host)
		return err_set(e, ERR_USAGE, "listen: '%s' is not ADDR:PORT", text);
	bool in_brackets = text[0] == '[' && text[len - 1] == ']';
	(void)snprintf(
		host, sizeof host, "%.*s", (int)(in_brackets ? len - 2 : len), in_brackets ? text + 1 : text);
	struct sockaddr_in *v4 = (struct sockaddr_in *)&out->any;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&out->any;
	if (!in_brackets && inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		return true;
	}
	if (in_brackets && inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		out->is_v6 = true;
		return true;
	}
	return err_set(e, ERR_USAGE, "listen: '%s' is not ADDR:PORT", text);
}

static bool start_daemon(struct server *s, const struct address *a, struct err *e)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
	s->daemon = MHD_start_daemon(flags | (a->is_v6 ? MHD_USE_IPv6 : 0), 0, NULL, NULL, on_request, s,
		MHD_OPTION_SOCK_ADDR, &a->any, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVER_CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)SERVER_SILENCE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)SERVER_HEADER_BYTES_MAX, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_END);
	return s->daemon || err_set(e, ERR_IO, "cannot listen: %s", strerror(errno));
}

/* Every connection may have a file open beside its socket. */
static void raise_file_limit(void)
{
	struct rlimit l;
	if (getrlimit(RLIMIT_NOFILE, &l) != 0 || l.rlim_cur >= FILES_WANTED)
		return;
	l.rlim_cur = l.rlim_max < FILES_WANTED ? l.rlim_max : FILES_WANTED;
	if (setrlimit(RLIMIT_NOFILE, &l) != 0)
		log_line(LOG_WARNING, "hub: no more than %llu files may be open",
			(unsigned long long)l.rlim_cur);
}

bool server_start(struct server **out, const char *folder, const char *listen, struct err *e)
{
	struct address a;
	struct server *s = alloc_zero(1, sizeof *s);
	raise_file_limit();
	s->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = s->folder_fd >= 0 || err_set(e, ERR_IO, "%s: %s", folder, strerror(errno));
	ok = ok && parse_listen(listen, &a, e) && waiters_start(&s->waiters, folder, e) &&
	     start_daemon(s, &a, e);
	if (!ok) {
		server_stop(s);
		return false;
	}
	*out = s;
	return true;
}

int server_port(const struct server *s)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info ? info->port : 0;
}

void server_stop(struct server *s)
{
	if (!s)
		return;
	if (s->waiters)
		waiters_release(s->waiters);
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	waiters_stop(s->waiters);
	if (s->folder_fd >= 0)
		(void)close(s->folder_fd);
	free(s);
}
