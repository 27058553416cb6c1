/* SPDX-License-Identifier: Apache-2.0
 *
 * All 8,105 characters of the General Standard Chinese Characters table
 * (通用规范汉字表, 2013) have a glyph with ink. The table is kTGH in Debian's
 * unicode-data, so it is nobody's copy. */
#include <inttypes.h>

#include "base/utf8.h"
#include "paint_kit.h"
#include "sentences.h"

#define TABLE "bzgrep -P '\\tkTGH\\t' /usr/share/unicode/Unihan_OtherMappings.txt.bz2"
#define TABLE_COUNT 8105
#define NO_CHARACTER 0x0378 /* unassigned: every font paints its .notdef box for it */
#define BEYOND_THE_TABLE 0x4E02 /* 丂 */
#define SIZE_PX 28 /* the smallest that any board uses */

static uint32_t table[TABLE_COUNT + 1];
static int count;

static void read_table(void)
{
	char line[128];
	FILE *f = popen(TABLE, "r");
	if (!f)
		abort();
	while (count <= TABLE_COUNT && fgets(line, sizeof line, f))
		count += sscanf(line, "U+%" SCNx32 "\tkTGH\t", &table[count]) == 1;
	(void)pclose(f);
}

static void the_table_has_8105_characters_each_once(void **state)
{
	(void)state;
	assert_int_equal(count, TABLE_COUNT);
	for (int i = 1; i < count; i++)
		assert_true(table[i] > table[i - 1]);
	assert_int_equal(table[0], 0x3447);
}

/* A mask's bytes, to tell one glyph from another; it is borrowed and soon gone. */
struct shape {
	int width, height, left, top;
	uint32_t sum;
	bool has_ink;
};

static struct shape shape_from(struct font_set *f, enum font_weight w, int which, uint32_t point)
{
	char text[5];
	(void)utf8_put(text, point);
	struct font_mask m = font_mask(f, w, which, SIZE_PX, text);
	struct shape s = {.left = m.left, .top = m.top, .sum = 2166136261u};
	if (!m.coverage)
		return s;
	s.width = cairo_image_surface_get_width(m.coverage);
	s.height = cairo_image_surface_get_height(m.coverage);
	const unsigned char *bytes = cairo_image_surface_get_data(m.coverage);
	for (int y = 0; y < s.height; y++) {
		const unsigned char *row = bytes + (ptrdiff_t)y * cairo_image_surface_get_stride(m.coverage);
		for (int x = 0; x < s.width; x++) {
			s.sum = (s.sum ^ row[x]) * 16777619u;
			s.has_ink = s.has_ink || row[x] > 128;
		}
	}
	return s;
}

static struct shape shape_of(struct font_set *f, enum font_weight w, uint32_t point)
{
	return shape_from(f, w, 0, point);
}

static bool is_same(const struct shape *a, const struct shape *b)
{
	return a->width == b->width && a->height == b->height && a->left == b->left && a->top == b->top &&
	       a->sum == b->sum;
}

/* How many of the table are missing, boxes, or without ink; *first is one of them. */
static int count_missing(struct font_set *f, enum font_weight w, uint32_t *first)
{
	int missing = 0;
	struct shape box = shape_of(f, w, NO_CHARACTER);
	for (int i = 0; i < count; i++) {
		struct shape s = shape_of(f, w, table[i]);
		if (font_find(f, w, table[i]) == 0 && s.has_ink && !is_same(&s, &box))
			continue;
		if (missing++ == 0)
			*first = table[i];
	}
	return missing;
}

static const struct weight_row {
	const char *says;
	enum font_weight weight;
} weight_rows[] = {
	{"every character paints a glyph in the regular weight", FONT_REGULAR},
	{"every character paints a glyph in the bold weight", FONT_BOLD},
};

static void check_weight(void **state)
{
	const struct weight_row *r = *state;
	struct font_set *f = kit_fonts(&kit_noto);
	uint32_t first = 0;
	int missing = count_missing(f, r->weight, &first);
	if (missing)
		fail_msg("%d missing, U+%04" PRIX32 " the first", missing, first);
	font_set_close(f);
}

static void a_font_without_them_is_caught(void **state)
{
	(void)state;
	const struct font_paths dejavu = {KIT_DEJAVU ".ttf", KIT_DEJAVU "-Bold.ttf", NULL, 0};
	struct font_set *f = kit_fonts(&dejavu);
	uint32_t first = 0;
	for (int w = 0; w < FONT_WEIGHTS; w++)
		assert_int_equal(count_missing(f, (enum font_weight)w, &first), TABLE_COUNT);
	for (int i = 0; i < count; i++)
		assert_int_equal(font_find(f, FONT_REGULAR, table[i]), -1);
	font_set_close(f);
}

static void the_box_is_told_from_a_glyph(void **state)
{
	(void)state;
	struct font_set *f = kit_fonts(&kit_noto);
	struct shape box = shape_of(f, FONT_REGULAR, NO_CHARACTER), again = shape_of(f, FONT_REGULAR, 0x0379);
	struct shape mouth = shape_of(f, FONT_REGULAR, 0x53E3); /* 口, the likest one */
	assert_true(box.has_ink);
	assert_true(is_same(&box, &again));
	assert_false(is_same(&box, &mouth));
	font_set_close(f);
}

/* Beside the programs that are tested: $O/fonts. */
static struct font_set *open_own(bool has_whole)
{
	char files[FONT_WEIGHTS][256];
	const char *o = getenv("O");
	(void)snprintf(files[FONT_REGULAR], sizeof files[0], "%s/fonts/regular.otf", o ? o : "build");
	(void)snprintf(files[FONT_BOLD], sizeof files[0], "%s/fonts/bold.otf", o ? o : "build");
	struct font_paths own = {.regular = files[FONT_REGULAR], .bold = files[FONT_BOLD]};
	own.whole_regular = has_whole ? kit_noto.regular : NULL;
	own.whole_bold = has_whole ? kit_noto.bold : NULL;
	return kit_fonts(&own);
}

static void check_own(struct font_set *own, struct font_set *whole, enum font_weight w, uint32_t point)
{
	struct shape a = shape_of(own, w, point), b = shape_of(whole, w, point);
	if (font_find(own, w, point) != 0 || !is_same(&a, &b) ||
		font_advance(own, w, point) != font_advance(whole, w, point) ||
		font_bearing(own, w, point) != font_bearing(whole, w, point))
		fail_msg("U+%04" PRIX32 " is missing, or another", point);
}

static void the_screens_own_fonts_paint_the_same(void **state)
{
	(void)state;
	struct font_set *own = open_own(false), *whole = kit_fonts(&kit_noto);
	for (int w = 0; w < FONT_WEIGHTS; w++) {
		for (int i = 0; i < count; i++)
			check_own(own, whole, (enum font_weight)w, table[i]);
		for (uint32_t p = 0x20; p < 0x3400; p++) { /* below Han, but for Hangul */
			bool is_hangul = (p >= 0x1100 && p < 0x1200) || (p >= 0x3130 && p < 0x3190);
			if (!is_hangul && font_find(whole, (enum font_weight)w, p) == 0)
				check_own(own, whole, (enum font_weight)w, p);
		}
	}
	font_set_close(own);
	font_set_close(whole);
}

static void what_they_lack_the_whole_font_paints(void **state)
{
	(void)state;
	struct font_set *alone = open_own(false), *own = open_own(true), *whole = kit_fonts(&kit_noto);
	for (int w = 0; w < FONT_WEIGHTS; w++) {
		assert_int_equal(font_find(alone, (enum font_weight)w, BEYOND_THE_TABLE), -1);
		assert_int_equal(font_find(own, (enum font_weight)w, BEYOND_THE_TABLE), FONT_WHOLE);
		struct shape a = shape_from(own, (enum font_weight)w, FONT_WHOLE, BEYOND_THE_TABLE);
		struct shape b = shape_of(whole, (enum font_weight)w, BEYOND_THE_TABLE);
		assert_int_equal(font_find(own, (enum font_weight)w, NO_CHARACTER), -1);
		assert_true(a.has_ink && is_same(&a, &b));
	}
	font_set_close(alone);
	font_set_close(own);
	font_set_close(whole);
}

int main(void)
{
	static struct sentences s;
	read_table();
	sentences_add(&s, "the table has 8105 characters, each once", the_table_has_8105_characters_each_once,
		NULL);
	sentences_add(&s, "the box is told from a glyph", the_box_is_told_from_a_glyph, NULL);
	SENTENCES_ROWS(&s, weight_rows, check_weight);
	sentences_add(&s, "a font without them is caught", a_font_without_them_is_caught, NULL);
	sentences_add(
		&s, "the screen's own fonts paint the same", the_screens_own_fonts_paint_the_same, NULL);
	sentences_add(&s, "what they lack the whole font paints", what_they_lack_the_whole_font_paints, NULL);
	return sentences_run(&s, "glyphs");
}
