/* frame.h - what stands around every page: header, footer, dots; and the
 * geometry of the body between them (visual specification, 5). */
#ifndef FRAME_H
#define FRAME_H

#include "board/board.h"
#include "paint/part.h"

#define FRAME_HEADER_RULE 208.0
#define FRAME_BODY_TOP 248.0

/* Margins of the text column. */
double frame_left(const struct board_view *v);
double frame_right(const struct board_view *v);
double frame_width(const struct board_view *v);

/* The hairline over the footer; the body ends 32 above it. */
double frame_footer_rule(const struct board_view *v);
bool frame_is_absent(const struct board_view *v); /* the kind has none */
bool frame_has_ticker(const struct board_view *v);

/* Below the line of subtitle and tag that a portrait header may have; known once
 * all origins are noted. */
double frame_body_top(const struct board_view *v);

/* The page shows something from there. */
void frame_note_origin(struct board_view *v, const struct origin *o);

struct frame_title {
	const char *title; /* the board's own stands before it */
	const char *subtitle; /* or NULL; likewise */
	const char *section; /* or NULL; likewise */
	double max_width; /* of title, subtitle and tag together; 0: as designed */
	bool line_is_taken; /* the line under a portrait header; the subtitle drops out */
};

void frame_draw_header(struct board_view *v, const struct frame_title *t);

/* The occasion's header: one row, no title. */
void frame_draw_header_row(struct board_view *v, const char *section);
void frame_draw_footer(struct board_view *v);

/* Parts of the header that change while the page stands: just the clock, over its
 * own ground. Returns the rectangle in pixels that it painted. */
SDL_Rect frame_repaint_clock(struct board_view *v);

/* Where the dots' line lies, for part_dots_fill(). */
double frame_dots_centre(const struct board_view *v);

/* A part of the body comes in as the index-th; frame_entered() ends it. */
void frame_enter(struct board_view *v, int index);
void frame_enter_by(struct board_view *v, double share); /* by a motion of its own, 0..1 */
void frame_entered(struct board_view *v);

#endif
