/* SPDX-License-Identifier: Apache-2.0
 *
 * What an office writes into cells: understood as it is meant, or refused; never guessed. */
#include "intake/value.h"

#include <stdio.h>

#include "sentences.h"

/* One way in: what kind of value, the cell, its column's unit; want "" is a refusal whose
 * reason holds why. */
struct row {
	const char *says, *what, *text, *unit, *want, *why;
};

static const struct row money[] = {
	{"yuan in ten thousands, by the header", "money", "9500", "万元", "95000000", ""},
	{"full-width digits", "money", "９５００", "万元", "95000000", ""},
	{"thousands set off", "money", "1,234.5", "万元", "12345000", ""},
	{"full-width comma and point", "money", "１，２３４．５", "万元", "12345000", ""},
	{"the cell's own unit wins", "money", "9.5亿元", "万元", "950000000", ""},
	{"a space before the unit", "money", "9.5 亿元", "", "950000000", ""},
	{"without yuan", "money", "3万", "", "30000", ""},
	{"to the last yuan", "money", "0.0001", "万元", "1", ""},
	{"a binary fraction, cleaned", "money", "0.785", "亿元", "78500000", ""},
	{"no unit anywhere", "money", "9500", "", "", "没有单位"},
	{"about is not exact", "money", "约9.5亿元", "", "", "不是确数"},
	{"more than is not exact", "money", "9亿多元", "", "", "不是确数"},
	{"at least is not exact", "money", "9亿元以上", "", "", "不是确数"},
	{"two sums", "money", "一期5亿元，二期4亿元", "", "", "看不懂"},
	{"a European comma", "money", "9,5", "亿元", "", "看不懂"},
	{"thousands by four", "money", "1,2345", "万元", "", "看不懂"},
	{"thousands that begin too long", "money", "1234,567", "万元", "", "看不懂"},
	{"lakhs", "money", "12,34,567", "元", "", "看不懂"},
	{"other money", "money", "1200万美元", "", "", "人民币"},
	{"less than a yuan", "money", "0.00001", "万元", "", "整数"},
	{"beyond 64 bits", "money", "999999999999999999", "亿元", "", "太大"},
	{"nineteen digits", "money", "1234567890123456789", "元", "", "看不懂"},
	{"a formula's text", "money", "=1+1", "万元", "", "看不懂"},
	{"a negative sum", "money", "-5", "万元", "", "看不懂"},
	{"area in ten thousands", "area", "1.2万平方米", "", "12000", ""},
	{"area by the header", "area", "800", "平方米", "800", ""},
	{"square sign", "area", "800㎡", "", "800", ""},
	{"mu do not come out even", "area", "30亩", "", "", "亩"},
};

static const struct row numbers[] = {
	{"a number", "number", "71.5", "", "71.5", ""},
	{"with its unit", "number", "71.5%", "%", "71.5", ""},
	{"the percent sign full-width", "number", "71.5％", "%", "71.5", ""},
	{"grew", "number", "同比增长8.6%", "%", "8.6", ""},
	{"fell", "number", "下降1.2%", "%", "-1.2", ""},
	{"a long minus", "number", "−1.2", "%", "-1.2", ""},
	{"points are not percent", "number", "8.6个百分点", "%", "", "百分点"},
	{"another unit", "number", "71.5亿元", "%", "", "单位"},
	{"about", "number", "约70", "", "", "不是确数"},
	{"no exponents", "number", "1e5", "", "", "看不懂"},
	{"a whole one", "whole", "14", "", "14", ""},
	{"not whole", "whole", "1.5", "", "", "整数"},
	{"a rank", "rank", "2", "", "2/0", ""},
	{"a rank in words", "rank", "第2名", "", "2/0", ""},
	{"a rank in Han figures", "rank", "第十二", "", "12/0", ""},
	{"a rank among all", "rank", "2/14", "", "2/14", ""},
	{"a rank of the city", "rank", "全市第二位", "", "2/0", ""},
	{"among the first", "rank", "前3名", "", "3/0+", ""},
	{"a rank that cannot be", "rank", "15/14", "", "", "大于总数"},
	{"rank nothing", "rank", "0", "", "", "名次"},
	{"two ranks", "rank", "第2、第3", "", "", "名次"},
};

static const struct row dates[] = {
	{"dots", "date", "2023.6.30", "", "2023-06-30", ""},
	{"dashes", "date", "2023-06-30", "", "2023-06-30", ""},
	{"slashes", "date", "2023/6/30", "", "2023-06-30", ""},
	{"words", "date", "2023年6月30日", "", "2023-06-30", ""},
	{"words with spaces", "date", "2023 年 6 月 30 日", "", "2023-06-30", ""},
	{"full-width", "date", "２０２３年６月３０日", "", "2023-06-30", ""},
	{"eight digits", "date", "20230630", "", "2023-06-30", ""},
	{"six digits", "date", "202306", "", "2023-06", ""},
	{"a month", "date", "2023年6月", "", "2023-06", ""},
	{"a month with dots", "date", "2023.6", "", "2023-06", ""},
	{"the end of a month has a month's precision", "date", "2023年6月底", "", "2023-06", ""},
	{"a month's end in the year of the sheet", "date", "6月底", "2023", "2023-06", ""},
	{"a day in the year of the sheet", "date", "6月30日", "2023", "2023-06-30", ""},
	{"a month's end without a year", "date", "6月底", "", "", "没有年份"},
	{"a quarter", "date", "2023年二季度", "", "2023-34", ""},
	{"a quarter in figures", "date", "2023年第2季度", "", "2023-34", ""},
	{"Q2", "date", "2023年Q2", "", "2023-34", ""},
	{"half a year", "date", "2023年上半年", "", "2023-40", ""},
	{"the other half, of the sheet's year", "date", "下半年", "2023", "2023-41", ""},
	{"a year", "date", "2023年", "", "2023", ""},
	{"a year's end", "date", "2023年底", "", "2023", ""},
	{"about", "date", "约2023年6月", "", "2023-06~", ""},
	{"or so", "date", "2023年6月左右", "", "2023-06~", ""},
	{"EDTF itself", "date", "2023-34", "", "2023-34", ""},
	{"expected, of a plan", "plan", "预计2023年6月", "", "2023-06", ""},
	{"before, of a plan", "plan", "2023年6月30日前", "", "2023-06-30", ""},
	{"expected, of what happened", "date", "预计2023年6月", "", "", "预计"},
	{"a day in January or October as a number", "number-date", "2023.1", "", "", "1月还是10月"},
	{"the same as text is January", "date", "2023.1", "", "2023-01", ""},
	{"a number that can only be June", "number-date", "2023.6", "", "2023-06", ""},
	{"a day's number", "number-date", "45107", "", "2023-06-30", ""},
	{"a day's number with an hour", "number-date", "45107.75", "", "2023-06-30", ""},
	{"five digits as text are none", "date", "45107", "", "", "看不懂"},
	{"thirty days of February", "date", "2023-02-30", "", "", "没有这一天"},
	{"month thirteen", "date", "2023-13-01", "", "", "看不懂"},
	{"two digits of a year", "date", "23.6.30", "", "", "看不懂"},
	{"a year of another time", "date", "2203年6月", "", "", "不合理"},
	{"next year", "date", "明年", "2023", "", "看不懂"},
	{"the beginning of a year", "date", "2023年初", "", "", "看不懂"},
	{"two days", "date", "2023.6.30、2023.7.1", "", "", "看不懂"},
	{"days of another month", "date", "6.31", "2023", "", "看不懂"},
	{"months", "period", "2023年1-5月", "", "2023-01/2023-05", ""},
	{"months with a long dash", "period", "2023年1—5月", "", "2023-01/2023-05", ""},
	{"months in words", "period", "2023年1月至5月", "", "2023-01/2023-05", ""},
	{"over the year's end", "period", "2022年11月至2023年3月", "", "2022-11/2023-03", ""},
	{"months of the sheet's year", "period", "1-5月", "2023", "2023-01/2023-05", ""},
	{"one month", "period", "2023年5月", "", "2023-05", ""},
	{"EDTF's own period", "period", "2023-01/2023-05", "", "2023-01/2023-05", ""},
	{"backwards", "period", "2023年5-1月", "", "", "看不懂"},
};

static const struct row times[] = {
	{"a day and an hour", "time", "2023-07-15 17:30", "", "2023-07-15T17:30:00+08:00", ""},
	{"in words", "time", "2023年7月15日17时30分", "", "2023-07-15T17:30:00+08:00", ""},
	{"in the afternoon", "time", "7月15日下午5:30", "2023", "2023-07-15T17:30:00+08:00", ""},
	{"half past", "time", "7月15日19点半", "2023", "2023-07-15T19:30:00+08:00", ""},
	{"an hour on the day beside it", "hour", "17:30", "", "2023-07-15T17:30:00+08:00", ""},
	{"an hour with seconds", "hour", "17:30:00", "", "2023-07-15T17:30:00+08:00", ""},
	{"from when to when", "hour", "17:30-18:30", "",
		"2023-07-15T17:30:00+08:00 2023-07-15T18:30:00+08:00", ""},
	{"from when to when, in full", "time", "2023-07-15 17:30至18:30", "",
		"2023-07-15T17:30:00+08:00 2023-07-15T18:30:00+08:00", ""},
	{"a spreadsheet's own", "time", "2023-07-15T17:30:00", "", "2023-07-15T17:30:00+08:00", ""},
	{"UTC", "time", "2023-07-15T09:30:00Z", "", "2023-07-15T17:30:00+08:00", ""},
	{"an hour without a day", "time", "17:30", "", "", "日期"},
	{"a day without an hour", "time", "2023-07-15", "", "", "看不懂"},
	{"hour 25", "hour", "25:00", "", "", "看不懂"},
	{"afternoon in the morning", "hour", "上午17:30", "", "", "看不懂"},
	{"evening", "hour", "晚上7:30", "", "2023-07-15T19:30:00+08:00", ""},
};

static bool read_it(const struct row *r, const char *folded, char out[128], struct err *e)
{
	struct value_when w = {.kind = CELL_TEXT, .year = atoi(r->unit)};
	char from[VALUE_TIME_BYTES], to[VALUE_TIME_BYTES];
	int64_t whole = 0, of = 0;
	double number;
	bool is_bound = false, ok;
	if (strcmp(r->what, "money") == 0 || strcmp(r->what, "area") == 0) {
		ok = *r->what == 'm' ? value_money(folded, r->unit, &whole, e)
				     : value_area(folded, r->unit, &whole, e);
		(void)snprintf(out, 128, "%lld", (long long)whole);
	} else if (strcmp(r->what, "number") == 0) {
		ok = value_number(folded, r->unit, &number, e);
		(void)snprintf(out, 128, "%.15g", ok ? number : 0);
	} else if (strcmp(r->what, "whole") == 0) {
		ok = value_whole(folded, 0, 100, &whole, e);
		(void)snprintf(out, 128, "%lld", (long long)whole);
	} else if (strcmp(r->what, "rank") == 0) {
		ok = value_rank(folded, &whole, &of, &is_bound, e);
		(void)snprintf(out, 128, "%lld/%lld%s", (long long)whole, (long long)of, is_bound ? "+" : "");
	} else if (strcmp(r->what, "period") == 0) {
		ok = value_period(folded, &w, out, e);
	} else if (strcmp(r->what, "time") == 0 || strcmp(r->what, "hour") == 0) {
		const char *day = *r->what == 'h' ? "2023-07-15" : "";
		ok = value_time(folded, &w, day, "Asia/Shanghai", from, to, e);
		(void)snprintf(out, 128, "%s%s%s", ok ? from : "", ok && *to ? " " : "", ok ? to : "");
	} else {
		w.is_plan = strcmp(r->what, "plan") == 0;
		w.kind = strcmp(r->what, "number-date") == 0 ? CELL_NUMBER : CELL_TEXT;
		ok = value_date(folded, &w, out, e);
	}
	return ok;
}

static void is_understood(void **state)
{
	const struct row *r = *state;
	struct buf folded = {0};
	struct err e = {0};
	char out[128];
	value_fold(r->text, &folded);
	bool ok = read_it(r, folded.data, out, &e);
	if (*r->want) {
		assert_true(ok);
		assert_string_equal(out, r->want);
	} else {
		assert_false(ok);
		assert_int_equal(e.kind, ERR_FORMAT);
		assert_non_null(strstr(e.text, r->why));
	}
	buf_finish(&folded);
}

static const struct {
	const char *says, *header, *unit;
} headers[] = {
	{"a unit in brackets", "总投资（万元）", "万元"},
	{"a unit behind a slash", "总投资/亿元", "亿元"},
	{"a unit behind the words", "总投资万元", "万元"},
	{"no unit", "总投资", ""},
	{"square metres", "建筑面积（平方米）", "平方米"},
	{"the longest wins", "面积(万平方米)", "万平方米"},
};

static void has_unit(void **state)
{
	const char *const *row = *state; /* says, header, unit */
	struct buf folded = {0};
	value_fold_tight(row[1], &folded);
	assert_string_equal(value_unit_in(folded.data), row[2]);
	buf_finish(&folded);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, money, is_understood);
	SENTENCES_ROWS(&s, numbers, is_understood);
	SENTENCES_ROWS(&s, dates, is_understood);
	SENTENCES_ROWS(&s, times, is_understood);
	SENTENCES_ROWS(&s, headers, has_unit);
	return sentences_run(&s, "intake values");
}
