/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/screen.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "kiosk/display_power.h"

#define RECTS_MAX 8
#define DEFAULT_WIDTH 1920
#define DEFAULT_HEIGHT 1080

struct screen {
	SDL_Window *window;
	SDL_Renderer *renderer; /* NULL: the window's surface */
	SDL_Texture *texture;
	int turns; /* quarter turns clockwise */
	bool is_dirty, can_wait;
	char way[96];
};

/* Kernel drivers behind which there is a GPU that draws. */
static const char *const gpu_drivers[] = {"v3d", "vc4", "vc4-drm", "i915", "xe", "amdgpu", "radeon",
	"nouveau", "nvidia", "msm", "panfrost", "panthor", "lima", "etnaviv", "tegra", "asahi", "powervr"};

static bool has_gpu(void)
{
	DIR *dir = opendir("/sys/class/drm");
	bool found = false;
	if (!dir)
		return false;
	struct dirent *entry;
	while (!found && (entry = readdir(dir)) != NULL) {
		char path[PATH_MAX], target[PATH_MAX];
		if (strncmp(entry->d_name, "renderD", 7) != 0)
			continue;
		(void)snprintf(path, sizeof path, "/sys/class/drm/%.64s/device/driver", entry->d_name);
		ssize_t len = readlink(path, target, sizeof target - 1);
		if (len <= 0)
			continue;
		target[len] = '\0';
		const char *name = strrchr(target, '/') ? strrchr(target, '/') + 1 : target;
		for (size_t i = 0; i < sizeof gpu_drivers / sizeof gpu_drivers[0]; i++)
			found = found || strcmp(name, gpu_drivers[i]) == 0;
	}
	(void)closedir(dir);
	return found;
}

/* Drivers without a framebuffer of their own draw the surface through a renderer. */
static bool needs_renderer(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	return driver && (strcmp(driver, "KMSDRM") == 0 || strcmp(driver, "wayland") == 0);
}

static bool wants_renderer(const struct options *o)
{
	if (strcmp(o->present, "auto") != 0)
		return strcmp(o->present, "renderer") == 0;
	return needs_renderer() || has_gpu();
}

static bool open_renderer(struct screen *s, struct err *e)
{
	SDL_RendererInfo info = {0};
	s->renderer = SDL_CreateRenderer(s->window, -1, SDL_RENDERER_PRESENTVSYNC);
	if (!s->renderer)
		return err_set(e, ERR_IO, "screen: no renderer: %s", SDL_GetError());
	(void)SDL_GetRendererInfo(s->renderer, &info);
	(void)snprintf(s->way, sizeof s->way, "%s, renderer %s", SDL_GetCurrentVideoDriver(),
		info.name ? info.name : "?");
	return true;
}

static bool open_window(struct screen *s, const struct options *o, struct err *e)
{
	struct size size;
	if (!option_read_size(o->size, &size, e))
		return false;
	bool is_full = !o->windowed && size.width == 0;
	Uint32 flags = is_full ? SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS : SDL_WINDOW_RESIZABLE;
	s->window = SDL_CreateWindow("Fangzi Kiosk", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
		size.width ? size.width : DEFAULT_WIDTH, size.height ? size.height : DEFAULT_HEIGHT, flags);
	return s->window || err_set(e, ERR_IO, "screen: no window: %s", SDL_GetError());
}

/* Where there is no display SDL is content with one in memory; who wants that says so. */
static bool is_seen_by_nobody(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	return !getenv("SDL_VIDEODRIVER") &&
	       (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0);
}

bool screen_open(struct screen **out, const struct options *o, struct err *e)
{
	/* Hints must come before the window: no GL behind the surface, the GLES renderer
	 * (on kmsdrm plain GL may draw nothing without an error, pitfall 1). */
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2,opengl,software");
	SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1"); /* program.h catches them */
	if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
		return err_set(e, ERR_IO, "screen: no display: %s", SDL_GetError());
	if (is_seen_by_nobody()) {
		SDL_QuitSubSystem(SDL_INIT_VIDEO);
		return err_set(e, ERR_IO, "screen: no display");
	}
	if (needs_renderer())
		SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "opengles2");
	struct screen *s = alloc_zero(1, sizeof *s);
	s->turns = options_turns(o);
	s->is_dirty = true;
	bool ok = open_window(s, o, e);
	if (ok) {
		(void)snprintf(s->way, sizeof s->way, "%s, surface", SDL_GetCurrentVideoDriver());
		ok = !wants_renderer(o) || open_renderer(s, e);
	}
	if (!ok) {
		screen_close(s);
		return false;
	}
	const char *driver = SDL_GetCurrentVideoDriver();
	s->can_wait = strcmp(driver, "x11") == 0 || strcmp(driver, "wayland") == 0;
	SDL_ShowCursor(SDL_DISABLE);
	SDL_DisableScreenSaver();
	*out = s;
	return true;
}

void screen_close(struct screen *s)
{
	if (!s)
		return;
	if (s->texture)
		SDL_DestroyTexture(s->texture);
	if (s->renderer)
		SDL_DestroyRenderer(s->renderer);
	if (s->window)
		SDL_DestroyWindow(s->window);
	SDL_QuitSubSystem(SDL_INIT_VIDEO);
	free(s);
}

static struct size window_size(struct screen *s)
{
	struct size size = {0, 0};
	if (s->renderer)
		(void)SDL_GetRendererOutputSize(s->renderer, &size.width, &size.height);
	else
		SDL_GetWindowSize(s->window, &size.width, &size.height);
	return size;
}

struct size screen_canvas_size(struct screen *s)
{
	struct size size = window_size(s);
	return s->turns % 2 ? (struct size){size.height, size.width} : size;
}

bool screen_can_wait(const struct screen *s)
{
	return s->can_wait;
}

const char *screen_way(const struct screen *s)
{
	return s->way;
}

bool screen_sleep(struct screen *s, bool is_asleep)
{
	return display_power_window(s->window, !is_asleep);
}

void screen_forget(struct screen *s)
{
	s->is_dirty = true;
}

static SDL_Rect clip(SDL_Rect r, int width, int height)
{
	SDL_Rect all = {0, 0, width, height}, out;
	return SDL_IntersectRect(&r, &all, &out) ? out : (SDL_Rect){0, 0, 0, 0};
}

/* Where a canvas pixel lies on the turned surface. */
static void turn_point(int turns, int width, int height, int x, int y, int *to_x, int *to_y)
{
	*to_x = turns == 0 ? x : turns == 1 ? height - 1 - y : turns == 2 ? width - 1 - x : y;
	*to_y = turns == 0 ? y : turns == 1 ? x : turns == 2 ? height - 1 - y : width - 1 - x;
}

static SDL_Rect turn_rect(int turns, int width, int height, SDL_Rect r)
{
	int x0, y0, x1, y1;
	turn_point(turns, width, height, r.x, r.y, &x0, &y0);
	turn_point(turns, width, height, r.x + r.w - 1, r.y + r.h - 1, &x1, &y1);
	return (SDL_Rect){x0 < x1 ? x0 : x1, y0 < y1 ? y0 : y1, abs(x1 - x0) + 1, abs(y1 - y0) + 1};
}

static void copy_turned(SDL_Surface *from, SDL_Surface *to, int turns, SDL_Rect r)
{
	for (int y = r.y; y < r.y + r.h; y++) {
		const Uint32 *row =
			(const Uint32 *)(const void *)((const char *)from->pixels + y * from->pitch);
		for (int x = r.x; x < r.x + r.w; x++) {
			int to_x, to_y;
			turn_point(turns, from->w, from->h, x, y, &to_x, &to_y);
			((Uint32 *)(void *)((char *)to->pixels + to_y * to->pitch))[to_x] = row[x];
		}
	}
}

static bool fits_turned(const struct screen *s, const SDL_Surface *canvas, int width, int height)
{
	return s->turns % 2 ? width == canvas->h && height == canvas->w
			    : width == canvas->w && height == canvas->h;
}

static bool present_surface(
	struct screen *s, SDL_Surface *canvas, const SDL_Rect *rects, int count, struct err *e)
{
	SDL_Rect changed[RECTS_MAX];
	SDL_Surface *to = SDL_GetWindowSurface(s->window);
	if (!to)
		return err_set(e, ERR_IO, "screen: no surface: %s", SDL_GetError());
	if (!fits_turned(s, canvas, to->w, to->h))
		return true; /* the window has another size by now; the canvas will follow */
	int used = 0;
	for (int i = 0; i < count; i++) {
		SDL_Rect r = clip(rects[i], canvas->w, canvas->h);
		if (r.w == 0 || used == RECTS_MAX)
			continue;
		if (s->turns == 0)
			(void)SDL_BlitSurface(canvas, &r, to, &(SDL_Rect){r.x, r.y, 0, 0});
		else if (to->format->BytesPerPixel == 4)
			copy_turned(canvas, to, s->turns, r);
		changed[used++] = turn_rect(s->turns, canvas->w, canvas->h, r);
	}
	if (SDL_UpdateWindowSurfaceRects(s->window, changed, used) != 0)
		return err_set(e, ERR_IO, "screen: cannot present: %s", SDL_GetError());
	return true;
}

static bool fit_texture(struct screen *s, SDL_Surface *canvas, struct err *e)
{
	int w = 0, h = 0;
	if (s->texture)
		(void)SDL_QueryTexture(s->texture, NULL, NULL, &w, &h);
	if (w == canvas->w && h == canvas->h)
		return true;
	if (s->texture)
		SDL_DestroyTexture(s->texture);
	s->texture = SDL_CreateTexture(
		s->renderer, canvas->format->format, SDL_TEXTUREACCESS_STREAMING, canvas->w, canvas->h);
	s->is_dirty = true;
	return s->texture || err_set(e, ERR_IO, "screen: no texture: %s", SDL_GetError());
}

static bool draw_texture(struct screen *s, const SDL_Surface *canvas)
{
	struct size size = window_size(s);
	SDL_Rect to = {(size.width - canvas->w) / 2, (size.height - canvas->h) / 2, canvas->w, canvas->h};
	return SDL_RenderClear(s->renderer) == 0 && SDL_RenderCopyEx(s->renderer, s->texture, NULL, &to,
							    s->turns * 90.0, NULL, SDL_FLIP_NONE) == 0;
}

static bool present_renderer(
	struct screen *s, SDL_Surface *canvas, const SDL_Rect *rects, int count, struct err *e)
{
	if (!fit_texture(s, canvas, e))
		return false;
	SDL_Rect all = {0, 0, canvas->w, canvas->h};
	for (int i = 0; i < (s->is_dirty ? 1 : count); i++) {
		SDL_Rect r = s->is_dirty ? all : clip(rects[i], canvas->w, canvas->h);
		const char *at = (const char *)canvas->pixels + r.y * canvas->pitch + r.x * 4;
		if (r.w && SDL_UpdateTexture(s->texture, &r, at, canvas->pitch) != 0)
			return err_set(e, ERR_IO, "screen: cannot upload: %s", SDL_GetError());
	}
	if (!draw_texture(s, canvas))
		return err_set(e, ERR_IO, "screen: cannot draw: %s", SDL_GetError());
	SDL_RenderPresent(s->renderer);
	return true;
}

bool screen_present(struct screen *s, SDL_Surface *canvas, const SDL_Rect *rects, int count, struct err *e)
{
	SDL_Rect all = {0, 0, canvas->w, canvas->h};
	if (s->is_dirty && !s->renderer) {
		rects = &all;
		count = 1;
	}
	bool ok = s->renderer ? present_renderer(s, canvas, rects, count, e)
			      : present_surface(s, canvas, rects, count, e);
	if (ok)
		s->is_dirty = false;
	return ok;
}

/* As it lies on the display; it may be turned. */
static SDL_Surface *read_display(struct screen *s, const SDL_Surface *canvas)
{
	const Uint32 format = canvas->format->format;
	if (!s->renderer) {
		SDL_Surface *from = SDL_GetWindowSurface(s->window);
		if (!from || !fits_turned(s, canvas, from->w, from->h))
			return NULL;
		if (from->format->format != format)
			return SDL_ConvertSurfaceFormat(from, format, 0);
		return SDL_CreateRGBSurfaceWithFormatFrom(
			from->pixels, from->w, from->h, 32, from->pitch, format); /* shares them */
	}
	struct size size = window_size(s);
	if (!s->texture || !fits_turned(s, canvas, size.width, size.height) || !draw_texture(s, canvas))
		return NULL; /* the back buffer is undefined after presenting: drawn once more */
	SDL_Surface *to = SDL_CreateRGBSurfaceWithFormat(0, size.width, size.height, 32, format);
	if (to && SDL_RenderReadPixels(s->renderer, NULL, format, to->pixels, to->pitch) != 0) {
		SDL_FreeSurface(to);
		return NULL;
	}
	return to;
}

SDL_Surface *screen_read_back(struct screen *s, const SDL_Surface *canvas, bool *is_exact)
{
	SDL_Surface *from = read_display(s, canvas);
	*is_exact = !s->renderer && SDL_GetWindowSurface(s->window)->format->BytesPerPixel == 4;
	if (!from || s->turns == 0)
		return from;
	SDL_Surface *upright =
		SDL_CreateRGBSurfaceWithFormat(0, canvas->w, canvas->h, 32, canvas->format->format);
	if (upright)
		copy_turned(from, upright, 4 - s->turns, (SDL_Rect){0, 0, from->w, from->h});
	SDL_FreeSurface(from);
	return upright;
}
