/* SPDX-License-Identifier: Apache-2.0
 *
 * Values that change while their page stands: which are marked; and the fade between
 * two pictures. */
#include "kiosk/live.h"
#include "paint/blend.h"
#include "sentences.h"

static const struct row {
	const char *says;
	struct live_text before, after;
	bool differs;
	int marks;
} rows[] = {
	{"the same words are no change", {100, 50, 80, 40, "9000"}, {100, 50, 80, 40, "9000"}, false, 0},
	{"another figure is marked", {100, 50, 80, 40, "9000"}, {100, 50, 82, 40, "9500"}, true, 1},
	{"also where it became shorter", {100, 50, 80, 40, "9000"}, {130, 50, 50, 40, "950"}, true, 1},
	{"other words are not values", {100, 50, 80, 40, "在建"}, {100, 50, 80, 40, "竣工"}, true, 0},
	{"what stands where nothing stood is new", {100, 50, 80, 40, "1"}, {100, 450, 80, 40, "2"}, true, 0},
	{"nor does a label make a value", {100, 50, 80, 40, "1"}, {100, 50, 80, 28, "2"}, true, 0},
};

static void a_change_is_found(void **state)
{
	const struct row *r = *state;
	struct live_page *before = calloc(1, sizeof *before), *after = calloc(1, sizeof *after);
	struct live_mark marks[LIVE_MARKS_MAX];
	before->texts[before->count++] = r->before;
	after->texts[after->count++] = r->after;
	assert_int_equal(live_differs(before, after), r->differs);
	assert_int_equal(live_changes(before, after, marks), r->marks);
	if (r->marks)
		assert_true(marks[0].x == r->after.x && marks[0].w == r->after.w && marks[0].y > r->after.y);
	free(before);
	free(after);
}

static void texts_alone_are_heard_and_never_too_many(void **state)
{
	(void)state;
	struct live_page *p = calloc(1, sizeof *p);
	live_listen(p, &(struct draw_op){.kind = DRAW_RECT, .w = 5});
	assert_int_equal(p->count, 0);
	for (int i = 0; i < LIVE_TEXTS_MAX + 9; i++)
		live_listen(p, &(struct draw_op){.kind = DRAW_TEXT, .w = 5, .text = "7"});
	assert_int_equal(p->count, LIVE_TEXTS_MAX);
	free(p);
}

static SDL_Surface *filled(Uint32 color)
{
	SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, 5, 3, 32, SDL_PIXELFORMAT_RGB888);
	assert_int_equal(SDL_FillRect(s, NULL, color), 0);
	return s;
}

static void a_fade_goes_the_whole_way_and_never_over(void **state)
{
	(void)state;
	static const struct {
		unsigned share;
		Uint32 becomes;
	} steps[] = {{0, 0x00ff10}, {64, 0x40bf2c}, {128, 0x807f48}, {255, 0xff0080}};
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		SDL_Surface *to = filled(0x00ff10), *from = filled(0xff0080);
		blend_towards(to, from, steps[i].share);
		const Uint32 *last =
			(const Uint32 *)(const void *)((const char *)to->pixels + 2 * to->pitch) + 4;
		assert_int_equal(*last & 0xffffff, steps[i].becomes);
		SDL_FreeSurface(to);
		SDL_FreeSurface(from);
	}
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, rows, a_change_is_found);
	sentences_add(&s, "texts alone are heard, and never too many",
		texts_alone_are_heard_and_never_too_many, NULL);
	sentences_add(&s, "a fade goes the whole way and never over",
		a_fade_goes_the_whole_way_and_never_over, NULL);
	return sentences_run(&s, "live");
}
