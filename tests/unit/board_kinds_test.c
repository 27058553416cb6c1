/* SPDX-License-Identifier: Apache-2.0
 *
 * What the kinds of board work out before they draw. */
#include "board/ruler.h"
#include "board/targets.h"
#include "sentences.h"

static const struct ruler_row {
	const char *says;
	double days;
	enum ruler_unit unit;
	int max, step;
} ruler_rows[] = {
	{"nothing took no time: ten days", 0, RULER_DAYS, 10, 10},
	{"a day", 1, RULER_DAYS, 10, 10},
	{"ticks every ten days up to thirty", 30, RULER_DAYS, 30, 10},
	{"then every twenty", 37, RULER_DAYS, 40, 20},
	{"then every thirty", 85, RULER_DAYS, 90, 30},
	{"three months are days still", 90, RULER_DAYS, 90, 30},
	{"more are months: four", 91, RULER_MONTHS, 4, 1},
	{"five months need six", 150, RULER_MONTHS, 6, 1},
	{"eight months fill eight", 240, RULER_MONTHS, 8, 1},
	{"a day more needs twelve", 241, RULER_MONTHS, 12, 2},
	{"fifteen months need eighteen", 450, RULER_MONTHS, 18, 3},
	{"two years are months still", 720, RULER_MONTHS, 24, 3},
	{"more are years", 721, RULER_YEARS, 3, 1},
	{"at most six steps", 7 * 360, RULER_YEARS, 8, 2},
	{"steps of five", 25 * 360, RULER_YEARS, 25, 5},
	{"steps of ten", 31 * 360, RULER_YEARS, 40, 10},
	{"100000 months", 3000000, RULER_YEARS, 10000, 2000},
};

static void check_ruler(void **state)
{
	const struct ruler_row *r = *state;
	struct ruler got = ruler_of(r->days);
	assert_int_equal(got.unit, r->unit);
	assert_int_equal(got.max, r->max);
	assert_int_equal(got.step, r->step);
	assert_int_equal(got.max % got.step, 0);
	assert_true(ruler_days(&got) >= r->days);
}

static const struct dots_row {
	const char *says;
	double value, progress;
	int per_dot, count, filled;
	bool is_sound;
} dots_rows[] = {
	{"a dot for each of fifty", 50, 12, 1, 50, 12, true},
	{"for each of fewer", 7, 7, 1, 7, 7, true},
	{"a dot for two of fifty-one", 51, 12, 2, 26, 6, true},
	{"for three of 120", 120, 0, 3, 40, 0, true},
	{"of very many none are drawn", 1e12, 1, 0, 0, 0, true},
	{"one of many is not none", 100000, 1, 2000, 50, 1, true},
	{"half a firm more is one dot more", 7.5, 1, 1, 8, 1, true},
	{"no aim, no dots", 0, 0, 1, 0, 0, true},
	{"more than is aimed at is not believed", 10, 12, 0, 0, 0, false},
};

static void check_dots(void **state)
{
	const struct dots_row *r = *state;
	struct targets_dots got = targets_dots_of(r->value, r->progress);
	assert_int_equal(got.is_sound, r->is_sound);
	assert_int_equal(got.per_dot, r->per_dot);
	assert_int_equal(got.count, r->count);
	assert_int_equal(got.filled, r->filled);
	assert_true(got.filled <= got.count && got.count <= TARGETS_DOTS_MAX);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, dots_rows, check_dots);
	SENTENCES_ROWS(&s, ruler_rows, check_ruler);
	return sentences_run(&s, "board kinds");
}
