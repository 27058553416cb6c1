/* number.h - a number with its unit on one line, counting up while it comes in.
 *
 * Digits are tabular: while counting, the number stands right-aligned in its
 * final width, so nothing jitters. Never cut: the unit changes, then the size. */
#ifndef NUMBER_H
#define NUMBER_H

#include "board/board.h"
#include "content/indicator.h"
#include "paint/text.h"

struct number {
	const char *digits; /* as drawn in the end; counted when is_counted */
	double value;
	int decimals;
	bool is_counted; /* not for years, ranks, dates, codes */
	const char *prefix, *unit; /* "" when none */
	double size, unit_size;
	double gap;
	enum token color;
};

/* From a figure: qualifier and unit together as the text after (or before) it. */
struct number number_of_figure(struct board_view *v, const struct figure *f, double size, double unit_size);

double number_width(struct board_view *v, const struct number *n);

/* Takes the first of sizes at which it is no wider; the unit shrinks along. */
void number_fit(struct board_view *v, struct number *n, double max_width, const double *sizes, int count);

/* Ink of the first digit at x (left), or the end of the unit at x (right). */
double number_draw(
	struct board_view *v, double x, double baseline, enum text_align align, const struct number *n);

#endif
