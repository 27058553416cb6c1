/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"
#include "kiosk/card.h"
#include "kiosk/display_power.h"
#include "kiosk/fingers.h"
#include "kiosk/inputs.h"
#include "kiosk/keys.h"
#include "kiosk/kms.h"
#include "kiosk/screen_parts.h"
#include "kiosk/turn.h"
#include "kiosk/x11.h"
#include "paint/canvas.h"

#define TITLE "Fangzi Kiosk"
#define USUAL_WIDTH 1920 /* of displays */
#define USUAL_HEIGHT 1080

/* ---- a desktop, or none ------------------------------------------------------------ */

static bool is_said(const char *name)
{
	const char *value = getenv(name);
	return value && *value;
}

bool screen_has_desktop(const struct options *o)
{
	const char *driver = getenv("SDL_VIDEODRIVER");
	if (driver && *driver)
		return SDL_strcasecmp(driver, "kmsdrm") != 0;
	return o->windowed || is_said("DISPLAY") || is_said("WAYLAND_DISPLAY");
}

struct size screen_likely_size(const struct options *o)
{
	struct size size;
	struct err ignored; /* it is told when the window is opened */
	const char *driver = getenv("SDL_VIDEODRIVER");
	bool is_x11 = is_said("DISPLAY") && (!driver || !*driver || strcmp(driver, "x11") == 0);
	if (!screen_has_desktop(o))
		return (struct size){0, 0};
	if ((!option_read_size(o->size, &size, &ignored) || size.width == 0) &&
		(o->windowed || !is_x11 || !x11_display_size(&size)))
		size = (struct size){USUAL_WIDTH, USUAL_HEIGHT};
	return options_turns(o) % 2 ? (struct size){size.height, size.width} : size;
}

/* Drivers without a framebuffer of their own draw the surface through a renderer. */
static bool needs_renderer(void)
{
	return strcmp(SDL_GetCurrentVideoDriver(), "wayland") == 0;
}

static bool wants_renderer(const struct options *o)
{
	struct card_list cards;
	if (strcmp(o->present, "auto") != 0)
		return strcmp(o->present, "renderer") == 0;
	card_look(CARD_SYSFS, &cards);
	return needs_renderer() || cards.has_gpu;
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

/* SDL waits a tenth of a second for a window manager to make the window larger, be there one or not.
 * Where there is none, a window as large as the display is all that there is to a full screen. */
static SDL_Window *open_full_x11(void)
{
	SDL_Rect all;
	if (SDL_GetDisplayBounds(0, &all) != 0)
		return NULL;
	SDL_Window *w = SDL_CreateWindow(
		TITLE, all.x, all.y, all.w, all.h, SDL_WINDOW_HIDDEN | SDL_WINDOW_BORDERLESS);
	if (!w)
		return NULL;
	if (x11_has_manager(w))
		(void)SDL_SetWindowFullscreen(w, SDL_WINDOW_FULLSCREEN_DESKTOP);
	SDL_ShowWindow(w);
	return w;
}

static bool open_window(struct screen *s, const struct options *o, struct err *e)
{
	struct size size;
	if (!option_read_size(o->size, &size, e))
		return false;
	bool is_full = !o->windowed && size.width == 0;
	Uint32 flags = is_full ? SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS : SDL_WINDOW_RESIZABLE;
	if (is_full && strcmp(SDL_GetCurrentVideoDriver(), "x11") == 0)
		s->window = open_full_x11();
	else
		s->window = SDL_CreateWindow(TITLE, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
			size.width ? size.width : USUAL_WIDTH,
			size.height ? size.height : USUAL_HEIGHT, flags);
	return s->window || err_set(e, ERR_IO, "screen: no window: %s", SDL_GetError());
}

/* Where there is no display SDL is content with one in memory; who wants that says so. */
static bool is_seen_by_nobody(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	return !getenv("SDL_VIDEODRIVER") &&
	       (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0);
}

void screen_prepare(void)
{
	/* Or X reads the thousands of lines of its compose table, for keys that nobody presses. */
	(void)setenv("LC_ALL", "C", 1);
	/* Nor is a session's bus started where there is no session. */
	if (!is_said("XDG_RUNTIME_DIR"))
		(void)setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 0);
}

static bool start_video(struct screen *s, struct err *e)
{
	/* Hints must come before the window: no GL behind the surface, the GLES renderer
	 * (on kmsdrm plain GL may draw nothing without an error, pitfall 1). */
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2,opengl,software");
	SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1"); /* program.h catches them */
	if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
		return err_set(e, ERR_IO, "screen: no display: %s", SDL_GetError());
	s->has_video = true;
	return !is_seen_by_nobody() || err_set(e, ERR_IO, "screen: no display");
}

static bool open_desktop(struct screen *s, const struct options *o, struct err *e)
{
	if (!start_video(s, e))
		return false;
	const char *driver = SDL_GetCurrentVideoDriver();
	s->can_wait = strcmp(driver, "wayland") == 0;
	if (needs_renderer())
		SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "opengles2");
	(void)snprintf(s->way, sizeof s->way, "%s, surface", driver);
	if (!open_window(s, o, e) || (wants_renderer(o) && !open_renderer(s, e)))
		return false;
	s->event_fd = x11_event_fd(s->window);
	s->may_lend = !s->renderer && s->event_fd >= 0 && s->turns == 0 && !o->night;
	return true;
}

static void close_window(struct screen *s)
{
	if (s->texture)
		SDL_DestroyTexture(s->texture);
	if (s->renderer)
		SDL_DestroyRenderer(s->renderer);
	if (s->window)
		SDL_DestroyWindow(s->window);
	if (s->has_video)
		SDL_QuitSubSystem(SDL_INIT_VIDEO);
	s->texture = NULL;
	s->renderer = NULL;
	s->window = NULL;
	s->has_video = false;
}

/* Calls that succeed may draw nothing: a colour is drawn, and read back. */
static bool does_renderer_draw(SDL_Renderer *r)
{
	Uint32 got = 0;
	return SDL_SetRenderDrawColor(r, 0x20, 0xa0, 0x60, 0xff) == 0 && SDL_RenderClear(r) == 0 &&
	       SDL_SetRenderDrawColor(r, 0xc0, 0x40, 0x80, 0xff) == 0 &&
	       SDL_RenderFillRect(r, &(SDL_Rect){0, 0, 2, 2}) == 0 &&
	       SDL_RenderReadPixels(r, &(SDL_Rect){1, 1, 1, 1}, SDL_PIXELFORMAT_RGB888, &got, 4) == 0 &&
	       (got & 0xf0f0f0) == 0xc04080 && SDL_SetRenderDrawColor(r, 0, 0, 0, 0xff) == 0;
}

/* Mesa's names for a GL that the processor computes. */
static bool is_software_gl(void)
{
	static const char *const names[] = {"llvmpipe", "softpipe", "swrast", "Software"};
	typedef const unsigned char *get_string(unsigned);
	void *call = SDL_GL_GetProcAddress("glGetString");
	get_string *get;
	memcpy(&get, &call, sizeof get);
	const char *name = get ? (const char *)get(0x1f01 /* GL_RENDERER */) : NULL;
	for (size_t i = 0; name && i < sizeof names / sizeof names[0]; i++) {
		if (strstr(name, names[i]))
			return true;
	}
	return false;
}

/* SDL on the bare card, for a GPU. */
static bool open_gpu(struct screen *s, const struct options *o, struct err *e)
{
	char index[12];
	(void)snprintf(index, sizeof index, "%d", s->at.card);
	SDL_SetHint(SDL_HINT_VIDEODRIVER, "kmsdrm");
	SDL_SetHint(SDL_HINT_KMSDRM_DEVICE_INDEX, index);
	bool ok = start_video(s, e) && open_window(s, o, e) && open_renderer(s, e);
	if (ok && !does_renderer_draw(s->renderer))
		ok = err_set(e, ERR_BUSY, "screen: the renderer draws nothing");
	if (ok && strcmp(o->present, "renderer") != 0 && is_software_gl())
		ok = err_set(e, ERR_BUSY, "screen: its GL is the processor's");
	if (!ok) {
		e->kind = e->kind == ERR_USAGE ? ERR_USAGE : ERR_BUSY;
		close_window(s);
	}
	return ok;
}

/* The display by memory of the card's; why not: what was wanted first and did not come. */
static bool open_memory(struct screen *s, const struct options *o, const char *why_not, struct err *e)
{
	struct size size;
	if (!option_read_size(o->size, &size, e) || !kms_open(&s->kms, &s->at, size, e))
		return false;
	(void)snprintf(s->way, sizeof s->way, "%s%s%.90s", kms_way(s->kms), *why_not ? "; " : "", why_not);
	return true;
}

static void look_for_inputs(struct screen *s)
{
	(void)inputs_look(&s->keys);
	if (s->fingers)
		(void)fingers_look(s->fingers);
}

static bool open_bare(struct screen *s, const struct options *o, struct err *e)
{
	struct card_list cards;
	struct err why = {0};
	card_look(CARD_SYSFS, &cards);
	struct card_choice c = card_choose(&cards, o->present);
	if (!c.connector)
		return err_set(e, ERR_BUSY, "screen: no display is connected");
	s->at = *c.connector;
	bool ok = c.way == CARD_RENDERER && open_gpu(s, o, &why);
	if (!ok && strcmp(o->present, "renderer") == 0) {
		*e = why;
		return false;
	}
	if (!ok && !open_memory(s, o, why.text, e))
		return false;
	card_look(CARD_SYSFS, &cards); /* the display was asked what it can: now sysfs knows as well */
	const struct card_connector *now = card_find(&cards, &s->at);
	if (now)
		s->at = *now;
	s->is_bare = true;
	keys_begin(&s->keys, INPUTS_FOLDER);
	if (o->touch && s->kms)
		s->fingers = fingers_create(INPUTS_FOLDER);
	look_for_inputs(s);
	return true;
}

bool screen_open(struct screen **out, const struct options *o, struct err *e)
{
	struct screen *s = alloc_zero(1, sizeof *s);
	s->turns = options_turns(o);
	s->is_dirty = true;
	s->event_fd = -1;
	if (!(screen_has_desktop(o) ? open_desktop(s, o, e) : open_bare(s, o, e))) {
		screen_close(s);
		return false;
	}
	if (s->window) {
		SDL_ShowCursor(SDL_DISABLE);
		SDL_DisableScreenSaver();
	}
	*out = s;
	return true;
}

void screen_close(struct screen *s)
{
	if (!s)
		return;
	close_window(s);
	kms_close(s->kms);
	if (s->is_bare)
		inputs_finish(&s->keys);
	fingers_destroy(s->fingers);
	free(s);
}

enum screen_change screen_watch(struct screen *s)
{
	struct card_list cards;
	if (!s->is_bare)
		return SCREEN_SAME;
	look_for_inputs(s);
	card_look(CARD_SYSFS, &cards);
	const struct card_connector *now = card_find(&cards, &s->at);
	bool was_gone = s->is_gone;
	s->is_gone = !now || now->plug == CARD_UNPLUGGED;
	if (s->is_gone)
		return was_gone ? SCREEN_SAME : SCREEN_GONE;
	return was_gone || !card_is_same(now, &s->at) ? SCREEN_BACK : SCREEN_SAME;
}

bool screen_is_gone(const struct screen *s)
{
	return s->is_gone;
}

struct size screen_size(struct screen *s)
{
	struct size size = {0, 0};
	if (s->kms)
		size = kms_size(s->kms);
	else if (s->renderer)
		(void)SDL_GetRendererOutputSize(s->renderer, &size.width, &size.height);
	else
		SDL_GetWindowSize(s->window, &size.width, &size.height);
	return size;
}

struct size screen_canvas_size(struct screen *s)
{
	struct size size = screen_size(s);
	return s->turns % 2 ? (struct size){size.height, size.width} : size;
}

struct fingers *screen_fingers(struct screen *s)
{
	return s->fingers;
}

int screen_event_fd(const struct screen *s)
{
	return s->event_fd;
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
	return s->kms ? kms_sleep(s->kms, is_asleep) : display_power_window(s->window, !is_asleep);
}

bool screen_blacken(struct screen *s, struct err *e)
{
	if (!s->window || s->renderer)
		return true;
	SDL_Surface *to = SDL_GetWindowSurface(s->window);
	if (to) /* all of it at once, where the kernel can: page by page takes longer */
		(void)madvise(to->pixels, (size_t)to->pitch * (size_t)to->h, MADV_POPULATE_WRITE);
	return (to && SDL_FillRect(to, NULL, 0) == 0 && SDL_UpdateWindowSurface(s->window) == 0) ||
	       err_set(e, ERR_IO, "screen: no surface: %s", SDL_GetError());
}

void screen_forget(struct screen *s)
{
	s->is_dirty = true;
}

SDL_Surface *screen_lend(struct screen *s)
{
	if (!s->may_lend)
		return NULL;
	if (s->lent)
		return s->lent;
	SDL_Surface *own = SDL_GetWindowSurface(s->window);
	if (own && own->format->format == SDL_PIXELFORMAT_RGB888)
		s->lent = own;
	return s->lent;
}

/* SDL gives a window that has another size another surface, once it is asked for it and not before. */
static bool is_surface_valid(struct screen *s)
{
	return SDL_UpdateWindowSurfaceRects(s->window, &(SDL_Rect){0, 0, 1, 1}, 0) == 0;
}

static bool present_surface(
	struct screen *s, SDL_Surface *canvas, const SDL_Rect *rects, int count, struct err *e)
{
	SDL_Rect changed[CANVAS_RECTS_MAX];
	if (canvas == s->lent) {
		if (SDL_UpdateWindowSurfaceRects(s->window, rects, count) != 0)
			SDL_ClearError(); /* the window has another size by now; another canvas will follow */
		return true;
	}
	if (s->lent && !is_surface_valid(s))
		s->lent = NULL; /* who painted upon it has a canvas of its own by now */
	SDL_Surface *to = SDL_GetWindowSurface(s->window);
	if (!to)
		return err_set(e, ERR_IO, "screen: no surface: %s", SDL_GetError());
	if (!turn_fits(s->turns, canvas, to->w, to->h))
		return true; /* the window has another size by now; the canvas will follow */
	int used = 0;
	for (int i = 0; i < count && i < CANVAS_RECTS_MAX; i++) {
		SDL_Rect r = turn_copy(s->turns, canvas, to, rects[i]);
		if (r.w > 0)
			changed[used++] = r;
	}
	if (SDL_UpdateWindowSurfaceRects(s->window, changed, used) != 0)
		return err_set(e, ERR_IO, "screen: cannot present: %s", SDL_GetError());
	return true;
}

static bool present_memory(
	struct screen *s, SDL_Surface *canvas, const SDL_Rect *rects, int count, struct err *e)
{
	struct size size = kms_size(s->kms);
	return !turn_fits(s->turns, canvas, size.width, size.height) ||
	       kms_present(s->kms, canvas, s->turns, rects, count, e);
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

bool screen_draw_texture(struct screen *s, const SDL_Surface *canvas)
{
	struct size size = screen_size(s);
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
		SDL_Rect r;
		if (!SDL_IntersectRect(s->is_dirty ? &all : &rects[i], &all, &r))
			continue;
		const char *at = (const char *)canvas->pixels + r.y * canvas->pitch + r.x * 4;
		if (SDL_UpdateTexture(s->texture, &r, at, canvas->pitch) != 0)
			return err_set(e, ERR_IO, "screen: cannot upload: %s", SDL_GetError());
	}
	if (!screen_draw_texture(s, canvas))
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
		  : s->kms    ? present_memory(s, canvas, rects, count, e)
			      : present_surface(s, canvas, rects, count, e);
	if (ok)
		s->is_dirty = false;
	return ok;
}
