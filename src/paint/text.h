/* text.h - setting one line of Chinese text.
 *
 * The rules are those of the visual specification, 4 (after W3C "Requirements
 * for Chinese Text Layout" and CSS Text 4, text-spacing): 1/8 em between Han
 * and Latin or digits; half an em taken out between adjacent full-width marks,
 * before an opening mark at the line's start and behind a closing one at its
 * end; figures of 160 and up stand 0.02 em closer. Sizes and places in design units. Lines are broken in
 * fit.h. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>

#include "paint/canvas.h"

enum text_align { TEXT_LEFT, TEXT_CENTER, TEXT_RIGHT };

#define TEXT_SPACED 1u /* space between Han and Latin */
#define TEXT_OPTICAL 2u /* the first glyph's ink, not its advance box, stands at x */
#define TEXT_HUNG 4u /* an opening mark at the start hangs outside x */

struct text_run {
	const char *text;
	double size;
	enum font_weight weight;
	enum token color;
	double gap; /* before it */
	double max_width; /* the room it was fitted into, for who listens; 0: none said */
	int kept; /* it ends in an ellipsis, after so many characters in all its lines; for who listens */
	bool is_passing; /* another text in the next frame: its characters are kept painted one by one */
};

double text_width(struct canvas *c, const struct text_run *runs, int count, unsigned flags);

/* The widths of a text's beginnings, all in one go: out[i] is that of its first i bytes, where
 * a character ends at i. How many bytes were measured is returned: all up to a line feed, or so
 * many that whatever goes on from there is wider than enough. The run's gap does not count. */
#define TEXT_WIDTHS 1024
size_t text_widths(
	struct canvas *c, const struct text_run *run, unsigned flags, double enough, double out[TEXT_WIDTHS]);
double text_draw(struct canvas *c, double x, double baseline, enum text_align align,
	const struct text_run *runs, int count, unsigned flags); /* returns the width */

/* One run; the usual case. */
double text_line(struct canvas *c, double x, double baseline, enum text_align align, const char *text,
	double size, enum font_weight weight, enum token color, unsigned flags);

/* True for marks that may not begin a line, and for those that may not end one. */
bool text_is_closing(uint32_t point);
bool text_is_opening(uint32_t point);
bool text_is_han(uint32_t point);

#endif
