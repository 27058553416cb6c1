/* ticker.h - the strip at the foot: one notice at a time, rolling on.
 *
 * Which notice stands there, and how far it has rolled or crawled, is a function
 * of the time alone, so that screens side by side agree. An item holds for
 * max(6 s, 0.25 s a character); one that is wider than its box waits 2 s, crawls
 * by at 120 px a second, once, stands 2 s more (or until there was time to read it), and
 * then the next rolls in (400 ms). */
#ifndef TICKER_H
#define TICKER_H

#include "board/board.h"

struct ticker_state {
	int index;
	double roll; /* 0..1: this one leaves upwards, the next comes from below */
	double crawl_du; /* how far it has been moved to the left */
	bool is_moving;
	int64_t next_ms; /* until something changes; 0 while it moves */
};

/* widths in design units and characters of count items; box: room for text. Pure. */
struct ticker_state ticker_at(const double *widths, const int *chars, int count, double box, int64_t now_ms);

/* Paints the strip as it is at now_ms and tells what it did. The rectangle in
 * pixels is always the whole strip. */
struct ticker_state ticker_paint(struct board_view *v, int64_t now_ms, SDL_Rect *painted);

#endif
