/* SPDX-License-Identifier: Apache-2.0
 *
 * pattern: where a town grows, as a schema like a transit map's; it has no
 * boundaries and no scale and says so (visual specification, board 9). */
#include "board/pattern.h"

#include "board/frame.h"
#include "board/kinds.h"
#include "paint/fit.h"

#define NOTE "示意图，不表示实际距离和位置"
#define NOTE_CUT NOTE "；东西向各列前3站"

/* A direction's name and theme. */
struct block {
	double x, y, text_x, text_y, w;
	int lines;
};

static int count_pages(struct board_view *v)
{
	struct pattern *list;
	return pattern_of_board(v->content, v->board->seq, v->arena, &list);
}

static struct pattern_scheme plan(const struct board_view *v)
{
	bool has_ticker = frame_has_ticker(v);
	if (canvas_is_portrait(v->canvas))
		return (struct pattern_scheme){true, 540, 900, 453, 476, 330, 1500, 1340, 568, 400};
	return (struct pattern_scheme){
		false, 960, 572, 788, 848, 276, has_ticker ? 830 : 902, has_ticker ? 684 : 692, 396, 216};
}

static struct block block_of(const struct board_view *v, enum pattern_direction d)
{
	static const struct block portrait[] = {[PATTERN_NORTH] = {620, 384, 620, 436, 396, 3},
		[PATTERN_EAST] = {580, 1120, 580, 1172, 436, 4},
		[PATTERN_SOUTH] = {580, 1420, 580, 1472, 436, 4},
		[PATTERN_WEST] = {64, 1120, 64, 1172, 436, 3}};
	static const struct block landscape[] = {[PATTERN_NORTH] = {1184, 314, 1344, 312, 464, 2},
		[PATTERN_EAST] = {1184, 690, 1344, 688, 464, 3},
		[PATTERN_SOUTH] = {1184, 866, 1344, 864, 464, 2},
		[PATTERN_WEST] = {112, 690, 272, 688, 400, 3}};
	static const struct block low[] = {[PATTERN_NORTH] = {1184, 314, 1344, 312, 464, 2},
		[PATTERN_EAST] = {1184, 670, 1344, 668, 464, 2},
		[PATTERN_SOUTH] = {1184, 796, 1344, 794, 464, 2},
		[PATTERN_WEST] = {112, 670, 272, 668, 400, 3}};
	if (canvas_is_portrait(v->canvas))
		return portrait[d];
	return frame_has_ticker(v) ? low[d] : landscape[d];
}

/* What takes more lines than designed is set smaller, and begins higher. */
static void draw_block(struct board_view *v, const struct pattern_arm *arm, const struct block *b)
{
	struct fit_role name = {.size = 64,
		.floor = 32,
		.max_width = b->text_x > b->x ? b->text_x - b->x - 24 : b->w,
		.max_lines = 1,
		.weight = FONT_BOLD};
	struct fit_role theme = {.size = 36,
		.floor = 36,
		.line_height = 48,
		.max_width = b->w,
		.max_lines = b->lines,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	struct fit f = fit_text(v->canvas, v->arena, arm->theme, NULL, &theme);
	double base = b->text_y;
	if (f.is_cut) {
		theme.size = 32;
		theme.floor = 28;
		theme.line_height = 40;
		theme.max_lines = b->lines > 3 ? b->lines : 3;
		base -= b->lines < 3 ? 20 : 4;
		f = fit_text(v->canvas, v->arena, arm->theme, NULL, &theme);
	}
	fit_line(v->canvas, v->arena, b->x, b->y, TEXT_LEFT, arm->name, &name, TOKEN_FG);
	fit_draw(v->canvas, b->text_x, base, TEXT_LEFT, &f, &theme, TOKEN_FG2);
}

static bool is_cut(const struct board_view *v, const struct pattern *p)
{
	return canvas_is_portrait(v->canvas) &&
	       (p->arms[PATTERN_EAST].station_count > PATTERN_SIDE_STATIONS ||
		       p->arms[PATTERN_WEST].station_count > PATTERN_SIDE_STATIONS);
}

static void paint(struct board_view *v)
{
	struct pattern *list;
	(void)pattern_of_board(v->content, v->board->seq, v->arena, &list);
	const struct pattern *p = &list[v->page];
	struct pattern_scheme s = plan(v);
	frame_note_origin(v, &p->origin);
	if (p->railway)
		pattern_draw_railway(v, &s, p->railway);
	pattern_draw_arms(v, &s, p);
	pattern_draw_hub(v, &s, p->centre);
	for (int d = 0; d < PATTERN_DIRECTIONS; d++) {
		struct block b = block_of(v, (enum pattern_direction)d);
		frame_enter(v, 1 + d);
		if (p->arms[d].name)
			draw_block(v, &p->arms[d], &b);
	}
	v->found.note = is_cut(v, p) ? NOTE_CUT : NOTE;
	v->found.note_x = frame_left(v);
	v->found.note_base = frame_footer_rule(v) - (s.is_portrait ? 52 : 16);
	v->found.note_width = frame_width(v);
	frame_entered(v);
	frame_draw_header(v, &(struct frame_title){.title = p->name, .section = "城市"});
}

const struct board_kind board_pattern = {.name = "pattern", .pages = count_pages, .paint = paint};
