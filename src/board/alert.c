/* SPDX-License-Identifier: Apache-2.0
 *
 * An alert (visual specification, board 15). The level decides the colours, not the
 * theme. Nothing flashes, nothing comes in, nothing counts down. */
#include "board/alert.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "paint/fit.h"

#define FALLBACK_TITLE "紧急通知"
#define FALLBACK_TEXT "请听从工作人员指引"
#define STRIPE 48.0
#define STRIPE_PITCH 80.0
#define STRIPE_WIDTH 40.0
#define BESIDE 24 /* stripes left and right of the page */
#define TAG_SIZE 36.0
#define ISSUER_SIZE 44.0
#define ISSUER_LEAST 28.0 /* all 24 characters that it can have */
#define SIZE_LEAST 56
#define SIGN_LEAST 300.0 /* room that a sign must have below the text */
#define PAUSE_REACH 154.0

#define COUNT(list) ((int)(sizeof(list) / sizeof(list)[0]))

/* One rung of a ladder: taken when the text has at most so many characters. */
struct rung {
	int chars;
	double size, line_height, width; /* width 0: all there is */
	int lines;
};

struct layout {
	double left, right;
	double triangle_x, triangle_y, triangle; /* centre of its box, and its size */
	double title_x, title_centre, title_width;
	const struct rung *titles;
	int title_count;
	double text_centre; /* of its lines; 0: they begin under the title */
	double text_width; /* beside a sign */
	const struct rung *texts;
	int text_count;
	double sign_x, sign_y, sign; /* its middle, and how far it reaches; y 0: below the text */
	double rule, issuer;
};

/* Four characters are a headline; more are two lines sooner or later. */
static const struct rung landscape_titles[] = {{4, 256, 0, 0, 1}, {6, 192, 0, 0, 1}, {8, 160, 184, 800, 2}},
			 landscape_texts[] = {{28, 88, 124, 0, 2}, {51, 72, 100, 0, 3}},
			 portrait_titles[] = {{4, 224, 0, 0, 1}, {8, 192, 216, 0, 2}},
			 portrait_texts[] = {{30, 88, 124, 0, 3}, {40, 88, 124, 0, 4}, {52, 72, 104, 0, 4}};

static const struct layout landscape = {.left = 112,
	.right = 1808,
	.triangle_x = 319,
	.triangle_y = 300,
	.triangle = 300,
	.title_x = 592,
	.title_centre = 328,
	.title_width = 1216,
	.titles = landscape_titles,
	.title_count = COUNT(landscape_titles),
	.text_centre = 670,
	.text_width = 1236,
	.texts = landscape_texts,
	.text_count = COUNT(landscape_texts),
	.sign_x = 1580,
	.sign_y = 668,
	.sign = 200,
	.rule = 856,
	.issuer = 944};
static const struct layout portrait = {.left = 64,
	.right = 1016,
	.triangle_x = 540,
	.triangle_y = 420,
	.triangle = 360,
	.title_x = 64,
	.title_centre = 776,
	.title_width = 952,
	.titles = portrait_titles,
	.title_count = COUNT(portrait_titles),
	.text_width = 952,
	.texts = portrait_texts,
	.text_count = COUNT(portrait_texts),
	.sign_x = 540,
	.sign = 200,
	.rule = 1708,
	.issuer = 1780};

struct page {
	struct canvas *canvas;
	struct arena arena;
	const struct layout *layout;
	double bottom; /* of what is drawn so far, from the title on */
};

/* Also beside the page, where a wide screen has more than it needs. */
static void draw_stripes(struct canvas *c, double y)
{
	double w = canvas_width(c);
	canvas_rect(c, 0, y, w, STRIPE, TOKEN_FG);
	for (double x = -STRIPE_PITCH * BESIDE; x <= w + STRIPE_PITCH * BESIDE; x += STRIPE_PITCH) {
		struct point p[] = {{x - STRIPE, y + STRIPE}, {x, y}, {x + STRIPE_WIDTH, y},
			{x + STRIPE_WIDTH - STRIPE, y + STRIPE}};
		canvas_polygon(c, p, 4, TOKEN_BG);
	}
}

/* Its corners are round: circles, joined by lines as thick as they are. */
static void draw_triangle(struct canvas *c, const struct layout *l)
{
	double s = l->triangle / 300, x = l->triangle_x, y = l->triangle_y;
	struct point p[] = {{x, y - 174 * s}, {x + 192 * s, y + 156 * s}, {x - 192 * s, y + 156 * s}};
	canvas_polygon(c, p, 3, TOKEN_FG);
	for (int i = 0; i < 3; i++) {
		canvas_polyline(c, (struct point[]){p[i], p[(i + 1) % 3]}, 2, 30 * s, TOKEN_FG);
		canvas_circle(c, p[i].x, p[i].y, 15 * s, TOKEN_FG);
	}
	struct point mark[] = {{x - 22.5 * s, y - 66 * s}, {x + 22.5 * s, y - 66 * s},
		{x + 13.5 * s, y + 60 * s}, {x - 13.5 * s, y + 60 * s}};
	canvas_polygon(c, mark, 4, TOKEN_BG);
	canvas_circle(c, x, y + 105 * s, 22.5 * s, TOKEN_BG);
}

static const struct rung *rung_of(const struct rung *rungs, int count, const char *text)
{
	int i = 0, chars = (int)utf8_count(text), lines = 1;
	for (const char *at = strchr(text, '\n'); at; at = strchr(at + 1, '\n'))
		lines++;
	while (i + 1 < count && (chars > rungs[i].chars || lines > rungs[i].lines))
		i++;
	return &rungs[i];
}

/* From the rung of its length down: smaller rather than cut. */
static struct fit fit_rung(struct page *p, const char *text, const struct rung *r, double width)
{
	struct fit_role role = {.size = r->size,
		.floor = r->size,
		.line_height = r->line_height,
		.max_width = r->width > 0 ? fmin(r->width, width) : width,
		.max_lines = r->lines,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED,
		.is_balanced = r->width > 0};
	struct fit f = fit_text(p->canvas, &p->arena, text, NULL, &role);
	while (f.is_cut && role.size > SIZE_LEAST) {
		role.floor = role.size -= 4;
		f = fit_text(p->canvas, &p->arena, text, NULL, &role);
	}
	return f;
}

/* first: baseline of the first line. */
static void draw_lines(struct page *p, double x, double first, double line_height, const struct fit *f)
{
	struct fit_role role = {.line_height = line_height, .weight = FONT_BOLD, .flags = TEXT_SPACED};
	(void)fit_draw(p->canvas, x, first, TEXT_LEFT, f, &role, TOKEN_FG);
	p->bottom = first + (f->count - 1) * line_height + 0.1 * f->size;
}

static void draw_title(struct page *p, const char *title)
{
	const struct layout *l = p->layout;
	const struct rung *r = rung_of(l->titles, l->title_count, title);
	struct fit f = fit_rung(p, title, r, l->title_width);
	/* Two lines are higher than one; in the portrait page they grow downwards. */
	double middle = l->title_centre + (canvas_is_portrait(p->canvas) ? (f.count - 1) * 112 : 0);
	double first = middle + 0.36 * f.size - (f.count - 1) * r->line_height / 2;
	draw_lines(p, l->title_x, first, r->line_height, &f);
}

/* Under the title, or about the middle that is set aside for it. */
static double first_base(const struct page *p, const struct rung *r, const struct fit *f)
{
	if (p->layout->text_centre > 0)
		return p->layout->text_centre + 0.36 * f->size - (f->count - 1) * r->line_height / 2;
	return p->bottom + 40 + 0.9 * f->size;
}

static void draw_text(struct page *p, const char *text, bool has_sign)
{
	const struct layout *l = p->layout;
	const struct rung *r = rung_of(l->texts, l->text_count, text), *last = l->texts + l->text_count - 1;
	double width = has_sign ? l->text_width : l->right - l->left;
	double bottom = l->rule - (has_sign && l->sign_y <= 0 ? SIGN_LEAST : 0);
	struct fit f = fit_rung(p, text, r, width);
	while (r < last &&
		(f.size < r->size || first_base(p, r, &f) + (f.count - 1) * r->line_height > bottom)) {
		r++;
		f = fit_rung(p, text, r, width);
	}
	draw_lines(p, l->left, first_base(p, r, &f), r->line_height, &f);
}

static void draw_arrow(struct canvas *c, enum alert_sign sign, double x, double y, double reach)
{
	static const struct point shape[] = {
		{-200, -56}, {20, -56}, {20, -144}, {200, 0}, {20, 144}, {20, 56}, {-200, 56}};
	struct point p[COUNT(shape)];
	double angle = ((int)sign - (int)ALERT_RIGHT) * M_PI / 4, s = reach / 200;
	for (int i = 0; i < COUNT(shape); i++) {
		p[i].x = x + s * (shape[i].x * cos(angle) - shape[i].y * sin(angle));
		p[i].y = y + s * (shape[i].x * sin(angle) + shape[i].y * cos(angle));
	}
	canvas_polygon(c, p, COUNT(shape), TOKEN_FG);
}

static void draw_pause(struct canvas *c, double x, double y, double reach)
{
	double s = reach / PAUSE_REACH;
	canvas_ring(c, x, y, 144 * s, 20 * s, TOKEN_FG);
	canvas_rect(c, x - 56 * s, y - 64 * s, 36 * s, 128 * s, TOKEN_FG);
	canvas_rect(c, x + 20 * s, y - 64 * s, 36 * s, 128 * s, TOKEN_FG);
}

static void draw_sign(struct page *p, enum alert_sign sign)
{
	const struct layout *l = p->layout;
	double y = l->sign_y, reach = l->sign;
	if (y <= 0) { /* what the text leaves */
		reach = fmin(reach, (l->rule - p->bottom) / 2 - 16);
		y = (l->rule + p->bottom) / 2;
	} else if (sign != ALERT_LEFT && sign != ALERT_RIGHT) { /* the box is wider than it is high */
		reach = sign == ALERT_PAUSE ? PAUSE_REACH : 0.8 * reach;
	}
	if (sign == ALERT_PAUSE)
		draw_pause(p->canvas, l->sign_x, y, reach);
	else if (sign != ALERT_NO_SIGN)
		draw_arrow(p->canvas, sign, l->sign_x, y, reach);
}

static const char *time_text(struct page *p, const struct moment *issued, const struct moment *now)
{
	const struct civil *t = &issued->local;
	if (now && now->is_trusted && now->today != issued->today)
		return arena_printf(&p->arena, "%d月%d日 %d:%02d", t->month, t->day, t->hour, t->minute);
	return arena_printf(&p->arena, "%d:%02d", t->hour, t->minute);
}

/* Who says so, and since when; in the portrait page each has a line. */
static void draw_issuer(struct page *p, const struct alert *a, const char *time)
{
	const struct layout *l = p->layout;
	bool is_portrait = canvas_is_portrait(p->canvas);
	struct text_run label = {"发布单位", ISSUER_SIZE, FONT_REGULAR, TOKEN_FG, 0};
	double label_width = text_width(p->canvas, &label, 1, 0) + 16;
	double room = is_portrait ? l->right - l->left : 992; /* beside it, the time and a tag */
	struct fit_role role = {.size = ISSUER_SIZE,
		.floor = ISSUER_LEAST,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.max_width = room - label_width};
	struct text_run runs[4];
	int count = 0;
	canvas_rect(p->canvas, l->left, l->rule, l->right - l->left, 4, TOKEN_FG);
	if (a->publisher && *a->publisher) {
		struct fit f = fit_text(p->canvas, &p->arena, a->publisher, NULL, &role);
		if (f.is_cut) { /* the name itself rather than that it is one */
			role.max_width = room;
			f = fit_text(p->canvas, &p->arena, a->publisher, NULL, &role);
		} else {
			runs[count++] = label;
		}
		int kept = f.is_cut ? (int)utf8_count(f.lines[0]) : 0;
		double gap = count ? 16 : 0;
		runs[count++] =
			(struct text_run){f.lines[0], f.size, FONT_BOLD, TOKEN_FG, gap, role.max_width, kept};
		if (is_portrait)
			text_draw(p->canvas, l->left, l->issuer, TEXT_LEFT, runs, count, 0);
	}
	double base = is_portrait && count ? l->issuer + 64 : l->issuer;
	count = is_portrait ? 0 : count;
	if (time) {
		runs[count] =
			(struct text_run){"发布时间", ISSUER_SIZE, FONT_REGULAR, TOKEN_FG, count ? 56 : 0};
		count++;
		runs[count++] = (struct text_run){time, ISSUER_SIZE, FONT_BOLD, TOKEN_FG, 16};
	}
	text_draw(p->canvas, l->left, base, TEXT_LEFT, runs, count, 0);
}

static void draw_tag(struct page *p, const char *text)
{
	struct text_run run = {text, TAG_SIZE, FONT_BOLD, TOKEN_ONSMP, 0};
	const struct layout *l = p->layout;
	double w = text_width(p->canvas, &run, 1, 0) + 32;
	double base = canvas_is_portrait(p->canvas) ? l->issuer + 64 : l->issuer;
	canvas_round(p->canvas, l->right - w, base - 40, w, 52, 4, TOKEN_SMP);
	text_draw(p->canvas, l->right - w + 16, base, TEXT_LEFT, &run, 1, 0);
}

/* What is drawn of an alert that says nothing, or that nobody prepared. */
static struct alert whole(const struct alert *a)
{
	struct alert w = a ? *a : (struct alert){.level = ALERT_RED, .sign = ALERT_NO_SIGN};
	if (!w.title || !*w.title)
		w.title = FALLBACK_TITLE;
	if (!w.text || !*w.text)
		w.text = FALLBACK_TEXT;
	return w;
}

void board_paint_alert(
	struct canvas *c, const struct alert *a, const struct moment *issued, const struct moment *now)
{
	static const enum theme_alert themes[] = {[ALERT_RED] = THEME_ALERT_RED,
		[ALERT_ORANGE] = THEME_ALERT_ORANGE,
		[ALERT_YELLOW] = THEME_ALERT_YELLOW,
		[ALERT_BLUE] = THEME_ALERT_BLUE};
	struct alert w = whole(a);
	struct page p = {.canvas = c, .layout = canvas_is_portrait(c) ? &portrait : &landscape};
	canvas_clear(c, theme_alert(themes[w.level]));
	draw_stripes(c, 0);
	draw_stripes(c, canvas_height(c) - STRIPE);
	draw_triangle(c, p.layout);
	draw_title(&p, w.title);
	draw_text(&p, w.text, w.sign != ALERT_NO_SIGN);
	draw_sign(&p, w.sign);
	draw_issuer(&p, &w, issued && issued->is_trusted ? time_text(&p, issued, now) : NULL);
	if (w.is_exercise || w.is_sample)
		draw_tag(&p, w.is_exercise ? "演练" : "示例数据");
	arena_finish(&p.arena);
}
