/* blend.h - one finished picture fading into another of the same size. Pure. */
#ifndef BLEND_H
#define BLEND_H

#include <SDL.h>

/* Every channel of `to` moves towards `from` by share / 255 of what parts them.
 * Both are 32 bits a pixel and equally large. */
void blend_towards(SDL_Surface *to, const SDL_Surface *from, unsigned share);

#endif
