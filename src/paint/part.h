/* part.h - the components that boards are made of (visual specification, 5 and 6).
 *
 * Every state has a shape of its own beside its colour, so that it can be told
 * in greyscale. Design units. */
#ifndef PART_H
#define PART_H

#include <stdbool.h>

#include "paint/text.h"

enum part_status {
	PART_ON_TIME, /* filled circle */
	PART_DUE_SOON, /* triangle up */
	PART_OVERDUE, /* diamond with a mark cut out */
	PART_DONE, /* square with a tick */
	PART_UNKNOWN, /* hollow ring */
	PART_UNDER_WAY, /* triangle to the right */
	PART_NOT_STARTED /* filled circle with a hollow middle */
};

enum part_trend { PART_UP, PART_DOWN, PART_FLAT };

/* ground: what shows through the marks cut out of it. */
void part_status(struct canvas *c, enum part_status s, double cx, double cy, double r, enum token ground);

/* A triangle of width s with its base at y (up) or its top there (down). */
void part_arrow(struct canvas *c, enum part_trend t, double x, double y, double s, enum token color);

/* The ward-plan mark, side s. */
void part_brand(struct canvas *c, double x, double y, double s);

/* 示例数据 and the like: 28 high text in a filled tag 44 high. Returns its width. */
double part_tag(struct canvas *c, double x, double y, const char *text);
double part_tag_width(struct canvas *c, const char *text);

/* 52 high; return their width. */
double part_pill(struct canvas *c, double x, double y, const char *text);
double part_stale_badge(struct canvas *c, double x, double y, const char *as_of);
double part_stale_badge_width(struct canvas *c, const char *as_of);
double part_offline_badge(struct canvas *c, double x, double y);
double part_offline_badge_width(struct canvas *c);

/* A clock without hands: the time is not known. */
void part_hollow_clock(struct canvas *c, double cx, double cy, double r, enum token color);

/* Phases of a life cycle as segments in a box w wide whose 20-high bars stand at y;
 * the current one (1..count) is 32 high in its colour, 0: none is current.
 * reach 0..1: how far it has grown while it enters. */
void part_track(struct canvas *c, double x, double y, double w, int count, int current, enum token color,
	double reach);
void part_track_unreported(struct canvas *c, double x, double y, double w, int count);

/* One page dot a board, the current one a pill that fills; right and centre line
 * given. More than 16 boards: "3 / 27" and one progress pill. */
void part_dots(struct canvas *c, double right, double cy, int current, int count, double fill);
double part_dots_width(struct canvas *c, int current, int count);

/* The fill alone, of a page that stands: no text, no fonts. */
void part_dots_fill(struct canvas *c, double right, double cy, int current, int count, double fill);

/* By how many pixels it fills. */
double part_dots_fill_px(const struct canvas *c, int count);

#endif
