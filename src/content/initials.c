/* SPDX-License-Identifier: Apache-2.0 */
#include "content/initials.h"

#include <iconv.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

#define LEVEL_1_END 0xD7FA

/* The first character of each letter. */
static const struct {
	uint16_t first;
	char letter;
} letters[] = {{0xB0A1, 'A'}, {0xB0C5, 'B'}, {0xB2C1, 'C'}, {0xB4EE, 'D'}, {0xB6EA, 'E'}, {0xB7A2, 'F'},
	{0xB8C1, 'G'}, {0xB9FE, 'H'}, {0xBBF7, 'J'}, {0xBFA6, 'K'}, {0xC0AC, 'L'}, {0xC2E8, 'M'},
	{0xC4C3, 'N'}, {0xC5B6, 'O'}, {0xC5BE, 'P'}, {0xC6DA, 'Q'}, {0xC8BB, 'R'}, {0xC8F6, 'S'},
	{0xCBFA, 'T'}, {0xCDDA, 'W'}, {0xCEF4, 'X'}, {0xD1B9, 'Y'}, {0xD4D1, 'Z'}};

/* Of the first level, those with a second reading of another letter that names use. */
static const char two_readings[] = "重长行乐单曾盛朝都奇解参会系调藏厦仇区尉车";

/* 0: no GB/T 2312 character. */
static uint16_t gb2312_of(iconv_t converter, const char *text, size_t len)
{
	char in[4], out[4];
	char *from = in, *to = out;
	size_t left = len, room = sizeof out;
	memcpy(in, text, len);
	(void)iconv(converter, NULL, NULL, NULL, NULL);
	if (iconv(converter, &from, &left, &to, &room) == (size_t)-1 || room != 2)
		return 0;
	return (uint16_t)((uint8_t)out[0] << 8 | (uint8_t)out[1]);
}

static char letter_of(iconv_t converter, const char *text, size_t len)
{
	char letter = INITIALS_ANY, character[5] = {0};
	uint16_t code = gb2312_of(converter, text, len);
	memcpy(character, text, len);
	if (code < letters[0].first || code >= LEVEL_1_END || strstr(two_readings, character))
		return INITIALS_ANY;
	for (size_t i = 0; i < sizeof letters / sizeof letters[0] && letters[i].first <= code; i++)
		letter = letters[i].letter;
	return letter;
}

static bool is_han(uint32_t point)
{
	return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0x20000 && point <= 0x3FFFF);
}

void initials_of(const char *name, char out[static INITIALS_MAX])
{
	iconv_t converter = iconv_open("GB18030", "UTF-8");
	size_t len = 0;
	for (const char *at = name, *next = name; len < INITIALS_MAX - 1; at = next) {
		uint32_t point = utf8_next(&next);
		if (point == 0)
			break;
		if ((point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z'))
			out[len++] = (char)point;
		else if (point >= 'a' && point <= 'z')
			out[len++] = (char)(point - 'a' + 'A');
		else if (is_han(point))
			out[len++] = converter == (iconv_t)-1 ? INITIALS_ANY
							      : letter_of(converter, at, (size_t)(next - at));
	}
	out[len] = '\0';
	if (converter != (iconv_t)-1)
		(void)iconv_close(converter);
}

static bool begins(const char *initials, const char *typed)
{
	for (; *typed; initials++, typed++) {
		if (*initials != *typed && *initials != INITIALS_ANY)
			return false;
	}
	return true;
}

bool initials_have(const char *initials, const char *typed)
{
	if (!*typed)
		return false;
	for (; *initials; initials++) {
		if (begins(initials, typed))
			return true;
	}
	return false;
}
