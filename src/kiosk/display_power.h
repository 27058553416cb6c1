/* display_power.h - puts the display behind a window, or on a card, to sleep and wakes it.
 *
 * X11: the DPMS extension. KMS: the connectors' property DPMS, through a descriptor that is the card's
 * master. Elsewhere the picture is black and the display stays on. For the thread that shows. */
#ifndef DISPLAY_POWER_H
#define DISPLAY_POWER_H

#include <SDL.h>
#include <stdbool.h>

/* False: here it cannot be done. */
bool display_power_window(SDL_Window *w, bool is_on);

/* Every connected connector of a card. False: none could. */
bool display_power_card(int fd, bool is_on);

#endif
