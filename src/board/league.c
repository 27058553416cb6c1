/* SPDX-License-Identifier: Apache-2.0
 *
 * league: one indicator, all regions, bars on one scale (visual specification,
 * board 3). The district's own row is inverted and never missing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "content/amount.h"
#include "content/indicator.h"
#include "paint/fit.h"

/* One column of rows: where its cells lie. */
struct column {
	double x, right; /* of the rows */
	double name_x, name_width, name_size;
	double bar_x, bar_width;
	double value_right, arrow_x;
	double head_base, rule_y, row_top, pitch;
	int rows;
};

struct table {
	struct indicator *indicator;
	struct standing *rows;
	int count, first, shown; /* of the page */
	int own; /* index of the district itself, -1: not among them */
	double max, min;
	int decimals;
	bool is_sound; /* ranks and values agree */
};

static int columns_of(const struct board_view *v, int count)
{
	return canvas_is_portrait(v->canvas) || count <= 7 ? 1 : 2;
}

static int rows_a_column(const struct board_view *v)
{
	if (canvas_is_portrait(v->canvas))
		return frame_has_ticker(v) ? 13 : 14;
	return frame_has_ticker(v) ? 6 : 7;
}

static int rows_a_page(const struct board_view *v, int count)
{
	return rows_a_column(v) * columns_of(v, count);
}

static struct column plan(const struct board_view *v, int count, int index)
{
	struct column k = {.rows = rows_a_column(v)};
	if (canvas_is_portrait(v->canvas)) {
		k = (struct column){64, 1016, 160, 176, 44, 350, 420, 900, 952, 340, 354, 356, 100, k.rows};
	} else if (columns_of(v, count) == 1) {
		k = (struct column){112, 1808, 208, 200, 44, 432, 900, 1560, 1744, 274, 288, 290, 94, k.rows};
	} else {
		double x = index ? 976 : 112;
		k = (struct column){x, x + 832, x + 96, 136, 40, x + 264, 300, x + 704, x + 768, 274, 288,
			290, 94, k.rows};
	}
	return k;
}

static int load_all(struct board_view *v, struct indicator **list)
{
	int count = indicator_of_board(v->content, v->board->seq, v->arena, list);
	int kept = 0;
	for (int i = 0; i < count; i++) {
		struct standing *rows;
		if (indicator_standings(v->content, &(*list)[i], v->arena, &rows) > 0)
			(*list)[kept++] = (*list)[i];
	}
	return kept;
}

static int pages_of(struct board_view *v, const struct indicator *i)
{
	struct standing *rows;
	int count = indicator_standings(v->content, i, v->arena, &rows);
	int per_page = rows_a_page(v, count);
	return (count + per_page - 1) / per_page;
}

static int count_pages(struct board_view *v)
{
	struct indicator *list;
	int pages = 0;
	int count = load_all(v, &list);
	for (int i = 0; i < count; i++)
		pages += pages_of(v, &list[i]);
	return pages;
}

static void measure(struct board_view *v, struct table *t)
{
	t->own = -1;
	for (int i = 0; i < t->count; i++) {
		const struct standing *s = &t->rows[i];
		if (strcmp(s->region, content_site_name(v->content)) == 0)
			t->own = i;
		if (!s->has_value)
			continue;
		t->max = fmax(t->max, s->value);
		t->min = fmin(t->min, s->value);
		int needed = amount_decimals(s->value, 2);
		t->decimals = needed > t->decimals ? needed : t->decimals;
	}
	if (t->indicator->decimals != INDICATOR_DECIMALS_UNSAID)
		t->decimals = t->indicator->decimals;
	t->is_sound =
		standing_is_consistent(t->rows, t->count, t->indicator->is_high_better, t->indicator->of);
}

/* The page's indicator and its part of the rows. */
static struct table load_page(struct board_view *v)
{
	struct indicator *list;
	struct table t = {0};
	int page = v->page, at = 0;
	int count = load_all(v, &list);
	while (at + 1 < count && page >= pages_of(v, &list[at]))
		page -= pages_of(v, &list[at++]);
	t.indicator = &list[at];
	t.count = indicator_standings(v->content, t.indicator, v->arena, &t.rows);
	int per_page = rows_a_page(v, t.count);
	t.first = page * per_page;
	t.shown = t.count - t.first < per_page ? t.count - t.first : per_page;
	measure(v, &t);
	return t;
}

static const char *value_of(struct board_view *v, const struct table *t, const struct standing *s)
{
	char value[32] = "—";
	if (s->has_value)
		amount_format(s->value, t->decimals, value, sizeof value);
	return arena_text(v->arena, value);
}

/* Bars end where the widest value begins. */
static void make_room(struct board_view *v, const struct table *t, struct column *k)
{
	double widest = 0;
	for (int i = 0; i < t->shown; i++) {
		struct text_run run = {value_of(v, t, &t->rows[t->first + i]), 44, FONT_BOLD, TOKEN_FG, 0};
		widest = fmax(widest, text_width(v->canvas, &run, 1, 0));
	}
	double room = k->value_right - widest - 24 - k->bar_x;
	k->bar_width = fmax(0, fmin(k->bar_width, room));
}

static void draw_head(struct board_view *v, const struct column *k, const struct table *t)
{
	const char *value = t->indicator->is_growth_ranked ? "增速" : "数值";
	const char *text =
		*t->indicator->unit ? arena_printf(v->arena, "%s %s", value, t->indicator->unit) : value;
	struct canvas *c = v->canvas;
	text_line(c, k->x + 64, k->head_base, TEXT_RIGHT, "位次", 28, FONT_REGULAR, TOKEN_FG2, 0);
	text_line(c, k->name_x, k->head_base, TEXT_LEFT, "县市区", 28, FONT_REGULAR, TOKEN_FG2, 0);
	text_line(c, k->value_right, k->head_base, TEXT_RIGHT, text, 28, FONT_REGULAR, TOKEN_FG2, 0);
	text_line(c, k->right, k->head_base, TEXT_RIGHT, "升降", 28, FONT_REGULAR, TOKEN_FG2, 0);
	canvas_rect(c, k->x, k->rule_y, k->right - k->x, 2, TOKEN_FG);
}

static void draw_bar(struct board_view *v, const struct column *k, const struct table *t,
	const struct standing *s, double cy, bool is_own, int index)
{
	double scale = t->max - t->min > 0 ? k->bar_width / (t->max - t->min) : 0;
	double zero = k->bar_x - t->min * scale;
	double length = fabs(s->value) * scale * motion_grow(v->elapsed_ms, index);
	enum token color = is_own ? TOKEN_ACCINV : TOKEN_MID;
	if (s->has_value && s->value != 0 && length < 3)
		length = 3; /* not nothing */
	if (s->has_value && s->value > 0)
		canvas_rect(v->canvas, zero, cy - 18, length, 36, color);
	else if (s->has_value && s->value < 0)
		canvas_outline(v->canvas, zero - length, cy - 18, length, 36, 0, 4, color);
	canvas_rect(v->canvas, zero - 1, cy - 33, 2, 66, is_own ? TOKEN_ONINV2 : TOKEN_FG3);
}

static void draw_change(
	struct board_view *v, const struct column *k, const struct standing *s, double cy, bool is_own)
{
	int change = standing_change(s->rank, s->previous_rank);
	if (!s->rank || !s->previous_rank)
		return;
	if (change == 0) {
		part_arrow(v->canvas, PART_FLAT, k->arrow_x + 26, cy, 24, TOKEN_MID);
		return;
	}
	enum token up = is_own ? TOKEN_UPINV : TOKEN_UP, down = is_own ? TOKEN_DOWNINV : TOKEN_DOWN;
	enum token color = change > 0 ? up : down;
	double w = text_line(v->canvas, k->right, cy + 14, TEXT_RIGHT,
		arena_printf(v->arena, "%d", abs(change)), 36, FONT_BOLD, color, 0);
	double x = fmin(k->arrow_x, k->right - w - 26 - 6);
	part_arrow(v->canvas, change > 0 ? PART_UP : PART_DOWN, x, cy + 11, 26, color);
}

/* Three digits have the room of two. */
static double rank_size(const struct canvas *c, int rank)
{
	if (rank < 100)
		return 48;
	return canvas_has_large_text(c) ? 32 : 36;
}

static void draw_row(
	struct board_view *v, const struct column *k, const struct table *t, int row, double y, int index)
{
	const struct standing *s = &t->rows[row];
	bool is_own = row == t->own;
	double cy = y + k->pitch / 2;
	enum token ink = is_own ? TOKEN_ONINV : TOKEN_FG;
	struct canvas *c = v->canvas;
	frame_enter(v, index);
	if (is_own)
		canvas_rect(c, k->x - 16, y - 2, k->right - k->x + 32, k->pitch + 2, TOKEN_INV);
	else
		canvas_rect(c, k->x, y + k->pitch - 1, k->right - k->x, 2, TOKEN_HAIR);
	const char *rank = s->rank ? arena_printf(v->arena, "%d", s->rank) : "—";
	text_line(c, k->x + 64, cy + 18, TEXT_RIGHT, rank, rank_size(c, s->rank), FONT_BOLD, ink, 0);
	struct fit_role role = {.size = k->name_size,
		.floor = 32,
		.max_width = k->name_width,
		.max_lines = 1,
		.weight = is_own ? FONT_BOLD : FONT_REGULAR};
	fit_line(c, v->arena, k->name_x, cy + 15, TEXT_LEFT, s->region, &role, ink);
	if (t->is_sound)
		draw_bar(v, k, t, s, cy, is_own, index);
	text_line(c, k->value_right, cy + 17, TEXT_RIGHT, value_of(v, t, s), 44,
		is_own ? FONT_BOLD : FONT_REGULAR, s->has_value ? ink : TOKEN_FG3, 0);
	draw_change(v, k, s, cy, is_own);
}

static void paint(struct board_view *v)
{
	struct table t = load_page(v);
	int columns = columns_of(v, t.count);
	bool own_is_on_page = t.own >= t.first && t.own < t.first + t.shown;
	struct origin origin = t.indicator->origin;
	frame_note_origin(v, &origin);
	for (int i = 0; i < columns; i++) {
		struct column k = plan(v, t.count, i);
		make_room(v, &t, &k);
		draw_head(v, &k, &t);
		for (int n = 0; n < k.rows && i * k.rows + n < t.shown; n++) {
			int index = i * k.rows + n;
			int row = t.first + index;
			if (index == t.shown - 1 && t.own >= 0 && !own_is_on_page)
				row = t.own;
			draw_row(v, &k, &t, row, k.row_top + n * k.pitch, row == t.own ? t.shown : index);
		}
	}
	frame_entered(v);
	v->found.note = !t.is_sound ? "数据核对中" : "升降为较上期位次变化";
	frame_draw_header(v, &(struct frame_title){
				     .title = t.indicator->name,
				     .subtitle = arena_printf(v->arena, "全市%d个县市区",
					     t.indicator->of ? t.indicator->of : t.count),
				     .section = "区情",
			     });
}

const struct board_kind board_league = {
	.name = "league", .pages = count_pages, .paint = paint, .dwell_s = 12};
