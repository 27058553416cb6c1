/* motion.h - how things come in: pure curves over the time since a page appeared.
 * (Visual specification, 7.) All return 0..1; a still page gives 1. */
#ifndef MOTION_H
#define MOTION_H

#define MOTION_STILL 1e9 /* ms: long enough that nothing moves any more */
#define MOTION_ENTER_MS 900 /* after which a page stands */
#define MOTION_LEAVE_MS 200
#define MOTION_CHANGE_MS 300 /* a value that changes while its page stands */
#define MOTION_MARK_MS 3000 /* and how long it is marked */
#define MOTION_RISE_DU 24 /* how far a part rises while it fades in */

double motion_fade(double ms, int index); /* parts come in one after the other, 40 ms apart */
double motion_count(double ms); /* numbers, over 800 ms, ease-out-quart */
double motion_grow(double ms, int index); /* bars and segments, over 640 ms, ease-out-cubic */
double motion_fill(double ms); /* unit charts, over 800 ms, linear */
double motion_slide(double ms); /* rank markers, over 700 ms, ease-in-out-cubic */
double motion_wipe(double ms); /* time lines, over 700 ms */
double motion_drop(double ms); /* today's mark, after the wipe */
double motion_run(double ms, int index); /* runners' lanes, 60 ms apart */
double motion_step(double ms, int index); /* steps of a procedure, 240 ms apart */
double motion_dots(double ms, int count); /* dots one after the other, 30 ms each */

/* A line drawn outward over 600 ms; what lies at a share of it (0..1) pops up when
 * the line gets there, and then its label fades in. */
double motion_reach(double ms);
double motion_pop(double ms, double share);
double motion_label(double ms, double share);

#endif
