/* SPDX-License-Identifier: Apache-2.0
 *
 * Headers: without end, without sense, and no HTTP at all. */
#include <string.h>

#include "hostile.h"

/* The same line so many times (below 0: until the client goes), then a sound answer's rest. */
static void flood(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\n");
	for (long i = 0; i != b->number; i++) {
		if (!visit_printf(v, "%s", b->text))
			return;
	}
	visit_printf(v, "Content-Length: %zu\r\n\r\n", v->len);
	visit_send(v, v->bytes, v->len);
}

/* One header of so many bytes (below 0: without end). */
static void be_long(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\n%s", b->text);
	visit_fill(v, 'x', b->number);
	visit_printf(v, "\r\nContent-Length: %zu\r\n\r\n", v->len);
	visit_send(v, v->bytes, v->len);
}

static void long_status(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 ");
	visit_fill(v, 'O', b->number);
	visit_printf(v, "\r\nContent-Length: %zu\r\n\r\n", v->len);
	visit_send(v, v->bytes, v->len);
}

/* The text with the right bytes behind it. */
static void say(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "%s", b->text);
	visit_send(v, v->bytes, v->len);
}

static void say_nul(struct visit *v, const struct behaviour *b)
{
	static const char text[] = "HTTP/1.1 200 OK\r\nX-A: a\0b\r\nETag: \"a\0b\"\r\n";
	(void)b;
	visit_send(v, text, sizeof text - 1);
	visit_printf(v, "Content-Length: %zu\r\n\r\n", v->len);
	visit_send(v, v->bytes, v->len);
}

/* Bytes that are no text, from the number on; the client must not take them for any. */
static void be_noise(struct visit *v, const struct behaviour *b)
{
	unsigned char noise[4096];
	uint32_t state = (uint32_t)b->number;
	for (size_t i = 0; i < sizeof noise; i++) {
		state = state * 1664525u + 1013904223u;
		noise[i] = (unsigned char)(state >> 24);
	}
	visit_send(v, noise, sizeof noise);
}

static void say_endlessly(struct visit *v, const struct behaviour *b)
{
	visit_fill(v, (char)b->number, -1);
}

/* The number is how a trap would spend it: an etag that comes back in the next request. */
static void tag(struct visit *v, const struct behaviour *b)
{
	char headers[512];
	(void)snprintf(headers, sizeof headers, "%s", b->text);
	visit_reply(v, "200 OK", headers, v->bytes, v->len);
}

const struct behaviour header_family[] = {
	{"header-endless-lines", HEAD, flood, -1, "X-Flood: 0123456789\r\n"},
	{"header-10000-lines", HEAD, flood, 10000, "X-Flood: 0123456789\r\n"},
	{"header-1000-lines", HEAD, flood, 1000, "X-Flood: 0123456789\r\n"},
	{"header-endless-cookies", HEAD, flood, -1, "Set-Cookie: a=b; Domain=localhost\r\n"},
	{"header-endless-line", HEAD, be_long, -1, "X-Long: "},
	{"header-line-of-1-mb", HEAD, be_long, 1 << 20, "X-Long: "},
	{"header-line-of-50-kb", HEAD, be_long, 50000, "X-Long: "},
	{"header-etag-of-60-kb", HEAD, be_long, 60000, "ETag: "},
	{"header-etag-of-1000-bytes", HEAD, be_long, 1000, "ETag: \""},
	{"header-etag-empty", HEAD, tag, 0, "ETag:\r\n"},
	{"header-etag-of-a-quote", HEAD, tag, 0, "ETag: \"\r\n"},
	{"header-etag-with-a-carriage-return", HEAD, tag, 0, "ETag: \"a\rX-Evil: b\"\r\n"},
	{"header-etag-with-control-bytes", HEAD, tag, 0, "ETag: \"\x01\x1b[31m\x7f\xff\"\r\n"},
	{"header-folded", HEAD, flood, 10, "X-Fold: a\r\n b\r\n\tc\r\n"},
	{"header-folded-endless", HEAD, be_long, -1, "X-Fold: a\r\n "},
	{"header-without-colon", HEAD, flood, 3, "no colon here\r\n"},
	{"header-without-name", HEAD, flood, 3, ": nameless\r\n"},
	{"header-nul", HEAD, say_nul},
	{"header-bare-line-feeds", HEAD, flood, 3, "X-Bare: yes\n"},
	{"header-bare-carriage-returns", HEAD, flood, 3, "X-Bare: yes\r"},
	{"header-location-of-200", HEAD, tag, 0, "Location: http://192.0.2.1/\r\nRefresh: 0; url=/\r\n"},
	{"header-alt-svc", HEAD, tag, 0, "Alt-Svc: h3=\":1\", h2=\"192.0.2.1:443\"\r\n"},
	{"header-wrong-type", HEAD, tag, 0, "Content-Type: text/html; charset=gb2312\r\n"},
	{"header-date-of-1970", HEAD, tag, 0, "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\nAge: -1\r\n"},
	{"header-status-line-endless", HEAD, long_status, -1},
	{"header-status-line-of-10-kb", HEAD, long_status, 10000},
	{"header-none", HEAD, say, 0, "HTTP/1.1 200 OK\r\n\r\n"},
	{"version-0.9", HEAD, say, 0, ""},
	{"version-1.0", HEAD, say, 0, "HTTP/1.0 200 OK\r\n\r\n"},
	{"version-2-in-plain", HEAD, say, 0, "HTTP/2 200 OK\r\n\r\n"},
	{"version-9.9", HEAD, say, 0, "HTTP/9.9 200 OK\r\n\r\n"},
	{"version-of-another-protocol", HEAD, say, 0, "ICY 200 OK\r\n\r\n"},
	{"version-rtsp", HEAD, say, 0, "RTSP/1.0 200 OK\r\n\r\n"},
	{"version-lower-case", HEAD, say, 0, "http/1.1 200 ok\r\n\r\n"},
	{"version-without-a-status", HEAD, say, 0, "HTTP/1.1\r\n\r\n"},
	{"noise", HEAD, be_noise, 1},
	{"noise-for-an-object", OBJECT, be_noise, 2},
	{"noise-at-accept", AT_ACCEPT, be_noise, 3},
	{"noise-endless", HEAD, say_endlessly, 'A'},
	{"noise-endless-zeros", HEAD, say_endlessly, 0},
	{"noise-endless-lines", HEAD, say_endlessly, '\n'},
	{"noise-of-ssh", AT_ACCEPT, say, 0, "SSH-2.0-OpenSSH_9.2p1\r\n"},
	{"noise-of-smtp", AT_ACCEPT, say, 0, "220 mail ESMTP\r\n500 what?\r\n"},
	{0},
};
