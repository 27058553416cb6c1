/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "board/frame.h"
#include "board/list.h"
#include "paint/fit.h"

#define ROW_TOP 290.0
#define NAME_WIDTH 520.0

/* Columns that differ between the landscape layouts. */
struct columns {
	double pitch, name_base, sub_base, money_base, track_y, phase_base;
	double track_w;
	double next_x, next_w; /* the next milestone, or the latest news */
	double status_x, word_x, word_size, word_w;
};

/* A row less a page leaves each of the others this much more. */
static void make_room(struct columns *k, enum list_way way)
{
	double more = way == LIST_FACTS ? 22 : 15;
	k->pitch += more;
	k->name_base += more * 0.4;
	k->track_y += more * 0.4;
	k->money_base += more * 0.5;
	k->sub_base += more * 0.8;
	k->phase_base += more * 0.8;
}

static struct columns columns_of(const struct board_view *v, enum list_way way)
{
	struct columns k = {95, 45, 82, 63.5, 21, 82, 376, 1288, 328, 1656, 1688, 40, 120};
	if (way == LIST_BY_STAGE) { /* its words are longer */
		k.next_w = 240;
		k.status_x = 1560;
		k.word_x = 1592;
		k.word_size = 36;
		k.word_w = 216;
	} else if (way == LIST_FACTS) {
		k = (struct columns){110, 52, 93, 71, 28, 93, 256, 1184, 624, 0, 0, 0, 0};
	}
	if (canvas_has_large_text(v->canvas))
		make_room(&k, way);
	return k;
}

static void draw_head(struct board_view *v, enum list_way way, const struct columns *k)
{
	struct canvas *c = v->canvas;
	text_line(c, 112, 272, TEXT_LEFT, "项目", 28, FONT_REGULAR, TOKEN_FG2, 0);
	text_line(c, 808, 272, TEXT_RIGHT, "投资", 28, FONT_REGULAR, TOKEN_FG2, 0);
	text_line(c, 864, 272, TEXT_LEFT, way == LIST_FACTS ? "阶段" : "阶段进度", 28, FONT_REGULAR,
		TOKEN_FG2, 0);
	text_line(c, k->next_x, 272, TEXT_LEFT, way == LIST_FACTS ? "最新进展" : "下一节点", 28, FONT_REGULAR,
		TOKEN_FG2, 0);
	if (way != LIST_FACTS)
		text_line(c, k->status_x - 16, 272, TEXT_LEFT, "状态", 28, FONT_REGULAR, TOKEN_FG2, 0);
	canvas_rect(c, 112, 288, 1696, 2, TOKEN_FG);
}

/* The name and a line under it, up to max_x. */
static void draw_name(struct board_view *v, const struct project *p, enum list_way way, double y,
	double max_x, const struct columns *k)
{
	const double x = 112, room = fmin(NAME_WIDTH, max_x - x);
	struct fit_role name = {.size = 40,
		.floor = 36,
		.max_width = room,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	struct fit_role sub = {.size = 28,
		.floor = 28,
		.max_width = room,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = way == LIST_FACTS ? 0 : TEXT_SPACED};
	struct fit f = fit_text(v->canvas, v->arena, p->name, p->short_name, &name);
	fit_draw(v->canvas, x, y + k->name_base, TEXT_LEFT, &f, &name, TOKEN_FG);
	fit_line(v->canvas, v->arena, x, y + k->sub_base, TEXT_LEFT, list_sub(v, p, way), &sub, TOKEN_FG2);
}

static void draw_next(struct board_view *v, const struct project *p, const struct list_page *page,
	const struct list_state *s, double y, const struct columns *k)
{
	const char *name = list_next_name(p, page->way);
	bool is_pending = page->way == LIST_BY_SCHEDULE && p->schedule == SCHEDULE_UNKNOWN;
	struct fit_role role = {.size = 36,
		.floor = 32,
		.max_width = k->next_w,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	if (*name)
		fit_line(v->canvas, v->arena, k->next_x, y + k->name_base, TEXT_LEFT, name, &role,
			is_pending ? TOKEN_FG3 : TOKEN_FG);
	text_line(v->canvas, k->next_x, y + k->sub_base, TEXT_LEFT, list_next_date(v, p, page->way), 28,
		s->is_late || s->is_soon ? FONT_BOLD : FONT_REGULAR, TOKEN_FG2, 0);
	if (!s->word)
		return;
	struct fit_role word = {.size = k->word_size,
		.floor = 28,
		.max_width = k->word_w,
		.max_lines = 1,
		.weight = FONT_BOLD};
	double cy = y + k->pitch / 2;
	part_status(v->canvas, s->shape, k->status_x, cy, 16, s->is_late ? TOKEN_PANEL : TOKEN_BG);
	fit_line(v->canvas, v->arena, k->word_x, cy + 15, TEXT_LEFT, s->word, &word, s->word_color);
}

/* The note's first line is the news, the second one explains it. */
static void draw_news(struct board_view *v, const struct project *p, double y, const struct columns *k)
{
	struct fit_role first = {
		.size = 40, .floor = 36, .max_width = k->next_w, .max_lines = 1, .weight = FONT_BOLD};
	struct fit_role second = {
		.size = 36, .floor = 32, .max_width = k->next_w, .max_lines = 1, .weight = FONT_REGULAR};
	if (!p->note)
		return;
	const char *feed = p->note;
	while (*feed && *feed != '\n')
		feed++;
	const char *news = arena_text_len(v->arena, p->note, (size_t)(feed - p->note));
	fit_line(v->canvas, v->arena, k->next_x, *feed ? y + 52 : y + 69, TEXT_LEFT, news, &first, TOKEN_FG);
	if (*feed)
		fit_line(v->canvas, v->arena, k->next_x, y + 97, TEXT_LEFT, feed + 1, &second, TOKEN_FG2);
}

static void draw_row(struct board_view *v, const struct list_page *page, const struct project *p, double y,
	int index, const struct list_decimals *decimals)
{
	struct columns k = columns_of(v, page->way);
	struct list_state s = list_state_of(p, page->way);
	if (s.is_late)
		canvas_round(v->canvas, 96, y + 1, 1728, k.pitch - 2, 4, TOKEN_PANEL);
	double money = list_draw_money(v, p, 808, y + k.money_base, 28, decimals);
	draw_name(v, p, page->way, y, money - 12, &k);
	list_draw_track(v, p, &s, 864, y + k.track_y, k.track_w, index);
	text_line(v->canvas, 864, y + k.phase_base, TEXT_LEFT, list_phase_word(v, p, page->way != LIST_FACTS),
		28, FONT_BOLD, TOKEN_FG2, 0);
	if (page->way == LIST_FACTS) {
		draw_news(v, p, y, &k);
		return;
	}
	if (s.current >= 0)
		text_line(v->canvas, 1240, y + k.phase_base, TEXT_RIGHT,
			arena_printf(v->arena, "%d / %d", p->phase_index, p->phase_count), 28, FONT_REGULAR,
			TOKEN_FG3, 0);
	draw_next(v, p, page, &s, y, &k);
}

static bool lacks_money(const struct project *rows, int count)
{
	for (int i = 0; i < count; i++) {
		if (rows[i].investment_cny == PROJECT_NO_MONEY)
			return true;
	}
	return false;
}

double list_draw_landscape(
	struct board_view *v, const struct list_page *p, const struct project *rows, int count)
{
	struct columns k = columns_of(v, p->way);
	struct list_decimals decimals = list_money_decimals(rows, count);
	draw_head(v, p->way, &k);
	for (int i = 0; i < count; i++) {
		double y = ROW_TOP + i * k.pitch;
		bool is_late = list_state_of(&rows[i], p->way).is_late;
		bool next_is_late = i + 1 < count && list_state_of(&rows[i + 1], p->way).is_late;
		frame_enter(v, i);
		draw_row(v, p, &rows[i], y, i, &decimals);
		if (i + 1 < count && !is_late && !next_is_late)
			canvas_rect(v->canvas, 112, y + k.pitch - 1, 1696, 2, TOKEN_HAIR);
	}
	if (p->way == LIST_FACTS) {
		if (!v->found.note && lacks_money(rows, count))
			v->found.note = "“—”为来源未公布";
		return 0;
	}
	frame_enter(v, 0);
	return list_draw_counters(v, p, 178, 1560, 800) - 112 - 28;
}

/* What comes next and its date, which is never cut; of facts, the news. */
static void draw_next_portrait(struct board_view *v, const struct list_page *page, const struct project *p,
	const struct list_state *s, double base, double room)
{
	const char *next = list_next_name(p, page->way), *date = list_next_date(v, p, page->way);
	if (page->way == LIST_FACTS && p->note) {
		next = arena_text_len(v->arena, p->note, strcspn(p->note, "\n"));
		date = "";
	} else if (page->way == LIST_BY_SCHEDULE && p->schedule == SCHEDULE_UNKNOWN) {
		date = "";
	}
	enum font_weight weight = s->is_late || s->is_soon ? FONT_BOLD : FONT_REGULAR;
	const char *tail = *next && *date ? arena_printf(v->arena, " %s", date) : date;
	struct text_run run = {tail, 32, weight, TOKEN_FG2, 0};
	struct fit_role line = {.size = 32,
		.floor = 28,
		.max_width = room - text_width(v->canvas, &run, 1, 0),
		.max_lines = 1,
		.weight = weight};
	struct fit f = fit_text(v->canvas, v->arena, next, NULL, &line);
	const char *name = f.count ? f.lines[0] : "";
	if (*name || *tail)
		text_line(v->canvas, 1016, base, TEXT_RIGHT, arena_printf(v->arena, "%s%s", name, tail),
			f.count ? f.size : 32, weight, TOKEN_FG2, 0);
}

static void draw_row_portrait(struct board_view *v, const struct list_page *page, const struct project *p,
	double y, int index, const struct list_decimals *decimals)
{
	struct list_state s = list_state_of(p, page->way);
	struct canvas *c = v->canvas;
	double word_width = 0;
	if (s.is_late)
		canvas_round(c, 40, y + 1, 1000, 210, 4, TOKEN_PANEL);
	if (s.word) {
		double size = page->way == LIST_BY_STAGE ? 36 : 40;
		word_width = text_line(c, 1016, y + 58, TEXT_RIGHT, s.word, size, FONT_BOLD, s.word_color, 0);
		part_status(
			c, s.shape, 1016 - word_width - 32, y + 43, 16, s.is_late ? TOKEN_PANEL : TOKEN_BG);
		word_width += 64;
	}
	struct fit_role name = {.size = 44,
		.floor = 36,
		.max_width = page->way == LIST_BY_STAGE ? 936 - word_width : 712,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	double money = list_draw_money(v, p, 1016, y + 110, 32, decimals);
	struct fit_role sub = {.size = 32,
		.floor = 28,
		.max_width = fmin(600, money - 24 - 64),
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	struct fit f = fit_text(c, v->arena, p->name, p->short_name, &name);
	fit_draw(c, 64, y + 58, TEXT_LEFT, &f, &name, TOKEN_FG);
	fit_line(c, v->arena, 64, y + 108, TEXT_LEFT, list_sub(v, p, page->way), &sub, TOKEN_FG2);
	list_draw_track(v, p, &s, 64, y + 154, 440, index);
	double phase = text_line(c, 528, y + 175, TEXT_LEFT, p->phase, 32, FONT_BOLD, TOKEN_FG2, 0);
	draw_next_portrait(v, page, p, &s, y + 175, fmin(396, 1016 - 24 - 528 - phase));
}
void list_draw_portrait(
	struct board_view *v, const struct list_page *p, const struct project *rows, int count)
{
	struct list_decimals decimals = list_money_decimals(rows, count);
	if (p->way != LIST_FACTS) {
		frame_enter(v, 0);
		list_draw_counters(v, p, 276, 1016, v->found.is_sample ? 300 : 64);
	}
	canvas_rect(v->canvas, 64, 306, 952, 2, TOKEN_FG);
	for (int i = 0; i < count; i++) {
		double y = 308 + i * 212;
		bool is_late = list_state_of(&rows[i], p->way).is_late;
		bool next_is_late = i + 1 < count && list_state_of(&rows[i + 1], p->way).is_late;
		frame_enter(v, i);
		draw_row_portrait(v, p, &rows[i], y, i, &decimals);
		if (i + 1 < count && !is_late && !next_is_late)
			canvas_rect(v->canvas, 64, y + 211, 952, 2, TOKEN_HAIR);
	}
}
