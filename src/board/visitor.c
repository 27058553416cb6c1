/* SPDX-License-Identifier: Apache-2.0 */
#include "board/visitor.h"

#include "board/frame.h"
#include "paint/fit.h"
#include "paint/part.h"

#define BAR_HEIGHT 124.0 /* the footer, and the 32 that a body leaves over it */
#define BUTTON_TOP 44.0 /* within the bar */
#define BUTTON_HEIGHT 72.0
#define BUTTON_GAP 16.0
#define ROW_PITCH 100.0
#define ROW_HEIGHT 84.0
#define KEYS_ACROSS 6

static const char keys[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

struct label {
	enum touch_action action;
	const char *text;
};

const struct touch_button *visitor_find(const struct touch_buttons *b, double x, double y)
{
	for (int i = 0; i < b->count; i++) {
		const struct touch_button *t = &b->list[i];
		if (x >= t->x && x < t->x + t->w && y >= t->y && y < t->y + t->h)
			return t;
	}
	return NULL;
}

/* A button whose text stands in its middle, or at its left. */
static void draw_button(struct board_view *v, struct touch_buttons *out, const struct touch_button *b,
	const char *text, bool is_row)
{
	struct fit_role role = {.size = 36,
		.floor = 28,
		.max_width = b->w - (is_row ? 48 : 16),
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	canvas_round(v->canvas, b->x, b->y, b->w, b->h, 8, TOKEN_PANEL);
	canvas_outline(v->canvas, b->x, b->y, b->w, b->h, 8, 2, TOKEN_MID);
	fit_line(v->canvas, v->arena, is_row ? b->x + 24 : b->x + b->w / 2, b->y + b->h / 2 + 13,
		is_row ? TEXT_LEFT : TEXT_CENTER, text, &role, TOKEN_FG);
	if (out->count < TOUCH_BUTTONS_MAX)
		out->list[out->count++] = *b;
}

static double bar_top(const struct board_view *v)
{
	return canvas_height(v->canvas) - BAR_HEIGHT;
}

static void draw_bar(struct board_view *v, const struct label *labels, int count, struct touch_buttons *out)
{
	double top = bar_top(v), x = frame_left(v);
	double w = (frame_width(v) - (count - 1) * BUTTON_GAP) / count;
	canvas_rect(v->canvas, 0, top, canvas_width(v->canvas), BAR_HEIGHT, TOKEN_BG);
	canvas_rect(v->canvas, 0, top, canvas_width(v->canvas), 2, TOKEN_HAIR);
	for (int i = 0; i < count; i++)
		draw_button(v, out,
			&(struct touch_button){.x = x + i * (w + BUTTON_GAP),
				.y = top + BUTTON_TOP,
				.w = w,
				.h = BUTTON_HEIGHT,
				.action = labels[i].action},
			labels[i].text, false);
}

/* What the footer, which lies under the bar, says of the data. */
static const char *origin_of(struct board_view *v, bool has_source)
{
	const struct board_findings *f = &v->found;
	const char *said = v->frame.is_offline ? "　离线" : "";
	for (int i = has_source ? f->source_count - 1 : -1; i >= 0; i--)
		said = arena_printf(v->arena, "%s%s%s", i ? "、" : "　来源 ", f->source[i], said);
	for (int i = f->as_of_count - 1; i >= 0; i--)
		said = arena_printf(v->arena, "%s%s%s",
			i                   ? "、"
			: v->frame.is_stale ? "　已过期，数据截至 "
					    : "　数据截至 ",
			f->as_of[i], said);
	return said;
}

static void draw_status(struct board_view *v, const char *status, double dots)
{
	struct fit_role role = {.size = 28,
		.floor = 24,
		.max_width = frame_width(v) - dots - 32,
		.max_lines = 1,
		.weight = FONT_REGULAR};
	struct fit f =
		fit_text(v->canvas, v->arena, arena_printf(v->arena, "%s%s", status, origin_of(v, true)),
			arena_printf(v->arena, "%s%s", status, origin_of(v, false)), &role);
	fit_draw(v->canvas, frame_left(v), bar_top(v) + 34, TEXT_LEFT, &f, &role, TOKEN_FG2);
}

void visitor_paint_page_bar(struct board_view *v, const struct visitor_place *at, struct touch_buttons *out)
{
	static const struct label labels[] = {{TOUCH_PREVIOUS, "上一页"}, {TOUCH_NEXT, "下一页"},
		{TOUCH_LIST, "目录"}, {TOUCH_LEAVE, "继续播放"}, {TOUCH_PAD, "查找项目"}};
	draw_bar(v, labels, at->has_pad ? 5 : 4, out);
	draw_status(v, arena_printf(v->arena, "已暂停 %d/%d", at->page + 1, at->page_count),
		part_dots_width(v->canvas, at->board, at->board_count));
	part_dots(v->canvas, frame_right(v), bar_top(v) + 24, at->board, at->board_count, 0);
}

void visitor_paint_project_bar(struct board_view *v, struct touch_buttons *out)
{
	static const struct label labels[] = {
		{TOUCH_BACK, "返回"}, {TOUCH_LIST, "目录"}, {TOUCH_LEAVE, "继续播放"}};
	draw_bar(v, labels, 3, out);
	draw_status(v, "已暂停", 0);
}

/* ---- choosing ----------------------------------------------------------------------------- */

struct rows {
	double x, y, w;
	int across, down; /* columns of so many rows */
};

static int draw_rows(struct board_view *v, const struct rows *r, const struct visitor_names *n,
	enum touch_action action, struct touch_buttons *out)
{
	int shown = 0, room = r->across * r->down;
	double w = (r->w - (r->across - 1) * BUTTON_GAP) / r->across;
	for (; shown < room && n->first + shown < n->count; shown++)
		draw_button(v, out,
			&(struct touch_button){.x = r->x + shown / r->down * (w + BUTTON_GAP),
				.y = r->y + shown % r->down * ROW_PITCH,
				.w = w,
				.h = ROW_HEIGHT,
				.action = action,
				.value = n->values[n->first + shown]},
			n->names[n->first + shown], true);
	return shown;
}

static void begin(struct board_view *v, const char *title)
{
	canvas_clear(v->canvas, theme_hall());
	frame_draw_header(v, &(struct frame_title){.title = title, .section = "触摸查询"});
}

int visitor_paint_list(
	struct board_view *v, const struct visitor_names *boards, bool has_pad, struct touch_buttons *out)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	struct rows rows = {
		frame_left(v), FRAME_BODY_TOP, frame_width(v), is_portrait ? 1 : 2, is_portrait ? 15 : 7};
	struct label labels[4];
	int count = 0;
	begin(v, "目录");
	int shown = draw_rows(v, &rows, boards, TOUCH_BOARD, out);
	if (boards->count > rows.across * rows.down)
		labels[count++] = (struct label){TOUCH_MORE, "更多"};
	labels[count++] = (struct label){TOUCH_BACK, "返回"};
	if (has_pad)
		labels[count++] = (struct label){TOUCH_PAD, "查找项目"};
	labels[count++] = (struct label){TOUCH_LEAVE, "继续播放"};
	draw_bar(v, labels, count, out);
	return shown;
}

static void draw_keys(
	struct board_view *v, double x, double y, double w, double pitch_y, struct touch_buttons *out)
{
	double pitch_x = (w + BUTTON_GAP) / KEYS_ACROSS;
	for (int i = 0; keys[i]; i++)
		draw_button(v, out,
			&(struct touch_button){.x = x + i % KEYS_ACROSS * pitch_x,
				.y = y + i / KEYS_ACROSS * pitch_y,
				.w = pitch_x - BUTTON_GAP,
				.h = pitch_y - BUTTON_GAP,
				.action = TOUCH_KEY,
				.value = keys[i]},
			arena_text_len(v->arena, keys + i, 1), false);
}

static void draw_typed(struct board_view *v, double w, const char *typed, int count)
{
	const char *said = !*typed      ? "输入项目名称的拼音首字母"
			   : count == 0 ? "没有找到，请核对首字母"
					: arena_printf(v->arena, "找到%d个项目", count);
	canvas_outline(v->canvas, frame_left(v), FRAME_BODY_TOP, w, ROW_HEIGHT, 8, 2, TOKEN_FG);
	text_line(v->canvas, frame_left(v) + 24, FRAME_BODY_TOP + 58, TEXT_LEFT, *typed ? typed : "例：FCXZ",
		44, FONT_BOLD, *typed ? TOKEN_FG : TOKEN_FG3, 0);
	text_line(v->canvas, frame_left(v), FRAME_BODY_TOP + ROW_HEIGHT + 48, TEXT_LEFT, said, 32,
		FONT_REGULAR, TOKEN_FG2, TEXT_SPACED);
}

int visitor_paint_pad(
	struct board_view *v, const char *typed, const struct visitor_names *found, struct touch_buttons *out)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	double w = is_portrait ? frame_width(v) : frame_width(v) / 2 - 32;
	struct rows rows = {frame_left(v), FRAME_BODY_TOP + 164, w, 1, is_portrait ? 6 : 5};
	struct label labels[4] = {{TOUCH_ERASE, "删除"}, {TOUCH_BACK, "返回"}, {TOUCH_LEAVE, "继续播放"}};
	int count = 3;
	begin(v, "查找项目");
	draw_typed(v, w, typed, found->count);
	int shown = draw_rows(v, &rows, found, TOUCH_PROJECT, out);
	if (is_portrait)
		draw_keys(v, frame_left(v), 1060, w, 120, out);
	else
		draw_keys(v, frame_left(v) + w + 64, FRAME_BODY_TOP, w, 114, out);
	if (found->count > rows.down)
		labels[count++] = (struct label){TOUCH_MORE, "更多"};
	draw_bar(v, labels, count, out);
	return shown;
}
