/* journey.h - a procedure as steps, each with the time it may take. */
#ifndef JOURNEY_H
#define JOURNEY_H

#include <stdint.h>

#include "base/arena.h"
#include "content/indicator.h"
#include "content/origin.h"
#include "content/workday.h"

struct content;

#define JOURNEY_STEPS_MAX 20

struct journey_step {
	const char *name, *start; /* start: what it begins with, or NULL */
	int value;
	enum workday_unit unit;
};

/* Texts live in the arena; those that may be absent are NULL. */
struct journey {
	int64_t seq;
	const char *name, *goal; /* goal: what the last step ends with */
	struct journey_step steps[JOURNEY_STEPS_MAX];
	int step_count;
	struct figure *figures;
	int figure_count;
	struct origin origin;
};

/* For drawing to scale alone: a month counts 30 days, a working day one. */
int journey_days(const struct journey_step *s);

/* What a board names, in its order, or all; *out in the arena. Returns how many. */
int journey_of_board(struct content *c, int64_t board, struct arena *a, struct journey **out);

#endif
