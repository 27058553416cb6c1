/* SPDX-License-Identifier: Apache-2.0 */
#include "office/account.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "content/words.h"
#include "office/audit.h"

static void read_account(struct sqlite3_stmt *s, struct account *out)
{
	*out = (struct account){.id = office_int(s, 0), .roles = (unsigned)office_int(s, 2)};
	(void)snprintf(out->name, sizeof out->name, "%s", office_text(s, 1));
	if (sqlite3_column_bytes(s, 3) == SECRET_SALT_BYTES)
		memcpy(out->salt, sqlite3_column_blob(s, 3), SECRET_SALT_BYTES);
	if (sqlite3_column_bytes(s, 4) == SECRET_HASH_BYTES)
		memcpy(out->password, sqlite3_column_blob(s, 4), SECRET_HASH_BYTES);
	out->has_totp = sqlite3_column_bytes(s, 5) == SECRET_TOTP_BYTES;
	if (out->has_totp)
		memcpy(out->totp, sqlite3_column_blob(s, 5), SECRET_TOTP_BYTES);
	out->totp_step = office_int(s, 6);
	out->is_one_time = office_int(s, 7) != 0;
	out->is_disabled = office_int(s, 8) != 0;
}

#define COLUMNS "id, name, roles, salt, password, totp, totp_step, is_one_time, is_disabled"

static bool take_one(struct office *o, struct sqlite3_stmt *s, struct account *out)
{
	bool found = office_next(o, s);
	if (found)
		read_account(s, out);
	return found;
}

bool account_find(struct office *o, const char *name, struct account *out)
{
	return take_one(o, office_ask(o, "SELECT " COLUMNS " FROM account WHERE name = ?1", "s", name), out);
}

bool account_get(struct office *o, int64_t id, struct account *out)
{
	return take_one(o, office_ask(o, "SELECT " COLUMNS " FROM account WHERE id = ?1", "i", id), out);
}

void account_hash(const char *password, bool is_one_time, struct account_password *out)
{
	secret_random(out->salt, sizeof out->salt);
	secret_password(password, out->salt, out->hash);
	out->is_one_time = is_one_time;
}

bool account_is_password(const struct account *a, const char *password)
{
	static const unsigned char nobody[SECRET_SALT_BYTES];
	unsigned char hash[SECRET_HASH_BYTES];
	secret_password(password, a ? a->salt : nobody, hash);
	return a && secret_is_same(hash, a->password, sizeof hash);
}

static bool is_name(const char *name)
{
	size_t len = strlen(name);
	return len >= 2 && len <= ACCOUNT_NAME_MAX && name[0] >= 'a' && name[0] <= 'z' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == len && strcmp(name, "hub") != 0;
}

static bool is_display(const char *display, struct err *e)
{
	char why[160];
	const struct words_rule rule = {.max_chars = ACCOUNT_DISPLAY_MAX, .max_lines = 1};
	return (*display && words_check(display, &rule, why, sizeof why)) ||
	       err_set(e, ERR_FORMAT, "显示名须为1至%d个字符", ACCOUNT_DISPLAY_MAX);
}

bool account_add(struct office *o, const struct account_new *n, int64_t *id, struct err *e)
{
	char subject[64];
	if (!is_name(n->name))
		return err_set(e, ERR_FORMAT, "用户名须为2至32个小写字母、数字或 . _ -，以字母开头");
	if (!is_display(n->display, e))
		return false;
	if (n->roles == 0)
		return err_set(e, ERR_FORMAT, "至少要有一个角色");
	if (office_number(o, 0, "SELECT 1 FROM account WHERE name = ?1", "s", n->name))
		return err_set(e, ERR_CONFLICT, "用户名已被使用");
	office_do(o,
		"INSERT INTO account(name, display, roles, salt, password, is_one_time, created)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
		"ssibbii", n->name, n->display, (int64_t)n->roles, n->password.salt, sizeof n->password.salt,
		n->password.hash, sizeof n->password.hash, (int64_t)n->password.is_one_time, office_now(o));
	*id = office_inserted(o);
	(void)snprintf(subject, sizeof subject, "account:%s", n->name);
	json_t *after = json_pack("{s:s, s:o}", "display", n->display, "roles", office_role_names(n->roles));
	audit_add(o, "account.add", subject, NULL, after);
	json_decref(after);
	return true;
}

static bool is_last_administrator(struct office *o, int64_t id)
{
	return office_number(o, 0,
		       "SELECT count(*) FROM account WHERE id <> ?1 AND is_disabled = 0 AND roles & ?2", "ii", id,
		       (int64_t)OFFICE_ADMINISTRATOR) == 0;
}

bool account_change(struct office *o, int64_t id, const struct account_change *c, struct err *e)
{
	struct account a;
	char subject[64];
	if (!account_get(o, id, &a))
		return err_set(e, ERR_MISSING, "没有这个账户");
	bool stays = (c->roles < 0 || c->roles & OFFICE_ADMINISTRATOR) && c->is_disabled <= 0;
	if (a.roles & OFFICE_ADMINISTRATOR && !a.is_disabled && !stays && is_last_administrator(o, id))
		return err_set(e, ERR_CONFLICT, "至少要保留一名管理员");
	if (c->roles == 0)
		return err_set(e, ERR_FORMAT, "至少要有一个角色");
	if (c->display && !is_display(c->display, e))
		return false;
	json_t *before = account_show(o, id);
	office_do(o,
		"UPDATE account SET display = ifnull(?2, display), roles = CASE WHEN ?3 < 0 THEN roles ELSE ?3 END,"
		" is_disabled = CASE WHEN ?4 < 0 THEN is_disabled ELSE ?4 END WHERE id = ?1",
		"isii", id, c->display, c->roles, (int64_t)c->is_disabled);
	office_do(o, "DELETE FROM session WHERE account = ?1", "i", id);
	json_t *after = account_show(o, id);
	(void)snprintf(subject, sizeof subject, "account:%s", a.name);
	audit_add(o, "account.change", subject, before, after);
	json_decref(before);
	json_decref(after);
	return true;
}

void account_set_password(struct office *o, int64_t id, const struct account_password *p)
{
	office_do(o,
		"UPDATE account SET salt = ?2, password = ?3, is_one_time = ?4,"
		" totp = CASE WHEN ?4 THEN NULL ELSE totp END WHERE id = ?1",
		"ibbi", id, p->salt, sizeof p->salt, p->hash, sizeof p->hash, (int64_t)p->is_one_time);
	audit_add_number(o, p->is_one_time ? "account.reset" : "account.password", "account", id, NULL);
}

void account_offer_totp(struct office *o, int64_t id, unsigned char out[static SECRET_TOTP_BYTES])
{
	secret_random(out, SECRET_TOTP_BYTES);
	office_do(o, "UPDATE account SET totp_new = ?2 WHERE id = ?1", "ib", id, out, (size_t)SECRET_TOTP_BYTES);
}

bool account_take_totp(struct office *o, int64_t id, const char *code, int64_t now_utc_s, struct err *e)
{
	unsigned char key[SECRET_TOTP_BYTES] = {0};
	struct sqlite3_stmt *s = office_ask(o, "SELECT totp_new FROM account WHERE id = ?1", "i", id);
	bool has = office_next(o, s) && sqlite3_column_bytes(s, 0) == SECRET_TOTP_BYTES;
	if (has)
		memcpy(key, sqlite3_column_blob(s, 0), sizeof key);
	int64_t step = has ? secret_totp_step(key, code, now_utc_s, 0) : 0;
	if (!step)
		return err_set(e, ERR_FORMAT, "验证码不对：请检查手机时间后再试");
	office_do(o, "UPDATE account SET totp = totp_new, totp_new = NULL, totp_step = ?2 WHERE id = ?1", "ii", id,
		step);
	audit_add_number(o, "account.totp", "account", id, NULL);
	return true;
}

bool account_use_totp(struct office *o, const struct account *a, const char *code, int64_t now_utc_s)
{
	int64_t step = a->has_totp ? secret_totp_step(a->totp, code, now_utc_s, a->totp_step) : 0;
	if (!step)
		return false;
	office_do(o, "UPDATE account SET totp_step = ?2 WHERE id = ?1 AND totp_step < ?2", "ii", a->id, step);
	return office_changed(o) == 1;
}

static json_t *show(struct sqlite3_stmt *s)
{
	return json_pack("{s:I, s:s, s:s, s:o, s:b, s:b, s:o, s:o, s:b}", "id", (json_int_t)office_int(s, 0), "name",
		office_text(s, 1), "display", office_text(s, 2), "roles",
		office_role_names((unsigned)office_int(s, 3)), "disabled", (int)office_int(s, 4), "has_totp",
		(int)office_int(s, 5), "created", office_time(s, 6), "last_seen", office_time(s, 7),
		"password_change_needed", (int)office_int(s, 8));
}

#define SHOWN "id, name, display, roles, is_disabled, totp IS NOT NULL, created, last_seen, is_one_time"

json_t *account_list(struct office *o)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o, "SELECT " SHOWN " FROM account ORDER BY id", "");
	while (office_next(o, s))
		(void)json_array_append_new(list, show(s));
	return list;
}

json_t *account_show(struct office *o, int64_t id)
{
	struct sqlite3_stmt *s = office_ask(o, "SELECT " SHOWN " FROM account WHERE id = ?1", "i", id);
	return office_next(o, s) ? show(s) : NULL;
}
