/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/device_site.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "hub/fleet.h"
#include "hub/hub.h"

#define LABEL_HEADER "X-Fangzi-Label"

static const struct {
	const char *name;
	size_t body_max;
	bool (*hear)(struct fleet *f, const struct fleet_words *w, json_t **answer, struct err *e);
} kinds[] = {
	{"hello", HELLO_BYTES_MAX, fleet_hello},
	{"report", REPORT_BYTES_MAX, fleet_report},
};
#define KINDS (sizeof kinds / sizeof kinds[0])

static size_t find(const char *path)
{
	size_t i = 0;
	while (i < KINDS && strcmp(path + strlen(DEVICE_PREFIX), kinds[i].name) != 0)
		i++;
	return i;
}

static bool read_label(const struct http_request *r, struct buf *out)
{
	const char *text = http_header(r, LABEL_HEADER);
	return text && strlen(text) <= 2 * HELLO_LABEL_BYTES_MAX && digest_from_base64(text, strlen(text), out) &&
	       out->len <= HELLO_LABEL_BYTES_MAX;
}

size_t device_site_body_max(void *user, const struct http_request *r)
{
	const struct hub *h = user;
	struct buf label = {0};
	struct err ignored = {0};
	if (strcmp(r->method, "POST") != 0)
		return 0;
	if (strcmp(r->path, DEVICE_PICTURE) != 0)
		return find(r->path) < KINDS ? kinds[find(r->path)].body_max : 0;
	bool is_wanted = read_label(r, &label) && fleet_expects(h->fleet, label.data, label.len, &ignored);
	buf_finish(&label);
	return is_wanted ? HELLO_PICTURE_BYTES_MAX : 0;
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

/* Takes body. What is refused is told in a word: who sends it is a program. */
static void tell(struct http_answer *a, bool ok, json_t *body, const struct err *e)
{
	if (!ok) {
		json_decref(body);
		body = json_pack("{s:s}", "error", err_kind_name(e->kind));
		a->status = status_of(e);
	}
	char *text = json_dumps(body, JSON_COMPACT);
	buf_text(&a->body, text);
	free(text);
	json_decref(body);
	http_answer_header(a, "Content-Type", "application/json");
}

static bool is_post(const struct http_request *r, struct http_answer *a)
{
	http_answer_header(a, "Cache-Control", "no-store");
	if (strcmp(r->method, "POST") == 0)
		return true;
	a->status = MHD_HTTP_METHOD_NOT_ALLOWED;
	http_answer_header(a, "Allow", "POST");
	return false;
}

static int64_t now_of(const struct hub *h)
{
	return clock_utc_ms(&h->clock) / 1000;
}

void device_site_answer(void *user, const struct http_request *r, struct http_answer *a)
{
	const struct hub *h = user;
	struct err e = {0};
	json_t *body = NULL;
	size_t kind = find(r->path);
	if (!is_post(r, a))
		return;
	if (kind == KINDS) {
		a->status = MHD_HTTP_NOT_FOUND;
		return;
	}
	const struct fleet_words w = {.bytes = r->body.data ? r->body.data : "",
		.len = r->body.len,
		.address = r->address,
		.now_utc_s = now_of(h)};
	bool ok = kinds[kind].hear(h->fleet, &w, &body, &e);
	tell(a, ok, body, &e);
}

void device_site_answer_picture(void *user, const struct http_request *r, struct http_answer *a)
{
	const struct hub *h = user;
	struct err e = {0};
	struct buf label = {0};
	if (!is_post(r, a))
		return;
	bool ok = read_label(r, &label) || err_set(&e, ERR_FORMAT, "no label");
	ok = ok && fleet_picture(h->fleet, label.data, label.len, &r->body, now_of(h), &e);
	buf_finish(&label);
	tell(a, ok, json_object(), &e);
}
