/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/touch.h"

#include "base/clock.h"

#define MOUSE (-1) /* no finger has this number */

static bool read_finger(const SDL_TouchFingerEvent *f, struct touch_contact *out)
{
	*out = (struct touch_contact){f->type == SDL_FINGERDOWN, f->fingerId, (double)f->x, (double)f->y};
	return true;
}

/* A mouse that a touch is told as, too, counts once. */
static bool read_mouse(const SDL_MouseButtonEvent *b, struct touch_contact *out)
{
	int w = 0, h = 0;
	SDL_Window *window = SDL_GetWindowFromID(b->windowID);
	if (b->which == SDL_TOUCH_MOUSEID || b->button != SDL_BUTTON_LEFT || !window)
		return false;
	SDL_GetWindowSize(window, &w, &h);
	*out = (struct touch_contact){b->type == SDL_MOUSEBUTTONDOWN, MOUSE, 0, 0};
	out->x = w > 0 ? (double)b->x / w : 0;
	out->y = h > 0 ? (double)b->y / h : 0;
	return true;
}

static bool read_event(const SDL_Event *event, struct touch_contact *out)
{
	switch (event->type) {
	case SDL_FINGERDOWN:
	case SDL_FINGERUP:
		return read_finger(&event->tfinger, out);
	case SDL_MOUSEBUTTONDOWN:
	case SDL_MOUSEBUTTONUP:
		return read_mouse(&event->button, out);
	default:
		return false;
	}
}

void touch_contact(struct touch *t, struct touch_contact c, struct handover *h)
{
	gesture_turn(t->turns, &c.x, &c.y);
	if (c.is_down) {
		gesture_down(&t->reader, c.finger, c.x, c.y, clock_mono_ms());
		return;
	}
	struct gesture g = gesture_up(&t->reader, c.finger, c.x, c.y, clock_mono_ms());
	if (g.kind != GESTURE_NONE)
		handover_touch(h, &g);
}

void touch_event(struct touch *t, const SDL_Event *event, struct handover *h)
{
	struct touch_contact c;
	if (t->is_on && read_event(event, &c))
		touch_contact(t, c, h);
}
