/* touch.h - fingers and mouse of a screen that may be touched, as SDL tells of them, or without a
 * desktop fingers.h. For the window's thread. */
#ifndef TOUCH_H
#define TOUCH_H

#include <SDL.h>

#include "kiosk/gesture.h"
#include "kiosk/handover.h"

struct touch {
	bool is_on; /* or nothing is heard */
	int turns; /* of the picture in its window, quarter turns clockwise */
	struct gesture_reader reader;
};

/* A finger that was put down or lifted. */
struct touch_contact {
	bool is_down;
	int64_t finger;
	double x, y; /* shares of the display, 0..1 from its top left corner, before it is turned */
};

/* Hand on what it means, if it means anything. */
void touch_contact(struct touch *t, struct touch_contact c, struct handover *h);
void touch_event(struct touch *t, const SDL_Event *event, struct handover *h);

#endif
