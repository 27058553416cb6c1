/* SPDX-License-Identifier: Apache-2.0
 *
 * occasion: the town event as a poster: name, season, highlights, countdown, code
 * (visual specification, boards 11 and 11p). */
#include <stdio.h>
#include <string.h>

#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "board/number.h"
#include "content/edtf.h"
#include "content/occasion.h"
#include "paint/fit.h"
#include "paint/qr.h"

#define ITEMS_MAX 3

static int load(struct board_view *v, struct occasion **list)
{
	int count = occasion_of_board(v->content, v->board->seq, v->arena, list);
	int kept = 0;
	for (int i = 0; i < count; i++) {
		if (occasion_countdown(&(*list)[i], &v->now).kind != COUNTDOWN_OVER)
			(*list)[kept++] = (*list)[i];
	}
	return kept;
}

static int count_pages(struct board_view *v)
{
	struct occasion *list;
	return load(v, &list);
}

/* The picture, in the box that the mockup's drawing fills: 708 x 588 about the disc. */
static void draw_poster(struct board_view *v, const struct occasion *o)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	double s = is_portrait ? 1.3 : 1;
	double cx = is_portrait ? 516 : 1456, cy = is_portrait ? 568 : 396;
	double x = cx - 294 * s, y = cy - 294 * s, w = 708 * s, h = 588 * s;
	if (!o->poster)
		return;
	SDL_Rect box = canvas_to_px(v->canvas, x, y, w, h);
	cairo_surface_t *picture = gallery_get(v->gallery, o->poster, box.w, box.h);
	if (!picture)
		return;
	double scale = canvas_scale(v->canvas);
	double pw = cairo_image_surface_get_width(picture) / scale,
	       ph = cairo_image_surface_get_height(picture) / scale;
	canvas_picture(v->canvas, picture, x + (w - pw) / 2, y + (h - ph) / 2, pw, ph);
}

struct date_sizes {
	double digit, unit, dash, gap;
};

static int add_date(struct board_view *v, struct text_run *runs, int count, const struct edtf *d,
	const struct date_sizes *z, bool leads)
{
	double gap = leads ? 0 : z->gap;
	if (d->precision == EDTF_DAY || d->precision == EDTF_MONTH) {
		runs[count++] = (struct text_run){
			arena_printf(v->arena, "%d", d->part), z->digit, FONT_BOLD, TOKEN_FG, gap};
		runs[count++] = (struct text_run){"月", z->unit, FONT_BOLD, TOKEN_FG, 10};
	} else {
		char text[64];
		edtf_format(d, d->year, text, sizeof text);
		runs[count++] =
			(struct text_run){arena_text(v->arena, text), z->unit, FONT_BOLD, TOKEN_FG, gap};
	}
	if (d->precision == EDTF_DAY) {
		runs[count++] = (struct text_run){
			arena_printf(v->arena, "%d", d->day), z->digit, FONT_BOLD, TOKEN_FG, 10};
		runs[count++] = (struct text_run){"日", z->unit, FONT_BOLD, TOKEN_FG, 10};
	}
	return count;
}

static void draw_dates(
	struct board_view *v, const struct occasion *o, double x, double base, double max_width)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	struct date_sizes z =
		is_portrait ? (struct date_sizes){160, 64, 104, 16} : (struct date_sizes){176, 64, 112, 20};
	bool is_one = o->from.first == o->to.first && o->from.last == o->to.last;
	if (o->from.precision == EDTF_DAY && !is_one)
		z = (struct date_sizes){128, 52, 88, 14};
	struct text_run runs[10];
	int count = add_date(v, runs, 0, &o->from, &z, true);
	if (!is_one) {
		runs[count++] = (struct text_run){"—", z.dash, FONT_BOLD, TOKEN_FG2, z.gap};
		count = add_date(v, runs, count, &o->to, &z, false);
	}
	for (double by = 1; by > 0.4 && text_width(v->canvas, runs, count, TEXT_OPTICAL) > max_width;
		by *= 0.92) {
		for (int i = 0; i < count; i++)
			runs[i].size *= 0.92;
	}
	text_draw(v->canvas, x, base, TEXT_LEFT, runs, count, TEXT_OPTICAL);
}

/* A list within a highlight breaks at its comma, and the line's end needs none. */
static const char *without_comma(struct board_view *v, const char *line)
{
	static const char comma[] = "、";
	size_t len = strlen(line), tail = sizeof comma - 1;
	bool ends = len > tail && strcmp(line + len - tail, comma) == 0;
	return ends ? arena_text_len(v->arena, line, len - tail) : line;
}

/* Where it reads best in two lines: behind its comma or, without one, behind a name
 * in quotation marks. */
static const char *split_of(struct board_view *v, const char *text)
{
	static const char *const marks[] = {"、", "”"};
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		const char *at = strstr(text, marks[i]);
		const char *rest = at ? at + strlen(marks[i]) : "";
		if (*rest)
			return arena_printf(v->arena, "%.*s\n%s", (int)(rest - text), text, rest);
	}
	return text;
}

static void draw_item(struct board_view *v, const char *text, double x, double base, double w)
{
	struct fit_role role = {.size = 44,
		.floor = 36,
		.line_height = 60,
		.max_width = w,
		.max_lines = 2,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED | TEXT_HUNG};
	struct fit f = fit_text(v->canvas, v->arena, text, NULL, &role);
	if (f.count > 1 && !strchr(text, '\n'))
		f = fit_text(v->canvas, v->arena, split_of(v, text), NULL, &role);
	for (int i = 0; i + 1 < f.count; i++)
		f.lines[i] = without_comma(v, f.lines[i]);
	fit_draw(v->canvas, x, base, TEXT_LEFT, &f, &role, TOKEN_FG);
}

/* What the countdown slot says: a word over a number, or words alone. */
struct slot {
	const char *label, *word;
	int days; /* -1: no number */
	const char *prefix;
};

/* The month, or whatever of the year is known. */
static const char *opening(struct board_view *v, const struct edtf *from)
{
	char text[64];
	edtf_format(from, from->precision == EDTF_YEAR ? 0 : from->year, text, sizeof text);
	return arena_text(v->arena, text);
}

static struct slot slot_of(struct board_view *v, const struct occasion *o)
{
	struct countdown d = occasion_countdown(o, &v->now);
	static const char *const stopped[] = {[OCCASION_POSTPONED] = "已延期",
		[OCCASION_SUSPENDED] = "暂停举办",
		[OCCASION_CANCELLED] = "已取消"};
	if (o->status >= OCCASION_POSTPONED)
		return (struct slot){o->reason, stopped[o->status], -1, ""};
	switch (d.kind) {
	case COUNTDOWN_MONTH:
		return (struct slot){
			arena_printf(v->arena, "%s启幕", opening(v, &o->from)), "敬请期待", -1, ""};
	case COUNTDOWN_DAYS:
		return (struct slot){"距开幕", NULL, d.number, ""};
	case COUNTDOWN_TODAY:
		return (struct slot){NULL, "今日开幕", -1, ""};
	case COUNTDOWN_DAY_N:
		return (struct slot){"正在举办", NULL, d.number, "第"};
	case COUNTDOWN_RUNNING:
		return (struct slot){NULL, "正在举办", -1, ""};
	case COUNTDOWN_LAST:
		return (struct slot){NULL, "今日收官", -1, ""};
	default:
		return (struct slot){NULL, NULL, -1, ""};
	}
}

static bool is_empty(const struct slot *s)
{
	return !s->label && !s->word && s->days < 0;
}

static struct number slot_number(struct board_view *v, const struct slot *s, double size, double unit_size)
{
	return (struct number){.digits = arena_printf(v->arena, "%d", s->days),
		.value = s->days,
		.is_counted = !*s->prefix,
		.prefix = s->prefix,
		.unit = "天",
		.size = size,
		.unit_size = unit_size,
		.gap = size > 150 ? 12 : 10,
		.color = TOKEN_FG};
}

static void draw_slot_landscape(
	struct board_view *v, const struct occasion *o, const struct slot *s, double x, double w)
{
	struct canvas *c = v->canvas;
	struct fit_role label = {.size = 40,
		.floor = 28,
		.max_width = w - (o->is_opens_sample ? 160 : 0),
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	canvas_rect(c, x, 712, w, 4, TOKEN_ACC);
	if (s->label)
		fit_line(c, v->arena, x, 784, TEXT_LEFT, s->label, &label, TOKEN_FG2);
	if (s->days >= 0) {
		static const double sizes[] = {176, 160, 144, 128};
		struct number n = slot_number(v, s, 176, 64);
		number_fit(v, &n, w, sizes, 4);
		number_draw(v, x, 948, TEXT_LEFT, &n);
	} else if (s->word) {
		text_line(c, x, s->label ? 880 : 820, TEXT_LEFT, s->word, 80, FONT_BOLD, TOKEN_FG, 0);
	}
	if (o->is_opens_sample && s->days >= 0) {
		part_tag(c, x + w - part_tag_width(c, "示例数据"), 746, "示例数据");
		v->found.tag_is_placed = true;
	}
}

/* The occasion's name, and the line under it. */
struct heading {
	const char *text;
	double x, base, drop; /* drop: by how much two lines end lower */
	enum token color;
	struct fit_role role;
};

/* As large as it goes in a line; a longer one takes two. */
static void draw_heading(struct board_view *v, const struct heading *h)
{
	struct fit_role role = h->role;
	struct fit f = fit_text(v->canvas, v->arena, h->text, NULL, &role);
	double base = h->base;
	if (f.is_cut) {
		role.size = 72;
		role.floor = 48;
		role.line_height = 84;
		role.max_lines = 2;
		role.is_balanced = true;
		f = fit_text(v->canvas, v->arena, h->text, NULL, &role);
		base += h->drop - (f.count - 1) * role.line_height;
	}
	fit_draw(v->canvas, h->x, base, TEXT_LEFT, &f, &role, h->color);
}

static void paint_landscape(struct board_view *v, const struct occasion *o)
{
	struct canvas *c = v->canvas;
	struct fit_role name = {.size = 176,
		.floor = 72,
		.max_width = 1000,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED | TEXT_HUNG};
	struct fit_role title = {.size = 104,
		.floor = 72,
		.max_width = 1000,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	frame_enter(v, 0);
	draw_poster(v, o);
	frame_enter(v, 1);
	draw_heading(v, &(struct heading){o->name, 112, 320, 0, TOKEN_FG, name});
	if (o->subtitle)
		draw_heading(v, &(struct heading){o->subtitle, 112, 456, 48, TOKEN_ACC, title});
	frame_enter(v, 2);
	draw_dates(v, o, 112, 652, 1000);

	struct slot s = slot_of(v, o);
	double right = o->url ? 1520 : 1808;
	double slot_w = is_empty(&s) ? 0 : 400;
	double items_right = is_empty(&s) ? right : 1088 + (right - 1520);
	int count = o->highlight_count < ITEMS_MAX ? o->highlight_count : ITEMS_MAX;
	double pitch = (items_right - 112 + 32) / ITEMS_MAX;
	for (int i = 0; i < count; i++) {
		frame_enter(v, 3 + i);
		canvas_rect(c, 112 + i * pitch, 712, pitch - 32, 4, TOKEN_ACC);
		draw_item(v, o->highlights[i], 112 + i * pitch, 786, pitch - 32);
	}
	frame_enter(v, 6);
	if (slot_w > 0)
		draw_slot_landscape(v, o, &s, items_right + 32, slot_w);
	if (o->url)
		qr_draw_address(c, 1552, frame_has_ticker(v) ? 640 : 712, 256, o->url);
}

static void draw_slot_portrait(struct board_view *v, const struct occasion *o, const struct slot *s)
{
	struct canvas *c = v->canvas;
	double w = 0;
	if (s->label) {
		struct fit_role label = {
			.size = 36, .floor = 28, .max_width = 300, .max_lines = 1, .weight = FONT_REGULAR};
		struct fit f = fit_text(c, v->arena, s->label, NULL, &label);
		struct text_run run = {f.lines[0], f.size, FONT_REGULAR, TOKEN_FG2, 0};
		w = text_width(c, &run, 1, 0);
		fit_draw(c, 1016, 1380, TEXT_RIGHT, &f, &label, TOKEN_FG2);
	}
	if (s->days >= 0) {
		struct number n = slot_number(v, s, 104, 44);
		number_draw(v, 1016, 1476, TEXT_RIGHT, &n);
	} else if (s->word) {
		text_line(c, 1016, 1476, TEXT_RIGHT, s->word, 72, FONT_BOLD, TOKEN_FG, 0);
	}
	if (o->is_opens_sample && s->days >= 0) {
		part_tag(c, 1016 - w - 22 - part_tag_width(c, "示例数据"), 1346, "示例数据");
		v->found.tag_is_placed = true;
	}
}

static void paint_portrait(struct board_view *v, const struct occasion *o)
{
	struct canvas *c = v->canvas;
	struct fit_role name = {.size = 168,
		.floor = 72,
		.max_width = 952,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED | TEXT_HUNG};
	struct fit_role title = {.size = 104,
		.floor = 72,
		.max_width = 952,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	struct fit_role item = {.size = 44,
		.floor = 36,
		.max_width = o->url ? 616 : 952,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED | TEXT_HUNG};
	frame_enter(v, 0);
	draw_poster(v, o);
	frame_enter(v, 1);
	/* The margin has room for less than a hung mark of this size. */
	bool is_quoted = strncmp(o->name, "“", strlen("“")) == 0;
	name.max_width -= is_quoted ? 48 : 0;
	draw_heading(v, &(struct heading){o->name, is_quoted ? 28 + 84 : 64, 1158, 0, TOKEN_FG, name});
	if (o->subtitle)
		draw_heading(v, &(struct heading){o->subtitle, 64, 1288, 48, TOKEN_ACC, title});
	frame_enter(v, 2);
	struct slot s = slot_of(v, o);
	draw_dates(v, o, 64, 1476, is_empty(&s) ? 952 : 620);
	if (!is_empty(&s))
		draw_slot_portrait(v, o, &s);
	frame_enter(v, 3);
	canvas_rect(c, 64, 1536, item.max_width, 4, TOKEN_ACC);
	for (int i = 0; i < o->highlight_count && i < ITEMS_MAX; i++)
		fit_line(c, v->arena, 64, 1600 + 60 * i, TEXT_LEFT, o->highlights[i], &item, TOKEN_FG);
	if (o->url)
		qr_draw_address(c, 744, frame_has_ticker(v) ? 1464 : 1536, 272, o->url);
}

static void paint(struct board_view *v)
{
	struct occasion *list;
	int count = load(v, &list);
	if (v->page >= count)
		return;
	const struct occasion *o = &list[v->page];
	canvas_gradient(v->canvas, TOKEN_BG, TOKEN_BG2);
	frame_note_origin(v, &o->origin);
	if (canvas_is_portrait(v->canvas))
		paint_portrait(v, o);
	else
		paint_landscape(v, o);
	v->found.title = o->name;
	v->found.note = o->venue ? arena_printf(v->arena, "地点 %s", o->venue) : NULL;
	frame_entered(v);
	frame_draw_header_row(v, o->venue ? o->venue : "活动");
}

const struct board_kind board_occasion = {
	.name = "occasion", .pages = count_pages, .paint = paint, .dwell_s = 12, .has_own_header = true};
