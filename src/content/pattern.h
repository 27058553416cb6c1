/* pattern.h - directions in which a town grows: a schema, no map. */
#ifndef PATTERN_H
#define PATTERN_H

#include <stdint.h>

#include "base/arena.h"
#include "content/origin.h"

struct content;

#define PATTERN_STATIONS_MAX 4

enum pattern_direction { PATTERN_NORTH, PATTERN_EAST, PATTERN_SOUTH, PATTERN_WEST, PATTERN_DIRECTIONS };

struct pattern_arm {
	const char *name, *theme; /* name: NULL, there is no such arm */
	const char *note; /* at its end, or NULL */
	const char *stations[PATTERN_STATIONS_MAX]; /* from the centre outward */
	int station_count;
};

/* Texts live in the arena; those that may be absent are NULL. */
struct pattern {
	int64_t seq;
	const char *name, *centre, *railway; /* railway: which the northern arm crosses */
	struct pattern_arm arms[PATTERN_DIRECTIONS];
	struct origin origin;
};

/* What a board names, in its order, or all; *out in the arena. Returns how many. */
int pattern_of_board(struct content *c, int64_t board, struct arena *a, struct pattern **out);

#endif
