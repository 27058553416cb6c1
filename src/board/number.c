/* SPDX-License-Identifier: Apache-2.0 */
#include "board/number.h"

#include <math.h>
#include <string.h>

#include "board/motion.h"
#include "content/amount.h"

#define SIZE_LEAST 28.0
#define SIZE_STEP 4

struct number number_of_figure(struct board_view *v, const struct figure *f, double size, double unit_size)
{
	static const char *const after[] = {
		[FIGURE_OVER] = "多", [FIGURE_ABOUT] = "余", [FIGURE_AT_LEAST] = "以上"};
	struct amount a = amount_value(f->value, f->unit, f->decimals);
	struct number n = {
		.digits = arena_text(v->arena, a.number),
		.value = f->value,
		.decimals = f->decimals,
		.is_counted = true,
		.prefix = "",
		.unit = arena_text(v->arena, a.unit),
		.size = size,
		.unit_size = unit_size,
		.gap = 8,
		.color = TOKEN_FG,
	};
	switch (f->qualifier) {
	case FIGURE_OVER:
	case FIGURE_ABOUT:
		n.unit = arena_printf(v->arena, "%s%s", after[f->qualifier], a.unit);
		break;
	case FIGURE_AT_LEAST:
		n.unit = arena_printf(v->arena, "%s%s", a.unit, after[f->qualifier]);
		break;
	case FIGURE_PLANNED:
		n.prefix = "预计";
		break;
	case FIGURE_TOP_N:
		n.prefix = "前";
		n.unit = "位";
		n.is_counted = false;
		break;
	case FIGURE_RANK:
		n.prefix = "第";
		n.is_counted = false;
		break;
	case FIGURE_EXACT:
		break;
	}
	/* A changed unit means another number: it comes in whole. */
	if (n.is_counted) {
		char whole[32];
		amount_format(f->value, f->decimals, whole, sizeof whole);
		n.is_counted = strcmp(whole, n.digits) == 0;
	}
	return n;
}

static int runs_of(const struct number *n, const char *digits, struct text_run runs[static 3])
{
	int count = 0;
	if (*n->prefix)
		runs[count++] = (struct text_run){n->prefix, n->unit_size, FONT_BOLD, n->color, 0};
	runs[count] = (struct text_run){.text = digits,
		.size = n->size,
		.weight = FONT_BOLD,
		.color = n->color,
		.gap = count ? n->gap : 0,
		.is_passing = digits != n->digits};
	count++;
	if (*n->unit)
		runs[count++] = (struct text_run){n->unit, n->unit_size, FONT_BOLD, n->color, n->gap};
	return count;
}

double number_width(struct board_view *v, const struct number *n)
{
	struct text_run runs[3];
	return text_width(v->canvas, runs, runs_of(n, n->digits, runs), 0);
}

void number_fit(struct board_view *v, struct number *n, double max_width, const double *sizes, int count)
{
	double by = n->unit_size / n->size;
	for (int i = 0; i < count; i++) {
		n->size = sizes[i];
		n->unit_size = fmax(SIZE_LEAST, sizes[i] * by);
		if (number_width(v, n) <= max_width)
			return;
	}
	/* Longer than anybody meant: smaller than designed is better than over its neighbour. */
	while (n->size > SIZE_LEAST && number_width(v, n) > max_width) {
		n->size = fmax(SIZE_LEAST, n->size - SIZE_STEP);
		n->unit_size = fmax(SIZE_LEAST, n->size * by);
	}
}

static const char *counted(struct board_view *v, const struct number *n)
{
	double t = motion_count(v->elapsed_ms);
	if (!n->is_counted || t >= 1)
		return n->digits;
	char now[32];
	int decimals = n->decimals == AMOUNT_DECIMALS_AUTO ? amount_decimals(n->value, 2) : n->decimals;
	amount_format(n->value * t, decimals, now, sizeof now);
	return arena_text(v->arena, now);
}

/* How far the pen stands left of the first figure's ink. */
static double ink_shift(struct board_view *v, const char *digits, const struct number *n)
{
	struct text_run runs[3];
	int count = runs_of(n, digits, runs);
	return text_width(v->canvas, runs, count, 0) - text_width(v->canvas, runs, count, TEXT_OPTICAL);
}

/* The ink of the number as it will stand begins at x: while it counts, its first figure
 * changes, and nothing may move with it. */
double number_draw(
	struct board_view *v, double x, double baseline, enum text_align align, const struct number *n)
{
	struct text_run runs[3];
	const char *now = counted(v, n);
	double width = number_width(v, n);
	int count = runs_of(n, now, runs);
	runs[*n->prefix ? 1 : 0].gap += width - text_width(v->canvas, runs, count, 0);
	if (align == TEXT_LEFT)
		x += ink_shift(v, now, n) - ink_shift(v, n->digits, n);
	text_draw(v->canvas, x, baseline, align, runs, count, align == TEXT_LEFT ? TEXT_OPTICAL : 0);
	return width;
}
