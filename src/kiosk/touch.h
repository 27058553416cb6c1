/* touch.h - fingers and mouse of a screen that may be touched, as SDL tells of them. For the
 * window's thread. */
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

/* Hands on what it means, if it means anything. */
void touch_event(struct touch *t, const SDL_Event *event, struct handover *h);

#endif
