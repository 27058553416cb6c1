/* SPDX-License-Identifier: Apache-2.0 */
#include "office/ledger.h"

#include <stdio.h>
#include <string.h>

#include "content/check.h"
#include "office/audit.h"
#include "office/item.h"

#define KIND(name)                                                                                           \
	static const struct field_kind name = {name##_fields, sizeof name##_fields / sizeof name##_fields[0]}
#define REQ FIELD_REQUIRED
#define WORDS(name, ...) static const char *const name[] = {__VA_ARGS__, NULL}

WORDS(task_words, "open", "doing", "done", "dropped");
WORDS(issue_words, "raised", "assigned", "solved", "confirmed");
WORDS(need_words, "land", "funds", "energy", "environment", "permits", "utilities", "other");

static const struct field department_fields[] = {{"department", FIELD_TEXT, REQ, .max = 24}};
KIND(department);

static const struct field task_fields[] = {
	{"code", FIELD_TEXT, REQ, .max = 16}, /* "12", "12.3" */
	{"title", FIELD_TEXT, REQ, .max = 80},
	{"parent", FIELD_ID}, /* another task's */
	{"department", FIELD_TEXT, .max = 24},
	{"leader", FIELD_TEXT, .max = 16},
	{"due", FIELD_DATE},
	{"state", FIELD_WORD, REQ, .words = task_words},
	{"project", FIELD_ID},
	{"note", FIELD_TEXT, .max = 400, .max_lines = 10},
};
KIND(task);

static const struct field meeting_fields[] = {
	{"date", FIELD_DAY, REQ},
	{"topic", FIELD_TEXT, REQ, .max = 80},
	{"project", FIELD_ID},
	{"departments", FIELD_SCALARS, .max = 40, .kind = &department},
	{"decisions", FIELD_TEXT, .max = 1000, .max_lines = 30},
};
KIND(meeting);

static const struct field issue_fields[] = {
	{"title", FIELD_TEXT, REQ, .max = 80},
	{"project", FIELD_ID},
	{"category", FIELD_WORD, REQ, .words = need_words},
	{"raised", FIELD_DAY, REQ},
	{"department", FIELD_TEXT, .max = 24},
	{"state", FIELD_WORD, REQ, .words = issue_words},
	{"solved", FIELD_DAY},
	{"result", FIELD_TEXT, .max = 400, .max_lines = 10},
};
KIND(issue);

static const struct field visit_fields[] = {
	{"date", FIELD_DAY, REQ},
	{"project", FIELD_ID},
	{"departments", FIELD_SCALARS, .max = 40, .kind = &department},
	{"topic", FIELD_TEXT, REQ, .max = 200, .max_lines = 5},
};
KIND(visit);

static const struct field suspension_fields[] = {
	{"project", FIELD_ID, REQ},
	{"rule", FIELD_ID, REQ}, /* whose clock stands still */
	{"from", FIELD_DAY, REQ},
	{"to", FIELD_DAY}, /* the last day of it; none: it goes on */
	{"reason", FIELD_TEXT, REQ, .max = 120},
};
KIND(suspension);

static const struct field project_note_fields[] = {
	{"leader", FIELD_TEXT, .max = 16},
	{"leader_role", FIELD_TEXT, .max = 24},
	{"department", FIELD_TEXT, .max = 24},
	{"task_force", FIELD_TEXT, .max = 40},
	{"agent", FIELD_TEXT, .max = 24},
	{"code", FIELD_TEXT, .max = 32}, /* of the national project platform */
	{"needs", FIELD_TEXT, .max = 400, .max_lines = 10},
	{"note", FIELD_TEXT, .max = 1000, .max_lines = 30},
};
KIND(project_note);

static const struct {
	const char *name;
	const struct field_kind *fields;
} kinds[LEDGER_KINDS] = {
	{"tasks", &task},
	{"meetings", &meeting},
	{"issues", &issue},
	{"visits", &visit},
	{"suspensions", &suspension},
	{"project_notes", &project_note},
};

bool ledger_kind_find(const char *name, enum ledger_kind *out)
{
	for (size_t i = 0; i < LEDGER_KINDS; i++) {
		if (strcmp(kinds[i].name, name) == 0) {
			*out = (enum ledger_kind)i;
			return true;
		}
	}
	return false;
}

const struct field_kind *ledger_fields(enum ledger_kind kind)
{
	return kinds[kind].fields;
}

#define SHOWN                                                                                                \
	"SELECT l.id, l.body, l.sha, ifnull(a.display, ''), l.at FROM ledger l LEFT JOIN account a"          \
	" ON a.id = l.account WHERE l.kind = ?1"

static json_t *show(struct sqlite3_stmt *s)
{
	return json_pack("{s:s, s:o, s:s, s:s, s:o}", "id", office_text(s, 0), "body", office_json(s, 1), "sha",
		office_text(s, 2), "by", office_text(s, 3), "at", office_time(s, 4));
}

json_t *ledger_list(struct office *o, enum ledger_kind kind, const char *project)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o, SHOWN " AND (?2 IS NULL OR l.project = ?2) ORDER BY l.rowid", "ss",
		kinds[kind].name, project);
	while (office_next(o, s))
		(void)json_array_append_new(list, show(s));
	return list;
}

json_t *ledger_get(struct office *o, enum ledger_kind kind, const char *id)
{
	struct sqlite3_stmt *s = office_ask(o, SHOWN " AND l.id = ?2", "ss", kinds[kind].name, id);
	return office_next(o, s) ? show(s) : NULL;
}

static void take_first(void *user, const struct check_finding *f)
{
	struct err *e = user;
	if (e->kind == ERR_NONE && !f->is_warning)
		err_set(e, ERR_FORMAT, "%s：%s", *f->pointer == '/' ? f->pointer + 1 : f->pointer, f->rule);
}

static bool is_sound(enum ledger_kind kind, const json_t *body, struct err *e)
{
	struct err first = {0};
	const struct check_options options = {.report = take_first, .report_user = &first};
	if (check_object(kinds[kind].fields, body, &options) == 0)
		return true;
	*e = first;
	return false;
}

static bool is_as_read(const json_t *now, const char *if_match, struct err *e)
{
	const char *sha = json_string_value(json_object_get(now, "sha"));
	if (!if_match)
		return true;
	if (strcmp(if_match, "*") == 0)
		return !now || err_set(e, ERR_STALE, "已有这个编号的记录");
	return (sha && strcmp(sha, if_match) == 0) || err_set(e, ERR_STALE, "此记录已被他人修改，请重新打开后再编辑");
}

static void tell(struct office *o, const char *what, enum ledger_kind kind, const char *id, const json_t *now,
	const json_t *after)
{
	char subject[128];
	(void)snprintf(subject, sizeof subject, "office:%s/%s", kinds[kind].name, id);
	audit_add(o, what, subject, json_object_get(now, "body"), after);
}

/* A task stands below another one, and not below itself. */
static bool has_parent(struct office *o, const char *id, const json_t *body, struct err *e)
{
	const char *parent = json_string_value(json_object_get(body, "parent"));
	if (!parent)
		return true;
	if (strcmp(parent, id) == 0 || office_number(o, 0,
					       "SELECT 1 FROM ledger WHERE kind = 'tasks' AND id = ?1"
					       " AND json_extract(body, '$.parent') IS NULL",
					       "s", parent) != 1)
		return err_set(e, ERR_FORMAT, "parent：上级任务不存在，或它自己也是子任务");
	return true;
}

bool ledger_put(struct office *o, enum ledger_kind kind, const char *id, const char *if_match, const json_t *body,
	struct err *e)
{
	char sha[ITEM_SHA];
	const char *project =
		kind == LEDGER_PROJECT_NOTES ? id : json_string_value(json_object_get(body, "project"));
	if (!item_is_id("projects", id))
		return err_set(e, ERR_FORMAT, "编号须为小写字母、数字和连字符");
	if (!is_sound(kind, body, e) || (kind == LEDGER_TASKS && !has_parent(o, id, body, e)))
		return false;
	json_t *now = ledger_get(o, kind, id);
	bool ok = is_as_read(now, if_match, e);
	if (ok) {
		item_hash(body, sha);
		office_do(o,
			"INSERT INTO ledger(kind, id, project, body, sha, account, at)"
			" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"
			" ON CONFLICT(kind, id) DO UPDATE SET project = ?3, body = ?4, sha = ?5, account = ?6, at = ?7",
			"sssjsii", kinds[kind].name, id, project, body, sha, office_actor(o)->account,
			office_now(o));
		tell(o, "office.put", kind, id, now, body);
	}
	json_decref(now);
	return ok;
}

bool ledger_remove(struct office *o, enum ledger_kind kind, const char *id, struct err *e)
{
	json_t *now = ledger_get(o, kind, id);
	if (!now)
		return err_set(e, ERR_MISSING, "没有这条记录");
	office_do(o, "DELETE FROM ledger WHERE kind = ?1 AND id = ?2", "ss", kinds[kind].name, id);
	tell(o, "office.remove", kind, id, now, NULL);
	json_decref(now);
	return true;
}
