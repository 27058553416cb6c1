/* SPDX-License-Identifier: Apache-2.0
 *
 * projects: how many there are, as many squares, and what was done for them
 * (visual specification, board 4). The board names: the total, those done, those
 * under way, then up to four more figures. */
#include <math.h>

#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "board/number.h"
#include "content/amount.h"
#include "content/indicator.h"
#include "paint/fit.h"

#define PARTS 3 /* total, done, under way */
#define STATS_MAX 4
#define LABEL_LEAST 150.0 /* four characters of a legend */
#define CELL_SHARE 0.76 /* of the pitch; the rest is the gap */
#define PITCH_MAX 30.5
#define PITCH_MIN 12 /* below, one cell stands for ten */

struct box {
	double x, y, w, h;
	int rows; /* 0: as many as fill the box best */
};

static int count_pages(struct board_view *v)
{
	struct figure *f;
	return figure_of_board(v->content, v->board->seq, v->arena, &f) > 0 ? 1 : 0;
}

struct grid {
	int rows, columns, cells_done, cells;
	double pitch;
	bool is_tens;
};

static struct grid try_rows(const struct box *b, int rows, int cells)
{
	struct grid g = {.rows = rows, .columns = (cells + rows - 1) / rows, .cells = cells};
	g.pitch = fmin(b->w / (g.columns - 1 + CELL_SHARE), b->h / (rows - 1 + CELL_SHARE));
	return g;
}

static struct grid plan(const struct box *b, int done, int all)
{
	struct grid best = {0};
	int per_cell = 1;
	for (; per_cell <= 100; per_cell *= 10) {
		int cells = (all + per_cell - 1) / per_cell;
		if (b->rows) {
			best = try_rows(b, b->rows, cells);
			best.pitch = fmin(best.pitch, PITCH_MAX);
		} else {
			best = (struct grid){0};
			for (int rows = 1; rows <= 60; rows++) {
				struct grid g = try_rows(b, rows, cells);
				best = g.pitch > best.pitch ? g : best;
			}
		}
		if (best.pitch >= PITCH_MIN)
			break;
	}
	best.is_tens = per_cell > 1;
	best.cells_done = (int)lround(done / (double)(per_cell > 100 ? 100 : per_cell));
	return best;
}

/* Column by column, so that the border between the two reads like a bar's. */
static void draw_chart(struct board_view *v, const struct box *b, const struct grid *g)
{
	double cell = round(CELL_SHARE * g->pitch);
	int shown = (int)lround(g->cells * motion_fill(v->elapsed_ms));
	for (int i = 0; i < shown; i++) {
		double x = b->x + (i / g->rows) * g->pitch, y = b->y + (i % g->rows) * g->pitch;
		if (i < g->cells_done)
			canvas_rect(v->canvas, x, y, cell, cell, TOKEN_FG);
		else
			canvas_outline(v->canvas, x + 2, y + 2, cell - 4, cell - 4, 0, 4, TOKEN_ACC);
	}
}

static void draw_no_projects(struct board_view *v, const struct box *b)
{
	canvas_outline(v->canvas, b->x + 2, b->y + 2, b->w - 4, b->h - 4, 0, 4, TOKEN_MID);
	text_line(v->canvas, b->x + b->w / 2, b->y + b->h / 2 + 16, TEXT_CENTER, "暂无项目", 44, FONT_REGULAR,
		TOKEN_FG2, 0);
}

static const char *share(struct board_view *v, double part, double total)
{
	return arena_printf(v->arena, "占 %.1f%%", part * 100 / total);
}

/* The two legends stand over the ends of the chart that they name. */
static void draw_legends(
	struct board_view *v, const struct figure *f, double left, double right, double base, bool has_share)
{
	struct fit_role role = {.size = 36,
		.floor = 32,
		.line_height = 44,
		.max_width = 288,
		.max_lines = 2,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED,
		.is_balanced = true};
	struct canvas *c = v->canvas;
	static const double sizes[] = {160, 112, 96, 88};
	bool is_long = f[1].value >= 1000 || f[2].value >= 1000;
	struct number done = number_of_figure(v, &f[1], is_long ? 112 : 160, 160);
	struct number doing = number_of_figure(v, &f[2], is_long ? 112 : 160, 160);
	done.unit = doing.unit = "";
	doing.color = TOKEN_ACC;
	double number_room = (right - left) / 2 - LABEL_LEAST - 46;
	number_fit(v, &done, number_room, is_long ? sizes + 1 : sizes, is_long ? 3 : 4);
	number_fit(v, &doing, number_room, is_long ? sizes + 1 : sizes, is_long ? 3 : 4);
	role.max_width = fmin(role.max_width,
		(right - left - number_width(v, &done) - number_width(v, &doing) - 2 * 46) / 2);
	double x = left + number_draw(v, left, base, TEXT_LEFT, &done) + 26;
	fit_line(c, v->arena, x, base - 86, TEXT_LEFT, f[1].label, &role, TOKEN_FG);
	struct fit label = fit_text(c, v->arena, f[2].label, NULL, &role);
	double label_width = 0;
	for (int i = 0; i < label.count; i++) {
		struct text_run run = {label.lines[i], label.size, FONT_BOLD, TOKEN_ACC, 0};
		label_width = fmax(label_width, text_width(c, &run, 1, TEXT_SPACED));
	}
	if (has_share) {
		struct text_run run = {share(v, f[2].value, f[0].value), 32, FONT_REGULAR, TOKEN_FG2, 0};
		label_width = fmax(label_width, text_width(c, &run, 1, 0));
	}
	double label_x = right - label_width;
	fit_draw(c, label_x, base - 86, TEXT_LEFT, &label, &role, TOKEN_ACC);
	number_draw(v, label_x - 20, base, TEXT_RIGHT, &doing);
	if (!has_share)
		return;
	text_line(c, x, base, TEXT_LEFT, share(v, f[1].value, f[0].value), 32, FONT_REGULAR, TOKEN_FG2, 0);
	text_line(c, label_x, base, TEXT_LEFT, share(v, f[2].value, f[0].value), 32, FONT_REGULAR, TOKEN_FG2,
		0);
}

static void draw_stat(struct board_view *v, const struct figure *f, double x, double y, double w)
{
	static const double sizes[] = {112, 96, 88, 72};
	struct number n = number_of_figure(v, f, 112, 44);
	struct fit_role role = {.size = 36,
		.floor = 32,
		.line_height = 46,
		.max_width = w,
		.max_lines = 2,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED,
		.is_balanced = true};
	canvas_rect(v->canvas, x, y, w, 2, TOKEN_FG);
	number_fit(v, &n, w, sizes, 4);
	number_draw(v, x, y + 124, TEXT_LEFT, &n);
	fit_line(v->canvas, v->arena, x, y + 180, TEXT_LEFT, f->label, &role, TOKEN_FG2);
	frame_note_origin(v, &f->origin);
}

static void draw_parts(
	struct board_view *v, const struct figure *f, const struct box *chart, double legend_base)
{
	double right = frame_right(v);
	bool is_sound = f[1].value + f[2].value == f[0].value && f[0].value >= 0;
	frame_enter(v, 1);
	draw_legends(v, f, chart->x, right, legend_base, is_sound && f[0].value > 0);
	if (f[0].value == 0)
		draw_no_projects(v, chart);
	if (!is_sound || f[0].value == 0) {
		v->found.note = is_sound ? NULL : "数据核对中";
		return;
	}
	struct grid g = plan(chart, (int)f[1].value, (int)f[0].value);
	frame_enter(v, 0);
	draw_chart(v, chart, &g);
	v->found.note =
		g.is_tens ? "一格为十个以上项目；占比按公布数推算" : "一格为一个项目；占比按公布数推算";
}

static void paint(struct board_view *v)
{
	static const double sizes[] = {320, 280, 240, 200};
	struct figure *f;
	int count = figure_of_board(v->content, v->board->seq, v->arena, &f);
	bool is_portrait = canvas_is_portrait(v->canvas);
	double x = frame_left(v), hero_width = is_portrait ? 952 : 688;
	struct number hero = number_of_figure(v, &f[0], 320, 72);
	hero.gap = 12;
	frame_enter(v, 0);
	number_fit(v, &hero, hero_width, sizes, 4);
	number_draw(v, x, is_portrait ? 556 : 540, TEXT_LEFT, &hero);
	struct fit_role label = {.size = 44,
		.floor = 36,
		.max_width = hero_width,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	fit_line(v->canvas, v->arena, x, is_portrait ? 628 : 612, TEXT_LEFT, f[0].label, &label, TOKEN_FG);
	for (int i = 0; i < count && i < PARTS; i++)
		frame_note_origin(v, &f[i].origin);

	struct box chart = {832, 408, 976, 207, 7};
	if (is_portrait)
		chart = (struct box){64, 840, 952, frame_has_ticker(v) ? 380 : 452, 0};
	if (count >= PARTS)
		draw_parts(v, f, &chart, is_portrait ? 800 : 368);
	double up = frame_has_ticker(v) ? 72 : 0;
	double y0 = (is_portrait ? 1328 : 704) - up, w = is_portrait ? 460 : 400,
	       pitch = is_portrait ? 492 : 432;
	int a_row = is_portrait ? 2 : 4;
	for (int i = 0; i + PARTS < count && i < STATS_MAX; i++) {
		frame_enter(v, 2 + i);
		draw_stat(v, &f[PARTS + i], x + pitch * (i % a_row), y0 + 240 * (i / a_row), w);
	}
	frame_entered(v);
	frame_draw_header(v, &(struct frame_title){.title = "项目总览", .section = "项目"});
}

const struct board_kind board_projects = {.name = "projects", .pages = count_pages, .paint = paint};
