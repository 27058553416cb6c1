/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/x11.h"

#include <SDL_syswm.h>
#include <X11/Xutil.h>
#include <dlfcn.h>
#include <string.h>

/* Of the library that SDL has loaded already, if there is an X server. */
struct calls {
	void *library;
	Display *display;
	Window window;
	Atom (*intern)(Display *, const char *, Bool);
	int (*get)(Display *, Window, Atom, long, long, Bool, Atom, Atom *, int *, unsigned long *,
		unsigned long *, unsigned char **);
	int (*release)(void *);
	Window (*root)(Display *);
	XImage *(*image)(Display *, Drawable, int, int, unsigned, unsigned, unsigned long, int);
	XErrorHandler (*on_error)(XErrorHandler);
};

static bool find_calls(SDL_Window *w, struct calls *out)
{
	SDL_SysWMinfo info;
	SDL_VERSION(&info.version);
	if (!SDL_GetWindowWMInfo(w, &info) || info.subsystem != SDL_SYSWM_X11)
		return false;
	*out = (struct calls){.library = dlopen("libX11.so.6", RTLD_NOW | RTLD_LOCAL),
		.display = info.info.x11.display,
		.window = info.info.x11.window};
	if (!out->library)
		return false;
	*(void **)(void *)&out->intern = dlsym(out->library, "XInternAtom");
	*(void **)(void *)&out->get = dlsym(out->library, "XGetWindowProperty");
	*(void **)(void *)&out->release = dlsym(out->library, "XFree");
	*(void **)(void *)&out->root = dlsym(out->library, "XDefaultRootWindow");
	*(void **)(void *)&out->image = dlsym(out->library, "XGetImage");
	*(void **)(void *)&out->on_error = dlsym(out->library, "XSetErrorHandler");
	if (out->intern && out->get && out->release && out->root && out->image && out->on_error)
		return true;
	(void)dlclose(out->library);
	return false;
}

static bool is_managed(const struct calls *x)
{
	Atom name = x->intern(x->display, "_NET_SUPPORTING_WM_CHECK", True), type = None;
	unsigned long count = 0, rest;
	unsigned char *value = NULL;
	int format;
	if (name == None || x->get(x->display, x->root(x->display), name, 0, 1, False, AnyPropertyType, &type,
				    &format, &count, &rest, &value) != 0)
		return false;
	if (value)
		(void)x->release(value);
	return count > 0;
}

bool x11_has_manager(SDL_Window *w)
{
	struct calls x;
	if (!find_calls(w, &x))
		return false;
	bool is = is_managed(&x);
	(void)dlclose(x.library);
	return is;
}

/* Of a window that is not all on the display, or is gone. X's own handler would end the program. */
static int pass_over(Display *d, XErrorEvent *e)
{
	(void)d;
	(void)e;
	return 0;
}

static SDL_Surface *copy_of(const XImage *image)
{
	const bool is_little = SDL_BYTEORDER == SDL_LIL_ENDIAN;
	if (image->bits_per_pixel != 32 || image->red_mask != 0xff0000 ||
		image->byte_order != (is_little ? LSBFirst : MSBFirst))
		return NULL;
	SDL_Surface *to =
		SDL_CreateRGBSurfaceWithFormat(0, image->width, image->height, 32, SDL_PIXELFORMAT_RGB888);
	for (int y = 0; to && y < to->h; y++)
		memcpy((char *)to->pixels + y * to->pitch, image->data + y * image->bytes_per_line,
			(size_t)to->w * 4);
	return to;
}

SDL_Surface *x11_read(SDL_Window *w)
{
	struct calls x;
	int width, height;
	SDL_Surface *copy = NULL;
	if (!find_calls(w, &x))
		return NULL;
	SDL_GetWindowSize(w, &width, &height);
	XErrorHandler before = x.on_error(pass_over);
	XImage *image =
		x.image(x.display, x.window, 0, 0, (unsigned)width, (unsigned)height, AllPlanes, ZPixmap);
	(void)x.on_error(before);
	if (image) {
		copy = copy_of(image);
		(void)XDestroyImage(image);
	}
	(void)dlclose(x.library);
	return copy;
}
