/* SPDX-License-Identifier: Apache-2.0 */
#include "office/audit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "feed/digest.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define COLUMNS "seq, at, account, actor, address, what, subject, before, after, hash"

/* An entry as it is hashed; before and after are texts of JSON in it, so that the bytes
 * that were kept are the bytes that are hashed. */
static json_t *entry(struct sqlite3_stmt *s)
{
	const char *before = office_text(s, 7), *after = office_text(s, 8);
	json_t *e = json_pack("{s:I, s:o, s:I, s:s, s:s, s:s, s:s}", "seq", (json_int_t)office_int(s, 0), "at",
		office_time(s, 1), "account", (json_int_t)office_int(s, 2), "actor", office_text(s, 3),
		"address", office_text(s, 4), "what", office_text(s, 5), "subject", office_text(s, 6));
	(void)json_object_set_new(e, "before", before ? json_string(before) : json_null());
	(void)json_object_set_new(e, "after", after ? json_string(after) : json_null());
	return e;
}

static void hash_entry(const char *previous, const json_t *e, char out[static DIGEST_HEX])
{
	char *text = office_canonical(e);
	struct buf bytes = {0};
	buf_printf(&bytes, "%s\n%s", previous, text);
	digest_bytes(bytes.data, bytes.len, out);
	buf_finish(&bytes);
	free(text);
}

void audit_add(
	struct office *o, const char *what, const char *subject, const json_t *before, const json_t *after)
{
	char previous[DIGEST_HEX] = ZEROS, hash[DIGEST_HEX] = "";
	const struct actor *a = office_actor(o);
	struct sqlite3_stmt *s = office_ask(o, "SELECT hash FROM audit ORDER BY seq DESC LIMIT 1", "");
	if (office_next(o, s))
		(void)snprintf(previous, sizeof previous, "%s", office_text(s, 0));
	s = office_ask(o,
		"SELECT ifnull(max(seq), 0) + 1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM audit", "iissssjj",
		office_now(o), a->account, a->name, a->address, what, subject, before, after);
	if (!office_next(o, s))
		return;
	json_t *e = entry(s);
	hash_entry(previous, e, hash);
	int64_t seq = office_int(s, 0);
	json_decref(e);
	office_do(o, "INSERT INTO audit(" COLUMNS ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
		"iiissssjjs", seq, office_now(o), a->account, a->name, a->address, what, subject, before,
		after, hash);
}

void audit_add_number(struct office *o, const char *what, const char *kind, int64_t number, const json_t *after)
{
	char subject[64];
	(void)snprintf(subject, sizeof subject, "%s:%lld", kind, (long long)number);
	audit_add(o, what, subject, NULL, after);
}

static json_t *shown(struct sqlite3_stmt *s)
{
	json_t *e = entry(s), *before = office_json(s, 7), *after = office_json(s, 8);
	(void)json_object_del(e, "account");
	(void)json_object_set_new(e, "before", before ? before : json_null());
	(void)json_object_set_new(e, "after", after ? after : json_null());
	(void)json_object_set_new(e, "hash", json_string(office_text(s, 9)));
	return e;
}

json_t *audit_list(struct office *o, const struct audit_filter *f)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT " COLUMNS " FROM audit WHERE (?1 = 0 OR seq < ?1) AND (?2 IS NULL OR actor = ?2)"
		" AND (?3 IS NULL OR substr(what, 1, length(?3)) = ?3)"
		" AND (?4 IS NULL OR substr(subject, 1, length(?4)) = ?4) ORDER BY seq DESC LIMIT ?5",
		"isssi", f->before_seq, f->actor, f->what, f->subject, (int64_t)f->limit);
	while (office_next(o, s))
		(void)json_array_append_new(list, shown(s));
	return list;
}

json_t *audit_verify(struct office *o)
{
	char previous[DIGEST_HEX] = ZEROS, hash[DIGEST_HEX];
	int64_t count = 0, broken = 0;
	struct sqlite3_stmt *s = office_ask(o, "SELECT " COLUMNS " FROM audit ORDER BY seq", "");
	while (office_next(o, s)) {
		json_t *e = entry(s);
		hash_entry(previous, e, hash);
		json_decref(e);
		count++;
		if (!broken && (office_int(s, 0) != count || strcmp(hash, office_text(s, 9)) != 0))
			broken = count;
		(void)snprintf(previous, sizeof previous, "%s", office_text(s, 9));
	}
	return json_pack("{s:b, s:I, s:s, s:o}", "whole", !broken, "entries", (json_int_t)count, "head",
		previous, "broken_at", broken ? json_integer(broken) : json_null());
}

json_t *audit_export(struct office *o, int64_t from_seq, int limit)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT " COLUMNS " FROM audit WHERE seq >= ?1 ORDER BY seq LIMIT ?2", "ii", from_seq,
		(int64_t)limit);
	while (office_next(o, s)) {
		json_t *e = entry(s);
		(void)json_object_set_new(e, "hash", json_string(office_text(s, 9)));
		(void)json_array_append_new(list, e);
	}
	return list;
}
