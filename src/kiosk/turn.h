/* turn.h - a canvas laid on a display that is turned by quarter turns, clockwise. */
#ifndef TURN_H
#define TURN_H

#include <SDL.h>
#include <stdbool.h>

/* Is a canvas turned so as large as that? */
bool turn_fits(int turns, const SDL_Surface *canvas, int width, int height);

/* Copies a rectangle of the canvas to where it lies on the display; what is beyond the canvas
 * is left out. Returns where that is; empty: nothing was copied. Other pixels than the
 * canvas has are converted where nothing is turned, and must be of 32 bits where something is. */
SDL_Rect turn_copy(int turns, SDL_Surface *canvas, SDL_Surface *display, SDL_Rect r);

#endif
