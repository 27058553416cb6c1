/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/zone.h"
#include "board/frame.h"
#include "board/motion.h"
#include "kiosk/scene_cover.h"
#include "kiosk/scene_parts.h"
#include "paint/blend.h"

#define DEFAULT_ZONE "Asia/Shanghai"
#define TICK_MIN_MS 1000
#define MINUTE_MS 60000

static void version_destroy(struct version *v)
{
	if (!v)
		return;
	show_destroy(v->show);
	source_close(v->source);
	free(v);
}

struct scene *scene_create(struct font_set *fonts, const char *tag, bool orbits, bool has_large_text)
{
	struct scene *s = alloc_zero(1, sizeof *s);
	s->fonts = fonts;
	s->tag = tag ? alloc_text(tag) : NULL;
	s->orbits = orbits;
	s->has_large_text = has_large_text;
	s->shown.until_ms = INT64_MAX;
	return s;
}

void scene_destroy(struct scene *s)
{
	if (!s)
		return;
	version_destroy(s->live);
	version_destroy(s->incoming);
	canvas_destroy(s->front);
	canvas_destroy(s->back);
	free(s->tag);
	free(s);
}

bool scene_set_tag(struct scene *s, const char *tag)
{
	if (strcmp(tag ? tag : "", s->tag ? s->tag : "") == 0)
		return false;
	free(s->tag);
	s->tag = tag && *tag ? alloc_text(tag) : NULL;
	return true;
}

void scene_resize(struct scene *s, struct size size, SDL_Surface *lent)
{
	canvas_destroy(s->front);
	canvas_destroy(s->back);
	s->front =
		lent ? canvas_create_upon(lent, s->fonts) : canvas_create(size.width, size.height, s->fonts);
	s->back = NULL;
	canvas_enlarge_text(s->front, s->has_large_text);
	canvas_orbit(s->front, s->turns);
	s->is_rehearsed = false;
	s->view = NULL;
	s->next_plan_s = 0;
}

void scene_offer(struct scene *s, struct source *source)
{
	version_destroy(s->incoming);
	s->incoming = alloc_zero(1, sizeof *s->incoming);
	s->incoming->source = source;
	s->incoming->show = show_create(source->content, source_media_path, source, s->tag, s->fonts);
	source->content = NULL; /* the show's now */
	s->is_rehearsed = false;
}

int64_t scene_version(const struct scene *s)
{
	const struct version *v = s->incoming ? s->incoming : s->live;
	return v ? v->source->version : 0;
}

const char *scene_zone(const struct scene *s)
{
	const struct version *v = s->live ? s->live : s->incoming;
	return v ? content_zone(show_content(v->show)) : DEFAULT_ZONE;
}

struct moment scene_moment(const struct scene *s, const struct scene_now *now)
{
	struct moment m = moment_at(scene_zone(s), now->utc_s, now->is_trusted, now->floor_utc_s);
	return now->is_stale ? moment_stale(&m) : m;
}

static void plan(struct scene *s, struct version *v, struct canvas *c, const struct scene_now *now)
{
	struct moment m = scene_moment(s, now);
	show_plan(v->show, c, &m);
	s->planned_s = now->utc_s;
	s->next_plan_s = show_next_plan(v->show, &m);
	s->view = NULL;
}

void scene_plan(struct scene *s, const struct scene_now *now)
{
	/* A clock that was years ahead comes back: its plan was for another day. */
	if (s->live && (now->utc_s >= s->next_plan_s || now->utc_s < s->planned_s)) {
		plan(s, s->live, s->front, now);
		s->is_rehearsed = false;
	}
}

int scene_slot_of_shown(const struct scene *s)
{
	const struct rotation *r = show_rotation(s->live->show);
	for (int i = 0; i < r->count; i++) {
		if (show_board(s->live->show, i)->seq == s->shown.board_seq)
			return s->shown.page < r->slots[i].pages ? i : -1;
	}
	return -1;
}

bool scene_is_turn_due(const struct scene *s, const struct scene_now *now)
{
	if (!s->shown.is_page)
		return !now->must_hold &&
		       (s->incoming || (s->live && show_rotation(s->live->show)->count > 0));
	bool is_over = now->utc_ms >= s->shown.until_ms || now->utc_ms < s->shown.since_ms;
	return now->must_hold || is_over || scene_slot_of_shown(s) < 0;
}

static struct place place_at(const struct version *v, int64_t utc_ms)
{
	struct rotation_place p = rotation_at(show_rotation(v->show), utc_ms);
	if (p.slot == ROTATION_IDLE)
		return (struct place){.until_ms = INT64_MAX};
	return (struct place){.is_page = true,
		.slot = p.slot,
		.page = p.page,
		.board_seq = show_board(v->show, p.slot)->seq,
		.since_ms = p.since_ms,
		.until_ms = p.until_ms};
}

static bool is_same_page(const struct place *a, const struct place *b)
{
	return a->is_page == b->is_page && a->board_seq == b->board_seq && a->page == b->page;
}

bool scene_choose(struct scene *s, const struct scene_now *now)
{
	s->next_is_incoming = s->incoming != NULL;
	struct version *v = s->incoming ? s->incoming : s->live;
	if (s->incoming)
		plan(s, s->incoming, s->front, now);
	if (!v || now->must_hold)
		s->next = (struct place){.until_ms = INT64_MAX};
	else
		s->next = place_at(v, now->utc_ms);
	if (s->next_is_incoming || !is_same_page(&s->shown, &s->next))
		return true;
	s->shown = s->next;
	s->is_rehearsed = false;
	return false;
}

void scene_cut(struct scene *s)
{
	if (s->next_is_incoming) {
		version_destroy(s->live);
		s->live = s->incoming;
		s->incoming = NULL;
		s->next_is_incoming = false;
	}
	s->shown = s->next;
	s->is_rehearsed = false;
	s->turns += s->orbits;
	canvas_orbit(s->front, s->turns);
	if (s->first_ms == 0 && s->shown.is_page)
		s->first_ms = s->shown.since_ms;
	s->view = NULL;
}

static double fill_at(const struct place *p, int64_t utc_ms)
{
	double t = (double)(utc_ms - p->since_ms) / (double)(p->until_ms - p->since_ms);
	return t < 0 ? 0 : t > 1 ? 1 : t;
}

static struct board_view *make_view(struct version *v, struct canvas *c, int slot, int page,
	const struct moment *m, const struct scene_now *now)
{
	struct board_view *view = show_view(v->show, c, slot, page, m);
	view->frame.is_offline = now->is_offline;
	view->frame.is_stale = now->is_stale;
	view->ticker_ms = now->utc_ms;
	return view;
}

void scene_paint(struct scene *s, const struct scene_now *now, double elapsed_ms, double leaving)
{
	struct moment m = scene_moment(s, now);
	int slot = s->shown.is_page ? scene_slot_of_shown(s) : -1;
	s->view = NULL;
	if (slot < 0) {
		scene_paint_nothing(s);
	} else {
		s->shown.slot = slot;
		s->view = make_view(s->live, s->front, slot, s->shown.page, &m, now);
		s->view->elapsed_ms = elapsed_ms;
		s->view->leaving = leaving;
		s->view->frame.fill = fill_at(&s->shown, now->utc_ms);
		board_paint(s->view);
	}
}

int scene_move(struct scene *s, const struct scene_now *now, double elapsed_ms, double leaving,
	SDL_Rect out[CANVAS_RECTS_MAX])
{
	canvas_gather(s->front);
	scene_paint(s, now, elapsed_ms, leaving);
	return canvas_settle(s->front, out);
}

/* Listens to a page without painting it. */
static void listen_to(
	struct scene *s, struct version *v, int slot, const struct scene_now *now, struct live_page *out)
{
	SDL_Surface *size = canvas_surface(s->front);
	struct canvas *blind = canvas_create_blind(size->w, size->h, s->fonts);
	canvas_enlarge_text(blind, s->has_large_text);
	struct moment m = scene_moment(s, now);
	out->count = 0;
	canvas_listen(blind, live_listen, out);
	board_paint(make_view(v, blind, slot, s->shown.page, &m, now));
	canvas_destroy(blind);
	s->view = NULL;
}

/* The slot in a version's plan of a board that is known by its id; -1: it has none. */
static int slot_of_id(const struct version *v, const char *id, int page)
{
	const struct rotation *r = show_rotation(v->show);
	for (int i = 0; i < r->count; i++) {
		if (strcmp(show_board(v->show, i)->id, id) == 0)
			return page < r->slots[i].pages ? i : -1;
	}
	return -1;
}

/* The page that stands, of the version that took over. */
static void paint_back(struct scene *s, const struct scene_now *now, int slot)
{
	SDL_Surface *size = canvas_surface(s->front);
	struct moment m = scene_moment(s, now);
	canvas_destroy(s->back);
	s->back = canvas_create(size->w, size->h, s->fonts);
	canvas_enlarge_text(s->back, s->has_large_text);
	canvas_orbit(s->back, s->turns);
	struct board_view *v = make_view(s->live, s->back, slot, s->shown.page, &m, now);
	v->frame.fill = fill_at(&s->shown, now->utc_ms);
	board_paint(v);
	s->view = NULL;
}

bool scene_change(struct scene *s, const struct scene_now *now, bool *differs)
{
	*differs = false;
	int was = s->incoming && s->shown.is_page && !now->must_hold ? scene_slot_of_shown(s) : -1;
	if (was < 0)
		return false;
	plan(s, s->incoming, s->front, now);
	int is = slot_of_id(s->incoming, show_board(s->live->show, was)->id, s->shown.page);
	if (is < 0)
		return false;
	struct live_page *pages = alloc_zero(2, sizeof *pages);
	listen_to(s, s->live, was, now, &pages[0]);
	listen_to(s, s->incoming, is, now, &pages[1]);
	*differs = live_differs(&pages[0], &pages[1]);
	s->mark_count = live_changes(&pages[0], &pages[1], s->marks);
	free(pages);
	version_destroy(s->live);
	s->live = s->incoming;
	s->incoming = NULL;
	s->shown.slot = is;
	s->shown.board_seq = show_board(s->live->show, is)->seq;
	s->is_rehearsed = false;
	s->faded = 0;
	if (*differs)
		paint_back(s, now, is);
	return true;
}

void scene_fade(struct scene *s, double share)
{
	double rest = 1 - s->faded; /* the front has come so far already */
	unsigned step = rest > 0 ? (unsigned)((share - s->faded) / rest * 255) : 255;
	blend_towards(canvas_surface(s->front), canvas_surface(s->back), step > 255 ? 255 : step);
	canvas_forget(s->front);
	s->faded = share;
}

void scene_fade_end(struct scene *s, const struct scene_now *now)
{
	canvas_destroy(s->back);
	s->back = NULL;
	scene_paint(s, now, MOTION_STILL, 0);
	for (int i = 0; i < s->mark_count; i++)
		canvas_rect(s->front, s->marks[i].x, s->marks[i].y, s->marks[i].w, 4, TOKEN_ACC);
}

void scene_rehearse(struct scene *s, const struct scene_now *now, struct size size)
{
	struct version *v = s->incoming ? s->incoming : s->live;
	if (s->is_rehearsed || !v)
		return;
	struct canvas *c = canvas_create_rehearsal(size.width, size.height, s->fonts);
	canvas_enlarge_text(c, s->has_large_text);
	if (s->incoming)
		plan(s, v, c, now);
	struct place p = place_at(v, s->shown.is_page ? s->shown.until_ms : now->utc_ms);
	struct moment m = scene_moment(s, now);
	if (p.is_page)
		board_paint(make_view(v, c, p.slot, p.page, &m, now));
	canvas_destroy(c);
	s->view = NULL;
	if (!s->shown.is_page)
		return; /* all of it is needed at once */
	s->is_rehearsed = true;
	font_set_rest(s->fonts);
	alloc_rest();
}

/* Between paintings: the same page, as of now. */
static struct board_view *standing_view(struct scene *s, const struct scene_now *now)
{
	struct moment m = scene_moment(s, now);
	int slot = s->shown.is_page ? scene_slot_of_shown(s) : -1;
	if (slot < 0)
		return NULL;
	if (!s->view || s->view->now.utc_s / 60 != m.utc_s / 60) {
		s->view = make_view(s->live, s->front, slot, s->shown.page, &m, now);
		(void)board_pages(s->view); /* finds the ticker's notices */
	}
	s->view->canvas = s->front;
	return s->view;
}

int scene_tick(struct scene *s, const struct scene_now *now, SDL_Rect out[2])
{
	struct board_view *v = standing_view(s, now);
	if (!v || frame_is_absent(v))
		return 0;
	const struct board_frame *f = &v->frame;
	double cy = frame_dots_centre(v);
	out[0] = frame_repaint_clock(v);
	part_dots_fill(s->front, frame_right(v), cy, f->dot, f->dot_count, fill_at(&s->shown, now->utc_ms));
	double w = part_dots_width(s->front, f->dot, f->dot_count);
	out[1] = canvas_to_px(s->front, frame_right(v) - w - 4, cy - 10, w + 8, 20);
	return f->dot_count > 0 ? 2 : 1;
}

int64_t scene_tick_ms(struct scene *s, const struct scene_now *now)
{
	struct board_view *v = standing_view(s, now);
	if (!v)
		return TICK_MIN_MS;
	double px = part_dots_fill_px(s->front, v->frame.dot_count);
	int64_t ms = (int64_t)((double)(s->shown.until_ms - s->shown.since_ms) / px);
	int64_t minute_ms = MINUTE_MS - now->utc_ms % MINUTE_MS;
	ms = ms > TICK_MIN_MS ? ms : TICK_MIN_MS;
	return ms < minute_ms ? ms : minute_ms;
}

bool scene_ticker(struct scene *s, const struct scene_now *now, struct ticker_state *state, SDL_Rect *painted)
{
	struct board_view *v = standing_view(s, now);
	if (!v || !frame_has_ticker(v))
		return false;
	*state = ticker_paint(v, now->utc_ms, painted);
	return true;
}

bool scene_film(struct scene *s, const struct scene_now *now, struct projector_film *out)
{
	struct board_view *v = standing_view(s, now);
	const char *name = v ? v->board->video : NULL;
	return name && board_film_place(v, &out->at) &&
	       source_media_path(s->live->source, name, out->path, sizeof out->path) &&
	       (size_t)snprintf(out->name, sizeof out->name, "%s", name) < sizeof out->name;
}

void scene_paint_over_film(struct scene *s, const struct scene_now *now)
{
	struct board_view *v = standing_view(s, now);
	if (v)
		board_paint_over_film(v);
}

SDL_Surface *scene_surface(struct scene *s)
{
	return canvas_surface(s->front);
}

bool scene_is_emblem(const struct scene *s)
{
	return !s->shown.is_page;
}

int64_t scene_until_ms(const struct scene *s)
{
	return s->shown.until_ms;
}

int64_t scene_next_change(struct scene *s, const struct scene_now *now)
{
	struct board_view *v = standing_view(s, now);
	return v ? board_next_change(v) : INT64_MAX;
}

int64_t scene_next_plan(const struct scene *s)
{
	return s->live ? s->next_plan_s : INT64_MAX;
}

void scene_name(const struct scene *s, char *out, size_t room)
{
	if (s->shown.is_page)
		(void)snprintf(
			out, room, "%s-%d", show_board(s->live->show, s->shown.slot)->id, s->shown.page + 1);
	else if (*s->alert)
		(void)snprintf(out, room, "alert-%s", s->alert);
	else if (*s->code)
		(void)snprintf(out, room, "pairing");
	else if (s->is_visited)
		(void)snprintf(out, room, "visit");
	else if (s->is_dark)
		(void)snprintf(out, room, "unlit");
	else
		(void)snprintf(out, room, s->setup && s->setup->count ? "setup" : "emblem");
}

void scene_tell(const struct scene *s, const struct scene_now *now, struct status_shown *out)
{
	const struct civil today = zone_local(scene_zone(s), now->utc_s);
	*out = (struct status_shown){.is_stale = now->is_stale,
		.day = now->is_trusted ? civil_days(today.year, today.month, today.day) : 0};
	if (s->live) {
		out->version = s->live->source->version;
		memcpy(out->content_sha256, s->live->source->content_sha256, DIGEST_HEX);
	}
	scene_name(s, out->page, sizeof out->page);
}

bool scene_is_round_done(const struct scene *s)
{
	return s->live && s->first_ms && s->shown.is_page &&
	       s->shown.since_ms >= s->first_ms + show_rotation(s->live->show)->cycle_ms;
}

bool scene_write_png(struct scene *s, const char *path, struct err *e)
{
	return canvas_write_png(s->front, path, e);
}
