/* x11.h - what SDL knows of an X server and does not tell. */
#ifndef X11_H
#define X11_H

#include <SDL.h>
#include <stdbool.h>

#include "base/option.h"

/* Of the first screen that the server has, all its displays together; asked over a connection of its own.
 * False: there is no server. Any thread. */
bool x11_display_size(struct size *out);

/* A window manager runs there, which is to be asked for a full screen (Extended Window Manager
 * Hints 1.5, _NET_SUPPORTING_WM_CHECK). False as well for a window that is not X's. */
bool x11_has_manager(SDL_Window *w);

/* Readable when the server has something to say that was not read yet: SDL reads all there is when it is asked
 * for events. -1: the window is not X's. */
int x11_event_fd(SDL_Window *w);

/* What the server has of the window now, 0x00RRGGBB; the caller's. NULL: it is not all there, or has
 * other pixels. */
SDL_Surface *x11_read(SDL_Window *w);

#endif
