/* paint_kit.h - fonts and canvases for tests of paint and board. */
#ifndef PAINT_KIT_H
#define PAINT_KIT_H

#include <stdio.h>
#include <stdlib.h>

#include "paint/canvas.h"

#define KIT_NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define KIT_DEJAVU "/usr/share/fonts/truetype/dejavu/DejaVuSans"

static const struct font_paths kit_noto = {.regular = KIT_NOTO "Regular.ttc", .bold = KIT_NOTO "Bold.ttc"};

/* Ends the test program when the fonts are missing. */
static inline struct font_set *kit_fonts(const struct font_paths *paths)
{
	struct font_set *f = NULL;
	struct err e = {0};
	if (!font_set_open(&f, paths, &e)) {
		(void)fprintf(stderr, "%s\n", e.text);
		abort();
	}
	return f;
}

/* Columns first..end - 1 have the colour of something painted, from column `from` on;
 * end 0: nothing has. The canvas was cleared with the hall theme. */
struct kit_ink {
	int first, end;
};

static inline struct kit_ink kit_ink_of(struct canvas *c)
{
	struct kit_ink ink = {0, 0};
	SDL_Surface *s = canvas_surface(c);
	uint32_t ground = theme_hall()->rgb[TOKEN_BG];
	for (int x = 0; x < s->w; x++) {
		bool has_ink = false;
		for (int y = 0; y < s->h && !has_ink; y++) {
			const char *row = (const char *)s->pixels + (ptrdiff_t)y * s->pitch;
			has_ink = (((const uint32_t *)(const void *)row)[x] & 0xFFFFFF) != ground;
		}
		if (has_ink && !ink.end)
			ink.first = x;
		if (has_ink)
			ink.end = x + 1;
	}
	return ink;
}

#endif
