/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <string.h>
#include <unistr.h>

uint32_t utf8_next(const char **text)
{
	ucs4_t point = 0;
	const uint8_t *at = (const uint8_t *)*text;
	if (*at == 0)
		return 0;
	if (*at < 0x80) {
		(*text)++;
		return *at;
	}
	int n = u8_strmbtouc(&point, at);
	*text += n > 0 ? n : 1;
	return n > 0 ? point : UTF8_BAD;
}

size_t utf8_put(char out[static 5], uint32_t point)
{
	int n = u8_uctomb((uint8_t *)out, point, 4);
	size_t len = n > 0 ? (size_t)n : 0;
	out[len] = '\0';
	return len;
}

size_t utf8_count(const char *text)
{
	return u8_mbsnlen((const uint8_t *)text, strlen(text));
}
