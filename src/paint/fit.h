/* fit.h - texts that have a place of limited width: breaking and the ladder.
 *
 * Lines break by UAX #14 (libunistring) with the quotation marks set right for
 * Chinese, never inside a number with its unit, a date or a short book title,
 * never so that a closing mark begins a line or an opening one ends it. What
 * does not fit climbs down the ladder of the visual specification, 4: as
 * designed; its short form; smaller by steps of 4 down to the role's floor;
 * more lines, where the role has them; words wider than a line broken; an
 * ellipsis. Pure but for the fonts. */
#ifndef FIT_H
#define FIT_H

#include <stdbool.h>

#include "base/arena.h"
#include "paint/text.h"

#define FIT_LINES_MAX 24

struct fit_role {
	double size, floor; /* designed size; how far it may shrink */
	double line_height;
	double max_width;
	int max_lines; /* 1..FIT_LINES_MAX */
	enum font_weight weight;
	unsigned flags; /* of text.h */
	bool is_balanced; /* about equally long lines whenever it takes several */
};

struct fit {
	const char *lines[FIT_LINES_MAX]; /* in the arena */
	int count;
	double size;
	bool is_cut; /* on the last rung: words were left out */
};

/* Cut so far that a character or none is left before the ellipsis: better not drawn. */
bool fit_is_hollow(const struct fit *f);

/* Line feeds in the text are wishes: kept when the lines fit so. short_form
 * may be NULL. */
struct fit fit_text(struct canvas *c, struct arena *a, const char *text, const char *short_form,
	const struct fit_role *role);

/* Draws a fit from its first baseline down. Returns the width of its widest line. */
double fit_draw(struct canvas *c, double x, double baseline, enum text_align align, const struct fit *f,
	const struct fit_role *role, enum token color);

/* Both at once. Returns how many lines were drawn. */
int fit_line(struct canvas *c, struct arena *a, double x, double baseline, enum text_align align,
	const char *text, const struct fit_role *role, enum token color);

/* The largest of size, size - step ... down to floor at which runs, scaled
 * together, are no wider than max_width. For numbers, which are never cut. */
double fit_scale(struct canvas *c, const struct text_run *runs, int count, unsigned flags, double max_width,
	const double *sizes, int size_count);

#endif
