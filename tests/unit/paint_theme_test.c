/* SPDX-License-Identifier: Apache-2.0
 *
 * The tokens and contrasts of the visual specification, 3.1 and 3.2. */
#include <math.h>

#include "paint/theme.h"
#include "sentences.h"

/* Ratios stand in the specification with one decimal. */
static void assert_ratio(double have, double want)
{
	if (fabs(have - want) > 0.0501)
		fail_msg("%.2f is not %.1f", have, want);
}

static const struct token_row {
	const char *says, *theme;
	enum token token;
	uint32_t rgb;
	double on_bg, on_panel;
} token_rows[] = {
	{"hall: bg", "hall", TOKEN_BG, 0xF5F3EC, 1.0, 1.1},
	{"hall: panel", "hall", TOKEN_PANEL, 0xE9E6DB, 1.1, 1.0},
	{"hall: fg", "hall", TOKEN_FG, 0x0D2B30, 13.5, 12.0},
	{"hall: fg2", "hall", TOKEN_FG2, 0x304D55, 8.2, 7.2},
	{"hall: fg3", "hall", TOKEN_FG3, 0x4E666D, 5.5, 4.9},
	{"hall: hair", "hall", TOKEN_HAIR, 0xC8CBC2, 1.5, 1.3},
	{"hall: quiet", "hall", TOKEN_QUIET, 0xD9DCD4, 1.2, 1.1},
	{"hall: mid", "hall", TOKEN_MID, 0x73908F, 3.1, 2.7},
	{"hall: acc", "hall", TOKEN_ACC, 0xB8261B, 5.7, 5.0},
	{"hall: onacc", "hall", TOKEN_ONACC, 0xFFFFFF, 1.1, 1.2},
	{"hall: inv", "hall", TOKEN_INV, 0x0D2B30, 13.5, 12.0},
	{"hall: oninv", "hall", TOKEN_ONINV, 0xF5F3EC, 1.0, 1.1},
	{"hall: oninv2", "hall", TOKEN_ONINV2, 0xB9CBC9, 1.5, 1.4},
	{"hall: accinv", "hall", TOKEN_ACCINV, 0xF0705C, 2.6, 2.3},
	{"hall: upinv", "hall", TOKEN_UPINV, 0xFF9A86, 1.9, 1.6},
	{"hall: downinv", "hall", TOKEN_DOWNINV, 0x7FD3A6, 1.6, 1.4},
	{"hall: up", "hall", TOKEN_UP, 0xB8261B, 5.7, 5.0},
	{"hall: down", "hall", TOKEN_DOWN, 0x17694A, 6.0, 5.3},
	{"hall: ok", "hall", TOKEN_OK, 0x0B6E69, 5.5, 4.9},
	{"hall: warn", "hall", TOKEN_WARN, 0xB06800, 3.9, 3.5},
	{"hall: late", "hall", TOKEN_LATE, 0xB8261B, 5.7, 5.0},
	{"hall: done", "hall", TOKEN_DONE, 0x0D2B30, 13.5, 12.0},
	{"hall: unk", "hall", TOKEN_UNK, 0x4E666D, 5.5, 4.9},
	{"hall: smp", "hall", TOKEN_SMP, 0xF2C53D, 1.5, 1.3},
	{"hall: onsmp", "hall", TOKEN_ONSMP, 0x0D2B30, 13.5, 12.0},
	{"hall: white", "hall", TOKEN_WHITE, 0xFFFFFF, 1.1, 1.2},
	{"festival: bg", "festival", TOKEN_BG, 0x1A110A, 1.0, 1.1},
	{"festival: panel", "festival", TOKEN_PANEL, 0x2C1D11, 1.1, 1.0},
	{"festival: fg", "festival", TOKEN_FG, 0xFFF4E2, 17.1, 14.9},
	{"festival: fg2", "festival", TOKEN_FG2, 0xE5CFB0, 12.3, 10.8},
	{"festival: fg3", "festival", TOKEN_FG3, 0xC4AB8A, 8.5, 7.4},
	{"festival: hair", "festival", TOKEN_HAIR, 0x4F3A25, 1.7, 1.5},
	{"festival: quiet", "festival", TOKEN_QUIET, 0x3B2917, 1.3, 1.2},
	{"festival: mid", "festival", TOKEN_MID, 0x9C7A4C, 4.7, 4.1},
	{"festival: acc", "festival", TOKEN_ACC, 0xFFB31A, 10.4, 9.1},
	{"festival: onacc", "festival", TOKEN_ONACC, 0x1A110A, 1.0, 1.1},
	{"festival: inv", "festival", TOKEN_INV, 0xFFF4E2, 17.1, 14.9},
	{"festival: oninv", "festival", TOKEN_ONINV, 0x1A110A, 1.0, 1.1},
	{"festival: oninv2", "festival", TOKEN_ONINV2, 0x5A4530, 2.1, 1.8},
	{"festival: accinv", "festival", TOKEN_ACCINV, 0xB04A00, 3.4, 3.0},
	{"festival: upinv", "festival", TOKEN_UPINV, 0xB8261B, 3.0, 2.6},
	{"festival: downinv", "festival", TOKEN_DOWNINV, 0x17694A, 2.8, 2.4},
	{"festival: up", "festival", TOKEN_UP, 0xFF8A70, 8.1, 7.1},
	{"festival: down", "festival", TOKEN_DOWN, 0x7FD3A6, 10.4, 9.1},
	{"festival: ok", "festival", TOKEN_OK, 0x6FC7C0, 9.4, 8.2},
	{"festival: warn", "festival", TOKEN_WARN, 0xFFB31A, 10.4, 9.1},
	{"festival: late", "festival", TOKEN_LATE, 0xFF7A61, 7.3, 6.4},
	{"festival: done", "festival", TOKEN_DONE, 0xFFF4E2, 17.1, 14.9},
	{"festival: unk", "festival", TOKEN_UNK, 0xC4AB8A, 8.5, 7.4},
	{"festival: smp", "festival", TOKEN_SMP, 0xFFF4E2, 17.1, 14.9},
	{"festival: onsmp", "festival", TOKEN_ONSMP, 0x1A110A, 1.0, 1.1},
	{"festival: bg2", "festival", TOKEN_BG2, 0x2A190C, 1.1, 1.0},
	{"festival: white", "festival", TOKEN_WHITE, 0xFFFFFF, 18.6, 16.3},
};

static void check_token(void **state)
{
	const struct token_row *r = *state;
	const struct theme *t = theme_find(r->theme);
	assert_non_null(t);
	assert_int_equal(t->rgb[r->token], r->rgb);
	assert_ratio(theme_contrast(r->rgb, t->rgb[TOKEN_BG]), r->on_bg);
	assert_ratio(theme_contrast(t->rgb[TOKEN_PANEL], r->rgb), r->on_panel);
}

static const struct pair_row {
	const char *says, *theme;
	enum token over, under;
	double ratio;
} pair_rows[] = {
	{"hall: onacc on acc", "hall", TOKEN_ONACC, TOKEN_ACC, 6.3},
	{"hall: oninv on inv", "hall", TOKEN_ONINV, TOKEN_INV, 13.5},
	{"hall: oninv2 on inv", "hall", TOKEN_ONINV2, TOKEN_INV, 8.9},
	{"hall: accinv on inv", "hall", TOKEN_ACCINV, TOKEN_INV, 5.1},
	{"hall: upinv on inv", "hall", TOKEN_UPINV, TOKEN_INV, 7.3},
	{"hall: onsmp on smp", "hall", TOKEN_ONSMP, TOKEN_SMP, 9.1},
	{"hall: fg on mid", "hall", TOKEN_FG, TOKEN_MID, 4.4},
	{"festival: onacc on acc", "festival", TOKEN_ONACC, TOKEN_ACC, 10.4},
	{"festival: oninv on inv", "festival", TOKEN_ONINV, TOKEN_INV, 17.1},
	{"festival: oninv2 on inv", "festival", TOKEN_ONINV2, TOKEN_INV, 8.3},
	{"festival: accinv on inv", "festival", TOKEN_ACCINV, TOKEN_INV, 5.0},
	{"festival: upinv on inv", "festival", TOKEN_UPINV, TOKEN_INV, 5.8},
	{"festival: onsmp on smp", "festival", TOKEN_ONSMP, TOKEN_SMP, 17.1},
	{"festival: fg on mid", "festival", TOKEN_FG, TOKEN_MID, 3.6},
};

static void check_pair(void **state)
{
	const struct pair_row *r = *state;
	const struct theme *t = theme_find(r->theme);
	assert_ratio(theme_contrast(t->rgb[r->over], t->rgb[r->under]), r->ratio);
}

static const struct alert_row {
	const char *says;
	enum theme_alert level;
	double ratio;
} alert_rows[] = {
	{"a red alert's text on its ground", THEME_ALERT_RED, 7.9},
	{"an orange one's", THEME_ALERT_ORANGE, 6.2},
	{"a yellow one's", THEME_ALERT_YELLOW, 11.6},
	{"a blue one's", THEME_ALERT_BLUE, 8.8},
};

static void check_alert(void **state)
{
	const struct alert_row *r = *state;
	const uint32_t *rgb = theme_alert(r->level)->rgb;
	assert_ratio(theme_contrast(rgb[TOKEN_FG], rgb[TOKEN_BG]), r->ratio);
	assert_true(theme_contrast(rgb[TOKEN_ONSMP], rgb[TOKEN_SMP]) >= 4.5);
	assert_true(theme_contrast(rgb[TOKEN_SMP], rgb[TOKEN_BG]) >= 3);
}

static const struct rule_row {
	const char *says;
	enum token over, under;
	double least;
} rule_rows[] = {
	{"body text is AAA", TOKEN_FG, TOKEN_BG, 7},
	{"body text on a panel is AAA", TOKEN_FG, TOKEN_PANEL, 7},
	{"secondary text is AAA", TOKEN_FG2, TOKEN_BG, 7},
	{"secondary text on a panel is AAA", TOKEN_FG2, TOKEN_PANEL, 7},
	{"notes are AA", TOKEN_FG3, TOKEN_BG, 4.5},
	{"notes on a panel are AA", TOKEN_FG3, TOKEN_PANEL, 4.5},
	{"the accent is AA", TOKEN_ACC, TOKEN_BG, 4.5},
	{"text on the accent is AA", TOKEN_ONACC, TOKEN_ACC, 4.5},
	{"text on an inverted row is AAA", TOKEN_ONINV, TOKEN_INV, 7},
	{"secondary text there is AAA", TOKEN_ONINV2, TOKEN_INV, 7},
	{"the sample tag is AAA", TOKEN_ONSMP, TOKEN_SMP, 7},
	{"rising is AA", TOKEN_UP, TOKEN_BG, 4.5},
	{"falling is AA", TOKEN_DOWN, TOKEN_BG, 4.5},
	{"overdue is AA", TOKEN_LATE, TOKEN_BG, 4.5},
	{"due soon, a shape, has 3", TOKEN_WARN, TOKEN_BG, 3},
	{"bars of others, shapes, have 3", TOKEN_MID, TOKEN_BG, 3},
	{"a QR code on its white is AAA", TOKEN_QR, TOKEN_WHITE, 7},
};

static void check_rule(void **state)
{
	const struct rule_row *r = *state;
	const char *const names[] = {"hall", "festival"};
	for (int i = 0; i < 2; i++) {
		const struct theme *t = theme_find(names[i]);
		double have = theme_contrast(t->rgb[r->over], t->rgb[r->under]);
		if (have < r->least)
			fail_msg("%s: %.2f is less than %.1f", names[i], have, r->least);
	}
}

static void black_on_white_is_twenty_one(void **state)
{
	(void)state;
	assert_ratio(theme_contrast(0, 0xFFFFFF), 21);
	assert_ratio(theme_contrast(0xFFFFFF, 0), 21);
	assert_ratio(theme_contrast(0x777777, 0x777777), 1);
	assert_ratio(theme_contrast(0x777777, 0xFFFFFF), 4.48);
}

static void mixing_goes_channel_by_channel(void **state)
{
	(void)state;
	assert_int_equal(theme_mix(0x102030, 0x30A0F0, 0), 0x102030);
	assert_int_equal(theme_mix(0x102030, 0x30A0F0, 1), 0x30A0F0);
	assert_int_equal(theme_mix(0x102030, 0x30A0F0, 0.5), 0x206090);
	assert_int_equal(theme_mix(0xFF0000, 0x0000FF, 0.5), 0x800080);
}

static void every_token_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int a = 0; a < TOKEN_COUNT; a++) {
		assert_non_null(theme_token_name((enum token)a));
		for (int b = 0; b < a; b++)
			assert_string_not_equal(
				theme_token_name((enum token)a), theme_token_name((enum token)b));
	}
	assert_null(theme_find("night"));
	assert_ptr_equal(theme_find("hall"), theme_hall());
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, token_rows, check_token);
	SENTENCES_ROWS(&s, pair_rows, check_pair);
	SENTENCES_ROWS(&s, alert_rows, check_alert);
	SENTENCES_ROWS(&s, rule_rows, check_rule);
	sentences_add(&s, "black on white is 21", black_on_white_is_twenty_one, NULL);
	sentences_add(&s, "mixing goes channel by channel", mixing_goes_channel_by_channel, NULL);
	sentences_add(&s, "every token has a name of its own", every_token_has_a_name_of_its_own, NULL);
	return sentences_run(&s, "paint theme");
}
