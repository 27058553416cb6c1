/* record.h - "how fast" facts: who did what within what time. */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "content/origin.h"

struct content;

#define RECORD_MONTH_DAYS 30 /* for comparing alone; a page that does says so */

/* Texts live in the arena. */
struct record {
	const char *who, *what;
	double value;
	bool is_months; /* else days */
	struct origin origin;
};

double record_days(const struct record *r);

/* What a board names, or all, the shortest first; *out in the arena. Returns how many. */
int record_of_board(struct content *c, int64_t board, struct arena *a, struct record **out);

#endif
