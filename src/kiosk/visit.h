/* visit.h - where somebody who touches the screen has got to, until 30 s after the last touch:
 *
 *          tap                 目录            board
 *   NONE ------> PAGE <-----------------> LIST ------> PAGE
 *     ^           | swipe: another page
 *     |           | 查找项目      project
 *   30 s          '----------> PAD ------> PROJECT ------> PAD (返回)
 *
 * Nothing else can be reached. A pure state machine over monotonic time. */
#ifndef VISIT_H
#define VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "board/visitor.h"
#include "kiosk/gesture.h"
#include "kiosk/rotation.h"

#define VISIT_REST_MS 30000
#define VISIT_TYPED_MAX 8

enum visit_view { VISIT_NONE, VISIT_PAGE, VISIT_LIST, VISIT_PAD, VISIT_PROJECT };

struct visit {
	enum visit_view view;
	int slot, page; /* of the rotation */
	int project; /* which of all */
	char typed[VISIT_TYPED_MAX + 1];
	int first, shown; /* of a list: from where on, and how many stand there; shown is the painter's */
	int64_t until_ms;
};

/* Somebody touches the page that stands. */
void visit_begin(struct visit *v, int slot, int page, int64_t now_ms);

/* A gesture during a visit; button: what was tapped, or NULL. */
void visit_touch(struct visit *v, const struct rotation *r, enum gesture_kind gesture,
	const struct touch_button *button, int64_t now_ms);

/* True: nobody has touched it for long, and it is over. */
bool visit_rest(struct visit *v, int64_t now_ms);

#endif
