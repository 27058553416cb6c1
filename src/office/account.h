/* account.h - the people of an office and what each may do. Within a transaction, but for
 * what hashes a password, which must not hold the lock: that comes in two steps. */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "office/office.h"
#include "office/secret.h"

#define ACCOUNT_NAME_MAX 32
#define ACCOUNT_DISPLAY_MAX 20 /* characters */

struct account {
	int64_t id;
	char name[ACCOUNT_NAME_MAX + 1];
	unsigned roles;
	unsigned char salt[SECRET_SALT_BYTES], password[SECRET_HASH_BYTES];
	unsigned char totp[SECRET_TOTP_BYTES];
	int64_t totp_step;
	bool has_totp, is_one_time, is_disabled;
};

/* False: none of that name. */
bool account_find(struct office *o, const char *name, struct account *out);
bool account_get(struct office *o, int64_t id, struct account *out);

/* A password hashed beforehand, outside of any transaction. */
struct account_password {
	unsigned char salt[SECRET_SALT_BYTES], hash[SECRET_HASH_BYTES];
	bool is_one_time;
};
void account_hash(const char *password, bool is_one_time, struct account_password *out);

/* The password is this account's; slow, outside of a transaction. a NULL: takes as long, false. */
bool account_is_password(const struct account *a, const char *password);

struct account_new {
	const char *name, *display;
	unsigned roles;
	struct account_password password;
};

/* ERR_FORMAT: a name or roles that cannot be; ERR_CONFLICT: the name is taken. */
bool account_add(struct office *o, const struct account_new *n, int64_t *id, struct err *e);

/* Changes what is not NULL or negative; ends the account's sessions. ERR_MISSING; ERR_CONFLICT:
 * no administrator would be left. */
struct account_change {
	const char *display;
	int64_t roles; /* -1: as they are */
	int is_disabled; /* -1: as it is */
};
bool account_change(struct office *o, int64_t id, const struct account_change *c, struct err *e);

/* Sets a password; a one-time one also takes TOTP off. */
void account_set_password(struct office *o, int64_t id, const struct account_password *p);

/* A new secret that is not yet in force; then in force, by a code. now_utc_s is the world's
 * time, which authenticators go by, whatever the hub's clock was started at. ERR_FORMAT. */
void account_offer_totp(struct office *o, int64_t id, unsigned char out[static SECRET_TOTP_BYTES]);
bool account_take_totp(struct office *o, int64_t id, const char *code, int64_t now_utc_s, struct err *e);

/* The code counts, and never again. */
bool account_use_totp(struct office *o, const struct account *a, const char *code, int64_t now_utc_s);

json_t *account_list(struct office *o);
json_t *account_show(struct office *o, int64_t id); /* NULL: none */

#endif
