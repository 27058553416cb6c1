/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "base/zone.h"
#include "content/edtf.h"
#include "intake/value.h"

#define YEAR_MIN 1949 /* further off is a slip of the finger: 2203, 1023 */
#define YEAR_MAX 2099
#define SERIAL_MIN 18264 /* 1950-01-01 as a spreadsheet counts days */
#define SERIAL_MAX 73050 /* 2099-12-31 */
#define TEXT_BYTES 96

static bool take(const char **at, const char *word)
{
	size_t n = strlen(word);
	bool is_there = strncmp(*at, word, n) == 0;
	*at += is_there ? n : 0;
	return is_there;
}

static bool take_one(const char **at, const char *const *words)
{
	for (int i = 0; words[i]; i++) {
		if (take(at, words[i]))
			return true;
	}
	return false;
}

/* At most `most` digits; how many there were. */
static int take_digits(const char **at, int most, int *out)
{
	int n = 0;
	*out = 0;
	for (; n < most && **at >= '0' && **at <= '9'; n++, (*at)++)
		*out = *out * 10 + (**at - '0');
	return n;
}

static bool drop_tail(char *text, const char *word)
{
	size_t len = strlen(text), n = strlen(word);
	if (len < n || strcmp(text + len - n, word) != 0)
		return false;
	text[len - n] = '\0';
	return true;
}

static bool is_known_year(int year)
{
	return year >= YEAR_MIN && year <= YEAR_MAX;
}

/* ---- one date -------------------------------------------------------------------------- */

struct date {
	int year, month, day, part; /* part: 33..36, 40, 41; all 0: the year alone */
	bool is_approximate;
};

static bool is_real(const struct date *d, struct err *e)
{
	if (!is_known_year(d->year))
		return err_set(e, ERR_FORMAT, "年份 %d 不合理（%d 到 %d）", d->year, YEAR_MIN, YEAR_MAX);
	if (d->month < 0 || d->month > 12 || (d->day && !civil_is_date(d->year, d->month, d->day)))
		return err_set(e, ERR_FORMAT, "没有这一天");
	return true;
}

static void write_date(const struct date *d, char out[static VALUE_DATE_BYTES])
{
	int n = snprintf(out, VALUE_DATE_BYTES, "%04d", d->year);
	if (d->part || d->month)
		n += snprintf(out + n, VALUE_DATE_BYTES - (size_t)n, "-%02d", d->part ? d->part : d->month);
	if (d->day)
		n += snprintf(out + n, VALUE_DATE_BYTES - (size_t)n, "-%02d", d->day);
	(void)snprintf(out + n, VALUE_DATE_BYTES - (size_t)n, "%s", d->is_approximate ? "~" : "");
}

/* 二季度, 第2季度, Q2. */
static bool take_quarter(const char **at, struct date *d)
{
	const char *s = *at;
	int n = 0;
	bool is_short = take(&s, "Q") || take(&s, "q");
	(void)(is_short || take(&s, "第"));
	if (take_digits(&s, 1, &n) == 0)
		n = value_han_number(&s);
	if (n < 1 || n > 4 || !(is_short || take(&s, "季度")))
		return false;
	d->part = 32 + n;
	*at = s;
	return true;
}

/* Behind a year in words: 6月30日, 6月底, 二季度, 上半年, 底. What is said within a month
 * loses to the month: late only when that is over. */
static bool take_part(const char **at, struct date *d)
{
	static const char *const within[] = {"底", "末", "初", "中旬", "上旬", "下旬", "中", "份", NULL};
	const char *s = *at;
	if (take(&s, "上半年") || take(&s, "下半年")) {
		d->part = strncmp(*at, "上", strlen("上")) == 0 ? 40 : 41;
	} else if (!take_quarter(&s, d)) {
		if (take_digits(&s, 2, &d->month) == 0 || !take(&s, "月") || d->month < 1 || d->month > 12)
			return false;
		(void)take(&s, "份");
		if (take_digits(&s, 2, &d->day) > 0) {
			if (!(take(&s, "日") || take(&s, "号")) || d->day < 1)
				return false;
		} else {
			(void)take_one(&s, within);
		}
	}
	*at = s;
	return true;
}

/* 2023.6.30, 2023-06, 2023/6/30; also EDTF's own 2023-34. */
static bool take_signs(const char **at, struct date *d)
{
	const char *s = *at;
	char sign = *s++;
	int count = take_digits(&s, 2, &d->month);
	if (count == 0 || d->month < 1)
		return false;
	if ((d->month >= 33 && d->month <= 36) || d->month == 40 || d->month == 41) {
		d->part = d->month;
		d->month = 0;
		*at = s;
		return sign == '-';
	}
	if (*s == sign) {
		s++;
		if (take_digits(&s, 2, &d->day) == 0 || d->day < 1)
			return false;
	}
	*at = s;
	return d->month <= 12;
}

static bool take_date(const char **at, int year, struct date *d, struct err *e)
{
	const char *s = *at;
	bool has_year = take_digits(&s, 4, &d->year) == 4;
	if (has_year && *s >= '0' && *s <= '9') { /* 202306, 20230630 */
		int count = take_digits(&s, 2, &d->month) + take_digits(&s, 2, &d->day);
		*at = s;
		return (count == 2 || count == 4) && d->month >= 1 && (count == 2 || d->day >= 1);
	}
	if (has_year && (*s == '.' || *s == '-' || *s == '/')) {
		*at = s;
		return take_signs(at, d);
	}
	if (has_year && take(&s, "年")) {
		if (!take_part(&s, d))
			(void)(take(&s, "年底") || take(&s, "底") || take(&s, "末"));
		*at = s;
		return true;
	}
	if (has_year) {
		*at = s;
		return true;
	}
	*d = (struct date){.year = year};
	s = *at;
	if (!take_part(&s, d) || (!year && d->part == 0 && d->month == 0))
		return false;
	if (!year)
		return err_set(e, ERR_FORMAT, "没有年份：请写明，或在导入时选定年份");
	*at = s;
	return true;
}

/* 45107, or 45107.75: what a date is without its number format. */
static bool is_serial(const char *text, enum cell_kind kind, struct date *d)
{
	int n;
	const char *at = text;
	if ((kind != CELL_NUMBER && kind != CELL_PLAIN) || take_digits(&at, 5, &n) != 5 || n < SERIAL_MIN ||
		n > SERIAL_MAX || (*at && (*at != '.' || strspn(at + 1, "0123456789") != strlen(at + 1))))
		return false;
	struct civil c = civil_from_days(civil_days(1899, 12, 30) + n);
	*d = (struct date){.year = c.year, .month = c.month, .day = c.day};
	return true;
}

/* A number drops its last zero: 2023.10 is kept as 2023.1. */
static bool is_ambiguous(const char *text, enum cell_kind kind)
{
	return (kind == CELL_NUMBER || kind == CELL_PLAIN) && strlen(text) == 6 &&
	       strcmp(text + 4, ".1") == 0;
}

/* Words around a date that say how sure it is; text is changed. */
static bool strip(char **text, const struct value_when *w, struct date *d, struct err *e)
{
	static const char *const hopes[] = {"预计", "计划", "拟于", "拟", "力争", "争取", "确保", NULL};
	static const char *const limits[] = {"之前", "以前", "前"};
	const char *at = *text;
	bool is_hope = take_one(&at, hopes);
	d->is_approximate = take(&at, "大约") || take(&at, "约");
	*text += at - *text;
	d->is_approximate |= drop_tail(*text, "左右") || drop_tail(*text, "前后") || drop_tail(*text, "~");
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
		is_hope |= drop_tail(*text, limits[i]);
	if (is_hope && !w->is_plan)
		return err_set(e, ERR_FORMAT, "这一列是已发生的时间，不能写“预计”“计划”或“…前”");
	return true;
}

static bool tighten(const char *folded, char out[static TEXT_BYTES])
{
	size_t n = 0;
	for (; *folded && n < TEXT_BYTES - 1; folded++) {
		if (*folded != ' ')
			out[n++] = *folded;
	}
	out[n] = '\0';
	return *folded == '\0';
}

bool value_date(
	const char *folded, const struct value_when *w, char out[static VALUE_DATE_BYTES], struct err *e)
{
	char room[TEXT_BYTES], *text = room;
	struct date d = {0}, found = {0};
	struct err why = {0};
	const char *should = "看不懂：日期请写成 2023-06-30、2023年6月 或 2023年二季度";
	if (!tighten(folded, room))
		return err_set(e, ERR_FORMAT, "%s", should);
	if (!strip(&text, w, &d, e))
		return false;
	if (is_ambiguous(text, w->kind))
		return err_set(e, ERR_FORMAT, "数字 %s 分不清是1月还是10月，请写成 %.4s年1月 或 %.4s年10月",
			text, text, text);
	const char *at = text;
	if (!is_serial(text, w->kind, &found)) {
		if (!take_date(&at, w->year, &found, &why))
			return err_set(e, ERR_FORMAT, "%s", why.kind ? why.text : should);
		if (*at == 'T' && found.day) /* the hour of a date that has one */
			at += strlen(at);
		if (*at)
			return err_set(e, ERR_FORMAT, "%s", should);
	}
	found.is_approximate = d.is_approximate;
	if (!is_real(&found, e))
		return false;
	write_date(&found, out);
	return true;
}

/* ---- periods ----------------------------------------------------------------------------- */

/* Both ends take the year that the first one says: 2023年1-5月, 1月至5月. */
static bool read_ends(const char *text, size_t len, size_t gap, const struct value_when *w,
	char from[static VALUE_DATE_BYTES], char to[static VALUE_DATE_BYTES])
{
	char first[TEXT_BYTES + 8], second[TEXT_BYTES];
	struct err ignored = {0};
	struct value_when when = *w;
	int year;
	(void)snprintf(first, sizeof first, "%.*s", (int)len, text);
	(void)snprintf(second, sizeof second, "%s", text + len + gap);
	size_t n = strlen(first);
	bool is_number = n && first[n - 1] >= '0' && first[n - 1] <= '9';
	if (is_number && strstr(second, "月") && !strstr(second, "年") && strchr("-.", first[0]) == NULL &&
		(strstr(first, "年") || n <= 2))
		(void)snprintf(first + n, sizeof first - n, "月");
	const char *at = first;
	when.kind = CELL_TEXT;
	if (take_digits(&at, 4, &year) == 4)
		when.year = year;
	return value_date(first, &when, from, &ignored) && value_date(second, &when, to, &ignored);
}

bool value_period(
	const char *folded, const struct value_when *w, char out[static VALUE_DATE_BYTES], struct err *e)
{
	static const char *const gaps[] = {"至", "到", "~", "/", "-"};
	char text[TEXT_BYTES], from[VALUE_DATE_BYTES], to[VALUE_DATE_BYTES];
	struct edtf a, b;
	if (value_date(folded, w, out, e))
		return true;
	if (!tighten(folded, text))
		return false;
	for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++) {
		const char *at = text;
		while ((at = strstr(at, gaps[i])) != NULL) {
			size_t gap = strlen(gaps[i]);
			if (read_ends(text, (size_t)(at - text), gap, w, from, to) &&
				snprintf(out, VALUE_DATE_BYTES, "%.20s/%.20s", from, to) > 0 &&
				edtf_parse_period(out, &a, &b))
				return true;
			at += gap;
		}
	}
	return err_set(e, ERR_FORMAT, "看不懂：时期请写成 2023年5月、2023年1-5月 或 2023年上半年");
}

/* ---- moments ----------------------------------------------------------------------------- */

/* 17:30, 17时, 17点半, 下午5:30; seconds of the day, -1: not an hour. */
static int clock_of(const char *at)
{
	static const char *const mornings[] = {"上午", "早上", "清晨", "凌晨", "早", NULL};
	static const char *const later[] = {"下午", "傍晚", "晚上", "晚", NULL};
	int hour, minute = 0, second = 0;
	bool is_morning = take_one(&at, mornings), is_noon = take(&at, "中午");
	bool is_later = !is_morning && take_one(&at, later);
	if (take_digits(&at, 2, &hour) == 0)
		return -1;
	if (take(&at, ":")) {
		if (take_digits(&at, 2, &minute) != 2 ||
			(take(&at, ":") && take_digits(&at, 2, &second) != 2))
			return -1;
	} else if (take(&at, "时") || take(&at, "点")) {
		if (take(&at, "半"))
			minute = 30;
		else if (!take(&at, "整") && take_digits(&at, 2, &minute) > 0)
			(void)take(&at, "分");
	} else {
		return -1;
	}
	if ((is_later && hour < 12) || (is_noon && hour < 3))
		hour += 12;
	bool is_odd = is_morning && hour > 12;
	return *at || is_odd || hour > 23 || minute > 59 || second > 59 ? -1
									: hour * 3600 + minute * 60 + second;
}

static void write_time(int64_t utc_s, const char *zone, char out[static VALUE_TIME_BYTES])
{
	struct civil c = zone_local(zone, utc_s);
	int64_t offset_s = civil_seconds(&c) - utc_s;
	int minutes = (int)(offset_s < 0 ? -offset_s : offset_s) / 60;
	(void)snprintf(out, VALUE_TIME_BYTES, "%04d-%02d-%02dT%02d:%02d:%02d%c%02u:%02u", c.year % 10000,
		c.month % 100, c.day % 100, c.hour % 100, c.minute % 100, c.second % 100,
		offset_s < 0 ? '-' : '+', (unsigned)minutes / 60 % 24, (unsigned)minutes % 60);
}

/* A day and an hour in the site's zone. */
static bool join(const char *day, int clock_s, const char *zone, char out[static VALUE_TIME_BYTES])
{
	struct edtf d;
	if (clock_s < 0 || !edtf_parse(day, &d) || d.precision != EDTF_DAY || d.is_approximate)
		return false;
	struct civil c = civil_from_seconds((int64_t)d.first * 86400 + clock_s);
	write_time(zone_utc(zone, &c), zone, out);
	return true;
}

/* Where a day ends and an hour begins is tried at every letter. */
static bool read_moment(const char *text, const struct value_when *w, const char *day, const char *zone,
	char day_out[static VALUE_DATE_BYTES], char out[static VALUE_TIME_BYTES])
{
	char date[TEXT_BYTES];
	struct err ignored = {0};
	int64_t utc_s;
	(void)snprintf(day_out, VALUE_DATE_BYTES, "%s", day);
	if (civil_parse_rfc3339(text, &utc_s)) {
		write_time(utc_s, zone, out);
		(void)snprintf(day_out, VALUE_DATE_BYTES, "%.10s", out);
		return true;
	}
	if (join(day, clock_of(text), zone, out))
		return true;
	for (size_t len = 1; text[len]; len++) {
		const char *rest = text + len + (text[len] == 'T');
		if (clock_of(rest) < 0)
			continue;
		(void)snprintf(date, sizeof date, "%.*s", (int)len, text);
		if (value_date(date, w, day_out, &ignored) && join(day_out, clock_of(rest), zone, out))
			return true;
	}
	return false;
}

bool value_time(const char *folded, const struct value_when *w, const char *day, const char *zone,
	char from[static VALUE_TIME_BYTES], char to[static VALUE_TIME_BYTES], struct err *e)
{
	static const char *const gaps[] = {"至", "-", "~"};
	char text[TEXT_BYTES], first[TEXT_BYTES], found[VALUE_DATE_BYTES];
	to[0] = '\0';
	bool fits = tighten(folded, text);
	if (fits && read_moment(text, w, day, zone, found, from))
		return true;
	for (size_t i = 0; fits && i < sizeof gaps / sizeof gaps[0]; i++) {
		for (const char *at = text; (at = strstr(at, gaps[i])) != NULL; at += strlen(gaps[i])) {
			(void)snprintf(first, sizeof first, "%.*s", (int)(at - text), text);
			if (read_moment(first, w, day, zone, found, from) &&
				join(found, clock_of(at + strlen(gaps[i])), zone, to))
				return true;
		}
	}
	return err_set(e, ERR_FORMAT, "看不懂：时间请写成 2023-07-15 17:30，或在日期一列写明日期");
}
