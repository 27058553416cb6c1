/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing in and out, passwords and codes. A password is hashed outside of any transaction:
 * it takes a third of a second. */
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "base/clock.h"
#include "hub/api.h"
#include "hub/visitor.h"
#include "office/audit.h"

static json_t *time_or_null(int64_t utc_s)
{
	char text[32];
	if (!utc_s)
		return json_null();
	civil_format_rfc3339(utc_s, text);
	return json_string(text);
}

/* What authenticators go by. */
static int64_t world_time(void)
{
	struct clock world = clock_system();
	return clock_utc_ms(&world) / 1000;
}

/* Within a transaction. */
static json_t *show(struct api_call *c, const struct session *s)
{
	int64_t confirmed = s->confirmed_until_utc_s > c->now_utc_s ? s->confirmed_until_utc_s : 0;
	bool needs_totp = s->actor.roles & OFFICE_ISSUER && !s->actor.has_totp;
	return json_pack("{s:o, s:s, s:o, s:b, s:b, s:o}", "account", account_show(c->office, s->actor.account),
		"csrf", s->csrf, "confirmed_until", time_or_null(confirmed), "password_change_needed",
		s->is_one_time, "totp_needed", needs_totp, "expires", time_or_null(s->expires_utc_s));
}

/* The account's password is still the one that was hashed meanwhile: nobody has set another. */
static bool is_still(const struct account *now, const struct account *hashed)
{
	return memcmp(now->salt, hashed->salt, sizeof now->salt) == 0;
}

/* The account of this name, password and code. Guesses are counted by name and address; an
 * unknown name takes as long as a known one. */
static bool sign_in(struct api_call *c, const char *name, struct account *a, struct err *e)
{
	struct account hashed = {0};
	const char *password, *totp, *address = c->request->address;
	if (!api_text(c, "password", NULL, &password, e) || !api_text(c, "totp", "", &totp, e))
		return false;
	office_begin(c->office, c->now_utc_s, &office_itself);
	bool ok = session_may_try(c->office, name, address, e);
	bool is_known = ok && account_find(c->office, name, &hashed);
	if (!office_end(c->office, ok, e))
		return false;
	bool is_right = account_is_password(is_known ? &hashed : NULL, password);
	office_begin(c->office, c->now_utc_s, &office_itself);
	/* again: it may have been taken away or counted meanwhile */
	is_right = is_right && account_find(c->office, name, a) && is_still(a, &hashed) && !a->is_disabled &&
		   (!a->has_totp || account_use_totp(c->office, a, totp, world_time()));
	if (is_right) {
		session_succeeded(c->office, name, address);
	} else {
		json_t *said = json_pack("{s:s, s:s}", "name", name, "address", address);
		session_failed(c->office, name, address);
		audit_add(c->office, "session.refused", "account", NULL, said);
		json_decref(said);
	}
	if (!office_commit(c->office, e))
		return false;
	return is_right || err_set(e, ERR_UNTRUSTED, "用户名、密码或验证码不对");
}

static bool begin(struct api_call *c, struct err *e)
{
	struct account a = {0};
	struct session s;
	char token[SECRET_TOKEN_TEXT], before[SECRET_TOKEN_TEXT];
	const char *name;
	if (!api_text(c, "name", NULL, &name, e) || !sign_in(c, name, &a, e))
		return false;
	const struct actor who = {.account = a.id, .name = a.name, .address = c->request->address};
	office_begin(c->office, c->now_utc_s, &who);
	if (visitor_cookie(c, before)) /* whose it was: this browser has another now */
		session_end(c->office, before);
	session_start(c->office, &a, c->request->address, token, &s);
	audit_add(c->office, "session.begin", "account", NULL, NULL);
	json_t *shown = show(c, &s);
	if (!office_commit(c->office, e)) {
		json_decref(shown);
		return false;
	}
	visitor_set_cookie(c, token);
	return api_send(c, 200, shown);
}

static bool get(struct api_call *c, struct err *e)
{
	api_begin(c);
	json_t *shown = show(c, c->session);
	return api_end(c, true, e) ? api_send(c, 200, shown) : (json_decref(shown), false);
}

static bool end(struct api_call *c, struct err *e)
{
	char token[SECRET_TOKEN_TEXT];
	if (!visitor_cookie(c, token))
		return err_set(e, ERR_MISSING, "没有会话");
	api_begin(c);
	session_end(c->office, token);
	audit_add(c->office, "session.end", "account", NULL, NULL);
	if (!api_end(c, true, e))
		return false;
	visitor_set_cookie(c, NULL);
	return api_done(c);
}

static bool set_password(struct api_call *c, struct err *e)
{
	struct account a, now = {0};
	struct account_password p;
	struct session s;
	char token[SECRET_TOKEN_TEXT];
	const char *old, *new;
	if (!api_text(c, "old", NULL, &old, e) || !api_text(c, "new", NULL, &new, e))
		return false;
	const char *fault = strcmp(old, new) == 0 ? "新密码与旧密码相同"
						  : secret_password_fault(new, c->actor->name);
	if (fault)
		return err_set(e, ERR_FORMAT, "%s", fault);
	api_begin(c);
	bool ok = session_may_try(c->office, c->actor->name, c->request->address, e) &&
		  account_get(c->office, c->actor->account, &a);
	if (!api_end(c, ok, e))
		return false;
	bool is_right = account_is_password(&a, old);
	account_hash(new, false, &p);
	api_begin(c);
	bool is_same = account_get(c->office, a.id, &now) && is_still(&now, &a) && !now.is_disabled;
	if (is_right && !is_same) /* an administrator has just taken it from whoever this is */
		return api_end(c, err_set(e, ERR_CONFLICT, "密码刚刚被重设，请重新登录"), e);
	if (!is_right) {
		session_failed(c->office, a.name, c->request->address);
		return api_end(c, true, e) && err_set(e, ERR_FORMAT, "旧密码不对");
	}
	account_set_password(c->office, a.id, &p);
	session_end_all(c->office, a.id, NULL);
	a.is_one_time = false;
	session_start(c->office, &a, c->request->address, token, &s);
	json_t *shown = show(c, &s);
	if (!api_end(c, true, e)) {
		json_decref(shown);
		return false;
	}
	visitor_set_cookie(c, token);
	return api_send(c, 200, shown);
}

static bool offer_totp(struct api_call *c, struct err *e)
{
	unsigned char key[SECRET_TOTP_BYTES];
	char base32[SECRET_BASE32], uri[256];
	if (c->actor->has_totp && !c->actor->is_confirmed)
		return err_set(e, ERR_FORBIDDEN, "更换验证器前请再次输入密码确认");
	api_begin(c);
	account_offer_totp(c->office, c->actor->account, key);
	if (!api_end(c, true, e))
		return false;
	secret_base32(key, base32);
	(void)snprintf(uri, sizeof uri, "otpauth://totp/fangzi-hub:%s?secret=%s&issuer=fangzi-hub&digits=6&period=30",
		c->actor->name, base32);
	return api_send(c, 200, json_pack("{s:s, s:s}", "secret", base32, "uri", uri));
}

static bool take_totp(struct api_call *c, struct err *e)
{
	const char *code;
	json_t *shown = NULL;
	if (!api_text(c, "totp", NULL, &code, e))
		return false;
	api_begin(c);
	bool ok = session_may_try(c->office, c->actor->name, c->request->address, e) &&
		  account_take_totp(c->office, c->actor->account, code, world_time(), e);
	if (ok) {
		c->session->actor.has_totp = true;
		shown = show(c, c->session);
	}
	if (!api_end(c, ok, e)) {
		json_decref(shown);
		return false;
	}
	return api_send(c, 200, shown);
}

static bool confirm(struct api_call *c, struct err *e)
{
	struct account a = {0};
	char token[SECRET_TOKEN_TEXT];
	if (!visitor_cookie(c, token))
		return err_set(e, ERR_FORBIDDEN, "此操作必须由人登录后进行");
	if (!sign_in(c, c->actor->name, &a, e)) {
		if (e->kind == ERR_UNTRUSTED) /* the session itself is as good as before */
			e->kind = ERR_FORMAT;
		return false;
	}
	api_begin(c);
	session_confirm(c->office, token, c->session);
	json_t *shown = show(c, c->session);
	return api_end(c, true, e) ? api_send(c, 200, shown) : (json_decref(shown), false);
}

static const struct api_route routes[] = {
	{"POST", "session", OFFICE_ANYBODY, API_OPEN, begin},
	{"GET", "session", OFFICE_ANYBODY, API_ONE_TIME, get},
	{"DELETE", "session", OFFICE_ANYBODY, API_ONE_TIME | API_PEOPLE, end},
	{"POST", "session/password", OFFICE_ANYBODY, API_ONE_TIME | API_PEOPLE, set_password},
	{"POST", "session/totp", OFFICE_ANYBODY, API_PEOPLE, offer_totp},
	{"PUT", "session/totp", OFFICE_ANYBODY, API_PEOPLE, take_totp},
	{"POST", "session/confirm", OFFICE_ANYBODY, API_PEOPLE, confirm},
};
const struct api_area api_session_area = {routes, sizeof routes / sizeof routes[0]};
