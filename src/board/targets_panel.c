/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "board/frame.h"
#include "board/motion.h"
#include "board/number.h"
#include "board/targets.h"
#include "content/edtf.h"
#include "paint/fit.h"

#define PAD 40.0
#define DOTS_A_ROW 25
#define DOT_RADIUS 10.0
#define HEAD_HEIGHT 100.0 /* of the heading, down to the first rule */
#define FOOT_HEIGHT 160.0 /* of dots and line, up to the heavy rule */
#define LABEL_LEAST 176.0 /* four characters */
#define CLAUSES_MAX 4
#define EMPHASIS_BYTES 32 /* a longer tail is a sentence, not a number */

struct targets_dots targets_dots_of(double value, double progress)
{
	struct targets_dots d = {.is_sound = progress <= value};
	double per_dot = fmax(1, ceil(value / TARGETS_DOTS_MAX));
	if (!d.is_sound || per_dot > INT32_MAX)
		return d;
	d.per_dot = (int)per_dot;
	d.count = (int)ceil(value / per_dot);
	d.filled = (int)lround(progress / per_dot);
	if (progress > 0 && d.filled == 0)
		d.filled = 1; /* some are not none */
	return d;
}

static void draw_heading(struct board_view *v, const struct target *t, double x, double base, double w)
{
	struct edtf by;
	char when[64] = "";
	if (edtf_parse(t->by, &by))
		edtf_format(&by, 0, when, sizeof when);
	struct text_run run = {arena_text(v->arena, when), 44, FONT_BOLD, TOKEN_FG, 0};
	double taken = text_draw(v->canvas, x, base, TEXT_LEFT, &run, 1, 0) + 12;
	struct fit_role role = {
		.size = 44, .floor = 36, .max_width = w - taken, .max_lines = 1, .weight = FONT_BOLD};
	fit_line(v->canvas, v->arena, x + taken, base, TEXT_LEFT, t->name, &role, TOKEN_FG);
}

static void draw_aim(struct board_view *v, const struct figure *f, const struct targets_box *row, double size)
{
	static const double sizes[] = {128, 112, 96, 88, 72};
	int skipped = size < 128 ? 1 : 0;
	struct number n = number_of_figure(v, f, size, 48 * size / 128);
	number_fit(v, &n, row->w - LABEL_LEAST - 24, sizes + skipped, 5 - skipped);
	double base = row->y + row->h - 32;
	double taken = number_draw(v, row->x + row->w, base, TEXT_RIGHT, &n);
	struct fit_role role = {.size = 44,
		.floor = 36,
		.max_width = row->w - taken - 24,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	fit_line(v->canvas, v->arena, row->x, base - 4, TEXT_LEFT, f->label, &role, TOKEN_FG2);
}

static void draw_dots(struct board_view *v, const struct targets_dots *d, double x, double y, double w)
{
	double pitch = floor((w - 2 * DOT_RADIUS) / (DOTS_A_ROW - 1) * 10) / 10;
	int shown = (int)lround(d->filled * motion_dots(v->elapsed_ms, d->filled));
	for (int i = 0; i < d->count; i++) {
		double cx = x + DOT_RADIUS + pitch * (i % DOTS_A_ROW), cy = y + 30 * (i / DOTS_A_ROW);
		if (i < shown)
			canvas_circle(v->canvas, cx, cy, DOT_RADIUS, TOKEN_ACC);
		else
			canvas_ring(v->canvas, cx, cy, DOT_RADIUS - 1.5, 3, TOKEN_MID);
	}
}

/* "某某12家，某某60余个": in each clause what begins with its number stands out, the
 * first one in the accent colour. Returns how many runs; 0: written some other way. */
static int emphasize(struct board_view *v, const char *text, struct text_run runs[static 2 * CLAUSES_MAX])
{
	static const char comma[] = "，";
	int count = 0;
	while (*text) {
		const char *end = strstr(text, comma);
		size_t len = end ? (size_t)(end - text) : strlen(text);
		size_t at = 0;
		while (at < len && !isdigit((unsigned char)text[at]))
			at++;
		if (at == 0 || at == len || len - at > EMPHASIS_BYTES || count == 2 * CLAUSES_MAX)
			return 0;
		runs[count] = (struct text_run){
			arena_text_len(v->arena, text, at), 36, FONT_REGULAR, TOKEN_FG2, count ? 44 : 0};
		runs[count + 1] = (struct text_run){arena_text_len(v->arena, text + at, len - at), 40,
			FONT_BOLD, count ? TOKEN_FG : TOKEN_ACC, 10};
		count += 2;
		text += len + (end ? strlen(comma) : 0);
	}
	return count;
}

static void draw_now(struct board_view *v, const char *now, double x, double base, double w)
{
	struct text_run runs[2 * CLAUSES_MAX];
	struct fit_role role = {.size = 36,
		.floor = 28,
		.line_height = 38,
		.max_width = w,
		.max_lines = 2,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	int count = emphasize(v, now, runs);
	if (count && text_width(v->canvas, runs, count, 0) <= w) {
		text_draw(v->canvas, x, base, TEXT_LEFT, runs, count, 0);
		return;
	}
	struct fit f = fit_text(v->canvas, v->arena, now, NULL, &role);
	fit_draw(v->canvas, x, f.count > 1 ? base - 16 : base, TEXT_LEFT, &f, &role, TOKEN_FG2);
}

static const struct target_aim *measured(const struct target *t)
{
	for (int i = 0; i < t->aim_count; i++) {
		if (t->aims[i].has_progress)
			return &t->aims[i];
	}
	return NULL;
}

static const char *add_note(struct board_view *v, const char *note)
{
	return v->found.note ? arena_printf(v->arena, "%s；%s", v->found.note, note) : note;
}

static void draw_progress(struct board_view *v, const struct target_aim *a, double x, double y, double w)
{
	struct targets_dots d = targets_dots_of(a->figure.value, a->progress);
	if (!d.is_sound)
		v->found.note = add_note(v, "数据核对中");
	else
		draw_dots(v, &d, x, y, w);
	if (d.per_dot > 1)
		v->found.note = add_note(v, arena_printf(v->arena, "一点为%d%s", d.per_dot, a->figure.unit));
}

void targets_draw_panel(struct board_view *v, const struct target *t, const struct targets_box *b)
{
	struct canvas *c = v->canvas;
	double x = b->x + PAD, w = b->w - 2 * PAD, top = b->y + HEAD_HEIGHT, end = b->y + b->h - FOOT_HEIGHT;
	double pitch = (end - top) / TARGET_AIMS_MAX;
	frame_enter(v, 1);
	canvas_rect(c, b->x, b->y, b->w, b->h, TOKEN_PANEL);
	draw_heading(v, t, x, b->y + 68, w);
	for (int i = 0; i < t->aim_count; i++) {
		double y = top + i * pitch;
		frame_enter(v, 2 + i);
		canvas_rect(c, x, y, w, 2, TOKEN_HAIR);
		draw_aim(v, &t->aims[i].figure, &(struct targets_box){x, y, w, pitch},
			pitch < 140 ? 112 : 128);
	}
	frame_enter(v, 5);
	canvas_rect(c, x, end, w, 4, TOKEN_FG);
	if (measured(t))
		draw_progress(v, measured(t), x, end + 36, w);
	if (t->now)
		draw_now(v, t->now, x, end + 128, w);
}
