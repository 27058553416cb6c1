/* SPDX-License-Identifier: Apache-2.0 */
#include "board/ruler.h"

#include <math.h>
#include <stddef.h>

#define MONTH_DAYS 30
#define YEAR_DAYS 360
#define STEPS_MAX 6 /* of a ruler in years */

static struct ruler in_days(double days)
{
	int step = days <= 30 ? 10 : days <= 60 ? 20 : 30;
	int steps = (int)ceil(days / step);
	return (struct ruler){RULER_DAYS, (steps ? steps : 1) * step, step};
}

/* Steps of 1, 2, 5, 10, 20, 50 and so on. */
static struct ruler in_years(double years)
{
	int step = 1;
	for (int i = 0; ceil(years / step) > STEPS_MAX; i++)
		step = i % 3 == 1 ? step / 2 * 5 : step * 2;
	return (struct ruler){RULER_YEARS, (int)ceil(years / step) * step, step};
}

struct ruler ruler_of(double days)
{
	static const int months[][2] = {{2, 1}, {4, 1}, {6, 1}, {8, 1}, {12, 2}, {18, 3}, {24, 3}};
	if (days <= 3 * MONTH_DAYS)
		return in_days(days);
	for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
		if (days <= months[i][0] * MONTH_DAYS)
			return (struct ruler){RULER_MONTHS, months[i][0], months[i][1]};
	}
	return in_years(days / YEAR_DAYS);
}

double ruler_days(const struct ruler *r)
{
	static const int days[] = {[RULER_DAYS] = 1, [RULER_MONTHS] = MONTH_DAYS, [RULER_YEARS] = YEAR_DAYS};
	return r->max * days[r->unit];
}

const char *ruler_word(const struct ruler *r)
{
	static const char *const words[] = {
		[RULER_DAYS] = "天", [RULER_MONTHS] = "个月", [RULER_YEARS] = "年"};
	return words[r->unit];
}
