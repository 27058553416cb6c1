/* SPDX-License-Identifier: Apache-2.0
 *
 * What only the office sees. */
#include <string.h>

#include "base/zone.h"
#include "hub/api.h"
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

int32_t api_office_today(struct api_call *c, char text[static 16])
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
	json_t *found = lamp_list(c->office, set, api_office_today(c, today));
	return finish(c, true, json_pack("{s:s, s:o}", "today", today, "lamps", found), e);
}

static bool plans(struct api_call *c, struct err *e)
{
	api_begin(c);
	return finish(c, true, json_pack("{s:o}", "plans", plan_history(c->office, c->parts[0])), e);
}

static const struct api_route routes[] = {
	{"GET", "office/lamps", OFFICE_ANYBODY, 0, lamps},
	{"GET", "office/plans/:", OFFICE_ANYBODY, 0, plans},
	{"GET", "office/:", OFFICE_ANYBODY, 0, list},
	{"PUT", "office/:/:", OFFICE_EDITOR, 0, put},
	{"DELETE", "office/:/:", OFFICE_EDITOR, 0, remove_record},
};
const struct api_area api_office_area = {routes, sizeof routes / sizeof routes[0]};
