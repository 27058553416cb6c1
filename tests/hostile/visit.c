/* SPDX-License-Identifier: Apache-2.0
 *
 * One connection: requests read, bytes sent, and a sound answer to compare with. */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hostile.h"

#define REQUEST_MAX 8192
#define FILE_MAX (8 << 20)
#define STALL_MS 120000 /* no client waits that long; a forgotten server ends */

bool visit_send(struct visit *v, const void *bytes, size_t len)
{
	const char *at = bytes;
	while (len && !v->is_gone) {
		int part = len > 65536 ? 65536 : (int)len;
		ssize_t n =
			v->tls ? SSL_write(v->tls, at, part) : send(v->fd, at, (size_t)part, MSG_NOSIGNAL);
		if (n <= 0) {
			v->is_gone = true;
			break;
		}
		at += n;
		len -= (size_t)n;
	}
	return !v->is_gone;
}

bool visit_printf(struct visit *v, const char *format, ...)
{
	char text[4096];
	va_list args;
	va_start(args, format);
	int len = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= sizeof text)
		abort();
	return visit_send(v, text, (size_t)len);
}

bool visit_fill(struct visit *v, char byte, int64_t count)
{
	char piece[16384];
	memset(piece, byte, sizeof piece);
	while (count != 0 && !v->is_gone) {
		size_t len = count < 0 || count > (int64_t)sizeof piece ? sizeof piece : (size_t)count;
		visit_send(v, piece, len);
		if (count > 0)
			count -= (int64_t)len;
	}
	return !v->is_gone;
}

bool visit_pause(struct visit *v, int ms)
{
	struct pollfd p = {.fd = v->fd, .events = POLLRDHUP};
	if (!v->is_gone && poll(&p, 1, ms) > 0)
		v->is_gone = true;
	return !v->is_gone;
}

void visit_stall(struct visit *v)
{
	(void)visit_pause(v, STALL_MS);
}

void visit_reset(struct visit *v)
{
	const struct linger now = {.l_onoff = 1};
	(void)setsockopt(v->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	v->is_gone = true;
}

bool visit_reply(struct visit *v, const char *status, const char *headers, const void *body, size_t len)
{
	return visit_printf(v, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n", status, headers, len) &&
	       visit_send(v, body, len);
}

void visit_good(struct visit *v)
{
	char headers[256];
	uint64_t hash = 14695981039346656037u; /* FNV-1a */
	if (!v->bytes) {
		visit_reply(v, "404 Not Found", v->is_last ? "Connection: close\r\n" : "", "no\n", 3);
		return;
	}
	for (size_t i = 0; i < v->len; i++)
		hash = (hash ^ v->bytes[i]) * 1099511628211u;
	int n = snprintf(headers, sizeof headers, "ETag: \"%016llx\"\r\n%s", (unsigned long long)hash,
		v->is_last ? "Connection: close\r\n" : "");
	if (strncmp(v->etag, headers + 6, 18) == 0) {
		visit_printf(v, "HTTP/1.1 304 Not Modified\r\n%s\r\n", headers);
	} else if (v->from > 0 && (uint64_t)v->from < v->len) {
		size_t from = (size_t)v->from;
		(void)snprintf(headers + n, sizeof headers - (size_t)n,
			"Content-Range: bytes %zu-%zu/%zu\r\n", from, v->len - 1, v->len);
		visit_reply(v, "206 Partial Content", headers, v->bytes + from, v->len - from);
	} else {
		visit_reply(v, "200 OK", headers, v->bytes, v->len);
	}
}

static bool receive(struct visit *v, char *byte)
{
	return (v->tls ? SSL_read(v->tls, byte, 1) : recv(v->fd, byte, 1, 0)) == 1;
}

/* "GET /feed/PATH HTTP/1.1" and the headers that matter here. */
static bool parse(struct visit *v, char *text)
{
	char *rest = text;
	char *line = strsep(&rest, "\n");
	char *path = strchr(line, '/');
	char *end = path ? strchr(path, ' ') : NULL;
	if (strncmp(line, "GET /", 5) != 0 || !end || strstr(line, ".."))
		return false;
	*end = '\0';
	path += strncmp(path, "/feed/", 6) == 0 ? 6 : 1;
	(void)snprintf(v->path, sizeof v->path, "%s", path);
	while ((line = strsep(&rest, "\n"))) {
		line[strcspn(line, "\r")] = '\0';
		if (strncasecmp(line, "If-None-Match: ", 15) == 0)
			(void)snprintf(v->etag, sizeof v->etag, "%s", line + 15);
		else if (strncasecmp(line, "Range: bytes=", 13) == 0)
			v->from = strtoll(line + 13, NULL, 10);
	}
	return true;
}

bool visit_read(struct visit *v)
{
	char text[REQUEST_MAX];
	size_t len = 0;
	v->from = -1;
	v->etag[0] = v->path[0] = '\0';
	visit_unload(v);
	while (!v->is_gone && len < sizeof text - 1 && receive(v, &text[len])) {
		text[++len] = '\0';
		if (len >= 4 && strcmp(text + len - 4, "\r\n\r\n") == 0) {
			if (!parse(v, text))
				return false;
			visit_load(v, v->path);
			return true;
		}
	}
	return false;
}

void visit_load(struct visit *v, const char *path)
{
	char full[4096];
	visit_unload(v);
	(void)snprintf(full, sizeof full, "%s/%s", v->folder, path);
	FILE *f = fopen(full, "rb");
	if (!f)
		return;
	v->bytes = malloc(FILE_MAX);
	if (!v->bytes)
		abort();
	v->len = fread(v->bytes, 1, FILE_MAX, f);
	(void)fclose(f);
}

void visit_unload(struct visit *v)
{
	free(v->bytes);
	v->bytes = NULL;
	v->len = 0;
}
