/* SPDX-License-Identifier: Apache-2.0
 *
 * empty: the skeleton of a list and a word on why there is nothing
 * (visual specification, board 16c). */
#include "board/frame.h"
#include "board/kinds.h"
#include "paint/fit.h"

#define BOX_WIDTH 800.0
#define BOX_HEIGHT 296.0

static void draw_skeleton(struct board_view *v)
{
	static const double bars[][2] = {{640, 152}, {848, 392}, {1288, 240}, {1640, 168}};
	static const double names[] = {360, 288, 324, 252, 342, 270, 306};
	double left = frame_left(v), bottom = frame_footer_rule(v) - 32;
	bool is_portrait = canvas_is_portrait(v->canvas);
	for (int i = 0; 326 + i * 95 + 20 <= bottom && i < (is_portrait ? 15 : 7); i++) {
		double y = 326 + i * 95;
		canvas_rect(v->canvas, left, y, names[i % 7], 20, TOKEN_PANEL);
		for (int k = 0; !is_portrait && k < 4; k++)
			canvas_rect(v->canvas, bars[k][0], y, bars[k][1], 20, TOKEN_PANEL);
		if (is_portrait)
			canvas_rect(v->canvas, frame_right(v) - 168, y, 168, 20, TOKEN_PANEL);
		else if (i == 6)
			break;
		canvas_rect(v->canvas, left, y + 58, frame_width(v), 2, TOKEN_PANEL);
	}
}

void empty_draw(struct board_view *v, const char *headline, const char *text)
{
	struct canvas *c = v->canvas;
	double cx = canvas_width(c) / 2;
	double cy = canvas_is_portrait(c) ? 960 : frame_has_ticker(v) ? 564 : 588;
	double x = cx - BOX_WIDTH / 2, y = cy - BOX_HEIGHT / 2;
	draw_skeleton(v);
	canvas_rect(c, x, y, BOX_WIDTH, BOX_HEIGHT, TOKEN_BG);
	canvas_outline(c, x, y, BOX_WIDTH, BOX_HEIGHT, 0, 4, TOKEN_FG);
	canvas_ring(c, x + 120, cy, 48, 8, TOKEN_FG);
	for (int i = -1; i <= 1; i++)
		canvas_circle(c, x + 120 + 24 * i, cy, 7, TOKEN_FG);
	struct fit_role title = {.size = 72,
		.floor = 56,
		.max_width = BOX_WIDTH - 240,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	struct fit_role line = {.size = 40,
		.floor = 32,
		.max_width = BOX_WIDTH - 240,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	fit_line(c, v->arena, x + 208, cy - 10, TEXT_LEFT, headline, &title, TOKEN_FG);
	fit_line(c, v->arena, x + 208, cy + 62, TEXT_LEFT, text, &line, TOKEN_FG2);
	if (!v->found.as_of_count)
		v->found.as_of[v->found.as_of_count++] = "—";
}
