/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/device_site.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "hub/fleet.h"
#include "hub/hub.h"

static bool hear_picture(
	struct fleet *f, const char *bytes, size_t len, int64_t now_utc_s, json_t **answer, struct err *e)
{
	*answer = json_object();
	return fleet_picture(f, bytes, len, now_utc_s, e);
}

static const struct {
	const char *name;
	size_t body_max;
	bool (*hear)(struct fleet *f, const char *bytes, size_t len, int64_t now_utc_s, json_t **answer, struct err *e);
} kinds[] = {
	{"hello", HELLO_BYTES_MAX, fleet_hello},
	{"report", REPORT_BYTES_MAX, fleet_report},
	{"picture", HELLO_PICTURE_BYTES_MAX + HELLO_LABEL_BYTES_MAX, hear_picture},
};
#define KINDS (sizeof kinds / sizeof kinds[0])

static size_t find(const char *path)
{
	size_t i = 0;
	while (i < KINDS && strcmp(path + strlen(DEVICE_PREFIX), kinds[i].name) != 0)
		i++;
	return i;
}

size_t device_site_body_max(void *user, const struct http_request *r)
{
	size_t i = find(r->path);
	(void)user;
	return i < KINDS && strcmp(r->method, "POST") == 0 ? kinds[i].body_max : 0;
}

static unsigned status_of(const struct err *e)
{
	switch (e->kind) {
	case ERR_UNTRUSTED:
		return MHD_HTTP_FORBIDDEN;
	case ERR_STALE:
		return MHD_HTTP_CONFLICT;
	case ERR_BUSY:
		return MHD_HTTP_TOO_MANY_REQUESTS;
	case ERR_DISK:
		return MHD_HTTP_SERVICE_UNAVAILABLE;
	default:
		return MHD_HTTP_BAD_REQUEST;
	}
}

/* What is refused is told in a word: who sends it is a program. */
static void answer(const struct hub *h, size_t kind, const struct http_request *r, struct http_answer *a)
{
	struct err e = {0};
	json_t *body = NULL;
	struct clock clock = h->clock;
	int64_t now = clock_utc_ms(&clock) / 1000;
	if (!kinds[kind].hear(h->fleet, r->body.data ? r->body.data : "", r->body.len, now, &body, &e)) {
		json_decref(body);
		body = json_pack("{s:s}", "error", err_kind_name(e.kind));
		a->status = status_of(&e);
	}
	char *text = json_dumps(body, JSON_COMPACT);
	buf_text(&a->body, text);
	free(text);
	json_decref(body);
	http_answer_header(a, "Content-Type", "application/json");
}

void device_site_answer(void *user, const struct http_request *r, struct http_answer *a)
{
	size_t kind = find(r->path);
	http_answer_header(a, "Cache-Control", "no-store");
	if (kind == KINDS) {
		a->status = MHD_HTTP_NOT_FOUND;
	} else if (strcmp(r->method, "POST") != 0) {
		a->status = MHD_HTTP_METHOD_NOT_ALLOWED;
		http_answer_header(a, "Allow", "POST");
	} else {
		answer(user, kind, r, a);
	}
}
