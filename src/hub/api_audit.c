/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit log: looked through, gone over, taken away. */
#include <stdlib.h>

#include "hub/api.h"
#include "office/audit.h"

#define LIST_MAX 500
#define EXPORT_STEP 1000

static bool list(struct api_call *c, struct err *e)
{
	struct audit_filter f = {
		.actor = api_query(c, "actor"), .what = api_query(c, "what"), .subject = api_query(c, "subject")};
	int64_t limit;
	if (!api_query_number(c, "before", 0, &f.before_seq, e) || !api_query_number(c, "limit", 100, &limit, e))
		return false;
	f.limit = limit < 1 ? 1 : limit > LIST_MAX ? LIST_MAX : (int)limit;
	api_begin(c);
	json_t *entries = audit_list(c->office, &f);
	return api_end(c, true, e) ? api_send(c, 200, json_pack("{s:o}", "entries", entries))
				   : (json_decref(entries), false);
}

static bool verify(struct api_call *c, struct err *e)
{
	api_begin(c);
	json_t *found = audit_verify(c->office);
	return api_end(c, true, e) ? api_send(c, 200, found) : (json_decref(found), false);
}

/* In steps, so that nobody waits long for the lock. */
static bool export(struct api_call *c, struct err *e)
{
	size_t count = EXPORT_STEP;
	for (int64_t from = 1; count == EXPORT_STEP; from += EXPORT_STEP) {
		size_t i;
		const json_t *entry;
		api_begin(c);
		json_t *entries = audit_export(c->office, from, EXPORT_STEP);
		bool ok = api_end(c, true, e);
		count = ok ? json_array_size(entries) : 0;
		json_array_foreach (entries, i, entry) {
			char *line = office_canonical(entry);
			buf_printf(&c->answer->body, "%s\n", line);
			free(line);
		}
		json_decref(entries);
		if (!ok)
			return false;
	}
	http_answer_header(c->answer, "Content-Type", "application/jsonl");
	http_answer_header(c->answer, "Content-Disposition", "attachment; filename=\"fangzi-audit.jsonl\"");
	return true;
}

static const struct api_route routes[] = {
	{"GET", "audit", OFFICE_AUDITOR | OFFICE_ADMINISTRATOR, 0, list},
	{"GET", "audit/verify", OFFICE_AUDITOR | OFFICE_ADMINISTRATOR, 0, verify},
	{"GET", "audit/export", OFFICE_AUDITOR | OFFICE_ADMINISTRATOR, 0, export},
};
const struct api_area api_audit_area = {routes, sizeof routes / sizeof routes[0]};
