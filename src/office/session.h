/* session.h - who is asking: cookies of people, tokens of scripts, and patience with those
 * who guess.
 *
 * Tokens are 256 random bits; only their hashes are kept. A session ends SESSION_IDLE_S after
 * the last request and SESSION_MAX_S after it began. Guesses cost a growing wait, by account
 * and by address. Within a transaction. */
#ifndef SESSION_H
#define SESSION_H

#include "office/account.h"
#include "office/office.h"

#define SESSION_IDLE_S 1800
#define SESSION_MAX_S (8 * 3600)
#define SESSION_CONFIRMED_S 300
#define SESSION_GUESSES 5 /* before waiting begins: 4 s, doubled each time, up to 15 minutes */

/* An actor and what it borrows of this very struct: not to be copied. */
struct session {
	struct actor actor;
	char name[ACCOUNT_NAME_MAX + 1], address[64];
	char csrf[SECRET_TOKEN_TEXT];
	int64_t confirmed_until_utc_s, expires_utc_s;
	bool is_one_time; /* may only change its password */
	bool is_cookie;
};

/* A new session of this account; the token goes into its cookie and is not kept. */
void session_start(struct office *o, const struct account *a, const char *address,
	char token[static SECRET_TOKEN_TEXT], struct session *out);
void session_end(struct office *o, const char *token);
void session_end_all(struct office *o, int64_t account, const char *but_token);
void session_confirm(struct office *o, const char *token, struct session *s);

/* ERR_UNTRUSTED: no such session or token, or it has ended. */
bool session_find(struct office *o, const char *token, const char *address, struct session *out, struct err *e);
bool session_find_script(
	struct office *o, const char *token, const char *address, struct session *out, struct err *e);

/* May somebody try this now? ERR_BUSY says how long to wait. */
bool session_may_try(struct office *o, const char *name, const char *address, struct err *e);
void session_failed(struct office *o, const char *name, const char *address);
void session_succeeded(struct office *o, const char *name, const char *address);

/* Tokens of scripts. ERR_FORMAT: a role that the account has not, or that no script may have. */
struct session_token_new {
	const char *label;
	unsigned roles;
	int64_t days;
};
bool session_token_add(struct office *o, const struct session_token_new *n, char token[static SECRET_TOKEN_TEXT],
	int64_t *id, struct err *e);
bool session_token_revoke(struct office *o, int64_t id, struct err *e);
json_t *session_tokens(struct office *o);

#endif
