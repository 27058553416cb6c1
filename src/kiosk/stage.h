/* stage.h - what is on the canvas now and what comes next: still, leaving, entering.
 *
 *            page's time is up            200 ms               900 ms
 *   STILL ---------------------> LEAVING -------> ENTERING ------------> STILL
 *     ^  ^                          |  reduced motion: at once              |
 *     |  '--------------------------'                                       |
 *     '---- dots each second, clock each minute, ticker, new content -------'
 *
 * A pure state machine over monotonic time; painting is the director's. */
#ifndef STAGE_H
#define STAGE_H

#include <stdbool.h>
#include <stdint.h>

enum stage_phase { STAGE_STILL, STAGE_LEAVING, STAGE_ENTERING };

struct stage {
	enum stage_phase phase;
	int64_t since_ms; /* of the phase, monotonic */
	bool is_reduced; /* no motion: pages change at once */
};

const char *stage_name(enum stage_phase p);

/* Another page is due. Without a page to leave (has_old false) it enters at once. */
void stage_turn(struct stage *s, int64_t now_ms, bool has_old);

/* Moves on. True: the phase changed. */
bool stage_step(struct stage *s, int64_t now_ms);

/* How far the old page has left, 0..1, and how long the new one has been coming. */
double stage_leaving(const struct stage *s, int64_t now_ms);
double stage_elapsed_ms(const struct stage *s, int64_t now_ms);

#endif
