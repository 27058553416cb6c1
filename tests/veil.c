/* SPDX-License-Identifier: Apache-2.0
 *
 * To be preloaded: once the file that VEIL_WHEN names exists, what the screen presents is
 * not what it painted. Its first byte says how: b, all black; s, a small patch is wrong. */
#include <SDL.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int how(void)
{
	const char *when = getenv("VEIL_WHEN");
	FILE *f = when ? fopen(when, "re") : NULL;
	int c = f ? fgetc(f) : EOF;
	if (f)
		(void)fclose(f);
	return c;
}

static void spoil(SDL_Surface *s, int c)
{
	if (c == 'b')
		(void)SDL_FillRect(s, NULL, 0);
	else if (c == 's')
		(void)SDL_FillRect(s, &(SDL_Rect){s->w / 2, s->h / 2, 3, 3}, 0x00ff00);
}

/* Of X's display another picture than the memory that it is told to show; without one this memory is what
 * there is to be seen. */
int SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *rects, int count)
{
	int (*real)(SDL_Window *, const SDL_Rect *, int) = NULL;
	*(void **)&real = dlsym(RTLD_NEXT, "SDL_UpdateWindowSurfaceRects");
	int c = how();
	if (c == EOF || count == 0)
		return real(window, rects, count);
	SDL_Surface *s = SDL_GetWindowSurface(window), *kept = SDL_DuplicateSurface(s);
	spoil(s, c);
	int result = real(window, &(SDL_Rect){0, 0, s->w, s->h}, 1);
	if (strcmp(SDL_GetCurrentVideoDriver(), "x11") == 0)
		(void)SDL_BlitSurface(kept, NULL, s, NULL);
	SDL_FreeSurface(kept);
	return result;
}

/* Where a renderer presents. */
int SDL_RenderCopyEx(SDL_Renderer *r, SDL_Texture *t, const SDL_Rect *from, const SDL_Rect *to, double angle,
	const SDL_Point *center, SDL_RendererFlip flip)
{
	int (*real)(SDL_Renderer *, SDL_Texture *, const SDL_Rect *, const SDL_Rect *, double,
		const SDL_Point *, SDL_RendererFlip) = NULL;
	if (how() == 'b')
		return 0;
	*(void **)&real = dlsym(RTLD_NEXT, "SDL_RenderCopyEx");
	return real(r, t, from, to, angle, center, flip);
}
