/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/blend.h"

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
