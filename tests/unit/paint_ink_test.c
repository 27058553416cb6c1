/* SPDX-License-Identifier: Apache-2.0
 *
 * A picture that is painted upon the one before, only where they differ, is the picture that is
 * painted whole: over entrances and exits of all boards of the demo. */
#include "board/board.h"
#include "base/file.h"
#include "board/motion.h"
#include "content/field.h"
#include "content_kit.h"
#include "paint/ink.h"
#include "paint/text.h"
#include "paint_kit.h"
#include "sentences.h"

#define DEMO "assets/demo/content.json"
#define STEP_MS 50
#define WIDTH 1280
#define HEIGHT 720

static struct font_set *fonts;

static bool no_picture(void *user, const char *name, char *path, size_t room)
{
	(void)user, (void)name, (void)path, (void)room;
	return false;
}

static uint32_t pixel(const SDL_Surface *s, int x, int y)
{
	const char *row = (const char *)s->pixels + (ptrdiff_t)y * s->pitch;
	return ((const uint32_t *)(const void *)row)[x];
}

static bool is_in(const SDL_Rect *rects, int count, int x, int y)
{
	for (int i = 0; i < count; i++) {
		if (SDL_PointInRect(&(SDL_Point){x, y}, &rects[i]))
			return true;
	}
	return false;
}

/* What is on a canvas, kept. */
static SDL_Surface *copy_of(struct canvas *c)
{
	SDL_Surface *s = canvas_surface(c), *copy = SDL_ConvertSurface(s, s->format, 0);
	assert_non_null(copy);
	return copy;
}

static int channels_apart(uint32_t a, uint32_t b)
{
	int most = 0;
	for (int shift = 0; shift < 24; shift += 8) {
		int apart = abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff));
		most = apart > most ? apart : most;
	}
	return most;
}

/* Cairo cuts a curve at the edge of a rectangle: there its pixels may have a little more or less of it. */
#define ROUNDING 8

static void assert_same(const SDL_Surface *got, const SDL_Surface *want, const char *what)
{
	for (int y = 0; y < got->h; y++) {
		for (int x = 0; x < got->w; x++) {
			if (channels_apart(pixel(got, x, y), pixel(want, x, y)) > ROUNDING)
				fail_msg("%s: %d, %d: %08x is not %08x", what, x, y, pixel(got, x, y),
					pixel(want, x, y));
		}
	}
}

static void assert_kept(
	const SDL_Surface *now, const SDL_Surface *before, const SDL_Rect *rects, int count, const char *what)
{
	for (int y = 0; y < now->h; y++) {
		for (int x = 0; x < now->w; x++) {
			if (pixel(now, x, y) != pixel(before, x, y) && !is_in(rects, count, x, y))
				fail_msg("%s: %d, %d changed beside what was said", what, x, y);
		}
	}
}

static int64_t area_of(const SDL_Rect *rects, int count)
{
	int64_t area = 0;
	for (int i = 0; i < count; i++)
		area += (int64_t)rects[i].w * rects[i].h;
	return area;
}

struct stage {
	struct board_view view;
	struct canvas *upon, *whole;
	int64_t painted_px;
	int steps;
};

static void step(struct stage *s, double elapsed_ms, double leaving)
{
	SDL_Rect rects[CANVAS_RECTS_MAX];
	char what[96];
	(void)snprintf(what, sizeof what, "%s, %.0f ms, %.2f", s->view.board->id, elapsed_ms, leaving);
	SDL_Surface *before = copy_of(s->upon);
	s->view.elapsed_ms = elapsed_ms;
	s->view.leaving = leaving;
	s->view.canvas = s->upon;
	canvas_gather(s->upon);
	board_paint(&s->view);
	int count = canvas_settle(s->upon, rects);
	s->view.canvas = s->whole;
	board_paint(&s->view);
	assert_in_range(count, 0, CANVAS_RECTS_MAX);
	assert_same(canvas_surface(s->upon), canvas_surface(s->whole), what);
	assert_kept(canvas_surface(s->upon), before, rects, count, what);
	SDL_FreeSurface(before);
	s->painted_px += area_of(rects, count);
	s->steps++;
}

struct boards_row {
	const char *says, *tag;
	int first, last;
};

/* One board after the other comes and goes on the same canvas. */
static void check_boards(void **state)
{
	const struct boards_row *r = *state;
	struct buf text = {0};
	struct err e = {0};
	struct content *content = NULL;
	static const struct check_options options = {0};
	assert_true(file_read(DEMO, FIELD_DOCUMENT_BYTES_MAX, &text, &e));
	assert_true(content_open(&content, (const char *)text.data, text.len, &options, &e));
	struct arena a = {0};
	struct playlist_board *boards;
	int count = playlist_read(content, r->tag, &a, &boards);
	assert_in_range(count, r->last, 1000);
	struct stage s = {.view = {.content = content,
				  .gallery = gallery_create(no_picture, NULL),
				  .now = moment_at("Asia/Shanghai", 1687919040, true, 0),
				  .arena = &a},
		.upon = canvas_create(WIDTH, HEIGHT, fonts),
		.whole = canvas_create(WIDTH, HEIGHT, fonts)};
	for (int i = r->first; i < r->last; i++) {
		s.view.board = &boards[i];
		if (board_pages(&s.view) == 0)
			continue;
		for (int ms = 0; ms <= MOTION_ENTER_MS; ms += STEP_MS)
			step(&s, ms, 0);
		for (int ms = STEP_MS; ms < MOTION_LEAVE_MS; ms += STEP_MS)
			step(&s, MOTION_STILL, ms / (double)MOTION_LEAVE_MS);
	}
	/* Painted are a good deal less than whole pictures, or it is in vain. */
	assert_true(s.steps > 0);
	assert_true(s.painted_px < (int64_t)s.steps * WIDTH * HEIGHT / 2);
	canvas_destroy(s.upon);
	canvas_destroy(s.whole);
	gallery_destroy(s.view.gallery);
	arena_finish(&a);
	content_close(content);
	buf_finish(&text);
}

static const struct boards_row boards_rows[] = {
	{"the office's first boards come and go as if painted whole", "office", 0, 5},
	{"and the next ones", "office", 5, 10},
	{"and its last", "office", 10, 14},
	{"and those of the festival", "festival", 0, 4},
};

/* ---- what is painted of it -------------------------------------------------------- */

static void draw_page(struct canvas *c, double x)
{
	canvas_clear(c, theme_hall());
	canvas_rect(c, 100, 100, 1700, 200, TOKEN_QUIET);
	canvas_circle(c, x, 600, 20, TOKEN_ACC);
	canvas_ring(c, 1500, 600, 18.5, 3, TOKEN_FG);
}

static void draw_alike(struct canvas *c)
{
	draw_page(c, 400);
}

static void draw_moved(struct canvas *c)
{
	draw_page(c, 440);
}

static void draw_more(struct canvas *c)
{
	draw_page(c, 400);
	canvas_outline(c, 700, 700, 60, 40, 4, 3, TOKEN_FG);
}

static void draw_behind(struct canvas *c)
{
	canvas_clear(c, theme_hall());
	canvas_circle(c, 400, 600, 20, TOKEN_ACC);
	canvas_rect(c, 100, 100, 1700, 200, TOKEN_QUIET);
	canvas_ring(c, 1500, 600, 18.5, 3, TOKEN_FG);
}

static void draw_clipped(struct canvas *c)
{
	draw_page(c, 400);
	canvas_clip(c, &(SDL_Rect){0, 0, 50, HEIGHT});
	canvas_rect(c, 0, 900, 1920, 40, TOKEN_FG);
	canvas_clip(c, NULL);
}

/* A picture that comes in; kept, as the gallery keeps its own. */
static void draw_picture(struct canvas *c)
{
	static cairo_surface_t *picture;
	if (!picture) {
		picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 90, 60);
		memset(cairo_image_surface_get_data(picture), 0xa0,
			(size_t)cairo_image_surface_get_stride(picture) * 60);
		cairo_surface_mark_dirty(picture);
	}
	draw_page(c, 400);
	canvas_fade(c, 0.5, 12);
	canvas_picture(c, picture, 900, 480, 270, 180);
	canvas_fade(c, 1, 0);
}

/* As a page begins to come in. */
static void draw_unseen(struct canvas *c)
{
	draw_page(c, 400);
	canvas_fade(c, 0, 12);
	canvas_rect(c, 100, 800, 400, 40, TOKEN_FG);
	canvas_circle(c, 700, 800, 20, TOKEN_ACC);
	canvas_outline(c, 800, 700, 60, 40, 4, 3, TOKEN_FG);
	canvas_polyline(c, (const struct point[]){{900, 700}, {1000, 800}}, 2, 4, TOKEN_FG);
	(void)text_line(c, 1200, 800, TEXT_LEFT, "坊子", 64, FONT_BOLD, TOKEN_FG, 0);
	canvas_fade(c, 1, 0);
}

static void draw_many(struct canvas *c)
{
	draw_page(c, 400);
	for (int i = 0; i < 190; i += 2) /* a chessboard: so large that no two are worth one rectangle */
		canvas_rect(c, 99.0 * (i % 19), 99.0 * (i / 19), 99, 99, TOKEN_FG);
}

static const struct change_row {
	const char *says;
	void (*draw)(struct canvas *c);
	SDL_Rect within; /* what is painted lies in here: of 1280 x 720 pixels */
	int least; /* rectangles */
} change_rows[] = {
	{"the same picture again: nothing is painted", draw_alike, {0, 0, 0, 0}, 0},
	{"a disc that moved: from where it was to where it is", draw_moved, {251, 385, 58, 30}, 1},
	{"one more: where it is", draw_more, {463, 463, 46, 33}, 1},
	{"two that changed places: one of them at least", draw_behind, {66, 66, 1134, 349}, 1},
	{"what is clipped: not beside the clip", draw_clipped, {0, 599, 50, 28}, 1},
	{"a picture that fades in: where it is", draw_picture, {600, 328, 180, 120}, 1},
	{"what is faded to nothing: nothing", draw_unseen, {0, 0, 0, 0}, 0},
	{"more places than rectangles: all are painted", draw_many, {0, 0, WIDTH, HEIGHT}, 2},
};

static void check_change(void **state)
{
	const struct change_row *r = *state;
	SDL_Rect rects[CANVAS_RECTS_MAX], around;
	struct canvas *c = canvas_create(WIDTH, HEIGHT, fonts), *whole = canvas_create(WIDTH, HEIGHT, fonts);
	canvas_gather(c);
	draw_page(c, 400);
	assert_int_equal(canvas_settle(c, rects), 1);
	assert_int_equal(area_of(rects, 1), WIDTH * HEIGHT); /* the first one: all of it */
	canvas_gather(c);
	r->draw(c);
	int count = canvas_settle(c, rects);
	assert_in_range(count, r->least, CANVAS_RECTS_MAX);
	for (int i = 0; i < count; i++) {
		SDL_UnionRect(&rects[i], &r->within, &around);
		assert_int_equal(area_of(&around, 1), area_of(&r->within, 1));
	}
	r->draw(whole);
	assert_same(canvas_surface(c), canvas_surface(whole), r->says);
	canvas_clear(c, theme_hall());
	canvas_gather(c);
	r->draw(c);
	(void)canvas_settle(c, rects);
	assert_same(canvas_surface(c), canvas_surface(whole), "as the first one");
	canvas_destroy(c);
	canvas_destroy(whole);
}

static void draw_past_it(struct canvas *c)
{
	canvas_rect(c, 0, 0, 1920, 1080, TOKEN_FG);
}

static void write_past_it(struct canvas *c)
{
	(void)SDL_FillRect(canvas_surface(c), NULL, 0);
	canvas_forget(c);
}

static const struct past_row {
	const char *says;
	void (*draw)(struct canvas *c);
} past_rows[] = {
	{"after what was painted otherwise: all of it", draw_past_it},
	{"after what was written to its pixels: all of it", write_past_it},
};

static void check_past(void **state)
{
	const struct past_row *r = *state;
	SDL_Rect rects[CANVAS_RECTS_MAX];
	struct canvas *c = canvas_create(WIDTH, HEIGHT, fonts), *whole = canvas_create(WIDTH, HEIGHT, fonts);
	canvas_gather(c);
	draw_page(c, 400);
	(void)canvas_settle(c, rects);
	r->draw(c);
	canvas_gather(c);
	draw_page(c, 400);
	assert_int_equal(canvas_settle(c, rects), 1);
	assert_int_equal(area_of(rects, 1), WIDTH * HEIGHT);
	draw_page(whole, 400);
	assert_same(canvas_surface(c), canvas_surface(whole), r->says);
	canvas_destroy(c);
	canvas_destroy(whole);
}

/* ---- boxes with round corners ------------------------------------------------------ */

static const struct box_row {
	const char *says;
	SDL_Rect box; /* design units, of a canvas where one is a pixel */
	double radius;
} box_rows[] = {
	{"a panel's corners are Cairo's", {100, 100, 400, 108}, 8},
	{"and corners of no whole radius", {100, 100, 400, 108}, 7.3},
	{"and of less than a pixel", {100, 100, 40, 30}, 0.6},
	{"and the largest that are kept", {100, 100, 400, 108}, 40},
	{"and larger ones", {100, 100, 400, 308}, 90},
	{"and a pill's", {100, 100, 400, 36}, 18},
	{"and a pill's of an odd height", {100, 100, 400, 37}, 18.5},
	{"and of one that is rounder than it can be", {100, 100, 30, 90}, 38},
	{"and those of a disc", {100, 100, 36, 36}, 18},
};

static void check_box(void **state)
{
	const struct box_row *r = *state;
	const SDL_Rect *b = &r->box;
	struct canvas *c = canvas_create(1920, 1080, fonts);
	SDL_Surface *want = SDL_CreateRGBSurfaceWithFormat(0, 1920, 1080, 32, SDL_PIXELFORMAT_RGB888);
	assert_non_null(want);
	struct ink_plate plate = ink_plate_create(want->pixels, want->w, want->h, want->pitch);
	uint32_t ground = theme_hall()->rgb[TOKEN_BG], ink = theme_hall()->rgb[TOKEN_ACC];
	ink_draw(&plate, &(struct ink){.kind = INK_RECT, .rgb = ground, .box = {0, 0, 1920, 1080}}, NULL,
		&(SDL_Rect){0, 0, 1920, 1080});
	cairo_set_source_rgb(
		plate.cairo, (ink >> 16 & 255) / 255.0, (ink >> 8 & 255) / 255.0, (ink & 255) / 255.0);
	stamp_box_path(plate.cairo, b->x, b->y, b->w, b->h, r->radius);
	cairo_fill(plate.cairo);
	cairo_surface_flush(cairo_get_target(plate.cairo));
	canvas_clear(c, theme_hall());
	canvas_round(c, b->x, b->y, b->w, b->h, r->radius, TOKEN_ACC);
	SDL_Surface *got = canvas_surface(c);
	for (int y = 0; y < got->h; y++) {
		for (int x = 0; x < got->w; x++)
			assert_in_range(channels_apart(pixel(got, x, y), pixel(want, x, y)), 0, 1);
	}
	ink_plate_finish(&plate);
	SDL_FreeSurface(want);
	canvas_destroy(c);
}

int main(void)
{
	static struct sentences s;
	fonts = kit_fonts(&kit_noto);
	SENTENCES_ROWS(&s, boards_rows, check_boards);
	SENTENCES_ROWS(&s, change_rows, check_change);
	SENTENCES_ROWS(&s, past_rows, check_past);
	SENTENCES_ROWS(&s, box_rows, check_box);
	int failed = sentences_run(&s, "paint ink");
	font_set_close(fonts);
	return failed;
}
