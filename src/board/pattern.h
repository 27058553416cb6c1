/* pattern.h - the schema of a pattern board: its geometry, and its arms. */
#ifndef BOARD_PATTERN_H
#define BOARD_PATTERN_H

#include "board/board.h"
#include "content/pattern.h"

#define PATTERN_SIDE_STATIONS 3 /* as many as a portrait arm to the side has room for */

/* Where the schema lies. */
struct pattern_scheme {
	bool is_portrait;
	double x, y; /* the hub's centre */
	double reach, bound; /* from it: ends of the arms to the sides, and of their labels */
	double north, south, south_first; /* y of ends, and of the first station southward */
	double railway; /* y */
	double south_label_width;
};

void pattern_draw_railway(struct board_view *v, const struct pattern_scheme *s, const char *name);
void pattern_draw_arms(struct board_view *v, const struct pattern_scheme *s, const struct pattern *p);
void pattern_draw_hub(struct board_view *v, const struct pattern_scheme *s, const char *centre);

#endif
