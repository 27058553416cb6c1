/* fingers.h - touch panels of a screen without a desktop, where SDL has no input: the first finger of
 * each, as the kernel tells it to whoever knows only one (Linux, input/multi-touch-protocol: pointer
 * emulation), and absolute pointers likewise. Read through libevdev, which makes up what was lost when
 * a queue ran over. For the window's thread. */
#ifndef FINGERS_H
#define FINGERS_H

#include <libevdev/libevdev.h>
#include <poll.h>

#include "kiosk/touch.h"

struct fingers;

struct fingers *fingers_create(const char *folder); /* folder: INPUTS_FOLDER; copied */
void fingers_destroy(struct fingers *f); /* NULL is fine */

/* As inputs_look(). */
int fingers_look(struct fingers *f);

/* Writes what to wait for; returns how many, at most `most`. */
int fingers_poll(const struct fingers *f, struct pollfd *out, int most);

/* The next finger that was put down or lifted; false: no more for now. */
bool fingers_next(struct fingers *f, struct touch_contact *out);

/* ---- one panel; pure ---- */

struct finger_state {
	int x, y; /* in the panel's units */
	bool is_down, was_down;
};

/* Is it a panel, or a pointer with a place on it? Touchpads and joysticks are not. */
bool fingers_is_panel(const struct libevdev *dev);

/* True when the event completes one that *out is told of, as finger `number`. */
bool fingers_read(struct finger_state *s, const struct libevdev *dev, const struct input_event *event,
	int number, struct touch_contact *out);

#endif
