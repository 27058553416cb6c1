/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/visitor.h"

#include <stdio.h>
#include <string.h>

#include "hub/hub.h"

#define BEARER "Bearer "

static const char *cookie_name(const struct api_call *c)
{
	return hub_is_secure(c->hub) ? "__Host-fangzi" : HUB_COOKIE;
}

static const char *header(const struct api_call *c, const char *name)
{
	return c->request->header(c->request->user, name);
}

static bool is_token(const char *text, size_t len)
{
	return len == SECRET_TOKEN_TEXT - 1 && strspn(text, "0123456789abcdef") >= len;
}

bool visitor_cookie(const struct api_call *c, char token[static SECRET_TOKEN_TEXT])
{
	const char *at = header(c, "Cookie"), *name = cookie_name(c);
	size_t name_len = strlen(name);
	while (at && *at) {
		at += strspn(at, " ;");
		size_t len = strcspn(at, ";");
		if (strncmp(at, name, name_len) == 0 && at[name_len] == '=' &&
			is_token(at + name_len + 1, len - name_len - 1)) {
			(void)snprintf(token, SECRET_TOKEN_TEXT, "%.*s", SECRET_TOKEN_TEXT - 1, at + name_len + 1);
			return true;
		}
		at += len;
	}
	return false;
}

void visitor_set_cookie(struct api_call *c, const char *token)
{
	http_answer_header(c->answer, "Set-Cookie", "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", cookie_name(c),
		token ? token : "", hub_is_secure(c->hub) ? "; Secure" : "", token ? "" : "; Max-Age=0");
}

/* Browsers say where a page that sends something comes from; what is no browser says nothing. */
bool visitor_is_at_home(const struct api_call *c, struct err *e)
{
	char own[2][300];
	const char *site = header(c, "Sec-Fetch-Site"), *origin = header(c, "Origin"), *host = header(c, "Host");
	if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return err_set(e, ERR_FORBIDDEN, "请求来自其他网站");
	if (!origin)
		return true;
	(void)snprintf(own[0], sizeof own[0], "http://%s", host ? host : "");
	(void)snprintf(own[1], sizeof own[1], "https://%s", host ? host : "");
	bool is_own = c->hub->origin ? strcmp(origin, c->hub->origin) == 0
				     : strcmp(origin, own[0]) == 0 || strcmp(origin, own[1]) == 0;
	return is_own || err_set(e, ERR_FORBIDDEN, "请求来自其他网站");
}

static bool is_meant(const struct api_call *c, const struct session *s, struct err *e)
{
	const char *method = c->request->method, *csrf = header(c, "X-CSRF-Token");
	if (!visitor_is_at_home(c, e))
		return false;
	if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
		return true;
	return (csrf && strlen(csrf) == SECRET_TOKEN_TEXT - 1 &&
		       secret_is_same(csrf, s->csrf, SECRET_TOKEN_TEXT - 1)) ||
	       err_set(e, ERR_FORBIDDEN, "页面已过期，请刷新后重试");
}

bool visitor_find(struct api_call *c, struct session *out, struct err *e)
{
	char token[SECRET_TOKEN_TEXT];
	const char *bearer = header(c, "Authorization");
	bool is_script = bearer && strncmp(bearer, BEARER, strlen(BEARER)) == 0 &&
			 is_token(bearer + strlen(BEARER), strlen(bearer + strlen(BEARER)));
	if (bearer && !is_script)
		return err_set(e, ERR_UNTRUSTED, "令牌无效或已过期");
	if (!is_script && !visitor_cookie(c, token))
		return err_set(e, ERR_UNTRUSTED, "请先登录");
	office_begin(c->office, c->now_utc_s, &office_itself);
	bool ok = is_script ? session_find_script(
				      c->office, bearer + strlen(BEARER), c->request->address, out, e)
			    : session_find(c->office, token, c->request->address, out, e);
	return office_end(c->office, ok, e) && (is_script || is_meant(c, out, e));
}
