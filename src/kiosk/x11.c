/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/x11.h"

#include <SDL_syswm.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <dlfcn.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <xcb/xcb.h>

/* Of the libraries that SDL has loaded already, if there is an X server. */
struct calls {
	void *library, *extensions;
	Display *display;
	Window window;
	Atom (*intern)(Display *, const char *, Bool);
	int (*get)(Display *, Window, Atom, long, long, Bool, Atom, Atom *, int *, unsigned long *,
		unsigned long *, unsigned char **);
	int (*release)(void *);
	Window (*root)(Display *);
	XImage *(*image)(Display *, Drawable, int, int, unsigned, unsigned, unsigned long, int);
	XErrorHandler (*on_error)(XErrorHandler);
	Status (*attributes)(Display *, Window, XWindowAttributes *);
	XImage *(*shared_image)(
		Display *, Visual *, unsigned, int, char *, XShmSegmentInfo *, unsigned, unsigned);
	Bool (*attach)(Display *, XShmSegmentInfo *);
	Bool (*detach)(Display *, XShmSegmentInfo *);
	Bool (*read_shared)(Display *, Drawable, XImage *, int, int, unsigned long);
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
	*(void **)(void *)&out->attributes = dlsym(out->library, "XGetWindowAttributes");
	if (out->intern && out->get && out->release && out->root && out->image && out->on_error && out->attributes)
		return true;
	(void)dlclose(out->library);
	return false;
}

/* MIT-SHM; without it pictures come over the connection. */
static bool find_shared_calls(struct calls *x)
{
	x->extensions = dlopen("libXext.so.6", RTLD_NOW | RTLD_LOCAL);
	if (!x->extensions)
		return false;
	*(void **)(void *)&x->shared_image = dlsym(x->extensions, "XShmCreateImage");
	*(void **)(void *)&x->attach = dlsym(x->extensions, "XShmAttach");
	*(void **)(void *)&x->detach = dlsym(x->extensions, "XShmDetach");
	*(void **)(void *)&x->read_shared = dlsym(x->extensions, "XShmGetImage");
	return x->shared_image && x->attach && x->detach && x->read_shared;
}

static void close_calls(struct calls *x)
{
	if (x->extensions)
		(void)dlclose(x->extensions);
	(void)dlclose(x->library);
}

bool x11_display_size(struct size *out)
{
	void *library = dlopen("libxcb.so.1", RTLD_NOW | RTLD_LOCAL);
	xcb_connection_t *(*connect)(const char *, int *);
	void (*disconnect)(xcb_connection_t *);
	const xcb_setup_t *(*setup)(xcb_connection_t *);
	xcb_screen_iterator_t (*screens)(const xcb_setup_t *);
	if (!library)
		return false;
	*(void **)(void *)&connect = dlsym(library, "xcb_connect");
	*(void **)(void *)&disconnect = dlsym(library, "xcb_disconnect");
	*(void **)(void *)&setup = dlsym(library, "xcb_get_setup");
	*(void **)(void *)&screens = dlsym(library, "xcb_setup_roots_iterator");
	bool ok = connect && disconnect && setup && screens;
	xcb_connection_t *c = ok ? connect(NULL, NULL) : NULL;
	const xcb_setup_t *s = c ? setup(c) : NULL; /* NULL: there is none, or it refused */
	xcb_screen_iterator_t first = s ? screens(s) : (xcb_screen_iterator_t){0};
	if (first.rem > 0)
		*out = (struct size){first.data->width_in_pixels, first.data->height_in_pixels};
	if (c)
		disconnect(c);
	(void)dlclose(library);
	return first.rem > 0;
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
	close_calls(&x);
	return is;
}

int x11_event_fd(SDL_Window *w)
{
	SDL_SysWMinfo info;
	SDL_VERSION(&info.version);
	return SDL_GetWindowWMInfo(w, &info) && info.subsystem == SDL_SYSWM_X11
		       ? ConnectionNumber(info.info.x11.display)
		       : -1;
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

/* By memory that is shared with the server for it: over the connection the picture comes in dozens of
 * pieces, each of which wakes both. NULL: it cannot be had so, as from another machine's server. */
static SDL_Surface *read_shared(struct calls *x, unsigned width, unsigned height)
{
	XWindowAttributes a;
	XShmSegmentInfo memory = {.shmid = -1};
	SDL_Surface *copy = NULL;
	if (!find_shared_calls(x) || !x->attributes(x->display, x->window, &a))
		return NULL;
	XImage *image = x->shared_image(
		x->display, a.visual, (unsigned)a.depth, ZPixmap, NULL, &memory, width, height);
	if (!image)
		return NULL;
	memory.shmid = shmget(IPC_PRIVATE, (size_t)image->bytes_per_line * height, IPC_CREAT | 0600);
	void *at = memory.shmid < 0 ? (void *)-1 : shmat(memory.shmid, NULL, 0);
	if (at != (void *)-1) {
		memory.shmaddr = image->data = at;
		if (x->attach(x->display, &memory)) {
			/* The answer also tells whether it could be attached. */
			if (x->read_shared(x->display, x->window, image, 0, 0, AllPlanes))
				copy = copy_of(image);
			(void)x->detach(x->display, &memory);
		}
		(void)shmdt(at);
	}
	if (memory.shmid >= 0)
		(void)shmctl(memory.shmid, IPC_RMID, NULL);
	image->data = NULL;
	(void)XDestroyImage(image);
	return copy;
}

static SDL_Surface *read_sent(struct calls *x, unsigned width, unsigned height)
{
	XImage *image = x->image(x->display, x->window, 0, 0, width, height, AllPlanes, ZPixmap);
	SDL_Surface *copy = image ? copy_of(image) : NULL;
	if (image)
		(void)XDestroyImage(image);
	return copy;
}

SDL_Surface *x11_read(SDL_Window *w)
{
	struct calls x;
	int width, height;
	if (!find_calls(w, &x))
		return NULL;
	SDL_GetWindowSize(w, &width, &height);
	XErrorHandler before = x.on_error(pass_over);
	SDL_Surface *copy = read_shared(&x, (unsigned)width, (unsigned)height);
	if (!copy)
		copy = read_sent(&x, (unsigned)width, (unsigned)height);
	(void)x.on_error(before);
	close_calls(&x);
	return copy;
}
