/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures as they come: every way up, with alpha, in the three formats, large
 * and small. The files are made here. */
#include "base/buf.h"
#include "board/gallery.h"
#include "paint/picture.h"
#include "paint_kit.h"
#include "picture_kit.h"
#include "scratch.h"
#include "sentences.h"

#define CELL 16 /* pixels of a colour: JPEG blurs single ones */
#define ACROSS 3
#define DOWN 2
#define NEAR 48 /* of 255: what JPEG may change */

static char folder[SCRATCH_PATH_MAX];
static char path[SCRATCH_PATH_MAX * 2];

/* The upright picture, 3 x 2 cells. */
static const uint32_t cells[DOWN][ACROSS] = {{0xFF0000, 0x00FF00, 0x0000FF}, {0xFFFFFF, 0x000000, 0xFFFF00}};

static void put(const struct buf *bytes)
{
	scratch_write(folder, "picture", bytes->data, bytes->len);
}

/* ---- JPEG, and which way up ---------------------------------------------------- */

/* Where the stored picture's first row and first column are to be seen (Exif 2.3,
 * table of tag 0x0112). */
static const struct turned_row {
	const char *says;
	int orientation;
	const char *first_row, *first_column;
} turned_rows[] = {
	{"upright", 1, "top", "left"},
	{"mirrored", 2, "top", "right"},
	{"upside down", 3, "bottom", "right"},
	{"flipped", 4, "bottom", "left"},
	{"mirrored and turned to the left", 5, "left", "top"},
	{"turned to the left", 6, "right", "top"},
	{"mirrored and turned to the right", 7, "right", "bottom"},
	{"turned to the right", 8, "left", "bottom"},
	{"an orientation that there is not", 9, "top", "left"},
	{"no Exif at all", 0, "top", "left"},
};

/* How far along one axis a step lies that is counted from a side. */
static int from_side(const char *side, int step, int count)
{
	return strcmp(side, "top") == 0 || strcmp(side, "left") == 0 ? step : count - 1 - step;
}

/* The colour of the stored picture at row and column, in cells. */
static uint32_t stored(const struct turned_row *r, int row, int column)
{
	bool is_sideways = strcmp(r->first_row, "left") == 0 || strcmp(r->first_row, "right") == 0;
	int x = is_sideways ? from_side(r->first_row, row, ACROSS)
			    : from_side(r->first_column, column, ACROSS);
	int y = is_sideways ? from_side(r->first_column, column, DOWN) : from_side(r->first_row, row, DOWN);
	return cells[y][x];
}

static void make_jpeg(const struct turned_row *r, struct buf *out)
{
	bool is_sideways = strcmp(r->first_row, "left") == 0 || strcmp(r->first_row, "right") == 0;
	int columns = is_sideways ? DOWN : ACROSS, rows = is_sideways ? ACROSS : DOWN;
	SDL_Surface *s =
		SDL_CreateRGBSurfaceWithFormat(0, columns * CELL, rows * CELL, 32, SDL_PIXELFORMAT_RGB888);
	assert_non_null(s);
	for (int row = 0; row < rows; row++) {
		for (int column = 0; column < columns; column++) {
			SDL_Rect cell = {column * CELL, row * CELL, CELL, CELL};
			SDL_FillRect(s, &cell, stored(r, row, column));
		}
	}
	kit_jpeg(s, out);
	SDL_FreeSurface(s);
}

/* APP1 with one entry of one IFD, behind SOI. */
static void add_exif(struct buf *jpeg, int orientation, bool is_little)
{
	unsigned char little[] = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 1,
		0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
	unsigned char big[] = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
		0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
	little[28] = big[29] = (unsigned char)orientation;
	struct buf out = {0};
	buf_add(&out, jpeg->data, 2);
	buf_add(&out, (const char *)(is_little ? little : big), sizeof little);
	buf_add(&out, jpeg->data + 2, jpeg->len - 2);
	buf_finish(jpeg);
	*jpeg = out;
}

static uint32_t pixel(cairo_surface_t *s, int x, int y)
{
	const unsigned char *row =
		cairo_image_surface_get_data(s) + (ptrdiff_t)y * cairo_image_surface_get_stride(s);
	return ((const uint32_t *)(const void *)row)[x];
}

static void assert_near(uint32_t have, uint32_t want)
{
	for (int shift = 0; shift <= 16; shift += 8) {
		int a = (int)(have >> shift & 0xFF), b = (int)(want >> shift & 0xFF);
		if (abs(a - b) > NEAR)
			fail_msg("%06X is not %06X", have & 0xFFFFFF, want);
	}
}

static void assert_upright(void)
{
	cairo_surface_t *s;
	struct picture_info info;
	struct err e = {0};
	if (!picture_load(path, &s, &e) || !picture_probe(path, &info, &e))
		fail_msg("%s", e.text);
	assert_int_equal(info.width, ACROSS * CELL);
	assert_int_equal(info.height, DOWN * CELL);
	assert_int_equal(cairo_image_surface_get_width(s), ACROSS * CELL);
	assert_int_equal(cairo_image_surface_get_height(s), DOWN * CELL);
	for (int y = 0; y < DOWN; y++) {
		for (int x = 0; x < ACROSS; x++)
			assert_near(pixel(s, x * CELL + CELL / 2, y * CELL + CELL / 2), cells[y][x]);
	}
	cairo_surface_destroy(s);
}

static void check_turned(void **state)
{
	const struct turned_row *r = *state;
	for (int is_little = 0; is_little < 2; is_little++) {
		struct buf jpeg = {0};
		make_jpeg(r, &jpeg);
		if (r->orientation)
			add_exif(&jpeg, r->orientation, is_little);
		put(&jpeg);
		assert_upright();
		buf_finish(&jpeg);
	}
}

/* ---- PNG and WebP, and alpha --------------------------------------------------- */

static void reads_webp(void **state)
{
	static const uint32_t want[] = {
		0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFFFF, 0xFF000000, 0xFFFFFF00, 0xFFFF00FF, 0};
	cairo_surface_t *s;
	struct err e = {0};
	(void)state;
	scratch_write(folder, "picture", kit_webp, sizeof kit_webp);
	if (!picture_load(path, &s, &e))
		fail_msg("%s", e.text);
	assert_int_equal(cairo_image_surface_get_width(s), 4);
	for (int i = 0; i < 8; i++)
		assert_int_equal(pixel(s, i % 4, i / 4), want[i]);
	cairo_surface_destroy(s);
}

static uint32_t shown(struct canvas *c, int x, int y)
{
	const SDL_Surface *s = canvas_surface(c);
	const char *row = (const char *)s->pixels + (ptrdiff_t)y * s->pitch;
	return ((const uint32_t *)(const void *)row)[x] & 0xFFFFFF;
}

static void lays_alpha_over_the_ground(void **state)
{
	struct font_set *fonts = kit_fonts(&kit_noto);
	struct canvas *c = canvas_create(1920, 1080, fonts);
	struct buf png = {0};
	struct err e = {0};
	cairo_surface_t *s;
	(void)state;
	kit_png(20, 20, 0x80FF0000, &png);
	put(&png);
	assert_true(picture_load(path, &s, &e));
	canvas_clear(c, theme_find("festival"));
	canvas_picture(c, s, 100, 100, 20, 20);
	uint32_t ground = theme_find("festival")->rgb[TOKEN_BG];
	uint32_t got = shown(c, 110, 110), want = theme_mix(ground, 0xFF0000, 128 / 255.0);
	for (int shift = 0; shift <= 16; shift += 8)
		assert_true(abs((int)(got >> shift & 0xFF) - (int)(want >> shift & 0xFF)) <= 2);
	assert_int_equal(shown(c, 130, 110), ground);
	cairo_surface_destroy(s);
	buf_finish(&png);
	canvas_destroy(c);
	font_set_close(fonts);
}

/* What a narrow picture leaves of the page is as its edge is, to the last pixel. */
static void fills_a_page(void **state)
{
	struct font_set *fonts = kit_fonts(&kit_noto);
	struct canvas *c = canvas_create(1024, 768, fonts);
	struct buf png = {0};
	struct err e = {0};
	cairo_surface_t *s;
	(void)state;
	kit_png(20, 60, 0xFF336699, &png);
	put(&png);
	assert_true(picture_load(path, &s, &e));
	canvas_clear(c, theme_hall());
	canvas_poster(c, s, 1000);
	assert_int_equal(shown(c, 0, 0), 0x336699);
	assert_int_equal(shown(c, 1023, 300), 0x336699);
	assert_int_equal(shown(c, 512, 300), 0x336699);
	assert_int_equal(shown(c, 512, 767), theme_hall()->rgb[TOKEN_BG]);
	canvas_poster(c, s, 1080);
	assert_int_equal(shown(c, 512, 767), 0x336699);
	cairo_surface_destroy(s);
	buf_finish(&png);
	canvas_destroy(c);
	font_set_close(fonts);
}

/* ---- sizes ---------------------------------------------------------------------- */

static const struct size_row {
	const char *says;
	int width, height;
	bool is_fine;
} size_rows[] = {
	{"one pixel", 1, 1, true},
	{"4096 x 4096", 4096, 4096, true},
	{"4097 x 4096", 4097, 4096, false},
	{"8192 x 2", 8192, 2, true},
	{"8193 x 2", 8193, 2, false},
};

static bool find_path(void *user, const char *name, char *out, size_t room)
{
	(void)user, (void)name;
	return snprintf(out, room, "%s", path) < (int)room;
}

/* Kept no larger than it is shown. */
static void check_size(void **state)
{
	const struct size_row *r = *state;
	struct buf png = {0};
	kit_png(r->width, r->height, 0xFF336699, &png);
	put(&png);
	struct gallery *g = gallery_create(find_path, NULL);
	cairo_surface_t *within = gallery_get(g, "picture", 320, 200);
	assert_int_equal(within != NULL, r->is_fine);
	if (within) {
		int w = cairo_image_surface_get_width(within), h = cairo_image_surface_get_height(within);
		assert_true(w <= 320 && h <= 200 && (w == 320 || h == 200));
		cairo_surface_t *covers = gallery_cover(g, "picture", 320, 200);
		assert_int_equal(cairo_image_surface_get_width(covers), 320);
		assert_int_equal(cairo_image_surface_get_height(covers), 200);
		assert_int_equal(pixel(covers, 0, 0), 0xFF336699);
		assert_int_equal(pixel(covers, 319, 199), 0xFF336699);
	}
	gallery_destroy(g);
	buf_finish(&png);
}

int main(void)
{
	static struct sentences s;
	scratch_make(folder);
	(void)snprintf(path, sizeof path, "%s/picture", folder);
	SENTENCES_ROWS(&s, turned_rows, check_turned);
	sentences_add(&s, "a WebP with alpha", reads_webp, NULL);
	sentences_add(&s, "half a red over the ground", lays_alpha_over_the_ground, NULL);
	sentences_add(&s, "a poster fills its page", fills_a_page, NULL);
	SENTENCES_ROWS(&s, size_rows, check_size);
	int failed = sentences_run(&s, "paint picture");
	scratch_remove(folder);
	return failed;
}
