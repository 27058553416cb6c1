/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers with their units, and the axis of days, as they are drawn. */
#include <math.h>

#include "board/axis.h"
#include "board/frame.h"
#include "board/motion.h"
#include "board/number.h"
#include "content/amount.h"
#include "paint_kit.h"
#include "sentences.h"

#define OPS_MAX 400

static struct font_set *fonts;
static struct {
	struct draw_op ops[OPS_MAX];
	char texts[OPS_MAX][64];
	int count;
} drawn;

static void listen(void *user, const struct draw_op *op)
{
	(void)user;
	assert_true(drawn.count < OPS_MAX);
	drawn.ops[drawn.count] = *op;
	(void)snprintf(drawn.texts[drawn.count], 64, "%s", op->kind == DRAW_TEXT ? op->text : "");
	drawn.ops[drawn.count].text = drawn.texts[drawn.count];
	drawn.count++;
}

static struct board_view view_of(struct arena *a, int width_px, int height_px)
{
	struct board_view v = {.canvas = canvas_create_blind(width_px, height_px, fonts),
		.arena = a,
		.elapsed_ms = MOTION_STILL,
		.now = {.is_trusted = true, .today = 19536}};
	canvas_clear(v.canvas, theme_hall());
	canvas_listen(v.canvas, listen, NULL);
	drawn.count = 0;
	return v;
}

static void end_view(struct board_view *v)
{
	canvas_destroy(v->canvas);
	arena_finish(v->arena);
}

static const struct draw_op *find_text(const char *text)
{
	for (int i = 0; i < drawn.count; i++) {
		if (drawn.ops[i].kind == DRAW_TEXT && strcmp(drawn.ops[i].text, text) == 0)
			return &drawn.ops[i];
	}
	return NULL;
}

static const struct figure_row {
	const char *says;
	double value;
	const char *unit;
	int decimals;
	enum figure_qualifier qualifier;
	const char *prefix, *digits, *after;
	bool is_counted;
} figure_rows[] = {
	{"a plain number", 97, "个", 0, FIGURE_EXACT, "", "97", "个", true},
	{"without unit", 97, "", 0, FIGURE_EXACT, "", "97", "", true},
	{"more than", 12, "个", 0, FIGURE_OVER, "", "12", "多个", true},
	{"about", 3000, "人", 0, FIGURE_ABOUT, "", "3000", "余人", true},
	{"at least", 1.2, "亿元", 1, FIGURE_AT_LEAST, "", "1.2", "亿元以上", true},
	{"planned", 5, "万人", 0, FIGURE_PLANNED, "预计", "5", "万人", true},
	{"among the first", 5, "", 0, FIGURE_TOP_N, "前", "5", "位", false},
	{"a rank", 2, "名", 0, FIGURE_RANK, "第", "2", "名", false},
	{"a minus is a real one", -1.5, "%", 1, FIGURE_EXACT, "", "−1.5", "%", true},
	{"fixed decimals", 12, "%", 1, FIGURE_EXACT, "", "12.0", "%", true},
};

static void check_figure(void **state)
{
	const struct figure_row *r = *state;
	struct arena a = {0};
	struct board_view v = view_of(&a, 1920, 1080);
	struct figure f = {
		.value = r->value, .unit = r->unit, .decimals = r->decimals, .qualifier = r->qualifier};
	struct number n = number_of_figure(&v, &f, 320, 96);
	assert_string_equal(n.prefix, r->prefix);
	assert_string_equal(n.digits, r->digits);
	assert_string_equal(n.unit, r->after);
	assert_int_equal(n.is_counted, r->is_counted);
	end_view(&v);
}

static void a_changed_unit_comes_in_whole(void **state)
{
	(void)state;
	struct arena a = {0};
	struct board_view v = view_of(&a, 1920, 1080);
	struct figure f = {.value = 12500, .unit = "万元", .decimals = 2};
	struct number n = number_of_figure(&v, &f, 320, 96);
	assert_string_equal(n.digits, "1.25");
	assert_string_equal(n.unit, "亿元");
	assert_false(n.is_counted);
	end_view(&v);
}

/* Digits stand right-aligned in their final width; the unit never moves. */
static void while_counting_nothing_jitters(void **state)
{
	(void)state;
	struct arena a = {0};
	struct board_view v = view_of(&a, 1920, 1080);
	struct number n = {"1234.5", 1234.5, 1, true, "", "亿元", 200, 64, 8, TOKEN_FG};
	double unit_x = 0, digits_end = 0;
	for (double ms = 2000; ms >= 0; ms -= 10) {
		v.elapsed_ms = ms;
		drawn.count = 0;
		double width = number_draw(&v, 100, 500, TEXT_LEFT, &n);
		const struct draw_op *unit = find_text("亿元"), *digits = &drawn.ops[0];
		assert_non_null(unit);
		if (ms == 2000) {
			unit_x = unit->x;
			digits_end = digits->x + digits->w;
			assert_string_equal(digits->text, "1234.5");
		}
		assert_true(fabs(unit->x - unit_x) < 0.01);
		assert_true(fabs(digits->x + digits->w - digits_end) < 0.01);
		assert_true(fabs(width - number_width(&v, &n)) < 0.01);
		assert_non_null(strchr(digits->text, '.'));
	}
	end_view(&v);
}

static void what_is_not_counted_stands_from_the_start(void **state)
{
	(void)state;
	struct arena a = {0};
	struct board_view v = view_of(&a, 1920, 1080);
	struct number n = {"2023", 2023, 0, false, "", "年", 200, 64, 8, TOKEN_FG};
	v.elapsed_ms = 10;
	(void)number_draw(&v, 100, 500, TEXT_LEFT, &n);
	assert_non_null(find_text("2023"));
	end_view(&v);
}

static void a_number_that_is_too_wide_becomes_smaller_with_its_unit(void **state)
{
	(void)state;
	struct arena a = {0};
	struct board_view v = view_of(&a, 1920, 1080);
	struct number n = {"12345", 12345, 0, true, "", "个", 320, 96, 8, TOKEN_FG};
	const double sizes[] = {320, 256, 200};
	number_fit(&v, &n, 900, sizes, 3);
	assert_true(n.size == 256 && fabs(n.unit_size - 96 * 0.8) < 0.01);
	assert_true(number_width(&v, &n) <= 900);
	number_fit(&v, &n, 10, sizes, 3); /* never cut: the smallest that can be read */
	assert_true(n.size == 28);
	end_view(&v);
}

/* 2023-05-01 .. 2024-12-31; today is 2023-06-28. */
#define DAY(y, m, d) civil_days(y, m, d)
static struct axis_window windows[3];

static struct axis axis_of(void)
{
	windows[0] = (struct axis_window){
		"主体施工", "2023-05/2023-09", DAY(2023, 5, 1), DAY(2023, 9, 30), AXIS_CURRENT};
	windows[1] = (struct axis_window){
		"设备安装", "2023-10/2024-03", DAY(2023, 10, 1), DAY(2024, 3, 31), AXIS_PLANNED};
	windows[2] = (struct axis_window){
		"竣工投产", "2024-10/2024-12", DAY(2024, 10, 1), DAY(2024, 12, 31), AXIS_PLANNED};
	return (struct axis){windows, 3, true, DAY(2023, 1, 1), DAY(2023, 4, 30), "已完成"};
}

static void an_axis_is_linear_and_keeps_within_the_margins(void **state)
{
	(void)state;
	struct arena a = {0};
	struct board_view v = view_of(&a, 1920, 1080);
	struct axis x = axis_of();
	axis_draw(&v, &x, 0);
	double left = frame_left(&v), right = frame_right(&v);
	double per_day = (right - left) / (DAY(2025, 1, 1) - DAY(2023, 1, 1));
	int boxes = 0;
	for (int i = 0; i < drawn.count; i++) {
		const struct draw_op *op = &drawn.ops[i];
		if (op->kind != DRAW_RECT)
			continue;
		assert_true(op->x >= left - 0.01 && op->x + op->w <= right + 0.01);
		if (op->h == 56 && op->color == TOKEN_ACC) {
			assert_true(fabs(op->x - left - 120 * per_day) < 8);
			assert_true(fabs(op->x + op->w - left - 273 * per_day) < 1);
			boxes++;
		}
	}
	assert_int_equal(boxes, 1);
	assert_non_null(find_text("今天"));
	assert_non_null(find_text("2024"));
	end_view(&v);
}

static void windows_over_each_other_become_rows_without_a_scale(void **state)
{
	(void)state;
	struct arena a = {0};
	struct board_view v = view_of(&a, 1920, 1080);
	struct axis x = axis_of();
	windows[1].first = windows[0].last;
	axis_draw(&v, &x, 0);
	assert_non_null(find_text("设备安装"));
	assert_null(find_text("今天"));
	end_view(&v);
}

static const struct today_row {
	const char *says;
	bool is_trusted;
	int32_t today;
	double elapsed_ms;
	bool is_drawn;
} today_rows[] = {
	{"today is marked", true, 19536, MOTION_STILL, true},
	{"not when nobody knows the day", false, 19536, MOTION_STILL, false},
	{"not before the axis begins", true, 19300, MOTION_STILL, false},
	{"not after it ends", true, 20089, MOTION_STILL, false},
	{"on its last day still", true, 20088, MOTION_STILL, true},
	{"not while the line is wiped in", true, 19536, 600, false},
};

static void check_today(void **state)
{
	const struct today_row *r = *state;
	struct arena a = {0};
	struct board_view v = view_of(&a, 1920, 1080);
	struct axis x = axis_of();
	v.now.is_trusted = r->is_trusted;
	v.now.today = r->today;
	v.elapsed_ms = r->elapsed_ms;
	axis_draw(&v, &x, 0);
	assert_int_equal(find_text("今天") != NULL, r->is_drawn);
	end_view(&v);
}

static void what_nobody_reported_is_never_drawn_as_done(void **state)
{
	(void)state;
	for (int portrait = 0; portrait < 2; portrait++) {
		struct arena a = {0};
		struct board_view v = portrait ? view_of(&a, 1080, 1920) : view_of(&a, 1920, 1080);
		struct axis x = axis_of();
		windows[0].state = AXIS_UNCONFIRMED;
		if (portrait)
			axis_draw_rows(&v, &x, 600);
		else
			axis_draw(&v, &x, 0);
		assert_non_null(find_text("主体施工（待更新）"));
		assert_null(find_text("主体施工"));
		for (int i = 0; i < drawn.count; i++)
			assert_true(drawn.ops[i].kind == DRAW_TEXT || drawn.ops[i].color != TOKEN_ACC);
		end_view(&v);
	}
}

int main(void)
{
	static struct sentences s;
	fonts = kit_fonts(&kit_noto);
	SENTENCES_ROWS(&s, figure_rows, check_figure);
	SENTENCES_ROWS(&s, today_rows, check_today);
	sentences_add(&s, "a changed unit comes in whole", a_changed_unit_comes_in_whole, NULL);
	sentences_add(&s, "while counting nothing jitters", while_counting_nothing_jitters, NULL);
	sentences_add(&s, "what is not counted stands from the start",
		what_is_not_counted_stands_from_the_start, NULL);
	sentences_add(&s, "a number that is too wide becomes smaller, with its unit",
		a_number_that_is_too_wide_becomes_smaller_with_its_unit, NULL);
	sentences_add(&s, "an axis is linear and keeps within the margins",
		an_axis_is_linear_and_keeps_within_the_margins, NULL);
	sentences_add(&s, "windows over each other become rows without a scale",
		windows_over_each_other_become_rows_without_a_scale, NULL);
	sentences_add(&s, "what nobody reported is never drawn as done",
		what_nobody_reported_is_never_drawn_as_done, NULL);
	int failed = sentences_run(&s, "board parts");
	font_set_close(fonts);
	return failed;
}
