/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/visit.h"

#include <string.h>

void visit_begin(struct visit *v, int slot, int page, int64_t now_ms)
{
	*v = (struct visit){
		.view = VISIT_PAGE, .slot = slot, .page = page, .until_ms = now_ms + VISIT_REST_MS};
}

/* Through all pages of all boards, in their order, and round. */
static void turn(struct visit *v, const struct rotation *r, int step)
{
	if (r->count == 0)
		return;
	v->page += step;
	if (v->page >= 0 && v->page < r->slots[v->slot].pages)
		return;
	v->slot = (v->slot + step + r->count) % r->count;
	v->page = step > 0 ? 0 : r->slots[v->slot].pages - 1;
}

static void go(struct visit *v, enum visit_view view)
{
	v->view = view;
	v->first = 0;
}

static void type(struct visit *v, int key)
{
	size_t len = strlen(v->typed);
	if (len < VISIT_TYPED_MAX)
		v->typed[len] = (char)key;
	v->first = 0;
}

static void erase(struct visit *v)
{
	size_t len = strlen(v->typed);
	if (len > 0)
		v->typed[len - 1] = '\0';
	v->first = 0;
}

static void press(struct visit *v, const struct rotation *r, const struct touch_button *b)
{
	switch (b->action) {
	case TOUCH_PREVIOUS:
	case TOUCH_NEXT:
		turn(v, r, b->action == TOUCH_NEXT ? 1 : -1);
		break;
	case TOUCH_LIST:
		go(v, VISIT_LIST);
		break;
	case TOUCH_PAD:
		go(v, VISIT_PAD);
		v->typed[0] = '\0';
		break;
	case TOUCH_BACK: /* to what was typed, which finds the same again */
		go(v, v->view == VISIT_PROJECT ? VISIT_PAD : VISIT_PAGE);
		break;
	case TOUCH_LEAVE:
		v->view = VISIT_NONE;
		break;
	case TOUCH_MORE: /* what stood there was the end: from the start again when it goes no further */
		v->first += v->shown;
		break;
	case TOUCH_BOARD:
		go(v, VISIT_PAGE);
		v->slot = b->value;
		v->page = 0;
		break;
	case TOUCH_KEY:
		type(v, b->value);
		break;
	case TOUCH_ERASE:
		erase(v);
		break;
	case TOUCH_PROJECT:
		go(v, VISIT_PROJECT);
		v->project = b->value;
		break;
	}
}

void visit_touch(struct visit *v, const struct rotation *r, enum gesture_kind gesture,
	const struct touch_button *button, int64_t now_ms)
{
	v->until_ms = now_ms + VISIT_REST_MS;
	if (gesture == GESTURE_TAP && button)
		press(v, r, button);
	else if (gesture == GESTURE_LEFT && v->view == VISIT_PAGE)
		turn(v, r, 1);
	else if (gesture == GESTURE_RIGHT && v->view == VISIT_PAGE)
		turn(v, r, -1);
}

bool visit_rest(struct visit *v, int64_t now_ms)
{
	if (v->view == VISIT_NONE || now_ms < v->until_ms)
		return false;
	v->view = VISIT_NONE;
	return true;
}
