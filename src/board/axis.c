/* SPDX-License-Identifier: Apache-2.0 */
#include "board/axis.h"

#include <math.h>

#include "board/frame.h"
#include "board/motion.h"
#include "content/edtf.h"
#include "paint/fit.h"

#define BAR_Y 750.0
#define BAR_HEIGHT 56.0
#define WINDOW_GAP 6
#define LABEL_MIN 160 /* narrower windows have no word inside */
#define YEAR_LABEL_MIN 84
#define ROOM_MIN 108 /* three characters of a task: less says nothing */
#define HEADING_ROOM 180
#define LIST_ROWS 4
#define LIST_TASK 288 /* behind 2024年12月31日 */

struct scale {
	double x, w;
	int32_t first, end; /* end: the day after the last */
};

static struct scale scale_of(const struct axis *a, double x, double w)
{
	struct scale s = {x, w, a->past_first, a->past_last + 1};
	for (int i = 0; i < a->count; i++) {
		s.first = a->windows[i].first < s.first ? a->windows[i].first : s.first;
		s.end = a->windows[i].last + 1 > s.end ? a->windows[i].last + 1 : s.end;
	}
	return s;
}

static double at(const struct scale *s, int32_t day)
{
	return s->x + s->w * (day - s->first) / (s->end - s->first);
}

static double room_of(const struct axis *a, const struct scale *s, int i)
{
	double next = i + 1 < a->count ? at(s, a->windows[i + 1].first) - 8 : s->x + s->w;
	return next - at(s, a->windows[i].first) - (i > 0 ? WINDOW_GAP : 0);
}

/* Windows that lie over each other, or stand too close for their words. */
static bool is_crowded(const struct axis *a, const struct scale *s)
{
	for (int i = 0; i < a->count; i++) {
		bool overlaps = i > 0 && a->windows[i - 1].last >= a->windows[i].first;
		bool is_behind = a->has_past && a->windows[i].last <= a->past_last;
		if (overlaps || is_behind || room_of(a, s, i) < ROOM_MIN)
			return true;
	}
	return false;
}

static void draw_ticks(struct board_view *v, const struct scale *s, double y)
{
	struct civil d = civil_from_days(s->first);
	double next_label = s->x;
	for (int32_t day = s->first; day < s->end;) {
		bool is_long = day == s->first || (d.month == 1 && d.day == 1);
		double x = at(s, day);
		canvas_rect(v->canvas, x, y, 2, is_long ? 26 : 12, TOKEN_FG3);
		int32_t next_year = civil_days(d.year + 1, 1, 1);
		bool has_room =
			day != s->first || next_year >= s->end || at(s, next_year) - x > YEAR_LABEL_MIN;
		if (is_long && has_room && x >= next_label && x + 12 + YEAR_LABEL_MIN <= s->x + s->w + 12) {
			text_line(v->canvas, x + 12, y + 34, TEXT_LEFT, arena_printf(v->arena, "%d", d.year),
				28, FONT_REGULAR, TOKEN_FG3, 0);
			next_label = x + YEAR_LABEL_MIN;
		}
		d.day = 1;
		d.month = d.month == 12 ? 1 : d.month + 1;
		d.year += d.month == 1;
		day = civil_days(d.year, d.month, 1);
	}
	canvas_rect(v->canvas, s->x + s->w - 2, y, 2, 12, TOKEN_FG3);
}

/* this_year: the year that need not be said; 0: none. */
static const char *window_word(struct board_view *v, const struct axis_window *w, int this_year)
{
	struct edtf d;
	char text[64] = "";
	if (edtf_parse(w->planned, &d))
		edtf_format(&d, d.precision == EDTF_YEAR ? 0 : this_year, text, sizeof text);
	return arena_text(v->arena, text);
}

/* Where no axis tells the year. */
static const char *full_word(struct board_view *v, const struct axis_window *w)
{
	return window_word(v, w, v->now.is_trusted ? v->now.local.year : 0);
}

/* The word in a box: the axis below it tells the year. */
static const char *box_word(struct board_view *v, const struct axis_window *w)
{
	struct edtf d;
	return window_word(v, w, edtf_parse(w->planned, &d) ? d.year : 0);
}

/* The box of a window, and the word in it. */
static void draw_box(struct board_view *v, const struct axis_window *w, double x, double y, double width)
{
	struct canvas *c = v->canvas;
	if (w->state == AXIS_CURRENT)
		canvas_rect(c, x, y, width, BAR_HEIGHT, TOKEN_ACC);
	else
		canvas_outline(c, x + 2, y + 2, width - 4, BAR_HEIGHT - 4, 0, 4,
			w->state == AXIS_PLANNED ? TOKEN_FG : TOKEN_MID);
	const char *word = box_word(v, w);
	struct text_run run = {word, 36, w->state == AXIS_CURRENT ? FONT_BOLD : FONT_REGULAR,
		w->state == AXIS_CURRENT ? TOKEN_ONACC : TOKEN_FG, 0};
	if (width >= LABEL_MIN && text_width(c, &run, 1, 0) <= width - 32)
		text_draw(c, x + 16, y + 41, TEXT_LEFT, &run, 1, 0);
}

static const char *task_of(struct board_view *v, const struct axis_window *w)
{
	return w->state == AXIS_UNCONFIRMED ? arena_printf(v->arena, "%s（待更新）", w->name) : w->name;
}

static void draw_today(struct board_view *v, const struct scale *s, double y)
{
	bool is_on = v->now.is_trusted && v->now.today >= s->first && v->now.today < s->end;
	double drop = motion_drop(v->elapsed_ms);
	if (!is_on || drop <= 0)
		return;
	double x = at(s, v->now.today), up = 16 * (1 - drop);
	canvas_rect(v->canvas, x - 2, y - 20 - up, 4, 76 + up, TOKEN_FG);
	canvas_polygon(v->canvas,
		(struct point[]){{x - 14, y - 38 - up}, {x + 14, y - 38 - up}, {x, y - 16 - up}}, 3,
		TOKEN_FG);
	bool is_far = x > 1640;
	text_line(v->canvas, is_far ? x - 26 : x + 26, y - 18, is_far ? TEXT_RIGHT : TEXT_LEFT, "今天", 32,
		FONT_BOLD, TOKEN_FG, 0);
}

/* Too crowded to be drawn to scale: the same as rows, in two columns. */
static void draw_list(struct board_view *v, const struct axis *a, double shift)
{
	double w = frame_width(v) / 2 - 32;
	int rows = frame_has_ticker(v) ? LIST_ROWS - 1 : LIST_ROWS;
	for (int i = 0; i < a->count && i < 2 * rows; i++) {
		const struct axis_window *window = &a->windows[i];
		double x = frame_left(v) + (i / rows) * (w + 64), base = 776 + shift + (i % rows) * 58;
		enum token ink = window->state == AXIS_CURRENT ? TOKEN_ACC : TOKEN_FG;
		struct fit_role role = {
			.size = 36, .floor = 28, .max_lines = 1, .weight = FONT_BOLD, .flags = TEXT_SPACED};
		double when = text_line(
			v->canvas, x, base, TEXT_LEFT, full_word(v, window), 36, FONT_REGULAR, TOKEN_FG2, 0);
		double task = fmax(LIST_TASK, when + 16);
		role.max_width = w - task;
		fit_line(v->canvas, v->arena, x + task, base, TEXT_LEFT, task_of(v, window), &role, ink);
	}
}

void axis_draw(struct board_view *v, const struct axis *a, double shift)
{
	struct canvas *c = v->canvas;
	double left = frame_left(v), y = BAR_Y + shift;
	struct scale s = scale_of(a, left, frame_width(v));
	canvas_rect(c, left, 656 + shift, frame_width(v), 2, TOKEN_HAIR);
	double today = v->now.is_trusted ? at(&s, v->now.today) : left + frame_width(v);
	bool is_early = today >= left && today < left + HEADING_ROOM; /* its mark stands there */
	bool is_list = is_crowded(a, &s);
	text_line(c, is_early && !is_list ? frame_right(v) : left, 712 + shift,
		is_early && !is_list ? TEXT_RIGHT : TEXT_LEFT, "工期计划", 36, FONT_BOLD, TOKEN_FG, 0);
	if (is_list) {
		draw_list(v, a, shift);
		return;
	}
	SDL_Rect wiped = canvas_to_px(
		c, 0, 0, left + (frame_width(v) + 40) * motion_wipe(v->elapsed_ms), canvas_height(c));
	if (motion_wipe(v->elapsed_ms) < 1)
		canvas_clip(c, &wiped);
	draw_ticks(v, &s, y + 60);
	double past = at(&s, a->past_last) - at(&s, a->past_first);
	if (a->has_past && past > 0) {
		canvas_rect(c, at(&s, a->past_first), y, past, BAR_HEIGHT, TOKEN_FG);
		double label_room = at(&s, a->windows[0].first) - at(&s, a->past_first);
		if (fmin(past, label_room) >= LABEL_MIN + 20)
			text_line(c, at(&s, a->past_first) + 16, y + 41, TEXT_LEFT, a->past_label, 36,
				FONT_BOLD, TOKEN_BG, 0);
	}
	for (int i = 0; i < a->count; i++) {
		const struct axis_window *w = &a->windows[i];
		bool touches = i > 0 && a->windows[i - 1].last + 1 >= w->first;
		int32_t from = a->has_past && w->first <= a->past_last ? a->past_last + 1 : w->first;
		touches = touches || from != w->first;
		double x = at(&s, from) + (touches ? WINDOW_GAP : 0), end = at(&s, w->last + 1);
		double room = i + 1 < a->count ? at(&s, a->windows[i + 1].first) - x - 8
					       : left + frame_width(v) - x;
		draw_box(v, w, x, y, fmax(8, end - x));
		struct fit_role role = {.size = 36,
			.floor = 28,
			.line_height = 46,
			.max_width = room,
			.max_lines = 2,
			.weight = FONT_BOLD,
			.flags = TEXT_SPACED,
			.is_balanced = true};
		if (room >= 80)
			fit_line(c, v->arena, x, y + 150, TEXT_LEFT, task_of(v, w), &role,
				w->state == AXIS_CURRENT ? TOKEN_ACC : TOKEN_FG);
	}
	canvas_clip(c, NULL);
	draw_today(v, &s, y);
}

void axis_draw_rows(struct board_view *v, const struct axis *a, double y)
{
	struct canvas *c = v->canvas;
	struct scale s = scale_of(a, 64, 952);
	int rows = frame_has_ticker(v) ? 4 : 5;
	canvas_rect(c, 64, y, 952, 2, TOKEN_HAIR);
	text_line(c, 64, y + 56, TEXT_LEFT, "工期计划", 40, FONT_BOLD, TOKEN_FG, 0);
	for (int i = 0; i < a->count && i < rows; i++) {
		const struct axis_window *w = &a->windows[i];
		double top = y + 88 + i * 138, x = at(&s, w->first);
		struct fit_role role = {.size = 44,
			.floor = 32,
			.max_width = 640,
			.max_lines = 1,
			.weight = FONT_BOLD,
			.flags = TEXT_SPACED};
		enum token ink = w->state == AXIS_CURRENT ? TOKEN_ACC : TOKEN_FG;
		text_line(c, 64, top + 46, TEXT_LEFT, full_word(v, w), 40, FONT_REGULAR, TOKEN_FG2, 0);
		fit_line(c, v->arena, 1016, top + 46, TEXT_RIGHT, task_of(v, w), &role, ink);
		canvas_rect(c, 64, top + 68, 952, 24, TOKEN_QUIET);
		double width = fmax(8, at(&s, w->last + 1) - x) * motion_wipe(v->elapsed_ms);
		canvas_rect(c, x, top + 68, width, 24,
			w->state == AXIS_CURRENT   ? TOKEN_ACC
			: w->state == AXIS_PLANNED ? TOKEN_FG
						   : TOKEN_MID);
	}
}
