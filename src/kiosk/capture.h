/* capture.h - a picture of what was read back from the display, for who looks after screens.
 * For the window's thread. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include <SDL.h>
#include <stdint.h>

#define CAPTURE_LONG_MAX 960 /* px, of the longer and the shorter side */
#define CAPTURE_SHORT_MAX 540

/* Keeps it in the folder (store/shot.h), made smaller where it is larger than that. What
 * fails is logged. */
void capture_write(SDL_Surface *seen, const char *folder, const char *name, int64_t now_utc_s);

#endif
