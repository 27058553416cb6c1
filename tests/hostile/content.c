/* SPDX-License-Identifier: Apache-2.0
 *
 * Sound HTTP with wrong content: portals, swapped files, old heads, mixed versions. */
#include <stdlib.h>
#include <string.h>

#include "hostile.h"

static void portal(struct visit *v, const struct behaviour *b)
{
	static const char page[] =
		"<!DOCTYPE html><title>Welcome</title><p>Please log in to use this network.";
	visit_reply(v, "200 OK", b->text, page, sizeof page - 1);
}

/* Another file of the feed under this name; the text is which. */
static void swap(struct visit *v, const struct behaviour *b)
{
	visit_load(v, b->text);
	visit_good(v);
}

static void flip(struct visit *v, const struct behaviour *b)
{
	if (v->bytes)
		v->bytes[v->len / 2] ^= (unsigned char)b->number;
	visit_good(v);
}

static void cut(struct visit *v, const struct behaviour *b)
{
	v->len /= (size_t)b->number;
	visit_good(v);
}

static void append(struct visit *v, const struct behaviour *b)
{
	size_t more = strlen(b->text);
	unsigned char *bytes = realloc(v->bytes, v->len + more);
	if (!bytes)
		abort();
	memcpy(bytes + v->len, b->text, more);
	v->bytes = bytes;
	v->len += more;
	visit_good(v);
}

/* The newest head, then an old one, and so on. */
static void turn_back(struct visit *v, const struct behaviour *b)
{
	if (v->number % 2)
		visit_load(v, b->text);
	visit_good(v);
}

/* A sound answer to everything, even to what there is not. */
static void always_there(struct visit *v, const struct behaviour *b)
{
	if (!v->bytes)
		visit_load(v, b->text);
	visit_good(v);
}

static void nothing(struct visit *v, const struct behaviour *b)
{
	(void)b;
	visit_reply(v, "200 OK", "", "", 0);
}

static void good(struct visit *v, const struct behaviour *b)
{
	(void)b;
	visit_good(v);
}

const struct behaviour content_family[] = {
	{"good", EVERY, good},
	{"portal", EVERY, portal, 0, "Content-Type: text/html\r\n"},
	{"portal-for-the-head", HEAD, portal, 0, "Content-Type: application/json\r\n"},
	{"portal-for-an-object", OBJECT, portal, 0, "Content-Type: text/html\r\n"},
	{"portal-for-a-manifest", MANIFEST, portal, 0, ""},
	{"empty-for-every-file", EVERY, nothing},
	{"empty-head", HEAD, nothing},
	{"empty-manifest", MANIFEST, nothing},
	{"swapped-head-is-a-manifest", HEAD, swap, 0, "manifests/3.json"},
	{"swapped-head-is-trust", HEAD, swap, 0, "trust/1.json"},
	{"swapped-manifest-is-older", MANIFEST, swap, 0, "manifests/2.json"},
	{"swapped-manifest-is-the-head", MANIFEST, swap, 0, "head.json"},
	{"swapped-object-is-the-head", OBJECT, swap, 0, "head.json"},
	{"swapped-trust-is-the-head", TRUST, swap, 0, "head.json"},
	{"trust-is-always-there", TRUST, always_there, 0, "trust/1.json"},
	{"every-file-is-the-head", EVERY, always_there, 0, "head.json"},
	{"one-bit-off-in-the-head", HEAD, flip, 1},
	{"one-bit-off-in-the-manifest", MANIFEST, flip, 1},
	{"one-bit-off-in-an-object", OBJECT, flip, 1},
	{"high-bit-off-in-the-head", HEAD, flip, 0x80},
	{"cut-head", HEAD, cut, 2},
	{"cut-manifest", MANIFEST, cut, 2},
	{"cut-object", OBJECT, cut, 3},
	{"longer-head", HEAD, append, 0, "\n\n\n"},
	{"longer-head-by-a-second", HEAD, append, 0, "{\"payloadType\": \"\"}"},
	{"longer-manifest", MANIFEST, append, 0, " "},
	{"longer-object", OBJECT, append, 0, "#"},
	{"old-head", HEAD, swap, 0, "old-head.json"},
	{"new-head-then-old", HEAD, turn_back, 0, "old-head.json"},
	{"mixed-old-manifest-by-new-head", MANIFEST, swap, 0, "manifests/1.json"},
	{0},
};
