/* target.h - what an industry is to reach by when, and the tracks and parks for it. */
#ifndef TARGET_H
#define TARGET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "content/indicator.h"
#include "content/origin.h"

struct content;

#define TARGET_AIMS_MAX 3
#define TARGET_NAMES_MAX 16

struct target_aim {
	struct figure figure; /* label, value, unit, qualifier */
	bool has_progress;
	double progress; /* so much of value is there */
};

/* Some have no published name: they are counted alone. */
struct target_names {
	const char *names[TARGET_NAMES_MAX];
	int named, count;
};

/* Texts live in the arena; those that may be absent are NULL. */
struct target {
	int64_t seq;
	const char *name, *by; /* by: EDTF */
	const char *now, *tracks_name, *parks_name;
	struct target_aim aims[TARGET_AIMS_MAX];
	int aim_count;
	struct target_names tracks, parks;
	struct origin origin;
};

/* What a board names, in its order, or all; *out in the arena. Returns how many. */
int target_of_board(struct content *c, int64_t board, struct arena *a, struct target **out);

#endif
