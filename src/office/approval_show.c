/* SPDX-License-Identifier: Apache-2.0
 *
 * Approvals as they are shown, and what somebody may do. approval.c decides; this only saves
 * people from being refused. */
#include <string.h>

#include "office/approval.h"

json_t *approval_may(struct office *o, int64_t set)
{
	struct change_set s;
	struct err ignored = {0};
	const struct actor *a = office_actor(o);
	json_t *may = json_array();
	if (!change_find(o, set, &s, &ignored))
		return may;
	bool is_editor = change_is_editor(o, set, a->account);
	bool has_approved = office_number(o, 0,
				    "SELECT 1 FROM approval WHERE set_id = ?1 AND account = ?2 AND is_void = 0",
				    "ii", set, a->account) == 1;
	const struct {
		const char *word;
		bool is_so;
	} words[] = {
		{"edit", a->roles & OFFICE_EDITOR && s.state <= CHANGE_REVIEWED},
		{"submit", a->roles & OFFICE_EDITOR && s.state == CHANGE_DRAFT},
		{"review", a->roles & OFFICE_REVIEWER && s.state == CHANGE_SUBMITTED && !is_editor && !has_approved},
		{"issue", a->roles & OFFICE_ISSUER && !a->is_script && s.state == CHANGE_REVIEWED && !is_editor &&
				  !has_approved},
		{"withdraw", is_editor && (s.state == CHANGE_SUBMITTED || s.state == CHANGE_REVIEWED)},
		{"drop", a->roles & OFFICE_EDITOR && s.state <= CHANGE_REVIEWED},
	};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (words[i].is_so)
			(void)json_array_append_new(may, json_string(words[i].word));
	}
	return may;
}

json_t *approval_candidate_show(struct office *o, int64_t set)
{
	struct sqlite3_stmt *s = office_ask(
		o, "SELECT content_sha256, pages_sha256, at, pages FROM candidate WHERE set_id = ?1", "i", set);
	if (!office_next(o, s))
		return json_null();
	return json_pack("{s:s, s:s, s:o, s:o}", "content_sha256", office_text(s, 0), "pages_sha256",
		office_text(s, 1), "at", office_time(s, 2), "pages", office_json(s, 3));
}

json_t *approval_list(struct office *o, int64_t set)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT p.stage, a.display, p.decision, p.reason, p.at, p.content_sha256, p.pages_sha256, p.is_void"
		" FROM approval p JOIN account a ON a.id = p.account WHERE p.set_id = ?1 ORDER BY p.id",
		"i", set);
	while (office_next(o, s))
		(void)json_array_append_new(list,
			json_pack("{s:s, s:s, s:s, s:s?, s:o, s:s, s:s, s:b}", "stage", office_text(s, 0), "by",
				office_text(s, 1), "decision", office_text(s, 2), "reason", office_text(s, 3),
				"at", office_time(s, 4), "content_sha256", office_text(s, 5), "pages_sha256",
				office_text(s, 6), "void", (int)office_int(s, 7)));
	return list;
}
