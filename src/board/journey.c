/* SPDX-License-Identifier: Apache-2.0
 *
 * journey: a procedure's steps with the time each may take, the same to scale on one
 * strip, and the figures that belong to it (visual specification, board 10). */
#include "content/journey.h"

#include <math.h>

#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "board/number.h"
#include "board/paging.h"
#include "board/strip.h"
#include "content/amount.h"
#include "paint/fit.h"

#define UNIT_SHARE 0.65 /* of its place, at most, at the smallest size */
#define FIGURES_MOST 4 /* on a page */
#define STRIP_THICK 64.0
#define PAIR_GAP 24.0
#define MARK_GAP 24.0
#define MARK_LEAST 96.0 /* three characters */
#define FACT_HEIGHT 152.0 /* down to its label's base */

static const double fact_sizes[] = {88, 80, 72, 64, 56, 48, 40};
#define FACT_SIZES (int)(sizeof fact_sizes / sizeof fact_sizes[0])

/* One page of one journey. */
struct sheet {
	const struct journey *journey;
	int page, pages; /* of this journey */
	struct paging_page steps, figures;
};

/* Where a page's parts lie. */
struct layout {
	double x, y, dx, dy, w; /* of the first step; to the next */
	double number, label; /* bases in a step */
	double size; /* of numbers */
	double strip, facts; /* landscape: tops */
};

static int steps_a_page(const struct journey *j)
{
	return j->step_count == 4 ? 4 : 3;
}

static int pages_of(const struct journey *j)
{
	int steps = paging_pages(j->step_count, steps_a_page(j));
	int figures = paging_pages(j->figure_count, FIGURES_MOST);
	return steps > figures ? steps : figures;
}

static int count_pages(struct board_view *v)
{
	struct journey *list;
	int count = journey_of_board(v->content, v->board->seq, v->arena, &list), pages = 0;
	for (int i = 0; i < count; i++)
		pages += pages_of(&list[i]);
	return pages;
}

/* A journey with more figures than steps shows its last steps again. */
static struct sheet load(struct board_view *v)
{
	struct sheet s = {.page = v->page};
	struct journey *list;
	(void)journey_of_board(v->content, v->board->seq, v->arena, &list);
	for (s.journey = list; s.page >= pages_of(s.journey); s.journey++)
		s.page -= pages_of(s.journey);
	const struct journey *j = s.journey;
	int last = paging_pages(j->step_count, steps_a_page(j)) - 1;
	s.pages = pages_of(j);
	s.steps = paging_page(j->step_count, steps_a_page(j), s.page < last ? s.page : last);
	if (s.page < paging_pages(j->figure_count, FIGURES_MOST))
		s.figures = paging_page(j->figure_count, FIGURES_MOST, s.page);
	return s;
}

static struct layout plan(const struct board_view *v, const struct journey *j)
{
	bool has_ticker = frame_has_ticker(v), is_four = steps_a_page(j) == 4;
	struct layout k = {112, 248, 576, 0, 544, 176, 242, 224, 604, 784};
	if (canvas_is_portrait(v->canvas)) {
		int steps = j->step_count < 4 ? j->step_count : steps_a_page(j);
		double pitch = (has_ticker ? 316 : 340) * (is_four ? 0.75 : 1);
		k = (struct layout){152, frame_body_top(v) + 16, 0, pitch, 864, 184, 250, 224, 0, 0};
		k.facts = k.y + steps * pitch + 40;
	} else if (has_ticker) {
		k.y = 232;
		k.strip = 560;
		k.facts = 712;
	}
	if (is_four) {
		k.size = 160;
		k.number = k.dx > 0 ? k.number : 130;
		k.label = k.dx > 0 ? k.label : 186;
		k.dx = k.dx > 0 ? 432 : 0;
		k.w = k.dx > 0 ? 400 : k.w;
	}
	return k;
}

/* 内 is said of what must not be exceeded; days are those that a notice takes. */
static const char *unit_of(const struct journey_step *s, bool is_limit)
{
	static const char *const words[][2] = {[WORKDAY_MONTHS] = {"个月", "个月内"},
		[WORKDAY_DAYS] = {"天", "天"},
		[WORKDAY_WORKDAYS] = {"个工作日", "个工作日内"}};
	return words[s->unit][is_limit];
}

static void draw_step(
	struct board_view *v, const struct layout *k, const struct journey_step *s, int at, bool is_last)
{
	static const double sizes[] = {224, 200, 176, 160, 128, 112, 96, 88, 72};
	double x = k->x + at * k->dx, y = k->y + at * k->dy;
	int skipped = k->size < 224 ? 3 : 0;
	struct number n = {.digits = arena_printf(v->arena, "%d", s->value),
		.value = s->value,
		.is_counted = true,
		.prefix = "",
		.unit = unit_of(s, true),
		.size = k->size,
		.unit_size = k->size < 224 ? 52 : 64,
		.gap = 12,
		.color = is_last ? TOKEN_ACC : TOKEN_FG};
	struct fit_role role = {.size = 40,
		.floor = 36,
		.line_height = 52,
		.max_width = k->w,
		.max_lines = 2,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	number_fit(v, &n, k->w, sizes + skipped, 9 - skipped);
	number_draw(v, x, y + k->number, TEXT_LEFT, &n);
	fit_line(v->canvas, v->arena, x, y + k->label, TEXT_LEFT, s->name, &role, TOKEN_FG2);
}

struct segment {
	enum token fill, text;
};

static struct segment segment_of(const struct journey *j, int i)
{
	if (i == j->step_count - 1)
		return (struct segment){TOKEN_ACC, TOKEN_ONACC};
	return i % 2 ? (struct segment){TOKEN_MID, TOKEN_FG} : (struct segment){TOKEN_FG, TOKEN_BG};
}

static double width_of(struct board_view *v, const char *text, double size)
{
	struct text_run run = {text, size, FONT_BOLD, TOKEN_FG, 0};
	return text_width(v->canvas, &run, 1, 0);
}

static void divide(const struct journey *j, double length, struct strip_part parts[static JOURNEY_STEPS_MAX])
{
	int days[JOURNEY_STEPS_MAX];
	for (int i = 0; i < j->step_count; i++)
		days[i] = journey_days(&j->steps[i]);
	strip_divide(days, j->step_count, length, parts);
}

/* Each comes in with its step. */
static void enter_part(struct board_view *v, const struct sheet *s, int i)
{
	frame_enter_by(v, motion_step(v->elapsed_ms, i < s->steps.first ? 0 : i - s->steps.first));
}

/* The term in words, or its number alone, or nothing: as there is room. */
static void draw_part_text(
	struct board_view *v, const struct journey *j, int i, const struct strip_part *p, double base)
{
	const struct journey_step *s = &j->steps[i];
	const char *number = arena_printf(v->arena, "%d", s->value);
	const char *words = arena_printf(v->arena, "%s%s", number, unit_of(s, false));
	double x = frame_left(v) + p->at;
	enum token color = segment_of(j, i).text;
	if (width_of(v, words, 40) + 40 <= p->length)
		text_line(v->canvas, x + 20, base, TEXT_LEFT, words, 40, FONT_BOLD, color, 0);
	else if (p->length >= 40 && width_of(v, number, 40) + 8 <= p->length)
		text_line(v->canvas, x + p->length / 2, base, TEXT_CENTER, number, 40, FONT_BOLD, color, 0);
}

/* From right to left: each name ends before the next one begins. */
static void draw_marks(
	struct board_view *v, const struct journey *j, const struct strip_part *parts, double y)
{
	struct fit_role role = {
		.size = 36, .floor = 32, .max_lines = 1, .weight = FONT_BOLD, .flags = TEXT_SPACED};
	double limit = frame_right(v);
	canvas_rect(v->canvas, limit - 2, y, 2, 20, TOKEN_FG);
	if (j->goal) {
		limit -= text_line(v->canvas, limit, y + 58, TEXT_RIGHT, j->goal, 36, FONT_BOLD, TOKEN_FG,
				 TEXT_SPACED) +
			 MARK_GAP;
	}
	for (int i = j->step_count - 1; i >= 0; i--) {
		double x = frame_left(v) + parts[i].at;
		canvas_rect(v->canvas, x, y, 2, 20, TOKEN_FG);
		role.max_width = limit - x;
		if (!j->steps[i].start || role.max_width < MARK_LEAST)
			continue;
		fit_line(v->canvas, v->arena, x, y + 58, TEXT_LEFT, j->steps[i].start, &role, TOKEN_FG);
		limit = x - MARK_GAP;
	}
}

static void draw_strip(struct board_view *v, const struct sheet *s, double y)
{
	const struct journey *j = s->journey;
	struct strip_part parts[JOURNEY_STEPS_MAX];
	divide(j, frame_width(v), parts);
	for (int i = 0; i < j->step_count; i++) {
		enter_part(v, s, i);
		canvas_rect(v->canvas, frame_left(v) + parts[i].at, y, parts[i].length, STRIP_THICK,
			segment_of(j, i).fill);
		draw_part_text(v, j, i, &parts[i], y + 46);
	}
	frame_enter(v, 4);
	draw_marks(v, j, parts, y + STRIP_THICK);
}

static void draw_strip_upright(struct board_view *v, const struct sheet *s, double y, double length)
{
	const struct journey *j = s->journey;
	struct strip_part parts[JOURNEY_STEPS_MAX];
	divide(j, length, parts);
	for (int i = 0; i < j->step_count; i++) {
		const struct strip_part *p = &parts[i];
		const char *number = arena_printf(v->arena, "%d", j->steps[i].value);
		struct segment g = segment_of(j, i);
		enter_part(v, s, i);
		canvas_rect(v->canvas, 64, y + p->at, 48, p->length, g.fill);
		if (p->length >= 40 && width_of(v, number, 32) <= 44)
			text_line(v->canvas, 88, y + p->at + p->length / 2 + 11.5, TEXT_CENTER, number, 32,
				FONT_BOLD, g.text, 0);
	}
}

static bool fit_pair(struct board_view *v, struct number *n, struct number *second, double w)
{
	for (int i = 0; i < FACT_SIZES; i++) {
		number_fit(v, n, INFINITY, &fact_sizes[i], 1);
		number_fit(v, second, INFINITY, &fact_sizes[i], 1);
		if (number_width(v, n) + PAIR_GAP + number_width(v, second) <= w)
			return true;
	}
	return false;
}

/* Two numbers of one size side by side, 38大项 122小项; longer ones in two lines. */
static void draw_pair(
	struct board_view *v, struct number *n, struct number *second, const struct layout *place)
{
	double x = place->x, base = place->y;
	if (fit_pair(v, n, second, place->w)) {
		x += number_draw(v, x, base, TEXT_LEFT, n) + PAIR_GAP;
		number_draw(v, x, base, TEXT_LEFT, second);
		return;
	}
	number_fit(v, n, place->w, &fact_sizes[FACT_SIZES - 1], 1);
	number_fit(v, second, place->w, &fact_sizes[FACT_SIZES - 1], 1);
	number_draw(v, x, base - 42, TEXT_LEFT, n);
	number_draw(v, x, base + 6, TEXT_LEFT, second);
}

static void draw_fact(struct board_view *v, const struct figure *f, double x, double y, double w)
{
	struct fit_role role = {.size = 36,
		.floor = 32,
		.max_width = w,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	struct number n = number_of_figure(v, f, 88, 36);
	canvas_rect(v->canvas, x, y, w, 2, TOKEN_FG);
	if (f->has_compare) {
		struct fit_role unit = {.size = 28,
			.floor = 28,
			.max_width = w * UNIT_SHARE,
			.max_lines = 1,
			.weight = FONT_BOLD};
		struct fit shown = fit_text(v->canvas, v->arena, f->compare_label, NULL, &unit);
		struct figure other = {.value = f->compare_value,
			.unit = shown.count ? shown.lines[0] : "",
			.decimals = AMOUNT_DECIMALS_AUTO};
		struct number second = number_of_figure(v, &other, 88, 36);
		draw_pair(v, &n, &second, &(struct layout){.x = x, .y = y + 94, .w = w});
	} else {
		number_fit(v, &n, w, fact_sizes, FACT_SIZES);
		number_draw(v, x, y + 94, TEXT_LEFT, &n);
	}
	fit_line(v->canvas, v->arena, x, y + FACT_HEIGHT, TEXT_LEFT, f->label, &role, TOKEN_FG2);
}

static void draw_facts(struct board_view *v, const struct sheet *s, double y)
{
	static const double wide[][2] = {{112, 544}, {688, 688}, {1408, 400}};
	for (int i = 0; i < s->figures.count; i++) {
		const struct figure *f = &s->journey->figures[s->figures.first + i];
		frame_enter(v, 5 + i);
		if (canvas_is_portrait(v->canvas))
			draw_fact(v, f, 64 + 492 * (i % 2), y + 190 * (i / 2), 460);
		else if (s->journey->figure_count < FIGURES_MOST)
			draw_fact(v, f, wide[i][0], y, wide[i][1]);
		else
			draw_fact(v, f, 112 + 432 * i, y, 400);
	}
}

/* What the strip takes a term for. */
static const char *note_of(struct board_view *v, const struct sheet *s)
{
	const struct journey *j = s->journey;
	const char *page =
		s->pages > 1 ? arena_printf(v->arena, "第%d页，共%d页；", s->page + 1, s->pages) : "";
	if (j->step_count > 3)
		return arena_printf(v->arena, "%s长条按每月30天示意", page);
	const char *terms = "";
	for (int i = 0; i < j->step_count; i++) {
		const struct journey_step *x = &j->steps[i];
		const char *join = i ? "、" : "";
		if (x->unit == WORKDAY_MONTHS)
			terms = arena_printf(
				v->arena, "%s%s%d个月%d天", terms, join, x->value, journey_days(x));
		else
			terms = arena_printf(v->arena, "%s%s%d天", terms, join, x->value);
	}
	return arena_printf(v->arena, "%s长条按%s示意", page, terms);
}

static void paint(struct board_view *v)
{
	struct sheet s = load(v);
	const struct journey *j = s.journey;
	bool is_portrait = canvas_is_portrait(v->canvas);
	frame_note_origin(v, &j->origin);
	for (int i = 0; i < s.figures.count; i++)
		frame_note_origin(v, &j->figures[s.figures.first + i].origin);
	struct layout k = plan(v, j);
	for (int i = 0; i < s.steps.count; i++) {
		int at = s.steps.first + i;
		frame_enter_by(v, motion_step(v->elapsed_ms, i));
		draw_step(v, &k, &j->steps[at], i, at == j->step_count - 1);
	}
	if (is_portrait)
		draw_strip_upright(v, &s, k.y, k.facts - 64 - k.y);
	else
		draw_strip(v, &s, k.strip);
	draw_facts(v, &s, k.facts);
	v->found.note = note_of(v, &s);
	v->found.note_x = frame_left(v);
	v->found.note_base = frame_footer_rule(v) - (is_portrait ? 16 : 5);
	v->found.note_width = frame_width(v);
	frame_entered(v);
	frame_draw_header(v, &(struct frame_title){.title = j->name, .section = "审批"});
}

const struct board_kind board_journey = {.name = "journey", .pages = count_pages, .paint = paint};
