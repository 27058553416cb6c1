/* SPDX-License-Identifier: Apache-2.0
 *
 * Touch panels without a desktop: which devices are panels, and what their events mean. The devices
 * are made of memory: what a kernel would say of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/fingers.h"

static const struct input_absinfo AXIS = {.minimum = 100, .maximum = 4100};

static struct libevdev *make(unsigned key, unsigned property)
{
	struct libevdev *dev = libevdev_new();
	assert_int_equal(libevdev_enable_event_code(dev, EV_ABS, ABS_X, &AXIS), 0);
	assert_int_equal(libevdev_enable_event_code(dev, EV_ABS, ABS_Y, &AXIS), 0);
	assert_int_equal(libevdev_enable_event_code(dev, EV_KEY, key, NULL), 0);
	assert_int_equal(libevdev_enable_property(dev, property), 0);
	return dev;
}

static bool is_panel(unsigned key, unsigned property)
{
	struct libevdev *dev = make(key, property);
	bool is = fingers_is_panel(dev);
	libevdev_free(dev);
	return is;
}

static void panels_and_tablets_are_taken_and_no_others(void **state)
{
	(void)state;
	assert_true(is_panel(BTN_TOUCH, INPUT_PROP_DIRECT));
	assert_true(is_panel(BTN_LEFT, INPUT_PROP_DIRECT)); /* a virtual machine's pointer */
	assert_false(is_panel(BTN_TOUCH, INPUT_PROP_POINTER)); /* a touchpad */
	assert_false(is_panel(BTN_JOYSTICK, INPUT_PROP_DIRECT));
	struct libevdev *mouse = libevdev_new();
	assert_int_equal(libevdev_enable_event_code(mouse, EV_REL, REL_X, NULL), 0);
	assert_int_equal(libevdev_enable_event_code(mouse, EV_KEY, BTN_LEFT, NULL), 0);
	assert_false(fingers_is_panel(mouse));
	libevdev_free(mouse);
}

struct told {
	int count;
	struct touch_contact last;
};

static void read_all(const struct input_event *events, size_t count, struct told *t)
{
	struct libevdev *dev = make(BTN_TOUCH, INPUT_PROP_DIRECT);
	struct finger_state s = {0};
	for (size_t i = 0; i < count; i++)
		t->count += fingers_read(&s, dev, &events[i], 7, &t->last);
	libevdev_free(dev);
}

#define EVENT(t, c, v)                                                                                       \
	{                                                                                                    \
		.type = (t), .code = (c), .value = (v)                                                       \
	}
#define REPORT EVENT(EV_SYN, SYN_REPORT, 0)
#define READ(t, ...)                                                                                         \
	do {                                                                                                 \
		const struct input_event events_[] = {__VA_ARGS__};                                          \
		read_all(events_, sizeof events_ / sizeof *events_, (t));                                    \
	} while (0)

static void a_finger_is_told_where_the_report_has_it(void **state)
{
	(void)state;
	struct told t = {0};
	/* The kernel names the button first, and only the axes that changed. */
	READ(&t, EVENT(EV_KEY, BTN_TOUCH, 1), EVENT(EV_ABS, ABS_X, 1100), EVENT(EV_ABS, ABS_Y, 4100), REPORT);
	assert_int_equal(t.count, 1);
	assert_true(t.last.is_down);
	assert_int_equal(t.last.finger, 7);
	assert_float_equal(t.last.x, .25, 1e-9);
	assert_float_equal(t.last.y, 1, 1e-9);
}

static void where_it_is_lifted_is_where_it_was_last(void **state)
{
	(void)state;
	struct told t = {0};
	READ(&t, EVENT(EV_ABS, ABS_X, 100), EVENT(EV_ABS, ABS_Y, 2100), EVENT(EV_KEY, BTN_TOUCH, 1), REPORT,
		EVENT(EV_ABS, ABS_X, 2100), REPORT, EVENT(EV_ABS, ABS_X, 3100), REPORT,
		EVENT(EV_KEY, BTN_TOUCH, 0), REPORT);
	assert_int_equal(t.count, 2);
	assert_false(t.last.is_down);
	assert_float_equal(t.last.x, .75, 1e-9);
	assert_float_equal(t.last.y, .5, 1e-9);
}

static void what_moves_without_touching_says_nothing(void **state)
{
	(void)state;
	struct told t = {0};
	READ(&t, EVENT(EV_ABS, ABS_X, 300), REPORT, EVENT(EV_KEY, BTN_TOUCH, 0), REPORT,
		EVENT(EV_KEY, BTN_TOUCH, 1), EVENT(EV_SYN, SYN_DROPPED, 0));
	assert_int_equal(t.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(panels_and_tablets_are_taken_and_no_others),
		cmocka_unit_test(a_finger_is_told_where_the_report_has_it),
		cmocka_unit_test(where_it_is_lifted_is_where_it_was_last),
		cmocka_unit_test(what_moves_without_touching_says_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
