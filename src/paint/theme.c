/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/theme.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const struct theme themes[] = {
	{
		.name = "hall",
		.rgb =
			{
				[TOKEN_BG] = 0xF5F3EC,
				[TOKEN_BG2] = 0xF5F3EC,
				[TOKEN_PANEL] = 0xE9E6DB,
				[TOKEN_FG] = 0x0D2B30,
				[TOKEN_FG2] = 0x304D55,
				[TOKEN_FG3] = 0x4E666D,
				[TOKEN_HAIR] = 0xC8CBC2,
				[TOKEN_QUIET] = 0xD9DCD4,
				[TOKEN_MID] = 0x73908F,
				[TOKEN_ACC] = 0xB8261B,
				[TOKEN_ONACC] = 0xFFFFFF,
				[TOKEN_INV] = 0x0D2B30,
				[TOKEN_ONINV] = 0xF5F3EC,
				[TOKEN_ONINV2] = 0xB9CBC9,
				[TOKEN_ACCINV] = 0xF0705C,
				[TOKEN_UPINV] = 0xFF9A86,
				[TOKEN_DOWNINV] = 0x7FD3A6,
				[TOKEN_UP] = 0xB8261B,
				[TOKEN_DOWN] = 0x17694A,
				[TOKEN_OK] = 0x0B6E69,
				[TOKEN_WARN] = 0xB06800,
				[TOKEN_LATE] = 0xB8261B,
				[TOKEN_DONE] = 0x0D2B30,
				[TOKEN_UNK] = 0x4E666D,
				[TOKEN_SMP] = 0xF2C53D,
				[TOKEN_ONSMP] = 0x0D2B30,
				[TOKEN_WHITE] = 0xFFFFFF,
				[TOKEN_QR] = 0x0D1B1E,
				[TOKEN_QR_MID] = 0x9AA5A5,
			},
	},
	{
		.name = "festival",
		.is_festive = true,
		.rgb =
			{
				[TOKEN_BG] = 0x1A110A,
				[TOKEN_BG2] = 0x2A190C,
				[TOKEN_PANEL] = 0x2C1D11,
				[TOKEN_FG] = 0xFFF4E2,
				[TOKEN_FG2] = 0xE5CFB0,
				[TOKEN_FG3] = 0xC4AB8A,
				[TOKEN_HAIR] = 0x4F3A25,
				[TOKEN_QUIET] = 0x3B2917,
				[TOKEN_MID] = 0x9C7A4C,
				[TOKEN_ACC] = 0xFFB31A,
				[TOKEN_ONACC] = 0x1A110A,
				[TOKEN_INV] = 0xFFF4E2,
				[TOKEN_ONINV] = 0x1A110A,
				[TOKEN_ONINV2] = 0x5A4530,
				[TOKEN_ACCINV] = 0xB04A00,
				[TOKEN_UPINV] = 0xB8261B,
				[TOKEN_DOWNINV] = 0x17694A,
				[TOKEN_UP] = 0xFF8A70,
				[TOKEN_DOWN] = 0x7FD3A6,
				[TOKEN_OK] = 0x6FC7C0,
				[TOKEN_WARN] = 0xFFB31A,
				[TOKEN_LATE] = 0xFF7A61,
				[TOKEN_DONE] = 0xFFF4E2,
				[TOKEN_UNK] = 0xC4AB8A,
				[TOKEN_SMP] = 0xFFF4E2,
				[TOKEN_ONSMP] = 0x1A110A,
				[TOKEN_WHITE] = 0xFFFFFF,
				[TOKEN_QR] = 0x0D1B1E,
				[TOKEN_QR_MID] = 0x9AA5A5,
			},
	},
};

#define ALERT_COLORS(ground, text, tag, on_tag)                                                              \
	{                                                                                                    \
		[TOKEN_BG] = (ground), [TOKEN_FG] = (text), [TOKEN_SMP] = (tag), [TOKEN_ONSMP] = (on_tag)    \
	}

/* Only these four tokens: an alert draws with no others. */
static const struct theme alerts[] = {
	[THEME_ALERT_RED] = {.name = "red",
		.is_large = true,
		.rgb = ALERT_COLORS(0xA3120C, 0xFFFFFF, 0xF2C53D, 0x0D2B30)},
	[THEME_ALERT_ORANGE] = {.name = "orange",
		.is_large = true,
		.rgb = ALERT_COLORS(0xE87500, 0x1A110A, 0x1A110A, 0xE87500)},
	[THEME_ALERT_YELLOW] = {.name = "yellow",
		.is_large = true,
		.rgb = ALERT_COLORS(0xF6C700, 0x1A110A, 0x1A110A, 0xF6C700)},
	[THEME_ALERT_BLUE] = {.name = "blue",
		.is_large = true,
		.rgb = ALERT_COLORS(0x0B4A8F, 0xFFFFFF, 0xF2C53D, 0x0D2B30)},
};

const struct theme *theme_alert(enum theme_alert level)
{
	return &alerts[level];
}

const struct theme *theme_find(const char *name)
{
	for (size_t i = 0; i < sizeof themes / sizeof themes[0]; i++) {
		if (strcmp(themes[i].name, name) == 0)
			return &themes[i];
	}
	return NULL;
}

const struct theme *theme_hall(void)
{
	return &themes[0];
}

const char *theme_token_name(enum token t)
{
	static const char *const names[TOKEN_COUNT] = {
		"bg",
		"bg2",
		"panel",
		"fg",
		"fg2",
		"fg3",
		"hair",
		"quiet",
		"mid",
		"acc",
		"onacc",
		"inv",
		"oninv",
		"oninv2",
		"accinv",
		"upinv",
		"downinv",
		"up",
		"down",
		"ok",
		"warn",
		"late",
		"done",
		"unk",
		"smp",
		"onsmp",
		"white",
		"qr",
		"qr-mid",
	};
	return names[t];
}

static unsigned channel(uint32_t rgb, int shift)
{
	return (rgb >> shift) & 0xff;
}

uint32_t theme_mix(uint32_t a, uint32_t b, double t)
{
	uint32_t out = 0;
	for (int shift = 0; shift <= 16; shift += 8) {
		double from = channel(a, shift);
		double to = channel(b, shift);
		out |= (uint32_t)lround(from + (to - from) * t) << shift;
	}
	return out;
}

static double luminance(uint32_t rgb)
{
	static const double weights[] = {0.0722, 0.7152, 0.2126};
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double c = channel(rgb, i * 8) / 255.0;
		sum += weights[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

double theme_contrast(uint32_t a, uint32_t b)
{
	double la = luminance(a) + 0.05;
	double lb = luminance(b) + 0.05;
	return la > lb ? la / lb : lb / la;
}
