/* SPDX-License-Identifier: Apache-2.0 */
#include "content/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unictype.h>
#include <unistr.h>

#include "base/utf8.h"

#define COMBINING_MAX 2
#define RUN_MAX 256

static const struct {
	uint32_t first, last;
	const char *what;
} refused[] = {
	{0x00, 0x09, "control character"},
	{0x0B, 0x1F, "control character"},
	{0x7F, 0x9F, "control character"},
	{0x00AD, 0x00AD, "soft hyphen"},
	{0x061C, 0x061C, "bidirectional control"},
	{0x200B, 0x200D, "zero-width character"},
	{0x200E, 0x200F, "bidirectional control"},
	{0x2028, 0x2029, "line or paragraph separator"},
	{0x202A, 0x202E, "bidirectional control"},
	{0x2060, 0x2064, "zero-width character"},
	{0x2066, 0x206F, "bidirectional or format control"},
	{0x3164, 0x3164, "blank letter"},
	{0xE000, 0xF8FF, "private-use character"},
	{0xFDD0, 0xFDEF, "noncharacter"},
	{0xFE00, 0xFE0F, "variation selector"},
	{0xFEFF, 0xFEFF, "zero-width character"},
	{0xFFF0, 0xFFFD, "special character"},
	{0xE0000, 0xE0FFF, "tag or variation selector"},
	{0xF0000, 0x10FFFF, "private-use character"},
};

/* Most of what is written: nothing hides behind these, and they are in form C whatever
 * stands beside them. */
static bool is_plain(uint32_t point)
{
	return (point > 0x20 && point < 0x7F) || (point >= 0x4E00 && point <= 0x9FFF);
}

static const char *refusal(uint32_t point)
{
	if (is_plain(point))
		return NULL;
	if ((point & 0xFFFE) == 0xFFFE)
		return "noncharacter";
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		if (point >= refused[i].first && point <= refused[i].last)
			return refused[i].what;
	}
	return uc_is_property_default_ignorable_code_point(point) ? "invisible character" : NULL;
}

bool words_may_show(uint32_t point)
{
	return !refusal(point);
}

static bool is_nfc(const char *text)
{
	size_t len = strlen(text);
	size_t composed_len = 0;
	uint8_t *composed = u8_normalize(UNINORM_NFC, (const uint8_t *)text, len, NULL, &composed_len);
	bool same = composed && composed_len == len && memcmp(composed, text, len) == 0;
	free(composed);
	return same;
}

/* Digits of a run in groups of three or four, set apart by one space or dash: as people
 * write telephone and card numbers. Any whole groups in a row may be such a number. */
struct digit_run {
	char digits[RUN_MAX];
	int starts[RUN_MAX]; /* where each group begins */
	int count, group_count;
};

static const char *who(const char *digits, int count, bool is_grouped, bool ends_in_x)
{
	if (!is_grouped && (count == 18 || (count == 17 && ends_in_x)))
		return "looks like an identity number (18 digits)";
	if (!is_grouped && count == 15)
		return "looks like an identity number (15 digits)";
	if (count == 11 && digits[0] == '1' && digits[1] >= '3')
		return "looks like a mobile telephone number (11 digits)";
	if (count >= 16 && count <= 19)
		return "looks like a bank card number (16 to 19 digits)";
	return NULL;
}

/* At the end of a group: what the last one, two, three... groups together are. */
static const char *who_ends_here(const struct digit_run *r, bool ends_in_x)
{
	const char *what = NULL;
	for (int g = r->group_count - 1; g >= 0 && !what; g--) {
		int start = r->starts[g];
		what = who(r->digits + start, r->count - start, g < r->group_count - 1, ends_in_x);
	}
	return what;
}

static bool is_separator(uint32_t point)
{
	return uc_is_general_category(point, UC_SPACE_SEPARATOR) ||
	       uc_is_general_category(point, UC_DASH_PUNCTUATION) || point == 0x2212;
}

static void add_digit(struct digit_run *r, int value, bool begins_group)
{
	if (r->count == RUN_MAX) { /* far beyond any such number: a new run */
		r->count = r->group_count = 0;
		begins_group = true;
	}
	if (begins_group)
		r->starts[r->group_count++] = r->count;
	r->digits[r->count++] = (char)('0' + value);
}

static int digit_value(uint32_t p)
{
	if (is_plain(p))
		return p >= '0' && p <= '9' ? (int)(p - '0') : -1;
	return uc_decimal_value(p); /* of any script: full-width ones too */
}

static const char *personal_number(const char *text)
{
	struct digit_run r;
	bool begins_group = true;
	r.count = r.group_count = 0;
	for (;;) {
		uint32_t p = utf8_next(&text);
		int value = digit_value(p);
		if (value >= 0) {
			add_digit(&r, value, begins_group);
			begins_group = false;
			continue;
		}
		const char *what = begins_group ? NULL : who_ends_here(&r, p == 'X' || p == 'x');
		if (what)
			return what;
		int group = r.group_count ? r.count - r.starts[r.group_count - 1] : 0;
		const char *ahead = text;
		bool joins =
			(group == 3 || group == 4) && is_separator(p) && digit_value(utf8_next(&ahead)) >= 0;
		if (!joins)
			r.count = r.group_count = 0;
		begins_group = true;
		if (p == 0)
			return NULL;
	}
}

/* One character; combining counts how many marks stand in a row. */
static bool check_point(uint32_t p, const struct words_rule *rule, int *combining, char *why, size_t room)
{
	const char *what = refusal(p);
	if (what) {
		(void)snprintf(why, room, "%s U+%04X is not allowed", what, p);
		return false;
	}
	*combining = !is_plain(p) && uc_is_general_category(p, UC_MARK) ? *combining + 1 : 0;
	if (*combining > COMBINING_MAX) {
		(void)snprintf(why, room, "more than %d combining marks in a row", COMBINING_MAX);
		return false;
	}
	if (rule->is_drawable && p != '\n' && !rule->is_drawable(rule->user, p)) {
		(void)snprintf(why, room, "no font here can draw U+%04X", p);
		return false;
	}
	return true;
}

bool words_check(const char *text, const struct words_rule *rule, char *why, size_t room)
{
	int chars = 0, lines = 1, combining = 0;
	bool is_blank = true, is_all_plain = true;
	uint32_t p;
	const char *at = text;
	while ((p = utf8_next(&at)) != 0) {
		if (p == '\n')
			lines++;
		else
			chars++;
		is_blank = is_blank && uc_is_property_white_space(p);
		is_all_plain = is_all_plain && is_plain(p);
		if (!check_point(p, rule, &combining, why, room))
			return false;
	}
	if (is_blank || lines > rule->max_lines || chars > rule->max_chars) {
		if (is_blank)
			(void)snprintf(why, room, "must not be empty");
		else if (lines > rule->max_lines)
			(void)snprintf(why, room, "has %d lines, at most %d", lines, rule->max_lines);
		else
			(void)snprintf(why, room, "has %d characters, at most %d", chars, rule->max_chars);
		return false;
	}
	if (!is_all_plain && !is_nfc(text)) {
		(void)snprintf(why, room, "is not in Unicode normalization form C");
		return false;
	}
	const char *personal = personal_number(text);
	if (personal)
		(void)snprintf(why, room, "%s: personal data never go on a screen", personal);
	return !personal;
}
