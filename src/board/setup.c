/* SPDX-License-Identifier: Apache-2.0
 *
 * setup: for whoever stands before the screen with its card in hand. No clock, no name of
 * a town: nothing is known yet. */
#include "board/setup.h"

#include "base/arena.h"
#include "paint/fit.h"
#include "paint/part.h"

#define MARGIN 112.0
#define HEADLINE_BASE 316.0
#define LINE_TOP 432.0
#define LINE_GAP 20.0

void board_paint_setup(struct canvas *c, const char *const *lines, int count)
{
	struct arena arena = {0};
	double width = canvas_width(c) - 2 * MARGIN, bottom = canvas_height(c) - MARGIN, y = LINE_TOP;
	struct fit_role headline = {.size = 88,
		.floor = 56,
		.max_width = width,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	struct fit_role line = {.size = 48,
		.floor = 40,
		.line_height = 68,
		.max_width = width,
		.max_lines = 4,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	canvas_clear(c, theme_hall());
	part_brand(c, MARGIN, 96, 88);
	fit_line(c, &arena, MARGIN, HEADLINE_BASE, TEXT_LEFT, lines[0], &headline, TOKEN_FG);
	canvas_rect(c, MARGIN, HEADLINE_BASE + 40, width, 2, TOKEN_FG);
	for (int i = 1; i < count; i++) {
		struct fit f = fit_text(c, &arena, lines[i], NULL, &line);
		double height = f.count * line.line_height;
		if (y + height > bottom)
			break;
		(void)fit_draw(c, MARGIN, y + 48, TEXT_LEFT, &f, &line, TOKEN_FG);
		y += height + LINE_GAP;
	}
	arena_finish(&arena);
}
