/* SPDX-License-Identifier: Apache-2.0
 *
 * What an office wants to see first. */
#include <string.h>

#include "hub/api.h"
#include "hub/fleet.h"
#include "hub/press.h"
#include "office/approval.h"
#include "office/finding.h"
#include "office/item.h"
#include "office/lamp.h"
#include "office/publication.h"

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

/* A version that was issued, for who may sign or publish it. */
static void add_publication(struct api_call *c, json_t *waiting)
{
	struct sqlite3_stmt *s = office_ask(c->office,
		"SELECT p.version, s.title, p.state = 'ready' FROM publication p JOIN change_set s ON s.id = p.set_id"
		" WHERE p.state IN ('signing', 'ready')",
		"");
	bool may = c->actor->roles & (OFFICE_ISSUER | OFFICE_OPERATOR);
	while (office_next(c->office, s)) {
		if (may)
			(void)json_array_append_new(waiting,
				json_pack("{s:s, s:I, s:s, s:s}", "kind", "publication", "id",
					(json_int_t)office_int(s, 0), "title", office_text(s, 1), "does",
					office_int(s, 2) ? "publish" : "sign"));
	}
}

static json_t *published(struct api_call *c)
{
	struct sqlite3_stmt *s = office_ask(c->office,
		"SELECT p.version, p.published, s.title FROM publication p JOIN change_set s ON s.id = p.set_id"
		" WHERE p.state = 'published' ORDER BY p.version DESC LIMIT 1",
		"");
	if (!office_next(c->office, s))
		return json_null();
	return json_pack("{s:I, s:o, s:s}", "version", (json_int_t)office_int(s, 0), "at", office_time(s, 1), "title",
		office_text(s, 2));
}

/* Reads the feed's folder; not within a transaction. JSON null: there is none. */
static json_t *head(struct api_call *c)
{
	struct err ignored = {0};
	json_t *shown = NULL;
	bool ok = c->hub->press && publisher_show_head(c->hub->press->publisher, &shown, &ignored);
	return ok ? shown : json_null();
}

/* How many screens are how; not within a transaction. */
static json_t *fleet_of(struct api_call *c, int64_t version)
{
	int64_t counts[FLEET_STATES] = {0};
	json_t *by_state = json_object();
	if (c->hub->fleet)
		fleet_counts(c->hub->fleet, c->now_utc_s, version, counts);
	for (int i = 0; i < FLEET_STATES; i++) {
		if (counts[i])
			(void)json_object_set_new(by_state, fleet_state_name((enum fleet_state)i),
				json_integer((json_int_t)counts[i]));
	}
	return by_state;
}

static bool overview(struct api_call *c, struct err *e)
{
	char today[16];
	json_t *now = head(c);
	api_begin(c);
	int64_t version = publication_current(c->office);
	json_t *document = item_document(c->office, 0), *waiting = waiting_of(c);
	json_t *lamp = lamp_list(c->office, 0, api_office_today(c, today));
	add_publication(c, waiting);
	json_t *out = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "published", published(c), "head", now, "counts",
		counts_of(document), "findings", findings_of(c, document), "waiting", waiting, "lamps",
		lamp_counts(lamp));
	json_decref(document);
	json_decref(lamp);
	if (!api_end(c, true, e)) {
		json_decref(out);
		return false;
	}
	(void)json_object_set_new(out, "fleet", fleet_of(c, version));
	return api_send(c, 200, out);
}

static const struct api_route routes[] = {
	{"GET", "overview", OFFICE_ANYBODY, 0, overview},
};
const struct api_area api_overview_area = {routes, sizeof routes / sizeof routes[0]};
