/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "hub/listen.h"
#include "hub/workers.h"

#define THREADS_MAX 8 /* the connections are shared out among them */
#define FILES_WANTED (2 * HTTP_CONNECTIONS_MAX + 256)

struct http {
	struct MHD_Daemon *daemon;
	struct workers *workers;
	struct http_setup setup;
	atomic_size_t bodies_bytes; /* of all requests */
};

/* One request on its way, from its headers to its answer. */
struct exchange {
	struct http *http;
	const struct http_site *site;
	struct http_request request;
	struct http_answer answer;
	uint64_t raw_kept;
	size_t body_max;
	bool is_answered;
	char *method, *path; /* libmicrohttpd's live only during a call */
};

const char *http_header(const struct http_request *r, const char *name)
{
	return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

const char *http_query(const struct http_request *r, const char *name)
{
	return MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, name);
}

void http_answer_header(struct http_answer *a, const char *name, const char *format, ...)
{
	char value[1024];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(value, sizeof value, format, args);
	va_end(args);
	if (a->header_count == HTTP_HEADERS_MAX)
		return;
	a->headers[a->header_count].name = name;
	a->headers[a->header_count++].value = alloc_text(value);
}

void http_answer_finish(struct http_answer *a)
{
	buf_finish(&a->body);
	if (a->has_fd)
		(void)close(a->fd);
	for (int i = 0; i < a->header_count; i++)
		free(a->headers[i].value);
	*a = (struct http_answer){0};
}

enum MHD_Result http_send_status(
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

/* Who asks: the peer or, behind a proxy of ours, the address that the proxy put last. */
static void tell_address(struct exchange *x)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(x->request.connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const char *forwarded = x->http->setup.is_behind_proxy
					? http_header(&x->request, "X-Forwarded-For")
					: NULL;
	if (forwarded) {
		const char *comma = strrchr(forwarded, ',');
		const char *last = comma ? comma + 1 : forwarded;
		last += strspn(last, " ");
		(void)snprintf(x->request.address, sizeof x->request.address, "%.*s",
			(int)strspn(last, "0123456789abcdefABCDEF.:"), last);
		return;
	}
	const struct sockaddr *a = info ? info->client_addr : NULL;
	if (a && a->sa_family == AF_INET)
		(void)inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr,
			x->request.address, sizeof x->request.address);
	else if (a && a->sa_family == AF_INET6)
		(void)inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr,
			x->request.address, sizeof x->request.address);
}

static const struct http_site *find_site(const struct http *h, const char *path)
{
	for (int i = 0; i < h->setup.site_count; i++) {
		const struct http_site *s = &h->setup.sites[i];
		if (strncmp(path, s->prefix, strlen(s->prefix)) == 0)
			return s;
	}
	return NULL;
}

static enum MHD_Result send_answer(struct exchange *x)
{
	struct http_answer *a = &x->answer;
	struct MHD_Response *r;
	if (a->has_fd) {
		r = MHD_create_response_from_fd64(a->fd_size, a->fd);
		a->has_fd = r == NULL; /* its own now */
	} else {
		r = MHD_create_response_from_buffer(
			a->body.len, a->body.len ? a->body.data : (void *)(uintptr_t) "", MHD_RESPMEM_MUST_COPY);
	}
	if (!r)
		return MHD_NO;
	for (int i = 0; i < a->header_count; i++)
		(void)MHD_add_response_header(r, a->headers[i].name, a->headers[i].value);
	enum MHD_Result result =
		MHD_queue_response(x->request.connection, a->status ? a->status : MHD_HTTP_OK, r);
	MHD_destroy_response(r);
	return result;
}

/* By a worker. */
static void answer_slowly(void *user)
{
	struct exchange *x = user;
	x->site->answer(x->site->user, &x->request, &x->answer);
	x->is_answered = true;
	MHD_resume_connection(x->request.connection);
}

static enum MHD_Result answer(struct exchange *x)
{
	if (!x->site->is_slow) {
		x->site->answer(x->site->user, &x->request, &x->answer);
		return send_answer(x);
	}
	MHD_suspend_connection(x->request.connection);
	if (workers_give(x->http->workers, answer_slowly, x))
		return MHD_YES;
	x->is_answered = true; /* more wait than can be served soon */
	x->answer.status = MHD_HTTP_SERVICE_UNAVAILABLE;
	http_answer_header(&x->answer, "Retry-After", "2");
	MHD_resume_connection(x->request.connection);
	return MHD_YES;
}

/* The length that is announced decides at once; without one, the bytes that come. */
static bool is_body_allowed(struct exchange *x)
{
	const char *length = http_header(&x->request, "Content-Length");
	const char *encoding = http_header(&x->request, "Transfer-Encoding");
	if (!length && !encoding)
		return true;
	if (x->body_max == 0)
		return length && strcmp(length, "0") == 0;
	return !length || strtoull(length, NULL, 10) <= x->body_max;
}

/* Headers only so far. */
static enum MHD_Result begin(
	struct http *h, struct MHD_Connection *c, const char *url, const char *method, void **state)
{
	const struct http_site *site = find_site(h, url);
	if (!site)
		return http_send_status(c, MHD_HTTP_NOT_FOUND, "Cache-Control", "no-cache");
	bool is_read = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	if (site->raw && !is_read) /* at once: its body may be endless */
		return http_send_status(c, MHD_HTTP_METHOD_NOT_ALLOWED, "Allow", "GET, HEAD");
	struct exchange *x = alloc_zero(1, sizeof *x);
	*state = x;
	x->http = h;
	x->site = site;
	x->method = alloc_text(method);
	x->path = alloc_text(url);
	x->request.method = x->method;
	x->request.path = x->path;
	x->request.connection = c;
	if (site->raw)
		return MHD_YES;
	tell_address(x);
	x->body_max = site->body_max ? site->body_max(site->user, &x->request) : 0;
	return is_body_allowed(x)
		       ? MHD_YES
		       : http_send_status(c, MHD_HTTP_CONTENT_TOO_LARGE, "Connection", "close");
}

/* False: more than was announced or allowed. There is no answering in the middle of a body,
 * which may be endless: the connection is closed. */
static bool take_body(struct exchange *x, const char *upload, size_t size)
{
	struct buf *body = &x->request.body;
	if (x->site->raw) /* nobody reads what is sent to a raw one */
		return true;
	if (size > x->body_max - body->len)
		return false;
	if (atomic_fetch_add(&x->http->bodies_bytes, size) + size > HTTP_BODIES_BYTES_MAX) {
		(void)atomic_fetch_sub(&x->http->bodies_bytes, size);
		return false;
	}
	buf_add(body, upload, size);
	return true;
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *c, const char *url, const char *method,
	const char *http_version, const char *upload, size_t *upload_size, void **state)
{
	(void)http_version;
	struct exchange *x = *state;
	if (!x)
		return begin(user, c, url, method, state);
	if (*upload_size) {
		size_t size = *upload_size;
		*upload_size = 0;
		return take_body(x, upload, size) ? MHD_YES : MHD_NO;
	}
	if (x->site->raw)
		return x->site->raw(x->site->user, c, url + strlen(x->site->prefix), &x->raw_kept);
	return x->is_answered ? send_answer(x) : answer(x);
}

static void on_completed(
	void *user, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode code)
{
	struct http *h = user;
	struct exchange *x = *state;
	(void)c, (void)code;
	if (!x)
		return;
	(void)atomic_fetch_sub(&h->bodies_bytes, x->request.body.len);
	buf_finish(&x->request.body);
	http_answer_finish(&x->answer);
	free(x->method);
	free(x->path);
	free(x);
	*state = NULL;
}

/* No name of a feed needs percent signs, so none is decoded: %2f is no slash, and %00
 * does not end a name early. What else is asked for decodes its own. */
static size_t leave_escaped(void *user, struct MHD_Connection *c, char *text)
{
	(void)user, (void)c;
	return strlen(text);
}

/* One for each core: a raw site's work is the kernel's. libmicrohttpd takes one for none. */
static unsigned thread_count(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	return cores < 2 ? 2 : cores > THREADS_MAX ? THREADS_MAX : (unsigned)cores;
}

static bool start_daemon(struct http *h, struct err *e)
{
	struct listen_address a = {0};
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
	const struct http_setup *s = &h->setup;
	if (s->listen && !listen_parse(s->listen, &a, e))
		return false;
	struct MHD_OptionItem where[] = {
		{MHD_OPTION_SOCK_ADDR, 0, &a.any},
		{MHD_OPTION_END, 0, NULL},
	};
	if (!s->listen)
		where[0] = (struct MHD_OptionItem){MHD_OPTION_LISTEN_SOCKET, s->socket_fd, NULL};
	h->daemon = MHD_start_daemon(flags | (a.is_v6 ? MHD_USE_IPv6 : 0), 0, NULL, NULL, on_request, h,
		MHD_OPTION_ARRAY, where, MHD_OPTION_THREAD_POOL_SIZE, thread_count(),
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)HTTP_SILENCE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_HEADER_BYTES_MAX,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, h, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped,
		NULL, MHD_OPTION_END);
	return h->daemon || err_set(e, ERR_IO, "cannot listen: %s", strerror(errno));
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

bool http_start(struct http **out, const struct http_setup *setup, struct err *e)
{
	struct http *h = alloc_zero(1, sizeof *h);
	h->setup = *setup;
	raise_file_limit();
	bool ok = (setup->workers == 0 || workers_start(&h->workers, setup->workers, e)) && start_daemon(h, e);
	if (!ok) {
		http_stop(h, NULL, NULL);
		return false;
	}
	*out = h;
	return true;
}

int http_port(const struct http *h)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info ? info->port : 0;
}

void http_stop(struct http *h, void (*before)(void *user), void *user)
{
	if (!h)
		return;
	MHD_socket listening = h->daemon ? MHD_quiesce_daemon(h->daemon) : MHD_INVALID_SOCKET;
	workers_stop(h->workers);
	if (before)
		before(user);
	if (h->daemon)
		MHD_stop_daemon(h->daemon);
	if (listening != MHD_INVALID_SOCKET)
		(void)close(listening);
	free(h);
}
