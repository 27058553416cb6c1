/* occasion.h - town events: season, countdown, programme. */
#ifndef OCCASION_H
#define OCCASION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "content/edtf.h"
#include "content/moment.h"
#include "content/origin.h"

struct content;

enum occasion_status {
	OCCASION_TENTATIVE,
	OCCASION_CONFIRMED,
	OCCASION_POSTPONED,
	OCCASION_SUSPENDED,
	OCCASION_CANCELLED
};

#define OCCASION_HIGHLIGHTS_MAX 8

/* Texts live in the arena; those that may be absent are NULL. */
struct occasion {
	int64_t seq;
	const char *id, *name, *subtitle, *venue, *poster, *url, *reason;
	struct edtf from, to;
	bool has_opens, is_opens_sample;
	int32_t opens; /* day */
	enum occasion_status status;
	const char *highlights[OCCASION_HIGHLIGHTS_MAX];
	int highlight_count;
	struct origin origin;
};

enum countdown_kind {
	COUNTDOWN_NONE, /* stopped, or the clock is unknown: no number, no word */
	COUNTDOWN_MONTH, /* only the month is known: 7月启幕 敬请期待 */
	COUNTDOWN_DAYS, /* number days until it opens */
	COUNTDOWN_TODAY, /* opens today */
	COUNTDOWN_DAY_N, /* the number-th day */
	COUNTDOWN_RUNNING, /* on, but nobody said since which day */
	COUNTDOWN_LAST, /* the last day */
	COUNTDOWN_OVER, /* the board drops out */
};

struct countdown {
	enum countdown_kind kind;
	int number; /* of days; never negative */
};

/* Calendar days of the site. Pure. */
struct countdown occasion_countdown(const struct occasion *o, const struct moment *now);

enum item_state { ITEM_PAST, ITEM_NOW, ITEM_NEXT, ITEM_LATER, ITEM_CANCELLED };

struct occasion_item {
	const char *title, *place, *note; /* place, note: or NULL */
	int64_t from_utc_s, to_utc_s; /* to: filled in where not said */
	bool has_to, was_moved, is_cancelled, is_sample;
	int64_t was_utc_s; /* before it was moved; 0: not said */
	enum item_state state;
};

/* What a board names, in its order, or all. *out in the arena. */
int occasion_of_board(struct content *c, int64_t board, struct arena *a, struct occasion **out);

/* The programme of the site's day that begins at day_utc_s and ends before
 * next_day_utc_s (what starts there belongs there, also past midnight). */
int occasion_programme(struct content *c, int64_t occasion, int64_t day_utc_s, int64_t next_day_utc_s,
	struct arena *a, struct occasion_item **out);

/* When the first item at or after a time begins; INT64_MAX: none. */
int64_t occasion_next_start(struct content *c, int64_t occasion, int64_t utc_s);

/* Fills in ends and states: on while from <= now < to, where to is the next later
 * item's from, or an hour. With an untrusted clock all are ITEM_LATER. Pure. */
void occasion_mark(struct occasion_item *items, int count, const struct moment *now);

#endif
