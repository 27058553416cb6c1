/* SPDX-License-Identifier: Apache-2.0
 *
 * The fleet as people see it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "hub/fleet_parts.h"
#include "office/secret.h"

static json_t *time_or_null(int64_t utc_s)
{
	char text[32];
	if (!utc_s)
		return json_null();
	civil_format_rfc3339(utc_s, text);
	return json_string(text);
}

static json_t *report_of(const struct fleet_screen *s)
{
	struct err ignored = {0};
	struct report *r = alloc_zero(1, sizeof *r);
	json_t *shown = s->report && report_read(r, s->report, strlen(s->report), &ignored) ? report_show(r) : NULL;
	free(r);
	return shown ? shown : json_null();
}

static enum fleet_state judge(
	const struct fleet_screen *s, int64_t now_utc_s, int64_t published_version, const char **why)
{
	const struct fleet_facts f = {.is_revoked = s->is_revoked, .received_utc_s = s->received_utc_s,
		.version = s->version, .display = s->display, .stale = s->stale};
	return fleet_judge(&f, now_utc_s, published_version, why);
}

static json_t *show(const struct fleet_screen *s, int64_t now_utc_s, int64_t published_version)
{
	const char *why;
	char fingerprint[HELLO_FINGERPRINT_TEXT];
	enum fleet_state state = judge(s, now_utc_s, published_version, &why);
	json_t *tags = json_loads(s->tags, 0, NULL);
	hello_fingerprint(s->key_id, fingerprint);
	return json_pack("{s:s, s:s, s:o, s:s, s:o, s:s, s:b, s:s, s:s, s:o, s:o, s:{s:o, s:o}}", "id", s->id, "name",
		s->name, "tags", tags ? tags : json_array(), "fingerprint", fingerprint, "paired",
		time_or_null(s->paired_utc_s), "paired_by", s->paired_by, "revoked", s->is_revoked, "state",
		fleet_state_name(state), "why", why, "last_report", time_or_null(s->received_utc_s), "report",
		report_of(s), "picture", "asked", time_or_null(*s->request ? s->asked_utc_s : 0), "captured",
		time_or_null(s->captured_utc_s));
}

json_t *fleet_show(struct fleet *f, const char *id, int64_t now_utc_s, int64_t published_version)
{
	(void)pthread_mutex_lock(&f->lock);
	const struct fleet_screen *s = fleet_find(f, id);
	json_t *shown = s ? show(s, now_utc_s, published_version) : NULL;
	(void)pthread_mutex_unlock(&f->lock);
	return shown;
}

/* A bucket at a time, so that screens need not wait for the list: none is ever removed. */
json_t *fleet_list(struct fleet *f, int64_t now_utc_s, int64_t published_version)
{
	json_t *list = json_array();
	for (size_t i = 0; i < FLEET_BUCKETS && json_array_size(list) < FLEET_LIST_MAX; i++) {
		(void)pthread_mutex_lock(&f->lock);
		for (const struct fleet_screen *s = f->by_id[i]; s; s = s->next_by_id)
			(void)json_array_append_new(list, show(s, now_utc_s, published_version));
		(void)pthread_mutex_unlock(&f->lock);
	}
	return list;
}

void fleet_counts(struct fleet *f, int64_t now_utc_s, int64_t published_version, int64_t counts[static FLEET_STATES])
{
	const char *why;
	memset(counts, 0, FLEET_STATES * sizeof *counts);
	for (size_t i = 0; i < FLEET_BUCKETS; i++) {
		(void)pthread_mutex_lock(&f->lock);
		for (const struct fleet_screen *s = f->by_id[i]; s; s = s->next_by_id)
			counts[judge(s, now_utc_s, published_version, &why)]++;
		(void)pthread_mutex_unlock(&f->lock);
	}
}

struct fleet_totals fleet_totals(struct fleet *f)
{
	(void)pthread_mutex_lock(&f->lock);
	struct fleet_totals t = f->totals;
	int64_t now = clock_utc_ms(&f->clock) / 1000;
	t.unwritten = (int64_t)f->dirty_count;
	for (int i = 0; i < FLEET_PENDING_MAX; i++)
		t.pending += f->pending[i].until_utc_s > now;
	(void)pthread_mutex_unlock(&f->lock);
	return t;
}

bool fleet_ask_picture(struct fleet *f, const char *id, int64_t now_utc_s, struct err *e)
{
	char token[SECRET_TOKEN_TEXT];
	secret_token(token);
	(void)pthread_mutex_lock(&f->lock);
	struct fleet_screen *s = fleet_find(f, id);
	if (s) {
		(void)snprintf(s->request, sizeof s->request, "%.16s", token);
		s->asked_utc_s = now_utc_s;
	}
	(void)pthread_mutex_unlock(&f->lock);
	return s || err_set(e, ERR_MISSING, "没有这块屏幕");
}
