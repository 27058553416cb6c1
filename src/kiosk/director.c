/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/director.h"

#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/program.h"
#include "board/motion.h"
#include "kiosk/cec.h"
#include "kiosk/director_parts.h"
#include "kiosk/reckon.h"
#include "kiosk/recorder.h"
#include "kiosk/scene_cover.h"
#include "kiosk/screen.h"
#include "kiosk/watchdog.h"

#define WAKE_AHEAD_MS 1 /* of a ticker's frame: poll's milliseconds are too coarse */
#define FRESHNESS_MS 1000
#define CLOCK_LOOK_MS 5000 /* between looks at the clock and at freshness, while nothing ticks */
#define ENTRANCE_FRAMES_MIN 21 /* 24 a second for MOTION_ENTER_MS */
#define BEHIND_MS 20 /* between two tries while fangzi-sync writes */
#define QUIET_MS 300 /* nothing is due for so long: time to look at the display */

static void read_clock(struct director *d)
{
	d->mono_ms = clock_mono_ms();
	reckon_now(&d->now, &d->clock, d->news ? news_head(d->news) : NULL);
}

/* Who keeps us up to date, and since when not: asked once a second, not once a frame. */
static void read_freshness(struct director *d)
{
	if (!d->news || d->mono_ms < d->next_freshness_ms)
		return;
	reckon_freshness(&d->now, d->news, d->mono_ms, scene_version(d->scene) > 0);
	d->now.light = scene_light(d->scene, &d->now);
	struct moment m = scene_moment(d->scene, &d->now);
	d->is_night = dimmer_is_night(&d->dimmer, &m);
	d->next_freshness_ms = d->mono_ms + FRESHNESS_MS;
}

/* What the display does now. An alert is lit at any hour. */
static enum light light_now(const struct director *d)
{
	bool is_unlit = scene_is_dark(d->scene);
	return is_unlit || d->now.light == LIGHT_ALWAYS ? d->now.light : LIGHT_ON;
}

static void send_errand(struct director *d)
{
	enum light light = light_now(d);
	if (light != LIGHT_ALWAYS || d->errand.is_done_known)
		errand_want(&d->errand, light != LIGHT_OFF, d->mono_ms);
}

/* By night darker, but for an alert. */
static SDL_Surface *picture_of(struct director *d, const SDL_Rect *rects, int count)
{
	SDL_Surface *s = scene_surface(d->scene);
	if (d->is_night && !scene_is_alert(d->scene))
		return dimmer_copy(&d->dimmer, s, rects, count);
	dimmer_drop(&d->dimmer);
	return s;
}

/* ---- frames ----------------------------------------------------------------- */

bool director_give(struct director *d, enum handover_kind kind, const SDL_Rect *rects, int count)
{
	if (!handover_wait_shown(d->handover))
		return false;
	struct handover_frame f = {.kind = kind,
		.surface = picture_of(d, rects, count),
		.light = d->given_light = light_now(d),
		.late_ms = d->now.utc_ms - scene_until_ms(d->scene),
		.count = count};
	if (kind == FRAME_LOOK && d->is_picture_due)
		memcpy(f.picture, d->picture, sizeof f.picture);
	if (kind != FRAME_LOOK) /* which is not presented */
		d->given_ms = d->mono_ms;
	if (kind == FRAME_PAGE || kind == FRAME_ALERT || kind == FRAME_TICK)
		scene_tell(d->scene, &d->now, &f.shown);
	memcpy(f.rects, rects, (size_t)count * sizeof *rects);
	handover_give(d->handover, &f);
	d->has_shown = true;
	/* After these nothing is painted before the next turn, which waits for it. */
	return kind == FRAME_TICK || kind == FRAME_TICKER || handover_wait_shown(d->handover);
}

bool director_give_all(struct director *d, enum handover_kind kind)
{
	const SDL_Surface *s = scene_surface(d->scene);
	return director_give(d, kind, &(SDL_Rect){0, 0, s->w, s->h}, 1);
}

static void record(struct director *d)
{
	if (d->options->record && !d->is_recorded)
		recorder_write(d->options->record, d->scene);
	d->is_recorded = true;
}

/* The page as it stands until its time is up. */
bool director_show_standing(struct director *d)
{
	scene_paint(d->scene, &d->now, MOTION_STILL, 0);
	director_lay_film(d);
	d->next_change_s = scene_next_change(d->scene, &d->now);
	d->next_tick_ms = d->mono_ms + scene_tick_ms(d->scene, &d->now);
	d->next_frame_ms = 0;
	return director_give_all(d, FRAME_PAGE);
}

/* Motion that comes too slowly is worse than none. */
static void judge_entrance(struct director *d)
{
	if (strcmp(d->options->reduce_motion, "auto") != 0 || d->entrance_frames >= ENTRANCE_FRAMES_MIN)
		return;
	d->stage.is_reduced = true;
	if (!d->is_slow_told)
		log_line(LOG_INFO, "kiosk: entrances given up: %d frames in %d ms", d->entrance_frames,
			MOTION_ENTER_MS);
	d->is_slow_told = true;
}

/* With lines under what changed; they go with the next painting. */
static bool show_changed(struct director *d)
{
	scene_fade_end(d->scene, &d->now);
	d->marked_until_ms = d->mono_ms + MOTION_MARK_MS;
	d->next_change_s = scene_next_change(d->scene, &d->now);
	d->next_tick_ms = d->mono_ms + scene_tick_ms(d->scene, &d->now);
	d->next_frame_ms = 0;
	return director_give_all(d, FRAME_PAGE);
}

static bool after_step(struct director *d, enum stage_phase was)
{
	if (d->stage.phase == STAGE_ENTERING) {
		scene_cut(d->scene);
		d->entrance_frames = 0;
		d->is_recorded = false;
		return true;
	}
	if (was == STAGE_CHANGING)
		return show_changed(d);
	if (d->stage.phase == STAGE_STILL)
		return director_show_standing(d);
	judge_entrance(d);
	return true; /* its last frame is painted now */
}

static bool moving_frame(struct director *d)
{
	int64_t at_us = pace_due_us(&d->pace), at_ms = at_us / 1000;
	SDL_Rect rects[CANVAS_RECTS_MAX];
	int count = 0;
	if (d->stage.phase == STAGE_CHANGING)
		scene_fade(d->scene, stage_changing(&d->stage, at_ms));
	else
		count = scene_move(d->scene, &d->now, stage_elapsed_ms(&d->stage, at_ms),
			stage_leaving(&d->stage, at_ms), rects);
	d->entrance_frames += d->stage.phase == STAGE_ENTERING;
	bool is_large = d->size.width * d->size.height > PACE_LARGE_PIXELS;
	pace_wait(&d->pace, at_us, is_large ? PACE_LARGE_FRAME_US : PACE_FRAME_US);
	if (d->stage.phase == STAGE_CHANGING)
		return director_give_all(d, FRAME_MOTION);
	if (count == 0) /* nothing moved: all the same a frame, for what counts them */
		rects[count++] = (SDL_Rect){0, 0, 1, 1};
	return director_give(d, FRAME_MOTION, rects, count);
}

static int64_t ticker_wake_ms(const struct director *d, const struct ticker_state *t)
{
	if (t->is_moving)
		return d->pace.next_us / 1000 - WAKE_AHEAD_MS;
	return t->next_ms < INT64_MAX - d->mono_ms ? d->mono_ms + t->next_ms : INT64_MAX;
}

/* What changes while a page stands: the clock, the dot, the ticker. */
static bool standing_frame(struct director *d, int64_t *wake_ms)
{
	SDL_Rect rects[3];
	struct ticker_state ticker;
	int count = 0;
	bool has_ticker = false;
	if (d->mono_ms >= d->next_tick_ms) {
		count = scene_tick(d->scene, &d->now, rects);
		d->next_tick_ms = d->mono_ms + scene_tick_ms(d->scene, &d->now);
	}
	if (d->mono_ms >= d->next_frame_ms) {
		int64_t at_us = pace_due_us(&d->pace);
		has_ticker = scene_ticker(d->scene, &d->now, &ticker, &rects[count]);
		count += has_ticker;
		if (has_ticker && ticker.is_moving)
			pace_wait(&d->pace, at_us, PACE_FRAME_US);
		d->next_frame_ms = has_ticker ? ticker_wake_ms(d, &ticker) : INT64_MAX;
	}
	int64_t next_ms = d->next_tick_ms < d->next_frame_ms ? d->next_tick_ms : d->next_frame_ms;
	*wake_ms = next_ms < *wake_ms ? next_ms : *wake_ms;
	return count == 0 || director_give(d, has_ticker ? FRAME_TICKER : FRAME_TICK, rects, count);
}

/* ---- one turn of the loop --------------------------------------------------- */

static bool turn_page(struct director *d)
{
	bool was_page = !scene_is_emblem(d->scene);
	if (!scene_choose(d->scene, &d->now))
		return d->stage.phase != STAGE_STILL || director_show_standing(d);
	if (d->has_shown) /* at the start, what there is stands there at once */
		stage_turn(&d->stage, d->mono_ms, was_page);
	d->next_frame_ms = 0;
	if (d->stage.phase == STAGE_LEAVING)
		return true;
	scene_cut(d->scene);
	d->entrance_frames = 0;
	d->is_recorded = false;
	if (scene_is_emblem(d->scene))
		d->stage.phase = STAGE_STILL;
	return d->stage.phase == STAGE_ENTERING || director_show_standing(d);
}

static int64_t utc_wait_ms(const struct director *d, int64_t utc_ms)
{
	return utc_ms == INT64_MAX ? INT64_MAX
				   : d->mono_ms + (utc_ms > d->now.utc_ms ? utc_ms - d->now.utc_ms : 0);
}

/* While the page stands. *wake_ms: monotonic, when to look again. */
static bool stand(struct director *d, int64_t *wake_ms)
{
	int64_t at_s =
		d->next_change_s < scene_next_plan(d->scene) ? d->next_change_s : scene_next_plan(d->scene);
	int64_t until_ms = scene_until_ms(d->scene);
	bool is_due = d->now.is_trusted && d->now.utc_s >= d->next_change_s;
	bool must_unmark = d->marked_until_ms && d->mono_ms >= d->marked_until_ms;
	if (must_unmark)
		d->marked_until_ms = 0;
	if ((is_due || must_unmark) && !director_show_standing(d))
		return false;
	if (!d->marked_until_ms)
		record(d);
	if (scene_is_round_done(d->scene) && d->options->once) {
		handover_ask_end(d->handover);
		return true;
	}
	if (at_s < INT64_MAX / 1000 && at_s * 1000 < until_ms)
		until_ms = at_s * 1000;
	*wake_ms = utc_wait_ms(d, until_ms);
	if (d->marked_until_ms && d->marked_until_ms < *wake_ms)
		*wake_ms = d->marked_until_ms;
	if (*wake_ms > d->mono_ms + CLOCK_LOOK_MS) /* a clock that is set right wakes nobody */
		*wake_ms = d->mono_ms + CLOCK_LOOK_MS;
	if (scene_is_emblem(d->scene))
		return true;
	scene_rehearse(d->scene, &d->now, d->size);
	return director_play(d, wake_ms) && standing_frame(d, wake_ms);
}

/* A new version that has the page that stands changes it where it stands. */
static bool change(struct director *d)
{
	bool differs;
	if (d->stage.phase != STAGE_STILL || !scene_change(d->scene, &d->now, &differs) || !differs)
		return true;
	d->is_recorded = false;
	d->next_frame_ms = 0;
	stage_change(&d->stage, d->mono_ms);
	return d->stage.phase == STAGE_CHANGING || show_changed(d);
}

static bool step(struct director *d, int64_t *wake_ms)
{
	struct scene_now before = d->now;
	bool was_night = d->is_night;
	read_clock(d);
	read_freshness(d);
	*wake_ms = INT64_MAX;
	d->has_film = false;
	bool is_covered;
	if (!director_cover(d, wake_ms, &is_covered))
		return false;
	if (is_covered) {
		record(d);
		return true;
	}
	enum stage_phase was = d->stage.phase;
	if (stage_step(&d->stage, d->mono_ms) && !after_step(d, was))
		return false;
	if (d->stage.phase == STAGE_STILL) {
		scene_plan(d->scene, &d->now);
		if (!change(d))
			return false;
		if (scene_is_turn_due(d->scene, &d->now)
				? !turn_page(d)
				: (reckon_differs(&before, &d->now) || d->is_night != was_night) &&
					  !director_show_standing(d))
			return false;
	}
	if (d->stage.phase == STAGE_STILL)
		return stand(d, wake_ms);
	if (was == STAGE_SETTLING && d->stage.phase == was) { /* its last frame was given */
		*wake_ms = d->stage.since_ms + STAGE_SETTLE_MS;
		return true;
	}
	*wake_ms = d->mono_ms; /* the next one is painted at once */
	return moving_frame(d);
}

/* Which playlist is this screen's: its own settings say so, else its hub. */
static const char *tag_of(const struct director *d)
{
	return d->options->screen ? d->options->screen : d->news ? news_device(d->news)->tag : NULL;
}

static void look_for_version(struct director *d)
{
	struct source *s;
	d->is_tag_new = scene_set_tag(d->scene, tag_of(d)) || d->is_tag_new;
	news_open_version(d->news, d->is_tag_new ? 0 : scene_version(d->scene), d->fonts, &s);
	if (!s)
		return;
	d->is_tag_new = false;
	log_line(LOG_INFO, "kiosk: version %lld is here", (long long)s->version);
	scene_offer(d->scene, s);
}

/* False: it is over. */
static bool look_at_window(struct director *d)
{
	struct handover_news n = handover_news(d->handover);
	if (n.is_over)
		return false;
	guest_hear(&d->guest, &n);
	if (n.size.width != d->size.width || n.size.height != d->size.height || n.lent != d->lent) {
		d->size = n.size;
		d->lent = n.lent;
		scene_resize(d->scene, n.size, n.lent);
		d->stage.phase = STAGE_STILL; /* what moved is gone with its canvas */
		read_clock(d);
		scene_plan(d->scene, &d->now);
	} else if (n.wishes == d->wishes) {
		return true;
	}
	d->wishes = n.wishes;
	if (scene_uncover(d->scene)) {
		guest_send_away(&d->guest);
		return true;
	}
	return d->stage.phase != STAGE_STILL || !d->has_shown || director_show_standing(d);
}

static void wait(struct director *d, int64_t until_ms)
{
	struct pollfd fds[] = {{.fd = program_wake_fd(), .events = POLLIN},
		{.fd = handover_fd(d->handover), .events = POLLIN},
		{.fd = d->news ? news_fd(d->news) : -1, .events = POLLIN},
		{.fd = projector_fd(d->projector), .events = POLLIN},
		{.fd = d->child ? child_fd(d->child) : -1, .events = POLLIN}};
	int64_t child_ms = d->child ? child_again_ms(d->child) : INT64_MAX;
	int64_t ms = (until_ms < child_ms ? until_ms : child_ms) - clock_mono_ms();
	if (d->news && news_is_behind(d->news) && ms > BEHIND_MS)
		ms = BEHIND_MS;
	(void)poll(fds, sizeof fds / sizeof fds[0], ms <= 0 ? 0 : ms > INT_MAX ? -1 : (int)ms);
	if (program_stop)
		handover_ask_end(d->handover);
}

/* What stands for long is presented again all the same, or nobody could tell it from a
 * picture that hangs. */
static bool show_life(struct director *d, int64_t *wake_ms)
{
	if (d->pace_ms == INT64_MAX)
		return true;
	if (d->mono_ms - d->given_ms >= d->pace_ms &&
		!director_give(d, FRAME_TICK, &(SDL_Rect){0, 0, 1, 1}, 1))
		return false;
	if (d->given_ms + d->pace_ms < *wake_ms)
		*wake_ms = d->given_ms + d->pace_ms;
	return true;
}

/* Once in a while the window's thread reads back what it presented, when no frame can come
 * late for it. */
static bool look_at_display(struct director *d, int64_t *wake_ms)
{
	const char *wanted = d->news ? news_device(d->news)->picture : "";
	if (*wanted && strcmp(wanted, d->picture) != 0) {
		memcpy(d->picture, wanted, sizeof d->picture);
		d->next_look_ms = d->mono_ms;
		d->is_picture_due = true;
	}
	bool is_quiet = d->stage.phase == STAGE_STILL && *wake_ms - d->mono_ms >= QUIET_MS;
	if (d->has_shown && d->mono_ms >= d->next_look_ms && is_quiet) {
		d->next_look_ms = d->mono_ms + d->options->look_s * 1000;
		if (!director_give(d, FRAME_LOOK, &(SDL_Rect){0, 0, 0, 0}, 0))
			return false;
		d->is_picture_due = false;
	}
	if (d->next_look_ms > d->mono_ms && d->next_look_ms < *wake_ms)
		*wake_ms = d->next_look_ms;
	return true;
}

static void run(struct director *d)
{
	int64_t wake_ms = 0;
	while (handover_wait_shown(d->handover) && look_at_window(d)) {
		if (d->size.width > 0) {
			if (d->news && news_look(d->news))
				look_for_version(d);
			if (!step(d, &wake_ms) || !show_life(d, &wake_ms) || !look_at_display(d, &wake_ms))
				return;
			if (!d->has_film)
				projector_rest(d->projector);
			send_errand(d);
			if (!d->child && d->has_shown && d->news && d->options->feed && !d->options->no_sync)
				d->child = child_start(d->options);
			if (d->child)
				child_look(d->child, clock_mono_ms());
		} else {
			wake_ms = INT64_MAX;
		}
		wait(d, wake_ms);
	}
}

static void *thread_main(void *user)
{
	struct director *d = user;
	struct font_paths fonts = options_fonts(d->options);
	d->projector = projector_create();
	if (font_set_open(&d->fonts, &fonts, &d->err) &&
		(!d->options->trust || news_open(&d->news, d->options->state, d->options->trust, &d->err))) {
		d->scene = scene_create(d->fonts, tag_of(d), !d->options->no_orbit, d->options->large_text);
		scene_set_setup(d->scene, &d->options->setup);
		if (d->news)
			look_for_version(d);
		/* A desktop's window is being opened meanwhile. Without one a display has any size, and its time. */
		struct size likely = screen_likely_size(d->options);
		if (likely.width > 0 && handover_news(d->handover).size.width == 0) {
			read_clock(d);
			scene_rehearse(d->scene, &d->now, likely);
		}
		run(d);
	}
	handover_ask_end(d->handover);
	child_stop(d->child);
	errand_finish(&d->errand);
	projector_destroy(d->projector);
	dimmer_finish(&d->dimmer);
	scene_destroy(d->scene);
	news_close(d->news);
	font_set_close(d->fonts);
	return NULL;
}

struct director *director_start(const struct options *o, struct handover *h)
{
	struct director *d = alloc_zero(1, sizeof *d);
	struct err ignored; /* the time was read once before */
	d->options = o;
	d->handover = h;
	d->pace_ms = watchdog_pace_ms();
	d->stage.is_reduced = strcmp(o->reduce_motion, "on") == 0;
	(void)options_clock(o, &d->clock, &ignored);
	(void)dimmer_set(&d->dimmer, o, &ignored); /* likewise */
	d->errand =
		(struct errand){.dark = o->dark_command, .light = o->light_command, .cec_folder = CEC_FOLDER};
	if (pthread_create(&d->thread, NULL, thread_main, d) != 0)
		abort();
	return d;
}

bool director_stop(struct director *d, struct err *e)
{
	(void)pthread_join(d->thread, NULL);
	bool ok = d->err.kind == ERR_NONE;
	if (!ok)
		*e = d->err;
	free(d);
	return ok;
}
