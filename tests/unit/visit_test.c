/* SPDX-License-Identifier: Apache-2.0
 *
 * A screen that is touched: what fingers mean, and where that leads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/gesture.h"
#include "kiosk/visit.h"

/* ---- gestures ----------------------------------------------------------------------------- */

static enum gesture_kind move(double x0, double y0, double x1, double y1, int64_t ms)
{
	struct gesture_reader r = {0};
	gesture_down(&r, 5, x0, y0, 1000);
	return gesture_up(&r, 5, x1, y1, 1000 + ms).kind;
}

static void fingers_tap_and_swipe(void **state)
{
	(void)state;
	assert_int_equal(move(.5, .5, .5, .5, 80), GESTURE_TAP);
	assert_int_equal(move(.5, .5, .52, .48, 300), GESTURE_TAP);
	assert_int_equal(move(.8, .5, .5, .55, 300), GESTURE_LEFT);
	assert_int_equal(move(.2, .5, .5, .5, 300), GESTURE_RIGHT);
}

static void what_is_neither_means_nothing(void **state)
{
	(void)state;
	assert_int_equal(move(.5, .5, .5, .5, 2500), GESTURE_NONE); /* a hand that leans */
	assert_int_equal(move(.5, .5, .57, .5, 300), GESTURE_NONE); /* too far to tap, too short to swipe */
	assert_int_equal(move(.5, .2, .7, .6, 300), GESTURE_NONE); /* across */
	assert_int_equal(move(.5, .2, .5, .8, 300), GESTURE_NONE); /* down */
	assert_int_equal(move(.2, .5, .9, .5, 1600), GESTURE_NONE); /* slowly */
}

static void one_finger_counts(void **state)
{
	struct gesture_reader r = {0};
	(void)state;
	assert_int_equal(gesture_up(&r, 1, .5, .5, 0).kind, GESTURE_NONE); /* never came down */
	gesture_down(&r, 1, .2, .5, 0);
	gesture_down(&r, 2, .9, .9, 10);
	assert_int_equal(gesture_up(&r, 2, .9, .9, 50).kind, GESTURE_NONE);
	struct gesture g = gesture_up(&r, 1, .2, .5, 100);
	assert_int_equal(g.kind, GESTURE_TAP);
	assert_true(g.x == .2 && g.y == .5);
	gesture_down(&r, 3, .1, .1, 1000); /* is never lifted: its glass was wiped */
	gesture_down(&r, 4, .6, .6, 9000);
	assert_int_equal(gesture_up(&r, 4, .6, .6, 9050).kind, GESTURE_TAP);
}

static void turned_pictures_are_touched_where_they_are(void **state)
{
	static const struct {
		int turns;
		double x, y;
	} cases[] = {{0, .25, .125}, {1, .125, .75}, {2, .75, .875}, {3, .875, .25}};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		double x = .25, y = .125;
		gesture_turn(cases[i].turns, &x, &y);
		assert_true(x == cases[i].x && y == cases[i].y);
	}
}

/* ---- visits ------------------------------------------------------------------------------- */

static struct rotation three_boards(void)
{
	static const struct rotation_slot slots[] = {{1, 1, 8000, 1}, {3, 3, 8000, 1}, {2, 2, 8000, 1}};
	struct rotation r;
	rotation_set(&r, slots, 3);
	return r;
}

static void press(struct visit *v, const struct rotation *r, enum touch_action action, int value)
{
	const struct touch_button b = {.action = action, .value = value};
	visit_touch(v, r, GESTURE_TAP, &b, 2000);
}

static void swipes_and_buttons_turn_pages_through_all_boards(void **state)
{
	static const int to_the_left[][2] = {{1, 2}, {2, 0}, {2, 1}, {0, 0}, {1, 0}};
	const struct rotation r = three_boards();
	struct visit v;
	(void)state;
	visit_begin(&v, 1, 1, 0);
	assert_int_equal(v.view, VISIT_PAGE);
	for (size_t i = 0; i < sizeof to_the_left / sizeof to_the_left[0]; i++) {
		visit_touch(&v, &r, GESTURE_LEFT, NULL, 10);
		assert_int_equal(v.slot, to_the_left[i][0]);
		assert_int_equal(v.page, to_the_left[i][1]);
	}
	visit_touch(&v, &r, GESTURE_RIGHT, NULL, 10);
	press(&v, &r, TOUCH_PREVIOUS, 0);
	assert_int_equal(v.slot, 2);
	assert_int_equal(v.page, 1);
	press(&v, &r, TOUCH_NEXT, 0);
	assert_int_equal(v.slot, 0);
}

static void a_project_is_typed_and_looked_at(void **state)
{
	const struct rotation r = three_boards();
	struct visit v;
	(void)state;
	visit_begin(&v, 0, 0, 0);
	press(&v, &r, TOUCH_PAD, 0);
	for (const char *key = "FCXZABCDE"; *key; key++)
		press(&v, &r, TOUCH_KEY, *key);
	assert_string_equal(v.typed, "FCXZABCD"); /* as many as there is room for */
	press(&v, &r, TOUCH_ERASE, 0);
	assert_string_equal(v.typed, "FCXZABC");
	v.shown = 5;
	press(&v, &r, TOUCH_MORE, 0);
	assert_int_equal(v.first, 5);
	press(&v, &r, TOUCH_PROJECT, 41);
	assert_int_equal(v.view, VISIT_PROJECT);
	assert_int_equal(v.project, 41);
	visit_touch(&v, &r, GESTURE_LEFT, NULL, 10); /* only pages are turned */
	assert_int_equal(v.view, VISIT_PROJECT);
	press(&v, &r, TOUCH_BACK, 0);
	assert_int_equal(v.view, VISIT_PAD);
	assert_string_equal(v.typed, "FCXZABC");
	for (int i = 0; i < 9; i++)
		press(&v, &r, TOUCH_ERASE, 0);
	assert_string_equal(v.typed, "");
	press(&v, &r, TOUCH_BACK, 0);
	assert_int_equal(v.view, VISIT_PAGE);
}

static void a_board_is_chosen_from_the_list(void **state)
{
	const struct rotation r = three_boards();
	struct visit v;
	(void)state;
	visit_begin(&v, 1, 2, 0);
	press(&v, &r, TOUCH_LIST, 0);
	assert_int_equal(v.view, VISIT_LIST);
	press(&v, &r, TOUCH_BOARD, 2);
	assert_int_equal(v.view, VISIT_PAGE);
	assert_int_equal(v.slot, 2);
	assert_int_equal(v.page, 0);
}

static void it_is_over_when_it_is_left_and_30_s_after_the_last_touch(void **state)
{
	const struct rotation r = three_boards();
	struct visit v = {0};
	(void)state;
	assert_false(visit_rest(&v, INT64_MAX));
	visit_begin(&v, 0, 0, 0);
	assert_false(visit_rest(&v, 29999));
	visit_touch(&v, &r, GESTURE_TAP, NULL, 29000); /* beside every button */
	assert_int_equal(v.view, VISIT_PAGE);
	assert_false(visit_rest(&v, 58999));
	assert_true(visit_rest(&v, 59000));
	assert_int_equal(v.view, VISIT_NONE);
	visit_begin(&v, 0, 0, 0);
	press(&v, &r, TOUCH_LEAVE, 0);
	assert_int_equal(v.view, VISIT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fingers_tap_and_swipe),
		cmocka_unit_test(what_is_neither_means_nothing),
		cmocka_unit_test(one_finger_counts),
		cmocka_unit_test(turned_pictures_are_touched_where_they_are),
		cmocka_unit_test(swipes_and_buttons_turn_pages_through_all_boards),
		cmocka_unit_test(a_project_is_typed_and_looked_at),
		cmocka_unit_test(a_board_is_chosen_from_the_list),
		cmocka_unit_test(it_is_over_when_it_is_left_and_30_s_after_the_last_touch),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
