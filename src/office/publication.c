/* SPDX-License-Identifier: Apache-2.0 */
#include "office/publication.h"

#include <string.h>

#include "office/approval.h"
#include "office/audit.h"

static const char *const state_words[] = {"signing", "ready", "published", "superseded", "cancelled"};
#define STATES (sizeof state_words / sizeof state_words[0])

void publication_raise_counter(struct office *o, const char *name, int64_t value)
{
	office_do(o,
		"INSERT INTO counter(name, value) VALUES(?1, ?2)"
		" ON CONFLICT(name) DO UPDATE SET value = max(value, ?2)",
		"si", name, value);
}

int64_t publication_counter(struct office *o, const char *name)
{
	return office_number(o, 0, "SELECT value FROM counter WHERE name = ?1", "s", name);
}

bool publication_create(struct office *o, const struct publication_new *p, int64_t *version, struct err *e)
{
	if (office_number(o, 0, "SELECT 1 FROM publication WHERE state IN ('signing', 'ready')", ""))
		return err_set(e, ERR_CONFLICT, "上一个版本还在等待签名或发布");
	*version = 1 + office_number(o, 0, "SELECT max(version) FROM publication", "");
	int64_t given_out = publication_counter(o, PUBLICATION_VERSION);
	if (*version <= given_out)
		*version = given_out + 1;
	office_do(o,
		"INSERT INTO publication(version, set_id, state, content_sha256, pages_sha256, document, issuer,"
		" issued)"
		" VALUES(?1, ?2, 'signing', ?3, ?4, ?5, ?6, ?7)",
		"iissbii", *version, p->set, p->content_sha256, p->pages_sha256, p->document, p->document_len,
		office_actor(o)->account, office_now(o));
	json_t *after = json_pack("{s:I, s:s}", "set", (json_int_t)p->set, "content_sha256", p->content_sha256);
	audit_add_number(o, "publication.create", "version", *version, after);
	json_decref(after);
	return true;
}

static enum publication_state state_of(const char *word)
{
	size_t i = 0;
	while (i < STATES - 1 && strcmp(state_words[i], word) != 0)
		i++;
	return (enum publication_state)i;
}

#define COLUMNS "version, set_id, state, publisher IS NOT NULL"

static bool read_row(struct office *o, struct sqlite3_stmt *s, struct publication *out)
{
	if (!office_next(o, s))
		return false;
	*out = (struct publication){.version = office_int(s, 0),
		.set = office_int(s, 1),
		.state = state_of(office_text(s, 2)),
		.is_begun = office_int(s, 3) != 0};
	return true;
}

bool publication_find(struct office *o, int64_t version, struct publication *out, struct err *e)
{
	struct sqlite3_stmt *s =
		office_ask(o, "SELECT " COLUMNS " FROM publication WHERE version = ?1", "i", version);
	return read_row(o, s, out) || err_set(e, ERR_MISSING, "没有这个版本");
}

bool publication_find_begun(struct office *o, struct publication *out)
{
	struct sqlite3_stmt *s = office_ask(
		o, "SELECT " COLUMNS " FROM publication WHERE state = 'ready' AND publisher IS NOT NULL", "");
	return read_row(o, s, out);
}

int64_t publication_current(struct office *o)
{
	return office_number(o, 0, "SELECT max(version) FROM publication WHERE state = 'published'", "");
}

bool publication_begin(struct office *o, int64_t version, struct err *e)
{
	struct publication p;
	if (!publication_find(o, version, &p, e))
		return false;
	if (p.state == PUBLICATION_SIGNING)
		return err_set(e, ERR_CONFLICT, "签名还不够，不能发布");
	if (p.state != PUBLICATION_READY)
		return err_set(e, ERR_CONFLICT, "此版本已发布或已作废");
	office_do(o, "UPDATE publication SET publisher = ?2 WHERE version = ?1", "ii", version,
		office_actor(o)->account);
	audit_add_number(o, "publication.publish", "version", version, NULL);
	return true;
}

void publication_done(struct office *o, int64_t version)
{
	int64_t set = office_number(o, 0, "SELECT set_id FROM publication WHERE version = ?1", "i", version);
	office_do(o, "UPDATE publication SET state = 'superseded' WHERE state = 'published'", "");
	office_do(o, "UPDATE publication SET state = 'published', published = ?2 WHERE version = ?1", "ii", version,
		office_now(o));
	publication_deliver(o, version, "feed", "done", NULL);
	audit_add_number(o, "publication.published", "version", version, NULL);
	approval_published(o, set, version);
}

bool publication_cancel(struct office *o, int64_t version, const char *reason, struct err *e)
{
	struct publication p;
	if (!publication_find(o, version, &p, e))
		return false;
	if (p.state != PUBLICATION_SIGNING && p.state != PUBLICATION_READY)
		return err_set(e, ERR_CONFLICT, "此版本已发布或已作废");
	office_do(o, "UPDATE publication SET state = 'cancelled', reason = ?2 WHERE version = ?1", "is", version,
		reason);
	json_t *after = json_pack("{s:s}", "reason", reason);
	audit_add_number(o, "publication.cancel", "version", version, after);
	json_decref(after);
	approval_given_up(o, p.set, reason);
	return true;
}

void publication_deliver(
	struct office *o, int64_t version, const char *place, const char *state, const char *message)
{
	office_do(o,
		"INSERT INTO delivery(version, place, state, message, at)"
		" SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS(SELECT 1 FROM publication WHERE version = ?1)"
		" ON CONFLICT(version, place) DO UPDATE SET state = ?3, message = ?4, at = ?5",
		"isssi", version, place, state, message, office_now(o));
}
