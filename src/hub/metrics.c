/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/metrics.h"

#include <string.h>

#include "base/civil.h"
#include "base/clock.h"
#include "hub/fleet.h"
#include "hub/hub.h"
#include "hub/press.h"
#include "office/publication.h"

static void add(struct buf *out, const char *name, const char *type, const char *help, int64_t value)
{
	buf_printf(out, "# HELP fangzi_hub_%s %s\n# TYPE fangzi_hub_%s %s\nfangzi_hub_%s %lld\n", name, help, name,
		type, name, (long long)value);
}

static void add_fleet(struct buf *out, const struct hub *h, int64_t now_utc_s, int64_t version)
{
	int64_t counts[FLEET_STATES];
	struct fleet_totals t = fleet_totals(h->fleet);
	fleet_counts(h->fleet, now_utc_s, version, counts);
	buf_text(out, "# HELP fangzi_hub_screens Paired screens by state.\n# TYPE fangzi_hub_screens gauge\n");
	for (int i = 0; i < FLEET_STATES; i++)
		buf_printf(out, "fangzi_hub_screens{state=\"%s\"} %lld\n", fleet_state_name((enum fleet_state)i),
			(long long)counts[i]);
	add(out, "reports_total", "counter", "Reports that were taken since the start.", t.reports);
	add(out, "reports_refused_total", "counter", "Reports that were refused since the start.", t.refused);
	add(out, "reports_unwritten", "gauge", "Reports that wait to be written.", t.unwritten);
	add(out, "screens_pending", "gauge", "Screens that show a pairing code.", t.pending);
}

static void add_head(struct buf *out, const struct hub *h, int64_t now_utc_s)
{
	struct err ignored = {0};
	json_t *head = NULL;
	int64_t issued = 0;
	if (!h->press || !publisher_show_head(h->press->publisher, &head, &ignored))
		return;
	const char *text = json_string_value(json_object_get(head, "issued"));
	if (text && civil_parse_rfc3339(text, &issued))
		add(out, "head_age_seconds", "gauge", "Since the head was written.", now_utc_s - issued);
	add(out, "hold", "gauge", "1: all screens are held.", json_is_true(json_object_get(head, "hold")));
	add(out, "alerts_raised", "gauge", "Alerts that are raised.",
		(int64_t)json_array_size(json_object_get(head, "alerts")));
	json_decref(head);
}

void metrics_answer(void *user, const struct http_request *r, struct http_answer *a)
{
	const struct hub *h = user;
	struct clock clock = h->clock;
	struct err ignored = {0};
	int64_t now = clock_utc_ms(&clock) / 1000;
	if (strcmp(r->address, "127.0.0.1") != 0 && strcmp(r->address, "::1") != 0) {
		a->status = MHD_HTTP_FORBIDDEN;
		return;
	}
	office_begin(h->office, now, &office_itself);
	int64_t version = publication_current(h->office);
	int64_t waiting = office_number(h->office, 0,
		"SELECT count(*) FROM change_set WHERE state IN ('submitted', 'reviewed')", "");
	int64_t entries = office_number(h->office, 0, "SELECT max(seq) FROM audit", "");
	(void)office_commit(h->office, &ignored);
	add(&a->body, "published_version", "gauge", "The version that screens should show.", version);
	add(&a->body, "sets_waiting", "gauge", "Change sets that wait for review or issue.", waiting);
	add(&a->body, "audit_entries_total", "counter", "Entries of the audit log.", entries);
	add_head(&a->body, h, now);
	add_fleet(&a->body, h, now, version);
	http_answer_header(a, "Content-Type", "text/plain; version=0.0.4");
	http_answer_header(a, "Cache-Control", "no-store");
}
