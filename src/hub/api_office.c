/* SPDX-License-Identifier: Apache-2.0
 *
 * What only the office sees, and the overview. */
#include <string.h>

#include "base/zone.h"
#include "hub/api.h"
#include "office/approval.h"
#include "office/finding.h"
#include "office/item.h"
#include "office/lamp.h"
#include "office/ledger.h"
#include "office/plan.h"

static bool finish(struct api_call *c, bool ok, json_t *value, struct err *e)
{
	if (!api_end(c, ok, e)) {
		json_decref(value);
		return false;
	}
	return api_send(c, 200, value);
}

static bool kind_of(struct api_call *c, enum ledger_kind *kind, struct err *e)
{
	return ledger_kind_find(c->parts[0], kind) || err_set(e, ERR_MISSING, "没有这类记录");
}

static bool list(struct api_call *c, struct err *e)
{
	enum ledger_kind kind;
	if (!kind_of(c, &kind, e))
		return false;
	api_begin(c);
	return finish(c, true, json_pack("{s:o}", "records", ledger_list(c->office, kind, api_query(c, "project"))), e);
}

static bool put(struct api_call *c, struct err *e)
{
	enum ledger_kind kind;
	if (!kind_of(c, &kind, e))
		return false;
	if (!c->body)
		return err_set(e, ERR_FORMAT, "缺少记录内容");
	api_begin(c);
	bool ok = ledger_put(c->office, kind, c->parts[1], c->request->header(c->request->user, "If-Match"), c->body,
		e);
	return finish(c, ok, ok ? ledger_get(c->office, kind, c->parts[1]) : NULL, e);
}

static bool remove_record(struct api_call *c, struct err *e)
{
	enum ledger_kind kind;
	if (!kind_of(c, &kind, e))
		return false;
	api_begin(c);
	bool ok = ledger_remove(c->office, kind, c->parts[1], e);
	return api_end(c, ok, e) && api_done(c);
}

/* The site's calendar day. Within a transaction. */
static int32_t today_of(struct api_call *c, char text[static 16])
{
	json_t *site = item_get(c->office, 0, ITEM_PARTS, "site");
	const char *zone = json_string_value(json_object_get(json_object_get(site, "body"), "timezone"));
	struct civil day = zone_local(zone && zone_is_known(zone) ? zone : "Asia/Shanghai", c->now_utc_s);
	json_decref(site);
	(void)snprintf(text, 16, "%04d-%02d-%02d", day.year % 10000, day.month, day.day);
	return civil_days(day.year, day.month, day.day);
}

static bool lamps(struct api_call *c, struct err *e)
{
	int64_t set;
	char today[16];
	if (!api_query_number(c, "set", 0, &set, e))
		return false;
	api_begin(c);
	json_t *found = lamp_list(c->office, set, today_of(c, today));
	return finish(c, true, json_pack("{s:s, s:o}", "today", today, "lamps", found), e);
}

static bool plans(struct api_call *c, struct err *e)
{
	api_begin(c);
	return finish(c, true, json_pack("{s:o}", "plans", plan_history(c->office, c->parts[0])), e);
}

/* ---- overview ---------------------------------------------------------------------------- */

static json_t *counts_of(const json_t *document)
{
	json_t *counts = json_object();
	const char *name;
	json_t *list_of;
	json_object_foreach ((json_t *)(uintptr_t)document, name, list_of) {
		if (json_is_array(list_of))
			(void)json_object_set_new(counts, name, json_integer((json_int_t)json_array_size(list_of)));
	}
	return counts;
}

static json_t *findings_of(struct api_call *c, const json_t *document)
{
	int errors;
	json_t *found = finding_list(c->office, document, &errors);
	json_int_t all = (json_int_t)json_array_size(found);
	json_decref(found);
	return json_pack("{s:i, s:I}", "errors", errors, "warnings", all > errors ? all - errors : 0);
}

/* Change sets that this person can move on now. */
static json_t *waiting_of(struct api_call *c)
{
	static const char *const words[] = {"submit", "review", "issue"};
	json_t *waiting = json_array(), *ids = change_list(c->office, NULL, 0, 200);
	size_t i;
	const json_t *id;
	json_array_foreach (ids, i, id) {
		json_t *may = approval_may(c->office, json_integer_value(id));
		json_t *head = change_head(c->office, json_integer_value(id));
		size_t k;
		const json_t *word;
		json_array_foreach (may, k, word) {
			for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
				if (strcmp(words[w], json_string_value(word)) == 0)
					(void)json_array_append_new(waiting,
						json_pack("{s:s, s:O, s:O, s:s}", "kind", "set", "id", id, "title",
							json_object_get(head, "title"), "does", words[w]));
			}
		}
		json_decref(may);
		json_decref(head);
	}
	json_decref(ids);
	return waiting;
}

static bool overview(struct api_call *c, struct err *e)
{
	char today[16];
	api_begin(c);
	json_t *document = item_document(c->office, 0);
	json_t *lamp = lamp_list(c->office, 0, today_of(c, today));
	json_t *out = json_pack("{s:o, s:o, s:o, s:o}", "counts", counts_of(document), "findings",
		findings_of(c, document), "waiting", waiting_of(c), "lamps", lamp_counts(lamp));
	json_decref(document);
	json_decref(lamp);
	return finish(c, true, out, e);
}

static const struct api_route routes[] = {
	{"GET", "overview", OFFICE_ANYBODY, 0, overview},
	{"GET", "office/lamps", OFFICE_ANYBODY, 0, lamps},
	{"GET", "office/plans/:", OFFICE_ANYBODY, 0, plans},
	{"GET", "office/:", OFFICE_ANYBODY, 0, list},
	{"PUT", "office/:/:", OFFICE_EDITOR, 0, put},
	{"DELETE", "office/:/:", OFFICE_EDITOR, 0, remove_record},
};
const struct api_area api_office_area = {routes, sizeof routes / sizeof routes[0]};
