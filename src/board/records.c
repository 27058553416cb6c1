/* SPDX-License-Identifier: Apache-2.0
 *
 * records: how fast things went, as bars on one ruler of time. They all run at the
 * same speed while they come in, so that the shortest arrives first (visual
 * specification, board 7). */
#include <math.h>
#include <string.h>

#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "board/number.h"
#include "board/paging.h"
#include "board/ruler.h"
#include "content/amount.h"
#include "content/record.h"
#include "paint/fit.h"

#define BAR_HEIGHT 48.0
#define BAR_LEAST 3.0 /* what is not nothing is seen */

/* A page's rows; the offsets are from a row's top, bases and the bar's top. */
struct rows {
	double top, pitch, height;
	double number, who, what, bar;
	double number_size, number_width, x, w; /* x, w: of texts and bars */
};

struct race {
	struct record *list;
	int count, pages;
	struct paging_page page;
	struct ruler ruler;
	double shortest; /* days */
};

static int rows_a_page(const struct board_view *v)
{
	return canvas_is_portrait(v->canvas) && !frame_has_ticker(v) ? 4 : 3;
}

static struct race load(struct board_view *v)
{
	struct race r = {0};
	int per_page = rows_a_page(v);
	r.count = record_of_board(v->content, v->board->seq, v->arena, &r.list);
	if (r.count == 0)
		return r;
	r.pages = paging_pages(r.count, per_page);
	r.page = paging_page(r.count, per_page, v->page);
	r.shortest = record_days(&r.list[0]);
	r.ruler = ruler_of(record_days(&r.list[r.count - 1]));
	return r;
}

static int count_pages(struct board_view *v)
{
	struct race r = load(v);
	return r.pages;
}

static struct rows plan_landscape(const struct board_view *v, int count)
{
	struct rows k = {248, 216, 170, 170, 40, 94, 122, 200, 544, 688, 1120};
	if (frame_has_ticker(v))
		k.pitch = 192;
	if (count == 1) {
		k.top = frame_has_ticker(v) ? 424 : 470;
		k.number_size = 320;
	} else if (count == 2 && !frame_has_ticker(v)) {
		k.top = 290;
		k.pitch = 300;
	}
	return k;
}

/* The number above its text; the last row leaves room for the ruler and the note. */
static struct rows plan_portrait(const struct board_view *v, int count)
{
	struct rows k = {0, 376, 320, 150, 204, 254, 272, 200, 952, 64, 952};
	int rows = rows_a_page(v);
	if (count <= 3 || rows == 3) {
		k = (struct rows){0, 480, 378, 150, 230, 290, 330, 200, 952, 64, 952};
		rows = 3;
	}
	double last = frame_footer_rule(v) - 32 - 90 - 16 - k.height;
	k.top = fmax(264, frame_body_top(v));
	k.pitch = fmin(k.pitch, (last - k.top) / (rows - 1));
	return k;
}

static double tick_x(const struct rows *k, const struct ruler *r, int at)
{
	return k->x + k->w * at / r->max;
}

static void draw_bar(struct board_view *v, const struct rows *k, const struct race *r, double days, double y)
{
	double length = k->w * days / ruler_days(&r->ruler);
	if (days > 0)
		length = fmax(BAR_LEAST, length);
	for (int at = 0; at <= r->ruler.max; at += r->ruler.step) {
		double x = tick_x(k, &r->ruler, at) - (at == 0 ? 0 : at == r->ruler.max ? 2 : 1);
		canvas_rect(v->canvas, x, y, 2, BAR_HEIGHT, TOKEN_HAIR);
	}
	canvas_rect(v->canvas, k->x, y, fmin(length, k->w * motion_fill(v->elapsed_ms)), BAR_HEIGHT,
		days == r->shortest ? TOKEN_ACC : TOKEN_FG);
}

static void draw_row(
	struct board_view *v, const struct rows *k, const struct race *r, const struct record *x, double y)
{
	static const double sizes[] = {320, 280, 240, 200, 160, 128, 112, 96};
	bool is_large = k->number_size == 320;
	int skipped = is_large ? 0 : x->value < 1000 ? 3 : 4;
	struct figure f = {
		.value = x->value, .unit = x->is_months ? "个月" : "天", .decimals = AMOUNT_DECIMALS_AUTO};
	struct number n = number_of_figure(v, &f, k->number_size, is_large ? 88 : 64);
	struct fit_role who = {.size = 48,
		.floor = 40,
		.max_width = k->w,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	struct fit_role what = {.size = 40,
		.floor = 36,
		.max_width = k->w,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	n.gap = 12;
	n.color = record_days(x) == r->shortest ? TOKEN_ACC : TOKEN_FG;
	number_fit(v, &n, k->number_width, sizes + skipped, 8 - skipped);
	number_draw(v, frame_left(v), y + k->number, TEXT_LEFT, &n);
	draw_bar(v, k, r, record_days(x), y + k->bar);
	fit_line(v->canvas, v->arena, k->x, y + k->who, TEXT_LEFT, x->who, &who, TOKEN_FG);
	fit_line(v->canvas, v->arena, k->x, y + k->what, TEXT_LEFT, x->what, &what, TOKEN_FG2);
}

static void draw_axis(struct board_view *v, const struct rows *k, const struct ruler *r, double y)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	canvas_rect(v->canvas, k->x, y, k->w, 4, TOKEN_FG);
	for (int at = 0; at <= r->max; at += r->step) {
		bool is_last = at == r->max;
		const char *text =
			arena_printf(v->arena, "%d%s", at, is_last && is_portrait ? ruler_word(r) : "");
		text_line(v->canvas, tick_x(k, r, at), y + 46,
			at == 0   ? TEXT_LEFT
			: is_last ? TEXT_RIGHT
				  : TEXT_CENTER,
			text, 32, FONT_REGULAR, TOKEN_FG2, 0);
	}
	if (!is_portrait)
		text_line(v->canvas, k->x - 24, y + 46, TEXT_RIGHT, ruler_word(r), 32, FONT_REGULAR,
			TOKEN_FG2, 0);
}

static const char *note_of(struct board_view *v, const struct race *r)
{
	bool has_months = r->ruler.unit != RULER_DAYS, has_days = !has_months;
	for (int i = 0; i < r->count; i++) {
		has_months = has_months || r->list[i].is_months;
		has_days = has_days || !r->list[i].is_months;
	}
	const char *mixed = r->ruler.unit == RULER_DAYS ? "，每月按30天折算" : "，天数按每月30天折算";
	const char *page =
		r->pages > 1 ? arena_printf(v->arena, "第%d页，共%d页；", v->page + 1, r->pages) : "";
	return arena_printf(v->arena, "%s长条共用一把时间标尺%s", page, has_months && has_days ? mixed : "");
}

static void place_note(struct board_view *v, const struct race *r, double axis)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	v->found.note = note_of(v, r);
	v->found.note_x = frame_left(v);
	v->found.note_base = is_portrait ? axis + 86 : axis + 8;
	v->found.note_width = is_portrait ? frame_width(v) : 440;
}

static void paint(struct board_view *v)
{
	struct race r = load(v);
	for (int i = 0; i < r.page.count; i++)
		frame_note_origin(v, &r.list[r.page.first + i].origin);
	bool is_portrait = canvas_is_portrait(v->canvas);
	struct rows k = is_portrait ? plan_portrait(v, r.count) : plan_landscape(v, r.count);
	for (int i = 0; i < r.page.count; i++) {
		double y = k.top + i * k.pitch, gap = k.pitch - k.height;
		frame_enter(v, i);
		draw_row(v, &k, &r, &r.list[r.page.first + i], y);
		if (i + 1 < r.page.count)
			canvas_rect(v->canvas, frame_left(v),
				y + k.pitch - (is_portrait ? gap / 2 : gap / 2 - 5), frame_width(v), 2,
				TOKEN_HAIR);
	}
	frame_enter(v, r.page.count);
	double axis = k.top + (r.page.count - 1) * k.pitch + k.bar + BAR_HEIGHT + (is_portrait ? 16 : 24);
	draw_axis(v, &k, &r.ruler, axis);
	place_note(v, &r, axis);
	frame_entered(v);
	frame_draw_header(v, &(struct frame_title){.title = "项目“加速跑”", .section = "项目"});
}

const struct board_kind board_records = {
	.name = "records", .pages = count_pages, .paint = paint, .dwell_s = 12};
