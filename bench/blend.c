/* SPDX-License-Identifier: Apache-2.0
 *
 * blend WIDTH HEIGHT: milliseconds (the best of ROUNDS) that a full-screen blend takes, and
 * what memory alone allows: a copy of the same picture, which reads once and writes once where
 * a blend reads twice and writes once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "paint/blend.h"

#define ROUNDS 30

static double ms_since(int64_t began_us)
{
	return (double)(clock_mono_us() - began_us) / 1000;
}

int main(int argc, char **argv)
{
	int w = argc == 3 ? atoi(argv[1]) : 0, h = argc == 3 ? atoi(argv[2]) : 0;
	SDL_Surface *to = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_RGB888);
	SDL_Surface *from = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_RGB888);
	if (w <= 0 || h <= 0 || !to || !from)
		return 2;
	double blend_ms = 1e9, copy_ms = 1e9;
	size_t len = (size_t)to->pitch * (size_t)h;
	for (int i = 0; i < ROUNDS; i++) {
		(void)memset(from->pixels, i, len);
		int64_t began_us = clock_mono_us();
		blend_towards(to, from, 100);
		double ms = ms_since(began_us);
		blend_ms = ms < blend_ms ? ms : blend_ms;
		began_us = clock_mono_us();
		(void)memcpy(to->pixels, from->pixels, len);
		ms = ms_since(began_us);
		copy_ms = ms < copy_ms ? ms : copy_ms;
	}
	(void)printf("%.2f %.2f %.0f\n", blend_ms, copy_ms, (double)len * 2 / 1e6 / (copy_ms / 1000));
	SDL_FreeSurface(to);
	SDL_FreeSurface(from);
	return 0;
}
