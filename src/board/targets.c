/* SPDX-License-Identifier: Apache-2.0
 *
 * targets: tracks as runners' lanes and parks as plots, those without a published
 * name left blank, beside what is to be reached (visual specification, board 8). */
#include "board/targets.h"

#include <string.h>

#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "board/number.h"
#include "paint/fit.h"

#define GAP 16.0
#define LANE_HEIGHT 8.0 /* without a name */
#define LANE_PITCH 20.0
#define PLOT_HEIGHT 72.0
#define PLOTS_HEIGHT (2 * PLOT_HEIGHT + GAP)
#define PLOTS_MOST 8 /* in two rows; more are small */

/* Where lanes and parks lie. */
struct field_plan {
	double x, w;
	double head_size, lanes_base, lanes_top, lanes_end, parks_base, parks_top;
};

/* How lanes with a name are drawn, the most generous first. */
static const struct lane_way {
	int columns;
	double pitch, height, size;
} lane_ways[] = {{1, 56, 48, 36}, {1, 38, 32, 28}, {2, 38, 32, 28}, {2, 33, 28, 28}};
#define LANE_WAYS (int)(sizeof lane_ways / sizeof lane_ways[0])

static int count_pages(struct board_view *v)
{
	struct target *list;
	return target_of_board(v->content, v->board->seq, v->arena, &list);
}

static double lanes_height(const struct lane_way *w, const struct target_names *n)
{
	int rows = (n->named + w->columns - 1) / w->columns;
	int bare = (n->count - n->named + w->columns - 1) / w->columns;
	return rows * w->pitch + (bare ? 4 + bare * LANE_PITCH : w->height - w->pitch);
}

static const struct lane_way *choose(const struct target_names *n, double room)
{
	int i = 0;
	while (i + 1 < LANE_WAYS && lanes_height(&lane_ways[i], n) > room)
		i++;
	return &lane_ways[i];
}

/* Crowded lanes, or a ticker: everything is set a size smaller. */
static struct field_plan plan(const struct board_view *v, const struct target *t)
{
	double top = frame_body_top(v);
	bool is_portrait = canvas_is_portrait(v->canvas);
	struct field_plan f = {frame_left(v), is_portrait ? 952 : 832, 112, top + 88, top + 116, top + 420,
		top + 520, top + 548};
	bool is_low = frame_has_ticker(v) && !is_portrait;
	bool is_crowded = choose(&t->tracks, f.lanes_end - f.lanes_top) != &lane_ways[0];
	if (is_low)
		f = (struct field_plan){f.x, f.w, 96, top + 72, top + 96, top + 360, top + 444, top + 468};
	else if (is_crowded)
		f = (struct field_plan){f.x, f.w, 96, top + 72, top + 96, top + 432, top + 520, top + 548};
	if (t->tracks.count == 0) {
		f.parks_top -= f.parks_base - f.lanes_base;
		f.parks_base = f.lanes_base;
	}
	return f;
}

static void draw_head(
	struct board_view *v, const struct field_plan *f, int count, double base, const char *what)
{
	struct number n = {.digits = arena_printf(v->arena, "%d", count),
		.value = count,
		.is_counted = true,
		.prefix = "",
		.unit = "",
		.size = f->head_size,
		.unit_size = 48,
		.color = TOKEN_FG};
	double taken = number_draw(v, f->x, base, TEXT_LEFT, &n) + 12;
	struct fit_role role = {.size = 48,
		.floor = 36,
		.max_width = f->w - taken,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	fit_line(v->canvas, v->arena, f->x + taken, base, TEXT_LEFT, what, &role, TOKEN_FG);
}

static bool speaks_of(const char *text, const char *name)
{
	return name && strstr(text, name) != NULL;
}

/* The track that the target is about; NULL: none of them. */
static const char *subject_of(const struct target *t)
{
	for (int i = 0; i < t->tracks.named; i++) {
		if (speaks_of(t->name, t->tracks.names[i]))
			return t->tracks.names[i];
	}
	return NULL;
}

static void draw_lanes(struct board_view *v, const struct field_plan *f, const struct target *t)
{
	const struct target_names *n = &t->tracks;
	const struct lane_way *way = choose(n, f->lanes_end - f->lanes_top);
	const char *subject = subject_of(t);
	double w = (f->w - (way->columns - 1) * GAP) / way->columns;
	struct fit_role role = {.size = way->size,
		.floor = 28,
		.max_width = w - 36,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	for (int i = 0; i < n->named; i++) {
		double x = f->x + (i % way->columns) * (w + GAP);
		double y = f->lanes_top + (i / way->columns) * way->pitch;
		bool is_subject = n->names[i] == subject;
		double base = y + way->height / 2 + (way->size > 28 ? 14 : 10);
		canvas_rect(v->canvas, x, y, w * motion_run(v->elapsed_ms, i), way->height,
			is_subject ? TOKEN_ACC : TOKEN_FG);
		fit_line(v->canvas, v->arena, x + 18, base, TEXT_LEFT, n->names[i], &role,
			is_subject ? TOKEN_ONACC : TOKEN_BG);
	}
	double top = f->lanes_top + (n->named + way->columns - 1) / way->columns * way->pitch + 4;
	for (int i = n->named; i < n->count; i++) {
		int at = i - n->named;
		canvas_rect(v->canvas, f->x + (at % way->columns) * (w + GAP),
			top + (at / way->columns) * LANE_PITCH, w * motion_run(v->elapsed_ms, i), LANE_HEIGHT,
			TOKEN_MID);
	}
}

/* A name of one line, or of two smaller ones where the plot is high enough. */
static void draw_plot(struct board_view *v, const struct targets_box *b, const char *name, bool is_subject)
{
	bool is_low = b->h < 60;
	struct fit_role role = {.size = is_low       ? 28
					: b->w > 300 ? 40
						     : 32,
		.floor = is_low ? 28 : 32,
		.line_height = 32,
		.max_width = b->w - (b->w > 300 ? 36 : 24),
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	struct fit f = fit_text(v->canvas, v->arena, name, NULL, &role);
	if (f.is_cut && !is_low) {
		role.size = role.floor = b->w > 300 ? 28 : 30;
		role.max_lines = 2;
		role.is_balanced = true;
		f = fit_text(v->canvas, v->arena, name, NULL, &role);
	}
	double base = b->y + b->h / 2 + 0.36 * f.size - (f.count - 1) * role.line_height / 2;
	canvas_rect(v->canvas, b->x, b->y, b->w, b->h, is_subject ? TOKEN_ACC : TOKEN_FG);
	fit_draw(v->canvas, b->x + (b->w > 300 ? 18 : 12), base, TEXT_LEFT, &f, &role,
		is_subject ? TOKEN_ONACC : TOKEN_BG);
}

/* Without a name: an outline. */
static void draw_blank(struct board_view *v, const struct targets_box *b)
{
	canvas_outline(v->canvas, b->x + 2, b->y + 2, b->w - 4, b->h - 4, 0, 4, TOKEN_MID);
}

/* Up to two with a name share a row, and the others stand under them. */
static struct targets_box wide_plot(const struct field_plan *f, const struct target_names *n, int i)
{
	double half = (f->w - GAP) / 2;
	if (i < n->named)
		return (struct targets_box){f->x + i * (half + GAP), f->parks_top, half, PLOT_HEIGHT};
	int blanks = n->count - n->named, at = i - n->named;
	double w = (f->w - (blanks - 1) * GAP) / blanks;
	double y = n->named ? f->parks_top + PLOT_HEIGHT + GAP : f->parks_top;
	return (struct targets_box){f->x + at * (w + GAP), y, w, 66};
}

/* Four a row. */
static struct targets_box small_plot(const struct field_plan *f, const struct target_names *n, int i)
{
	double w = (f->w - 3 * GAP) / 4;
	int rows = n->count > PLOTS_MOST ? (n->count + 3) / 4 : 2;
	double gap = rows > 2 ? 8 : GAP, height = rows > 2 ? PLOTS_HEIGHT - 8 : PLOTS_HEIGHT;
	double h = (height - (rows - 1) * gap) / rows;
	return (struct targets_box){f->x + (i % 4) * (w + GAP), f->parks_top + (i / 4) * (h + gap), w, h};
}

static void draw_parks(struct board_view *v, const struct field_plan *f, const struct target *t)
{
	const struct target_names *n = &t->parks;
	const char *subject = subject_of(t);
	bool is_wide = n->named <= 2 && n->count - n->named <= PLOTS_MOST;
	for (int i = 0; i < n->count; i++) {
		struct targets_box b = is_wide ? wide_plot(f, n, i) : small_plot(f, n, i);
		if (i < n->named)
			draw_plot(v, &b, n->names[i], subject && speaks_of(n->names[i], subject));
		else
			draw_blank(v, &b);
	}
}

static const char *note_of(const struct target *t)
{
	bool has_bare_lanes = t->tracks.named < t->tracks.count, has_blanks = t->parks.named < t->parks.count;
	return has_bare_lanes && has_blanks ? "空白线、框为公布中未列名的赛道、园区"
	       : has_bare_lanes             ? "空白线为公布中未列名的赛道"
	       : has_blanks                 ? "空白框为公布中未列名的园区"
					    : NULL;
}

static void draw_field(struct board_view *v, const struct target *t, const struct field_plan *f)
{
	frame_enter(v, 0);
	if (t->tracks.count) {
		draw_head(v, f, t->tracks.count, f->lanes_base,
			arena_printf(v->arena, "条%s", t->tracks_name ? t->tracks_name : "赛道"));
		draw_lanes(v, f, t);
	}
	frame_enter(v, 3);
	if (t->parks.count) {
		draw_head(v, f, t->parks.count, f->parks_base,
			arena_printf(v->arena, "个%s", t->parks_name ? t->parks_name : "园区"));
		draw_parks(v, f, t);
	}
}

static void paint(struct board_view *v)
{
	struct target *list;
	(void)target_of_board(v->content, v->board->seq, v->arena, &list);
	const struct target *t = &list[v->page];
	double bottom = frame_footer_rule(v) - 32;
	struct targets_box panel = {1040, FRAME_BODY_TOP, 768, bottom - FRAME_BODY_TOP};
	frame_note_origin(v, &t->origin);
	v->found.note = note_of(t);
	if (canvas_is_portrait(v->canvas)) {
		double y = frame_body_top(v) + 736;
		panel = (struct targets_box){64, y, 952, bottom - y < 704 ? bottom - y : 704};
	}
	struct field_plan f = plan(v, t);
	draw_field(v, t, &f);
	targets_draw_panel(v, t, &panel);
	v->found.note_x = f.x;
	v->found.note_base = panel.y + panel.h + 27;
	v->found.note_width = f.w;
	frame_entered(v);
	frame_draw_header(v, &(struct frame_title){.title = "新产业新赛道", .section = "产业"});
}

const struct board_kind board_targets = {.name = "targets", .pages = count_pages, .paint = paint};
