/* SPDX-License-Identifier: Apache-2.0
 *
 * One line of Chinese text: the visual specification, 4, in em. */
#include <math.h>

#include "base/utf8.h"
#include "paint/text.h"
#include "paint_kit.h"
#include "sentences.h"

static struct font_set *fonts;
static struct canvas *blind, *real;

static const struct width_row {
	const char *says, *text;
	unsigned flags;
	enum font_weight weight;
	double size, em;
} width_rows[] = {
	{"Han are one em each", "坊子区", 0, FONT_REGULAR, 100, 3},
	{"digits are tabular", "0123456789", 0, FONT_REGULAR, 100, 5.55},
	{"bold ones too", "0123456789", 0, FONT_BOLD, 100, 5.90},
	{"nothing is nothing", "", 0, FONT_REGULAR, 100, 0},
	{"an eighth between Han and a digit", "坊2", TEXT_SPACED, FONT_REGULAR, 100, 1.68},
	{"and between a digit and Han", "2坊", TEXT_SPACED, FONT_REGULAR, 100, 1.68},
	{"both sides of a Latin letter", "坊2子", TEXT_SPACED, FONT_REGULAR, 100, 2.805},
	{"none where the text is not spaced", "坊2子", 0, FONT_REGULAR, 100, 2.555},
	{"none beside a mark", "坊，2", TEXT_SPACED, FONT_REGULAR, 100, 2.555},
	{"none inside a number", "坊12.5子", TEXT_SPACED, FONT_REGULAR, 100, 4.193},
	{"an opening mark loses half at the start", "“坊子", 0, FONT_REGULAR, 100, 2.5},
	{"a bracket too", "（坊子", 0, FONT_REGULAR, 100, 2.5},
	{"hung, the whole of it stands outside", "“坊子", TEXT_HUNG, FONT_REGULAR, 100, 2},
	{"a closing mark loses half at the end", "坊子。", 0, FONT_REGULAR, 100, 2.5},
	{"a colon at the end", "坊子：", 0, FONT_REGULAR, 100, 2.5},
	{"a quotation loses both", "“坊子”", 0, FONT_REGULAR, 100, 3},
	{"a mark in the middle keeps its em", "坊，子", 0, FONT_REGULAR, 100, 3},
	{"two closing marks take one and a half", "坊”，子", 0, FONT_REGULAR, 100, 3.5},
	{"three take two", "坊》”，子", 0, FONT_REGULAR, 100, 4},
	{"a closing one before an opening one", "坊，“子", 0, FONT_REGULAR, 100, 3.5},
	{"two opening ones", "坊“《子", 0, FONT_REGULAR, 100, 3.5},
	{"an opening one before a closing one keeps both", "坊（）子", 0, FONT_REGULAR, 100, 4},
	{"all of it at once", "“坊”，（子）。", 0, FONT_REGULAR, 100, 5.5},
	{"a Chinese dash is two em", "坊——子", 0, FONT_REGULAR, 100, 4},
	{"figures of 160 stand closer", "1234", 0, FONT_BOLD, 160, 4 * 0.57},
	{"a decimal point does too", "1.2", 0, FONT_BOLD, 200, 2 * 0.57 + 0.325 - 0.02},
	{"figures of 159 do not", "1234", 0, FONT_BOLD, 159, 4 * 0.59},
	{"Han of 160 do not", "坊子", 0, FONT_BOLD, 160, 2},
};

static void assert_close(double have, double want, double by)
{
	if (fabs(have - want) > by)
		fail_msg("%.4f is not %.4f", have, want);
}

static double width(const char *text, double size, enum font_weight w, unsigned flags)
{
	return text_width(blind, &(struct text_run){text, size, w, TOKEN_FG, 0}, 1, flags);
}

static void check_width(void **state)
{
	const struct width_row *r = *state;
	assert_close(width(r->text, r->size, r->weight, r->flags) / r->size, r->em, 0.0051);
}

static void runs_add_up_with_their_gaps(void **state)
{
	(void)state;
	const struct text_run runs[] = {{"第", 50, FONT_BOLD, TOKEN_FG, 0},
		{"2", 100, FONT_BOLD, TOKEN_ACC, 8}, {"名", 50, FONT_BOLD, TOKEN_FG, 8}};
	assert_close(text_width(blind, runs, 3, TEXT_SPACED), 50 + 8 + 59 + 8 + 50, 0.6);
}

static void at_any_size_widths_are_linear(void **state)
{
	(void)state;
	for (int size = 28; size <= 320; size += 4) {
		double em = width("坊子区2023年", size, FONT_REGULAR, 0) / size;
		assert_close(em, 4 + 4 * (size >= 160 ? 0.535 : 0.555), 0.01);
	}
}

/* Paints black on an empty canvas of 1920 x 1080 and tells where the ink stands. */
static struct kit_ink ink_of(const char *text, double size, double x, enum text_align a, unsigned flags)
{
	canvas_clear(real, theme_hall());
	text_line(real, x, 600, a, text, size, FONT_BOLD, TOKEN_FG, flags);
	return kit_ink_of(real);
}

static const struct edge_row {
	const char *says, *text;
	double size;
	enum text_align align;
	unsigned flags;
	int least, most; /* where the ink begins (left) or ends (right), px from x = 800 */
} edge_rows[] = {
	{"a hero number's ink stands at the column", "123", 320, TEXT_LEFT, TEXT_OPTICAL, -1, 1},
	{"whatever its first digit", "723", 320, TEXT_LEFT, TEXT_OPTICAL, -1, 1},
	{"without that, its advance box does", "123", 320, TEXT_LEFT, 0, 8, 40},
	{"an opening quote's blank half goes", "“坊子”", 100, TEXT_LEFT, 0, 0, 25},
	{"a hung one stands outside", "“坊子”", 100, TEXT_LEFT, TEXT_HUNG, -50, -10},
	{"a full stop's blank half goes", "坊子。", 100, TEXT_RIGHT, 0, -30, 0},
	{"Han end at the column", "坊子", 100, TEXT_RIGHT, 0, -10, 0},
};

static void check_edge(void **state)
{
	const struct edge_row *r = *state;
	struct kit_ink ink = ink_of(r->text, r->size, 800, r->align, r->flags);
	int at = (r->align == TEXT_LEFT ? ink.first : ink.end) - 800;
	assert_true(ink.end > 0);
	if (at < r->least || at > r->most)
		fail_msg("%s: ink at %d px, not within %d..%d", r->text, at, r->least, r->most);
}

static void behind_a_hung_quote_han_stand_at_the_column(void **state)
{
	(void)state;
	struct kit_ink plain = ink_of("坊", 100, 800, TEXT_LEFT, 0);
	struct kit_ink hung = ink_of("“坊", 100, 800, TEXT_LEFT, TEXT_HUNG);
	assert_int_equal(hung.end, plain.end);
	assert_true(hung.first < plain.first);
}

static void a_centred_line_is_centred(void **state)
{
	(void)state;
	struct kit_ink ink = ink_of("坊子坊", 100, 800, TEXT_CENTER, 0);
	assert_in_range(ink.first + ink.end, 1600 - 8, 1600 + 8);
}

static void what_is_measured_is_what_is_painted(void **state)
{
	(void)state;
	struct text_run run = {"潍坊市坊子区：2023年1—5月“四上”企业12.5亿元", 44, FONT_BOLD, TOKEN_FG, 0};
	double blind_width = text_width(blind, &run, 1, TEXT_SPACED);
	canvas_clear(real, theme_hall());
	double painted = text_draw(real, 100, 600, TEXT_LEFT, &run, 1, TEXT_SPACED);
	struct kit_ink ink = kit_ink_of(real);
	assert_close(painted, blind_width, 1e-9);
	assert_in_range(ink.end, 100 + (int)painted - 6, 100 + (int)painted + 2);
}

static void marks_are_of_one_kind_only(void **state)
{
	(void)state;
	int opening = 0, closing = 0;
	for (uint32_t p = 1; p < 0x30000; p++) {
		int kinds = text_is_opening(p) + text_is_closing(p) + text_is_han(p);
		assert_true(kinds <= 1);
		opening += text_is_opening(p);
		closing += text_is_closing(p);
	}
	assert_int_equal(opening, 9);
	assert_int_equal(closing, 16);
}

static void the_marks_of_the_specification_are_known(void **state)
{
	(void)state;
	uint32_t p;
	for (const char *at = "“‘（《〈【「"; (p = utf8_next(&at)) != 0;)
		assert_true(text_is_opening(p));
	for (const char *at = "”’）》〉】」，。、；：！？"; (p = utf8_next(&at)) != 0;)
		assert_true(text_is_closing(p));
}

int main(void)
{
	static struct sentences s;
	fonts = kit_fonts(&kit_noto);
	blind = canvas_create_blind(1920, 1080, fonts);
	real = canvas_create(1920, 1080, fonts);
	SENTENCES_ROWS(&s, width_rows, check_width);
	SENTENCES_ROWS(&s, edge_rows, check_edge);
	sentences_add(&s, "runs add up with their gaps", runs_add_up_with_their_gaps, NULL);
	sentences_add(&s, "at any size widths are linear", at_any_size_widths_are_linear, NULL);
	sentences_add(&s, "behind a hung quote Han stand at the column",
		behind_a_hung_quote_han_stand_at_the_column, NULL);
	sentences_add(&s, "a centred line is centred", a_centred_line_is_centred, NULL);
	sentences_add(&s, "what is measured is what is painted", what_is_measured_is_what_is_painted, NULL);
	sentences_add(&s, "marks are of one kind only", marks_are_of_one_kind_only, NULL);
	sentences_add(&s, "the marks of the specification are known",
		the_marks_of_the_specification_are_known, NULL);
	int failed = sentences_run(&s, "paint text");
	canvas_destroy(blind);
	canvas_destroy(real);
	font_set_close(fonts);
	return failed;
}
