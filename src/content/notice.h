/* notice.h - notices that are live, and those among them that run in the ticker. */
#ifndef NOTICE_H
#define NOTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "content/moment.h"
#include "content/origin.h"

struct content;

struct notice {
	int64_t seq;
	int pos; /* among what the board names, or -1 */
	const char *id, *title, *text, *category; /* category: or NULL */
	int64_t from_utc_s, until_utc_s; /* INT64_MIN, INT64_MAX when not said */
	bool runs_in_ticker, is_important;
	struct origin origin;
};

/* Released, and not over. With an unknown clock nothing is over. Pure. */
bool notice_is_live(const struct notice *n, const struct moment *now);

/* The live ones that a board names (or all), in order; *out in the arena. */
int notice_of_board(
	struct content *c, int64_t board, const struct moment *now, struct arena *a, struct notice **out);

/* The live ones for the ticker: of a notices board all, elsewhere the important. */
int notice_ticker(struct content *c, bool only_important, const struct moment *now, struct arena *a,
	struct notice **out);

/* The next second at which some notice starts or ends, after now; INT64_MAX: never. */
int64_t notice_next_change(struct content *c, const struct moment *now);

#endif
