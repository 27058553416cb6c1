/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/turn.h"

#include <stdlib.h>
#include <string.h>

/* Where a canvas pixel lies on the turned surface. */
static void turn_point(int turns, const SDL_Surface *from, int x, int y, int *to_x, int *to_y)
{
	*to_x = turns == 0 ? x : turns == 1 ? from->h - 1 - y : turns == 2 ? from->w - 1 - x : y;
	*to_y = turns == 0 ? y : turns == 1 ? x : turns == 2 ? from->h - 1 - y : from->w - 1 - x;
}

static SDL_Rect turn_rect(int turns, const SDL_Surface *from, SDL_Rect r)
{
	int x0, y0, x1, y1;
	turn_point(turns, from, r.x, r.y, &x0, &y0);
	turn_point(turns, from, r.x + r.w - 1, r.y + r.h - 1, &x1, &y1);
	return (SDL_Rect){x0 < x1 ? x0 : x1, y0 < y1 ? y0 : y1, abs(x1 - x0) + 1, abs(y1 - y0) + 1};
}

static void copy_turned(int turns, const SDL_Surface *from, SDL_Surface *to, SDL_Rect r)
{
	for (int y = r.y; y < r.y + r.h; y++) {
		const Uint32 *row =
			(const Uint32 *)(const void *)((const char *)from->pixels + y * from->pitch);
		for (int x = r.x; x < r.x + r.w; x++) {
			int to_x, to_y;
			turn_point(turns, from, x, y, &to_x, &to_y);
			((Uint32 *)(void *)((char *)to->pixels + to_y * to->pitch))[to_x] = row[x];
		}
	}
}

/* Row by row: what is presented is read at once, so it had better stay in the cache, where SDL's
 * own copy writes past it, and slowly where a row does not begin at 16 bytes. */
static void copy_rows(const SDL_Surface *from, SDL_Surface *to, SDL_Rect r)
{
	for (int y = r.y; y < r.y + r.h; y++)
		memcpy((char *)to->pixels + y * to->pitch + r.x * 4,
			(const char *)from->pixels + y * from->pitch + r.x * 4, (size_t)r.w * 4);
}

bool turn_fits(int turns, const SDL_Surface *canvas, int width, int height)
{
	return turns % 2 ? width == canvas->h && height == canvas->w
			 : width == canvas->w && height == canvas->h;
}

SDL_Rect turn_copy(int turns, SDL_Surface *canvas, SDL_Surface *display, SDL_Rect r)
{
	const SDL_Rect all = {0, 0, canvas->w, canvas->h};
	SDL_Rect part;
	if (!SDL_IntersectRect(&r, &all, &part))
		return (SDL_Rect){0, 0, 0, 0};
	if (turns == 0 && display->format->format == canvas->format->format)
		copy_rows(canvas, display, part);
	else if (turns == 0)
		(void)SDL_BlitSurface(canvas, &part, display, &(SDL_Rect){part.x, part.y, 0, 0});
	else if (display->format->BytesPerPixel == 4)
		copy_turned(turns, canvas, display, part);
	return turn_rect(turns, canvas, part);
}
