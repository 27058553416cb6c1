/* SPDX-License-Identifier: Apache-2.0
 *
 * standing: where the district stands among the others, as a ladder; a rank known
 * only as a bound is a capsule, never a dot (visual specification, board 2). */
#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "content/edtf.h"
#include "content/indicator.h"
#include "paint/fit.h"

#define ROWS_LANDSCAPE 6
#define STEPS_MAX 20 /* beyond, stops are no longer told apart */

/* Where a ladder's stops lie, and how a page is divided. */
struct ladder {
	bool is_portrait;
	double first, pitch, radius; /* x of stop 1; distance; of a stop */
	int steps, top; /* top: the bound that the band marks, 0: no band */
	double row_top, row_pitch;
	int rows; /* a page */
};

struct rows {
	struct indicator *list;
	int count;
	struct figure *side; /* a figure that the board names: stands beside the summary */
	int side_count;
};

static int key_of(const struct indicator *i)
{
	return i->rank ? i->rank : i->rank_at_least ? 1000 + i->rank_at_least : 2000;
}

/* Exact ranks first, best first; then bounds; then what has none. */
static void sort(struct indicator *list, int count)
{
	for (int i = 1; i < count; i++) {
		struct indicator moved = list[i];
		int k = i;
		for (; k > 0 && key_of(&list[k - 1]) > key_of(&moved); k--)
			list[k] = list[k - 1];
		list[k] = moved;
	}
}

static struct rows load(struct board_view *v)
{
	struct rows r = {0};
	r.count = indicator_of_board(v->content, v->board->seq, v->arena, &r.list);
	r.side_count = figure_of_board(v->content, v->board->seq, v->arena, &r.side);
	int kept = 0;
	for (int i = 0; i < r.count; i++) {
		if (r.list[i].of > 0)
			r.list[kept++] = r.list[i];
	}
	r.count = kept;
	sort(r.list, r.count);
	return r;
}

static int steps_of(const struct rows *r)
{
	int steps = 0;
	for (int i = 0; i < r->count; i++)
		steps = r->list[i].of > steps ? r->list[i].of : steps;
	return steps;
}

static int top_of(const struct rows *r)
{
	int top = 0;
	for (int i = 0; i < r->count; i++)
		top = r->list[i].rank_at_least > top ? r->list[i].rank_at_least : top;
	return top;
}

static struct ladder plan(struct board_view *v, const struct rows *r)
{
	struct ladder l = {
		.is_portrait = canvas_is_portrait(v->canvas), .steps = steps_of(r), .top = top_of(r)};
	double room = l.is_portrait ? 884 : 1008;
	bool has_summary = l.top > 0 || r->side_count > 0;
	if (l.is_portrait) {
		l.pitch = l.steps > 1 ? room / (l.steps - 1) : room;
		l.first = 98;
		l.row_top = 320;
		l.row_pitch = 232;
		l.rows = has_summary || frame_has_ticker(v) ? 5 : 6;
	} else {
		l.pitch = room / (l.steps ? l.steps : 1);
		l.pitch = l.pitch > 96 ? 96 : l.pitch;
		l.first = 592 + l.pitch / 2;
		l.row_top = 344;
		l.row_pitch = 96;
		l.rows = ROWS_LANDSCAPE - (has_summary ? 1 : 0) - (frame_has_ticker(v) ? 1 : 0);
	}
	l.radius = l.pitch < 48 ? 7 : 9;
	return l;
}

static int count_pages(struct board_view *v)
{
	struct rows r = load(v);
	struct ladder l = plan(v, &r);
	return (r.count + l.rows - 1) / l.rows;
}

static double stop_x(const struct ladder *l, int rank)
{
	return l->first + (rank - 1) * l->pitch;
}

static void draw_stops(struct board_view *v, const struct ladder *l, double cy)
{
	canvas_polyline(
		v->canvas, (struct point[]){{l->first, cy}, {stop_x(l, l->steps), cy}}, 2, 4, TOKEN_MID);
	for (int i = 1; i <= l->steps; i++) {
		canvas_circle(v->canvas, stop_x(l, i), cy, l->radius, TOKEN_BG);
		canvas_ring(v->canvas, stop_x(l, i), cy, l->radius, 4, TOKEN_MID);
	}
}

/* The marker slides in from the last place, then its digit appears. */
static void draw_marker(struct board_view *v, const struct ladder *l, int rank, double cy)
{
	double t = motion_slide(v->elapsed_ms);
	double from = stop_x(l, l->steps), x = from + (stop_x(l, rank) - from) * t;
	double r = l->pitch < 68 ? l->pitch / 2 : 34;
	canvas_circle(v->canvas, x, cy, r, TOKEN_ACC);
	if (t >= 1)
		text_line(v->canvas, x, cy + 0.36 * r * 1.29, TEXT_CENTER, arena_printf(v->arena, "%d", rank),
			r * 1.29, FONT_BOLD, TOKEN_ONACC, 0);
}

static void draw_capsule(struct board_view *v, const struct ladder *l, int rank, double cy)
{
	double reach = motion_slide(v->elapsed_ms);
	double w = ((rank - 1) * l->pitch) * reach + 36;
	canvas_round(v->canvas, l->first - 18, cy - 18, w, 36, 18, TOKEN_BG);
	canvas_outline(v->canvas, l->first - 18, cy - 18, w, 36, 18, 6, TOKEN_FG);
	for (int i = 1; i <= rank; i++) {
		if ((i - 1) * l->pitch <= w - 36 + 0.5)
			canvas_circle(v->canvas, stop_x(l, i), cy, 8, TOKEN_FG);
	}
}

/* Too many to tell stops apart: a bar of rank by number. */
static void draw_share(struct board_view *v, const struct indicator *i, double cy)
{
	double x = canvas_is_portrait(v->canvas) ? 64 : 592, w = canvas_is_portrait(v->canvas) ? 952 : 944;
	int rank = i->rank ? i->rank : i->rank_at_least;
	canvas_rect(v->canvas, x, cy - 10, w, 20, TOKEN_QUIET);
	if (rank)
		canvas_rect(v->canvas, x, cy - 10, w * rank / i->of * motion_grow(v->elapsed_ms, 0), 20,
			i->rank ? TOKEN_ACC : TOKEN_FG);
}

static void draw_ladder(struct board_view *v, const struct ladder *l, const struct indicator *i, double cy)
{
	if (l->steps > STEPS_MAX) {
		draw_share(v, i, cy);
		return;
	}
	draw_stops(v, l, cy);
	if (i->rank > 0 && i->rank <= l->steps)
		draw_marker(v, l, i->rank, cy);
	else if (i->rank_at_least > 0 && i->rank_at_least <= l->steps)
		draw_capsule(v, l, i->rank_at_least, cy);
}

static void draw_rank(
	struct board_view *v, const struct ladder *l, const struct indicator *i, double baseline)
{
	double small = l->is_portrait ? 44 : 40, large = l->is_portrait ? 88 : 64;
	int rank = i->rank ? i->rank : i->rank_at_least;
	if (!rank) {
		text_line(v->canvas, frame_right(v), baseline, TEXT_RIGHT, "—", small, FONT_REGULAR,
			TOKEN_FG3, 0);
		return;
	}
	struct text_run runs[] = {{i->rank ? "第" : "前", small, FONT_BOLD, TOKEN_FG, 0},
		{arena_printf(v->arena, "%d", rank), large, FONT_BOLD, i->rank ? TOKEN_ACC : TOKEN_FG, 8},
		{i->rank ? "名" : "位", small, FONT_BOLD, TOKEN_FG, 8}};
	text_draw(v->canvas, frame_right(v), baseline, TEXT_RIGHT, runs, 3, 0);
}

static void draw_row_landscape(
	struct board_view *v, const struct ladder *l, const struct indicator *i, double y)
{
	struct fit_role role = {.size = 44,
		.floor = 36,
		.line_height = 42,
		.max_width = 448,
		.max_lines = 2,
		.weight = i->rank ? FONT_BOLD : FONT_REGULAR,
		.flags = TEXT_SPACED};
	struct fit_role one = role;
	one.max_lines = 1;
	struct fit f = fit_text(v->canvas, v->arena, i->name, NULL, &one);
	if (f.is_cut) {
		role.size = role.floor;
		f = fit_text(v->canvas, v->arena, i->name, NULL, &role);
	}
	double base = y + 64 - (f.count - 1) * 21;
	fit_draw(v->canvas, frame_left(v), base, TEXT_LEFT, &f, &role, TOKEN_FG);
	draw_ladder(v, l, i, y + 48);
	draw_rank(v, l, i, i->rank ? y + 72 : y + 68);
}

static void draw_row_portrait(
	struct board_view *v, const struct ladder *l, const struct indicator *i, double y)
{
	struct fit_role role = {.size = 52,
		.floor = 40,
		.max_width = 640,
		.max_lines = 1,
		.weight = i->rank ? FONT_BOLD : FONT_REGULAR,
		.flags = TEXT_SPACED};
	fit_line(v->canvas, v->arena, 64, y + 76, TEXT_LEFT, i->name, &role, TOKEN_FG);
	draw_rank(v, l, i, y + 86);
	bool has_stops = l->steps <= STEPS_MAX;
	if (l->top && has_stops)
		canvas_round(v->canvas, 64, y + 108, stop_x(l, l->top) + 34 - 64, 108, 8, TOKEN_PANEL);
	draw_ladder(v, l, i, y + 150);
	int marks[] = {1, l->top, l->steps};
	for (int k = 0; k < 3 && has_stops; k++) {
		if (marks[k] && (k == 0 || (marks[k] > 1 && marks[k] != marks[k - 1])))
			text_line(v->canvas, stop_x(l, marks[k]), y + 206, TEXT_CENTER,
				arena_printf(v->arena, "%d", marks[k]), 28, FONT_REGULAR, TOKEN_FG2, 0);
	}
}

static void draw_head(struct board_view *v, const struct ladder *l, const struct rows *r, int shown)
{
	struct canvas *c = v->canvas;
	if (l->top && l->steps <= STEPS_MAX) {
		double x = l->first - l->pitch / 2;
		canvas_round(c, x, FRAME_BODY_TOP, l->top * l->pitch,
			l->row_top - FRAME_BODY_TOP + l->row_pitch * shown, 8, TOKEN_PANEL);
		text_line(c, x + 20, 284, TEXT_LEFT, arena_printf(v->arena, "前%d位", l->top), 32, FONT_BOLD,
			TOKEN_FG, 0);
	}
	text_line(c, frame_left(v), 326, TEXT_LEFT, "指标", 28, FONT_REGULAR, TOKEN_FG2, 0);
	text_line(c, frame_right(v), 326, TEXT_RIGHT, "位次", 28, FONT_REGULAR, TOKEN_FG2, 0);
	for (int i = 1; i <= l->steps && l->steps <= STEPS_MAX; i++)
		text_line(c, stop_x(l, i), 326, TEXT_CENTER, arena_printf(v->arena, "%d", i), 28,
			r->count && r->list[0].rank == i ? FONT_BOLD : FONT_REGULAR, TOKEN_FG2, 0);
	canvas_rect(c, frame_left(v), l->row_top, frame_width(v), 2, TOKEN_HAIR);
}

/* Counts that the rows themselves bear out. */
struct summary {
	int within, top; /* so many within the first `top` */
	int at_rank, rank; /* so many at the best exact rank */
	bool is_growth;
};

static struct summary sum_up(const struct rows *r, int top)
{
	struct summary s = {.top = top, .is_growth = r->count > 0};
	for (int i = 0; i < r->count; i++) {
		const struct indicator *x = &r->list[i];
		int members = x->members ? x->members : 1;
		int bound = x->rank ? x->rank : x->rank_at_least;
		s.is_growth = s.is_growth && x->is_growth_ranked;
		if (bound && bound <= top)
			s.within += members;
		if (x->rank && x->rank <= top && s.rank == 0)
			s.rank = x->rank;
		if (x->rank && x->rank == s.rank)
			s.at_rank += members;
	}
	return s;
}

static void draw_side(struct board_view *v, const struct rows *r, double x, double baseline,
	enum text_align align, double max_width)
{
	if (!r->side_count || r->side[0].qualifier != FIGURE_RANK)
		return;
	static const char *const numerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
	int rank = (int)r->side[0].value;
	const char *place = rank >= 1 && rank <= 10 ? arena_printf(v->arena, "全市第%s", numerals[rank - 1])
						    : arena_printf(v->arena, "全市第%d", rank);
	struct text_run run = {place, 44, FONT_BOLD, TOKEN_FG, 0};
	struct fit_role role = {.size = 44,
		.floor = 36,
		.max_width = max_width - text_width(v->canvas, &run, 1, 0) - 12,
		.max_lines = 1,
		.weight = FONT_REGULAR};
	struct fit label = fit_text(v->canvas, v->arena, r->side[0].label, NULL, &role);
	struct text_run runs[] = {{label.lines[0], label.size, FONT_REGULAR, TOKEN_FG, 0},
		{place, 44, FONT_BOLD, TOKEN_FG, 12}};
	text_draw(v->canvas, x, baseline, align, runs, 2, 0);
	frame_note_origin(v, &r->side[0].origin);
}

static struct text_run figure_run(struct board_view *v, int number, double size, enum token t, double gap)
{
	return (struct text_run){arena_printf(v->arena, "%d", number), size, FONT_BOLD, t, gap};
}

/* Returns how wide it is. */
static double draw_summary_landscape(struct board_view *v, const struct summary *s, double y)
{
	const char *what = s->is_growth ? "项经济指标增速进入前" : "项经济指标进入前";
	struct text_run runs[] = {figure_run(v, s->within, 64, TOKEN_FG, 0),
		{what, 44, FONT_REGULAR, TOKEN_FG, 10}, figure_run(v, s->top, 64, TOKEN_FG, 8),
		{s->at_rank ? "位，其中" : "位", 44, FONT_REGULAR, TOKEN_FG, 8},
		figure_run(v, s->at_rank, 64, TOKEN_ACC, 8), {"项列第", 44, FONT_REGULAR, TOKEN_FG, 8},
		figure_run(v, s->rank, 64, TOKEN_ACC, 8), {"名", 44, FONT_REGULAR, TOKEN_FG, 8}};
	if (!s->within)
		return 0;
	return text_draw(v->canvas, frame_left(v), y + 84, TEXT_LEFT, runs, s->at_rank ? 8 : 4, 0);
}

static void draw_summary_portrait(struct board_view *v, const struct summary *s, double y)
{
	struct text_run first[] = {figure_run(v, s->within, 88, TOKEN_FG, 0),
		{s->is_growth ? "项指标增速进入前" : "项指标进入前", 44, FONT_REGULAR, TOKEN_FG, 10},
		figure_run(v, s->top, 88, TOKEN_FG, 10), {"位", 44, FONT_REGULAR, TOKEN_FG, 10}};
	struct text_run second[] = {figure_run(v, s->at_rank, 88, TOKEN_ACC, 0),
		{"项列全市第", 44, FONT_REGULAR, TOKEN_FG, 10}, figure_run(v, s->rank, 88, TOKEN_ACC, 10),
		{"名", 44, FONT_REGULAR, TOKEN_FG, 10}};
	if (s->within)
		text_draw(v->canvas, 64, y + 104, TEXT_LEFT, first, 4, 0);
	if (s->at_rank)
		text_draw(v->canvas, 64, y + 200, TEXT_LEFT, second, 4, 0);
}

static const char *subtitle_of(struct board_view *v, const struct rows *r)
{
	struct edtf from, to;
	char period[64] = "";
	if (!r->count)
		return NULL;
	if (edtf_parse_period(r->list[0].period, &from, &to))
		edtf_format_period(
			&from, &to, v->now.is_trusted ? v->now.local.year : 0, period, sizeof period);
	const char *join = canvas_is_portrait(v->canvas) ? "，" : " · ";
	return arena_printf(v->arena, "%s%s全市%d个县市区", period, join, r->list[0].of);
}

static void paint(struct board_view *v)
{
	struct rows r = load(v);
	struct ladder l = plan(v, &r);
	int first = v->page * l.rows;
	int shown = r.count - first < l.rows ? r.count - first : l.rows;
	if (!l.is_portrait)
		draw_head(v, &l, &r, shown);
	else
		canvas_rect(v->canvas, 64, l.row_top, 952, 2, TOKEN_FG);
	for (int i = 0; i < shown; i++) {
		double y = l.row_top + i * l.row_pitch;
		frame_enter(v, i);
		frame_note_origin(v, &r.list[first + i].origin);
		(l.is_portrait ? draw_row_portrait : draw_row_landscape)(v, &l, &r.list[first + i], y);
		if (i + 1 < shown)
			canvas_rect(v->canvas, frame_left(v), y + l.row_pitch, frame_width(v), 2, TOKEN_HAIR);
	}
	frame_enter(v, shown);
	double end = l.row_top + shown * l.row_pitch;
	canvas_rect(v->canvas, frame_left(v), end, frame_width(v), 4, TOKEN_FG);
	struct summary s = sum_up(&r, l.top);
	if (l.is_portrait) {
		draw_summary_portrait(v, &s, end);
		draw_side(v, &r, 64, end + 284, TEXT_LEFT, frame_width(v));
	} else {
		double room = frame_width(v) - draw_summary_landscape(v, &s, end) - 64;
		draw_side(v, &r, frame_right(v), end + 84, TEXT_RIGHT, room);
	}
	frame_entered(v);
	v->found.note = l.is_portrait ? NULL : "空心圈为其他位次；长圈表示只公布位次区间";
	frame_draw_header(
		v, &(struct frame_title){
			   .title = "指标增速位次", .subtitle = subtitle_of(v, &r), .section = "区情"});
}

const struct board_kind board_standing = {
	.name = "standing", .pages = count_pages, .paint = paint, .dwell_s = 12};
