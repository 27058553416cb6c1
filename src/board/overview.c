/* SPDX-License-Identifier: Apache-2.0
 *
 * overview: one hero indicator with last year's value to scale, and stat cells
 * (visual specification, board 1). */
#include <math.h>
#include <string.h>

#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "board/number.h"
#include "content/amount.h"
#include "content/indicator.h"
#include "content/notice.h"
#include "paint/fit.h"

#define CELLS_MAX 6
#define TREND_SIZE 36.0
#define TREND_GAP 22.0

struct cells {
	struct indicator *indicators;
	struct figure *figures;
	struct notice *notices;
	int indicator_count, figure_count, notice_count;
};

static struct cells load(struct board_view *v)
{
	struct cells s = {0};
	s.indicator_count = indicator_of_board(v->content, v->board->seq, v->arena, &s.indicators);
	s.figure_count = figure_of_board(v->content, v->board->seq, v->arena, &s.figures);
	s.notice_count = notice_of_board(v->content, v->board->seq, &v->now, v->arena, &s.notices);
	return s;
}

/* The board names its parts; the hero is the first indicator or, without one, the
 * first figure, which then is no cell. */
static int cell_count(const struct cells *s)
{
	return s->indicator_count ? s->figure_count : s->figure_count - 1;
}

/* Over a ticker a landscape page has room for two rows of cells. */
static int cells_a_page(const struct board_view *v)
{
	return frame_has_ticker(v) && !canvas_is_portrait(v->canvas) ? CELLS_MAX - 2 : CELLS_MAX;
}

static int count_pages(struct board_view *v)
{
	struct cells s = load(v);
	if (!s.indicator_count && !s.figure_count)
		return 0;
	int cells = cell_count(&s), per_page = cells_a_page(v);
	return cells > per_page ? (cells + per_page - 1) / per_page : 1;
}

static struct number hero_number(struct board_view *v, const struct cells *s)
{
	if (!s->indicator_count)
		return number_of_figure(v, &s->figures[0], 320, 128);
	const struct indicator *i = &s->indicators[0];
	char digits[32];
	if (!i->has_value && !i->has_growth) /* missing is not nothing */
		return (struct number){.digits = "—",
			.prefix = "",
			.unit = "",
			.size = 320,
			.unit_size = 128,
			.color = TOKEN_FG3};
	double value = i->has_value ? i->value : i->growth_pct;
	const char *unit = i->has_value ? i->unit : "%";
	amount_format(value, i->decimals, digits, sizeof digits);
	return (struct number){.digits = arena_text(v->arena, digits),
		.value = value,
		.decimals = i->decimals,
		.is_counted = true,
		.prefix = "",
		.unit = unit,
		.size = 320,
		.unit_size = strcmp(unit, "%") == 0 ? 128 : 88,
		.gap = 10,
		.color = TOKEN_FG};
}

/* Last year's share and what was won or lost since, on one bar. */
static void draw_bar(struct board_view *v, const struct indicator *i, double x, double y, double w)
{
	struct canvas *c = v->canvas;
	double before = i->value - i->change_pp;
	bool has_risen = i->change_pp >= 0;
	double low = w * (has_risen ? before : i->value) / 100,
	       high = w * (has_risen ? i->value : before) / 100;
	double grown = motion_grow(v->elapsed_ms, 0), then = motion_grow(v->elapsed_ms, 5);
	canvas_rect(c, x, y, w, 64, TOKEN_QUIET);
	canvas_rect(c, x, y, low * grown, 64, TOKEN_FG);
	if (has_risen)
		canvas_rect(c, x + low, y, (high - low) * then, 64, TOKEN_ACC);
	else if (then >= 1)
		canvas_outline(c, x + low + 2, y + 2, high - low - 4, 60, 0, 4, TOKEN_DOWN);

	double tick = x + w * before / 100;
	canvas_rect(c, tick - 1, y + 64, 2, 32, TOKEN_FG);
	char was[32], change[32];
	amount_format(before,
		i->decimals == INDICATOR_DECIMALS_UNSAID ? amount_decimals(before, 1) : i->decimals, was,
		sizeof was);
	amount_format(has_risen ? i->change_pp : -i->change_pp, AMOUNT_DECIMALS_AUTO, change, sizeof change);
	struct text_run last_year[] = {{"去年同期 ", 36, FONT_REGULAR, TOKEN_FG2, 0},
		{arena_printf(v->arena, "%s%s", was, i->unit), 36, FONT_BOLD, TOKEN_FG2, 0}};
	enum token color = has_risen ? TOKEN_UP : TOKEN_DOWN;
	struct text_run delta[] = {{arena_text(v->arena, change), 40, FONT_BOLD, color, 0},
		{"个百分点", 36, FONT_BOLD, color, 6}};
	double was_w = text_width(c, last_year, 2, 0), delta_w = 38 + text_width(c, delta, 2, 0);
	double was_x = tick - 16 - was_w, delta_x = tick + 16;
	if (was_x < x || delta_x + delta_w > x + w) {
		/* Both on the right, or both on the left: whatever the tick leaves room for. */
		double both = was_w + 32 + delta_w;
		double from = was_x < x ? tick + 16 : tick - 16 - both;
		was_x = fmax(x, fmin(from, x + w - both));
		delta_x = was_x + was_w + 32;
	}
	text_draw(c, was_x, y + 112, TEXT_LEFT, last_year, 2, 0);
	part_arrow(c, has_risen ? PART_UP : PART_DOWN, delta_x, y + 110, 28, color);
	text_draw(c, delta_x + 38, y + 112, TEXT_LEFT, delta, 2, 0);
	v->found.derived = v->found.derived ? v->found.derived : "去年同期比重由当期值与增幅推算";
}

static bool is_share(const struct indicator *i)
{
	double before = i->value - i->change_pp;
	return i->has_value && i->has_change && strcmp(i->unit, "%") == 0 && i->value >= 0 &&
	       i->value <= 100 && before >= 0 && before <= 100;
}

static void draw_hero(struct board_view *v, const struct cells *s, double x, double w)
{
	double down = canvas_is_portrait(v->canvas) ? 56 : 0; /* under the subtitle's line */
	static const double sizes[] = {320, 280, 240, 200};
	struct canvas *c = v->canvas;
	const char *label = s->indicator_count ? s->indicators[0].name : s->figures[0].label;
	struct number n = hero_number(v, s);
	struct fit_role role = {.size = 44,
		.floor = 36,
		.max_width = w,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	frame_note_origin(v, s->indicator_count ? &s->indicators[0].origin : &s->figures[0].origin);
	frame_enter(v, 0);
	fit_line(c, v->arena, x, 292 + down, TEXT_LEFT, label, &role, TOKEN_FG);
	number_fit(v, &n, w, sizes, 4);
	number_draw(v, x, 572 + down, TEXT_LEFT, &n);
	frame_enter(v, 2);
	if (s->indicator_count && is_share(&s->indicators[0]))
		draw_bar(v, &s->indicators[0], x, 640 + down, w);
	if (s->notice_count == 0 || (frame_has_ticker(v) && !canvas_is_portrait(v->canvas)))
		return;
	frame_enter(v, 4);
	struct fit_role honour = {.size = 36,
		.floor = 32,
		.line_height = 52,
		.max_width = w,
		.max_lines = 2,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	frame_note_origin(v, &s->notices[0].origin);
	canvas_rect(c, x, 824 + down, w, 2, TOKEN_HAIR);
	fit_line(c, v->arena, x, 880 + down, TEXT_LEFT, s->notices[0].text, &honour, TOKEN_FG2);
}

/* Behind the number; above its end where that leaves no room. */
static void draw_trend(struct canvas *c, enum figure_trend trend, double end, double right, double baseline)
{
	double x = end + TREND_GAP;
	if (x + TREND_SIZE > right) {
		x = right - TREND_SIZE;
		baseline -= TREND_SIZE + TREND_GAP;
	}
	if (trend == FIGURE_FLAT)
		part_arrow(c, PART_FLAT, x, baseline - 14, TREND_SIZE, TOKEN_MID);
	else
		part_arrow(c, trend == FIGURE_UP ? PART_UP : PART_DOWN, x, baseline, TREND_SIZE,
			trend == FIGURE_UP ? TOKEN_UP : TOKEN_DOWN);
}

static void draw_cell(
	struct board_view *v, const struct figure *f, double x, double y, double w, double pitch)
{
	static const double sizes[] = {112, 96, 88, 72};
	static const double large_sizes[] = {160, 128, 112, 96, 88, 72};
	struct canvas *c = v->canvas;
	bool is_large = pitch > 300;
	double shift = is_large ? 48 : 0;
	struct number n = number_of_figure(v, f, is_large ? 160 : 112, is_large ? 60 : 44);
	double arrow = f->trend != FIGURE_NO_TREND ? 62 : 0;
	const char *label =
		f->qualifier == FIGURE_RANK ? arena_printf(v->arena, "%s\n全市排名", f->label) : f->label;
	struct fit_role role = {.size = 36,
		.floor = 32,
		.line_height = 46,
		.max_width = w,
		.max_lines = 2,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED,
		.is_balanced = true};
	canvas_rect(c, x, y, w, 2, TOKEN_FG);
	number_fit(v, &n, w - arrow, is_large ? large_sizes : sizes, is_large ? 6 : 4);
	double end = x + number_draw(v, x, y + 116 + shift, TEXT_LEFT, &n);
	if (arrow > 0)
		draw_trend(c, f->trend, end, x + w, y + 114 + shift);
	fit_line(c, v->arena, x, y + 166 + shift, TEXT_LEFT, label, &role, TOKEN_FG2);
	frame_note_origin(v, &f->origin);
}

static void paint(struct board_view *v)
{
	struct cells s = load(v);
	bool is_portrait = canvas_is_portrait(v->canvas);
	const struct figure *cells = s.indicator_count ? s.figures : s.figures + 1;
	int per_page = cells_a_page(v);
	int first = v->page * per_page;
	int count = cell_count(&s) - first;
	count = count > per_page ? per_page : count;
	bool is_sparse = cell_count(&s) < 3;

	draw_hero(v, &s, frame_left(v), is_portrait ? 952 : 832);
	double x0 = is_portrait ? 64 : 976, dx = is_portrait ? 492 : 432, w = is_portrait ? 460 : 400;
	double y0 = is_portrait ? 1024 : FRAME_BODY_TOP, pitch = is_sparse             ? 360
								 : !is_portrait        ? 240
								 : frame_has_ticker(v) ? 232
										       : 248;
	for (int i = 0; i < count; i++) {
		frame_enter(v, 1 + i);
		double x = is_sparse ? x0 : x0 + dx * (i % 2),
		       y = is_sparse ? y0 + i * pitch : y0 + pitch * (i / 2);
		draw_cell(v, &cells[first + i], x, y, is_sparse ? 2 * dx - (dx - w) : w, pitch);
	}
	frame_entered(v);
	frame_draw_header(v, &(struct frame_title){.title = "区情速览", .section = "区情"});
}

const struct board_kind board_overview = {.name = "overview", .pages = count_pages, .paint = paint};
