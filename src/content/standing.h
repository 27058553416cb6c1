/* standing.h - ranks: ties share one and the next is skipped (1, 2, 2, 4); a
 * missing value ranks nowhere. Pure. */
#ifndef STANDING_H
#define STANDING_H

#include <stdbool.h>

#define STANDING_NONE 0

struct standing {
	const char *region;
	bool has_value;
	double value;
	int rank, previous_rank; /* 1.. or STANDING_NONE */
};

/* Gives a rank to every one that has a value and none yet. */
void standing_rank(struct standing *s, int count, bool is_high_better);

/* The ranks given agree with the values, and none is beyond `of` (0: not said). */
bool standing_is_consistent(const struct standing *s, int count, bool is_high_better, int of);

/* Places won (positive) or lost since last time; 0 unless both ranks are known. */
int standing_change(int rank, int previous_rank);

#endif
