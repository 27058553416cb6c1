/* scene_visit.h - a visit (visit.h) on the canvas. It covers the show as an alert does, and
 * the show begins anew after it. For the thread that paints. */
#ifndef SCENE_VISIT_H
#define SCENE_VISIT_H

#include "kiosk/scene.h"
#include "kiosk/visit.h"

/* A page stands. The emblem, an alert and a code cannot be visited. */
bool scene_can_be_visited(const struct scene *s);

/* From the page that stands. */
void scene_begin_visit(struct scene *s, struct visit *v, int64_t now_ms);

/* What there is to turn through; only during a visit. */
const struct rotation *scene_visit_rotation(const struct scene *s);

/* A new version waits, or the head says to hold: nobody may keep what stands there. */
bool scene_must_end_visit(const struct scene *s, const struct scene_now *now);
void scene_end_visit(struct scene *s);

/* Paints where the visit has got to, and says where it can be touched. */
void scene_paint_visit(
	struct scene *s, const struct scene_now *now, struct visit *v, struct touch_buttons *out);

/* Which of them lies at a share of the picture, 0..1; NULL: none. */
const struct touch_button *scene_touched(
	const struct scene *s, const struct touch_buttons *buttons, double x, double y);

#endif
