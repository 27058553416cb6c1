/* SPDX-License-Identifier: Apache-2.0
 *
 * What the kinds of board work out before they draw. */
#include <math.h>

#include "board/paging.h"
#include "board/ruler.h"
#include "board/spread.h"
#include "board/strip.h"
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

static const struct page_row {
	const char *says;
	int rows, per_page, pages;
	int counts[5];
} page_rows[] = {
	{"nothing needs no page", 0, 3, 0, {0}},
	{"as many as fit", 3, 3, 1, {3}},
	{"one more stands alone on the second", 4, 3, 2, {3, 1}},
	{"but not on the third", 7, 3, 3, {3, 2, 2}},
	{"two may", 8, 3, 3, {3, 3, 2}},
	{"fifteen rows of seven a page", 15, 7, 3, {5, 5, 5}},
	{"thirteen of four", 13, 4, 4, {4, 3, 3, 3}},
};

static void check_pages(void **state)
{
	const struct page_row *r = *state;
	assert_int_equal(paging_pages(r->rows, r->per_page), r->pages);
	int first = 0;
	for (int i = 0; i < r->pages; i++) {
		struct paging_page p = paging_page(r->rows, r->per_page, i);
		assert_int_equal(p.first, first);
		assert_int_equal(p.count, r->counts[i]);
		first += p.count;
	}
	assert_int_equal(first, r->rows);
}

static const struct strip_row {
	const char *says;
	int days[4], count;
	double length;
	double at[4], lengths[4];
} strip_rows[] = {
	{"the demo's: 90 to 30 to 7", {90, 30, 7}, 3, 1696, {0, 1201.9, 1602.5}, {1195.9, 394.6, 93.5}},
	{"one part is all of it", {5}, 1, 1000, {0}, {1000}},
	{"equal ones are equal but for the last, which has no gap", {1, 1}, 2, 100, {0, 50}, {44, 50}},
	{"a short one is seen", {30000, 1}, 2, 1000, {0, 991}, {985, 9}},
	{"so are three before a long one", {1, 1, 1, 30000}, 4, 1000, {0, 9, 18, 27}, {3, 3, 3, 973}},
};

static void check_strip(void **state)
{
	const struct strip_row *r = *state;
	struct strip_part parts[4];
	strip_divide(r->days, r->count, r->length, parts);
	for (int i = 0; i < r->count; i++) {
		assert_true(fabs(parts[i].at - r->at[i]) < 0.1);
		assert_true(fabs(parts[i].length - r->lengths[i]) < 0.1);
	}
}

static const struct row_row {
	const char *says;
	double widths[4];
	int count;
	double from, to, gap, centres[4];
} row_rows[] = {
	{"nothing between is all gap", {0}, 0, 125, 700, 575, {0}},
	{"the first begins where labels may", {100}, 1, 125, 700, 475, {175}},
	{"the demo's east", {180, 216, 108}, 3, 125, 728, 33, {215, 446, 641}},
	{"the demo's west", {144, 144, 216}, 3, 125, 728, 33, {197, 374, 587}},
	{"labels without room touch with a negative gap", {300, 300}, 2, 125, 625, -50, {275, 525}},
};

static void check_row(void **state)
{
	const struct row_row *r = *state;
	double centres[4] = {0};
	double gap = spread_row(r->widths, r->count, r->from, r->to, centres);
	assert_true(fabs(gap - r->gap) < 0.01);
	for (int i = 0; i < r->count; i++)
		assert_true(fabs(centres[i] - r->centres[i]) < 0.01);
}

static const struct turn_row {
	const char *says;
	int count, index;
	double at, width;
} turn_rows[] = {
	{"one station alone keeps clear of the hub", 1, 0, 146, 148},
	{"the first of two keeps clear of the hub", 2, 0, 146, 148},
	{"the second has a row of its own, up to the margin", 2, 1, 299.5, 353},
	{"the second of three shares its row with the end", 3, 1, 248.3, 167.3},
	{"the third with the first", 3, 2, 350.7, 180.7},
};

static void check_turn(void **state)
{
	const struct turn_row *r = *state;
	const struct spread_arm a = {146, 453, 72, 476, 356};
	assert_true(fabs(spread_even(&a, r->count, r->index) - r->at) < 0.1);
	assert_true(fabs(spread_width(&a, r->count, r->index) - r->width) < 0.1);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, row_rows, check_row);
	SENTENCES_ROWS(&s, turn_rows, check_turn);
	SENTENCES_ROWS(&s, page_rows, check_pages);
	SENTENCES_ROWS(&s, strip_rows, check_strip);
	SENTENCES_ROWS(&s, dots_rows, check_dots);
	SENTENCES_ROWS(&s, ruler_rows, check_ruler);
	return sentences_run(&s, "board kinds");
}
