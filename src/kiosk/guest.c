/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/guest.h"

#include "kiosk/scene_visit.h"

void guest_hear(struct guest *g, const struct handover_news *news)
{
	if (news->touches != g->touches)
		g->gesture = news->gesture;
	g->touches = news->touches;
}

bool guest_has_screen(
	struct guest *g, struct scene *s, const struct scene_now *now, int64_t mono_ms, bool *is_new)
{
	const struct gesture touch = g->gesture;
	bool was_visited = g->visit.view != VISIT_NONE, is_touched = touch.kind != GESTURE_NONE;
	g->gesture.kind = GESTURE_NONE;
	if (!was_visited && is_touched && scene_can_be_visited(s))
		scene_begin_visit(s, &g->visit, mono_ms);
	else if (was_visited && is_touched)
		visit_touch(&g->visit, scene_visit_rotation(s), touch.kind,
			scene_touched(s, &g->buttons, touch.x, touch.y), mono_ms);
	if (visit_rest(&g->visit, mono_ms) || scene_must_end_visit(s, now))
		g->visit.view = VISIT_NONE;
	bool is_visited = g->visit.view != VISIT_NONE;
	if (was_visited && !is_visited)
		scene_end_visit(s);
	*is_new = is_visited && is_touched;
	return is_visited;
}

void guest_paint(struct guest *g, struct scene *s, const struct scene_now *now)
{
	scene_paint_visit(s, now, &g->visit, &g->buttons);
}

void guest_send_away(struct guest *g)
{
	g->visit.view = VISIT_NONE;
	g->gesture.kind = GESTURE_NONE;
}
