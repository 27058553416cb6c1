/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/run.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/program.h"
#include "base/sandbox.h"
#include "kiosk/capture.h"
#include "kiosk/dimmer.h"
#include "kiosk/director.h"
#include "kiosk/fingers.h"
#include "kiosk/screen.h"
#include "kiosk/touch.h"
#include "kiosk/watchdog.h"
#include "kiosk/witness.h"

/* For measuring: "<microseconds since boot> <why>" a frame. */
static void log_frame(FILE *to, enum handover_kind kind)
{
	static const char *const names[] = {[FRAME_PAGE] = "page",
		[FRAME_MOTION] = "motion",
		[FRAME_TICK] = "tick",
		[FRAME_TICKER] = "ticker",
		[FRAME_FILM] = "film",
		[FRAME_ALERT] = "alert"};
	if (to)
		(void)fprintf(to, "%lld %s\n", (long long)clock_mono_us(), names[kind]);
}

#define POLL_MS 250 /* between looks at a window that cannot wake us */
#define WATCH_MS 1000 /* between looks at a display that may be pulled out */
#define RETRY_MS 250 /* between tries to open one: at a boot its driver may be late by a little */
#define TOUCH_MS 40 /* a finger is answered at once, as it seems */

/* What becomes of a frame that was presented. */
struct audience {
	FILE *frames; /* NULL: no log */
	struct watchdog watchdog;
	struct witness witness;
	enum light light; /* as it was last wanted */
	bool is_settled; /* the display was given a picture after its mode was set for a while */
	bool is_stuck; /* the display cannot be put to sleep, which was told */
	struct touch touch;
};

/* What was presented last is held against the canvas that it came from. */
static void look(struct screen *s, struct witness *w, const struct handover_frame *f, bool is_asleep)
{
	struct witness_sum painted, seen;
	bool is_exact = true;
	SDL_Surface *back =
		is_asleep ? SDL_DuplicateSurface(f->surface) : screen_read_back(s, f->surface, &is_exact);
	if (!back)
		return;
	witness_sum(f->surface, &painted);
	witness_sum(back, &seen);
	(void)snprintf(w->status.size, sizeof w->status.size, "%dx%d", back->w, back->h);
	if (*f->picture && w->folder)
		capture_write(back, w->folder, f->picture, clock_utc_ms(&w->clock) / 1000);
	SDL_FreeSurface(back);
	if (*w->tally.on.page) /* the time that it stands goes on */
		tally_note(&w->tally, &w->status.shown, clock_mono_ms());
	witness_note(w, witness_judge(&painted, &seen, is_exact), &seen);
}

/* Nobody sees what is presented to a display that sleeps. It shows what it should: nothing. */
static bool is_asleep(const struct audience *a, const struct handover_frame *f)
{
	return a->light == LIGHT_OFF && f->light == LIGHT_OFF;
}

static void sleep_or_wake(struct screen *s, struct audience *a, enum light light)
{
	bool was_off = a->light == LIGHT_OFF, is_off = light == LIGHT_OFF;
	bool is_first =
		a->light == LIGHT_ALWAYS && light != LIGHT_ALWAYS; /* one before us may have left it asleep */
	a->light = light;
	if (was_off == is_off && !is_first)
		return;
	if (screen_sleep(s, is_off)) {
		log_line(LOG_INFO, "kiosk: the display %s", is_off ? "sleeps" : "is lit");
	} else if (is_off && !a->is_stuck) {
		log_line(LOG_INFO, "kiosk: this display cannot be put to sleep from here: it is black");
		a->is_stuck = true;
	}
	if (!is_off)
		screen_forget(s);
}

/* Again, once whoever painted upon its memory before a resize has let go of that. */
static void lend(struct screen *s, struct handover *h, const SDL_Surface *presented)
{
	SDL_Surface *own = screen_lend(s);
	if (own && own != presented)
		handover_resize(h, screen_canvas_size(s), own);
}

static bool present(struct screen *s, struct handover *h, struct audience *a, struct err *e)
{
	struct handover_frame f;
	if (!handover_take(h, &f))
		return true;
	if (f.kind == FRAME_LOOK) {
		look(s, &a->witness, &f, is_asleep(a, &f));
		handover_shown(h);
		return true;
	}
	if (f.light != LIGHT_OFF)
		sleep_or_wake(s, a, f.light);
	/* A card may give up what nobody is connected to. */
	bool ok = is_asleep(a, &f) || screen_present(s, f.surface, f.rects, f.count, e) || screen_is_gone(s);
	if (ok && f.light == LIGHT_OFF)
		sleep_or_wake(s, a, f.light);
	log_frame(a->frames, f.kind);
	if (ok)
		watchdog_presented(&a->watchdog, clock_mono_ms(), f.late_ms);
	if (ok && *f.shown.page)
		witness_shown(&a->witness, &f.shown, clock_mono_ms());
	if (ok)
		lend(s, h, f.surface);
	handover_shown(h);
	return ok;
}

static void on_window(struct screen *s, struct handover *h, const SDL_WindowEvent *event)
{
	switch (event->event) {
	case SDL_WINDOWEVENT_SIZE_CHANGED:
		screen_forget(s);
		handover_resize(h, screen_canvas_size(s), NULL);
		break;
	case SDL_WINDOWEVENT_EXPOSED:
		screen_forget(s);
		handover_wish(h);
		break;
	default:
		break;
	}
}

#define WAITED_FOR 8 /* a frame, the display, and panels */

/* Sleeps until there is an event, a frame or a finger. */
static void wait(struct screen *s, struct handover *h, int most_ms)
{
	struct pollfd p[WAITED_FOR] = {{.fd = handover_event_fd(h), .events = POLLIN}};
	nfds_t count = 1;
	if (screen_can_wait(s)) {
		if (SDL_WaitEvent(NULL) != 1)
			SDL_ClearError();
		return;
	}
	if (screen_event_fd(s) >= 0) {
		SDL_PumpEvents(); /* what was read with an answer from the display is not to be slept over */
		if (SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT))
			return;
		p[count++] = (struct pollfd){.fd = screen_event_fd(s), .events = POLLIN};
		most_ms = -1;
	}
	if (screen_fingers(s))
		count += (nfds_t)fingers_poll(screen_fingers(s), p + count, WAITED_FOR - (int)count);
	(void)poll(p, count, most_ms);
	handover_event_read(h);
}

static void feel(struct screen *s, struct touch *t, struct handover *h)
{
	struct touch_contact c;
	while (screen_fingers(s) && fingers_next(screen_fingers(s), &c))
		touch_contact(t, c, h);
}

static bool is_asked_to_end(void)
{
	SDL_Event event;
	while (SDL_PollEvent(&event)) {
		if (event.type == SDL_QUIT)
			return true;
	}
	return program_stop; /* who paints may be waiting for us, and not hear it */
}

/* Without a desktop the display may come late, or another program have it for a while: that is
 * waited for, and told once. *out stays NULL where the end came first. */
static bool open_screen(
	struct screen **out, const struct options *o, struct handover *h, struct audience *a, struct err *e)
{
	struct err told = {0};
	while (!screen_open(out, o, e)) {
		struct pollfd p[] = {{.fd = handover_event_fd(h), .events = POLLIN},
			{.fd = program_wake_fd(), .events = POLLIN}};
		if (e->kind != ERR_BUSY)
			return false;
		if (strcmp(e->text, told.text) != 0)
			log_line(LOG_WARNING, "kiosk: %s: waiting for it", e->text);
		told = *e;
		watchdog_waits(&a->watchdog, clock_mono_ms());
		(void)poll(p, 2, RETRY_MS);
		handover_event_read(h);
		if (is_asked_to_end())
			return true;
	}
	struct size size = screen_canvas_size(*out);
	log_line(LOG_INFO, "kiosk: %d x %d on %s", size.width, size.height, screen_way(*out));
	a->is_settled = false;
	a->light = LIGHT_ALWAYS; /* a mode that was set lights it: by night it is put to sleep again */
	if (!screen_blacken(*out, e)) /* while the first page is being made */
		return false;
	handover_resize(h, size, screen_lend(*out));
	handover_wish(h); /* of the same size as before, it is black all the same */
	return true;
}

/* What became of the display. */
static bool watch(
	struct screen **s, const struct options *o, struct handover *h, struct audience *a, struct err *e)
{
	switch (screen_watch(*s)) {
	case SCREEN_GONE:
		log_line(LOG_WARNING, "kiosk: screen: the display is gone: waiting for it");
		return true;
	case SCREEN_BACK:
		screen_close(*s);
		*s = NULL;
		return open_screen(s, o, h, a, e);
	case SCREEN_SAME:
		if (!a->is_settled) /* what is given while a display takes its mode can be lost */
			handover_wish(h);
		a->is_settled = true;
		break;
	}
	return true;
}

static bool show(
	struct screen **s, const struct options *o, struct handover *h, struct audience *a, struct err *e)
{
	bool is_bare = !screen_has_desktop(o);
	int64_t watched_ms = clock_mono_ms();
	while (*s) {
		SDL_Event event;
		bool is_polled = a->touch.is_on && !screen_fingers(*s);
		wait(*s, h, is_polled ? TOUCH_MS : is_bare ? WATCH_MS : POLL_MS);
		while (SDL_PollEvent(&event)) {
			if (event.type == SDL_QUIT)
				return true;
			if (event.type == SDL_WINDOWEVENT)
				on_window(*s, h, &event.window);
			touch_event(&a->touch, &event, h);
		}
		feel(*s, &a->touch, h);
		if (!present(*s, h, a, e))
			return false;
		int64_t now_ms = is_bare ? clock_mono_ms() : 0;
		if (now_ms - watched_ms >= WATCH_MS) {
			watched_ms = now_ms;
			if (!watch(s, o, h, a, e))
				return false;
		}
	}
	return true;
}

static bool has_needed(const struct options *o, struct err *e)
{
	struct clock ignored;
	if (o->feed && !o->trust)
		return err_set(
			e, ERR_USAGE, "--trust FILE is needed with --feed: nothing is shown unverified");
	if (o->trust && !o->state)
		return err_set(e, ERR_USAGE, "--state DIR is needed with --trust");
	struct dimmer unused = {0};
	return options_clock(o, &ignored, e) && dimmer_set(&unused, o, e) &&
	       (!o->record || file_make_folder(o->record, 0755, e));
}

static bool open_frames(const struct options *o, FILE **out, struct err *e)
{
	*out = o->frame_log ? fopen(o->frame_log, "we") : NULL;
	if (o->frame_log && !*out)
		return err_set(e, ERR_IO, "%s: %s", o->frame_log, strerror(errno));
	if (*out)
		(void)setvbuf(*out, NULL, _IOLBF, 0);
	return true;
}

/* The window's thread; the director's starts first, to read while SDL opens. */
static bool run(const struct options *o, FILE *frames, struct err *e)
{
	struct screen *s = NULL;
	struct err why = {0};
	struct audience audience = {
		.frames = frames, .touch = {.is_on = o->touch, .turns = options_turns(o)}};
	witness_begin(&audience.witness, o);
	screen_prepare();
	struct handover *h = handover_create();
	struct director *d = director_start(o, h);
	bool ok = open_screen(&s, o, h, &audience, e);
	if (ok && s) {
		/* A child inherits the filter, and fangzi-sync needs the network. */
		bool has_child = o->feed && !o->no_sync;
		ok = (has_child || sandbox_enter_show(e)) && show(&s, o, h, &audience, e);
	}
	handover_end(h);
	if (!director_stop(d, &why) && ok) {
		*e = why;
		ok = false;
	}
	screen_close(s);
	handover_destroy(h);
	return ok;
}

bool run_show(const struct options *o, struct err *e)
{
	FILE *frames = NULL;
	bool ok = has_needed(o, e) && open_frames(o, &frames, e) && run(o, frames, e);
	if (frames)
		(void)fclose(frames);
	return ok;
}
