/* office.h - what an office keeps: one SQLite file in one folder.
 *
 * One connection behind a lock; a transaction is what one person does at one moment, and
 * office_commit() returns only once it is on the disk (rollback journal, synchronous=EXTRA;
 * never WAL). A statement that fails spoils its transaction, which then cannot be committed:
 * so callers need not look at each. Any thread, one transaction at a time. */
#ifndef OFFICE_H
#define OFFICE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct office;
struct sqlite3_stmt;

enum office_role {
	OFFICE_EDITOR = 1,
	OFFICE_REVIEWER = 2,
	OFFICE_ISSUER = 4,
	OFFICE_OPERATOR = 8,
	OFFICE_AUDITOR = 16,
	OFFICE_ADMINISTRATOR = 32,
	OFFICE_ANYBODY = 63,
};

/* Who does something, and from where. */
struct actor {
	int64_t account; /* 0: nobody yet, or the hub itself */
	const char *name; /* "hub" when it is the hub itself */
	unsigned roles;
	const char *address; /* "" when it is the hub itself */
	bool has_totp;
	bool is_confirmed; /* has signed again within the last minutes */
	bool is_script; /* by a token */
};

extern const struct actor office_itself;

/* Makes the folder and an empty database. ERR_CONFLICT when there is one. */
bool office_create(const char *folder, struct err *e);

/* Opens it and brings it up to this version. folder NULL: in memory, for tests. ERR_DISK;
 * ERR_CONFLICT: it is newer than this program. */
bool office_open(struct office **out, const char *folder, struct err *e);
void office_close(struct office *o); /* NULL is fine */

const char *office_folder(const struct office *o); /* NULL: in memory */

/* A copy of the whole database as it stands (SQLite's backup), into a new file. ERR_DISK. */
bool office_backup(struct office *o, const char *path, struct err *e);

/* ---- a transaction ------------------------------------------------------------ */

/* Locks and begins; then office_commit() or office_rollback(), which unlock. actor is
 * borrowed until then. */
void office_begin(struct office *o, int64_t now_utc_s, const struct actor *actor);

/* ERR_DISK: nothing of it has happened. */
bool office_commit(struct office *o, struct err *e);
void office_rollback(struct office *o);

/* Commits when ok, else rolls back and returns false. */
bool office_end(struct office *o, bool ok, struct err *e);

int64_t office_now(const struct office *o);
const struct actor *office_actor(const struct office *o);

/* ---- statements, within a transaction ----------------------------------------- */

/* A statement with its parameters: "i" int64_t, "s" text or NULL, "b" const void * and size_t,
 * "j" const json_t * (as canonical text, NULL: NULL). Kept by the text's address: pass a literal. */
struct sqlite3_stmt *office_ask(struct office *o, const char *sql, const char *types, ...);
bool office_next(struct office *o, struct sqlite3_stmt *s); /* a row */
void office_do(struct office *o, const char *sql, const char *types, ...);

/* The first column of the first row; otherwise when there is none or it is NULL. */
int64_t office_number(struct office *o, int64_t otherwise, const char *sql, const char *types, ...);

int64_t office_inserted(const struct office *o); /* the last row's id */
int office_changed(const struct office *o); /* rows of the last statement */

/* Columns: text is valid until the next step. */
int64_t office_int(struct sqlite3_stmt *s, int column);
const char *office_text(struct sqlite3_stmt *s, int column); /* NULL for NULL */
json_t *office_json(struct sqlite3_stmt *s, int column); /* a new reference; NULL for NULL */
json_t *office_time(struct sqlite3_stmt *s, int column); /* seconds as RFC 3339; JSON null for NULL */

/* The one way to write JSON that is hashed: sorted, compact. The caller frees. */
char *office_canonical(const json_t *value);

/* Role words as JSON, and back; false for an unknown word. */
json_t *office_role_names(unsigned roles);
bool office_role_mask(const json_t *names, unsigned *out);

#endif
