/* SPDX-License-Identifier: Apache-2.0
 *
 * Content-Length: wrong, huge, negative, twice, none, or beside chunks. */
#include <string.h>

#include "hostile.h"

/* So many more than there are, or fewer; the bytes are right. */
static void say_more(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\nContent-Length: %ld\r\n\r\n", (long)v->len + b->number);
	visit_send(v, v->bytes, v->len);
}

/* What the text says, and the bytes. */
static void say_text(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\n%s\r\n", b->text);
	visit_send(v, v->bytes, v->len);
}

static void say_twice(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nContent-Length: %ld\r\n\r\n", v->len,
		(long)v->len + b->number);
	visit_send(v, v->bytes, v->len);
}

/* As long as it says, which is longer than it may be. */
static void be_long(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\nContent-Length: %ld\r\n\r\n", b->number);
	visit_fill(v, '{', b->number);
}

/* The right bytes and then others without end, under no length at all. */
static void never_end(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	visit_send(v, v->bytes, v->len);
	visit_fill(v, (char)b->number, -1);
}

/* The body that is due, and behind it the next answer, which nobody asked for. */
static void smuggle(struct visit *v, const struct behaviour *b)
{
	(void)b;
	visit_good(v);
	for (int i = 0; i < 4; i++)
		visit_reply(v, "200 OK", "", "{\"smuggled\": true}", 18);
}

const struct behaviour length_family[] = {
	{"length-one-less", HEAD, say_more, -1},
	{"length-one-more", HEAD, say_more, 1},
	{"length-half-of-an-object", OBJECT, say_more, -300},
	{"length-more-than-an-object", OBJECT, say_more, 1000},
	{"length-1-gb", HEAD, say_more, 1000000000},
	{"length-1-gb-of-an-object", OBJECT, say_more, 1000000000},
	{"length-1-gb-truly", OBJECT, be_long, 1000000000},
	{"length-1-gb-of-trust", TRUST, be_long, 1000000000},
	{"length-1-gb-of-a-manifest", MANIFEST, be_long, 1000000000},
	{"length-zero", HEAD, be_long, 0},
	{"length-zero-of-an-object", OBJECT, be_long, 0},
	{"length-zero-but-bytes", HEAD, say_text, 0, "Content-Length: 0\r\n"},
	{"length-negative", HEAD, say_text, 0, "Content-Length: -1\r\n"},
	{"length-beyond-63-bits", HEAD, say_text, 0, "Content-Length: 9223372036854775808\r\n"},
	{"length-beyond-64-bits", HEAD, say_text, 0, "Content-Length: 99999999999999999999999\r\n"},
	{"length-in-words", HEAD, say_text, 0, "Content-Length: many\r\n"},
	{"length-in-hex", HEAD, say_text, 0, "Content-Length: 0x10\r\n"},
	{"length-empty", HEAD, say_text, 0, "Content-Length:\r\n"},
	{"length-twice-the-same", HEAD, say_twice, 0},
	{"length-twice-different", HEAD, say_twice, -10},
	{"length-in-a-list", HEAD, say_text, 0, "Content-Length: 5, 5\r\n"},
	{"length-and-chunked", HEAD, say_text, 0, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"},
	{"length-none", HEAD, say_text, 0, "Connection: close\r\n"},
	{"length-none-and-endless", HEAD, never_end, '{'},
	{"length-none-endless-object", OBJECT, never_end, 0},
	{"length-none-endless-spaces", HEAD, never_end, ' '},
	{"length-smuggled-answers", HEAD, smuggle},
	{0},
};
