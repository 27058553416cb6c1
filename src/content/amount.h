/* amount.h - numbers as a board prints them: 9000万元, 9.5亿元, 71.5, −1.0.
 *
 * Thousands are never grouped; from 10,000 on the unit changes; a minus is
 * U+2212 (GB/T 15835 habits; visual specification, 4 and 8). Pure. */
#ifndef AMOUNT_H
#define AMOUNT_H

#include <stddef.h>
#include <stdint.h>

#define AMOUNT_DECIMALS_AUTO (-1) /* as many as the number needs, at most 2 */

struct amount {
	char number[32];
	char unit[32];
};

/* Fixed decimals, or as many as it needs. */
void amount_format(double value, int decimals, char *out, size_t room);

/* How many decimals a number needs, at most max. */
int amount_decimals(double value, int max);

/* Whole yuan to 万元 or 亿元, or 元 where 万元 would round it to nothing. decimals: of
 * 亿元. */
struct amount amount_money(int64_t yuan, int decimals);

/* A value with its unit, changed where the number is too long: 12500万元 to 1.25亿元. */
struct amount amount_value(double value, const char *unit, int decimals);

#endif
