/* SPDX-License-Identifier: Apache-2.0 */
#include "office/change.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/field.h"
#include "content/words.h"
#include "office/audit.h"
#include "office/item.h"
#include "office/plan.h"

#define TITLE_CHARS_MAX 60

static const char *const state_names[] = {
	"draft", "submitted", "reviewed", "issued", "published", "dropped"};

const char *change_state_name(enum change_state state)
{
	return state_names[state];
}

bool change_find(struct office *o, int64_t id, struct change_set *out, struct err *e)
{
	struct sqlite3_stmt *s = office_ask(o, "SELECT state, is_strict FROM change_set WHERE id = ?1", "i", id);
	if (!office_next(o, s))
		return err_set(e, ERR_MISSING, "没有这个变更单");
	*out = (struct change_set){.id = id, .is_strict = office_int(s, 1) != 0};
	while (strcmp(state_names[out->state], office_text(s, 0)) != 0)
		out->state++;
	return true;
}

void change_set_state(struct office *o, int64_t set, enum change_state state)
{
	office_do(o, "UPDATE change_set SET state = ?2, updated = ?3 WHERE id = ?1", "isi", set,
		state_names[state], office_now(o));
}

static bool is_title(const char *title, struct err *e)
{
	char why[160];
	const struct words_rule rule = {.max_chars = TITLE_CHARS_MAX, .max_lines = 1};
	return (*title && words_check(title, &rule, why, sizeof why)) ||
	       err_set(e, ERR_FORMAT, "标题须为1至%d个字符，且不含个人号码", TITLE_CHARS_MAX);
}

static void add_editor(struct office *o, int64_t set)
{
	office_do(o, "INSERT OR IGNORE INTO editor(set_id, account) VALUES(?1, ?2)", "ii", set,
		office_actor(o)->account);
}

bool change_begin(struct office *o, const char *title, bool is_strict, int64_t *id, struct err *e)
{
	if (!is_title(title, e))
		return false;
	office_do(o,
		"INSERT INTO change_set(title, state, is_strict, author, created, updated)"
		" VALUES(?1, 'draft', ?2, ?3, ?4, ?4)",
		"siii", title, (int64_t)is_strict, office_actor(o)->account, office_now(o));
	*id = office_inserted(o);
	add_editor(o, *id);
	json_t *after = json_pack("{s:s, s:b}", "title", title, "strict", is_strict);
	audit_add_number(o, "set.begin", "set", *id, after);
	json_decref(after);
	return true;
}

/* Whoever touches it is an editor of it from now on; what was approved is so no more. */
static bool open_for_edit(struct office *o, int64_t set, struct err *e)
{
	struct change_set s;
	if (!change_find(o, set, &s, e))
		return false;
	if (s.state > CHANGE_REVIEWED)
		return err_set(e, ERR_CONFLICT, "变更单已签发、发布或作废，不能再编辑");
	add_editor(o, set);
	if (s.state == CHANGE_DRAFT) {
		office_do(o, "UPDATE change_set SET updated = ?2 WHERE id = ?1", "ii", set, office_now(o));
		return true;
	}
	change_set_state(o, set, CHANGE_DRAFT);
	office_do(o, "UPDATE approval SET is_void = 1 WHERE set_id = ?1", "i", set);
	office_do(o, "DELETE FROM candidate WHERE set_id = ?1", "i", set);
	audit_add_number(o, "set.voided", "set", set, NULL);
	return true;
}

bool change_rename(struct office *o, int64_t set, const char *title, int is_strict, struct err *e)
{
	struct change_set s;
	if (!change_find(o, set, &s, e) || (title && !is_title(title, e)))
		return false;
	if (s.state > CHANGE_REVIEWED)
		return err_set(e, ERR_CONFLICT, "变更单已签发、发布或作废，不能再编辑");
	if (s.state != CHANGE_DRAFT && (title || (is_strict == 0 && s.is_strict)))
		return err_set(e, ERR_CONFLICT, "送审后不能改标题，也不能取消提级审核");
	office_do(o,
		"UPDATE change_set SET title = ifnull(?2, title),"
		" is_strict = CASE WHEN ?3 < 0 THEN is_strict ELSE ?3 END, updated = ?4 WHERE id = ?1",
		"isii", set, title, (int64_t)is_strict, office_now(o));
	if (s.state == CHANGE_DRAFT) /* who asks for a second look later has not edited it */
		add_editor(o, set);
	json_t *after = json_pack("{s:s?, s:i}", "title", title, "strict", is_strict);
	audit_add_number(o, "set.rename", "set", set, after);
	json_decref(after);
	return true;
}

bool change_drop(struct office *o, int64_t set, struct err *e)
{
	if (!open_for_edit(o, set, e))
		return false;
	change_set_state(o, set, CHANGE_DROPPED);
	audit_add_number(o, "set.drop", "set", set, NULL);
	return true;
}

/* ---- items ------------------------------------------------------------------------------ */

static const struct field *field_of(const struct change_item *at)
{
	return strcmp(at->list, ITEM_PARTS) == 0 ? item_part_field(at->id) : item_field(at->list);
}

static bool is_place(const struct change_item *at, struct err *e)
{
	return item_is_id(at->list, at->id) || err_set(e, ERR_MISSING, "没有这样的条目：%s/%s", at->list, at->id);
}

static bool is_as_read(const struct change_item *at, const json_t *now, struct err *e)
{
	const char *sha = json_string_value(json_object_get(now, "sha"));
	bool is_there = now && !json_is_null(json_object_get(now, "body"));
	if (!at->if_match)
		return true;
	if (strcmp(at->if_match, "*") == 0)
		return !is_there || err_set(e, ERR_STALE, "已有编号为“%s”的条目", at->id);
	return (is_there && sha && strcmp(sha, at->if_match) == 0) ||
	       err_set(e, ERR_STALE, "此条目已被他人修改，请重新打开后再编辑");
}

/* Only what the document may say is kept, so that nothing waits there to be seen later. */
static bool is_known(const struct change_item *at, const json_t *body, struct err *e)
{
	const struct field *f = field_of(at);
	const char *id = json_string_value(json_object_get(body, "id"));
	json_t *unknown = json_array();
	char *text = office_canonical(body);
	bool is_small = text && strlen(text) <= ITEM_BYTES_MAX;
	free(text);
	json_decref(item_public(f, body, unknown));
	const char *first = json_string_value(json_array_get(unknown, 0));
	bool ok = first ? err_set(e, ERR_FORMAT, "没有“%s”这个字段", first) : true;
	json_decref(unknown);
	if (!ok)
		return false;
	if (!is_small)
		return err_set(e, ERR_FORMAT, "条目过大（超过%d字节）", ITEM_BYTES_MAX);
	return f->type == FIELD_OBJECT || (id && strcmp(id, at->id) == 0) ||
	       err_set(e, ERR_FORMAT, "条目的 id 与地址不符");
}

static void tell(struct office *o, const char *what, const struct change_item *at, const json_t *before,
	const json_t *after)
{
	char subject[160];
	(void)snprintf(subject, sizeof subject, "set:%lld/%s/%s", (long long)at->set, at->list, at->id);
	audit_add(o, what, subject, before, after);
}

/* body NULL: taken out. What is as it was published is no change. */
static void keep(struct office *o, const struct change_item *at, const json_t *body)
{
	char sha[ITEM_SHA] = "", base[ITEM_SHA] = "";
	struct sqlite3_stmt *s =
		office_ask(o, "SELECT sha FROM item WHERE list = ?1 AND id = ?2", "ss", at->list, at->id);
	bool is_published = office_next(o, s);
	if (is_published)
		(void)snprintf(base, sizeof base, "%s", office_text(s, 0));
	if (body)
		item_hash(body, sha);
	if (is_published ? body && strcmp(sha, base) == 0 : !body) {
		office_do(o, "DELETE FROM change WHERE set_id = ?1 AND list = ?2 AND id = ?3", "iss", at->set,
			at->list, at->id);
		return;
	}
	office_do(o,
		"INSERT INTO change(set_id, list, id, body, sha, base, account, at)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(set_id, list, id) DO UPDATE"
		" SET body = ?4, sha = ?5, base = ?6, account = ?7, at = ?8",
		"issjssii", at->set, at->list, at->id, body, body ? sha : NULL, is_published ? base : NULL,
		office_actor(o)->account, office_now(o));
}

bool change_put(struct office *o, const struct change_item *at, json_t *body, struct err *e)
{
	if (!is_place(at, e) || !is_known(at, body, e))
		return false;
	json_t *now = item_get(o, at->set, at->list, at->id);
	json_t *before = json_object_get(now, "body"), *issued = json_object_get(now, "before");
	bool ok = is_as_read(at, now, e) && open_for_edit(o, at->set, e);
	if (ok && strcmp(at->list, "projects") == 0)
		plan_keep(json_is_object(issued) ? issued : before, body);
	if (ok) {
		keep(o, at, body);
		tell(o, "item.put", at, before, body);
	}
	json_decref(now);
	return ok;
}

bool change_remove(struct office *o, const struct change_item *at, struct err *e)
{
	if (!is_place(at, e))
		return false;
	json_t *now = item_get(o, at->set, at->list, at->id);
	json_t *before = json_object_get(now, "body");
	bool ok = (json_is_object(before) && strcmp(at->list, ITEM_PARTS) != 0) ||
		  err_set(e, ERR_MISSING, "没有这个条目");
	ok = ok && is_as_read(at, now, e) && open_for_edit(o, at->set, e);
	if (ok) {
		keep(o, at, NULL);
		tell(o, "item.remove", at, before, NULL);
	}
	json_decref(now);
	return ok;
}

bool change_take_back(struct office *o, const struct change_item *at, struct err *e)
{
	if (!is_place(at, e))
		return false;
	json_t *now = item_get(o, at->set, at->list, at->id);
	bool ok = open_for_edit(o, at->set, e);
	if (ok) {
		office_do(o, "DELETE FROM change WHERE set_id = ?1 AND list = ?2 AND id = ?3", "iss", at->set,
			at->list, at->id);
		ok = office_changed(o) == 1 || err_set(e, ERR_MISSING, "此条目没有更改");
	}
	if (ok)
		tell(o, "item.take_back", at, json_object_get(now, "body"), NULL);
	json_decref(now);
	return ok;
}

bool change_reorder(struct office *o, int64_t set, const char *list, const json_t *ids, struct err *e)
{
	if (!item_field(list))
		return err_set(e, ERR_MISSING, "没有这个列表");
	json_t *items = item_list(o, set, list), *known = json_object();
	size_t i, count = 0;
	const json_t *item, *id;
	json_array_foreach (items, i, item) {
		if (json_is_null(json_object_get(item, "body")))
			continue;
		(void)json_object_set_new(known, json_string_value(json_object_get(item, "id")), json_true());
		count++;
	}
	bool ok = json_is_array(ids) && json_array_size(ids) == count;
	json_array_foreach (ids, i, id)
		ok = ok && json_is_string(id) && json_object_del(known, json_string_value(id)) == 0;
	ok = ok || err_set(e, ERR_FORMAT, "顺序须包含每个条目一次");
	ok = ok && open_for_edit(o, set, e);
	if (ok) {
		office_do(o,
			"INSERT INTO change_order(set_id, list, ids, account, at) VALUES(?1, ?2, ?3, ?4, ?5)"
			" ON CONFLICT(set_id, list) DO UPDATE SET ids = ?3, account = ?4, at = ?5",
			"isjii", set, list, ids, office_actor(o)->account, office_now(o));
		tell(o, "item.order", &(struct change_item){.set = set, .list = list, .id = "*"}, NULL, ids);
	}
	json_decref(items);
	json_decref(known);
	return ok;
}

json_t *change_conflicts(struct office *o, int64_t set)
{
	json_t *list = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT c.list, c.id FROM change c LEFT JOIN item i ON i.list = c.list AND i.id = c.id"
		" WHERE c.set_id = ?1 AND ifnull(i.sha, '') <> ifnull(c.base, '')",
		"i", set);
	while (office_next(o, s))
		(void)json_array_append_new(
			list, json_pack("{s:s, s:s}", "list", office_text(s, 0), "id", office_text(s, 1)));
	return list;
}

bool change_is_editor(struct office *o, int64_t set, int64_t account)
{
	return office_number(o, 0, "SELECT 1 FROM editor WHERE set_id = ?1 AND account = ?2", "ii", set,
		       account) == 1;
}
