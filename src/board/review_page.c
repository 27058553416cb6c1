/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules that one page can break, told from what is drawn on it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "board/review.h"
#include "paint/text.h"

#define TEXT_MIN_DU 28
#define CAPTION_MIN_PX 12
#define BODY_FROM_DU 36
#define BODY_MIN_PX 15
#define TOUCH_DU 2.0 /* boxes may meet by this much: ink stays apart */
#define CONTRAST_BODY 7.0 /* WCAG 2.2 AAA */
#define CONTRAST_OTHER 4.5 /* and AA */
#define CONTRAST_LARGE 3.0
#define LARGE_DU 32
#define LEFT_MIN 2 /* characters that a cut text must still have */
#define BAR_LEAST_DU 16 /* lower ones are lines, also such as strike a time out */
#define BAR_MOST_DU 100 /* higher ones hold several lines and more */
#define COLUMN_ROWS 3 /* numbers over each other that make a column */
#define COLUMN_NEAR_DU 40 /* right ends that were meant to be one */
#define TEXT_BYTES 64

struct ink {
	double left, top, right, bottom;
	char text[TEXT_BYTES];
	bool is_figure; /* digits alone, set from the right: belongs to a column */
	int decimals;
	double size, end; /* of a figure: where it ends, as it was asked for */
};

struct fill {
	double left, top, right, bottom;
	enum token color;
	bool is_picture;
	bool is_outline; /* only its edge is drawn */
};

struct review_page {
	struct canvas *canvas;
	bool has_gradient;
	double strip_top; /* of a strip along the foot: the ticker, clipped, where long texts crawl */
	review_report *report;
	void *user;
	struct ink *texts;
	struct fill *fills;
	size_t text_count, fill_count;
};

static void tell(struct review_page *p, enum review_rule rule, const char *text, const char *problem)
{
	SDL_Rect all = canvas_to_px(p->canvas, 0, 0, canvas_width(p->canvas), canvas_height(p->canvas));
	p->report(p->user, &(struct review_finding){
				   .rule = rule,
				   .is_refused = rule < REVIEW_CUT ||
						 (rule == REVIEW_CUT && canvas_theme(p->canvas)->is_large),
				   .text = text,
				   .problem = problem,
				   .width_px = all.w,
				   .height_px = all.h,
			   });
}

/* Room for one more: doubled whenever the count is a power of two. */
static void *grow(void *list, size_t count, size_t size)
{
	bool is_full = (count & (count - 1)) == 0;
	return is_full ? alloc_resize(list, count ? 2 * count : 1, size) : list;
}

static uint32_t first_point(const char *text)
{
	return utf8_next(&text);
}

static uint32_t last_point(const char *text)
{
	uint32_t last = 0, point;
	while ((point = utf8_next(&text)) != 0)
		last = point;
	return last;
}

static bool is_ascii(const char *text)
{
	while (*text && (unsigned char)*text < 0x80)
		text++;
	return !*text;
}

/* Digits with a point and a minus at most; how many stand behind the point. */
static bool is_number(const char *text, int *decimals)
{
	const char *digits = strncmp(text, "−", strlen("−")) == 0 ? text + strlen("−") : text;
	size_t whole = strspn(digits, "0123456789");
	*decimals = 0;
	if (digits[whole] == '.')
		*decimals = (int)strspn(digits + whole + 1, "0123456789");
	return whole > 0 && digits[whole + (*decimals ? (size_t)*decimals + 1 : 0)] == '\0';
}

static void copy_text(char out[static TEXT_BYTES], const char *text)
{
	size_t len = strlen(text);
	while (len >= TEXT_BYTES || ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	memcpy(out, text, len);
	out[len] = '\0';
}

/* Where a text's ink can be at most: Han reach from +0.81 to -0.09 em, figures are
 * 0.75 high. A hung mark lies before the pen and is not counted. */
static struct ink ink_of(const struct draw_op *op)
{
	bool has_han = !is_ascii(op->text);
	struct ink k = {.left = op->x,
		.top = op->y - (has_han ? 0.84 : 0.75) * op->h,
		.right = op->x + op->w,
		.bottom = op->y + (has_han ? 0.09 : 0.02) * op->h,
		.size = op->h,
		.end = op->x + op->w};
	copy_text(k.text, op->text);
	k.is_figure = op->is_right && is_number(op->text, &k.decimals);
	return k;
}

static void judge_place(struct review_page *p, const struct ink *k)
{
	double left = canvas_is_portrait(p->canvas) ? 64 : 112, right = canvas_width(p->canvas) - left;
	if (k->top < 0 || k->bottom > canvas_height(p->canvas) || k->left < 0 ||
		k->right > canvas_width(p->canvas))
		tell(p, REVIEW_OFF_CANVAS, k->text, "leaves the canvas");
	else if (k->left < left - TOUCH_DU || k->right > right + TOUCH_DU)
		tell(p, REVIEW_OFF_MARGIN, k->text, "leaves the margins");
}

static bool touches(const struct ink *a, const struct ink *b)
{
	return fmin(a->right, b->right) - fmax(a->left, b->left) > TOUCH_DU &&
	       fmin(a->bottom, b->bottom) - fmax(a->top, b->top) > TOUCH_DU;
}

static void judge_overlap(struct review_page *p, const struct ink *k)
{
	char problem[2 * TEXT_BYTES];
	for (size_t i = 0; i < p->text_count; i++) {
		if (!touches(k, &p->texts[i]))
			continue;
		(void)snprintf(problem, sizeof problem, "lies over '%s'", p->texts[i].text);
		tell(p, REVIEW_OVERLAP, k->text, problem);
	}
}

static void judge_size(struct review_page *p, const struct draw_op *op)
{
	char problem[80];
	double px = round(op->h * canvas_scale(p->canvas));
	double least = op->h >= BODY_FROM_DU ? BODY_MIN_PX : CAPTION_MIN_PX;
	if (op->h < TEXT_MIN_DU)
		(void)snprintf(problem, sizeof problem, "is %.0f high, least %d", op->h, TEXT_MIN_DU);
	else if (px < least)
		(void)snprintf(problem, sizeof problem, "is %.0f pixels high, least %.0f", px, least);
	else
		return;
	tell(p, REVIEW_SMALL, op->text, problem);
}

static void judge_setting(struct review_page *p, const struct draw_op *op)
{
	/* Whole pixels: a font may come out larger than asked by half a pixel. */
	double slack = TOUCH_DU + op->w * 0.5 / (op->h * canvas_scale(p->canvas));
	if (op->max_width > 0 && op->w > op->max_width + slack)
		tell(p, REVIEW_OFF_ROOM, op->text, "is wider than its room");
	if (text_is_closing(first_point(op->text)))
		tell(p, REVIEW_LINE_START, op->text, "begins with a closing mark");
	if (text_is_opening(last_point(op->text)))
		tell(p, REVIEW_LINE_END, op->text, "ends with an opening mark");
	if (!op->kept)
		return;
	bool is_empty = op->kept <= LEFT_MIN; /* the ellipsis counts as one */
	tell(p, is_empty ? REVIEW_EMPTY : REVIEW_CUT, op->text, is_empty ? "is cut to nothing" : "is cut");
}

/* The last that was filled there; NULL: the theme's ground. */
static const struct fill *ground_at(const struct review_page *p, double x, double y)
{
	for (size_t i = p->fill_count; i > 0; i--) {
		const struct fill *f = &p->fills[i - 1];
		if (!f->is_outline && x >= f->left && x <= f->right && y >= f->top && y <= f->bottom)
			return f;
	}
	return NULL;
}

/* Bold words in a coloured bar count as large text (WCAG 2.2, 1.4.3), and so does all
 * of an alert (1.4.6: AAA at what is AA for others). */
static double contrast_rule(const struct review_page *p, const struct draw_op *op, enum token ground)
{
	enum token ink = op->color;
	bool is_body = ink == TOKEN_FG || ink == TOKEN_FG2;
	bool is_ground = ground == TOKEN_BG || ground == TOKEN_BG2 || ground == TOKEN_PANEL;
	bool is_large = op->weight == FONT_BOLD && op->h >= LARGE_DU;
	if (is_body && is_ground && !canvas_theme(p->canvas)->is_large)
		return CONTRAST_BODY;
	return is_large && !is_ground ? CONTRAST_LARGE : CONTRAST_OTHER;
}

static bool is_faint(struct review_page *p, const struct draw_op *op, enum token ground)
{
	char problem[120];
	const struct theme *t = canvas_theme(p->canvas);
	double least = contrast_rule(p, op, ground);
	double contrast = theme_contrast(t->rgb[op->color], t->rgb[ground]);
	if (contrast >= least)
		return false;
	(void)snprintf(problem, sizeof problem, "contrast of %s on %s is %.1f, least %.1f",
		theme_token_name(op->color), theme_token_name(ground), contrast, least);
	tell(p, REVIEW_FAINT, op->text, problem);
	return true;
}

/* At both ends and in the middle: a label may reach out of its bar. */
static void judge_contrast(struct review_page *p, const struct draw_op *op)
{
	double y = op->y - 0.36 * op->h;
	for (int i = 0; i < 3; i++) {
		double edge = fmin(4, op->w / 2);
		double x = i == 0 ? op->x + edge : i == 1 ? op->x + op->w / 2 : op->x + op->w - edge;
		if (x < 0 || x > canvas_width(p->canvas)) /* told as such, or clipped in the strip */
			continue;
		const struct fill *f = ground_at(p, x, y);
		if (f && f->is_picture) {
			tell(p, REVIEW_ON_PICTURE, op->text, "stands on a picture");
			return;
		}
		if (is_faint(p, op, f ? f->color : TOKEN_BG) ||
			(!f && p->has_gradient && is_faint(p, op, TOKEN_BG2)))
			return;
	}
}

/* A label is no higher than the bar that it stands in, and crosses no edge of a box. */
static void judge_boxes(struct review_page *p, const struct ink *k)
{
	double middle = (k->top + k->bottom) / 2;
	const struct fill *f = ground_at(p, (k->left + k->right) / 2, middle);
	double height = f ? f->bottom - f->top : 0;
	if (height >= BAR_LEAST_DU && height < BAR_MOST_DU &&
		(k->top < f->top - TOUCH_DU || k->bottom > f->bottom + TOUCH_DU))
		tell(p, REVIEW_OFF_ROOM, k->text, "is higher than its bar");
	for (size_t i = 0; i < p->fill_count; i++) {
		const struct fill *o = &p->fills[i];
		struct ink box = {.left = o->left, .top = o->top, .right = o->right, .bottom = o->bottom};
		bool is_within = k->left >= o->left && k->right <= o->right && k->top >= o->top - TOUCH_DU &&
				 k->bottom <= o->bottom + TOUCH_DU;
		if (o->is_outline && !is_within && touches(k, &box)) {
			tell(p, REVIEW_OVERLAP, k->text, "crosses the edge of a box");
			return;
		}
	}
}

static void keep_fill(struct review_page *p, const struct draw_op *op)
{
	if (op->kind == DRAW_GRADIENT) {
		p->has_gradient = true;
		return;
	}
	if (op->kind == DRAW_POLYLINE || (op->stroke > 0 && op->kind != DRAW_RECT))
		return;
	double height = canvas_height(p->canvas);
	if (op->x <= 0 && op->w >= canvas_width(p->canvas) && op->y > height / 2 && op->y + op->h >= height)
		p->strip_top = op->y;
	p->fills = grow(p->fills, p->fill_count, sizeof *p->fills);
	p->fills[p->fill_count++] = (struct fill){op->x, op->y, op->x + op->w, op->y + op->h, op->color,
		op->kind == DRAW_PICTURE, op->stroke > 0};
}

static void listen(void *user, const struct draw_op *op)
{
	struct review_page *p = user;
	if (op->kind != DRAW_TEXT) {
		keep_fill(p, op);
		return;
	}
	if (!*op->text)
		return;
	struct ink k = ink_of(op);
	judge_size(p, op);
	judge_setting(p, op);
	judge_contrast(p, op);
	if (k.top > p->strip_top)
		return;
	judge_place(p, &k);
	judge_overlap(p, &k);
	p->texts = grow(p->texts, p->text_count, sizeof *p->texts);
	p->texts[p->text_count++] = k;
}

/* The unit of a figure: what stands behind it on its line. */
static const char *unit_of(const struct review_page *p, const struct ink *k)
{
	for (size_t i = 0; i < p->text_count; i++) {
		const struct ink *t = &p->texts[i];
		double gap = t->left - k->end;
		if (gap >= 0 && gap < COLUMN_NEAR_DU && t->top < k->bottom && t->bottom > k->top)
			return t->text;
	}
	return "";
}

static bool is_in_column(const struct ink *a, const struct ink *b)
{
	return a->is_figure && b->is_figure && fabs(a->end - b->end) < TOUCH_DU && a->top != b->top;
}

/* A figure ends where those over and under it end, and has as many decimals as those
 * of its unit. */
static void judge_column(struct review_page *p, const struct ink *k)
{
	for (size_t i = 0; i < p->text_count; i++) {
		const struct ink *head = &p->texts[i];
		int rows = 0;
		if (!head->is_figure || head == k || fabs(head->end - k->end) > COLUMN_NEAR_DU)
			continue;
		for (size_t n = 0; n < p->text_count; n++)
			rows += is_in_column(head, &p->texts[n]);
		if (rows + 1 < COLUMN_ROWS)
			continue;
		bool is_same_line = head->top < k->bottom && head->bottom > k->top;
		if (fabs(head->end - k->end) >= TOUCH_DU && !is_same_line) {
			tell(p, REVIEW_COLUMN, k->text, "does not end where its column ends");
			return;
		}
		bool is_nothing = strcmp(head->text, "0") == 0 || strcmp(k->text, "0") == 0;
		if (head < k && !is_nothing && head->decimals != k->decimals && !is_same_line &&
			strcmp(unit_of(p, head), unit_of(p, k)) == 0) {
			tell(p, REVIEW_COLUMN, k->text, "has other decimals than its column");
			return;
		}
	}
}

struct review_page *review_page_begin(struct canvas *c, review_report *report, void *user)
{
	struct review_page *p = alloc_zero(1, sizeof *p);
	p->canvas = c;
	p->strip_top = canvas_height(c);
	p->report = report;
	p->user = user;
	canvas_listen(c, listen, p);
	return p;
}

void review_page_end(struct review_page *p)
{
	for (size_t i = 0; i < p->text_count; i++) {
		judge_boxes(p, &p->texts[i]);
		if (p->texts[i].is_figure)
			judge_column(p, &p->texts[i]);
	}
	canvas_listen(p->canvas, NULL, NULL);
	free(p->texts);
	free(p->fills);
	free(p);
}
