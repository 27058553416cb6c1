/* SPDX-License-Identifier: Apache-2.0 */
#include "office/approval.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/words.h"
#include "feed/digest.h"
#include "office/audit.h"
#include "office/finding.h"
#include "office/item.h"
#include "office/publication.h"
#include "office/setting.h"

#define REASON_CHARS_MAX 200

static char *document_of(struct office *o, int64_t set, char sha256[static DIGEST_HEX])
{
	json_t *document = item_document(o, set);
	char *text = office_canonical(document);
	digest_bytes(text, strlen(text), sha256);
	json_decref(document);
	return text;
}

/* ---- submitting ------------------------------------------------------------------------ */

static bool has_changes(struct office *o, int64_t set)
{
	return office_number(o, 0,
		       "SELECT (SELECT count(*) FROM change WHERE set_id = ?1) + (SELECT count(*)"
		       " FROM change_order WHERE set_id = ?1)",
		       "i", set) > 0;
}

static bool is_free_of_conflicts(struct office *o, int64_t set, struct err *e)
{
	json_t *conflicts = change_conflicts(o, set);
	const json_t *first = json_array_get(conflicts, 0);
	bool ok = !first || err_set(e, ERR_CONFLICT, "%s/%s 已被其他变更改动并发布，请重新打开并保存此条目",
				    json_string_value(json_object_get(first, "list")),
				    json_string_value(json_object_get(first, "id")));
	json_decref(conflicts);
	return ok;
}

bool approval_prepare(struct office *o, int64_t set, char **document, char sha256[static 65], json_t **findings,
	struct err *e)
{
	struct change_set s;
	int errors;
	*document = NULL;
	*findings = NULL;
	if (!change_find(o, set, &s, e))
		return false;
	if (s.state != CHANGE_DRAFT)
		return err_set(e, ERR_CONFLICT, "只有草稿可以送审");
	if (!has_changes(o, set))
		return err_set(e, ERR_CONFLICT, "变更单还没有任何更改");
	if (!is_free_of_conflicts(o, set, e))
		return false;
	json_t *tree = item_document(o, set);
	*findings = finding_list(o, tree, &errors);
	*document = office_canonical(tree);
	digest_bytes(*document, strlen(*document), sha256);
	json_decref(tree);
	return errors == 0 || err_set(e, ERR_FORMAT, "内容检查发现%d处错误，不能送审", errors);
}

bool approval_submit(struct office *o, int64_t set, const struct approval_candidate *c, struct err *e)
{
	char sha256[DIGEST_HEX];
	json_t *findings;
	char *document;
	bool ok = approval_prepare(o, set, &document, sha256, &findings, e);
	json_decref(findings);
	if (ok && strcmp(sha256, c->content_sha256) != 0)
		ok = err_set(e, ERR_CONFLICT, "内容在绘制期间已被修改，请重新送审");
	if (ok) {
		office_do(o,
			"INSERT OR REPLACE INTO candidate(set_id, content_sha256, pages_sha256, pages, at, document)"
			" VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
			"issjib", set, c->content_sha256, c->pages_sha256, c->pages, c->at_utc_s, document,
			strlen(document));
		office_do(o, "UPDATE change_set SET rejected_reason = NULL WHERE id = ?1", "i", set);
		office_do(o, "INSERT OR IGNORE INTO editor(set_id, account) VALUES(?1, ?2)", "ii", set,
			office_actor(o)->account);
		change_set_state(o, set, CHANGE_SUBMITTED);
		json_t *after = json_pack("{s:s, s:s}", "content_sha256", c->content_sha256, "pages_sha256",
			c->pages_sha256);
		audit_add_number(o, "set.submit", "set", set, after);
		json_decref(after);
	}
	free(document);
	return ok;
}

/* Back to a draft; what was approved is so no more. */
static void reopen(struct office *o, int64_t set, const char *reason)
{
	change_set_state(o, set, CHANGE_DRAFT);
	office_do(o, "UPDATE change_set SET rejected_reason = ?2, version = NULL WHERE id = ?1", "is", set, reason);
	office_do(o, "UPDATE approval SET is_void = 1 WHERE set_id = ?1", "i", set);
	office_do(o, "DELETE FROM candidate WHERE set_id = ?1", "i", set);
}

bool approval_withdraw(struct office *o, int64_t set, struct err *e)
{
	struct change_set s;
	if (!change_find(o, set, &s, e))
		return false;
	if (s.state != CHANGE_SUBMITTED && s.state != CHANGE_REVIEWED)
		return err_set(e, ERR_CONFLICT, "此变更单不在审核中");
	if (!change_is_editor(o, set, office_actor(o)->account))
		return err_set(e, ERR_FORBIDDEN, "只有参与编辑的人可以撤回");
	reopen(o, set, NULL);
	audit_add_number(o, "set.withdraw", "set", set, NULL);
	return true;
}

/* ---- deciding ---------------------------------------------------------------------------- */

int approval_reviews_needed(struct office *o, const struct change_set *s)
{
	return s->is_strict || setting_is_on(o, SETTING_STRICT) ? 2 : 1;
}

/* By this person, in any stage, and not void. */
static bool has_approved(struct office *o, int64_t set, int64_t account)
{
	return office_number(o, 0, "SELECT 1 FROM approval WHERE set_id = ?1 AND account = ?2 AND is_void = 0",
		       "ii", set, account) == 1;
}

static int64_t count_reviews(struct office *o, int64_t set)
{
	return office_number(o, 0,
		"SELECT count(DISTINCT account) FROM approval WHERE set_id = ?1 AND stage = 'review'"
		" AND decision = 'approve' AND is_void = 0",
		"i", set);
}

static bool is_other_person(struct office *o, int64_t set, struct err *e)
{
	int64_t account = office_actor(o)->account;
	if (change_is_editor(o, set, account))
		return err_set(e, ERR_FORBIDDEN, "不能审核自己参与编辑的变更");
	if (has_approved(o, set, account))
		return err_set(e, ERR_FORBIDDEN, "您已审核过此变更，须由另一人继续");
	return true;
}

/* What was seen is what was painted, and what would be published. */
static bool is_what_was_seen(struct office *o, int64_t set, const struct approval_decision *d, struct err *e)
{
	char sha256[DIGEST_HEX];
	struct sqlite3_stmt *s = office_ask(
		o, "SELECT content_sha256, pages_sha256 FROM candidate WHERE set_id = ?1", "i", set);
	bool ok = office_next(o, s) && strcmp(office_text(s, 0), d->content_sha256) == 0 &&
		  strcmp(office_text(s, 1), d->pages_sha256) == 0;
	(void)sqlite3_reset(s);
	free(document_of(o, set, sha256));
	return (ok && strcmp(sha256, d->content_sha256) == 0) ||
	       err_set(e, ERR_CONFLICT, "内容已变，您看到的不是将要发布的，请刷新后重新审阅");
}

static bool has_reason(const struct approval_decision *d, struct err *e)
{
	char why[160];
	const struct words_rule rule = {.max_chars = REASON_CHARS_MAX, .max_lines = 5};
	if (d->approves && !d->reason)
		return true;
	return (d->reason && *d->reason && words_check(d->reason, &rule, why, sizeof why)) ||
	       err_set(e, ERR_FORMAT, "退回须写明原因（至多%d个字符）", REASON_CHARS_MAX);
}

static void note(struct office *o, int64_t set, const char *stage, const struct approval_decision *d)
{
	char what[32];
	office_do(o,
		"INSERT INTO approval(set_id, stage, account, decision, reason, content_sha256, pages_sha256, at)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
		"isissssi", set, stage, office_actor(o)->account, d->approves ? "approve" : "reject", d->reason,
		d->content_sha256, d->pages_sha256, office_now(o));
	(void)snprintf(what, sizeof what, "set.%s", stage);
	json_t *after = json_pack("{s:s, s:s?, s:s, s:s}", "decision", d->approves ? "approve" : "reject", "reason",
		d->reason, "content_sha256", d->content_sha256, "pages_sha256", d->pages_sha256);
	audit_add_number(o, what, "set", set, after);
	json_decref(after);
}

bool approval_review(struct office *o, int64_t set, const struct approval_decision *d, struct err *e)
{
	struct change_set s;
	if (!change_find(o, set, &s, e))
		return false;
	if (!(office_actor(o)->roles & OFFICE_REVIEWER))
		return err_set(e, ERR_FORBIDDEN, "只有审核人可以审核");
	if (s.state != CHANGE_SUBMITTED)
		return err_set(e, ERR_CONFLICT, "此变更单不在待审核状态");
	if (!is_other_person(o, set, e) || !has_reason(d, e) || !is_what_was_seen(o, set, d, e))
		return false;
	note(o, set, "review", d);
	if (!d->approves)
		reopen(o, set, d->reason);
	else if (count_reviews(o, set) >= approval_reviews_needed(o, &s))
		change_set_state(o, set, CHANGE_REVIEWED);
	return true;
}

static bool publish(struct office *o, int64_t set, int64_t *version, struct err *e)
{
	struct publication_new p = {.set = set};
	struct sqlite3_stmt *s = office_ask(
		o, "SELECT content_sha256, pages_sha256, document FROM candidate WHERE set_id = ?1", "i", set);
	if (!office_next(o, s))
		return err_set(e, ERR_CONFLICT, "没有待签发的内容");
	char content[DIGEST_HEX], pages[DIGEST_HEX];
	(void)snprintf(content, sizeof content, "%s", office_text(s, 0));
	(void)snprintf(pages, sizeof pages, "%s", office_text(s, 1));
	p.content_sha256 = content;
	p.pages_sha256 = pages;
	p.document = sqlite3_column_blob(s, 2);
	p.document_len = (size_t)sqlite3_column_bytes(s, 2);
	bool ok = publication_create(o, &p, version, e);
	(void)sqlite3_reset(s);
	if (ok) {
		change_set_state(o, set, CHANGE_ISSUED);
		office_do(o, "UPDATE change_set SET version = ?2 WHERE id = ?1", "ii", set, *version);
	}
	return ok;
}

bool approval_issue(
	struct office *o, int64_t set, const struct approval_decision *d, int64_t *version, struct err *e)
{
	struct change_set s;
	const struct actor *a = office_actor(o);
	*version = 0;
	if (!change_find(o, set, &s, e))
		return false;
	if (!(a->roles & OFFICE_ISSUER) || a->is_script)
		return err_set(e, ERR_FORBIDDEN, "只有签发人可以签发");
	if (!a->has_totp)
		return err_set(e, ERR_FORBIDDEN, "签发人须先启用动态验证码");
	if (!a->is_confirmed)
		return err_set(e, ERR_FORBIDDEN, "签发前请再次输入密码确认");
	if (s.state != CHANGE_REVIEWED)
		return err_set(e, ERR_CONFLICT, "此变更单不在待签发状态");
	/* the stricter mode may have been turned on since */
	if (count_reviews(o, set) < approval_reviews_needed(o, &s))
		return err_set(e, ERR_CONFLICT, "提级审核还需要一名审核人，请编辑重新送审");
	if (!is_other_person(o, set, e) || !has_reason(d, e) || !is_what_was_seen(o, set, d, e))
		return false;
	note(o, set, "issue", d);
	if (d->approves)
		return publish(o, set, version, e);
	reopen(o, set, d->reason);
	return true;
}

/* ---- afterwards ------------------------------------------------------------------------------ */

void approval_published(struct office *o, int64_t set, int64_t version)
{
	change_merge(o, set);
	change_set_state(o, set, CHANGE_PUBLISHED);
	json_t *after = json_pack("{s:I}", "version", (json_int_t)version);
	audit_add_number(o, "set.published", "set", set, after);
	json_decref(after);
	struct sqlite3_stmt *s =
		office_ask(o, "SELECT id FROM change_set WHERE state IN ('submitted', 'reviewed')", "");
	json_t *others = json_array();
	while (office_next(o, s))
		(void)json_array_append_new(others, json_integer(office_int(s, 0)));
	size_t i;
	const json_t *other;
	json_array_foreach (others, i, other) {
		reopen(o, json_integer_value(other), "其他变更已先行发布，请核对后重新送审");
		audit_add_number(o, "set.voided", "set", json_integer_value(other), NULL);
	}
	json_decref(others);
}

void approval_given_up(struct office *o, int64_t set, const char *reason)
{
	reopen(o, set, reason);
	audit_add_number(o, "set.given_up", "set", set, NULL);
}
