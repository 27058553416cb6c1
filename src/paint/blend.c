/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/blend.h"

#include <pixman.h>
#include <stdint.h>
#include <stdlib.h>

static pixman_image_t *image_of(const SDL_Surface *s)
{
	return pixman_image_create_bits_no_clear(PIXMAN_x8r8g8b8, s->w, s->h, s->pixels, s->pitch);
}

void blend_towards(SDL_Surface *to, const SDL_Surface *from, unsigned share)
{
	const pixman_color_t part = {.alpha = (uint16_t)(share * 0x101)};
	pixman_image_t *mask = pixman_image_create_solid_fill(&part), *a = image_of(from), *b = image_of(to);
	if (!mask || !a || !b)
		abort();
	pixman_image_composite32(PIXMAN_OP_OVER, a, mask, b, 0, 0, 0, 0, 0, 0, to->w, to->h);
	(void)pixman_image_unref(mask);
	(void)pixman_image_unref(a);
	(void)pixman_image_unref(b);
}
