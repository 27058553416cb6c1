/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/display_power.h"

#include <SDL_syswm.h>
#include <X11/extensions/dpmsconst.h>
#include <dlfcn.h>
#include <string.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

/* ---- KMS -------------------------------------------------------------------------------- */

/* The property's number; 0: the connector has none. */
static uint32_t find_dpms(int fd, const drmModeConnector *c)
{
	uint32_t found = 0;
	for (int i = 0; i < c->count_props && !found; i++) {
		drmModePropertyRes *p = drmModeGetProperty(fd, c->props[i]);
		if (p && strcmp(p->name, "DPMS") == 0)
			found = p->prop_id;
		drmModeFreeProperty(p);
	}
	return found;
}

static bool turn_connector(int fd, uint32_t id, bool is_on)
{
	drmModeConnector *c = drmModeGetConnectorCurrent(fd, id);
	if (!c)
		return false;
	uint32_t dpms = c->connection == DRM_MODE_CONNECTED ? find_dpms(fd, c) : 0;
	bool ok = dpms && drmModeConnectorSetProperty(
				  fd, id, dpms, is_on ? DRM_MODE_DPMS_ON : DRM_MODE_DPMS_OFF) == 0;
	drmModeFreeConnector(c);
	return ok;
}

bool display_power_card(int fd, bool is_on)
{
	drmModeRes *all = drmModeGetResources(fd);
	bool could = false;
	for (int i = 0; all && i < all->count_connectors; i++)
		could = turn_connector(fd, all->connectors[i], is_on) || could;
	drmModeFreeResources(all);
	return could;
}

/* ---- X11 -------------------------------------------------------------------------------- */

/* SDL has loaded the library already, if there is an X server; linked, it would cost every
 * other display its time at the start. */
static bool turn_x11(Display *display, bool is_on)
{
	void *library = dlopen("libXext.so.6", RTLD_NOW | RTLD_LOCAL);
	int (*capable)(Display *), (*enable)(Display *), (*force)(Display *, unsigned short);
	if (!library)
		return false;
	*(void **)(void *)&capable = dlsym(library, "DPMSCapable");
	*(void **)(void *)&enable = dlsym(library, "DPMSEnable");
	*(void **)(void *)&force = dlsym(library, "DPMSForceLevel");
	bool ok = capable && enable && force && capable(display) && enable(display) &&
		  force(display, is_on ? DPMSModeOn : DPMSModeOff);
	(void)dlclose(library);
	return ok;
}

bool display_power_window(SDL_Window *w, bool is_on)
{
	SDL_SysWMinfo info;
	SDL_VERSION(&info.version);
	if (!SDL_GetWindowWMInfo(w, &info))
		return false;
	if (info.subsystem == SDL_SYSWM_X11) {
		bool ok = turn_x11(info.info.x11.display, is_on);
		SDL_PumpEvents(); /* sends what was asked */
		return ok;
	}
	return info.subsystem == SDL_SYSWM_KMSDRM && display_power_card(info.info.kmsdrm.drm_fd, is_on);
}
