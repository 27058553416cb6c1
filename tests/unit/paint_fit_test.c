/* SPDX-License-Identifier: Apache-2.0
 *
 * Breaking lines over nasty strings at every width, and the fitting ladder. */
#include "base/utf8.h"
#include "paint/fit.h"
#include "paint_kit.h"
#include "sentences.h"

static struct font_set *fonts;
static struct canvas *canvas;

static const struct nasty_row {
	const char *says, *text;
} nasty_rows[] = {
	{"quotations in quotations", "“坊子区‘加速跑’”，“‘四上’企业”“新增”“退出”；（含“规上”）。"},
	{"brackets at every turn",
		"（一）【二】《三》〈四〉「五」『六』〔七〕（（八））【（九）】《〈十〉》"},
	{"marks in rows", "真的？！！是的。。。……对，，、、；：：“”（）《》完"},
	{"numbers with units",
		"完成投资1234.5亿元，增长12.3%，新开工97个，建筑面积48.6万平方米，用工3000余人"},
	{"numbers beside one another", "1—5月2023年6月28日9:30前15个工作日第3名前5位100%50℃3.14159265"},
	{"dates", "2023年6月28日至2023年12月31日，2024年1月1日，12月，3日，2025年，1—6月，上半年"},
	{"book titles",
		"按照《坊子区2023年重点项目实施方案》《通知》《办法》和《山东省人民政府办公厅意见》办理"},
	{"Latin in Chinese", "国家AAAA级景区与5G基站、Wi-Fi和CRH380A型EMU在PM2.5与SO2治理中"},
	{"one long word", "antidisestablishmentarianism与坊子supercalifragilisticexpialidocious"},
	{"an address", "见https://www.fangzi.gov.cn/zwgk/2023/06/28/index.html?a=b&c=d；微信fangzi-fabu"},
	{"dashes and dots", "坊子——百年——小镇……坊茨·德日·建筑，张三·李四，1·5亿元——完"},
	{"blanks", "坊子 区  2023年   重点 项目   Fangzi District  key   projects "},
	{"no mark at all", "坊子区重点项目建设现场推进会议暨二季度经济运行分析调度工作会议材料汇编之一"},
	{"rare characters", "\xF0\xA0\x85\xA4字与\xF0\xAC\x8A\xA4村，㙍头镇、䓖街道办事处：嬲㵘龘靐齉爩。"},
	{"marks first", "，。、；：！？”’）》坊子区重点项目“"},
	{"negative numbers", "增长−1.5%，同比−12.34个百分点，−3万元（−0.5%）−7位"},
	{"a number as long as a line", "123456789012345678901234567890123456789012345678901234567890万元"},
};

/* A test's own list; marks that the specification keeps off a line's start. */
static bool may_begin(uint32_t p)
{
	static const uint32_t never[] = {0x201D, 0x2019, 0xFF09, 0x300B, 0x3009, 0x3011, 0x300D, 0x300F,
		0x3015, 0xFF0C, 0x3002, 0x3001, 0xFF1B, 0xFF1A, 0xFF01, 0xFF1F, 0x2014, 0x2026, 0xB7, '%',
		0x2103};
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
		if (never[i] == p)
			return false;
	}
	return true;
}

static bool may_end(uint32_t p)
{
	static const uint32_t never[] = {
		0x201C, 0x2018, 0xFF08, 0x300A, 0x3008, 0x3010, 0x300C, 0x300E, 0x3014};
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
		if (never[i] == p)
			return false;
	}
	return true;
}

static uint32_t last_point(const char *text)
{
	uint32_t p, last = 0;
	while ((p = utf8_next(&text)) != 0)
		last = p;
	return last;
}

static bool is_digit(uint32_t p)
{
	return p >= '0' && p <= '9';
}

static bool begins_with_unit(const char *text)
{
	static const char *const units[] = {"亿元", "万元", "万平方米", "个", "人", "余人", "名", "位", "年",
		"月", "日", "万", "亿", "%", "℃", "个百分点", "个工作日", "大项"};
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		if (strncmp(text, units[i], strlen(units[i])) == 0)
			return true;
	}
	return false;
}

static void check_pair(const char *line, const char *next, const char *where)
{
	const char *at = next;
	uint32_t before = last_point(line), after = utf8_next(&at);
	if (!may_end(before))
		fail_msg("%s: a line ends with an opening mark: %s|%s", where, line, next);
	if (!may_begin(after))
		fail_msg("%s: a line begins with a closing mark: %s|%s", where, line, next);
	if (is_digit(before) && (is_digit(after) || after == '.' || begins_with_unit(next)))
		fail_msg("%s: a number is split: %s|%s", where, line, next);
	if (before == '.' && is_digit(after))
		fail_msg("%s: a number is split: %s|%s", where, line, next);
}

/* The lines, put together, are the text's beginning; blanks at their ends may be gone. */
static void check_whole(const struct fit *f, const char *text, const char *where)
{
	const char *at = text;
	for (int i = 0; i < f->count; i++) {
		bool is_last = f->is_cut && i == f->count - 1;
		size_t len = strlen(f->lines[i]) - (is_last ? strlen("…") : 0);
		while (*at == ' ' && f->lines[i][0] != ' ')
			at++;
		if (strncmp(at, f->lines[i], len) != 0)
			fail_msg("%s: line %d is not what the text goes on with: %s", where, i, f->lines[i]);
		at += len;
	}
	while (*at == ' ')
		at++;
	if ((*at != '\0') != f->is_cut)
		fail_msg("%s: %s", where, f->is_cut ? "cut, and nothing is left out" : "words are missing");
	if (!f->is_cut)
		return;
	const char *last = f->lines[f->count - 1];
	char kept[1024];
	(void)snprintf(kept, sizeof kept, "%.*s", (int)(strlen(last) - strlen("…")), last);
	uint32_t before = last_point(kept), after = utf8_next(&at);
	if (!may_end(before))
		fail_msg("%s: cut behind an opening mark: %s", where, last);
	if (is_digit(before) && (is_digit(after) || after == '.'))
		fail_msg("%s: cut inside a number: %s", where, last);
}

static void check_nasty(void **state)
{
	const struct nasty_row *r = *state;
	for (int width = 100; width <= 900; width += 13) {
		for (int max_lines = 1; max_lines <= 8; max_lines++) {
			struct arena a = {0};
			char where[64];
			struct fit_role role = {.size = 44,
				.floor = 36,
				.line_height = 60,
				.max_width = width,
				.max_lines = max_lines,
				.flags = max_lines % 2 ? TEXT_SPACED : 0,
				.is_balanced = max_lines > 3};
			struct fit f = fit_text(canvas, &a, r->text, NULL, &role);
			(void)snprintf(where, sizeof where, "width %d, %d lines", width, max_lines);
			assert_true(f.count >= 1 && f.count <= max_lines);
			assert_true(f.size >= role.floor && f.size <= role.size);
			for (int i = 0; i + 1 < f.count; i++)
				check_pair(f.lines[i], f.lines[i + 1], where);
			check_whole(&f, r->text, where);
			for (int i = 0; i < f.count; i++) {
				struct text_run run = {f.lines[i], f.size, FONT_REGULAR, TOKEN_FG, 0};
				if (text_width(canvas, &run, 1, role.flags) > width)
					fail_msg("%s: a line is too wide: %s", where, f.lines[i]);
			}
			arena_finish(&a);
		}
	}
}

/* size 40, floor 32, 400 wide: ten Han a line. */
static const struct rung_row {
	const char *says, *text, *short_form;
	int max_lines;
	bool is_balanced;
	double size;
	bool is_cut;
	const char *lines; /* with | between them */
} rung_rows[] = {
	{"it fits as designed", "一二三四五六七八九十", NULL, 1, false, 40, false, "一二三四五六七八九十"},
	{"its short form", "一二三四五六七八九十甲", "一二三四五", 1, false, 40, false, "一二三四五"},
	{"a short form is not used without need", "一二三四五六", "一二", 1, false, 40, false,
		"一二三四五六"},
	{"one step smaller", "一二三四五六七八九十甲", NULL, 1, false, 36, false, "一二三四五六七八九十甲"},
	{"down to the floor", "一二三四五六七八九十甲乙", NULL, 1, false, 32, false,
		"一二三四五六七八九十甲乙"},
	{"the short form made smaller", "一二三四五六七八九十甲乙丙丁", "一二三四五六七八九十甲", 1, false,
		36, false, "一二三四五六七八九十甲"},
	{"an ellipsis, at the designed size", "一二三四五六七八九十甲乙丙", NULL, 1, false, 40, true,
		"一二三四五六七八九…"},
	{"the short form with an ellipsis", "一二三四五六七八九十甲乙丙丁", "甲二三四五六七八九十甲乙丙", 1,
		false, 40, true, "甲二三四五六七八九…"},
	{"two lines where the role has them", "一二三四五六七八九十甲乙丙", NULL, 2, false, 40, false,
		"一二三四五六七八九十|甲乙丙"},
	{"about equal ones where the role wants them", "一二三四五六七八九十甲乙", NULL, 2, true, 40, false,
		"一二三四五六|七八九十甲乙"},
	{"no character alone on the last line", "一二三四五六七八九十甲", NULL, 2, false, 40, false,
		"一二三四五六|七八九十甲"},
	{"two lines made smaller", "一二三四五六七八九十一二三四五六七八九十甲", NULL, 2, false, 36, false,
		"一二三四五六七八九十一|二三四五六七八九十甲"},
	{"two lines with an ellipsis, at the floor",
		"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", NULL, 2, false, 32, true,
		"一二三四五六七八九十一二|三四五六七八九十一二三…"},
	{"a word wider than a line is broken, and what follows it stays",
		"fangzifangzifangzifangzifangzi停电", NULL, 2, false, 32, false,
		"fangzifangzifangzifangzifa|ngzi停电"},
	{"not inside a number, nor before a mark", "WiFi123456789012345678901。停电", NULL, 3, false, 32,
		false, "WiFi|123456789012345678901。|停电"},
	{"a line feed is kept when it fits so", "一二三\n四五", NULL, 2, false, 40, false, "一二三|四五"},
	{"and given up when it does not", "一二三\n四五", NULL, 1, false, 40, false, "一二三四五"},
	{"and when it leaves a stray", "一二三四五六七八九十甲\n乙丙丁", NULL, 3, false, 40, false,
		"一二三四五六七八九十|甲乙丙丁"},
	{"one at the end is none", "一二三\n四五\n", NULL, 2, false, 40, false, "一二三|四五"},
	{"nor are many", "\n\n一二三\n\n", NULL, 2, false, 40, false, "一二三"},
	{"between Latin words a blank takes its place", "Fangzi\nKiosk", NULL, 1, false, 40, false,
		"Fangzi Kiosk"},
	{"a closing mark takes one character down with it", "一二三四五六七八九十。甲乙丙", NULL, 2, false,
		40, false, "一二三四五六七八九|十。甲乙丙"},
	{"a quotation may begin a line", "一二三四五六七八九“十甲”乙", NULL, 2, false, 40, false,
		"一二三四五六七八九|“十甲”乙"},
	{"and the text behind it the next", "一二三四五六七“九”十甲乙", NULL, 2, false, 40, false,
		"一二三四五六七“九”|十甲乙"},
	{"a number goes down whole with its unit", "一二三四五六七八12.5亿元甲", NULL, 2, false, 40, false,
		"一二三四五六七八|12.5亿元甲"},
	{"a file's name stays whole", "新建文本文件 fangzi.conf", NULL, 2, false, 40, false,
		"新建文本文件|fangzi.conf"},
	{"第 goes down with its number", "一二三四五六七八九第12名甲", NULL, 2, false, 40, false,
		"一二三四五六七八九|第12名甲"},
	{"a short title stays whole", "一二三四五六七《八九十甲》乙丙", NULL, 2, false, 40, false,
		"一二三四五六七|《八九十甲》乙丙"},
	{"a date stays whole", "一二三四五六2023年6月28日甲", NULL, 2, false, 40, false,
		"一二三四五六|2023年6月28日甲"},
	{"cut not behind an opening mark", "一二三四五六七八（十甲乙丙丁戊己", NULL, 1, false, 40, true,
		"一二三四五六七八…"},
	{"cut not inside a number", "一二三四五六七123456789012345", NULL, 1, false, 40, true,
		"一二三四五六七…"},
	{"cut not between a number and its unit", "一二三四五六七123亿元甲乙丙丁", NULL, 1, false, 40, true,
		"一二三四五六七…"},
};

static void check_rung(void **state)
{
	const struct rung_row *r = *state;
	struct arena a = {0};
	struct fit_role role = {.size = 40,
		.floor = 32,
		.line_height = 50,
		.max_width = 400,
		.max_lines = r->max_lines,
		.is_balanced = r->is_balanced};
	struct fit f = fit_text(canvas, &a, r->text, r->short_form, &role);
	char lines[1024] = "";
	for (int i = 0; i < f.count; i++) {
		size_t len = strlen(lines);
		(void)snprintf(lines + len, sizeof lines - len, "%s%s", i ? "|" : "", f.lines[i]);
	}
	assert_string_equal(lines, r->lines);
	assert_true(f.size == r->size);
	assert_int_equal(f.is_cut, r->is_cut);
	arena_finish(&a);
}

static void nothing_has_no_lines(void **state)
{
	(void)state;
	struct arena a = {0};
	struct fit_role role = {.size = 40, .floor = 32, .max_width = 400, .max_lines = 2};
	assert_int_equal(fit_text(canvas, &a, "", NULL, &role).count, 0);
	arena_finish(&a);
}

static void a_text_of_four_thousand_characters_is_cut(void **state)
{
	(void)state;
	struct arena a = {0};
	struct fit_role role = {.size = 40, .floor = 32, .max_width = 400, .max_lines = FIT_LINES_MAX};
	char text[4000 * 3 + 1] = "";
	for (size_t i = 0; i < 4000; i++)
		memcpy(text + i * 3, "坊", 4);
	struct fit f = fit_text(canvas, &a, text, NULL, &role);
	assert_int_equal(f.count, FIT_LINES_MAX);
	assert_true(f.is_cut);
	arena_finish(&a);
}

static void numbers_take_the_first_size_that_fits(void **state)
{
	(void)state;
	const double sizes[] = {100, 80, 60};
	const struct text_run runs[] = {{"1000", 100, FONT_BOLD, TOKEN_FG, 0}};
	assert_true(fit_scale(canvas, runs, 1, 0, 300, sizes, 3) == 1);
	assert_true(fit_scale(canvas, runs, 1, 0, 200, sizes, 3) == 0.8);
	assert_true(fit_scale(canvas, runs, 1, 0, 100, sizes, 3) == 0.6);
}

int main(void)
{
	static struct sentences s;
	fonts = kit_fonts(&kit_noto);
	canvas = canvas_create_blind(1920, 1080, fonts);
	SENTENCES_ROWS(&s, nasty_rows, check_nasty);
	SENTENCES_ROWS(&s, rung_rows, check_rung);
	sentences_add(&s, "nothing has no lines", nothing_has_no_lines, NULL);
	sentences_add(&s, "a text of four thousand characters is cut",
		a_text_of_four_thousand_characters_is_cut, NULL);
	sentences_add(
		&s, "numbers take the first size that fits", numbers_take_the_first_size_that_fits, NULL);
	int failed = sentences_run(&s, "paint fit");
	canvas_destroy(canvas);
	font_set_close(fonts);
	return failed;
}
