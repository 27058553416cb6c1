/* rotation.h - which page is on the screen at a moment, and until when.
 *
 * A pure function of the clock and of the playlist with its dwells, not of when a
 * screen was started: screens of one tag turn their pages in unison, and a
 * restart goes on where the show is. A board with more pages than one visit shows
 * goes on, at its next visit, where it stopped; after the last page comes the
 * first one again, so every cycle is equally long. Nothing here can fail. */
#ifndef ROTATION_H
#define ROTATION_H

#include <stdint.h>

#define ROTATION_SLOTS_MAX 200 /* boards of a playlist */
#define ROTATION_WEIGHT_MAX 10
#define ROTATION_VISITS_MAX (ROTATION_SLOTS_MAX * ROTATION_WEIGHT_MAX)
#define ROTATION_IDLE (-1) /* nothing to show: the emblem page */

struct rotation_slot {
	int pages; /* 1.. */
	int per_visit; /* 1.. */
	int dwell_ms; /* of each page */
	int weight; /* visits in a cycle, 1..10 */
};

struct rotation {
	struct rotation_slot slots[ROTATION_SLOTS_MAX];
	int count;
	int16_t visits[ROTATION_VISITS_MAX]; /* slot of each visit of a cycle */
	int visit_count;
	int64_t cycle_ms;
};

struct rotation_place {
	int slot; /* or ROTATION_IDLE */
	int page;
	int64_t since_ms, until_ms; /* of the page, on the clock that was given */
};

/* Spreads the visits of heavier boards evenly over the cycle, also over its end. count
 * may be 0. */
void rotation_set(struct rotation *r, const struct rotation_slot *slots, int count);

struct rotation_place rotation_at(const struct rotation *r, int64_t now_ms);

#endif
