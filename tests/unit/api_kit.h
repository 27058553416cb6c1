/* api_kit.h - the API asked without a socket. */
#ifndef API_KIT_H
#define API_KIT_H

#include <string.h>
#include <strings.h>

#include "hub/api.h"
#include "hub/hub.h"
#include "office_kit.h"

struct api_kit_header {
	const char *name, *value;
};

struct api_kit_ask {
	const char *method, *path, *query; /* query: "a=1&b=2" */
	const char *body; /* JSON; NULL: none */
	size_t body_len; /* 0: up to its NUL */
	const char *address; /* NULL: 192.0.2.1 */
	struct api_kit_header headers[8];
};

static inline const char *api_kit_header(const void *user, const char *name)
{
	const struct api_kit_ask *a = user;
	for (size_t i = 0; i < 8 && a->headers[i].name; i++) {
		if (strcasecmp(a->headers[i].name, name) == 0)
			return a->headers[i].value;
	}
	return a->body && strcasecmp(name, "Content-Type") == 0 ? "application/json" : NULL;
}

/* One argument at a time, valid until the next. */
static inline const char *api_kit_query(const void *user, const char *name)
{
	static _Thread_local char value[512];
	const struct api_kit_ask *a = user;
	const char *at = a->query;
	size_t len = strlen(name);
	while (at && *at) {
		size_t end = strcspn(at, "&");
		if (strncmp(at, name, len) == 0 && at[len] == '=') {
			(void)snprintf(value, sizeof value, "%.*s", (int)(end - len - 1), at + len + 1);
			return value;
		}
		at += end + (at[end] == '&');
	}
	return NULL;
}

static inline struct api_request api_kit_request(const struct api_kit_ask *a)
{
	size_t len = a->body ? strlen(a->body) : 0;
	return (struct api_request){.method = a->method, .path = a->path, .body = a->body ? a->body : "",
		.body_len = a->body_len ? a->body_len : len, .address = a->address ? a->address : "192.0.2.1",
		.header = api_kit_header, .query = api_kit_query, .user = a};
}

/* The status; the whole answer, which http_answer_finish() ends. */
static inline unsigned api_kit_answer(struct hub *h, const struct api_kit_ask *a, struct http_answer *out)
{
	const struct api_request r = api_kit_request(a);
	*out = (struct http_answer){0};
	api_answer(h, &r, out);
	return out->status ? out->status : 200;
}

/* NULL: the answer has none of that name. */
static inline const char *api_kit_answer_header(const struct http_answer *a, const char *name)
{
	for (int i = 0; i < a->header_count; i++) {
		if (strcasecmp(a->headers[i].name, name) == 0)
			return a->headers[i].value;
	}
	return NULL;
}

/* The status; *out: the body as JSON (json_decref() it) or NULL; out itself may be NULL. */
static inline unsigned api_kit_call(struct hub *h, const struct api_kit_ask *a, json_t **out)
{
	struct http_answer answer;
	unsigned status = api_kit_answer(h, a, &answer);
	if (out)
		*out = answer.body.len ? json_loadb(answer.body.data, answer.body.len, 0, NULL) : NULL;
	http_answer_finish(&answer);
	return status;
}

/* A session of a person, without its password being asked. */
struct api_kit_session {
	char cookie[SECRET_TOKEN_TEXT + 32], csrf[SECRET_TOKEN_TEXT];
};

static inline void api_kit_sign_in(struct office_kit *k, int64_t account, struct api_kit_session *out)
{
	struct account a;
	struct session s;
	struct err e = {0};
	char token[SECRET_TOKEN_TEXT];
	office_begin(k->office, k->now_utc_s, &office_itself);
	if (!account_get(k->office, account, &a))
		abort();
	session_start(k->office, &a, "192.0.2.1", token, &s);
	if (!office_commit(k->office, &e))
		abort();
	(void)snprintf(out->cookie, sizeof out->cookie, "fangzi_session=%s", token);
	(void)snprintf(out->csrf, sizeof out->csrf, "%s", s.csrf);
}

static inline unsigned api_kit_as(struct hub *h, const struct api_kit_session *s, const char *method,
	const char *path, const char *body, json_t **out)
{
	const struct api_kit_ask a = {.method = method, .path = path, .body = body,
		.headers = {{"Cookie", s->cookie}, {"X-CSRF-Token", s->csrf}}};
	return api_kit_call(h, &a, out);
}

#endif
