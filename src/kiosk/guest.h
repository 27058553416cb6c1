/* guest.h - who touches the screen, and what he is shown; between the director and the scene.
 * For the thread that paints. */
#ifndef GUEST_H
#define GUEST_H

#include "kiosk/handover.h"
#include "kiosk/scene.h"
#include "kiosk/visit.h"

struct guest {
	struct visit visit;
	struct touch_buttons buttons; /* that stand there */
	uint64_t touches; /* that were heard */
	struct gesture gesture; /* not answered yet */
};

void guest_hear(struct guest *g, const struct handover_news *news);

/* Whoever touches the screen has it, until 30 s after the last touch or until there is something new
 * to be said. *is_new: guest_paint() is due. False: it is the show's, which begins anew
 * if somebody had it. */
bool guest_has_screen(
	struct guest *g, struct scene *s, const struct scene_now *now, int64_t mono_ms, bool *is_new);
void guest_paint(struct guest *g, struct scene *s, const struct scene_now *now);

/* Something else covers the screen: what was touched meanwhile means nothing. */
void guest_send_away(struct guest *g);

#endif
