/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/snapshot.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/sandbox.h"
#include "board/alert.h"
#include "board/motion.h"
#include "board/pairing.h"
#include "board/review.h"
#include "kiosk/show.h"
#include "kiosk/source.h"
#include "store/installed.h"

#define DWELL_SHOWN 0.55 /* how far the current dot is filled on a still picture */
#define SAMPLE_EXPIRES_S 570
/* Of one board, spread over all it has: ten thousand projects have 1429 pages of the
 * same rows, and a trial has only so much time. */
#define TRIAL_PAGES 24

struct studio {
	const struct options *options;
	double progress;
	struct canvas *canvas;
	struct font_set *fonts;
	struct source *source;
	struct show *show;
};

static void finish(struct studio *s)
{
	canvas_destroy(s->canvas);
	show_destroy(s->show);
	source_close(s->source);
	font_set_close(s->fonts);
}

static bool open_source(struct studio *s, const struct options *o, struct err *e)
{
	if (o->content)
		return source_open_file(&s->source, o->content, o->media, s->fonts, e);
	if (!o->state)
		return err_set(e, ERR_USAGE, "--content FILE or --state DIR is needed");
	if (!o->trust)
		return err_set(e, ERR_USAGE, "--trust FILE is needed with --state");
	struct buf trust = {0};
	bool ok = installed_read(o->trust, o->state, &trust, e) &&
		  source_open_state(&s->source, o->state, &trust, 0, true, s->fonts, e);
	buf_finish(&trust);
	return ok;
}

static void start_show(struct studio *s, const char *tag)
{
	s->show = show_create(s->source->content, source_media_path, s->source, tag, s->fonts);
	s->source->content = NULL; /* the show's now */
}

static struct moment now_of(struct content *c, const struct options *o)
{
	struct clock clock;
	struct err ignored = {0};
	(void)options_clock(o, &clock, &ignored);
	struct moment now = moment_at(content_zone(c), clock_utc_ms(&clock) / 1000,
		clock_is_synchronised(&clock) && !o->clock_unknown, 0);
	return o->stale ? moment_stale(&now) : now;
}

static bool write_picture(struct studio *s, const char *name, struct err *e)
{
	char path[PATH_MAX];
	if (!file_join(path, sizeof path, s->options->out, name))
		return err_set(e, ERR_IO, "%s: path too long", s->options->out);
	if (!canvas_write_png(s->canvas, path, e))
		return false;
	(void)puts(path);
	return true;
}

static bool write_page(struct studio *s, int slot, int page, const struct moment *now, struct err *e)
{
	struct board_view *v = show_view(s->show, s->canvas, slot, page, now);
	v->frame.fill = DWELL_SHOWN;
	v->frame.is_offline = s->options->offline;
	v->frame.is_stale = s->options->stale;
	v->elapsed_ms = s->progress >= 1 ? MOTION_STILL : s->progress * MOTION_ENTER_MS;
	struct pages_place at = {.id = show_board(s->show, slot)->id, .page = page + 1};
	return pages_write(v, &at, s->options->out, e);
}

static bool write_pages(struct studio *s, struct err *e)
{
	const char *board = s->options->board;
	struct moment now = now_of(show_content(s->show), s->options);
	if (!board)
		show_plan(s->show, s->canvas, &now);
	else if (!show_plan_only(s->show, s->canvas, &now, board))
		return err_set(e, ERR_USAGE, "board '%s': there is none that has something to show", board);
	const struct rotation *r = show_rotation(s->show);
	for (int slot = 0; slot < r->count; slot++) {
		for (int page = 0; page < r->slots[slot].pages; page++) {
			if (!write_page(s, slot, page, &now, e))
				return false;
		}
	}
	return true;
}

/* As if it had been raised now. */
static bool write_alert(struct studio *s, const char *id, struct err *e)
{
	char name[160];
	struct arena a = {0};
	struct alert alert;
	struct moment now = now_of(show_content(s->show), s->options);
	bool ok = alert_read(show_content(s->show), id, &a, &alert) ||
		  err_set(e, ERR_USAGE, "alert '%s': there is none", id);
	if (ok) {
		board_paint_alert(s->canvas, &alert, &now, &now);
		(void)snprintf(name, sizeof name, "alert-%s.png", id);
		ok = write_picture(s, name, e);
	}
	arena_finish(&a);
	return ok;
}

/* With nobody behind it: a sample, whose square code leads nowhere. */
static bool write_pairing(struct studio *s, const char *code, struct err *e)
{
	if (strlen(code) != PAIRING_DIGITS || strspn(code, "0123456789") != PAIRING_DIGITS)
		return err_set(e, ERR_USAGE, "pairing: '%s' is not %d digits", code, PAIRING_DIGITS);
	board_paint_pairing(
		s->canvas, &(struct pairing_view){.site_name = "坊子区",
				   .code = code,
				   .url = "https://kiosk.invalid/pair",
				   .device = "示例-01",
				   .network = s->options->offline ? PAIRING_NO_NETWORK : PAIRING_CONNECTED,
				   .expires_s = SAMPLE_EXPIRES_S,
				   .is_sample = true});
	return write_picture(s, "pairing.png", e);
}

static bool write_what_is_asked(struct studio *s, struct err *e)
{
	const struct options *o = s->options;
	if (o->pairing)
		return write_pairing(s, o->pairing, e);
	if (!open_source(s, o, e))
		return false;
	start_show(s, o->screen);
	return o->alert ? write_alert(s, o->alert, e) : write_pages(s, e);
}

bool snapshot_run(const struct options *o, struct err *e)
{
	struct studio s = {.options = o};
	struct size size;
	struct clock clock;
	struct font_paths fonts = options_fonts(o);
	if (!option_read_size(o->size, &size, e) || !options_clock(o, &clock, e) ||
		!options_progress(o, &s.progress, e))
		return false;
	if (!o->out)
		return err_set(e, ERR_USAGE, "--out DIR is needed");
	bool ok = font_set_open(&s.fonts, &fonts, e) && file_make_folder(o->out, 0755, e);
	if (ok) {
		s.canvas = canvas_create(
			size.width ? size.width : 1920, size.height ? size.height : 1080, s.fonts);
		canvas_enlarge_text(s.canvas, o->large_text);
		ok = write_what_is_asked(&s, e);
	}
	finish(&s);
	return ok;
}

/* Where the trial is, and how many texts nobody could read. */
struct verdict {
	const struct pages_place *at;
	int refused;
	bool has_large_text;
	struct err *e;
};

/* The first one is told. */
static void judge(void *user, const struct review_finding *f)
{
	struct verdict *j = user;
	if (f->is_refused && j->refused++ == 0)
		err_set(j->e, ERR_FORMAT, "/%s/%d (%s) page %d: %s: %s at %dx%d", j->at->list, j->at->index,
			j->at->id, j->at->page, f->text, f->problem, f->width_px, f->height_px);
}

static bool try_page(void *user, struct board_view *v, const struct pages_place *at)
{
	struct verdict *j = user;
	j->at = at;
	struct review_page *p = review_page_begin(v->canvas, judge, j);
	pages_paint(v, at);
	review_page_end(p);
	return true;
}

/* With and without a known time. */
static void try_size(struct verdict *j, struct studio *s, const struct size *size, const struct moment *now)
{
	struct canvas *c = canvas_create(size->width, size->height, s->fonts);
	canvas_enlarge_text(c, j->has_large_text);
	struct gallery *gallery = gallery_create(source_media_path, s->source);
	struct pages_state states[] = {{.now = *now}, {.now = *now, .is_offline = true, .is_stale = true}};
	states[1].now.is_trusted = states[1].now.has_clock = false;
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		(void)pages_walk(&(struct pages){.content = s->source->content,
			.canvas = c,
			.gallery = gallery,
			.state = &states[i],
			.most = TRIAL_PAGES,
			.visit = try_page,
			.user = j});
	gallery_destroy(gallery);
	canvas_destroy(c);
}

/* In both orientations, or in the size that was named. */
static bool try_version(struct studio *s, const struct options *o, struct err *e)
{
	static const struct size both[] = {{960, 540}, {540, 960}};
	struct size named;
	struct verdict j = {.e = e, .has_large_text = o->large_text};
	if (!option_read_size(o->size, &named, e))
		return false;
	struct moment now = now_of(s->source->content, o);
	for (int i = 0; i < (named.width ? 1 : 2); i++)
		try_size(&j, s, named.width ? &named : &both[i], &now);
	return j.refused == 0;
}

bool snapshot_trial(const struct options *o, struct err *e)
{
	struct studio s = {.options = o};
	struct clock clock;
	struct buf trust = {0};
	struct font_paths fonts = options_fonts(o);
	if (!options_clock(o, &clock, e))
		return false;
	if (!o->content && !(o->manifest && o->objects && o->trust))
		return err_set(e, ERR_USAGE, "--manifest, --objects and --trust, or --content, are needed");
	bool ok = sandbox_limit(e) && sandbox_enter_trial(e) && font_set_open(&s.fonts, &fonts, e);
	if (ok && o->content)
		ok = source_open_file(&s.source, o->content, o->media, s.fonts, e);
	else if (ok)
		ok = file_read(o->trust, TRUST_BYTES_MAX, &trust, e) &&
		     source_open_manifest(&s.source, o->manifest, o->objects, &trust, s.fonts, e);
	ok = ok && try_version(&s, o, e);
	buf_finish(&trust);
	finish(&s);
	return ok;
}
