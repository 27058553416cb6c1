/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/blend.h"

#include <string.h>

/* Two channels at a time, which compilers turn into vector code. */
static uint32_t mix(uint32_t a, uint32_t b, uint32_t share)
{
	uint32_t keep = 256 - share;
	uint32_t even = ((a & 0xff00ff) * keep + (b & 0xff00ff) * share + 0x800080) >> 8 & 0xff00ff;
	uint32_t odd = ((a >> 8 & 0xff00ff) * keep + (b >> 8 & 0xff00ff) * share + 0x800080) & 0xff00ff00;
	return even | odd;
}

void blend_towards(SDL_Surface *to, const SDL_Surface *from, unsigned share)
{
	for (int y = 0; y < to->h; y++) {
		uint32_t *a = (uint32_t *)(void *)((char *)to->pixels + y * to->pitch);
		const uint32_t *b =
			(const uint32_t *)(const void *)((const char *)from->pixels + y * from->pitch);
		for (int x = 0; x < to->w; x++)
			a[x] = mix(a[x], b[x], share);
	}
}

#define OPAQUE 0xff000000u

void blend_fill(uint32_t *row, int count, uint32_t rgb)
{
	for (int x = 0; x < count; x++)
		row[x] = rgb | OPAQUE;
}

#define EVEN UINT64_C(0x00ff00ff00ff00ff)

/* Its four channels, in 16 bits each. */
static uint64_t spread(uint32_t pixel)
{
	return (pixel & 0xff00ff) | (uint64_t)(pixel & 0xff00ff00) << 24;
}

static uint32_t gather(uint64_t channels)
{
	return (uint32_t)(channels & 0xff00ff) | (uint32_t)(channels >> 24 & 0xff00ff00);
}

static uint32_t cover(uint32_t pixel, uint64_t color, uint64_t share)
{
	uint64_t t = color * share + spread(pixel) * (255 - share) + UINT64_C(0x0080008000800080);
	return gather((t + (t >> 8 & EVEN)) >> 8 & EVEN);
}

/* Text is mostly nothing and whole strokes, eight pixels at a time. */
void blend_cover(uint32_t *row, const uint8_t *coverage, int count, uint32_t rgb)
{
	uint64_t color = spread(rgb | OPAQUE), eight;
	int x = 0;
	for (; x + 8 <= count; x += 8) {
		memcpy(&eight, coverage + x, sizeof eight);
		if (eight == UINT64_MAX)
			blend_fill(row + x, 8, rgb);
		else if (eight != 0)
			for (int i = x; i < x + 8; i++)
				row[i] = cover(row[i], color, coverage[i]);
	}
	for (; x < count; x++)
		row[x] = cover(row[x], color, coverage[x]);
}
