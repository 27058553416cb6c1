/* SPDX-License-Identifier: Apache-2.0 */
#include "content/words.h"
#include "sentences.h"

/* Any font but for one character: 龘. */
static bool is_drawable(void *user, uint32_t point)
{
	(void)user;
	return point != 0x9F98;
}

#define ID_18 "looks like an identity number (18 digits): personal data never go on a screen"
#define ID_15 "looks like an identity number (15 digits): personal data never go on a screen"
#define MOBILE "looks like a mobile telephone number (11 digits): personal data never go on a screen"
#define CARD "looks like a bank card number (16 to 19 digits): personal data never go on a screen"

static const struct words_row {
	const char *says, *text;
	int max_chars, max_lines;
	const char *why; /* NULL: fine */
} words_rows[] = {
	{"a name", "坊茨小镇", 4, 1, NULL},
	{"one character too many", "坊茨小镇区", 4, 1, "has 5 characters, at most 4"},
	{"newlines are no characters", "坊茨\n小镇", 4, 2, NULL},
	{"a line too many", "坊\n茨\n镇", 4, 2, "has 3 lines, at most 2"},
	{"a newline at the end begins a line", "坊茨\n", 4, 1, "has 2 lines, at most 1"},
	{"nothing", "", 4, 1, "must not be empty"},
	{"newlines alone", "\n\n", 4, 3, "must not be empty"},
	{"blanks alone", " \u3000\u00a0", 4, 1, "must not be empty"},
	{"a tab", "a\tb", 9, 1, "control character U+0009 is not allowed"},
	{"DEL", "a\x7f", 9, 1, "control character U+007F is not allowed"},
	{"a C1 control", "a\xC2\x9B", 9, 1, "control character U+009B is not allowed"},
	{"a soft hyphen", "a\u00ad", 9, 1, "soft hyphen U+00AD is not allowed"},
	{"an Arabic letter mark", "a\u061c", 9, 1, "bidirectional control U+061C is not allowed"},
	{"a right-to-left override", "a\u202e", 9, 1, "bidirectional control U+202E is not allowed"},
	{"a right-to-left isolate", "a\u2067", 9, 1, "bidirectional or format control U+2067 is not allowed"},
	{"a left-to-right mark", "a\u200e", 9, 1, "bidirectional control U+200E is not allowed"},
	{"a zero-width space", "a\u200b", 9, 1, "zero-width character U+200B is not allowed"},
	{"a zero-width joiner", "a\u200d", 9, 1, "zero-width character U+200D is not allowed"},
	{"a word joiner", "a\u2060", 9, 1, "zero-width character U+2060 is not allowed"},
	{"a byte order mark", "\ufeffa", 9, 1, "zero-width character U+FEFF is not allowed"},
	{"a combining grapheme joiner", "a\u034f", 9, 1, "invisible character U+034F is not allowed"},
	{"a Hangul filler", "a\u115f", 9, 1, "invisible character U+115F is not allowed"},
	{"a half-width Hangul filler", "a\uffa0", 9, 1, "invisible character U+FFA0 is not allowed"},
	{"a Mongolian vowel separator", "a\u180e", 9, 1, "invisible character U+180E is not allowed"},
	{"a line separator", "a\u2028", 9, 1, "line or paragraph separator U+2028 is not allowed"},
	{"a variation selector", "字\ufe00", 9, 1, "variation selector U+FE00 is not allowed"},
	{"a tag", "a\U000e0041", 9, 1, "tag or variation selector U+E0041 is not allowed"},
	{"private use", "a\ue000", 9, 1, "private-use character U+E000 is not allowed"},
	{"private use of plane 15", "a\U000f0000", 9, 1, "private-use character U+F0000 is not allowed"},
	{"a noncharacter", "a\ufdd0", 9, 1, "noncharacter U+FDD0 is not allowed"},
	{"a noncharacter of plane 2", "a\U0002fffe", 9, 1, "noncharacter U+2FFFE is not allowed"},
	{"the replacement character", "a\ufffd", 9, 1, "special character U+FFFD is not allowed"},
	{"two combining marks", "x\u0331\u0332", 9, 1, NULL},
	{"three", "x\u0331\u0332\u0333", 9, 1, "more than 2 combining marks in a row"},
	{"two and two", "x\u0331\u0332x\u0331\u0332", 9, 1, NULL},
	{"a composed letter", "\u00e9", 9, 1, NULL},
	{"a letter and its mark apart", "e\u0301", 9, 1, "is not in Unicode normalization form C"},
	{"the ångström sign", "\u212b", 9, 1, "is not in Unicode normalization form C"},
	{"what no font has", "龙龘", 9, 1, "no font here can draw U+9F98"},
	{"an identity number", "370704199001011234", 40, 1, ID_18},
	{"one that ends in X", "证37070419900101123X号", 40, 1, ID_18},
	{"one that ends in x", "37070419900101123x", 40, 1, ID_18},
	{"17 digits and a Y", "37070419900101123Y", 40, 1, CARD},
	{"an old identity number", "370704900101123", 40, 1, ID_15},
	{"a mobile number", "电话：13800138000。", 40, 1, MOBILE},
	{"in threes and fours", "138-0013-8000", 40, 1, MOBILE},
	{"in fours, fours and threes", "1380 0138 000", 40, 1, MOBILE},
	{"in full-width digits", "１３８００１３８０００", 40, 1, MOBILE},
	{"in Arabic-Indic digits", "١٣٨٠٠١٣٨٠٠٠", 40, 1, MOBILE},
	{"behind a year", "2023-138-0013-8000", 40, 1, MOBILE},
	{"behind an area code", "0536 13800138000", 40, 1, MOBILE},
	{"two of them in groups", "138 0013 8000 139 0013 9000", 40, 1, MOBILE},
	{"with ideographic spaces", "138\u30000013\u30008000", 40, 1, MOBILE},
	{"with full-width hyphens", "138\uff0d0013\uff0d8000", 40, 1, MOBILE},
	{"with dashes", "138—0013—8000", 40, 1, MOBILE},
	{"an X behind it", "13800138000X", 40, 1, MOBILE},
	{"at the end of a line", "电话\n13800138000", 40, 2, MOBILE},
	{"a bank card", "6222021234567890", 40, 1, CARD},
	{"a bank card in fours", "6222 0212 3456 7890 123", 40, 1, CARD},
	{"two bank cards in fours", "6222 0212 3456 7890 6222 0212 3456 7891", 60, 1, CARD},
	{"a town's telephone number", "0536-7661234", 40, 1, NULL},
	{"400-800-1234", "400-800-1234", 40, 1, NULL},
	{"11 digits that begin with 2", "23800138000", 40, 1, NULL},
	{"11 digits that begin with 12", "12800138000", 40, 1, NULL},
	{"12 digits", "138001380001", 40, 1, NULL},
	{"14 digits", "12345678901234", 40, 1, NULL},
	{"20 digits", "12345678901234567890", 40, 1, NULL},
	{"a day and a time", "2023-06-28 10:24", 40, 1, NULL},
	{"years", "2021—2023年", 40, 1, NULL},
	{"a large amount", "95000.12万元", 40, 1, NULL},
};

static void check_words(void **state)
{
	const struct words_row *r = *state;
	char why[160] = "";
	const struct words_rule rule = {r->max_chars, r->max_lines, is_drawable, NULL};
	bool is_fine = words_check(r->text, &rule, why, sizeof why);
	assert_string_equal(why, r->why ? r->why : "");
	assert_int_equal(is_fine, r->why == NULL);
}

static void a_run_of_digits_may_be_of_any_length(void **state)
{
	(void)state;
	char text[2000], why[160];
	const struct words_rule rule = {.max_chars = sizeof text, .max_lines = 1};
	memset(text, '7', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_true(words_check(text, &rule, why, sizeof why));
	for (size_t i = 4; i < sizeof text - 1; i += 5)
		text[i] = '-';
	assert_false(words_check(text, &rule, why, sizeof why));
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, words_rows, check_words);
	sentences_add(&s, "a run of digits may be of any length", a_run_of_digits_may_be_of_any_length, NULL);
	return sentences_run(&s, "content words");
}
