/* SPDX-License-Identifier: Apache-2.0
 *
 * To be preloaded: once the file that HANG_WHEN names exists, the function that HANG_IN
 * names never returns. Painting, presenting and the loop can so be hung one by one. */
#include <SDL.h>
#include <dlfcn.h>
#include <pixman.h>
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

pixman_bool_t pixman_fill(
	uint32_t *bits, int stride, int bpp, int x, int y, int width, int height, uint32_t filler)
{
	hang_in("paint");
	pixman_bool_t (*real)(uint32_t *, int, int, int, int, int, int, uint32_t) = NULL;
	*(void **)&real = dlsym(RTLD_NEXT, "pixman_fill");
	return real(bits, stride, bpp, x, y, width, height, filler);
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
