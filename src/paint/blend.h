/* blend.h - colours laid on pixels, and one finished picture fading into another. Pure.
 *
 * Pixels are 0xffRRGGBB, native byte order; the first byte is kept 0xff. Loops that compilers turn
 * into vector code (the Makefile asks for it). */
#ifndef BLEND_H
#define BLEND_H

#include <SDL.h>
#include <stdint.h>

/* Every channel of `to` moves towards `from` by share / 256 of what parts them.
 * Both are 32 bits a pixel and equally large. */
void blend_towards(SDL_Surface *to, const SDL_Surface *from, unsigned share);

void blend_fill(uint32_t *row, int count, uint32_t rgb);

/* A colour over a row, by coverage: 255 covers. */
void blend_cover(uint32_t *row, const uint8_t *coverage, int count, uint32_t rgb);

#endif
