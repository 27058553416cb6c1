/* SPDX-License-Identifier: Apache-2.0
 *
 * Status codes: errors, redirects, and answers to what was not asked. */
#include <string.h>

#include "hostile.h"

/* The number is the status, the text its further headers. */
static void say(struct visit *v, const struct behaviour *b)
{
	char status[32];
	bool has_body = b->number >= 200 && b->number != 204 && b->number != 304;
	(void)snprintf(status, sizeof status, "%03ld Whatever", b->number);
	visit_reply(v, status, b->text ? b->text : "", "<h1>sorry</h1>\n", has_body ? 15 : 0);
}

/* Every second request fails. */
static void say_often(struct visit *v, const struct behaviour *b)
{
	if (v->number % 2)
		say(v, b);
	else
		visit_good(v);
}

/* The right bytes under a status that does not fit. */
static void say_over_good(struct visit *v, const struct behaviour *b)
{
	char status[32];
	(void)snprintf(status, sizeof status, "%ld Whatever", b->number);
	visit_reply(v, status, b->text ? b->text : "", v->bytes, v->len);
}

static void say_to_itself(struct visit *v, const struct behaviour *b)
{
	char headers[512];
	(void)snprintf(headers, sizeof headers, "Location: /feed/%s\r\n", v->path);
	struct behaviour self = *b;
	self.text = headers;
	say(v, &self);
}

/* An error's page of any length: nobody reads it. */
static void say_at_length(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 %ld Whatever\r\nConnection: close\r\n\r\n", b->number);
	visit_fill(v, '#', -1);
}

static void continue_endlessly(struct visit *v, const struct behaviour *b)
{
	while (visit_printf(v, "HTTP/1.1 %ld Go On\r\n\r\n", b->number))
		continue;
}

static void continue_once(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 %ld Go On\r\n%s\r\n", b->number, b->text);
	visit_good(v);
}

const struct behaviour status_family[] = {
	{"status-000", HEAD, say, 0},
	{"status-099", HEAD, say, 99},
	{"status-100-once", HEAD, continue_once, 100, ""},
	{"status-100-endless", HEAD, continue_endlessly, 100},
	{"status-101", HEAD, say, 101, "Upgrade: h2c\r\nConnection: Upgrade\r\n"},
	{"status-103-once", HEAD, continue_once, 103, "Link: </x>\r\nETag: \"early\"\r\n"},
	{"status-103-endless", HEAD, continue_endlessly, 103},
	{"status-201-with-the-bytes", HEAD, say_over_good, 201},
	{"status-204", HEAD, say, 204},
	{"status-205", HEAD, say, 205},
	{"status-206-of-the-head", HEAD, say_over_good, 206},
	{"status-300", HEAD, say, 300},
	{"status-301-to-itself", HEAD, say_to_itself, 301},
	{"status-302-to-a-file", HEAD, say, 302, "Location: file:///etc/passwd\r\n"},
	{"status-303-to-another-host", HEAD, say, 303, "Location: http://192.0.2.1/feed/head.json\r\n"},
	{"status-304-not-asked", HEAD, say, 304},
	{"status-304-for-a-manifest", MANIFEST, say, 304},
	{"status-304-for-an-object", OBJECT, say, 304},
	{"status-304-for-trust", TRUST, say, 304},
	{"status-307-to-ftp", OBJECT, say, 307, "Location: ftp://127.0.0.1/x\r\n"},
	{"status-308-nowhere", HEAD, say, 308},
	{"status-308-at-every-file", EVERY, say, 308, "Location: /elsewhere\r\n"},
	{"status-400", HEAD, say, 400},
	{"status-401", HEAD, say, 401, "WWW-Authenticate: Basic realm=\"feed\"\r\n"},
	{"status-401-negotiate", HEAD, say, 401, "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n"},
	{"status-403-for-trust", TRUST, say, 403},
	{"status-404-for-the-head", HEAD, say, 404},
	{"status-404-for-every-file", EVERY, say, 404},
	{"status-404-endless-page", HEAD, say_at_length, 404},
	{"status-404-with-the-bytes", HEAD, say_over_good, 404},
	{"status-407", HEAD, say, 407, "Proxy-Authenticate: Basic realm=\"x\"\r\n"},
	{"status-410", OBJECT, say, 410},
	{"status-413", OBJECT, say, 413},
	{"status-416", OBJECT, say, 416, "Content-Range: bytes */1\r\n"},
	{"status-421", HEAD, say, 421},
	{"status-429", HEAD, say, 429, "Retry-After: 3\r\n"},
	{"status-429-for-30-years", HEAD, say, 429, "Retry-After: 1000000000\r\n"},
	{"status-429-beyond-64-bits", HEAD, say, 429, "Retry-After: 99999999999999999999999\r\n"},
	{"status-429-before-now", HEAD, say, 429, "Retry-After: -99999999999999999999999\r\n"},
	{"status-429-in-words", HEAD, say, 429, "Retry-After: Fri, 31 Feb 9999 99:99:99 GMT\r\n"},
	{"status-500", HEAD, say, 500},
	{"status-500-every-second", EVERY, say_often, 500},
	{"status-500-endless-page", OBJECT, say_at_length, 500},
	{"status-502", MANIFEST, say, 502},
	{"status-503", HEAD, say, 503, "Retry-After: 1\r\n"},
	{"status-999", HEAD, say, 999},
	{0},
};
