/* SPDX-License-Identifier: Apache-2.0
 *
 * Without colour, every status and every direction still reads (visual specification,
 * 12): what is drawn for each differs from all others in shape, not only in token. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "paint/part.h"
#include "paint_kit.h"

#define SHAPE_OPS_MAX 8
#define R 16.0

static struct font_set *fonts;

/* What was drawn, colours left out. */
struct shape {
	struct draw_op ops[SHAPE_OPS_MAX];
	int count;
};

static void listen(void *user, const struct draw_op *op)
{
	struct shape *s = user;
	assert_true(s->count < SHAPE_OPS_MAX);
	s->ops[s->count++] = *op;
}

static bool is_same_box(const struct draw_op *a, const struct draw_op *b)
{
	return fabs(a->x - b->x) < 0.5 && fabs(a->y - b->y) < 0.5 && fabs(a->w - b->w) < 0.5 &&
	       fabs(a->h - b->h) < 0.5;
}

/* Fills and outlines differ; so do a circle and a square of one size. */
static bool is_same(const struct shape *a, const struct shape *b)
{
	if (a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++) {
		const struct draw_op *p = &a->ops[i], *q = &b->ops[i];
		bool is_kind = p->kind == q->kind && (p->stroke > 0) == (q->stroke > 0);
		if (!is_kind || !is_same_box(p, q))
			return false;
	}
	return true;
}

static struct shape shape_of_status(enum part_status status)
{
	struct shape s = {0};
	struct canvas *c = canvas_create_blind(1920, 1080, fonts);
	canvas_listen(c, listen, &s);
	part_status(c, status, 500, 500, R, TOKEN_BG);
	canvas_destroy(c);
	return s;
}

static struct shape shape_of_arrow(enum part_trend trend)
{
	struct shape s = {0};
	struct canvas *c = canvas_create_blind(1920, 1080, fonts);
	canvas_listen(c, listen, &s);
	part_arrow(c, trend, 500, 500, 26, TOKEN_UP);
	canvas_destroy(c);
	return s;
}

static void every_status_has_a_shape(void **state)
{
	(void)state;
	for (int a = PART_ON_TIME; a <= PART_NOT_STARTED; a++) {
		struct shape of_a = shape_of_status((enum part_status)a);
		assert_true(of_a.count > 0);
		for (int b = a + 1; b <= PART_NOT_STARTED; b++) {
			struct shape of_b = shape_of_status((enum part_status)b);
			if (is_same(&of_a, &of_b))
				fail_msg("status %d and %d look alike", a, b);
		}
	}
}

static void every_direction_has_a_shape(void **state)
{
	(void)state;
	struct shape up = shape_of_arrow(PART_UP), down = shape_of_arrow(PART_DOWN),
		     flat = shape_of_arrow(PART_FLAT);
	assert_false(is_same(&up, &flat));
	assert_false(is_same(&down, &flat));
}

/* Up and down have the same box: it is the pixels that differ. The upper half of an
 * up arrow is the narrower one. */
static int ink_rows(enum part_trend trend, bool upper)
{
	int inked = 0;
	struct canvas *c = canvas_create(192, 108, fonts);
	canvas_clear(c, theme_hall());
	part_arrow(c, trend, 500, 500, 260, TOKEN_FG);
	SDL_Surface *s = canvas_surface(c);
	const uint32_t *pixels = s->pixels;
	int top = s->h, bottom = 0;
	for (int i = 0; i < s->w * s->h; i++) {
		bool is_ink = (pixels[i] & 0xff) < 0x80;
		top = is_ink && i / s->w < top ? i / s->w : top;
		bottom = is_ink ? i / s->w : bottom;
	}
	for (int i = 0; i < s->w * s->h; i++) {
		bool is_upper = i / s->w < (top + bottom) / 2;
		inked += (pixels[i] & 0xff) < 0x80 && is_upper == upper;
	}
	canvas_destroy(c);
	return inked;
}

static void up_and_down_point_away(void **state)
{
	(void)state;
	assert_true(ink_rows(PART_UP, true) < ink_rows(PART_UP, false));
	assert_true(ink_rows(PART_DOWN, true) > ink_rows(PART_DOWN, false));
}

/* The comparison itself: a shape is like itself in another colour, and in no other size. */
static void the_comparison_sees(void **state)
{
	(void)state;
	struct shape a = {{{DRAW_CIRCLE, 0, 0, 32, 32, 0, 0, .color = TOKEN_OK}}, 1}, b = a, ring = a,
		     square = a;
	b.ops[0].color = TOKEN_LATE;
	ring.ops[0].stroke = 3;
	square.ops[0].kind = DRAW_RECT;
	assert_true(is_same(&a, &b));
	assert_false(is_same(&a, &ring));
	assert_false(is_same(&a, &square));
}

static int open_fonts(void **state)
{
	(void)state;
	fonts = kit_fonts(&kit_noto);
	return 0;
}

static int close_fonts(void **state)
{
	(void)state;
	font_set_close(fonts);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_status_has_a_shape),
		cmocka_unit_test(every_direction_has_a_shape),
		cmocka_unit_test(up_and_down_point_away),
		cmocka_unit_test(the_comparison_sees),
	};
	return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
