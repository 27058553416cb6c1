/* SPDX-License-Identifier: Apache-2.0
 *
 * notices: one in full, the others beside it; each takes its turn as the feature
 * (visual specification, board 14). */
#include "board/frame.h"
#include "board/kinds.h"
#include "paint/fit.h"

#define LIST_LANDSCAPE 4
#define LIST_PORTRAIT 6

/* One page a notice: it is the feature, those behind it are the list. */
static int count_pages(struct board_view *v)
{
	struct notice *list;
	return notice_of_board(v->content, v->board->seq, &v->now, v->arena, &list);
}

static void draw_feature(struct board_view *v, const struct notice *n, double w, double bottom)
{
	struct canvas *c = v->canvas;
	bool is_portrait = canvas_is_portrait(c);
	double x = frame_left(v), y = is_portrait ? 300 : FRAME_BODY_TOP;
	struct fit_role title = {.size = is_portrait ? 88 : 80,
		.floor = 64,
		.line_height = 108,
		.max_width = w,
		.max_lines = 3,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	if (n->category)
		part_pill(c, x, y, n->category);
	struct fit f = fit_text(c, v->arena, n->title, NULL, &title);
	double base = y + 156;
	fit_draw(c, x, base, TEXT_LEFT, &f, &title, TOKEN_FG);
	double body = base + (f.count - 1) * title.line_height + 120;
	struct fit_role text = {.size = 48,
		.floor = 40,
		.line_height = 76,
		.max_width = w,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	text.max_lines = (int)((bottom - body) / text.line_height) + 1;
	if (text.max_lines > 0)
		fit_line(c, v->arena, x, body, TEXT_LEFT, n->text, &text, TOKEN_FG2);
}

static void draw_entry(struct board_view *v, const struct notice *n, double x, double y, double w)
{
	struct fit_role category = {.size = 36,
		.floor = 28,
		.line_height = 48,
		.max_width = 96,
		.max_lines = 2,
		.weight = FONT_BOLD};
	struct fit_role text = {.size = 44,
		.floor = 40,
		.line_height = 60,
		.max_width = w - 112,
		.max_lines = 2,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	if (n->category)
		fit_line(v->canvas, v->arena, x, y, TEXT_LEFT, n->category, &category, TOKEN_ACC);
	fit_line(v->canvas, v->arena, x + 112, y, TEXT_LEFT, n->text, &text, TOKEN_FG);
}

static void paint(struct board_view *v)
{
	struct notice *list;
	bool is_portrait = canvas_is_portrait(v->canvas);
	int count = notice_of_board(v->content, v->board->seq, &v->now, v->arena, &list);
	if (v->page >= count)
		return;
	bool is_alone = count == 1;
	double bottom = frame_footer_rule(v) - 40;
	frame_enter(v, 0);
	frame_note_origin(v, &list[v->page].origin);
	draw_feature(v, &list[v->page],
		is_portrait ? 952
		: is_alone  ? 1696
			    : 832,
		is_portrait ? 900 : bottom);
	double x = is_portrait ? 64 : 1040, w = is_portrait ? 952 : 768;
	double y = is_portrait ? 960 : FRAME_BODY_TOP, pitch = is_portrait ? 136 : 160;
	int room = (int)((frame_footer_rule(v) - 16 - y) / pitch);
	int most = is_portrait ? LIST_PORTRAIT : LIST_LANDSCAPE;
	room = room > most ? most : room;
	if (!is_alone)
		canvas_rect(v->canvas, x, y, w, 4, TOKEN_FG);
	for (int i = 1; i < count && i <= room; i++) {
		const struct notice *n = &list[(v->page + i) % count];
		frame_enter(v, i);
		frame_note_origin(v, &n->origin);
		draw_entry(v, n, x, y + 62 + (i - 1) * pitch, w);
		if (i + 1 < count && i + 1 <= room)
			canvas_rect(v->canvas, x, y + i * pitch, w, 2, TOKEN_HAIR);
	}
	frame_entered(v);
	frame_draw_header(v, &(struct frame_title){.title = "服务公告", .section = "公告"});
}

const struct board_kind board_notices = {.name = "notices", .pages = count_pages, .paint = paint};
