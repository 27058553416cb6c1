/* SPDX-License-Identifier: Apache-2.0
 *
 * To be preloaded: once the file that HANG_WHEN names exists, the function that HANG_IN
 * names never returns. Painting, presenting and the loop can so be hung one by one. */
#include <SDL.h>
#include <cairo.h>
#include <dlfcn.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void hang_in(const char *function)
{
	const char *in = getenv("HANG_IN"), *when = getenv("HANG_WHEN");
	while (in && when && strcmp(in, function) == 0 && access(when, F_OK) == 0)
		(void)pause();
}

void cairo_fill(cairo_t *cr)
{
	hang_in("paint");
	void (*real)(cairo_t *) = NULL;
	*(void **)&real = dlsym(RTLD_NEXT, "cairo_fill");
	real(cr);
}

int SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *rects, int count)
{
	hang_in("present");
	int (*real)(SDL_Window *, const SDL_Rect *, int) = NULL;
	*(void **)&real = dlsym(RTLD_NEXT, "SDL_UpdateWindowSurfaceRects");
	return real(window, rects, count);
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	if (count == 5) /* the director's */
		hang_in("loop");
	int (*real)(struct pollfd *, nfds_t, int) = NULL;
	*(void **)&real = dlsym(RTLD_NEXT, "poll");
	return real(fds, count, timeout_ms);
}
