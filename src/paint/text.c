/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/text.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

#define HAN_LATIN_EM 0.125
#define MARK_TRIM_EM 0.5
#define TIGHT_EM 0.02
#define OPTICAL_MAX_EM 0.045
#define DISPLAY_FROM 200
#define TIGHT_FROM 160 /* large figures stand closer */
/* A Chinese dash is one em wide. SDL_ttf cannot ask HarfBuzz for the zh form of
 * U+2014; in this font U+2015 is that very glyph. */
#define CHINESE_DASH 0x2015
#define PIECE_BYTES 256

/* Full-width marks with their ink in the left half. */
bool text_is_closing(uint32_t point)
{
	switch (point) {
	case 0x201D:
	case 0x2019:
	case 0xFF09:
	case 0x300B:
	case 0x3009:
	case 0x3011:
	case 0x300D:
	case 0x300F:
	case 0x3015:
	case 0xFF0C:
	case 0x3002:
	case 0x3001:
	case 0xFF1B:
	case 0xFF1A:
	case 0xFF01:
	case 0xFF1F:
		return true;
	default:
		return false;
	}
}

/* And in the right half. */
bool text_is_opening(uint32_t point)
{
	switch (point) {
	case 0x201C:
	case 0x2018:
	case 0xFF08:
	case 0x300A:
	case 0x3008:
	case 0x3010:
	case 0x300C:
	case 0x300E:
	case 0x3014:
		return true;
	default:
		return false;
	}
}

bool text_is_han(uint32_t point)
{
	return (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF) ||
	       (point >= 0x20000 && point <= 0x3FFFF) || (point >= 0xF900 && point <= 0xFAFF) ||
	       point == 0x3007; /* 〇 */
}

static bool is_latin(uint32_t point)
{
	return (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ||
	       (point >= 'a' && point <= 'z') || (point >= 0xC0 && point <= 0x24F);
}

static bool is_figure(uint32_t point)
{
	return (point >= '0' && point <= '9') || point == '.' || point == 0x2212;
}

/* What stands between two neighbours besides their advances, in em. */
static double spacing(uint32_t before, uint32_t point, unsigned flags)
{
	if (before == 0) {
		if (!text_is_opening(point))
			return 0;
		return -MARK_TRIM_EM - (flags & TEXT_HUNG ? MARK_TRIM_EM : 0);
	}
	if (text_is_closing(before) && (text_is_closing(point) || text_is_opening(point)))
		return -MARK_TRIM_EM;
	if (text_is_opening(before) && text_is_opening(point))
		return -MARK_TRIM_EM;
	if (!(flags & TEXT_SPACED))
		return 0;
	bool meets = (text_is_han(before) && is_latin(point)) || (is_latin(before) && text_is_han(point));
	return meets ? HAN_LATIN_EM : 0;
}

/* A piece: neighbours with nothing special between them, from one font. */
struct setter {
	struct canvas *canvas;
	const struct text_run *run;
	double size; /* as it comes out in whole pixels */
	int size_px;
	double pen, baseline;
	double piece_at;
	int which;
	size_t len;
	char *piece; /* NULL: only measured */
};

static void flush(struct setter *s)
{
	if (s->len) {
		s->piece[s->len] = '\0';
		struct font_mask m =
			font_mask(canvas_fonts(s->canvas), s->run->weight, s->which, s->size_px, s->piece);
		canvas_mask(s->canvas, &m, s->piece_at, s->baseline, s->run->color);
	}
	s->len = 0;
}

/* The character goes to the piece that the pen is at, or begins one. */
static void join(struct setter *s, uint32_t point)
{
	int which = font_find(canvas_fonts(s->canvas), s->run->weight, point);
	if (which != s->which || s->len + 5 > PIECE_BYTES)
		flush(s);
	if (s->len == 0) {
		s->piece_at = s->pen;
		s->which = which;
	}
	s->len += utf8_put(s->piece + s->len, point);
}

static void add(struct setter *s, uint32_t point, double gap_em)
{
	if (point == 0x2014)
		point = CHINESE_DASH;
	if (gap_em != 0)
		flush(s);
	s->pen += gap_em * s->size;
	if (s->piece)
		join(s, point);
	s->pen += font_advance(canvas_fonts(s->canvas), s->run->weight, point) * s->size;
	bool is_tight = s->run->size >= TIGHT_FROM && is_figure(point);
	if (is_tight || s->run->is_passing)
		flush(s);
	if (is_tight)
		s->pen -= TIGHT_EM * s->size;
}

/* The type scale, as far as it is read rather than looked at. */
static const double steps[] = {28, 32, 36, 40, 44, 48, 52, 64, 72, 80, 88, 104};
#define STEPS (sizeof steps / sizeof steps[0])

/* What a text of a size comes out as: sizes between two steps go up in proportion. */
static double size_on(const struct canvas *c, double size)
{
	if (!canvas_has_large_text(c) || size < steps[0])
		return size;
	for (size_t i = 0; i + 2 < STEPS; i++) {
		if (size < steps[i + 1])
			return steps[i + 1] +
			       (size - steps[i]) * (steps[i + 2] - steps[i + 1]) / (steps[i + 1] - steps[i]);
	}
	return size < steps[STEPS - 1] ? steps[STEPS - 1] : size;
}

static uint32_t first_point(const struct text_run *run)
{
	const char *at = run->text;
	return utf8_next(&at);
}

/* The ink of the first glyph to x. Below display sizes the thin foot and flag of a
 * 1 may keep some of its distance, or it looks pushed out. */
static double optical_shift(struct canvas *c, const struct text_run *run, double size)
{
	double em = font_bearing(canvas_fonts(c), run->weight, first_point(run));
	return (run->size < DISPLAY_FROM ? fmin(em, OPTICAL_MAX_EM) : em) * size;
}

/* What a pen needs of a run before its first character. */
static void begin(struct setter *s, const struct text_run *run)
{
	s->run = run;
	s->size_px = (int)fmax(1, round(size_on(s->canvas, run->size) * canvas_scale(s->canvas)));
	s->size = s->size_px / canvas_scale(s->canvas);
}

/* Sets the runs from x on and returns the width; the last mark's blank half is not counted. */
static double set_runs(struct setter *s, double x, const struct text_run *runs, int count, unsigned flags)
{
	uint32_t before = 0;
	double end_trim = 0;
	s->pen = x;
	for (int i = 0; i < count; i++) {
		begin(s, &runs[i]);
		if (runs[i].gap > 0) {
			s->pen += runs[i].gap;
			before = ' ';
		}
		if (i == 0 && flags & TEXT_OPTICAL)
			s->pen -= optical_shift(s->canvas, s->run, s->size);
		const char *at = runs[i].text;
		uint32_t point;
		while ((point = utf8_next(&at)) != 0) {
			add(s, point, spacing(before, point, flags));
			before = point;
			end_trim = text_is_closing(point) ? MARK_TRIM_EM * s->size : 0;
		}
		flush(s);
	}
	return s->pen - x - end_trim;
}

double text_width(struct canvas *c, const struct text_run *runs, int count, unsigned flags)
{
	struct setter s = {.canvas = c};
	return set_runs(&s, 0, runs, count, flags);
}

size_t text_widths(
	struct canvas *c, const struct text_run *run, unsigned flags, double enough, double out[TEXT_WIDTHS])
{
	struct setter s = {.canvas = c};
	uint32_t before = 0, point;
	const char *at = run->text;
	size_t len = 0;
	begin(&s, run);
	if (flags & TEXT_OPTICAL)
		s.pen -= optical_shift(c, run, s.size);
	while (s.pen <= enough + s.size && (point = utf8_next(&at)) != 0) {
		if (point == '\n' || (size_t)(at - run->text) >= TEXT_WIDTHS)
			break;
		add(&s, point, spacing(before, point, flags));
		before = point;
		len = (size_t)(at - run->text);
		out[len] = s.pen - (text_is_closing(point) ? MARK_TRIM_EM * s.size : 0);
	}
	return len;
}

double text_draw(struct canvas *c, double x, double baseline, enum text_align align,
	const struct text_run *runs, int count, unsigned flags)
{
	double width = text_width(c, runs, count, flags);
	double left = align == TEXT_LEFT ? x : align == TEXT_RIGHT ? x - width : x - width / 2;
	double pen = left;
	for (int i = 0; i < count; i++) {
		pen += runs[i].gap;
		unsigned own = i == 0 ? flags : flags & ~(TEXT_OPTICAL | TEXT_HUNG);
		double w = (count == 1 ? width : text_width(c, &runs[i], 1, own)) - runs[i].gap;
		canvas_tell(c, &(struct draw_op){.kind = DRAW_TEXT,
				       .x = pen,
				       .y = baseline,
				       .w = w,
				       .h = size_on(c, runs[i].size),
				       .color = runs[i].color,
				       .weight = runs[i].weight,
				       .text = runs[i].text,
				       .max_width = runs[i].max_width,
				       .kept = runs[i].kept,
				       .is_right = align == TEXT_RIGHT});
		pen += w;
	}
	if (canvas_surface(c)) {
		char piece[PIECE_BYTES];
		struct setter s = {.canvas = c, .baseline = baseline, .piece = piece};
		(void)set_runs(&s, left, runs, count, flags);
	}
	return width;
}

double text_line(struct canvas *c, double x, double baseline, enum text_align align, const char *text,
	double size, enum font_weight weight, enum token color, unsigned flags)
{
	struct text_run run = {text, size, weight, color, 0};
	return text_draw(c, x, baseline, align, &run, 1, flags);
}
