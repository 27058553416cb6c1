/* SPDX-License-Identifier: Apache-2.0
 *
 * The main font, the fonts behind it, and what is painted when nobody has a glyph. */
#include <math.h>

#include "paint/text.h"
#include "paint_kit.h"
#include "sentences.h"

static const char *const dejavu_behind[] = {KIT_DEJAVU ".ttf"};
static const char *const noto_behind[] = {KIT_DEJAVU "Mono.ttf", KIT_NOTO "Regular.ttc"};
static const struct font_paths noto_then_dejavu = {
	KIT_NOTO "Regular.ttc", KIT_NOTO "Bold.ttc", dejavu_behind, 1};
static const struct font_paths dejavu_then_noto = {KIT_DEJAVU ".ttf", KIT_DEJAVU "-Bold.ttf", noto_behind, 2};
static const struct font_paths dejavu_alone = {KIT_DEJAVU ".ttf", KIT_DEJAVU "-Bold.ttf", NULL, 0};

static const struct find_row {
	const char *says;
	const struct font_paths *paths;
	uint32_t point;
	int which;
} find_rows[] = {
	{"Han come from the main font", &noto_then_dejavu, 0x574A, 0},
	{"rare Han beyond the first plane too", &noto_then_dejavu, 0x20164, 0},
	{"Armenian comes from the one behind it", &noto_then_dejavu, 0x0531, 1},
	{"Han come from the second one behind a Latin font", &dejavu_then_noto, 0x574A, 2},
	{"Latin stays in the main one", &dejavu_then_noto, 'A', 0},
	{"Han are nowhere in a Latin font", &dejavu_alone, 0x574A, -1},
	{"what no font has is nowhere", &noto_then_dejavu, 0xE000, -1},
	{"a code point that is none is nowhere", &noto_then_dejavu, 0x0378, -1},
};

static void check_find(void **state)
{
	const struct find_row *r = *state;
	struct font_set *f = kit_fonts(r->paths);
	for (int w = 0; w < FONT_WEIGHTS; w++)
		assert_int_equal(font_find(f, (enum font_weight)w, r->point), r->which);
	font_set_close(f);
}

static void a_line_of_two_fonts_is_as_wide_as_its_parts(void **state)
{
	(void)state;
	struct font_set *f = kit_fonts(&noto_then_dejavu);
	struct canvas *c = canvas_create(1920, 1080, f);
	const char *const texts[] = {"坊", "Աբ", "子"};
	double sum = 0;
	for (int i = 0; i < 3; i++)
		sum += text_width(c, &(struct text_run){texts[i], 100, FONT_REGULAR, TOKEN_FG, 0}, 1, 0);
	canvas_clear(c, theme_hall());
	double width = text_line(c, 100, 500, TEXT_LEFT, "坊Աբ子", 100, FONT_REGULAR, TOKEN_FG, 0);
	assert_true(width - sum < 0.01 && sum - width < 0.01);
	assert_true(width > 300);
	struct kit_ink ink = kit_ink_of(c);
	assert_in_range(ink.end, 100 + (int)width - 12, 100 + (int)width);
	canvas_destroy(c);
	font_set_close(f);
}

static void a_character_that_nobody_has_is_a_box_not_a_crash(void **state)
{
	(void)state;
	struct font_set *f = kit_fonts(&dejavu_alone);
	struct font_mask box = font_mask(f, FONT_REGULAR, -1, 40, "坊");
	assert_non_null(box.coverage);
	assert_true(font_advance(f, FONT_REGULAR, 0x574A) > 0);
	font_set_close(f);
}

static void a_blank_has_no_ink_and_a_width(void **state)
{
	(void)state;
	struct font_set *f = kit_fonts(&kit_noto);
	assert_null(font_mask(f, FONT_REGULAR, 0, 40, " ").coverage);
	assert_null(font_mask(f, FONT_REGULAR, 0, 40, "").coverage);
	assert_true(font_advance(f, FONT_REGULAR, ' ') > 0.2);
	font_set_close(f);
}

static uint32_t sum_of(struct font_mask m)
{
	uint32_t sum = 2166136261u;
	int stride = cairo_image_surface_get_stride(m.coverage);
	const unsigned char *bytes = cairo_image_surface_get_data(m.coverage);
	for (int y = 0; y < cairo_image_surface_get_height(m.coverage); y++) {
		for (int x = 0; x < cairo_image_surface_get_width(m.coverage); x++)
			sum = (sum ^ bytes[y * stride + x]) * 16777619u;
	}
	return sum + (uint32_t)(m.left * 31 + m.top);
}

static void a_piece_is_the_same_after_ten_thousand_others(void **state)
{
	(void)state;
	struct font_set *f = kit_fonts(&kit_noto);
	uint32_t first = sum_of(font_mask(f, FONT_BOLD, 0, 72, "坊子区"));
	for (int i = 0; i < 10000; i++) {
		char text[16];
		(void)snprintf(text, sizeof text, "%d", i);
		assert_non_null(font_mask(f, (enum font_weight)(i % 2), 0, 28 + i % 200, text).coverage);
	}
	assert_int_equal(sum_of(font_mask(f, FONT_BOLD, 0, 72, "坊子区")), first);
	font_set_close(f);
}

static void quotation_marks_have_their_chinese_form(void **state)
{
	(void)state;
	struct font_set *f = kit_fonts(&kit_noto);
	struct font_mask m = font_mask(f, FONT_REGULAR, 0, 200, "“");
	assert_true(font_advance(f, FONT_REGULAR, 0x201C) > 0.99); /* full width in Chinese only */
	assert_true(m.left > 100); /* its ink in the right half */
	font_set_close(f);
}

static const struct broken_row {
	const char *says;
	struct font_paths paths;
	const char *named;
} broken_rows[] = {
	{"no regular font", {"/nowhere/a.ttf", KIT_NOTO "Bold.ttc", NULL, 0}, "/nowhere/a.ttf"},
	{"no bold font", {KIT_NOTO "Regular.ttc", "/nowhere/b.ttf", NULL, 0}, "/nowhere/b.ttf"},
	{"a font that is none", {KIT_NOTO "Regular.ttc", "/etc/passwd", NULL, 0}, "/etc/passwd"},
	{"a further font that is none",
		{KIT_NOTO "Regular.ttc", KIT_NOTO "Bold.ttc", (const char *const[]){"/etc/passwd"}, 1},
		"/etc/passwd"},
};

#define PAGE_TEXTS 250 /* a full page's */

static void the_texts_of_a_page_are_painted_once(void **state)
{
	(void)state;
	struct font_set *f = kit_fonts(&kit_noto);
	const cairo_surface_t *first[PAGE_TEXTS];
	for (int i = 0; i < 2 * PAGE_TEXTS; i++) {
		char text[16];
		(void)snprintf(text, sizeof text, "%d 位", i % PAGE_TEXTS);
		const cairo_surface_t *painted = font_mask(f, FONT_REGULAR, 0, 32, text).coverage;
		if (i < PAGE_TEXTS)
			first[i] = painted;
		else
			assert_ptr_equal(painted, first[i - PAGE_TEXTS]);
	}
	font_set_close(f);
}

/* Else each frame of a number that counts up would rasterise it. */
static void a_passing_text_is_painted_character_by_character(void **state)
{
	(void)state;
	struct font_set *f = kit_fonts(&kit_noto);
	struct canvas *passing = canvas_create(1920, 1080, f), *apart = canvas_create(1920, 1080, f);
	const struct text_run run = {
		.text = "1047", .size = 33, .weight = FONT_BOLD, .color = TOKEN_FG, .is_passing = true};
	double pen = 100.3;
	canvas_clear(passing, theme_hall());
	canvas_clear(apart, theme_hall());
	double width = text_draw(passing, pen, 500, TEXT_LEFT, &run, 1, 0);
	for (const char *at = run.text; *at; at++) {
		const char one[] = {*at, '\0'};
		pen += text_line(apart, pen, 500, TEXT_LEFT, one, run.size, run.weight, run.color, 0);
	}
	assert_true(fabs(100.3 + width - pen) < 0.001);
	SDL_Surface *a = canvas_surface(passing), *b = canvas_surface(apart);
	assert_memory_equal(a->pixels, b->pixels, (size_t)a->pitch * (size_t)a->h);
	assert_true(kit_ink_of(passing).end > 150);
	canvas_destroy(passing);
	canvas_destroy(apart);
	font_set_close(f);
}

static void check_broken(void **state)
{
	const struct broken_row *r = *state;
	struct font_set *f = NULL;
	struct err e = {0};
	assert_false(font_set_open(&f, &r->paths, &e));
	assert_null(f);
	assert_int_equal(e.kind, ERR_IO);
	assert_non_null(strstr(e.text, r->named));
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, find_rows, check_find);
	SENTENCES_ROWS(&s, broken_rows, check_broken);
	sentences_add(&s, "a line of two fonts is as wide as its parts",
		a_line_of_two_fonts_is_as_wide_as_its_parts, NULL);
	sentences_add(&s, "a character that nobody has is a box, not a crash",
		a_character_that_nobody_has_is_a_box_not_a_crash, NULL);
	sentences_add(&s, "a blank has no ink and a width", a_blank_has_no_ink_and_a_width, NULL);
	sentences_add(&s, "a piece is the same after ten thousand others",
		a_piece_is_the_same_after_ten_thousand_others, NULL);
	sentences_add(&s, "the texts of a page are painted once", the_texts_of_a_page_are_painted_once, NULL);
	sentences_add(&s, "a passing text is painted character by character",
		a_passing_text_is_painted_character_by_character, NULL);
	sentences_add(
		&s, "quotation marks have their Chinese form", quotation_marks_have_their_chinese_form, NULL);
	return sentences_run(&s, "paint font");
}
