/* font.h - the two cuts of the main font, the fonts behind them, and pieces of
 * text as coverage masks.
 *
 * SDL_ttf shapes (HarfBuzz) and rasterises; light hinting, so that stems are
 * crisp and positions stay linear. A character that the main font lacks comes
 * from the first further font that has it. One thread. */
#ifndef FONT_H
#define FONT_H

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define FONT_FALLBACK_MAX 16
#define FONT_WHOLE (FONT_FALLBACK_MAX + 1) /* see font_find() */
#define FONT_SC_FACE 2 /* of NotoSansCJK-*.ttc: 0 is Japanese forms (pitfall 10) */

enum font_weight { FONT_REGULAR, FONT_BOLD, FONT_WEIGHTS };

struct font_paths {
	const char *regular, *bold; /* TrueType/OpenType files or collections */
	const char *const *fallback;
	int fallback_count;
	/* What the two are a part of; opened when a character is missing in them. NULL: nothing. */
	const char *whole_regular, *whole_bold;
};

struct font_set;

/* A piece of text, painted: A8 coverage and where it lies beside the pen. */
struct font_mask {
	cairo_surface_t *coverage; /* borrowed; NULL when nothing is inked */
	int left, top; /* px from pen and baseline to the mask's corner */
};

/* ERR_IO naming the font file that cannot be used. */
bool font_set_open(struct font_set **out, const struct font_paths *paths, struct err *e);
void font_set_close(struct font_set *f);

/* Nothing will be painted for a while: gives back what of the font files is mapped (it
 * stays in the page cache, and comes back when it is wanted), and the pieces of text that
 * nothing used since the last rest. */
void font_set_rest(struct font_set *f);

/* Which font draws a character: 0 the main one, FONT_WHOLE what that is a part of, 1.. the
 * fallbacks, -1 none. */
int font_find(struct font_set *f, enum font_weight w, uint32_t point);

/* Advance width and left bearing in em. */
double font_advance(struct font_set *f, enum font_weight w, uint32_t point);
double font_bearing(struct font_set *f, enum font_weight w, uint32_t point);

/* All of the text's characters must come from the font `which` names. The mask
 * is borrowed and good until the next call. */
struct font_mask font_mask(struct font_set *f, enum font_weight w, int which, int size_px, const char *text);

#endif
