/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/keep.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/log.h"
#include "base/program.h"
#include "store/installed.h"
#include "store/status.h"
#include "sync/backoff.h"
#include "sync/care.h"
#include "sync/courier.h"
#include "sync/cycle.h"
#include "sync/first.h"
#include "sync/stick.h"

#define STATUS_EVERY_S 1800 /* what changes nothing is written this rarely: memory cards wear */
#define STICK_EVERY_MS 2000 /* between looks for one */
#define STIRRED_MS 10000 /* after a mount a stick is looked for, before the server is asked again */

struct keeper {
	struct cycle cycle;
	struct hold hold;
	struct courier *courier; /* NULL: no hub */
	struct status status;
	struct stick stick;
	struct care care;
	bool is_begun; /* there is a trust document to look with */
	bool has_looked; /* since the start the server has told which head it has */
	int64_t status_written_s;
	int failures;
};

static double random_share(void)
{
	uint32_t r = 0;
	if (getrandom(&r, sizeof r, 0) != (ssize_t)sizeof r)
		return 0.5;
	return r / 4294967296.0;
}

/* On a change at once, else rarely. What ends the program is logged at its end. */
static void tell_status(struct keeper *k, bool ok, bool is_last, const struct err *e)
{
	struct status *s = &k->status;
	struct err why = {0};
	const char *text = ok ? "" : e->text;
	bool is_online = ok || e->kind != ERR_NETWORK;
	bool has_changed =
		s->is_online != is_online || strcmp(s->last_error, text) != 0 || k->status_written_s == 0;
	s->last_try_utc_s = clock_utc_ms(&k->cycle.clock) / 1000;
	if (ok)
		s->last_ok_utc_s = s->last_try_utc_s;
	if (has_changed && ok && *s->last_error)
		log_line(LOG_INFO, "sync: well again");
	else if (has_changed && !ok && !is_last)
		log_line(e->kind == ERR_NETWORK ? LOG_WARNING : LOG_ERROR, "sync: %s: %s",
			err_kind_name(e->kind), e->text);
	s->is_online = is_online;
	(void)snprintf(s->last_error, sizeof s->last_error, "%s", text);
	int64_t age_s = s->last_try_utc_s - k->status_written_s; /* less than 0: the clock was set back */
	if (!has_changed && age_s >= 0 && age_s < STATUS_EVERY_S)
		return;
	if (status_write(store_folder(k->cycle.store), s, &why))
		k->status_written_s = s->last_try_utc_s;
	else
		log_line(LOG_WARNING, "sync: %s", why.text);
}

static void tell_hub(const struct keeper *k)
{
	const struct status *s = &k->status;
	struct gather_feed feed = {.synced_at_utc_s = s->last_ok_utc_s,
		.refused_version = k->cycle.record.refused_version,
		.is_clock_set = clock_is_synchronised(&k->cycle.clock)};
	(void)snprintf(feed.result, sizeof feed.result, "%s", *s->last_error ? s->last_error : "ok");
	courier_tell(k->courier, &feed);
}

static void look_after_box(struct keeper *k)
{
	struct vitals v;
	struct care_line lines[CARE_LINES_MAX];
	vitals_read(&v, "", store_folder(k->cycle.store));
	int count = care_look(&k->care, &v, lines);
	for (int i = 0; i < count; i++)
		log_line(lines[i].level, "sync: %s", lines[i].text);
}

static int64_t pause_ms(const struct keeper *k, const struct cycle_result *r, bool ok, int64_t poll_ms)
{
	if (r->was_stirred)
		return STIRRED_MS;
	/* The server may hold the next answer back, as it did this one, or because we know its head only now:
	 * what changes meanwhile must not wait for a poll. */
	if (ok && (r->took_head || !k->has_looked || r->was_held))
		return 0;
	int64_t ms = backoff_ms(poll_ms, k->failures, random_share());
	if (!ok && r->retry_after_s * 1000 > ms)
		ms = r->retry_after_s * 1000;
	return ms;
}

/* Nothing can be looked at before there is a trust document. Of a fingerprint it may take until the
 * network is there; whatever fails then is tried again. */
static bool begin(struct keeper *k, const struct sync_options *o, struct err *e)
{
	struct buf installed = {0};
	bool is_pinned = installed_is_pinned(o->trust);
	bool ok = is_pinned ? first_take(k->cycle.fetch, o->trust, k->cycle.store, &installed, e)
			    : installed_read(o->trust, o->state, &installed, e);
	k->is_begun = ok && cycle_start(&k->cycle, &installed, e);
	buf_finish(&installed);
	return k->is_begun;
}

static bool look(struct keeper *k, const struct sync_options *o, struct cycle_result *r, struct err *e)
{
	*r = (struct cycle_result){0};
	*e = (struct err){0};
	return (k->is_begun || begin(k, o, e)) && cycle_run(&k->cycle, o->once ? NULL : &k->hold, r, e);
}

static void tell_stick(const struct keeper *k, const struct cycle_result *r, bool ok, const struct err *e)
{
	bool must_come = e->kind != ERR_NETWORK && e->kind != ERR_STALE;
	if (!ok)
		log_line(must_come ? LOG_ERROR : LOG_WARNING, "sync: the stick at %s is not taken: %s",
			k->stick.address, e->text);
	else if (r->took_version)
		log_line(LOG_INFO, "sync: version %lld is taken from the stick, which may be pulled out",
			(long long)k->cycle.record.version);
	else
		log_line(LOG_INFO, "sync: the stick has %s, and may be pulled out",
			r->took_head ? "a newer head" : "nothing new");
}

/* A stick is another way to the same feed: what it says counts, and is refused, as ever. The server's
 * ETag is the server's. */
static void take_stick(struct keeper *k, const struct sync_options *o)
{
	char etag[FETCH_ETAG_MAX];
	struct fetch *server = k->cycle.fetch;
	struct cycle_result r = {0};
	struct err e = {0};
	if (!o->stick || !stick_find(&k->stick, o->stick, clock_mono_ms()))
		return;
	const struct fetch_setup setup = {k->stick.address, NULL, o->deadline_s, &program_stop};
	memcpy(etag, k->cycle.etag, sizeof etag);
	bool ok = fetch_open(&k->cycle.fetch, &setup, &e);
	if (ok) {
		ok = (k->is_begun || begin(k, o, &e)) && cycle_run(&k->cycle, NULL, &r, &e);
		fetch_close(k->cycle.fetch);
	}
	k->cycle.fetch = server;
	memcpy(k->cycle.etag, etag, sizeof etag);
	tell_stick(k, &r, ok, &e);
	if (!ok && (e.kind == ERR_NETWORK || e.kind == ERR_DISK))
		stick_later(&k->stick, clock_mono_ms());
	else
		stick_done(&k->stick);
}

/* Where there is no server a stick must not wait for the next try of one. */
static void rest(struct keeper *k, const struct sync_options *o, int64_t ms)
{
	int64_t until_ms = clock_mono_ms() + ms, left_ms = ms;
	do {
		take_stick(k, o);
		left_ms = until_ms - clock_mono_ms();
	} while (program_wait_ms(o->stick && left_ms > STICK_EVERY_MS ? STICK_EVERY_MS : left_ms) &&
		 clock_mono_ms() < until_ms);
}

static bool keep_on(struct keeper *k, const struct sync_options *o, struct err *e)
{
	while (!program_stop) {
		struct cycle_result r;
		if (!store_is_held(k->cycle.store, e)) /* made anew at the next start */
			return false;
		bool ok = look(k, o, &r, e);
		if (!k->is_begun && e->kind == ERR_USAGE)
			return false;
		if (program_stop && !ok)
			break;
		k->failures = ok ? 0 : k->failures + 1;
		if (!r.was_stirred) {
			tell_status(k, ok, o->once, e);
			tell_hub(k);
		}
		look_after_box(k);
		if (o->once)
			return ok;
		int64_t ms = pause_ms(k, &r, ok, o->poll_s * 1000);
		k->has_looked = k->has_looked || (ok && !r.was_stirred);
		rest(k, o, ms);
	}
	return true;
}

static bool has_needed(const struct sync_options *o, struct err *e)
{
	const struct {
		const char *name, *value;
	} needed[] = {{"feed", o->feed}, {"trust", o->trust}, {"state", o->state}};
	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
		if (!needed[i].value)
			return err_set(e, ERR_USAGE, "--%s is needed", needed[i].name);
	}
	return true;
}

bool keep_current(const struct sync_options *o, struct err *e)
{
	struct keeper k = {0};
	const struct fetch_setup setup = {o->feed, o->ca, o->deadline_s, &program_stop};
	char kiosk[PATH_MAX];
	program_sibling("fangzi-kiosk", kiosk, sizeof kiosk);
	k.cycle.kiosk = o->kiosk ? o->kiosk : kiosk;
	k.cycle.kiosk_config = o->kiosk_config;
	k.cycle.trust_path = o->trust;
	k.cycle.trial_s = o->trial_s;
	k.cycle.at = o->at;
	k.cycle.stop = &program_stop;
	k.cycle.stir_fd = o->stick ? stick_watch() : -1;
	bool ok = has_needed(o, e) && sync_options_clock(o, &k.cycle.clock, e) &&
		  fetch_open(&k.cycle.fetch, &setup, e) && store_open(&k.cycle.store, o->state, e) &&
		  (installed_is_pinned(o->trust) || begin(&k, o, e));
	if (ok) {
		(void)status_read(o->state, &k.status);
		if (!o->once)
			courier_start(&k.courier, o, &k.cycle.clock);
		ok = keep_on(&k, o, e);
		courier_stop(k.courier);
	}
	cycle_finish(&k.cycle);
	fetch_close(k.cycle.fetch);
	store_close(k.cycle.store);
	if (k.cycle.stir_fd >= 0)
		(void)close(k.cycle.stir_fd);
	return ok;
}
