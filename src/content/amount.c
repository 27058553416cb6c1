/* SPDX-License-Identifier: Apache-2.0 */
#include "content/amount.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define CHANGED_DECIMALS_MAX 4 /* a new unit must not round words away */
#define WAN 10000.0
#define WAN_LEAST 100.0 /* 0.01万元: what two decimals can say */
#define YI 100000000.0

int amount_decimals(double value, int max)
{
	double scale = 1, shown = round(value * pow(10, max)) / pow(10, max);
	for (int n = 0; n < max; n++, scale *= 10) {
		if (fabs(round(shown * scale) / scale - shown) < 1e-9 * fmax(1, fabs(shown)))
			return n;
	}
	return max;
}

void amount_format(double value, int decimals, char *out, size_t room)
{
	if (decimals == AMOUNT_DECIMALS_AUTO)
		decimals = amount_decimals(value, 2);
	char digits[32];
	(void)snprintf(digits, sizeof digits, "%.*f", decimals, fabs(value));
	bool is_zero = strspn(digits, "0.") == strlen(digits);
	(void)snprintf(out, room, "%s%s", value < 0 && !is_zero ? "−" : "", digits);
}

/* Ten thousand, or so near it that it would be printed as that much. */
static bool is_ten_thousand(double value, int decimals)
{
	if (decimals == AMOUNT_DECIMALS_AUTO)
		decimals = amount_decimals(value, 2);
	return fabs(value) >= WAN - 0.5 / pow(10, decimals);
}

struct amount amount_money(int64_t yuan, int decimals)
{
	struct amount a = {0};
	double value = (double)yuan;
	bool is_large = is_ten_thousand(value / WAN, AMOUNT_DECIMALS_AUTO);
	if (yuan != 0 && fabs(value) < WAN_LEAST) { /* 0.00万元 would be nothing */
		amount_format(value, 0, a.number, sizeof a.number);
		(void)snprintf(a.unit, sizeof a.unit, "元");
		return a;
	}
	amount_format(is_large ? value / YI : value / WAN, is_large ? decimals : AMOUNT_DECIMALS_AUTO,
		a.number, sizeof a.number);
	(void)snprintf(a.unit, sizeof a.unit, "%s", is_large ? "亿元" : "万元");
	return a;
}

struct amount amount_value(double value, const char *unit, int decimals)
{
	struct amount a = {0};
	bool starts_wan = strncmp(unit, "万", strlen("万")) == 0;
	bool is_long = is_ten_thousand(value, decimals);
	if (is_long && starts_wan) {
		value /= WAN;
		decimals = amount_decimals(value, CHANGED_DECIMALS_MAX);
		(void)snprintf(a.unit, sizeof a.unit, "亿%s", unit + strlen("万"));
	} else if (is_long && *unit && strcmp(unit, "%") != 0) {
		value /= WAN;
		decimals = amount_decimals(value, CHANGED_DECIMALS_MAX);
		(void)snprintf(a.unit, sizeof a.unit, "万%s", unit);
	} else {
		(void)snprintf(a.unit, sizeof a.unit, "%s", unit);
	}
	amount_format(value, decimals, a.number, sizeof a.number);
	return a;
}
