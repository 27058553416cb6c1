/* SPDX-License-Identifier: Apache-2.0
 *
 * Time: silence, dripping, and ends in the wrong place. */
#include <string.h>

#include "hostile.h"

#define DRIP_MS 100

/* Where in an answer something happens; what stands before it is sent. */
enum place { AT_START, IN_STATUS, IN_HEADERS, AFTER_HEADERS, IN_BODY, BEFORE_LAST_BYTE };

static void send_until(struct visit *v, long place)
{
	if (place >= IN_STATUS)
		visit_printf(v, "HTTP/1.1 2");
	if (place >= IN_HEADERS)
		visit_printf(v, "00 OK\r\nContent-Type: application/js");
	if (place >= AFTER_HEADERS)
		visit_printf(v, "on\r\nContent-Length: %zu\r\n\r\n", v->len);
	if (place >= IN_BODY)
		visit_send(v, v->bytes, v->len / 2);
	if (place >= BEFORE_LAST_BYTE && v->len)
		visit_send(v, v->bytes + v->len / 2, v->len - v->len / 2 - 1);
}

static void fall_silent(struct visit *v, const struct behaviour *b)
{
	send_until(v, b->number);
	visit_stall(v);
}

static void hang_up(struct visit *v, const struct behaviour *b)
{
	send_until(v, b->number);
}

static void reset(struct visit *v, const struct behaviour *b)
{
	send_until(v, b->number);
	visit_reset(v);
}

/* Bytes one by one with a pause behind each: the text first, then the body. */
static void drip(struct visit *v, const struct behaviour *b)
{
	for (const char *at = b->text; *at && !v->is_gone; at++) {
		visit_send(v, at, 1);
		visit_pause(v, (int)b->number);
	}
	visit_printf(v, "Content-Length: %zu\r\n\r\n", v->len);
	for (size_t i = 0; i < v->len && !v->is_gone; i++) {
		visit_send(v, v->bytes + i, 1);
		visit_pause(v, (int)b->number);
	}
}

/* A good beginning, then the body in so many bytes each DRIP_MS. */
static void trickle(struct visit *v, const struct behaviour *b)
{
	size_t step = (size_t)b->number;
	send_until(v, AFTER_HEADERS);
	for (size_t at = 0; at < v->len && !v->is_gone; at += step) {
		visit_send(v, v->bytes + at, v->len - at < step ? v->len - at : step);
		visit_pause(v, DRIP_MS);
	}
}

static void drip_headers(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\n");
	while (visit_printf(v, "%s", b->text) && visit_pause(v, (int)b->number))
		continue;
}

static void drip_chunks(struct visit *v, const struct behaviour *b)
{
	visit_printf(v, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
	while (visit_printf(v, "1\r\n{\r\n") && visit_pause(v, (int)b->number))
		continue;
}

/* Held back, as if it had been asked to; the number is for how long. */
static void hold(struct visit *v, const struct behaviour *b)
{
	if (visit_pause(v, (int)b->number))
		visit_good(v);
}

/* Says that it waited, at once; or waits though it was not asked. */
static void lie_about_waiting(struct visit *v, const struct behaviour *b)
{
	(void)b;
	visit_reply(v, "200 OK", "Preference-Applied: wait\r\nPreference-Applied: wait=9999999\r\n", v->bytes,
		v->len);
}

const struct behaviour pace_family[] = {
	{"silent-at-accept", AT_ACCEPT, fall_silent, AT_START},
	{"silent-after-the-request", HEAD, fall_silent, AT_START},
	{"silent-in-the-status", HEAD, fall_silent, IN_STATUS},
	{"silent-in-the-headers", HEAD, fall_silent, IN_HEADERS},
	{"silent-after-the-headers", HEAD, fall_silent, AFTER_HEADERS},
	{"silent-in-the-body", HEAD, fall_silent, IN_BODY},
	{"silent-before-the-last-byte", HEAD, fall_silent, BEFORE_LAST_BYTE},
	{"silent-in-an-object", OBJECT, fall_silent, IN_BODY},
	{"silent-in-a-manifest", MANIFEST, fall_silent, IN_BODY},
	{"closed-at-accept", AT_ACCEPT, hang_up, AT_START},
	{"closed-after-the-request", HEAD, hang_up, AT_START},
	{"closed-in-the-status", HEAD, hang_up, IN_STATUS},
	{"closed-in-the-headers", HEAD, hang_up, IN_HEADERS},
	{"closed-after-the-headers", HEAD, hang_up, AFTER_HEADERS},
	{"closed-in-the-body", HEAD, hang_up, IN_BODY},
	{"closed-before-the-last-byte", HEAD, hang_up, BEFORE_LAST_BYTE},
	{"closed-in-an-object", OBJECT, hang_up, IN_BODY},
	{"reset-at-accept", AT_ACCEPT, reset, AT_START},
	{"reset-after-the-request", HEAD, reset, AT_START},
	{"reset-in-the-headers", HEAD, reset, IN_HEADERS},
	{"reset-in-the-body", HEAD, reset, IN_BODY},
	{"reset-in-an-object", OBJECT, reset, IN_BODY},
	{"drip-of-the-status-line", HEAD, drip, 200, "HTTP/1.1 200 OK\r\n"},
	{"drip-1-byte-a-second", HEAD, drip, 1000, "HTTP/1.1 200 OK\r\n"},
	{"drip-10-bytes-a-second", HEAD, drip, 100, "HTTP/1.1 200 OK\r\n"},
	{"drip-body-40-bytes-a-second", HEAD, trickle, 4},
	{"drip-object-40-bytes-a-second", OBJECT, trickle, 4},
	{"drip-body-in-time", HEAD, trickle, 200},
	{"drip-object-in-time", OBJECT, trickle, 2000},
	{"drip-header-lines", HEAD, drip_headers, 50, "X-Drip: drop\r\n"},
	{"drip-header-bytes", HEAD, drip_headers, 50, "x"},
	{"drip-chunks", HEAD, drip_chunks, 50},
	{"held-for-half-a-second", HEAD, hold, 500},
	{"held-for-a-minute", HEAD, hold, 60000},
	{"held-a-lie", HEAD, lie_about_waiting},
	{0},
};
