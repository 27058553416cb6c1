/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/zone.h"
#include "board/frame.h"
#include "board/motion.h"
#include "board/programme.h"
#include "paint/fit.h"

/* How a row of a size is set. Offsets from its top. */
struct look {
	double h_landscape, h_portrait;
	double time_size, title_size, place_size;
	enum font_weight time_weight, title_weight;
	enum token time_color, title_color, place_color;
	double time_base, title_base, place_base; /* landscape */
};

static const struct look looks[] = {
	[PROGRAMME_PAST] = {80, 120, 44, 40, 36, FONT_REGULAR, FONT_REGULAR, TOKEN_FG3, TOKEN_FG3, TOKEN_FG3,
		55.2, 55.2, 55.2},
	[PROGRAMME_NOW] = {232, 336, 88, 72, 40, FONT_BOLD, FONT_BOLD, TOKEN_ONACC, TOKEN_ONACC, TOKEN_ONACC,
		116, 106, 164},
	[PROGRAMME_NOW_SMALL] = {184, 300, 72, 56, 36, FONT_BOLD, FONT_BOLD, TOKEN_ONACC, TOKEN_ONACC,
		TOKEN_ONACC, 90, 84, 132},
	[PROGRAMME_NEXT] = {128, 190, 72, 64, 40, FONT_BOLD, FONT_BOLD, TOKEN_FG, TOKEN_FG, TOKEN_FG2, 92.3,
		88.3, 88.3},
	[PROGRAMME_NEXT_LARGE] = {232, 336, 88, 72, 40, FONT_BOLD, FONT_BOLD, TOKEN_FG, TOKEN_FG, TOKEN_FG2,
		116, 106, 164},
	[PROGRAMME_LATER] = {96, 150, 52, 48, 36, FONT_BOLD, FONT_BOLD, TOKEN_FG2, TOKEN_FG2, TOKEN_FG2, 66.2,
		66.2, 66.2},
};

double programme_height(const struct board_view *v, enum programme_size size)
{
	return canvas_is_portrait(v->canvas) ? looks[size].h_portrait : looks[size].h_landscape;
}

static bool is_block(enum programme_size size)
{
	return size == PROGRAMME_NOW || size == PROGRAMME_NOW_SMALL || size == PROGRAMME_NEXT_LARGE;
}

static const char *clock_of(struct board_view *v, int64_t utc_s)
{
	struct civil c = zone_local(content_zone(v->content), utc_s);
	return arena_printf(v->arena, "%d:%02d", c.hour, c.minute);
}

static const char *minutes(struct board_view *v, int64_t seconds)
{
	int left = (int)((seconds + 59) / 60);
	if (left < 60)
		return arena_printf(v->arena, "%d", left);
	return left % 60 ? arena_printf(v->arena, "%d小时%d", left / 60, left % 60)
			 : arena_printf(v->arena, "%d小时", left / 60);
}

/* "还有 33 分钟", or a round number of hours without the minutes. */
static void draw_span(struct board_view *v, double right, double base, const char *before, int64_t seconds,
	const char *after, enum token ink)
{
	int64_t left = (seconds + 59) / 60;
	bool is_round = left >= 60 && left % 60 == 0;
	struct text_run runs[3];
	int count = 0;
	if (*before)
		runs[count++] = (struct text_run){before, 36, FONT_REGULAR, ink, 0};
	runs[count] = (struct text_run){minutes(v, seconds), 40, FONT_BOLD, ink, count ? 8 : 0};
	count++;
	const char *unit = arena_printf(v->arena, "%s%s", is_round ? "" : "分钟", after);
	if (*unit)
		runs[count++] = (struct text_run){unit, 36, FONT_REGULAR, ink, 8};
	text_draw(v->canvas, right, base, TEXT_RIGHT, runs, count, 0);
}

/* Right-aligned: the state, and at span_base how long still. */
static void draw_state(
	struct board_view *v, const struct programme_row *r, double right, double y, double span_base)
{
	struct canvas *c = v->canvas;
	const struct occasion_item *item = r->item;
	double base = y + looks[r->size].title_base;
	if (item->is_cancelled) {
		double w = text_line(c, right, base, TEXT_RIGHT, "已取消", 36, FONT_BOLD, TOKEN_LATE, 0);
		part_status(c, PART_OVERDUE, right - w - 28, base - 13, 14, TOKEN_BG);
		return;
	}
	switch (r->size) {
	case PROGRAMME_PAST:
		text_line(c, right, base, TEXT_RIGHT, "已结束", 36, FONT_REGULAR, TOKEN_FG3, 0);
		break;
	case PROGRAMME_NOW:
	case PROGRAMME_NOW_SMALL:
		text_line(c, right, base - 6, TEXT_RIGHT, "正在进行", 44, FONT_BOLD, TOKEN_ONACC, 0);
		draw_span(v, right, span_base, "还有", item->to_utc_s - v->now.utc_s, "", TOKEN_ONACC);
		break;
	case PROGRAMME_NEXT: {
		double w = text_line(c, right, base, TEXT_RIGHT, "下一场", 44, FONT_BOLD, TOKEN_ACC, 0);
		double x = right - w - 58;
		canvas_polygon(
			c, (struct point[]){{x, base - 32}, {x + 26, base - 16}, {x, base}}, 3, TOKEN_ACC);
		break;
	}
	case PROGRAMME_NEXT_LARGE:
		text_line(c, right, base - 6, TEXT_RIGHT, "下一场", 44, FONT_BOLD, TOKEN_ACC, 0);
		draw_span(v, right, span_base, "", item->from_utc_s - v->now.utc_s, "后", TOKEN_FG);
		break;
	case PROGRAMME_LATER:
		if (item->was_moved)
			text_line(c, right, base, TEXT_RIGHT, "时间调整", 36, FONT_BOLD, TOKEN_ACC, 0);
		break;
	}
}

/* A moved item shows its old time struck out and its new one in the accent. */
static double draw_time(struct board_view *v, const struct programme_row *r, double x, double base)
{
	const struct look *k = &looks[r->size];
	const struct occasion_item *item = r->item;
	double moved = 0;
	bool shows_old =
		item->was_moved && item->was_utc_s && !is_block(r->size) && r->size != PROGRAMME_PAST;
	enum token ink = shows_old ? TOKEN_ACC : k->time_color;
	if (shows_old) {
		double w = text_line(v->canvas, x, base, TEXT_LEFT, clock_of(v, item->was_utc_s), 36,
			FONT_REGULAR, TOKEN_FG3, 0);
		canvas_rect(v->canvas, x, base - 15, w, 4, TOKEN_FG3);
		moved = w + 12;
	}
	double size = shows_old ? fmin(k->time_size, 48) : k->time_size;
	return moved + text_line(v->canvas, x + moved, base, TEXT_LEFT, clock_of(v, item->from_utc_s), size,
			       k->time_weight, ink, 0);
}

static void draw_progress(
	struct board_view *v, const struct occasion_item *item, double x, double y, double w)
{
	double length = (double)(item->to_utc_s - item->from_utc_s);
	double done = length > 0 ? (double)(v->now.utc_s - item->from_utc_s) / length : 0;
	done = fmin(1, fmax(0, done)) * motion_grow(v->elapsed_ms, 2);
	canvas_round(v->canvas, x, y, w, 12, 6, TOKEN_MID);
	if (done > 0)
		canvas_round(v->canvas, x, y, fmax(12, w * done), 12, 6, TOKEN_ONACC);
}

static struct fit_role title_role(const struct look *k, double size, double width)
{
	return (struct fit_role){.size = size,
		.floor = fmin(size, fmax(40, size - 8)),
		.max_width = width,
		.max_lines = 1,
		.weight = k->title_weight,
		.flags = TEXT_SPACED};
}

static void draw_block(struct board_view *v, const struct programme_row *r, double y, double h)
{
	double x = frame_left(v) - 32, w = frame_width(v) + 64;
	if (r->size == PROGRAMME_NEXT_LARGE)
		canvas_outline(v->canvas, x + 2, y + 10, w - 4, h - 20, 8, 4, TOKEN_ACC);
	else
		canvas_round(v->canvas, x, y + 8, w, h - 16, 8, TOKEN_ACC);
}

static void draw_landscape(struct board_view *v, const struct programme_row *r)
{
	const struct look *k = &looks[r->size];
	const struct occasion_item *item = r->item;
	struct canvas *c = v->canvas;
	double y = r->y;
	enum token title = item->is_cancelled ? TOKEN_FG3 : k->title_color;
	struct fit_role role = title_role(k, k->title_size, is_block(r->size) ? 880 : 800);
	struct fit_role place = {.size = k->place_size,
		.floor = 32,
		.max_width = is_block(r->size) ? 880 : 360,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	draw_time(v, r, 112, y + k->time_base);
	fit_line(c, v->arena, 400, y + k->title_base, TEXT_LEFT, item->title, &role, title);
	if (item->place)
		fit_line(c, v->arena, is_block(r->size) ? 400 : 1240, y + k->place_base, TEXT_LEFT,
			item->place, &place, k->place_color);
	draw_state(v, r, 1808, y, y + k->place_base);
	if (r->size != PROGRAMME_NOW && r->size != PROGRAMME_NOW_SMALL)
		return;
	text_line(c, 112, y + k->place_base + 2, TEXT_LEFT,
		arena_printf(v->arena, "至 %s", clock_of(v, item->to_utc_s)), 36, FONT_REGULAR, TOKEN_ONACC,
		0);
	draw_progress(v, item, 112, y + r->h - (r->size == PROGRAMME_NOW ? 44 : 36), 1696);
}

static void draw_portrait(struct board_view *v, const struct programme_row *r)
{
	const struct look *k = &looks[r->size];
	const struct occasion_item *item = r->item;
	struct canvas *c = v->canvas;
	bool block = is_block(r->size);
	double y = r->y + (block ? 8 : 0);
	double time_base = y + (block ? 100 : k->time_size * 0.95 + 4),
	       title_base = time_base + k->title_size * 1.15 + 6;
	struct fit_role role = title_role(k, fmin(k->title_size, 64), 952);
	struct fit_role place = {.size = k->place_size,
		.floor = 32,
		.max_width = 560,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	double w = draw_time(v, r, 64, time_base);
	if (r->size == PROGRAMME_NOW || r->size == PROGRAMME_NOW_SMALL)
		text_line(c, 64 + w + 20, time_base, TEXT_LEFT,
			arena_printf(v->arena, "至 %s", clock_of(v, item->to_utc_s)), 36, FONT_REGULAR,
			TOKEN_ONACC, 0);
	fit_line(c, v->arena, 64, title_base, TEXT_LEFT, item->title, &role,
		item->is_cancelled ? TOKEN_FG3 : k->title_color);
	if (item->place && block)
		fit_line(c, v->arena, 64, title_base + 60, TEXT_LEFT, item->place, &place, k->place_color);
	else if (item->place)
		fit_line(c, v->arena, 64 + w + 32, time_base, TEXT_LEFT, item->place,
			&(struct fit_role){.size = 36,
				.floor = 28,
				.max_width = 480,
				.max_lines = 1,
				.weight = FONT_REGULAR},
			k->place_color);
	draw_state(v, r, 1016, time_base - k->title_base, title_base + 60);
	if (r->size == PROGRAMME_NOW || r->size == PROGRAMME_NOW_SMALL)
		draw_progress(v, item, 64, r->y + r->h - 48, 952);
}

void programme_draw_rows(struct board_view *v, const struct programme_day *d)
{
	for (int i = 0; i < d->row_count; i++) {
		const struct programme_row *r = &d->rows[i];
		frame_enter(v, i);
		if (is_block(r->size))
			draw_block(v, r, r->y, r->h);
		if (canvas_is_portrait(v->canvas))
			draw_portrait(v, r);
		else
			draw_landscape(v, r);
		bool next_is_block = i + 1 < d->row_count && is_block(d->rows[i + 1].size);
		if (i + 1 < d->row_count && !is_block(r->size) && !next_is_block)
			canvas_rect(v->canvas, frame_left(v), r->y + r->h - 2, frame_width(v), 2, TOKEN_HAIR);
	}
}
