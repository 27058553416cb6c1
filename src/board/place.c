/* SPDX-License-Identifier: Apache-2.0
 *
 * place: a picture, two numbers, and both numbers as cells to scale (visual
 * specification, board 13). More figures than two take further pages. */
#include <math.h>
#include <string.h>

#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "board/number.h"
#include "board/slot.h"
#include "board/town.h"
#include "content/indicator.h"
#include "content/place.h"
#include "paint/fit.h"

#define FIGURES_A_PAGE 2
#define UNIT_LEAST 28.0
#define CELL 8.0
#define PITCH 11.0
#define CELLS_PER_UNIT 10 /* where one cell a building would not fit */
#define OPEN_COLUMNS 7 /* the end of "more than" */
#define DRAWN_TOWN "示意图"
#define FEATURE_GAP 56.0
#define NAME_SHARE 0.6 /* of the line, at most, where more follows */
#define NAME_GAP 20.0

struct layout {
	struct slot_box slot;
	double x[FIGURES_A_PAGE], base[FIGURES_A_PAGE]; /* of the numbers */
	double size, label_down, width;
	double rule; /* between the numbers; 0: none */
	double strip;
	int rows, columns;
	double caption;
	int caption_lines;
};

static const struct layout landscape = {.slot = {112, 248, 976, 432},
	.x = {1136, 1136},
	.base = {370, 612},
	.size = 160,
	.label_down = 66,
	.width = 672,
	.rule = 464,
	.strip = 712,
	.rows = 15,
	.columns = 154,
	.caption = 932,
	.caption_lines = 1};
static const struct layout over_ticker = {.slot = {112, 248, 976, 360},
	.x = {1136, 1136},
	.base = {346, 544},
	.size = 128,
	.label_down = 58,
	.width = 672,
	.rule = 426,
	.strip = 640,
	.rows = 15,
	.columns = 154,
	.caption = 860,
	.caption_lines = 1};
static const struct layout portrait = {.slot = {64, 312, 952, 536},
	.x = {64, 556},
	.base = {1010, 1010},
	.size = 160,
	.label_down = 66,
	.width = 460,
	.strip = 1128,
	.rows = 26,
	.columns = 86,
	.caption = 1480,
	.caption_lines = 6};

struct page {
	const struct place *place;
	struct figure *figures;
	int figure_count; /* on this page */
	struct layout layout;
};

/* The figures as cells, where they can be. */
struct strip {
	int cells[FIGURES_A_PAGE];
	int per_cell;
	const char *open; /* the word of a number with an open end, or NULL */
};

static int pages_of(struct board_view *v, const struct place *p)
{
	struct figure *figures;
	int count = figure_of_place(v->content, p->seq, v->arena, &figures);
	return count > FIGURES_A_PAGE ? (count + FIGURES_A_PAGE - 1) / FIGURES_A_PAGE : 1;
}

static int count_pages(struct board_view *v)
{
	struct place *list;
	int count = place_of_board(v->content, v->board->seq, v->arena, &list), pages = 0;
	for (int i = 0; i < count; i++)
		pages += pages_of(v, &list[i]);
	return pages;
}

static struct layout layout_of(const struct board_view *v, bool has_figures)
{
	struct layout l = canvas_is_portrait(v->canvas) ? portrait
			  : frame_has_ticker(v)         ? over_ticker
							: landscape;
	if (canvas_is_portrait(v->canvas) && frame_has_ticker(v))
		l.caption_lines--;
	if (!has_figures)
		l.slot.w = frame_width(v);
	return l;
}

static bool load_page(struct board_view *v, struct page *out)
{
	struct place *list;
	int count = place_of_board(v->content, v->board->seq, v->arena, &list), page = v->page, at = 0;
	while (at < count && page >= pages_of(v, &list[at]))
		page -= pages_of(v, &list[at++]);
	if (at >= count)
		return false;
	out->place = &list[at];
	int figures = figure_of_place(v->content, list[at].seq, v->arena, &out->figures);
	int first = page * FIGURES_A_PAGE;
	out->figures += figures ? first : 0;
	out->figure_count = figures - first < FIGURES_A_PAGE ? figures - first : FIGURES_A_PAGE;
	out->layout = layout_of(v, figures > 0);
	return true;
}

static void draw_slot(struct board_view *v, const struct page *p)
{
	const struct slot_box *box = &p->layout.slot;
	const char *caption = p->place->credit;
	if (!p->place->picture || !slot_draw_picture(v, p->place->picture, box)) {
		town_draw(v->canvas, box);
		caption = DRAWN_TOWN;
	}
	if (caption)
		slot_draw_caption(v, caption, box);
}

static struct number number_of(struct board_view *v, const struct figure *f, double size)
{
	struct number n = number_of_figure(v, f, size, fmax(UNIT_LEAST, size * 0.4));
	n.gap = 12;
	return n;
}

/* The largest at which both fit: they are to be compared. */
static double size_of(struct board_view *v, const struct page *p)
{
	static const double sizes[] = {160, 144, 128, 112, 96, 80};
	double size = p->layout.size;
	for (int i = 0; i < p->figure_count; i++) {
		struct number n = number_of(v, &p->figures[i], size);
		number_fit(v, &n, p->layout.width, sizes, (int)(sizeof sizes / sizeof sizes[0]));
		size = fmin(size, n.size);
	}
	return size;
}

static void draw_number(struct board_view *v, const struct page *p, int i, double size)
{
	const struct layout *l = &p->layout;
	const struct figure *f = &p->figures[i];
	struct number n = number_of(v, f, size);
	struct fit_role label = {.size = 48,
		.floor = 32,
		.max_width = l->width,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	n.color = i == 0 ? TOKEN_ACC : TOKEN_FG;
	number_draw(v, l->x[i], l->base[i], TEXT_LEFT, &n);
	fit_line(v->canvas, v->arena, l->x[i], l->base[i] + l->label_down, TEXT_LEFT, f->label, &label,
		TOKEN_FG);
	frame_note_origin(v, &f->origin);
}

static int columns_of(int cells, int rows)
{
	return (cells + rows - 1) / rows;
}

static const char *open_word(const struct figure *f)
{
	switch (f->qualifier) {
	case FIGURE_OVER:
		return "多";
	case FIGURE_ABOUT:
		return "余";
	case FIGURE_AT_LEAST:
		return "以上";
	default:
		return NULL;
	}
}

/* Things that can be counted, of one kind, and not too many of them. */
static bool plan_strip(const struct page *p, struct strip *s)
{
	double room = (double)p->layout.rows * p->layout.columns * CELLS_PER_UNIT;
	for (int i = 0; i < p->figure_count; i++) {
		const struct figure *f = &p->figures[i];
		bool counts = f->value >= 1 && f->value < room && f->value == floor(f->value);
		if (!counts || !*f->unit || strcmp(f->unit, p->figures[0].unit) != 0 ||
			strcmp(f->unit, "%") == 0 || f->qualifier == FIGURE_RANK ||
			f->qualifier == FIGURE_TOP_N)
			return false;
	}
	for (s->per_cell = 1; s->per_cell <= CELLS_PER_UNIT; s->per_cell *= CELLS_PER_UNIT) {
		int columns = p->figure_count - 1;
		for (int i = 0; i < p->figure_count; i++) {
			s->cells[i] = (int)ceil(p->figures[i].value / s->per_cell);
			columns += columns_of(s->cells[i], p->layout.rows);
		}
		if (p->figure_count > 0 && columns <= p->layout.columns) {
			s->open = open_word(&p->figures[p->figure_count - 1]);
			return true;
		}
	}
	return false;
}

/* From the first-th cell to before the end-th, counted column by column from a column
 * on; what has not come in yet is left out. */
static void draw_cells(
	struct board_view *v, const struct layout *l, int column, const int range[2], enum token t)
{
	int shown = (int)(motion_fill(v->elapsed_ms) * l->columns);
	for (int i = range[0]; i < range[1] && column + i / l->rows < shown; i++)
		canvas_rect(v->canvas, frame_left(v) + (column + i / l->rows) * PITCH,
			l->strip + i % l->rows * PITCH, CELL, CELL, t);
}

static void draw_strip(struct board_view *v, const struct page *p, const struct strip *s)
{
	const struct layout *l = &p->layout;
	bool is_festive = canvas_theme(v->canvas)->is_festive;
	int column = 0, last = p->figure_count - 1;
	for (int i = 0; i < p->figure_count; i++) {
		int first = i ? columns_of(s->cells[0], l->rows) + 1 : 0;
		column = first;
		draw_cells(v, l, column, (int[]){0, s->cells[i]},
			i == 0       ? TOKEN_ACC
			: is_festive ? TOKEN_MID
				     : TOKEN_FG);
	}
	int end = columns_of(s->cells[last], l->rows) + OPEN_COLUMNS;
	end = column + end < l->columns ? end : l->columns - column;
	if (s->open)
		draw_cells(v, l, column, (int[]){s->cells[last], end * l->rows}, TOKEN_QUIET);
}

/* What both labels end with: 建筑 of 德日建筑 and 民国建筑. */
static const char *common_tail(const struct page *p)
{
	const char *a = p->figures[0].label, *b = p->figures[p->figure_count - 1].label;
	size_t at = 0, len_a = strlen(a), len_b = strlen(b);
	while (at < len_a && at < len_b && a[len_a - at - 1] == b[len_b - at - 1])
		at++;
	const char *tail = a + len_a - at;
	while (((unsigned char)*tail & 0xC0) == 0x80) /* begins within a character */
		tail++;
	return strchr(tail, '\n') ? "" : tail;
}

static const char *strip_note(struct board_view *v, const struct page *p, const struct strip *s)
{
	const char *open = s->open ? arena_printf(v->arena, "，浅格示意“%s”", s->open) : "";
	return arena_printf(v->arena, "一小格为%s%s%s%s", s->per_cell == 1 ? "一" : "10", p->figures[0].unit,
		common_tail(p), open);
}

/* ---- what there is to see ---------------------------------------------------- */

struct feature {
	struct text_run runs[2];
	int count;
	double width;
};

static struct feature feature_of(struct board_view *v, const char *text, double size, double gap)
{
	static const char colon[] = "：";
	const char *at = strstr(text, colon);
	struct feature f = {.count = 1};
	const char *name = at ? arena_text_len(v->arena, text, (size_t)(at - text)) : text;
	struct fit_role head = {.size = size,
		.floor = size,
		.max_width = frame_width(v) * (at ? NAME_SHARE : 1),
		.max_lines = 1,
		.weight = FONT_BOLD};
	struct fit shown = fit_text(v->canvas, v->arena, name, NULL, &head);
	f.runs[0] = (struct text_run){shown.count ? shown.lines[0] : "", size, FONT_BOLD, TOKEN_FG, gap};
	if (at && at[strlen(colon)]) {
		struct fit_role rest = {.size = size,
			.floor = size,
			.max_width = frame_width(v) - NAME_GAP - text_width(v->canvas, f.runs, 1, 0),
			.max_lines = 1,
			.weight = FONT_REGULAR};
		struct fit cut = fit_text(v->canvas, v->arena, at + strlen(colon), NULL, &rest);
		f.runs[f.count++] = (struct text_run){cut.lines[0], size, FONT_REGULAR, TOKEN_FG2, NAME_GAP};
	}
	f.width = text_width(v->canvas, f.runs, f.count, 0);
	return f;
}

/* One after the other, from line to line. Returns how many lines they take; draws only
 * what lies in the first max_lines. */
static int flow(struct board_view *v, const struct page *p, double size, double base, int max_lines)
{
	double x = 0, pitch = canvas_is_portrait(v->canvas) ? 60 : 44;
	int line = 0;
	for (int i = 0; i < p->place->feature_count; i++) {
		struct feature f = feature_of(v, p->place->features[i], size, x > 0 ? FEATURE_GAP : 0);
		if (x > 0 && x + f.width > frame_width(v)) {
			line++;
			x = 0;
			f = feature_of(v, p->place->features[i], size, 0);
		}
		if (line < max_lines)
			text_draw(v->canvas, frame_left(v) + x, base + line * pitch, TEXT_LEFT, f.runs,
				f.count, 0);
		x += f.width;
	}
	return line + 1;
}

static void draw_features(struct board_view *v, const struct page *p)
{
	const struct layout *l = &p->layout;
	if (p->place->feature_count == 0)
		return;
	if (flow(v, p, 36, 0, 0) <= l->caption_lines)
		(void)flow(v, p, 36, l->caption, l->caption_lines);
	else
		(void)flow(v, p, 32, canvas_is_portrait(v->canvas) ? l->caption : l->caption - 20,
			l->caption_lines > 1 ? l->caption_lines : 2);
}

/* Where no cells stand there is room for what the place is. */
static void draw_text(struct board_view *v, const struct page *p)
{
	double bottom = p->place->feature_count ? p->layout.caption - 80 : p->layout.caption;
	double top = p->figure_count || !canvas_is_portrait(v->canvas) ? p->layout.strip : 920;
	struct fit_role role = {.size = 44,
		.floor = 36,
		.line_height = 60,
		.max_width = frame_width(v),
		.max_lines = (int)((bottom - top - 40) / 60) + 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	fit_line(v->canvas, v->arena, frame_left(v), top + 40, TEXT_LEFT, p->place->text, &role, TOKEN_FG);
}

static void paint(struct board_view *v)
{
	struct page p;
	struct strip s;
	if (!load_page(v, &p))
		return;
	bool has_strip = plan_strip(&p, &s);
	double size = size_of(v, &p);
	frame_note_origin(v, &p.place->origin);
	frame_enter(v, 0);
	draw_slot(v, &p);
	for (int i = 0; i < p.figure_count; i++) {
		frame_enter(v, 1 + i);
		draw_number(v, &p, i, size);
	}
	if (p.layout.rule > 0 && p.figure_count > 1)
		canvas_rect(v->canvas, p.layout.x[1], p.layout.rule, p.layout.width, 2, TOKEN_HAIR);
	frame_enter(v, 3);
	if (has_strip) {
		draw_strip(v, &p, &s);
		v->found.note = strip_note(v, &p, &s);
	} else {
		draw_text(v, &p);
	}
	draw_features(v, &p);
	frame_entered(v);
	bool is_line = has_strip && !strchr(p.place->text, '\n');
	frame_draw_header(v, &(struct frame_title){.title = p.place->name,
				     .subtitle = is_line ? p.place->text : NULL,
				     .section = "文旅"});
}

const struct board_kind board_place = {.name = "place", .pages = count_pages, .paint = paint, .dwell_s = 12};
