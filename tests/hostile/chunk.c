/* SPDX-License-Identifier: Apache-2.0
 *
 * Chunks that lie, and encodings: compressed without being asked. */
#include <string.h>

#include "hostile.h"

static bool begin(struct visit *v, const char *headers)
{
	return visit_printf(v, "HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\n", headers);
}

/* The right bytes, so many in a chunk. */
static void send_pieces(struct visit *v, const struct behaviour *b)
{
	size_t step = (size_t)b->number;
	begin(v, "");
	for (size_t at = 0; at < v->len; at += step) {
		size_t len = v->len - at < step ? v->len - at : step;
		visit_printf(v, "%zx%s\r\n", len, b->text ? b->text : "");
		visit_send(v, v->bytes + at, len);
		visit_send(v, "\r\n", 2);
	}
	visit_send(v, "0\r\n\r\n", 5);
}

/* The right bytes, and then what the text says instead of an end. */
static void end_with(struct visit *v, const struct behaviour *b)
{
	begin(v, "");
	visit_printf(v, "%zx\r\n", v->len);
	visit_send(v, v->bytes, v->len);
	visit_printf(v, "\r\n%s", b->text);
}

static void start_with(struct visit *v, const struct behaviour *b)
{
	begin(v, "");
	visit_printf(v, "%s", b->text);
	visit_send(v, v->bytes, v->len);
	visit_send(v, "\r\n0\r\n\r\n", 7);
}

static void never_end(struct visit *v, const struct behaviour *b)
{
	begin(v, "");
	while (visit_send(v, "1000\r\n", 6) && visit_fill(v, (char)b->number, 4096) &&
		visit_send(v, "\r\n", 2))
		continue;
}

/* One piece of something, again and again, where the framing has no bound of its own. */
static void repeat(struct visit *v, const struct behaviour *b)
{
	begin(v, "");
	visit_printf(v, "%zx", v->len);
	if (b->number == 0) { /* behind the size */
		while (visit_printf(v, "%s", b->text))
			continue;
	}
	visit_send(v, "\r\n", 2);
	visit_send(v, v->bytes, v->len);
	visit_send(v, "\r\n0\r\n", 5);
	while (visit_printf(v, "%s", b->text)) /* behind the last */
		continue;
}

/* 10 MB of zeros by gzip(1), in pieces that repeat: the middle of a deflate stream of
 * stored runs grows a thousandfold; here it is enough that it says so. */
static void squeeze(struct visit *v, const struct behaviour *b)
{
	static const unsigned char bomb[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xed, 0xc1, 1, 0x0d, 0, 0, 0,
		0xc2, 0xa0, 0xf7, 0x4f, 0x6d, 0x0e, 0x37, 0xa0};
	visit_printf(v, "HTTP/1.1 200 OK\r\n%sConnection: close\r\n\r\n", b->text);
	visit_send(v, bomb, sizeof bomb);
	visit_fill(v, 0, b->number);
}

/* The right bytes, said to be something else. */
static void label(struct visit *v, const struct behaviour *b)
{
	visit_reply(v, "200 OK", b->text, v->bytes, v->len);
}

const struct behaviour chunk_family[] = {
	{"chunk-whole", HEAD, send_pieces, 1 << 20},
	{"chunk-of-one-byte", HEAD, send_pieces, 1},
	{"chunk-of-an-object", OBJECT, send_pieces, 100},
	{"chunk-with-extensions", HEAD, send_pieces, 100, ";a=\"b\""},
	{"chunk-endless", HEAD, never_end, ' '},
	{"chunk-endless-object", OBJECT, never_end, 0},
	{"chunk-endless-trust", TRUST, never_end, '{'},
	{"chunk-endless-manifest", MANIFEST, never_end, '{'},
	{"chunk-size-negative", HEAD, start_with, 0, "-5\r\n"},
	{"chunk-size-in-words", HEAD, start_with, 0, "many\r\n"},
	{"chunk-size-empty", HEAD, start_with, 0, "\r\n"},
	{"chunk-size-huge", HEAD, start_with, 0, "7fffffffffffffff\r\n"},
	{"chunk-size-beyond-64-bits", HEAD, start_with, 0, "fffffffffffffffffffffff\r\n"},
	{"chunk-size-too-small", HEAD, start_with, 0, "5\r\n"},
	{"chunk-without-an-end", HEAD, end_with, 0, ""},
	{"chunk-garbage-for-an-end", HEAD, end_with, 0, "garbage\r\n\r\n"},
	{"chunk-extension-endless", HEAD, repeat, 0, ";extension=very-long-indeed"},
	{"chunk-trailers-endless", HEAD, repeat, 1, "X-Trailer: more\r\n"},
	{"chunk-trailer-without-an-end", HEAD, repeat, 1, "more"},
	{"gzip-bomb", HEAD, squeeze, 65536, "Content-Encoding: gzip\r\n"},
	{"gzip-bomb-object", OBJECT, squeeze, -1, "Content-Encoding: gzip\r\n"},
	{"gzip-bomb-not-said", HEAD, squeeze, 4096, ""},
	{"gzip-by-transfer", HEAD, squeeze, 4096, "Transfer-Encoding: gzip\r\n"},
	{"gzip-said-but-plain", HEAD, label, 0, "Content-Encoding: gzip\r\n"},
	{"gzip-in-capitals", HEAD, label, 0, "content-ENCODING:GZIP\r\n"},
	{"gzip-twice", HEAD, label, 0, "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip\r\n"},
	{"encoding-br", OBJECT, label, 0, "Content-Encoding: br\r\n"},
	{"encoding-zstd", MANIFEST, label, 0, "Content-Encoding: zstd\r\n"},
	{"encoding-deflate", TRUST, label, 0, "Content-Encoding: deflate\r\n"},
	{"encoding-identity", HEAD, label, 0, "Content-Encoding: identity\r\n"},
	{"encoding-by-an-unknown-transfer", HEAD, label, 0, "Transfer-Encoding: rot13\r\n"},
	{0},
};
