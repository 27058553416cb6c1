/* SPDX-License-Identifier: Apache-2.0
 *
 * What a display really shows, read back. */
#include "kiosk/screen_parts.h"
#include "kiosk/turn.h"
#include "kiosk/x11.h"

static SDL_Surface *memory_of(struct screen *s)
{
	return s->kms ? kms_front(s->kms) : s->lent ? s->lent : SDL_GetWindowSurface(s->window);
}

/* What was painted upon the window's memory is not to be held against itself. */
static SDL_Surface *read_server(struct screen *s, const SDL_Surface *canvas)
{
	SDL_Surface *from = x11_read(s->window);
	if (from && turn_fits(s->turns, canvas, from->w, from->h))
		return from;
	SDL_FreeSurface(from);
	return NULL;
}

/* As it lies on the display; it may be turned. */
static SDL_Surface *read_display(struct screen *s, const SDL_Surface *canvas)
{
	const Uint32 format = canvas->format->format;
	if (canvas == s->lent)
		return read_server(s, canvas);
	if (!s->renderer) {
		SDL_Surface *from = memory_of(s);
		if (!from || !turn_fits(s->turns, canvas, from->w, from->h))
			return NULL;
		if (from->format->format != format)
			return SDL_ConvertSurfaceFormat(from, format, 0);
		return SDL_CreateRGBSurfaceWithFormatFrom(
			from->pixels, from->w, from->h, 32, from->pitch, format); /* shares them */
	}
	struct size size = screen_size(s);
	if (!s->texture || !turn_fits(s->turns, canvas, size.width, size.height) ||
		!screen_draw_texture(s, canvas))
		return NULL; /* the back buffer is undefined after presenting: drawn once more */
	SDL_Surface *to = SDL_CreateRGBSurfaceWithFormat(0, size.width, size.height, 32, format);
	if (to && SDL_RenderReadPixels(s->renderer, NULL, format, to->pixels, to->pitch) != 0) {
		SDL_FreeSurface(to);
		return NULL;
	}
	return to;
}

SDL_Surface *screen_read_back(struct screen *s, const SDL_Surface *canvas, bool *is_exact)
{
	SDL_Surface *from = read_display(s, canvas);
	*is_exact = !s->renderer && memory_of(s)->format->BytesPerPixel == 4;
	if (!from || s->turns == 0)
		return from;
	SDL_Surface *upright =
		SDL_CreateRGBSurfaceWithFormat(0, canvas->w, canvas->h, 32, canvas->format->format);
	if (upright)
		(void)turn_copy(4 - s->turns, from, upright, (SDL_Rect){0, 0, from->w, from->h});
	SDL_FreeSurface(from);
	return upright;
}
