/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/courier.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/program.h"
#include "store/shot.h"
#include "sync/backoff.h"
#include "sync/post.h"
#include "sync/proof.h"

#define TICK_MS 2000 /* between looks at what the screen says */
#define HELLO_MS 5000 /* between hellos, while somebody may be typing */
#define REFUSED_MS 3600000 /* a hub that believes us no more is asked this rarely */
#define SPREAD_MS 30000 /* a new version comes to all screens at once; their reports do not */
#define APART_MS 10000 /* between any two reports */
#define PICTURE_MS 120000 /* a screen has so long for its picture */

/* What is told at once when it changes. */
struct standing {
	int64_t incidents, refused_version, started_utc_s;
	bool is_low, is_lost;
};

struct courier {
	const struct sync_options *options;
	struct clock clock;
	pthread_t thread;
	pthread_mutex_t lock; /* over feed */
	struct gather_feed feed;
	/* The thread's own. */
	struct fetch *fetch;
	struct device device;
	struct status_device status;
	struct proof proof;
	struct standing told;
	int64_t next_ms, sent_ms, picture_until_ms; /* monotonic */
	int64_t seen_version; /* of the screen, at the last look */
	int failures;
	volatile sig_atomic_t stop;
};

static double random_share(void)
{
	uint32_t r = 0;
	if (getrandom(&r, sizeof r, 0) != (ssize_t)sizeof r)
		return 0.5;
	return r / 4294967296.0;
}

static void write_status(struct courier *c)
{
	struct err e = {0};
	if (!status_device_write(c->options->state, &c->status, &e))
		log_line(LOG_WARNING, "sync: %s", e.text);
}

/* Told to the screen and the log when it is another state than before. */
static void note_contact(struct courier *c, bool is_in_touch, const char *error)
{
	if (c->status.is_in_touch == is_in_touch && strcmp(c->status.error, error) == 0)
		return;
	if (*error)
		log_line(LOG_WARNING, "sync: hub: %s", error);
	else
		log_line(LOG_INFO, "sync: the hub answers");
	c->status.is_in_touch = is_in_touch;
	(void)snprintf(c->status.error, sizeof c->status.error, "%.*s", (int)sizeof c->status.error - 1, error);
	write_status(c);
}

static int64_t pause_ms(const struct courier *c, int64_t every_ms, const struct post_answer *a)
{
	int64_t ms = backoff_ms(every_ms, c->failures, random_share());
	return c->failures && a->retry_after_s * 1000 > ms ? a->retry_after_s * 1000 : ms;
}

static void note_refusal(struct courier *c, int64_t now_ms)
{
	note_contact(c, true, "it does not believe this screen's key: revoked, or not paired with it");
	c->next_ms = now_ms + REFUSED_MS;
}

/* ---- pairing -------------------------------------------------------------------------- */

/* The web console's page for it: behind the #, a code is in no server's log. */
static void write_pair_url(struct status_device *s, const char *hub)
{
	int len = (int)strlen(hub);
	if (len > 0 && hub[len - 1] == '/')
		len--;
	int n = snprintf(s->pair_url, sizeof s->pair_url, "%.*s/#/screens/pair/%s", len, hub, s->code);
	if (n < 0 || (size_t)n >= sizeof s->pair_url)
		*s->pair_url = '\0';
}

static void renew_code(struct courier *c, int64_t now_ms)
{
	if (*c->status.code && now_ms < c->status.code_until_ms)
		return;
	hello_draw_code(c->status.code);
	write_pair_url(&c->status, c->device.hub);
	c->status.code_until_ms = now_ms + HELLO_CODE_S * 1000;
	write_status(c);
}

static void take_names(struct courier *c, const struct post_answer *a)
{
	struct err e = {0};
	struct device *d = &c->device;
	if (strcmp(d->name, a->name) == 0 && strcmp(d->tag, a->tag) == 0)
		return;
	memcpy(d->name, a->name, sizeof d->name);
	memcpy(d->tag, a->tag, sizeof d->tag);
	if (!device_keep(d, &e))
		log_line(LOG_WARNING, "sync: %s", e.text);
	(void)snprintf(c->status.tag, sizeof c->status.tag, "%s", d->tag);
	write_status(c);
}

static void say_hello(struct courier *c, int64_t now_ms)
{
	struct post_answer a;
	struct status_screen s;
	struct err e = {0};
	struct hello h = {.seq = device_seq(&c->device), .at_utc_s = clock_utc_ms(&c->clock) / 1000};
	renew_code(c, now_ms);
	memcpy(h.code, c->status.code, sizeof h.code);
	(void)snprintf(h.software, sizeof h.software, "%s", FANGZI_VERSION);
	if (status_screen_read(status_screen_folder(c->options->kiosk_folder, c->options->state), &s) &&
		report_is_name(s.size))
		(void)snprintf(h.size, sizeof h.size, "%s", s.size);
	enum post_outcome outcome = post_hello(c->fetch, &c->device, &h, &a, &e);
	c->failures = outcome == POST_FAILED ? c->failures + 1 : 0;
	c->next_ms = now_ms + pause_ms(c, HELLO_MS, &a);
	if (outcome == POST_TAKEN) {
		memcpy(c->device.screen, a.screen, sizeof a.screen);
		c->status.code[0] = '\0';
		c->device.name[0] = '\0'; /* so that it is kept, whatever the names are */
		c->device.tag[0] = '\0';
		log_line(LOG_INFO, "sync: paired with the hub as %s", a.name);
		take_names(c, &a);
		write_status(c);
		c->next_ms = now_ms;
	} else if (outcome == POST_OTHER_CODE) {
		c->status.code[0] = '\0';
	} else if (outcome == POST_REFUSED) {
		note_refusal(c, now_ms);
		return;
	}
	note_contact(c, outcome != POST_FAILED, outcome == POST_FAILED ? e.text : "");
}

/* ---- reports -------------------------------------------------------------------------- */

static struct standing look(struct courier *c, struct status_screen *s, struct gather_feed *feed, struct report *r)
{
	int64_t now_s = clock_utc_ms(&c->clock) / 1000;
	(void)status_screen_read(status_screen_folder(c->options->kiosk_folder, c->options->state), s);
	(void)pthread_mutex_lock(&c->lock);
	*feed = c->feed;
	(void)pthread_mutex_unlock(&c->lock);
	gather_report(r, s, feed, c->options->state, now_s);
	return (struct standing){.incidents = s->incidents,
		.started_utc_s = s->started_utc_s,
		.refused_version = feed->refused_version,
		.is_low = strcmp(r->undervoltage, "now") == 0,
		.is_lost = strcmp(r->display, "lost") == 0};
}

static bool is_incident(const struct standing *was, const struct standing *is)
{
	return is->incidents != was->incidents || is->refused_version != was->refused_version ||
	       is->started_utc_s != was->started_utc_s || is->is_low != was->is_low || is->is_lost != was->is_lost;
}

static void bring_forward(struct courier *c, int64_t at_ms)
{
	if (c->failures == 0 && at_ms < c->next_ms)
		c->next_ms = at_ms > c->sent_ms + APART_MS ? at_ms : c->sent_ms + APART_MS;
}

static void want_picture(struct courier *c, const char *name, int64_t now_ms)
{
	if (strcmp(c->status.picture, name) == 0)
		return;
	(void)snprintf(c->status.picture, sizeof c->status.picture, "%s", name);
	c->picture_until_ms = now_ms + PICTURE_MS;
	write_status(c);
}

static void send_report(struct courier *c, struct report *r, const struct standing *is, int64_t now_ms)
{
	struct post_answer a;
	struct err e = {0};
	r->seq = device_seq(&c->device);
	r->restarts = c->device.starts;
	memcpy(r->screen, c->device.screen, sizeof r->screen);
	proof_fill(&c->proof, status_screen_folder(c->options->kiosk_folder, c->options->state), r);
	enum post_outcome outcome = post_report(c->fetch, &c->device, r, &a, &e);
	c->failures = outcome == POST_TAKEN ? 0 : c->failures + 1;
	c->sent_ms = now_ms;
	c->next_ms = now_ms + pause_ms(c, c->options->report_s * 1000, &a);
	if (outcome == POST_REFUSED) {
		note_refusal(c, now_ms);
		return;
	}
	note_contact(c, outcome == POST_TAKEN, outcome == POST_TAKEN ? "" : e.text);
	if (outcome != POST_TAKEN)
		return;
	proof_taken(&c->proof);
	c->told = *is;
	take_names(c, &a);
	want_picture(c, a.picture, now_ms);
}

static void report_if_due(struct courier *c, int64_t now_ms)
{
	struct status_screen s = {0};
	struct gather_feed feed;
	struct report *r = alloc_zero(1, sizeof *r);
	struct standing is = look(c, &s, &feed, r);
	if (is_incident(&c->told, &is))
		bring_forward(c, now_ms);
	else if (s.shown.version != c->seen_version)
		bring_forward(c, now_ms + (int64_t)(random_share() * SPREAD_MS));
	c->seen_version = s.shown.version;
	if (now_ms >= c->next_ms)
		send_report(c, r, &is, now_ms);
	free(r);
}

/* ---- pictures ------------------------------------------------------------------------- */

static void send_picture(struct courier *c, int64_t now_ms)
{
	struct buf jpeg = {0};
	struct err e = {0};
	struct hello_label l = {.seq = 0};
	const char *folder = status_screen_folder(c->options->kiosk_folder, c->options->state);
	bool is_over = now_ms >= c->picture_until_ms;
	if (shot_read(folder, c->status.picture, &l.captured_utc_s, &jpeg) && jpeg.len &&
		jpeg.len <= HELLO_PICTURE_BYTES_MAX) {
		l.seq = device_seq(&c->device);
		l.size = (int64_t)jpeg.len;
		memcpy(l.screen, c->device.screen, sizeof l.screen);
		memcpy(l.request, c->status.picture, sizeof l.request);
		digest_bytes(jpeg.data, jpeg.len, l.sha256);
		is_over = post_picture(c->fetch, &c->device, &l, &jpeg, &e) == POST_TAKEN || is_over;
	}
	buf_finish(&jpeg);
	if (!is_over)
		return;
	c->status.picture[0] = '\0';
	write_status(c);
}

/* ---- the thread ------------------------------------------------------------------------ */

static void *run(void *user)
{
	struct courier *c = user;
	while (!c->stop && !program_stop) {
		int64_t now_ms = clock_mono_ms();
		if (*c->device.screen)
			report_if_due(c, now_ms);
		else if (now_ms >= c->next_ms)
			say_hello(c, now_ms);
		if (*c->status.picture && !c->stop)
			send_picture(c, now_ms);
		(void)program_wait_ms(TICK_MS);
	}
	return NULL;
}

static bool open_all(struct courier *c, struct err *e)
{
	const struct sync_options *o = c->options;
	const struct fetch_setup setup = {o->hub, o->hub_ca ? o->hub_ca : o->ca, o->deadline_s, &c->stop};
	if (strncmp(o->hub, "http://", 7) != 0 && strncmp(o->hub, "https://", 8) != 0)
		return err_set(e, ERR_USAGE, "'%s' is not an http or https address", o->hub);
	if (!fetch_open(&c->fetch, &setup, e) || !device_open(&c->device, o->state, o->hub, e))
		return false;
	hello_fingerprint(key_id(c->device.key), c->status.fingerprint);
	(void)snprintf(c->status.tag, sizeof c->status.tag, "%s", c->device.tag);
	write_status(c);
	return pthread_create(&c->thread, NULL, run, c) == 0 || err_set(e, ERR_IO, "no thread for it");
}

static void destroy(struct courier *c)
{
	device_close(&c->device);
	fetch_close(c->fetch);
	(void)pthread_mutex_destroy(&c->lock);
	free(c);
}

void courier_start(struct courier **out, const struct sync_options *o, const struct clock *clock)
{
	struct err e = {0};
	*out = NULL;
	if (!o->hub) {
		status_device_remove(o->state);
		return;
	}
	struct courier *c = alloc_zero(1, sizeof *c);
	(void)pthread_mutex_init(&c->lock, NULL);
	c->options = o;
	c->clock = *clock;
	if (open_all(c, &e)) {
		*out = c;
		return;
	}
	log_line(LOG_ERROR, "sync: hub: %s", e.text);
	destroy(c);
}

void courier_tell(struct courier *c, const struct gather_feed *feed)
{
	if (!c)
		return;
	(void)pthread_mutex_lock(&c->lock);
	c->feed = *feed;
	(void)pthread_mutex_unlock(&c->lock);
}

void courier_stop(struct courier *c)
{
	if (!c)
		return;
	c->stop = 1;
	(void)pthread_join(c->thread, NULL);
	destroy(c);
}
