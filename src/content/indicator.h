/* indicator.h - indicators, single figures, and the order in which a board names them. */
#ifndef INDICATOR_H
#define INDICATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "content/origin.h"
#include "content/standing.h"

struct content;

#define INDICATOR_DECIMALS_UNSAID (-1)

/* Texts live in the arena; numbers that may be absent come with has_. */
struct indicator {
	int64_t seq;
	int pos; /* among what the board names; -1 when the board names nothing */
	const char *id, *name, *unit, *period;
	bool has_value, has_growth, has_change;
	double value, growth_pct, change_pp;
	int decimals; /* or INDICATOR_DECIMALS_UNSAID */
	int rank, rank_at_least, of; /* 0: not said */
	int previous_rank, members; /* 0: not said */
	bool is_high_better, is_growth_ranked;
	struct origin origin;
};

enum figure_qualifier {
	FIGURE_EXACT,
	FIGURE_OVER, /* 多 */
	FIGURE_ABOUT, /* 余 */
	FIGURE_AT_LEAST, /* 以上 */
	FIGURE_PLANNED, /* 预计 */
	FIGURE_TOP_N, /* 前n位 */
	FIGURE_RANK, /* 第n, of the whole city */
};

enum figure_trend { FIGURE_NO_TREND, FIGURE_UP, FIGURE_DOWN, FIGURE_FLAT };

struct figure {
	int64_t seq;
	int pos;
	const char *id, *label, *unit; /* unit may be "" */
	double value;
	int decimals;
	enum figure_qualifier qualifier;
	enum figure_trend trend;
	bool has_compare;
	double compare_value;
	const char *compare_label;
	struct origin origin;
};

/* As the document writes it; NULL: FIGURE_EXACT. */
enum figure_qualifier figure_qualifier_named(const char *word);

/* What a board names, in its order; all of the list when it names nothing. *out in
 * the arena. Returns how many. */
int indicator_of_board(struct content *c, int64_t board, struct arena *a, struct indicator **out);
int figure_of_board(struct content *c, int64_t board, struct arena *a, struct figure **out);

/* The figures that a place or journey names. */
int figure_of_place(struct content *c, int64_t place, struct arena *a, struct figure **out);
int figure_of_journey(struct content *c, int64_t journey, struct arena *a, struct figure **out);

/* Ranked, best first, those without a value last; *out in the arena. */
int indicator_standings(struct content *c, const struct indicator *i, struct arena *a, struct standing **out);

#endif
