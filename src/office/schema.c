/* SPDX-License-Identifier: Apache-2.0 */
#include "office/schema.h"

/* People, and how they come in. Passwords and tokens are kept as hashes. */
static const char people[] =
	"CREATE TABLE account(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, display TEXT NOT NULL,"
	" roles INTEGER NOT NULL, salt BLOB NOT NULL, password BLOB NOT NULL, is_one_time INTEGER NOT NULL,"
	" totp BLOB, totp_new BLOB, totp_step INTEGER NOT NULL DEFAULT 0, is_disabled INTEGER NOT NULL DEFAULT 0,"
	" created INTEGER NOT NULL, last_seen INTEGER) STRICT;"
	"CREATE TABLE session(token BLOB PRIMARY KEY, account INTEGER NOT NULL REFERENCES account, csrf TEXT NOT NULL,"
	" created INTEGER NOT NULL, seen INTEGER NOT NULL, confirmed_until INTEGER NOT NULL DEFAULT 0,"
	" address TEXT NOT NULL) STRICT;"
	"CREATE TABLE token(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, account INTEGER NOT NULL"
	" REFERENCES account, label TEXT NOT NULL, roles INTEGER NOT NULL, created INTEGER NOT NULL,"
	" expires INTEGER NOT NULL, used INTEGER) STRICT;"
	"CREATE TABLE throttle(who TEXT PRIMARY KEY, failures INTEGER NOT NULL, until INTEGER NOT NULL,"
	" at INTEGER NOT NULL) STRICT;";

/* What was done; nothing of it is ever changed or removed. */
static const char audit[] =
	"CREATE TABLE audit(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, account INTEGER NOT NULL,"
	" actor TEXT NOT NULL, address TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, before TEXT,"
	" after TEXT, hash TEXT NOT NULL) STRICT;"
	"CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;"
	"CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;";

/* The content as it was last published: items of lists, and what stands once ("part"). Then
 * what people want to change of it. body NULL: taken out; base: the sha of the published item
 * that was changed, NULL when there was none. */
static const char content[] =
	"CREATE TABLE item(list TEXT NOT NULL, id TEXT NOT NULL, pos INTEGER NOT NULL, body TEXT NOT NULL,"
	" sha TEXT NOT NULL, PRIMARY KEY(list, id)) STRICT;"
	"CREATE TABLE change_set(id INTEGER PRIMARY KEY, title TEXT NOT NULL, state TEXT NOT NULL,"
	" is_strict INTEGER NOT NULL, author INTEGER NOT NULL REFERENCES account, created INTEGER NOT NULL,"
	" updated INTEGER NOT NULL, rejected_reason TEXT, version INTEGER) STRICT;"
	"CREATE INDEX change_set_by_state ON change_set(state);"
	"CREATE TABLE change(set_id INTEGER NOT NULL REFERENCES change_set, list TEXT NOT NULL, id TEXT NOT NULL,"
	" body TEXT, sha TEXT, base TEXT, before TEXT, account INTEGER NOT NULL, at INTEGER NOT NULL,"
	" PRIMARY KEY(set_id, list, id)) STRICT;"
	"CREATE TABLE change_order(set_id INTEGER NOT NULL REFERENCES change_set, list TEXT NOT NULL,"
	" ids TEXT NOT NULL, account INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(set_id, list)) STRICT;"
	"CREATE TABLE editor(set_id INTEGER NOT NULL REFERENCES change_set, account INTEGER NOT NULL"
	" REFERENCES account, PRIMARY KEY(set_id, account)) STRICT;";

/* A candidate is exactly what is reviewed: a document and its painted pages, by hash. */
static const char approvals[] =
	"CREATE TABLE candidate(set_id INTEGER PRIMARY KEY REFERENCES change_set, content_sha256 TEXT NOT NULL,"
	" pages_sha256 TEXT NOT NULL, pages TEXT NOT NULL, at INTEGER NOT NULL, document BLOB NOT NULL) STRICT;"
	"CREATE TABLE approval(id INTEGER PRIMARY KEY, set_id INTEGER NOT NULL REFERENCES change_set,"
	" stage TEXT NOT NULL, account INTEGER NOT NULL REFERENCES account, decision TEXT NOT NULL, reason TEXT,"
	" content_sha256 TEXT NOT NULL, pages_sha256 TEXT NOT NULL, at INTEGER NOT NULL,"
	" is_void INTEGER NOT NULL DEFAULT 0) STRICT;"
	"CREATE INDEX approval_by_set ON approval(set_id);";

/* What only the office sees; none of these tables is read by the export. */
static const char internal[] =
	"CREATE TABLE ledger(kind TEXT NOT NULL, id TEXT NOT NULL, project TEXT, body TEXT NOT NULL,"
	" sha TEXT NOT NULL, account INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(kind, id)) STRICT;"
	"CREATE INDEX ledger_by_project ON ledger(project);"
	"CREATE TABLE plan(id INTEGER PRIMARY KEY, project TEXT NOT NULL, milestone TEXT NOT NULL, planned TEXT,"
	" at INTEGER NOT NULL, account INTEGER NOT NULL, set_id INTEGER NOT NULL) STRICT;"
	"CREATE INDEX plan_by_project ON plan(project);"
	"CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL, account INTEGER NOT NULL,"
	" at INTEGER NOT NULL) STRICT;"
	"CREATE TABLE mapping(kind TEXT NOT NULL, fingerprint TEXT NOT NULL, mapping TEXT NOT NULL,"
	" at INTEGER NOT NULL, PRIMARY KEY(kind, fingerprint)) STRICT;";

/* Pictures that content may name, and what was issued. */
static const char publishing[] =
	"CREATE TABLE media(name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, type TEXT NOT NULL,"
	" width INTEGER NOT NULL, height INTEGER NOT NULL, account INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
	"CREATE TABLE publication(version INTEGER PRIMARY KEY, set_id INTEGER NOT NULL REFERENCES change_set,"
	" state TEXT NOT NULL, content_sha256 TEXT NOT NULL, pages_sha256 TEXT NOT NULL, document BLOB NOT NULL,"
	" issuer INTEGER NOT NULL, issued INTEGER NOT NULL, publisher INTEGER, published INTEGER,"
	" manifest BLOB, reason TEXT) STRICT;";

/* Signatures of what was issued, where it was brought, and numbers that never fall: what the
 * feed had already when this office began to write it. */
static const char delivering[] =
	"CREATE TABLE signature(version INTEGER NOT NULL REFERENCES publication, key_id TEXT NOT NULL,"
	" bytes BLOB NOT NULL, account INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(version, key_id)) STRICT;"
	"CREATE TABLE delivery(version INTEGER NOT NULL REFERENCES publication, place TEXT NOT NULL,"
	" state TEXT NOT NULL, message TEXT, at INTEGER, PRIMARY KEY(version, place)) STRICT;"
	"CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;";

/* Screens that are paired, what each last said, and what each has shown. */
static const char screens[] =
	"CREATE TABLE screen(id TEXT PRIMARY KEY, name TEXT NOT NULL, tags TEXT NOT NULL, key BLOB NOT NULL,"
	" key_id TEXT NOT NULL UNIQUE, paired INTEGER NOT NULL, account INTEGER NOT NULL,"
	" is_revoked INTEGER NOT NULL DEFAULT 0, seq INTEGER NOT NULL DEFAULT 0, received INTEGER NOT NULL DEFAULT 0,"
	" report TEXT, picture BLOB, captured INTEGER) STRICT;"
	"CREATE TABLE play(screen TEXT NOT NULL, run TEXT NOT NULL, day INTEGER NOT NULL, content_sha256 TEXT NOT NULL,"
	" page TEXT NOT NULL, version INTEGER NOT NULL, times INTEGER NOT NULL, seconds INTEGER NOT NULL,"
	" PRIMARY KEY(day, screen, content_sha256, page, run)) STRICT, WITHOUT ROWID;";

const char *const schema_steps[] = {people, audit, content, approvals, internal, publishing, delivering,
	screens};
const size_t schema_count = sizeof schema_steps / sizeof schema_steps[0];
