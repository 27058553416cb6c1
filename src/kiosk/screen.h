/* screen.h - the window, or the whole screen, and how a finished picture gets there.
 *
 * A hardware renderer where there really is hardware; else a plain window surface, or without
 * a desktop plain memory of the card's (kms.h), of which only the changed rectangles are
 * updated (a software GL behind the picture cost ten times the time and seven times the
 * memory). For the main thread. */
#ifndef SCREEN_H
#define SCREEN_H

#include <SDL.h>
#include <stdbool.h>

#include "base/err.h"
#include "kiosk/options.h"

struct screen;

/* Does a desktop have the display? Else it is taken from the kernel, and comes and goes. */
bool screen_has_desktop(const struct options *o);

/* Before there are threads: what SDL would look for, and needs not. */
void screen_prepare(void);

/* Of the canvas on a display that is not open yet: as asked for, as the X server has it, or as most have
 * it; nobody knows without a desktop: 0 x 0. Any thread. */
struct size screen_likely_size(const struct options *o);

/* Opens it over the whole display unless o says otherwise. ERR_IO naming what SDL
 * could not have; without a desktop ERR_BUSY: it may be there later. No cursor, no screen
 * saver; without a desktop no keyboard for the console either. */
bool screen_open(struct screen **out, const struct options *o, struct err *e);
void screen_close(struct screen *s); /* NULL is fine */

enum screen_change {
	SCREEN_SAME,
	SCREEN_GONE, /* the display was pulled out, or went off */
	SCREEN_BACK, /* a display is there again, or another one: open the screen anew */
};

/* Without a desktop nobody tells: asks the kernel what became of the display. About once a
 * second is enough. */
enum screen_change screen_watch(struct screen *s);
bool screen_is_gone(const struct screen *s); /* as of the last time */

/* Pixels that a canvas must have, before it is turned. */
struct size screen_canvas_size(struct screen *s);

/* Who touches a display that SDL does not tell of. Borrowed; NULL: SDL does, or nobody may. */
struct fingers *screen_fingers(struct screen *s);

/* Readable when the display has an event, after SDL was asked for all that it has; -1: this one says nothing. */
int screen_event_fd(const struct screen *s);

/* SDL can sleep until this display has an event; others must be asked. */
bool screen_can_wait(const struct screen *s);

/* "x11, surface", for the log. */
const char *screen_way(const struct screen *s);

/* Shows rectangles of a canvas of that size. ERR_IO. */
bool screen_present(struct screen *s, SDL_Surface *canvas, const SDL_Rect *rects, int count, struct err *e);

/* What stands there now, upright, as large as the canvas and with pixels like its: a
 * surface's own, what X has of one that is lent, or what the renderer makes of its texture once
 * more. NULL: the window has another size by now. *is_exact: every pixel comes back as it was presented. */
SDL_Surface *screen_read_back(struct screen *s, const SDL_Surface *canvas, bool *is_exact);

/* Puts the display to sleep, or wakes it. False: it cannot be done here. */
bool screen_sleep(struct screen *s, bool is_asleep);

/* Makes a window without a renderer black. Its memory, which X shares, is brought in by that, here and
 * there, while the first page is being made ready. */
bool screen_blacken(struct screen *s, struct err *e);

/* The surface of the window, to be painted upon instead of a canvas that is copied there; NULL: not
 * here. Who has it must have let go of it before another canvas is presented after a resize. */
SDL_Surface *screen_lend(struct screen *s);

/* After a resize or an expose: everything must be presented again. */
void screen_forget(struct screen *s);

#endif
