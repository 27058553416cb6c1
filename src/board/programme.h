/* programme.h - a day's rows: which, how large, where. */
#ifndef PROGRAMME_H
#define PROGRAMME_H

#include "board/board.h"
#include "content/occasion.h"

#define PROGRAMME_ROWS_MAX 16

enum programme_size {
	PROGRAMME_PAST,
	PROGRAMME_NOW,
	PROGRAMME_NOW_SMALL, /* two at once */
	PROGRAMME_NEXT,
	PROGRAMME_NEXT_LARGE, /* nothing is on: what comes next is the news */
	PROGRAMME_LATER,
};

struct programme_row {
	const struct occasion_item *item;
	enum programme_size size;
	double y, h;
};

struct programme_day {
	struct occasion_item *items;
	int count;
	int32_t day;
	bool has_ended; /* today's are over; these are another day's */
	int64_t next_utc_s; /* when there are none today; INT64_MAX: never */
	int page, pages;
	struct programme_row rows[PROGRAMME_ROWS_MAX]; /* of the page */
	int row_count;
};

double programme_height(const struct board_view *v, enum programme_size size);
void programme_draw_rows(struct board_view *v, const struct programme_day *d);

#endif
