/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/x11.h"

#include <SDL_syswm.h>
#include <dlfcn.h>

/* Of the library that SDL has loaded already, if there is an X server. */
struct calls {
	Atom (*intern)(Display *, const char *, Bool);
	int (*get)(Display *, Window, Atom, long, long, Bool, Atom, Atom *, int *, unsigned long *,
		unsigned long *, unsigned char **);
	int (*release)(void *);
	Window (*root)(Display *);
};

static bool find_calls(void *library, struct calls *out)
{
	*(void **)(void *)&out->intern = dlsym(library, "XInternAtom");
	*(void **)(void *)&out->get = dlsym(library, "XGetWindowProperty");
	*(void **)(void *)&out->release = dlsym(library, "XFree");
	*(void **)(void *)&out->root = dlsym(library, "XDefaultRootWindow");
	return out->intern && out->get && out->release && out->root;
}

static bool is_managed(const struct calls *x, Display *d)
{
	Atom name = x->intern(d, "_NET_SUPPORTING_WM_CHECK", True), type = None;
	unsigned long count = 0, rest;
	unsigned char *value = NULL;
	int format;
	if (name == None || x->get(d, x->root(d), name, 0, 1, False, AnyPropertyType, &type, &format, &count,
				    &rest, &value) != 0)
		return false;
	if (value)
		(void)x->release(value);
	return count > 0;
}

bool x11_has_manager(SDL_Window *w)
{
	SDL_SysWMinfo info;
	struct calls calls;
	SDL_VERSION(&info.version);
	if (!SDL_GetWindowWMInfo(w, &info) || info.subsystem != SDL_SYSWM_X11)
		return false;
	void *library = dlopen("libX11.so.6", RTLD_NOW | RTLD_LOCAL);
	bool has = library && find_calls(library, &calls) && is_managed(&calls, info.info.x11.display);
	if (library)
		(void)dlclose(library);
	return has;
}
