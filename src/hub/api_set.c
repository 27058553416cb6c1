/* SPDX-License-Identifier: Apache-2.0
 *
 * Change sets, their items, and the decisions about them. Submitting and previews, which
 * paint, are jobs: api_preview.c. */
#include <string.h>

#include "hub/api.h"
#include "office/approval.h"
#include "office/change.h"
#include "office/finding.h"
#include "office/item.h"

#define LIST_MAX 200

/* Within a transaction. */
static json_t *head_of(struct api_call *c, int64_t set)
{
	struct change_set s;
	struct err ignored = {0};
	json_t *head = change_head(c->office, set);
	if (head && change_find(c->office, set, &s, &ignored)) {
		(void)json_object_set_new(
			head, "reviews_needed", json_integer(approval_reviews_needed(c->office, &s)));
		(void)json_object_set_new(head, "may", approval_may(c->office, set));
	}
	return head;
}

/* Ends the transaction and sends what it made; takes value. */
static bool finish(struct api_call *c, bool ok, unsigned status, json_t *value, struct err *e)
{
	if (!api_end(c, ok, e)) {
		json_decref(value);
		return false;
	}
	return api_send(c, status, value);
}

static bool set_number(struct api_call *c, int64_t *set, struct err *e)
{
	return api_number(c->parts[0], set, e);
}

/* ?set=: 0 when there is none. */
static bool set_query(struct api_call *c, int64_t *set, struct err *e)
{
	return api_query_number(c, "set", 0, set, e);
}

static bool is_set(struct api_call *c, int64_t set, struct err *e)
{
	struct change_set s;
	return set == 0 || change_find(c->office, set, &s, e);
}

/* ---- reading --------------------------------------------------------------------------- */

static bool content(struct api_call *c, struct err *e)
{
	int64_t set;
	if (!set_query(c, &set, e))
		return false;
	api_begin(c);
	bool ok = is_set(c, set, e);
	return finish(c, ok, 200, ok ? item_document(c->office, set) : NULL, e);
}

static bool items(struct api_call *c, struct err *e)
{
	int64_t set;
	if (!set_query(c, &set, e))
		return false;
	if (!item_field(c->parts[0]))
		return err_set(e, ERR_MISSING, "没有这个列表");
	api_begin(c);
	bool ok = is_set(c, set, e);
	json_t *list = ok ? item_list(c->office, set, c->parts[0]) : NULL;
	return finish(c, ok, 200, json_pack("{s:o*}", "items", list), e);
}

static bool parts(struct api_call *c, struct err *e)
{
	int64_t set;
	size_t i;
	json_t *part;
	if (!set_query(c, &set, e))
		return false;
	api_begin(c);
	bool ok = is_set(c, set, e);
	json_t *by_name = json_object(), *list = ok ? item_list(c->office, set, ITEM_PARTS) : NULL;
	json_array_foreach (list, i, part)
		(void)json_object_set(by_name, json_string_value(json_object_get(part, "id")), part);
	json_decref(list);
	return finish(c, ok, 200, json_pack("{s:o}", "parts", by_name), e);
}

static bool list_sets(struct api_call *c, struct err *e)
{
	int64_t before, limit;
	size_t i;
	const json_t *id;
	if (!api_query_number(c, "before", 0, &before, e) || !api_query_number(c, "limit", 50, &limit, e))
		return false;
	limit = limit < 1 ? 1 : limit > LIST_MAX ? LIST_MAX : limit;
	api_begin(c);
	json_t *heads = json_array(), *ids = change_list(c->office, api_query(c, "state"), before, (int)limit);
	json_array_foreach (ids, i, id)
		(void)json_array_append_new(heads, head_of(c, json_integer_value(id)));
	json_decref(ids);
	return finish(c, true, 200, json_pack("{s:o}", "sets", heads), e);
}

static bool get_set(struct api_call *c, struct err *e)
{
	int64_t set;
	if (!set_number(c, &set, e))
		return false;
	api_begin(c);
	json_t *head = head_of(c, set);
	if (head) {
		(void)json_object_set_new(head, "candidate", approval_candidate_show(c->office, set));
		(void)json_object_set_new(head, "items", change_items(c->office, set));
		(void)json_object_set_new(head, "approvals", approval_list(c->office, set));
	}
	return finish(c, head || err_set(e, ERR_MISSING, "没有这个变更单"), 200, head, e);
}

static bool check(struct api_call *c, struct err *e)
{
	int64_t set;
	int errors = 0;
	char sha[ITEM_SHA] = "";
	if (!set_number(c, &set, e))
		return false;
	api_begin(c);
	bool ok = is_set(c, set, e);
	json_t *document = ok ? item_document(c->office, set) : json_null();
	json_t *findings = ok ? finding_list(c->office, document, &errors) : json_null();
	item_hash(document, sha);
	json_decref(document);
	return finish(c, ok, 200,
		json_pack("{s:i, s:s, s:o}", "errors", errors, "sha256", sha, "findings", findings), e);
}

/* ---- drafting ---------------------------------------------------------------------------- */

static bool add_set(struct api_call *c, struct err *e)
{
	const char *title;
	bool is_strict;
	int64_t set;
	if (!api_text(c, "title", NULL, &title, e) || !api_bool(c, "strict", false, &is_strict, e))
		return false;
	api_begin(c);
	bool ok = change_begin(c->office, title, is_strict, &set, e);
	return finish(c, ok, 201, ok ? head_of(c, set) : NULL, e);
}

static bool rename_set(struct api_call *c, struct err *e)
{
	int64_t set;
	bool is_strict;
	const char *title = NULL;
	if (!set_number(c, &set, e) || !api_bool(c, "strict", false, &is_strict, e))
		return false;
	if (json_object_get(c->body, "title") && !api_text(c, "title", NULL, &title, e))
		return false;
	int strict = json_object_get(c->body, "strict") ? is_strict : -1;
	api_begin(c);
	bool ok = change_rename(c->office, set, title, strict, e);
	return finish(c, ok, 200, ok ? head_of(c, set) : NULL, e);
}

static bool drop_set(struct api_call *c, struct err *e)
{
	int64_t set;
	if (!set_number(c, &set, e))
		return false;
	api_begin(c);
	bool ok = change_drop(c->office, set, e);
	return api_end(c, ok, e) && api_done(c);
}

static bool place(struct api_call *c, struct change_item *out, bool is_part, struct err *e)
{
	*out = (struct change_item){.list = is_part ? ITEM_PARTS : c->parts[1], .id = c->parts[is_part ? 1 : 2],
		.if_match = c->request->header(c->request->user, "If-Match")};
	return set_number(c, &out->set, e);
}

static bool put_at(struct api_call *c, bool is_part, struct err *e)
{
	struct change_item at;
	if (!place(c, &at, is_part, e))
		return false;
	if (!c->body)
		return err_set(e, ERR_FORMAT, "缺少条目内容");
	api_begin(c);
	bool ok = change_put(c->office, &at, c->body, e);
	return finish(c, ok, 200, ok ? item_get(c->office, at.set, at.list, at.id) : NULL, e);
}

static bool put_item(struct api_call *c, struct err *e)
{
	return put_at(c, false, e);
}

static bool put_part(struct api_call *c, struct err *e)
{
	return put_at(c, true, e);
}

static bool remove_item(struct api_call *c, struct err *e)
{
	struct change_item at;
	if (!place(c, &at, false, e))
		return false;
	api_begin(c);
	bool ok = change_remove(c->office, &at, e);
	return api_end(c, ok, e) && api_done(c);
}

static bool take_back(struct api_call *c, struct err *e)
{
	struct change_item at;
	if (!place(c, &at, false, e))
		return false;
	api_begin(c);
	bool ok = change_take_back(c->office, &at, e);
	return api_end(c, ok, e) && api_done(c);
}

static bool reorder(struct api_call *c, struct err *e)
{
	int64_t set;
	if (!set_number(c, &set, e))
		return false;
	api_begin(c);
	bool ok = change_reorder(c->office, set, c->parts[1], json_object_get(c->body, "ids"), e);
	return api_end(c, ok, e) && api_done(c);
}

/* ---- deciding ------------------------------------------------------------------------------ */

static bool read_decision(struct api_call *c, struct approval_decision *out, struct err *e)
{
	const char *word;
	*out = (struct approval_decision){0};
	if (!api_text(c, "decision", NULL, &word, e) ||
		!api_text(c, "content_sha256", NULL, &out->content_sha256, e) ||
		!api_text(c, "pages_sha256", NULL, &out->pages_sha256, e))
		return false;
	if (json_object_get(c->body, "reason") && !api_text(c, "reason", NULL, &out->reason, e))
		return false;
	out->approves = strcmp(word, "approve") == 0;
	return out->approves || strcmp(word, "reject") == 0 || err_set(e, ERR_FORMAT, "decision：应为 approve 或 reject");
}

static bool review(struct api_call *c, struct err *e)
{
	struct approval_decision d;
	int64_t set;
	if (!set_number(c, &set, e) || !read_decision(c, &d, e))
		return false;
	api_begin(c);
	bool ok = approval_review(c->office, set, &d, e);
	return finish(c, ok, 200, ok ? head_of(c, set) : NULL, e);
}

static bool issue(struct api_call *c, struct err *e)
{
	struct approval_decision d;
	int64_t set, version;
	if (!set_number(c, &set, e) || !read_decision(c, &d, e))
		return false;
	api_begin(c);
	bool ok = approval_issue(c->office, set, &d, &version, e);
	json_t *head = ok ? head_of(c, set) : NULL;
	return finish(c, ok, 200,
		json_pack("{s:o*, s:o}", "set", head, "version", version ? json_integer(version) : json_null()), e);
}

static bool withdraw(struct api_call *c, struct err *e)
{
	int64_t set;
	if (!set_number(c, &set, e))
		return false;
	api_begin(c);
	bool ok = approval_withdraw(c->office, set, e);
	return finish(c, ok, 200, ok ? head_of(c, set) : NULL, e);
}

static const struct api_route routes[] = {
	{"GET", "content", OFFICE_ANYBODY, 0, content},
	{"GET", "items/:", OFFICE_ANYBODY, 0, items},
	{"GET", "parts", OFFICE_ANYBODY, 0, parts},
	{"GET", "sets", OFFICE_ANYBODY, 0, list_sets},
	{"POST", "sets", OFFICE_EDITOR, 0, add_set},
	{"GET", "sets/:", OFFICE_ANYBODY, 0, get_set},
	{"PATCH", "sets/:", OFFICE_EDITOR, 0, rename_set},
	{"DELETE", "sets/:", OFFICE_EDITOR, 0, drop_set},
	{"PUT", "sets/:/items/:/:", OFFICE_EDITOR, 0, put_item},
	{"DELETE", "sets/:/items/:/:", OFFICE_EDITOR, 0, remove_item},
	{"DELETE", "sets/:/items/:/:/change", OFFICE_EDITOR, 0, take_back},
	{"PUT", "sets/:/order/:", OFFICE_EDITOR, 0, reorder},
	{"PUT", "sets/:/parts/:", OFFICE_EDITOR, 0, put_part},
	{"GET", "sets/:/check", OFFICE_ANYBODY, 0, check},
	{"POST", "sets/:/review", OFFICE_REVIEWER, API_PEOPLE, review},
	{"POST", "sets/:/issue", OFFICE_ISSUER, API_CONFIRMED, issue},
	{"POST", "sets/:/withdraw", OFFICE_EDITOR, 0, withdraw},
};
const struct api_area api_set_area = {routes, sizeof routes / sizeof routes[0]};
