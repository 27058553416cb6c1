/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define DIGITS_MAX 18 /* fits 64 bits */

/* ---- folding ---------------------------------------------------------------------- */

static bool is_space(uint32_t p)
{
	return p == ' ' || (p >= 0x09 && p <= 0x0d) || p == 0xa0 || p == 0x3000 ||
	       (p >= 0x2000 && p <= 0x200b) || p == 0xfeff || p == 0x202f;
}

static uint32_t fold_point(uint32_t p)
{
	if (p >= 0xff01 && p <= 0xff5e)
		return p - 0xff01 + '!';
	if ((p >= 0x2010 && p <= 0x2015) || p == 0x2212 || p == 0xfe63 || p == 0x2e3a)
		return '-';
	return p;
}

static void fold(const char *text, bool keeps_spaces, struct buf *out)
{
	uint32_t p;
	char bytes[5];
	bool is_pending = false;
	buf_clear(out);
	buf_add(out, "", 0);
	while ((p = utf8_next(&text)) != 0) {
		if (p == UTF8_BAD)
			p = 0xfffd;
		if (is_space(p)) {
			is_pending = out->len > 0;
			continue;
		}
		if (is_pending && keeps_spaces)
			buf_add(out, " ", 1);
		is_pending = false;
		buf_add(out, bytes, utf8_put(bytes, fold_point(p)));
	}
}

void value_fold(const char *text, struct buf *out)
{
	fold(text, true, out);
}

void value_fold_tight(const char *text, struct buf *out)
{
	fold(text, false, out);
}

bool value_is_blank(const char *folded)
{
	static const char *const blanks[] = {
		"", "-", "--", "/", "\\", "无", "暂无", "待定", "未定", "N/A", "n/a"};
	for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
		if (strcmp(folded, blanks[i]) == 0)
			return true;
	}
	return false;
}

/* ---- decimals, exactly -------------------------------------------------------------- */

struct decimal {
	int64_t digits;
	int places; /* digits / 10^places */
};

/* Thousands are set off by threes or not at all: 9,50 is neither 950 nor 9.5. */
static bool scan_decimal(const char **at, struct decimal *d, struct err *e)
{
	const char *s = *at;
	int count = 0, group = 0;
	bool has_comma = false, has_point = false;
	*d = (struct decimal){0};
	for (;; s++) {
		if (*s >= '0' && *s <= '9') {
			if (++count > DIGITS_MAX)
				return err_set(e, ERR_FORMAT, "数字超过 %d 位", DIGITS_MAX);
			d->digits = d->digits * 10 + (*s - '0');
			d->places += has_point;
			group++;
		} else if (*s == ',' && !has_point && count && (has_comma ? group == 3 : group <= 3)) {
			has_comma = true;
			group = 0;
		} else if (*s == '.' && !has_point && count && (!has_comma || group == 3)) {
			has_point = true;
			group = 0;
		} else {
			break;
		}
	}
	if (!count || (has_comma && !has_point && group != 3) || (has_point && group == 0))
		return err_set(e, ERR_FORMAT, count ? "千位分隔符或小数点的位置不对" : "不是数字");
	*at = s;
	return true;
}

/* What makes a number less than exact; no field that a screen draws can say so. */
static bool is_vague(const char *folded)
{
	static const char *const words[] = {"约", "左右", "近", "超", "逾", "多", "余", "以上", "以下",
		"不足", "预计", "上下", "~", ">", "<"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strstr(folded, words[i]))
			return true;
	}
	return false;
}

static bool refuse_number(const char *folded, const char *should, struct err *e)
{
	if (is_vague(folded))
		return err_set(e, ERR_FORMAT, "不是确数：这里要填确切的数，“约”“多”“以上”之类上屏时会丢失");
	return err_set(e, ERR_FORMAT, "看不懂：%s", should);
}

struct unit {
	const char *name;
	int64_t factor;
};

static const struct unit money_units[] = {{"亿元", 100000000}, {"亿", 100000000}, {"千万元", 10000000},
	{"百万元", 1000000}, {"万元", 10000}, {"万", 10000}, {"元", 1}, {NULL, 0}};
static const struct unit area_units[] = {{"万平方米", 10000}, {"万m2", 10000}, {"万m²", 10000},
	{"万㎡", 10000}, {"平方公里", 1000000}, {"平方千米", 1000000}, {"公顷", 10000}, {"平方米", 1},
	{"m2", 1}, {"m²", 1}, {"㎡", 1}, {NULL, 0}};

static int64_t factor_of(const struct unit *units, const char *name)
{
	for (int i = 0; units[i].name; i++) {
		if (strcmp(units[i].name, name) == 0)
			return units[i].factor;
	}
	return 0;
}

/* digits * factor / 10^places, when that is whole. */
static bool scale(struct decimal d, int64_t factor, int64_t *out)
{
	for (; d.places > 0 && d.digits % 10 == 0; d.places--)
		d.digits /= 10;
	for (; d.places > 0 && factor % 10 == 0; d.places--)
		factor /= 10;
	return d.places == 0 && !__builtin_mul_overflow(d.digits, factor, out);
}

static bool value_in(const char *folded, const struct unit *units, const char *unit, const char *should,
	int64_t *out, struct err *e)
{
	struct decimal d;
	const char *at = folded;
	struct err ignored = {0};
	if (!scan_decimal(&at, &d, &ignored))
		return refuse_number(folded, should, e);
	at += *at == ' ';
	if (!*at && !*unit)
		return err_set(e, ERR_FORMAT, "没有单位：请在表头或单元格里写明");
	int64_t factor = factor_of(units, *at ? at : unit);
	if (!factor)
		return refuse_number(folded, should, e);
	if (!scale(d, factor, out))
		return err_set(e, ERR_FORMAT, "换算后不是整数，或太大");
	return true;
}

bool value_money(const char *folded, const char *unit, int64_t *yuan, struct err *e)
{
	if (strstr(folded, "美元") || strstr(folded, "欧元") || strstr(folded, "港元") || strchr(folded, '$'))
		return err_set(e, ERR_FORMAT, "只收人民币金额，请先折算");
	return value_in(folded, money_units, unit, "金额请写成 9500万元 或 9.5亿元", yuan, e);
}

bool value_area(const char *folded, const char *unit, int64_t *m2, struct err *e)
{
	if (strstr(folded, "亩") || strcmp(unit, "亩") == 0)
		return err_set(e, ERR_FORMAT, "亩换算不成整数平方米，请填平方米");
	return value_in(folded, area_units, unit, "面积请写成 12000平方米 或 1.2万平方米", m2, e);
}

/* Behind the last bracket, slash or nothing: 总投资(万元), 总投资/万元, 总投资万元. */
const char *value_unit_in(const char *folded)
{
	static const struct unit mu[] = {{"亩", 1}, {NULL, 0}}; /* value_area() says why it will not do */
	static const struct unit *const all[] = {money_units, area_units, mu};
	const char *best = "";
	size_t len = strlen(folded), best_len = 0;
	len -= len && folded[len - 1] == ')';
	for (size_t k = 0; k < sizeof all / sizeof all[0]; k++) {
		for (int i = 0; all[k][i].name; i++) {
			size_t n = strlen(all[k][i].name);
			if (n <= len && n > best_len && memcmp(folded + len - n, all[k][i].name, n) == 0) {
				best = all[k][i].name;
				best_len = n;
			}
		}
	}
	return best;
}

/* ---- numbers with a sign ------------------------------------------------------------- */

static const char *pass_word(const char *at, const char *const *words)
{
	for (int i = 0; words[i]; i++) {
		size_t n = strlen(words[i]);
		if (strncmp(at, words[i], n) == 0)
			return at + n;
	}
	return at;
}

bool value_number(const char *folded, const char *unit, double *out, struct err *e)
{
	static const char *const how[] = {"同比", "环比", "比上年", "较上年", NULL};
	static const char *const up[] = {"增长", "上升", "提高", "增加", "+", NULL};
	static const char *const down[] = {"下降", "降低", "减少", "回落", "-", NULL};
	struct decimal d;
	struct err ignored = {0};
	const char *at = pass_word(folded, how), *number = pass_word(at, up);
	bool is_negative = false;
	if (number == at) {
		number = pass_word(at, down);
		is_negative = number != at;
	}
	if (!scan_decimal(&number, &d, &ignored))
		return refuse_number(folded, "请填数字", e);
	number += *number == ' ';
	if (*number && strcmp(number, unit) != 0) {
		if (strstr(number, "百分点"))
			return err_set(e, ERR_FORMAT, "百分点不是百分比，请填在“增减（百分点）”一列");
		if (*unit)
			return err_set(e, ERR_FORMAT, "单位与“%s”不符", unit);
		return refuse_number(folded, "请只填数字", e);
	}
	char text[40];
	(void)snprintf(
		text, sizeof text, "%s%llde-%d", is_negative ? "-" : "", (long long)d.digits, d.places);
	*out = strtod(text, NULL);
	return true;
}

bool value_whole(const char *folded, int64_t min, int64_t max, int64_t *out, struct err *e)
{
	double number;
	if (!value_number(folded, "", &number, e))
		return false;
	if (number != floor(number) || number < (double)min || number > (double)max)
		return err_set(e, ERR_FORMAT, "须为 %lld 到 %lld 的整数", (long long)min, (long long)max);
	*out = (int64_t)number;
	return true;
}

/* ---- ranks ---------------------------------------------------------------------------- */

static int han_digit(const char **at)
{
	static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
	for (int i = 0; i < 9; i++) {
		if (strncmp(*at, digits[i], strlen(digits[i])) == 0) {
			*at += strlen(digits[i]);
			return i + 1;
		}
	}
	return 0;
}

int value_han_number(const char **at)
{
	const char *s = *at;
	int tens = han_digit(&s);
	if (strncmp(s, "十", strlen("十")) == 0) {
		s += strlen("十");
		tens = (tens ? tens : 1) * 10 + han_digit(&s);
	}
	if (tens)
		*at = s;
	return tens;
}

static bool scan_place(const char **at, int64_t *out)
{
	struct decimal d;
	struct err ignored = {0};
	*out = value_han_number(at);
	if (*out)
		return true;
	if (!scan_decimal(at, &d, &ignored) || d.places || d.digits < 1 || d.digits > 200)
		return false;
	*out = d.digits;
	return true;
}

bool value_rank(const char *folded, int64_t *rank, int64_t *of, bool *is_bound, struct err *e)
{
	static const char *const lead[] = {"位居", "位列", "排名", "居", "列", NULL};
	static const char *const among[] = {"全市", "全省", "全区", "全国", NULL};
	static const char *const tail[] = {"名", "位", NULL};
	const char *at = pass_word(pass_word(pass_word(folded, lead), among), lead);
	int64_t total = *of;
	*is_bound = strncmp(at, "前", strlen("前")) == 0;
	at = pass_word(at, (const char *const[]){"前", "第", NULL});
	bool ok = scan_place(&at, rank);
	at = pass_word(at, tail);
	if (ok && *at == '/') {
		at++;
		ok = scan_place(&at, &total);
		at = pass_word(at, (const char *const[]){"名", "位", "个", NULL});
	}
	if (!ok || *at)
		return err_set(e, ERR_FORMAT, "看不懂：名次请写成 2、第2名 或 2/14（至多 200）");
	if (total && *rank > total)
		return err_set(e, ERR_FORMAT, "名次大于总数");
	*of = total;
	return true;
}
