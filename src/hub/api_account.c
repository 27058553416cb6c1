/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounts and tokens. A one-time password is told once, to who made it. */
#include <string.h>

#include "hub/api.h"

#define TOKEN_DAYS 90
#define TOKEN_DAYS_MAX 366

static bool send_list(struct api_call *c, const char *name, json_t *list, struct err *e)
{
	if (!api_end(c, true, e)) {
		json_decref(list);
		return false;
	}
	return api_send(c, 200, json_pack("{s:o}", name, list));
}

static bool list(struct api_call *c, struct err *e)
{
	api_begin(c);
	return send_list(c, "accounts", account_list(c->office), e);
}

static bool read_roles(struct api_call *c, unsigned *out, struct err *e)
{
	return office_role_mask(json_object_get(c->body, "roles"), out) ||
	       err_set(e, ERR_FORMAT, "roles：没有这样的角色");
}

static bool add(struct api_call *c, struct err *e)
{
	struct account_new n = {0};
	char password[SECRET_ONE_TIME];
	int64_t id;
	if (!api_text(c, "name", NULL, &n.name, e) || !api_text(c, "display", NULL, &n.display, e) ||
		!read_roles(c, &n.roles, e))
		return false;
	secret_one_time_password(password);
	account_hash(password, true, &n.password);
	api_begin(c);
	bool ok = account_add(c->office, &n, &id, e);
	json_t *shown = ok ? account_show(c->office, id) : NULL;
	if (!api_end(c, ok, e)) {
		json_decref(shown);
		return false;
	}
	return api_send(c, 201, json_pack("{s:o, s:s}", "account", shown, "password", password));
}

static bool change(struct api_call *c, struct err *e)
{
	int64_t id;
	unsigned roles = 0;
	bool is_disabled;
	const json_t *body = c->body;
	struct account_change to = {.roles = -1, .is_disabled = -1};
	if (!api_number(c->parts[0], &id, e) || !api_bool(c, "disabled", false, &is_disabled, e))
		return false;
	if (json_object_get(body, "display") && !api_text(c, "display", NULL, &to.display, e))
		return false;
	if (json_object_get(body, "roles") && !read_roles(c, &roles, e))
		return false;
	to.roles = json_object_get(body, "roles") ? (int64_t)roles : -1;
	to.is_disabled = json_object_get(body, "disabled") ? is_disabled : -1;
	api_begin(c);
	bool ok = account_change(c->office, id, &to, e);
	json_t *shown = ok ? account_show(c->office, id) : NULL;
	return api_end(c, ok, e) ? api_send(c, 200, shown) : (json_decref(shown), false);
}

static bool reset(struct api_call *c, struct err *e)
{
	int64_t id;
	struct account a;
	struct account_password p;
	char password[SECRET_ONE_TIME];
	if (!api_number(c->parts[0], &id, e))
		return false;
	secret_one_time_password(password);
	account_hash(password, true, &p);
	api_begin(c);
	bool ok = account_get(c->office, id, &a) || err_set(e, ERR_MISSING, "没有这个账户");
	if (ok) {
		account_set_password(c->office, id, &p);
		session_end_all(c->office, id, NULL);
	}
	return api_end(c, ok, e) && api_send(c, 200, json_pack("{s:s}", "password", password));
}

static bool end_sessions(struct api_call *c, struct err *e)
{
	int64_t id;
	if (!api_number(c->parts[0], &id, e))
		return false;
	api_begin(c);
	session_end_all(c->office, id, NULL);
	return api_end(c, true, e) && api_done(c);
}

static bool list_tokens(struct api_call *c, struct err *e)
{
	api_begin(c);
	return send_list(c, "tokens", session_tokens(c->office), e);
}

static bool add_token(struct api_call *c, struct err *e)
{
	struct session_token_new n = {.days = TOKEN_DAYS};
	char token[SECRET_TOKEN_TEXT];
	int64_t id;
	const json_t *days = json_object_get(c->body, "days");
	if (!api_text(c, "label", NULL, &n.label, e) || !read_roles(c, &n.roles, e))
		return false;
	if (days)
		n.days = json_integer_value(days);
	if (n.days < 1 || n.days > TOKEN_DAYS_MAX)
		return err_set(e, ERR_FORMAT, "days：应为1至%d", TOKEN_DAYS_MAX);
	api_begin(c);
	bool ok = session_token_add(c->office, &n, token, &id, e);
	return api_end(c, ok, e) &&
	       api_send(c, 201, json_pack("{s:s, s:I}", "token", token, "id", (json_int_t)id));
}

static bool revoke_token(struct api_call *c, struct err *e)
{
	int64_t id;
	if (!api_number(c->parts[0], &id, e))
		return false;
	api_begin(c);
	bool ok = session_token_revoke(c->office, id, e);
	return api_end(c, ok, e) && api_done(c);
}

static const struct api_route routes[] = {
	{"GET", "accounts", OFFICE_ADMINISTRATOR | OFFICE_AUDITOR, 0, list},
	{"POST", "accounts", OFFICE_ADMINISTRATOR, API_CONFIRMED, add},
	{"PATCH", "accounts/:", OFFICE_ADMINISTRATOR, API_CONFIRMED, change},
	{"POST", "accounts/:/reset", OFFICE_ADMINISTRATOR, API_CONFIRMED, reset},
	{"DELETE", "accounts/:/sessions", OFFICE_ADMINISTRATOR, API_PEOPLE, end_sessions},
	{"GET", "tokens", OFFICE_ANYBODY, 0, list_tokens},
	{"POST", "tokens", OFFICE_ANYBODY, API_CONFIRMED, add_token},
	{"DELETE", "tokens/:", OFFICE_ANYBODY, API_PEOPLE, revoke_token},
};
const struct api_area api_account_area = {routes, sizeof routes / sizeof routes[0]};
