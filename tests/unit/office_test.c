/* SPDX-License-Identifier: Apache-2.0
 *
 * The office's rules: who may do what with a change set, what a transaction keeps, and that
 * the audit log notices what was done to it. */
#include "office_kit.h"

#include <sqlite3.h>
#include <unistd.h>

#include "office/audit.h"
#include "office/item.h"
#include "office/publication.h"
#include "office/session.h"
#include "office/setting.h"
#include "scratch.h"
#include "sentences.h"

/* ---- the three looks ------------------------------------------------------------------ */

enum act {
	END,
	EDIT, /* puts a notice */
	EDIT_OTHER, /* another notice */
	RENAME,
	SUBMIT,
	REVIEW,
	REVIEW_STALE, /* with the hash of what was seen before */
	REVIEW_PAGES, /* with other pages */
	REJECT,
	REJECT_SILENT, /* without a reason */
	ISSUE,
	ISSUE_REJECT,
	ISSUE_UNCONFIRMED,
	ISSUE_WITHOUT_TOTP,
	ISSUE_SCRIPT,
	WITHDRAW,
	DROP,
	STRICT_ON, /* for the whole office */
	STRICT_SET, /* for this set */
	STRICT_SET_OFF,
	OTHER_PUBLISHED,
};

struct step {
	enum office_kit_person who;
	enum act act;
	enum err_kind expected;
};

static const struct flow_row {
	const char *says;
	struct step steps[12];
	enum change_state ends;
} flow_rows[] = {
	{"editor, reviewer, issuer: issued",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_ISSUER, ISSUE}}, CHANGE_ISSUED},
	{"nothing to submit", {{KIT_EDITOR, SUBMIT, ERR_CONFLICT}}, CHANGE_DRAFT},
	{"a draft is not reviewed", {{KIT_EDITOR, EDIT}, {KIT_REVIEWER, REVIEW, ERR_CONFLICT}}, CHANGE_DRAFT},
	{"a submitted one is not issued",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_ISSUER, ISSUE, ERR_CONFLICT}}, CHANGE_SUBMITTED},
	{"an editor is no reviewer",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_EDITOR_2, REVIEW, ERR_FORBIDDEN}}, CHANGE_SUBMITTED},
	{"a reviewer is no issuer",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW},
			{KIT_REVIEWER_2, ISSUE, ERR_FORBIDDEN}},
		CHANGE_REVIEWED},
	{"an operator, an auditor and an administrator approve nothing",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_OPERATOR, REVIEW, ERR_FORBIDDEN},
			{KIT_AUDITOR, REVIEW, ERR_FORBIDDEN}, {KIT_ADMIN, REVIEW, ERR_FORBIDDEN}},
		CHANGE_SUBMITTED},
	{"nobody reviews his own, whatever his roles",
		{{KIT_ALL, EDIT}, {KIT_ALL, SUBMIT}, {KIT_ALL, REVIEW, ERR_FORBIDDEN}}, CHANGE_SUBMITTED},
	{"nobody issues his own",
		{{KIT_ALL, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_ALL, ISSUE, ERR_FORBIDDEN}},
		CHANGE_REVIEWED},
	{"who only submitted it is an editor of it",
		{{KIT_EDITOR, EDIT}, {KIT_ALL, SUBMIT}, {KIT_ALL, REVIEW, ERR_FORBIDDEN}}, CHANGE_SUBMITTED},
	{"who only named it is an editor of it",
		{{KIT_EDITOR, EDIT}, {KIT_ALL, RENAME}, {KIT_EDITOR, SUBMIT}, {KIT_ALL, REVIEW, ERR_FORBIDDEN}},
		CHANGE_SUBMITTED},
	{"nobody issues what he reviewed",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_ALL, REVIEW}, {KIT_ALL, ISSUE, ERR_FORBIDDEN}},
		CHANGE_REVIEWED},
	{"an edit after submission makes it a draft",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_EDITOR, EDIT_OTHER}}, CHANGE_DRAFT},
	{"an edit after review voids it",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_EDITOR, EDIT_OTHER},
			{KIT_EDITOR, SUBMIT}, {KIT_ISSUER, ISSUE, ERR_CONFLICT}},
		CHANGE_SUBMITTED},
	{"and the same reviewer may review it anew",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_EDITOR, EDIT_OTHER},
			{KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_ISSUER, ISSUE}},
		CHANGE_ISSUED},
	{"an issuer that edits is an issuer of it no more",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_ALL, EDIT_OTHER},
			{KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_ALL, ISSUE, ERR_FORBIDDEN}},
		CHANGE_REVIEWED},
	{"what was seen before an edit is not approved",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_EDITOR, EDIT_OTHER}, {KIT_EDITOR, SUBMIT},
			{KIT_REVIEWER, REVIEW_STALE, ERR_CONFLICT}},
		CHANGE_SUBMITTED},
	{"other pages are not approved",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW_PAGES, ERR_CONFLICT}}, CHANGE_SUBMITTED},
	{"a rejection makes it a draft",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REJECT}}, CHANGE_DRAFT},
	{"a rejection has a reason",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REJECT_SILENT, ERR_FORMAT}}, CHANGE_SUBMITTED},
	{"an issuer may reject", {{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW},
					 {KIT_ISSUER, ISSUE_REJECT}},
		CHANGE_DRAFT},
	{"an issuer signs in again", {{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW},
					     {KIT_ISSUER, ISSUE_UNCONFIRMED, ERR_FORBIDDEN}},
		CHANGE_REVIEWED},
	{"an issuer has a second factor", {{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW},
						  {KIT_ISSUER, ISSUE_WITHOUT_TOTP, ERR_FORBIDDEN}},
		CHANGE_REVIEWED},
	{"a script issues nothing", {{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW},
					    {KIT_ISSUER, ISSUE_SCRIPT, ERR_FORBIDDEN}},
		CHANGE_REVIEWED},
	{"an editor withdraws", {{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_EDITOR, WITHDRAW}}, CHANGE_DRAFT},
	{"another editor does not",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_EDITOR_2, WITHDRAW, ERR_FORBIDDEN}}, CHANGE_SUBMITTED},
	{"what is issued is not edited",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_ISSUER, ISSUE},
			{KIT_EDITOR, EDIT_OTHER, ERR_CONFLICT}},
		CHANGE_ISSUED},
	{"nor dropped", {{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_ISSUER, ISSUE},
				{KIT_EDITOR, DROP, ERR_CONFLICT}},
		CHANGE_ISSUED},
	{"nor issued twice", {{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_ISSUER, ISSUE},
				     {KIT_ISSUER_2, ISSUE, ERR_CONFLICT}},
		CHANGE_ISSUED},
	{"a dropped one is not edited", {{KIT_EDITOR, EDIT}, {KIT_EDITOR, DROP}, {KIT_EDITOR, EDIT, ERR_CONFLICT}},
		CHANGE_DROPPED},
	{"strict: one reviewer is not enough",
		{{KIT_EDITOR, STRICT_SET}, {KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW},
			{KIT_ISSUER, ISSUE, ERR_CONFLICT}},
		CHANGE_SUBMITTED},
	{"strict: nor the same one twice",
		{{KIT_EDITOR, STRICT_SET}, {KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW},
			{KIT_REVIEWER, REVIEW, ERR_FORBIDDEN}},
		CHANGE_SUBMITTED},
	{"strict: two are",
		{{KIT_EDITOR, STRICT_SET}, {KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW},
			{KIT_REVIEWER_2, REVIEW}, {KIT_ISSUER, ISSUE}},
		CHANGE_ISSUED},
	{"strict for the whole office",
		{{KIT_ADMIN, STRICT_ON}, {KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW},
			{KIT_ISSUER, ISSUE, ERR_CONFLICT}},
		CHANGE_SUBMITTED},
	{"strict turned on after the review counts as well",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_ADMIN, STRICT_ON},
			{KIT_ISSUER, ISSUE, ERR_CONFLICT}},
		CHANGE_REVIEWED},
	{"strict is not taken back of what was submitted",
		{{KIT_EDITOR, STRICT_SET}, {KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT},
			{KIT_EDITOR, STRICT_SET_OFF, ERR_CONFLICT}},
		CHANGE_SUBMITTED},
	{"another set that is published first voids it",
		{{KIT_EDITOR, EDIT}, {KIT_EDITOR, SUBMIT}, {KIT_REVIEWER, REVIEW}, {KIT_EDITOR_2, OTHER_PUBLISHED},
			{KIT_ISSUER, ISSUE, ERR_CONFLICT}},
		CHANGE_DRAFT},
};

/* The smallest content that passes the check, as if it had been published. */
static void publish_base(struct office_kit *k)
{
	static const char *const parts[][2] = {
		{"site", "{\"name\":\"坊子区\",\"timezone\":\"Asia/Shanghai\"}"},
		{"calendar", "{\"holidays\":[],\"workdays\":[]}"},
		{"screens", "{\"hours\":{}}"},
	};
	office_begin(k->office, k->now_utc_s, &office_itself);
	for (size_t i = 0; i < 3; i++)
		office_do(k->office,
			"INSERT INTO item(list, id, pos, body, sha) VALUES('parts', ?1, 0, ?2, 'x')", "ss", parts[i][0],
			parts[i][1]);
	struct err e = {0};
	assert_true(office_commit(k->office, &e));
}

static bool put(struct office_kit *k, int64_t set, const char *id, struct err *e)
{
	json_t *notice = office_kit_notice(id, "开放时间");
	const struct change_item at = {.set = set, .list = "notices", .id = id};
	bool ok = change_put(k->office, &at, notice, e);
	json_decref(notice);
	return ok;
}

static void publish_other(struct office_kit *k, enum office_kit_person who)
{
	struct err e = {0};
	int64_t other;
	office_kit_begin(k, who);
	assert_true(change_begin(k->office, "另一份", false, &other, &e));
	assert_true(put(k, other, "other", &e));
	approval_published(k->office, other, 1);
	assert_true(office_commit(k->office, &e));
}

struct seen {
	char now[65], before[65];
};

static bool act(struct office_kit *k, const struct step *s, int64_t set, struct seen *seen, struct err *e)
{
	bool is_rejection = s->act == REJECT || s->act == REJECT_SILENT || s->act == ISSUE_REJECT;
	const struct approval_decision d = {.approves = !is_rejection,
		.reason = is_rejection && s->act != REJECT_SILENT ? "日期不对" : NULL,
		.content_sha256 = s->act == REVIEW_STALE ? seen->before : seen->now,
		.pages_sha256 = s->act == REVIEW_PAGES ? "other pages" : "pages"};
	struct actor a = k->people[s->who];
	int64_t version;
	if (s->act == SUBMIT) {
		memcpy(seen->before, seen->now, sizeof seen->now);
		return office_kit_submit(k, s->who, set, seen->now, e);
	}
	if (s->act == OTHER_PUBLISHED)
		return publish_other(k, s->who), true;
	a.is_confirmed = s->act != ISSUE_UNCONFIRMED;
	a.has_totp = s->act != ISSUE_WITHOUT_TOTP;
	a.is_script = s->act == ISSUE_SCRIPT;
	office_begin(k->office, ++k->now_utc_s, &a);
	bool ok = false;
	switch (s->act) {
	case EDIT:
		ok = put(k, set, "hours", e);
		break;
	case EDIT_OTHER:
		ok = put(k, set, "other-hours", e);
		break;
	case RENAME:
		ok = change_rename(k->office, set, "新标题", -1, e);
		break;
	case STRICT_SET:
	case STRICT_SET_OFF:
		ok = change_rename(k->office, set, NULL, s->act == STRICT_SET, e);
		break;
	case STRICT_ON:
		setting_turn(k->office, SETTING_STRICT, true);
		ok = true;
		break;
	case REVIEW:
	case REVIEW_STALE:
	case REVIEW_PAGES:
	case REJECT:
	case REJECT_SILENT:
		ok = approval_review(k->office, set, &d, e);
		break;
	case WITHDRAW:
		ok = approval_withdraw(k->office, set, e);
		break;
	case DROP:
		ok = change_drop(k->office, set, e);
		break;
	default:
		ok = approval_issue(k->office, set, &d, &version, e);
	}
	return office_end(k->office, ok, e);
}

static void check_flow(void **state)
{
	const struct flow_row *r = *state;
	struct office_kit k;
	struct err e = {0};
	struct seen seen = {{0}, {0}};
	struct change_set found;
	int64_t set;
	office_kit_open(&k);
	publish_base(&k);
	office_kit_begin(&k, r->steps[0].who == KIT_ADMIN ? KIT_EDITOR : r->steps[0].who);
	assert_true(office_end(k.office, change_begin(k.office, "开放时间", false, &set, &e), &e));
	for (int i = 0; r->steps[i].act != END; i++) {
		struct err why = {0};
		bool ok = act(&k, &r->steps[i], set, &seen, &why);
		if (ok != (r->steps[i].expected == ERR_NONE) || why.kind != r->steps[i].expected)
			fail_msg("step %d: %s %s", i, err_kind_name(why.kind), why.text);
	}
	office_kit_begin(&k, KIT_AUDITOR);
	assert_true(change_find(k.office, set, &found, &e));
	assert_string_equal(change_state_name(found.state), change_state_name(r->ends));
	json_t *whole = audit_verify(k.office);
	assert_true(json_is_true(json_object_get(whole, "whole")));
	json_decref(whole);
	assert_true(office_commit(k.office, &e));
	office_kit_close(&k);
}

/* ---- what reaches a screen ---------------------------------------------------------------- */

static const char secret_text[] = "绝不上屏";

/* Every internal table and every unknown field holds the words; the document does not. */
static void check_allow_list(void **state)
{
	static const char *const bodies[] = {
		"{\"id\":\"p-1\",\"name\":\"甲\",\"leader\":\"绝不上屏\",\"milestones\":[{\"id\":\"m\",\"name\":\"乙\","
		"\"state\":\"done\",\"evidence\":\"绝不上屏\"}],\"note_internal\":{\"x\":[\"绝不上屏\"]}}",
		"{\"id\":\"o-1\",\"name\":\"丙\",\"programme\":[{\"id\":\"i\",\"title\":\"丁\",\"phone\":\"绝不上屏\"}],"
		"\"organiser\":\"绝不上屏\"}",
		"{\"id\":\"b-1\",\"kind\":\"list\",\"of\":{\"park\":\"戊\",\"owner_phone\":\"绝不上屏\"}}",
	};
	static const char *const lists[] = {"projects", "occasions", "boards"};
	struct office_kit k;
	struct err e = {0};
	(void)state;
	office_kit_open(&k);
	publish_base(&k);
	office_kit_begin(&k, KIT_EDITOR);
	for (size_t i = 0; i < 3; i++)
		office_do(k.office, "INSERT INTO item(list, id, pos, body, sha) VALUES(?1, ?2, 0, ?3, 'x')", "sss",
			lists[i], i == 0 ? "p-1" : i == 1 ? "o-1" : "b-1", bodies[i]);
	office_do(k.office, "UPDATE item SET body = json_set(body, '$.internal', ?1) WHERE list = 'parts'", "s",
		secret_text);
	office_do(k.office,
		"INSERT INTO ledger(kind, id, project, body, sha, account, at)"
		" VALUES('project_notes', 'p-1', 'p-1', json_object('note', ?1), 'x', 1, 0)",
		"s", secret_text);
	office_do(k.office, "INSERT INTO plan(project, milestone, planned, at, account, set_id)"
			    " VALUES('p-1', 'm', ?1, 0, 1, 1)",
		"s", secret_text);
	office_do(k.office, "INSERT INTO setting(name, value, account, at) VALUES('x', ?1, 1, 0)", "s", secret_text);
	office_do(k.office, "UPDATE account SET display = ?1", "s", secret_text);
	json_t *document = item_document(k.office, 0);
	char *text = office_canonical(document);
	assert_non_null(strstr(text, "\"甲\"")); /* what may be seen is there */
	assert_non_null(strstr(text, "\"丁\""));
	assert_non_null(strstr(text, "\"戊\""));
	assert_null(strstr(text, secret_text));
	free(text);
	json_decref(document);
	assert_true(office_commit(k.office, &e));
	office_kit_close(&k);
}

/* ---- the audit log -------------------------------------------------------------------------- */

static const struct tamper_row {
	const char *says, *sql;
	int broken_at; /* 0: whole */
} tamper_rows[] = {
	{"nothing was done to it", "SELECT 1", 0},
	{"an actor was exchanged", "UPDATE audit SET actor = 'other' WHERE seq = 3", 3},
	{"a moment was moved", "UPDATE audit SET at = at + 1 WHERE seq = 1", 1},
	{"a value was changed", "UPDATE audit SET after = '{}' WHERE seq = 4", 4},
	{"a value was removed", "UPDATE audit SET after = NULL WHERE seq = 4", 4},
	{"an entry was removed", "DELETE FROM audit WHERE seq = 5", 5},
	{"the first was removed", "DELETE FROM audit WHERE seq = 1", 1},
	{"two were exchanged",
		"UPDATE audit SET seq = 100 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;"
		"UPDATE audit SET seq = 3 WHERE seq = 100",
		2},
	{"a hash was put to another entry", "UPDATE audit SET what = 'x', hash = (SELECT hash FROM audit WHERE seq = 2)"
					    " WHERE seq = 6",
		6},
};

static void check_tamper(void **state)
{
	const struct tamper_row *r = *state;
	char folder[SCRATCH_PATH_MAX], path[SCRATCH_PATH_MAX + 32];
	struct office *o;
	struct err e = {0};
	sqlite3 *db;
	scratch_make(folder);
	assert_true(office_create(folder, &e) && office_open(&o, folder, &e));
	for (int i = 1; i <= 8; i++) {
		json_t *after = json_pack("{s:i}", "i", i);
		office_begin(o, OFFICE_KIT_NOW, &office_itself);
		audit_add_number(o, "test", "thing", i, after);
		assert_true(office_commit(o, &e));
		json_decref(after);
	}
	office_close(o);
	(void)snprintf(path, sizeof path, "%s/office.sqlite", folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	/* the triggers stop who only means no harm */
	assert_int_equal(sqlite3_exec(db, "UPDATE audit SET actor = 'x'", NULL, NULL, NULL), SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_exec(db, "DELETE FROM audit", NULL, NULL, NULL), SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_exec(db, "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed", NULL,
				 NULL, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, r->sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_true(office_open(&o, folder, &e));
	office_begin(o, OFFICE_KIT_NOW, &office_itself);
	json_t *found = audit_verify(o);
	assert_int_equal(json_integer_value(json_object_get(found, "broken_at")), r->broken_at);
	assert_int_equal(json_is_true(json_object_get(found, "whole")), r->broken_at == 0);
	json_decref(found);
	office_rollback(o);
	office_close(o);
	scratch_remove(folder);
}

/* ---- transactions and people ---------------------------------------------------------------- */

static void check_spoilt(void **state)
{
	struct office_kit k;
	struct err e = {0};
	int64_t set;
	(void)state;
	office_kit_open(&k);
	office_kit_begin(&k, KIT_EDITOR);
	assert_true(change_begin(k.office, "开放时间", false, &set, &e));
	office_do(k.office, "INSERT INTO change_set(id) VALUES(NULL)", "");
	assert_false(office_commit(k.office, &e));
	assert_int_equal(e.kind, ERR_DISK);
	office_kit_begin(&k, KIT_EDITOR);
	assert_int_equal(office_number(k.office, -1, "SELECT count(*) FROM change_set", ""), 0);
	office_rollback(k.office);
	office_kit_close(&k);
}

static void check_newer(void **state)
{
	char folder[SCRATCH_PATH_MAX], path[SCRATCH_PATH_MAX + 32];
	struct office *o;
	struct err e = {0};
	sqlite3 *db;
	(void)state;
	scratch_make(folder);
	assert_true(office_create(folder, &e));
	assert_false(office_create(folder, &e));
	assert_int_equal(e.kind, ERR_CONFLICT);
	(void)snprintf(path, sizeof path, "%s/office.sqlite", folder);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 10000", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	assert_false(office_open(&o, folder, &e));
	assert_int_equal(e.kind, ERR_CONFLICT);
	scratch_remove(folder);
}

static void check_backup(void **state)
{
	char folder[SCRATCH_PATH_MAX], copy[SCRATCH_PATH_MAX + 32];
	struct office_kit k;
	struct office *o;
	struct err e = {0};
	int64_t set;
	(void)state;
	scratch_make(folder);
	office_kit_open(&k);
	office_kit_begin(&k, KIT_EDITOR);
	assert_true(office_end(k.office, change_begin(k.office, "开放时间", false, &set, &e), &e));
	(void)snprintf(copy, sizeof copy, "%s/office.sqlite", folder);
	assert_true(office_backup(k.office, copy, &e));
	assert_false(office_backup(k.office, copy, &e)); /* never over another */
	assert_true(office_open(&o, folder, &e));
	office_begin(o, OFFICE_KIT_NOW, &office_itself);
	assert_int_equal(office_number(o, 0, "SELECT id FROM change_set WHERE title = '开放时间'", ""), set);
	office_rollback(o);
	office_close(o);
	office_kit_close(&k);
	scratch_remove(folder);
}

static const struct password_row {
	const char *says, *password;
	bool is_fine;
} password_rows[] = {
	{"a sentence", "correct horse battery", true},
	{"ten Han", "春眠不觉晓处处闻啼鸟", true},
	{"nine characters", "abcdefghi", false},
	{"one character over and over", "aaaaaaaaaaaa", false},
	{"the name and a year", "zhangsan2023", false},
	{"a word that everybody tries", "Password1234", false},
	{"the district", "fangzi2024!", false},
	{"no UTF-8", "abcdefghij\xff", false},
};

static void check_password(void **state)
{
	const struct password_row *r = *state;
	assert_int_equal(secret_password_fault(r->password, "zhangsan") == NULL, r->is_fine);
}

/* RFC 6238, appendix B: the last six digits of its SHA-1 codes. */
static const struct totp_row {
	const char *says;
	int64_t now;
	const char *code;
} totp_rows[] = {
	{"at 59 s", 59, "287082"},
	{"at 1111111109 s", 1111111109, "081804"},
	{"at 1234567890 s", 1234567890, "005924"},
	{"at 20000000000 s", INT64_C(20000000000), "353130"},
};

static void check_totp(void **state)
{
	const struct totp_row *r = *state;
	static const unsigned char key[] = "12345678901234567890";
	int64_t step = secret_totp_step(key, r->code, r->now, 0);
	assert_int_equal(step, r->now / 30);
	assert_int_equal(secret_totp_step(key, r->code, r->now, step), 0); /* once */
	assert_int_equal(secret_totp_step(key, r->code, r->now + 30, 0), step); /* a slow hand */
	assert_int_equal(secret_totp_step(key, r->code, r->now + 90, 0), 0);
	assert_int_equal(secret_totp_step(key, "000000", r->now, 0), 0);
}

static void check_session(void **state)
{
	struct office_kit k;
	struct err e = {0};
	struct account a;
	struct session s;
	char token[SECRET_TOKEN_TEXT];
	(void)state;
	office_kit_open(&k);
	office_begin(k.office, OFFICE_KIT_NOW, &office_itself);
	assert_true(account_find(k.office, "editor", &a));
	session_start(k.office, &a, "192.0.2.1", token, &s);
	assert_true(session_find(k.office, token, "192.0.2.1", &s, &e));
	assert_int_equal(office_number(k.office, 0, "SELECT count(*) FROM session WHERE token = CAST(?1 AS BLOB)", "s",
				 token),
		0); /* the token itself is nowhere */
	assert_true(office_commit(k.office, &e));
	office_begin(k.office, OFFICE_KIT_NOW + SESSION_IDLE_S + 1, &office_itself);
	assert_false(session_find(k.office, token, "192.0.2.1", &s, &e)); /* asleep too long */
	office_rollback(k.office);
	for (int64_t at = 0; at <= SESSION_MAX_S; at += SESSION_IDLE_S / 2) {
		office_begin(k.office, OFFICE_KIT_NOW + at, &office_itself);
		assert_int_equal(session_find(k.office, token, "192.0.2.1", &s, &e), at < SESSION_MAX_S);
		assert_true(office_commit(k.office, &e));
	}
	office_begin(k.office, OFFICE_KIT_NOW, &office_itself);
	session_start(k.office, &a, "192.0.2.1", token, &s);
	assert_true(account_change(k.office, a.id, &(struct account_change){.roles = -1, .is_disabled = 1}, &e));
	assert_false(session_find(k.office, token, "192.0.2.1", &s, &e));
	office_rollback(k.office);
	office_kit_close(&k);
}

static void check_throttle(void **state)
{
	struct office_kit k;
	struct err e = {0};
	(void)state;
	office_kit_open(&k);
	office_begin(k.office, OFFICE_KIT_NOW, &office_itself);
	for (int i = 0; i < SESSION_GUESSES; i++) {
		assert_true(session_may_try(k.office, "editor", "192.0.2.1", &e));
		session_failed(k.office, "editor", "192.0.2.1");
	}
	assert_true(session_may_try(k.office, "editor", "192.0.2.1", &e));
	session_failed(k.office, "editor", "192.0.2.1");
	assert_false(session_may_try(k.office, "editor", "198.51.100.7", &e)); /* from anywhere */
	assert_int_equal(e.kind, ERR_BUSY);
	assert_true(session_may_try(k.office, "other", "192.0.2.1", &e)); /* others are not locked out */
	for (int i = 0; i < 4 * SESSION_GUESSES; i++)
		session_failed(k.office, "no-such-name", "192.0.2.9");
	session_failed(k.office, "another", "192.0.2.9");
	assert_false(session_may_try(k.office, "editor3", "192.0.2.9", &e)); /* that address is */
	assert_true(office_commit(k.office, &e));
	office_begin(k.office, OFFICE_KIT_NOW + 5, &office_itself);
	assert_true(session_may_try(k.office, "editor", "198.51.100.7", &e)); /* 4 s later */
	office_rollback(k.office);
	office_kit_close(&k);
}

static void check_last_admin(void **state)
{
	struct office_kit k;
	struct err e = {0};
	(void)state;
	office_kit_open(&k);
	office_kit_begin(&k, KIT_ADMIN);
	int64_t id = k.people[KIT_ADMIN].account;
	assert_false(account_change(k.office, id, &(struct account_change){.roles = OFFICE_EDITOR, .is_disabled = -1},
		&e));
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_false(account_change(k.office, id, &(struct account_change){.roles = -1, .is_disabled = 1}, &e));
	assert_true(account_change(k.office, k.people[KIT_EDITOR].account,
		&(struct account_change){.roles = OFFICE_ADMINISTRATOR, .is_disabled = -1}, &e));
	assert_true(account_change(k.office, id, &(struct account_change){.roles = -1, .is_disabled = 1}, &e));
	office_rollback(k.office);
	office_kit_close(&k);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, flow_rows, check_flow);
	SENTENCES_ROWS(&s, tamper_rows, check_tamper);
	SENTENCES_ROWS(&s, password_rows, check_password);
	SENTENCES_ROWS(&s, totp_rows, check_totp);
	sentences_add(&s, "no internal field reaches the document", check_allow_list, NULL);
	sentences_add(&s, "a failed statement spoils its transaction", check_spoilt, NULL);
	sentences_add(&s, "a newer database is not touched", check_newer, NULL);
	sentences_add(&s, "a backup is whole and never over another", check_backup, NULL);
	sentences_add(&s, "sessions end", check_session, NULL);
	sentences_add(&s, "who guesses waits", check_throttle, NULL);
	sentences_add(&s, "one administrator stays", check_last_admin, NULL);
	return sentences_run(&s, "office");
}
