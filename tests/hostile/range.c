/* SPDX-License-Identifier: Apache-2.0
 *
 * Ranges, when an object that was cut off goes on. The number is what is wrong. */
#include <string.h>

#include "hostile.h"

enum wrong {
	IGNORED,
	EARLIER,
	LATER,
	OTHER_BYTES,
	NO_RANGE,
	IN_WORDS,
	SHORTER,
	LONGER,
	ENDLESS,
	PARTS,
	NEGATIVE
};

static void play(struct visit *v, const struct behaviour *b)
{
	char headers[256] = "";
	size_t from = v->from > 0 && (size_t)v->from < v->len ? (size_t)v->from : 0;
	size_t said = b->number == EARLIER ? from / 2 : b->number == LATER ? from + 1 : from;
	if (b->number == IGNORED) {
		visit_reply(v, "200 OK", "", v->bytes, v->len);
		return;
	}
	if (b->number == OTHER_BYTES)
		memset(v->bytes + from, '#', v->len - from);
	if (b->number == IN_WORDS)
		(void)snprintf(headers, sizeof headers, "Content-Range: the rest\r\n");
	else if (b->number == NEGATIVE)
		(void)snprintf(headers, sizeof headers, "Content-Range: bytes -9223372036854775809-1/-1\r\n");
	else if (b->number == PARTS)
		(void)snprintf(headers, sizeof headers, "Content-Type: multipart/byteranges; boundary=b\r\n");
	else if (b->number != NO_RANGE)
		(void)snprintf(headers, sizeof headers, "Content-Range: bytes %zu-%zu/%zu\r\n", said,
			v->len - 1, v->len);
	if (b->number == ENDLESS) {
		visit_printf(v, "HTTP/1.1 206 Partial Content\r\n%s\r\n", headers);
		visit_fill(v, 0, -1);
	}
	size_t len = v->len - from;
	if (b->number == SHORTER)
		len /= 2;
	visit_reply(v, "206 Partial Content", headers, v->bytes + (b->number == EARLIER ? said : from),
		b->number == LONGER ? len - 1 : len);
	if (b->number == LONGER)
		visit_fill(v, '#', 4096);
}

static void too_much(struct visit *v, const struct behaviour *b)
{
	(void)b;
	char headers[128];
	size_t from = v->from > 0 ? (size_t)v->from : 0;
	(void)snprintf(
		headers, sizeof headers, "Content-Range: bytes %zu-%zu/%zu\r\n", from, v->len, v->len + 1);
	visit_printf(v, "HTTP/1.1 206 Partial Content\r\n%sConnection: close\r\n\r\n", headers);
	visit_send(v, v->bytes + from, v->len - from);
	visit_send(v, "#", 1);
}

static void refuse(struct visit *v, const struct behaviour *b)
{
	if (v->from > 0)
		visit_reply(v, "416 Range Not Satisfiable", b->text, "", 0);
	else
		visit_good(v);
}

const struct behaviour range_family[] = {
	{"range-ignored", OBJECT, play, IGNORED},
	{"range-begins-earlier", OBJECT, play, EARLIER},
	{"range-begins-later", OBJECT, play, LATER},
	{"range-of-other-bytes", OBJECT, play, OTHER_BYTES},
	{"range-not-said", OBJECT, play, NO_RANGE},
	{"range-in-words", OBJECT, play, IN_WORDS},
	{"range-negative", OBJECT, play, NEGATIVE},
	{"range-shorter", OBJECT, play, SHORTER},
	{"range-length-one-less", OBJECT, play, LONGER},
	{"range-one-byte-more", OBJECT, too_much},
	{"range-endless", OBJECT, play, ENDLESS},
	{"range-in-parts", OBJECT, play, PARTS},
	{"range-never", OBJECT, refuse, 0, "Content-Range: bytes */1\r\n"},
	{0},
};
