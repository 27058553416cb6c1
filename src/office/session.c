/* SPDX-License-Identifier: Apache-2.0 */
#include "office/session.h"

#include <stdio.h>
#include <string.h>

#include "content/words.h"
#include "office/audit.h"

#define SEEN_STEP_S 60 /* not every request is worth a write */
#define WAIT_MAX_S 900
#define ADDRESS_GUESSES (4 * SESSION_GUESSES) /* several people may sit behind one */
#define FORGET_S 86400
#define LABEL_CHARS_MAX 40

static void fill(struct session *out, const struct account *a, const char *address)
{
	(void)snprintf(out->name, sizeof out->name, "%s", a->name);
	(void)snprintf(out->address, sizeof out->address, "%s", address);
	out->is_one_time = a->is_one_time;
	out->actor = (struct actor){.account = a->id, .name = out->name, .roles = a->roles,
		.address = out->address, .has_totp = a->has_totp};
}

void session_start(struct office *o, const struct account *a, const char *address,
	char token[static SECRET_TOKEN_TEXT], struct session *out)
{
	unsigned char hash[SECRET_HASH_BYTES];
	*out = (struct session){.is_cookie = true};
	fill(out, a, address);
	secret_token(token);
	secret_token(out->csrf);
	secret_token_hash(token, hash);
	out->expires_utc_s = office_now(o) + SESSION_MAX_S;
	office_do(o, "DELETE FROM session WHERE seen < ?1 OR created < ?2", "ii", office_now(o) - SESSION_IDLE_S,
		office_now(o) - SESSION_MAX_S);
	office_do(o,
		"INSERT INTO session(token, account, csrf, created, seen, address) VALUES(?1, ?2, ?3, ?4, ?4, ?5)",
		"bisis", hash, sizeof hash, a->id, out->csrf, office_now(o), address);
	office_do(o, "UPDATE account SET last_seen = ?2 WHERE id = ?1", "ii", a->id, office_now(o));
}

void session_end(struct office *o, const char *token)
{
	unsigned char hash[SECRET_HASH_BYTES];
	secret_token_hash(token, hash);
	office_do(o, "DELETE FROM session WHERE token = ?1", "b", hash, sizeof hash);
}

void session_end_all(struct office *o, int64_t account, const char *but_token)
{
	unsigned char hash[SECRET_HASH_BYTES] = {0};
	if (but_token)
		secret_token_hash(but_token, hash);
	office_do(o, "DELETE FROM session WHERE account = ?1 AND token <> ?2", "ib", account, hash, sizeof hash);
}

void session_confirm(struct office *o, const char *token, struct session *s)
{
	unsigned char hash[SECRET_HASH_BYTES];
	secret_token_hash(token, hash);
	s->confirmed_until_utc_s = office_now(o) + SESSION_CONFIRMED_S;
	s->actor.is_confirmed = true;
	office_do(o, "UPDATE session SET confirmed_until = ?2 WHERE token = ?1", "bi", hash, sizeof hash,
		s->confirmed_until_utc_s);
}

bool session_find(struct office *o, const char *token, const char *address, struct session *out, struct err *e)
{
	unsigned char hash[SECRET_HASH_BYTES];
	struct account a;
	*out = (struct session){.is_cookie = true};
	secret_token_hash(token, hash);
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT account, csrf, created, seen, confirmed_until FROM session WHERE token = ?1", "b", hash,
		sizeof hash);
	int64_t now = office_now(o);
	bool found = office_next(o, s) && office_int(s, 2) > now - SESSION_MAX_S &&
		     office_int(s, 3) > now - SESSION_IDLE_S;
	int64_t account = found ? office_int(s, 0) : 0, seen = found ? office_int(s, 3) : 0;
	if (found) {
		(void)snprintf(out->csrf, sizeof out->csrf, "%s", office_text(s, 1));
		out->expires_utc_s = office_int(s, 2) + SESSION_MAX_S;
		out->confirmed_until_utc_s = office_int(s, 4);
	}
	if (!found || !account_get(o, account, &a) || a.is_disabled)
		return err_set(e, ERR_UNTRUSTED, "请先登录");
	fill(out, &a, address);
	out->actor.is_confirmed = out->confirmed_until_utc_s > now;
	if (seen + SEEN_STEP_S <= now)
		office_do(o, "UPDATE session SET seen = ?2 WHERE token = ?1", "bi", hash, sizeof hash, now);
	return true;
}

bool session_find_script(
	struct office *o, const char *token, const char *address, struct session *out, struct err *e)
{
	unsigned char hash[SECRET_HASH_BYTES];
	struct account a;
	*out = (struct session){0};
	secret_token_hash(token, hash);
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT id, account, roles, expires, ifnull(used, 0) FROM token WHERE hash = ?1", "b", hash,
		sizeof hash);
	bool found = office_next(o, s) && office_int(s, 3) > office_now(o);
	int64_t id = found ? office_int(s, 0) : 0, account = found ? office_int(s, 1) : 0;
	unsigned roles = found ? (unsigned)office_int(s, 2) : 0;
	int64_t used = found ? office_int(s, 4) : 0;
	if (!found || !account_get(o, account, &a) || a.is_disabled)
		return err_set(e, ERR_UNTRUSTED, "令牌无效或已过期");
	fill(out, &a, address);
	out->actor.roles &= roles; /* a role that was taken away is gone here too */
	out->actor.is_script = true;
	if (used + SEEN_STEP_S <= office_now(o))
		office_do(o, "UPDATE token SET used = ?2 WHERE id = ?1", "ii", id, office_now(o));
	return true;
}

/* ---- patience --------------------------------------------------------------------- */

static void keys(const char *name, const char *address, char account_key[static 96], char address_key[static 96])
{
	(void)snprintf(account_key, 96, "account:%.80s", name);
	(void)snprintf(address_key, 96, "address:%.80s", address);
}

bool session_may_try(struct office *o, const char *name, const char *address, struct err *e)
{
	char by_account[96], by_address[96];
	keys(name, address, by_account, by_address);
	int64_t until = office_number(o, 0, "SELECT max(until) FROM throttle WHERE who IN (?1, ?2)", "ss",
		by_account, by_address);
	return until <= office_now(o) || err_set(e, ERR_BUSY, "尝试次数过多，请在%lld秒后再试",
						 (long long)(until - office_now(o)));
}

static void count_failure(struct office *o, const char *who, int64_t free_guesses)
{
	int64_t failures = 1 + office_number(o, 0, "SELECT failures FROM throttle WHERE who = ?1", "s", who);
	int64_t over = failures - free_guesses;
	int64_t wait = over <= 0 ? 0 : over > 8 ? WAIT_MAX_S : INT64_C(2) << over;
	office_do(o,
		"INSERT INTO throttle(who, failures, until, at) VALUES(?1, ?2, ?3, ?4)"
		" ON CONFLICT(who) DO UPDATE SET failures = ?2, until = ?3, at = ?4",
		"siii", who, failures, office_now(o) + (wait > WAIT_MAX_S ? WAIT_MAX_S : wait), office_now(o));
}

void session_failed(struct office *o, const char *name, const char *address)
{
	char by_account[96], by_address[96];
	keys(name, address, by_account, by_address);
	office_do(o, "DELETE FROM throttle WHERE at < ?1", "i", office_now(o) - FORGET_S);
	count_failure(o, by_account, SESSION_GUESSES);
	count_failure(o, by_address, ADDRESS_GUESSES);
}

void session_succeeded(struct office *o, const char *name, const char *address)
{
	char by_account[96], by_address[96];
	keys(name, address, by_account, by_address);
	office_do(o, "DELETE FROM throttle WHERE who = ?1", "s", by_account);
}

/* ---- tokens of scripts --------------------------------------------------------------- */

bool session_token_add(struct office *o, const struct session_token_new *n, char token[static SECRET_TOKEN_TEXT],
	int64_t *id, struct err *e)
{
	char why[160];
	unsigned char hash[SECRET_HASH_BYTES];
	const struct actor *a = office_actor(o);
	const struct words_rule rule = {.max_chars = LABEL_CHARS_MAX, .max_lines = 1};
	if (!*n->label || !words_check(n->label, &rule, why, sizeof why))
		return err_set(e, ERR_FORMAT, "请写明令牌用途（1至%d个字符）", LABEL_CHARS_MAX);
	if (n->roles == 0 || n->roles & ~a->roles)
		return err_set(e, ERR_FORMAT, "令牌只能有自己的角色");
	if (n->roles & (OFFICE_ISSUER | OFFICE_ADMINISTRATOR))
		return err_set(e, ERR_FORMAT, "签发和管理必须由人来做，不能交给令牌");
	secret_token(token);
	secret_token_hash(token, hash);
	office_do(o,
		"INSERT INTO token(hash, account, label, roles, created, expires) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
		"bisiii", hash, sizeof hash, a->account, n->label, (int64_t)n->roles, office_now(o),
		office_now(o) + n->days * 86400);
	*id = office_inserted(o);
	json_t *after = json_pack("{s:s, s:o}", "label", n->label, "roles", office_role_names(n->roles));
	audit_add_number(o, "token.add", "token", *id, after);
	json_decref(after);
	return true;
}

bool session_token_revoke(struct office *o, int64_t id, struct err *e)
{
	const struct actor *a = office_actor(o);
	bool may_any = a->roles & OFFICE_ADMINISTRATOR;
	office_do(o, "DELETE FROM token WHERE id = ?1 AND (?2 OR account = ?3)", "iii", id, (int64_t)may_any,
		a->account);
	if (office_changed(o) == 0)
		return err_set(e, ERR_MISSING, "没有这个令牌");
	audit_add_number(o, "token.revoke", "token", id, NULL);
	return true;
}

json_t *session_tokens(struct office *o)
{
	json_t *list = json_array();
	const struct actor *a = office_actor(o);
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT t.id, t.label, a.name, t.roles, t.created, t.expires, t.used FROM token t JOIN account a"
		" ON a.id = t.account WHERE ?1 OR t.account = ?2 ORDER BY t.id",
		"ii", (int64_t)((a->roles & OFFICE_ADMINISTRATOR) != 0), a->account);
	while (office_next(o, s))
		(void)json_array_append_new(list,
			json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o}", "id", (json_int_t)office_int(s, 0), "label",
				office_text(s, 1), "owner", office_text(s, 2), "roles",
				office_role_names((unsigned)office_int(s, 3)), "created", office_time(s, 4),
				"expires", office_time(s, 5), "last_used", office_time(s, 6)));
	return list;
}
