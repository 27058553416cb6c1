/* stage.h - what is on the canvas now and what comes next: still, leaving, entering,
 * settling, or changing while it stands.
 *
 *            page's time is up            200 ms            900 ms             150 ms
 *   STILL ---------------------> LEAVING -------> ENTERING -------> SETTLING --------> STILL
 *     ^  ^                          |  reduced motion: at once                           |
 *     |  '--------------------------'                                                    |
 *     '---- dots each second, clock each minute, ticker ----------------------------------'
 *   STILL -- a new version says something else --> CHANGING (300 ms) --> STILL
 *
 * A pure state machine over monotonic time; painting is the director's. */
#ifndef STAGE_H
#define STAGE_H

#include <stdbool.h>
#include <stdint.h>

/* The whole picture is given once the page has settled: in the midst of what moves it would come late. */
#define STAGE_SETTLE_MS 150

enum stage_phase { STAGE_STILL, STAGE_LEAVING, STAGE_ENTERING, STAGE_SETTLING, STAGE_CHANGING };

struct stage {
	enum stage_phase phase;
	int64_t since_ms; /* of the phase, monotonic */
	bool is_reduced; /* no motion: pages change at once */
};

const char *stage_name(enum stage_phase p);

/* Another page is due. Without a page to leave (has_old false) it enters at once. */
void stage_turn(struct stage *s, int64_t now_ms, bool has_old);

/* What stands says something else from now on; reduced motion: at once. */
void stage_change(struct stage *s, int64_t now_ms);

/* Moves on. True: the phase changed. */
bool stage_step(struct stage *s, int64_t now_ms);

/* How far the old page has left, or the change has come, 0..1; and how long the new
 * page has been coming. */
double stage_leaving(const struct stage *s, int64_t now_ms);
double stage_changing(const struct stage *s, int64_t now_ms);
double stage_elapsed_ms(const struct stage *s, int64_t now_ms);

#endif
