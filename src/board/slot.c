/* SPDX-License-Identifier: Apache-2.0 */
#include "board/slot.h"

#include <math.h>

#include "paint/fit.h"

#define STRIP_HEIGHT 52.0
#define STRIP_PADDING 20.0
#define CAPTION_MOST 900.0

bool slot_draw_picture(struct board_view *v, const char *name, const struct slot_box *box)
{
	SDL_Rect px = canvas_to_px(v->canvas, box->x, box->y, box->w, box->h);
	cairo_surface_t *picture = gallery_cover(v->gallery, name, px.w, px.h);
	if (!picture)
		return false;
	canvas_picture(v->canvas, picture, box->x, box->y, box->w, box->h);
	return true;
}

void slot_draw_caption(struct board_view *v, const char *text, const struct slot_box *box)
{
	struct canvas *c = v->canvas;
	struct fit_role role = {.size = 32,
		.floor = 32,
		.max_width = fmin(CAPTION_MOST, box->w - 2 * STRIP_PADDING),
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	struct fit f = fit_text(c, v->arena, text, NULL, &role);
	struct text_run run = {f.lines[0], f.size, FONT_REGULAR, TOKEN_ONINV, 0};
	double y = box->y + box->h - STRIP_HEIGHT;
	canvas_rect(c, box->x, y, text_width(c, &run, 1, TEXT_SPACED) + 2 * STRIP_PADDING, STRIP_HEIGHT,
		TOKEN_INV);
	fit_draw(c, box->x + STRIP_PADDING, y + 37, TEXT_LEFT, &f, &role, TOKEN_ONINV);
}
