/* SPDX-License-Identifier: Apache-2.0 */
#include "judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/file.h"
#include "kiosk/options.h"
#include "kiosk/source.h"
#include "sync/cycle.h"

struct judge {
	struct judge_setup setup;
	struct buf trust;
	struct font_set *fonts;
	struct fetch *fetch;
	struct clock clock;
	volatile sig_atomic_t stop;
};

struct judge *judge_open(const struct judge_setup *setup)
{
	struct judge *j = alloc_zero(1, sizeof *j);
	struct options o;
	struct err e = {0};
	int64_t now_utc_s;
	j->setup = *setup;
	const struct fetch_setup fetch = {setup->feed, NULL, 20, &j->stop};
	bool ok = options_read(&o, 0, NULL, &e);
	struct font_paths fonts = options_fonts(&o);
	ok = ok && font_set_open(&j->fonts, &fonts, &e) && fetch_open(&j->fetch, &fetch, &e) &&
	     file_read(setup->trust, TRUST_BYTES_MAX, &j->trust, &e) &&
	     (civil_parse_rfc3339(setup->at, &now_utc_s) || err_set(&e, ERR_USAGE, "at: %s", setup->at));
	options_finish(&o);
	if (!ok) {
		(void)fprintf(stderr, "judge: %s\n", e.text);
		exit(2);
	}
	j->clock = clock_started_at(now_utc_s);
	return j;
}

void judge_close(struct judge *j)
{
	font_set_close(j->fonts);
	fetch_close(j->fetch);
	buf_finish(&j->trust);
	free(j);
}

static void tell_record(const struct store_record *r, const struct buf *head, char out[static JUDGE_TEXT_MAX])
{
	char sha256[DIGEST_HEX];
	digest_bytes(head->data ? head->data : "", head->len, sha256);
	(void)snprintf(out, JUDGE_TEXT_MAX,
		"trust %lld, seq %lld of %.8s, head %.8s, version %lld of %.8s after %lld, floor %lld, "
		"refused %lld of %.8s: %s",
		(long long)r->trust, (long long)r->seq, r->head_sha256, head->len ? sha256 : "",
		(long long)r->version, r->manifest_sha256, (long long)r->previous_version,
		(long long)r->floor_utc_s, (long long)r->refused_version, r->refused_sha256,
		r->refused_reason);
}

static void look_at_record(struct judge *j, struct store *s, struct judge_view *v)
{
	struct buf head = {0};
	struct trust *t = NULL;
	struct err e = {0};
	v->has_record = store_read_record(s, &v->record, &e) && store_read_head(s, &head, &e);
	if (v->has_record)
		tell_record(&v->record, &head, v->text);
	if (store_read_trust(s, &j->trust, &t, &e))
		v->chain = t->version;
	trust_destroy(t);
	buf_finish(&head);
}

static bool has_media(struct source *s)
{
	char path[STORE_PATH_MAX];
	for (int i = 0; i < s->manifest.media_count; i++) {
		if (!source_media_path(s, s->manifest.media[i].name, path, sizeof path))
			return false;
	}
	return true;
}

bool judge_look(struct judge *j, const char *folder, struct judge_view *v)
{
	struct store *s = NULL;
	struct source *shown = NULL;
	struct err e = {0};
	*v = (struct judge_view){.text = "none"};
	if (store_open_reader(&s, folder, &e))
		look_at_record(j, s, v);
	store_close(s);
	if (!source_open_state(&shown, folder, &j->trust, 0, true, j->fonts, &e))
		return true; /* it shows the content shipped with it */
	v->shown = shown->version;
	bool ok = has_media(shown);
	source_close(shown);
	return ok;
}

static bool is_between(int64_t value, int64_t a, int64_t b)
{
	return value >= (a < b ? a : b) && value <= (a < b ? b : a);
}

bool judge_fits(const struct judge_view *got, const struct judge_view *acknowledged,
	const struct judge_view *next, char why[static JUDGE_TEXT_MAX])
{
	bool is_one = strcmp(got->text, acknowledged->text) == 0,
	     is_next = strcmp(got->text, next->text) == 0;
	if (!is_one && !is_next) {
		(void)snprintf(why, JUDGE_TEXT_MAX, "the record is: %.700s; acknowledged was: %.700s",
			got->text, acknowledged->text);
		return false;
	}
	int64_t version = got->has_record ? got->record.version : 0;
	bool ok = version ? got->shown == version : is_between(got->shown, acknowledged->shown, next->shown);
	/* A key that a kept document removes does not wait for the record to say so. */
	if (got->chain > got->record.trust)
		ok = ok || got->shown == next->shown;
	if (!ok) {
		(void)snprintf(why, JUDGE_TEXT_MAX, "version %lld is shown; the record: %.700s",
			(long long)got->shown, got->text);
		return false;
	}
	if (got->shown && got->shown == got->record.refused_version && got->shown != version) {
		(void)snprintf(
			why, JUDGE_TEXT_MAX, "a refused version is shown; the record: %.700s", got->text);
		return false;
	}
	ok = got->chain >= acknowledged->chain && (!got->has_record || got->chain >= got->record.trust);
	if (!ok)
		(void)snprintf(why, JUDGE_TEXT_MAX, "the trust documents end at %lld, acknowledged was %lld",
			(long long)got->chain, (long long)acknowledged->chain);
	return ok;
}

/* A record that was lost before the cut holds no floors but the version's; one that is
 * behind the kept documents has had them cleared by new keys. */
static bool has_floors(const struct store_record *r, const struct judge_view *v)
{
	if (r->trust < v->record.trust || r->floor_utc_s < v->record.floor_utc_s)
		return false;
	if (v->has_record && v->chain > v->record.trust)
		return true;
	return r->seq >= v->record.seq && r->version >= (v->has_record ? v->record.version : v->shown);
}

static bool start(struct judge *j, struct cycle *c, const char *folder, struct err *e)
{
	return store_open(&c->store, folder, e) && cycle_start(c, &j->trust, e);
}

/* What a look at the feed said is in the record, when it matters. */
static bool run(struct judge *j, const char *folder, const struct judge_view *acknowledged,
	const struct judge_view *next, char why[static JUDGE_TEXT_MAX])
{
	struct cycle c = {.fetch = j->fetch,
		.clock = j->clock,
		.kiosk = j->setup.trial,
		.trust_path = j->setup.trust,
		.at = j->setup.at,
		.trial_s = 60,
		.stop = &j->stop};
	struct cycle_result result;
	struct err e = {0};
	bool ok = start(j, &c, folder, &e);
	if (!ok)
		(void)snprintf(why, JUDGE_TEXT_MAX, "fangzi-sync does not start: %s", e.text);
	if (ok && !has_floors(&c.record, acknowledged) && !has_floors(&c.record, next)) {
		(void)snprintf(why, JUDGE_TEXT_MAX,
			"floors fell: trust %lld, seq %lld, version %lld, time %lld; acknowledged: %.700s",
			(long long)c.record.trust, (long long)c.record.seq, (long long)c.record.version,
			(long long)c.record.floor_utc_s, acknowledged->text);
		ok = false;
	}
	if (ok)
		(void)cycle_run(&c, NULL, &result, &e);
	cycle_finish(&c);
	store_close(c.store);
	return ok;
}

bool judge_recover(struct judge *j, const char *folder, const struct judge_view *acknowledged,
	const struct judge_view *next, const struct judge_view *last, char why[static JUDGE_TEXT_MAX])
{
	struct judge_view got;
	if (!run(j, folder, acknowledged, next, why))
		return false;
	bool is_whole = judge_look(j, folder, &got);
	if (is_whole && strcmp(got.text, last->text) == 0 && got.shown == last->shown)
		return true;
	(void)snprintf(why, JUDGE_TEXT_MAX,
		"after one look: version %lld, %.600s; must be version %lld, %.600s", (long long)got.shown,
		got.text, (long long)last->shown, last->text);
	return false;
}
