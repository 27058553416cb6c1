/* SPDX-License-Identifier: Apache-2.0 */
#include "content/amount.h"
#include "sentences.h"

static const struct format_row {
	const char *says;
	double value;
	int decimals;
	const char *text;
} format_rows[] = {
	{"a whole number", 8, AMOUNT_DECIMALS_AUTO, "8"},
	{"as many decimals as it needs", 71.5, AMOUNT_DECIMALS_AUTO, "71.5"},
	{"two at most", 3.14159, AMOUNT_DECIMALS_AUTO, "3.14"},
	{"none for their own sake", 2.999, AMOUNT_DECIMALS_AUTO, "3"},
	{"fixed ones stay", 9.5, 2, "9.50"},
	{"thousands are not grouped", 1234567, AMOUNT_DECIMALS_AUTO, "1234567"},
	{"a minus is U+2212", -1.0, 1, "−1.0"},
	{"nothing has no sign", -0.04, 1, "0.0"},
	{"half is rounded", 0.25, 1, "0.2"},
};

static void check_format(void **state)
{
	const struct format_row *r = *state;
	char text[32];
	amount_format(r->value, r->decimals, text, sizeof text);
	assert_string_equal(text, r->text);
}

static const struct money_row {
	const char *says;
	int64_t yuan;
	const char *number, *unit;
} money_rows[] = {
	{"9.5亿元", 950000000, "9.5", "亿元"},
	{"9000万元", 90000000, "9000", "万元"},
	{"exactly a hundred million", 100000000, "1", "亿元"},
	{"a yuan less is not 10000万元", 99999999, "1", "亿元"},
	{"ten thousand less", 99990000, "9999", "万元"},
	{"decimals of 万元", 12345600, "1234.56", "万元"},
	{"nothing", 0, "0", "万元"},
	{"a yuan is not nothing", 1, "1", "元"},
	{"nor is a loss of 99", -99, "−99", "元"},
	{"what 万元 can say, it says", 100, "0.01", "万元"},
	{"a loss", -250000000, "−2.5", "亿元"},
	{"the ceiling", INT64_C(1000000000000000), "10000000", "亿元"},
};

static void check_money(void **state)
{
	const struct money_row *r = *state;
	struct amount a = amount_money(r->yuan, AMOUNT_DECIMALS_AUTO);
	assert_string_equal(a.number, r->number);
	assert_string_equal(a.unit, r->unit);
}

static const struct value_row {
	const char *says;
	double value;
	const char *given;
	int decimals;
	const char *number, *unit;
} value_rows[] = {
	{"120个", 120, "个", AMOUNT_DECIMALS_AUTO, "120", "个"},
	{"9999家 stay", 9999, "家", AMOUNT_DECIMALS_AUTO, "9999", "家"},
	{"12500万元 are 1.25亿元", 12500, "万元", 1, "1.25", "亿元"},
	{"9999.96万元 of one decimal are 1亿元", 9999.96, "万元", 1, "1", "亿元"},
	{"21万人", 210000, "人", AMOUNT_DECIMALS_AUTO, "21", "万人"},
	{"a percentage keeps its unit", 12345, "%", 1, "12345.0", "%"},
	{"a number without a unit stays", 12345, "", AMOUNT_DECIMALS_AUTO, "12345", ""},
};

static void check_value(void **state)
{
	const struct value_row *r = *state;
	struct amount a = amount_value(r->value, r->given, r->decimals);
	assert_string_equal(a.number, r->number);
	assert_string_equal(a.unit, r->unit);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, format_rows, check_format);
	SENTENCES_ROWS(&s, money_rows, check_money);
	SENTENCES_ROWS(&s, value_rows, check_value);
	return sentences_run(&s, "content amount");
}
