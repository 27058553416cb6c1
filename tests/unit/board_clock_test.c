/* SPDX-License-Identifier: Apache-2.0
 *
 * The clock of a page that stands is painted anew each minute. At the same minute that
 * must leave every pixel as it was: what was there is wiped, and nothing else. */
#include <stdio.h>

#include "base/file.h"
#include "board/frame.h"
#include "board/pages.h"
#include "paint_kit.h"
#include "sentences.h"

#define AT_UTC_S 1687919040 /* 2023-06-28T10:24+08:00, the demo's moment */

static struct font_set *fonts;
static struct content *content;

static const struct row {
	const char *says;
	int width, height;
	bool has_large_text, has_clock;
} rows[] = {
	{"at full size", 1920, 1080, false, true},
	{"upright", 1080, 1920, false, true},
	{"in large text", 1920, 1080, true, true},
	{"on few pixels", 640, 360, false, true},
	{"on few pixels, upright", 360, 640, false, true},
	{"with no known time", 1920, 1080, true, false},
};

static bool check_page(void *user, struct board_view *v, const struct pages_place *at)
{
	int *seen = user;
	pages_paint(v, at);
	if (at->alert || frame_is_absent(v))
		return true;
	SDL_Surface *s = canvas_surface(v->canvas), *before = SDL_DuplicateSurface(s);
	assert_non_null(before);
	SDL_Rect r = frame_repaint_clock(v);
	for (int y = 0; y < s->h; y++) {
		const char *was = (const char *)before->pixels + (ptrdiff_t)y * before->pitch;
		const char *is = (const char *)s->pixels + (ptrdiff_t)y * s->pitch;
		if (memcmp(was, is, (size_t)s->w * 4) != 0)
			fail_msg("%s: line %d is not what it was", at->id, y);
	}
	assert_true(r.w > 0 && r.h > 0);
	SDL_FreeSurface(before);
	(*seen)++;
	return true;
}

static void nothing_else_changes(void **state)
{
	const struct row *r = *state;
	int seen = 0;
	struct canvas *c = canvas_create(r->width, r->height, fonts);
	canvas_enlarge_text(c, r->has_large_text);
	struct pages_state s = {.now = moment_at(content_zone(content), AT_UTC_S, r->has_clock, 0)};
	(void)pages_walk(&(struct pages){
		.content = content, .canvas = c, .state = &s, .most = 1, .visit = check_page, .user = &seen});
	assert_true(seen > 10);
	canvas_destroy(c);
}

int main(void)
{
	static struct sentences s;
	static const struct check_options options;
	struct buf bytes = {0};
	struct err e = {0};
	fonts = kit_fonts(&kit_noto);
	if (!file_read("assets/demo/content.json", 1 << 20, &bytes, &e) ||
		!content_open(&content, bytes.data, bytes.len, &options, &e))
		abort();
	buf_finish(&bytes);
	SENTENCES_ROWS(&s, rows, nothing_else_changes);
	int failed = sentences_run(&s, "board clock");
	content_close(content);
	font_set_close(fonts);
	return failed;
}
