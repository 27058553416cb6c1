/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/fingers.h"

#include <errno.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "kiosk/inputs.h"

struct fingers {
	struct inputs inputs;
	struct libevdev *panels[INPUTS_MAX]; /* of those that are taken */
	struct finger_state states[INPUTS_MAX];
};

/* ---- one panel --------------------------------------------------------------------- */

bool fingers_is_panel(const struct libevdev *dev)
{
	return libevdev_has_event_code(dev, EV_ABS, ABS_X) && libevdev_has_event_code(dev, EV_ABS, ABS_Y) &&
	       (libevdev_has_event_code(dev, EV_KEY, BTN_TOUCH) ||
		       libevdev_has_event_code(dev, EV_KEY, BTN_LEFT)) &&
	       !libevdev_has_property(dev, INPUT_PROP_POINTER);
}

static double share(const struct libevdev *dev, unsigned axis, int value)
{
	int from = libevdev_get_abs_minimum(dev, axis), to = libevdev_get_abs_maximum(dev, axis);
	return to > from ? ((double)value - from) / ((double)to - from) : 0;
}

bool fingers_read(struct finger_state *s, const struct libevdev *dev, const struct input_event *event,
	int number, struct touch_contact *out)
{
	if (event->type == EV_ABS && event->code == ABS_X)
		s->x = event->value;
	else if (event->type == EV_ABS && event->code == ABS_Y)
		s->y = event->value;
	else if (event->type == EV_KEY && (event->code == BTN_TOUCH || event->code == BTN_LEFT))
		s->is_down = event->value != 0;
	if (event->type != EV_SYN || event->code != SYN_REPORT || s->is_down == s->was_down)
		return false;
	s->was_down = s->is_down;
	*out = (struct touch_contact){s->is_down, number, share(dev, ABS_X, s->x), share(dev, ABS_Y, s->y)};
	return true;
}

/* ---- all of them ------------------------------------------------------------------- */

static bool take(void *taker, int number, int fd)
{
	struct fingers *f = taker;
	struct libevdev *dev = NULL;
	if (libevdev_new_from_fd(fd, &dev) < 0)
		return false;
	if (!fingers_is_panel(dev)) {
		libevdev_free(dev);
		return false;
	}
	f->panels[number] = dev;
	f->states[number] = (struct finger_state){libevdev_get_event_value(dev, EV_ABS, ABS_X),
		libevdev_get_event_value(dev, EV_ABS, ABS_Y), false, false};
	return true;
}

static void drop(void *taker, int number)
{
	struct fingers *f = taker;
	libevdev_free(f->panels[number]);
	f->panels[number] = NULL;
}

struct fingers *fingers_create(const char *folder)
{
	struct fingers *f = alloc_zero(1, sizeof *f);
	inputs_begin(&f->inputs, folder, f, take, drop);
	return f;
}

void fingers_destroy(struct fingers *f)
{
	if (!f)
		return;
	inputs_finish(&f->inputs);
	free(f);
}

int fingers_look(struct fingers *f)
{
	return inputs_look(&f->inputs);
}

int fingers_poll(const struct fingers *f, struct pollfd *out, int most)
{
	int count = 0;
	for (int i = 0; i < INPUTS_MAX && count < most; i++) {
		if (f->panels[i])
			out[count++] = (struct pollfd){.fd = f->inputs.fds[i], .events = POLLIN};
	}
	return count;
}

/* After a queue ran over (SYN_DROPPED) what was missed comes first, until there is no more of it. One
 * that was pulled out is closed, or it would never be quiet. */
static bool next_of(struct fingers *f, int number, struct touch_contact *out)
{
	unsigned flag = LIBEVDEV_READ_FLAG_NORMAL;
	for (;;) {
		struct input_event event;
		int got = libevdev_next_event(f->panels[number], flag, &event);
		if (got == -EAGAIN && flag == LIBEVDEV_READ_FLAG_NORMAL)
			return false;
		if (got < 0 && got != -EAGAIN) {
			inputs_lose(&f->inputs, number);
			return false;
		}
		flag = got == LIBEVDEV_READ_STATUS_SYNC ? LIBEVDEV_READ_FLAG_SYNC : LIBEVDEV_READ_FLAG_NORMAL;
		if (got != -EAGAIN &&
			fingers_read(&f->states[number], f->panels[number], &event, number, out))
			return true;
	}
}

bool fingers_next(struct fingers *f, struct touch_contact *out)
{
	for (int i = 0; i < INPUTS_MAX; i++) {
		if (f->panels[i] && next_of(f, i, out))
			return true;
	}
	return false;
}
