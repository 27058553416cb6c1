/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/live.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SAME_DU 1.0
#define MARK_BELOW_DU 7

void live_listen(void *user, const struct draw_op *op)
{
	struct live_page *p = user;
	if (op->kind != DRAW_TEXT || p->count == LIVE_TEXTS_MAX)
		return;
	struct live_text *t = &p->texts[p->count++];
	*t = (struct live_text){op->x, op->y, op->w, op->h, ""};
	(void)snprintf(t->text, sizeof t->text, "%s", op->text);
}

static bool is_same(const struct live_text *a, const struct live_text *b)
{
	return fabs(a->x - b->x) < SAME_DU && fabs(a->y - b->y) < SAME_DU && strcmp(a->text, b->text) == 0;
}

static bool holds(const struct live_page *p, const struct live_text *t)
{
	for (int i = 0; i < p->count; i++) {
		if (is_same(&p->texts[i], t))
			return true;
	}
	return false;
}

bool live_differs(const struct live_page *before, const struct live_page *after)
{
	if (before->count != after->count)
		return true;
	for (int i = 0; i < after->count; i++) {
		if (!is_same(&before->texts[i], &after->texts[i]))
			return true;
	}
	return false;
}

/* On the same line, at the same size, over the same ground: but with other words. */
static bool replaces_one(const struct live_page *before, const struct live_text *t)
{
	for (int i = 0; i < before->count; i++) {
		const struct live_text *o = &before->texts[i];
		bool is_there = fabs(o->y - t->y) < SAME_DU && fabs(o->size - t->size) < SAME_DU &&
				o->x < t->x + t->w && t->x < o->x + o->w;
		if (is_there && strcmp(o->text, t->text) != 0)
			return true;
	}
	return false;
}

int live_changes(const struct live_page *before, const struct live_page *after, struct live_mark *out)
{
	int count = 0;
	for (int i = 0; i < after->count && count < LIVE_MARKS_MAX; i++) {
		const struct live_text *t = &after->texts[i];
		bool has_figure = strpbrk(t->text, "0123456789") != NULL;
		if (has_figure && !holds(before, t) && replaces_one(before, t))
			out[count++] = (struct live_mark){t->x, t->y + MARK_BELOW_DU, t->w};
	}
	return count;
}
