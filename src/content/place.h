/* place.h - heritage and sights: a picture, figures, and what there is to see. */
#ifndef PLACE_H
#define PLACE_H

#include <stdint.h>

#include "base/arena.h"
#include "content/origin.h"

struct content;

#define PLACE_FEATURES_MAX 8

/* Texts live in the arena; those that may be absent are NULL. */
struct place {
	int64_t seq;
	const char *id, *name, *text;
	const char *picture, *credit; /* credit: who made the picture, or what it is */
	const char *features[PLACE_FEATURES_MAX]; /* "what：which ones", or words alone */
	int feature_count;
	struct origin origin;
};

/* What a board names, in its order, or all. *out in the arena. Their figures:
 * figure_of_place(). */
int place_of_board(struct content *c, int64_t board, struct arena *a, struct place **out);

#endif
