/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/api.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strict.h"
#include "base/utf8.h"
#include "hub/api_errors.h"
#include "hub/hub.h"
#include "hub/visitor.h"

static const struct api_area *const areas[] = {
	&api_session_area, &api_account_area, &api_audit_area, &api_set_area, &api_office_area, &api_overview_area,
	&api_preview_area, &api_media_area, &api_publish_area, &api_setting_area,
	&api_import_area, &api_screen_area};

/* ---- routes ------------------------------------------------------------------------- */

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c | 32) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* Percent signs decoded, '+' as a space in queries; NULL when it is no text. */
static const char *decode(struct api_call *c, const char *text, size_t len, bool is_query)
{
	char *out = c->texts + c->texts_len, *to = out;
	for (size_t i = 0; i < len; i++) {
		int high = text[i] == '%' && i + 2 < len ? hex_digit(text[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
		if (text[i] == '%' && low < 0)
			return NULL;
		*to++ = (char)(low >= 0 ? high << 4 | low : is_query && text[i] == '+' ? ' ' : text[i]);
		i += low >= 0 ? 2 : 0;
	}
	*to = '\0';
	const char *at = out;
	uint32_t point;
	while ((point = utf8_next(&at)) != 0 && point != UTF8_BAD)
		continue;
	if (point == UTF8_BAD || at != to)
		return NULL;
	c->texts_len += (size_t)(to - out) + 1;
	return out;
}

/* "sets/:/items" against "sets/12/items"; collects what stands at the colons. */
static bool fits(struct api_call *c, const char *pattern, const char *path)
{
	c->part_count = 0;
	c->texts_len = 0;
	for (;;) {
		size_t want = strcspn(pattern, "/"), have = strcspn(path, "/");
		if (want == 1 && *pattern == ':') {
			const char *part = have && c->part_count < API_PARTS_MAX ? decode(c, path, have, false) : NULL;
			if (!part || !*part)
				return false;
			c->parts[c->part_count++] = part;
		} else if (want != have || strncmp(pattern, path, want) != 0) {
			return false;
		}
		if (!pattern[want] || !path[have])
			return pattern[want] == path[have];
		pattern += want + 1;
		path += have + 1;
	}
}

/* *is_path: some route has the path, with another method. */
static const struct api_route *find_route(struct api_call *c, bool *is_path)
{
	*is_path = false;
	for (size_t a = 0; a < sizeof areas / sizeof areas[0]; a++) {
		for (size_t i = 0; i < areas[a]->count; i++) {
			const struct api_route *r = &areas[a]->routes[i];
			if (!fits(c, r->pattern, c->request->path))
				continue;
			if (strcmp(r->method, c->request->method) == 0)
				return r;
			*is_path = true;
		}
	}
	return NULL;
}

/* ---- one call ------------------------------------------------------------------------ */

static bool may(const struct api_route *r, const struct session *s, struct err *e)
{
	if (s->is_one_time && !(r->flags & API_ONE_TIME))
		return api_errors_set(e, "password_change_needed", "请先修改一次性密码");
	if (!(r->roles & s->actor.roles))
		return err_set(e, ERR_FORBIDDEN, "您的角色不能进行此操作");
	if (s->actor.is_script && r->flags & (API_PEOPLE | API_CONFIRMED))
		return err_set(e, ERR_FORBIDDEN, "此操作必须由人登录后进行");
	if (r->flags & API_CONFIRMED && !s->actor.is_confirmed)
		return api_errors_set(e, "confirm_needed", "请再次输入密码确认");
	return true;
}

static bool read_body(struct api_call *c, const struct api_route *r, struct err *e)
{
	const char *type = c->request->header(c->request->user, "Content-Type");
	bool is_read = strcmp(c->request->method, "GET") == 0 || strcmp(c->request->method, "HEAD") == 0;
	if (r->flags & API_UPLOAD || is_read || (c->request->body_len == 0 && !type))
		return true;
	if (c->request->body_len == 0)
		return true;
	if (!type || strncmp(type, "application/json", 16) != 0 || (type[16] && type[16] != ';'))
		return api_errors_set(e, "wrong_type", "请求须为 application/json");
	c->body = strict_parse(c->request->body, c->request->body_len, e);
	return c->body != NULL;
}

static bool handle(struct api_call *c, const struct api_route *r, struct err *e)
{
	struct session s;
	if (!(r->flags & API_OPEN)) {
		if (!visitor_find(c, &s, e))
			return false;
		c->session = &s;
		c->actor = &s.actor;
		if (!may(r, &s, e))
			return false;
	} else if (!visitor_is_at_home(c, e)) {
		return false;
	}
	return read_body(c, r, e) && r->handle(c, e);
}

static bool answer(struct api_call *c, struct err *e)
{
	bool is_path;
	const struct api_route *r = find_route(c, &is_path);
	if (!r && is_path)
		return api_errors_set(e, "not_allowed", "此地址不支持该方法");
	return r ? handle(c, r, e) : err_set(e, ERR_MISSING, "没有这个地址");
}

static void add_headers(struct api_call *c)
{
	http_answer_header(c->answer, "Cache-Control", "no-store");
	http_answer_header(c->answer, "X-Content-Type-Options", "nosniff");
	http_answer_header(c->answer, "Referrer-Policy", "no-referrer");
	http_answer_header(c->answer, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
	http_answer_header(c->answer, "Cross-Origin-Resource-Policy", "same-origin");
	if (hub_is_secure(c->hub))
		http_answer_header(c->answer, "Strict-Transport-Security", "max-age=31536000");
}

static size_t texts_needed(const struct api_request *r)
{
	return 2 * strlen(r->path) + HTTP_HEADER_BYTES_MAX;
}

void api_answer(struct hub *h, const struct api_request *r, struct http_answer *a)
{
	struct err e = {0};
	struct api_call c = {.hub = h, .office = h->office, .request = r, .answer = a,
		.now_utc_s = clock_utc_ms(&h->clock) / 1000, .texts = alloc_zero(1, texts_needed(r))};
	if (!answer(&c, &e))
		api_errors_send(&c, &e);
	add_headers(&c);
	json_decref(c.body);
	json_decref(c.details);
	free(c.texts);
}

size_t api_body_max(struct hub *h, const struct api_request *r)
{
	bool is_path;
	struct err ignored = {0};
	struct session s;
	struct http_answer none = {0};
	struct api_call c = {.hub = h, .office = h->office, .request = r, .answer = &none,
		.now_utc_s = clock_utc_ms(&h->clock) / 1000, .texts = alloc_zero(1, texts_needed(r))};
	const struct api_route *route = find_route(&c, &is_path);
	size_t max = 4096; /* of who has not said who he is */
	if (route && !(route->flags & API_OPEN) && visitor_find(&c, &s, &ignored) && may(route, &s, &ignored))
		max = route->flags & API_UPLOAD ? API_UPLOAD_BYTES_MAX : API_JSON_BYTES_MAX;
	http_answer_finish(&none);
	free(c.texts);
	return max;
}

/* ---- for handlers --------------------------------------------------------------------- */

const char *api_query(struct api_call *c, const char *name)
{
	const char *text = c->request->query(c->request->user, name);
	size_t room = texts_needed(c->request) - c->texts_len;
	return text && strlen(text) < room ? decode(c, text, strlen(text), true) : NULL;
}

bool api_number(const char *text, int64_t *out, struct err *e)
{
	char *end = NULL;
	errno = 0;
	bool is_digit = text && *text >= '0' && *text <= '9';
	long long value = is_digit ? strtoll(text, &end, 10) : 0;
	*out = value;
	return (is_digit && errno == 0 && *end == '\0') || err_set(e, ERR_FORMAT, "应为数字");
}

bool api_query_number(struct api_call *c, const char *name, int64_t otherwise, int64_t *out, struct err *e)
{
	const char *text = api_query(c, name);
	*out = otherwise;
	return !text || api_number(text, out, e) || err_prefix(e, "%s", name);
}

bool api_text(struct api_call *c, const char *name, const char *otherwise, const char **out, struct err *e)
{
	const json_t *value = json_object_get(c->body, name);
	*out = otherwise;
	if (!value && otherwise)
		return true;
	*out = json_string_value(value);
	return (*out && strlen(*out) == json_string_length(value)) || err_set(e, ERR_FORMAT, "%s：缺少或不是文字", name);
}

bool api_bool(struct api_call *c, const char *name, bool otherwise, bool *out, struct err *e)
{
	const json_t *value = json_object_get(c->body, name);
	*out = value ? json_is_true(value) : otherwise;
	return !value || json_is_boolean(value) || err_set(e, ERR_FORMAT, "%s：应为是或否", name);
}

bool api_send(struct api_call *c, unsigned status, json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(15));
	c->answer->status = status;
	buf_text(&c->answer->body, text);
	http_answer_header(c->answer, "Content-Type", "application/json");
	free(text);
	json_decref(value);
	return true;
}

bool api_done(struct api_call *c)
{
	c->answer->status = MHD_HTTP_NO_CONTENT;
	return true;
}

void api_begin(struct api_call *c)
{
	office_begin(c->office, c->now_utc_s, c->actor ? c->actor : &office_itself);
}

bool api_end(struct api_call *c, bool ok, struct err *e)
{
	return office_end(c->office, ok, e);
}

void api_detail(struct api_call *c, json_t *detail)
{
	if (!c->details)
		c->details = json_array();
	(void)json_array_append_new(c->details, detail);
}
