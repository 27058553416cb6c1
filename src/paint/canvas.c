/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "paint/ink.h"
#include "paint/picture.h"

#define LONG_SIDE 1920.0
#define SHORT_SIDE 1080.0
#define CAPTION_DU 28 /* the smallest text */
#define CAPTION_PX 14 /* fewer pixels run dense characters together */

struct canvas {
	SDL_Surface *surface; /* NULL: blind */
	bool is_borrowed; /* the surface is somebody else's */
	struct ink_plate plate;
	struct font_set *fonts;
	const struct theme *theme;
	int width_px, height_px;
	double width, height; /* design units */
	int centre_left_px, centre_top_px; /* of the design's corner, in the middle */
	int left_px, top_px; /* and where it is */
	double scale, opacity, shift;
	bool has_gradient, has_large_text, is_gathering;
	enum token top, bottom;
	canvas_listener *listener;
	void *listener_user;
	struct ink_sheet *sheet;
	SDL_Rect clip; /* px */
};

void canvas_prepare(void)
{
	if (SDL_SetMemoryFunctions(alloc_bytes, alloc_zero, alloc_bytes_again, free) != 0)
		abort();
}

static SDL_Rect all_px(const struct canvas *c)
{
	return (SDL_Rect){0, 0, c->width_px, c->height_px};
}

struct canvas *canvas_create_blind(int width_px, int height_px, struct font_set *fonts)
{
	struct canvas *c = alloc_zero(1, sizeof *c);
	bool portrait = height_px > width_px;
	c->width = portrait ? SHORT_SIDE : LONG_SIDE;
	c->height = portrait ? LONG_SIDE : SHORT_SIDE;
	c->width_px = width_px;
	c->height_px = height_px;
	c->clip = all_px(c);
	c->scale = fmin(width_px / c->width, height_px / c->height);
	c->centre_left_px = c->left_px = (int)lround((width_px - c->width * c->scale) / 2);
	c->centre_top_px = c->top_px = (int)lround((height_px - c->height * c->scale) / 2);
	c->fonts = fonts;
	canvas_enlarge_text(c, false);
	c->theme = theme_hall();
	c->opacity = 1;
	return c;
}

static struct canvas *with_pixels(struct canvas *c, SDL_Surface *surface)
{
	if (!surface)
		abort();
	c->surface = surface;
	c->plate = ink_plate_create(surface->pixels, surface->w, surface->h, surface->pitch);
	c->sheet = ink_sheet_create();
	return c;
}

static SDL_Surface *new_pixels(int width_px, int height_px)
{
	return SDL_CreateRGBSurfaceWithFormat(0, width_px, height_px, 32, SDL_PIXELFORMAT_RGB888);
}

struct canvas *canvas_create(int width_px, int height_px, struct font_set *fonts)
{
	return with_pixels(canvas_create_blind(width_px, height_px, fonts), new_pixels(width_px, height_px));
}

struct canvas *canvas_create_upon(SDL_Surface *surface, struct font_set *fonts)
{
	struct canvas *c = with_pixels(canvas_create_blind(surface->w, surface->h, fonts), surface);
	c->is_borrowed = true;
	return c;
}

struct canvas *canvas_create_rehearsal(int width_px, int height_px, struct font_set *fonts)
{
	return with_pixels(canvas_create_blind(width_px, height_px, fonts), new_pixels(1, 1));
}

void canvas_destroy(struct canvas *c)
{
	if (!c)
		return;
	ink_sheet_destroy(c->sheet);
	ink_plate_finish(&c->plate);
	if (!c->is_borrowed)
		SDL_FreeSurface(c->surface);
	free(c);
}

void canvas_listen(struct canvas *c, canvas_listener *listener, void *user)
{
	c->listener = listener;
	c->listener_user = user;
}

/* Cairo without memory draws nothing more, for ever, and says nothing: the picture would
 * be half a page, and stay. */
static void must_be_sound(const struct canvas *c)
{
	cairo_status_t s = c->plate.cairo ? cairo_status(c->plate.cairo) : CAIRO_STATUS_SUCCESS;
	if (s == CAIRO_STATUS_SUCCESS)
		return;
	log_line(LOG_ERROR, "canvas: %s", cairo_status_to_string(s));
	abort();
}

SDL_Surface *canvas_surface(struct canvas *c)
{
	must_be_sound(c);
	return c->surface;
}

struct font_set *canvas_fonts(struct canvas *c)
{
	return c->fonts;
}

bool canvas_is_portrait(const struct canvas *c)
{
	return c->height > c->width;
}

double canvas_scale(const struct canvas *c)
{
	return c->scale;
}

double canvas_width(const struct canvas *c)
{
	return c->width;
}

double canvas_height(const struct canvas *c)
{
	return c->height;
}

const struct theme *canvas_theme(const struct canvas *c)
{
	return c->theme;
}

double canvas_opacity(const struct canvas *c)
{
	return c->opacity;
}

static double to_x(const struct canvas *c, double x)
{
	return c->left_px + x * c->scale;
}

static double to_y(const struct canvas *c, double y)
{
	return c->top_px + (y + c->shift) * c->scale;
}

struct point canvas_from_px(const struct canvas *c, double x_px, double y_px)
{
	return (struct point){(x_px - c->left_px) / c->scale, (y_px - c->top_px) / c->scale - c->shift};
}

/* From both edges, so that neighbours share a pixel boundary; never nothing. */
SDL_Rect canvas_to_px(const struct canvas *c, double x, double y, double w, double h)
{
	int x0 = (int)lround(to_x(c, x));
	int y0 = (int)lround(to_y(c, y));
	int x1 = (int)lround(to_x(c, x + w));
	int y1 = (int)lround(to_y(c, y + h));
	if (x1 == x0 && w > 0)
		x1++;
	if (y1 == y0 && h > 0)
		y1++;
	return (SDL_Rect){x0, y0, x1 - x0, y1 - y0};
}

void canvas_tell(struct canvas *c, const struct draw_op *op)
{
	if (c->listener)
		c->listener(c->listener_user, op);
}

static bool is_unseen(const struct canvas *c)
{
	return !c->surface || c->opacity <= 0; /* it would all be of the ground's colour */
}

static void tell_box(struct canvas *c, enum draw_kind kind, double x, double y, double w, double h,
	double radius, double stroke, enum token t)
{
	canvas_tell(c, &(struct draw_op){.kind = kind,
			       .x = x,
			       .y = y,
			       .w = w,
			       .h = h,
			       .radius = radius,
			       .stroke = stroke,
			       .color = t});
}

/* A colour as it comes out. */
static uint32_t faded(const struct canvas *c, uint32_t rgb)
{
	return c->opacity < 1 ? theme_mix(c->theme->rgb[TOKEN_BG], rgb, c->opacity) : rgb;
}

static uint32_t color(const struct canvas *c, enum token t)
{
	return faded(c, c->theme->rgb[t]);
}

static void put(struct canvas *c, struct ink *i, const struct point *points)
{
	if (c->is_gathering) {
		i->clip = c->clip;
		ink_sheet_add(c->sheet, i, points);
	} else {
		ink_sheet_forget(c->sheet);
		ink_draw(&c->plate, i, points, &c->clip);
	}
}

static void put_box(struct canvas *c, SDL_Rect box, uint32_t rgb)
{
	put(c, &(struct ink){.kind = INK_RECT, .rgb = rgb, .box = box}, NULL);
}

static SDL_Rect box_around(double x0, double y0, double x1, double y1)
{
	int x = (int)floor(x0) - 1, y = (int)floor(y0) - 1;
	return (SDL_Rect){x, y, (int)ceil(x1) + 1 - x, (int)ceil(y1) + 1 - y};
}

static void set_numbers(double *at, double a, double b, double d, double e, double f)
{
	memcpy(at, (const double[]){a, b, d, e, f}, 5 * sizeof *at);
}

void canvas_forget(struct canvas *c)
{
	ink_sheet_forget(c->sheet);
}

void canvas_gather(struct canvas *c)
{
	ink_sheet_begin(c->sheet);
	c->is_gathering = true;
}

int canvas_settle(struct canvas *c, SDL_Rect out[CANVAS_RECTS_MAX])
{
	c->is_gathering = false;
	return ink_sheet_settle(c->sheet, &c->plate, c->width_px, c->height_px, out, CANVAS_RECTS_MAX);
}

void canvas_clear(struct canvas *c, const struct theme *theme)
{
	c->theme = theme;
	c->has_gradient = false;
	canvas_fade(c, 1, 0);
	if (c->surface)
		put_box(c, all_px(c), color(c, TOKEN_BG));
}

void canvas_fade(struct canvas *c, double opacity, double shift)
{
	c->opacity = opacity < 0 ? 0 : opacity > 1 ? 1 : opacity;
	c->shift = round(shift * c->scale) / c->scale; /* shapes move with the text beside them */
}

void canvas_orbit(struct canvas *c, unsigned step)
{
	static const int8_t way[][2] = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {-4, 4}, {-4, 0}, {-4, -4}, {0, -4}};
	const int8_t *to = way[step % (sizeof way / sizeof way[0])];
	c->left_px = c->centre_left_px + (int)lround(to[0] * c->scale);
	c->top_px = c->centre_top_px + (int)lround(to[1] * c->scale);
}

void canvas_enlarge_text(struct canvas *c, bool is_large)
{
	c->has_large_text = is_large || CAPTION_DU * c->scale < CAPTION_PX;
}

bool canvas_has_large_text(const struct canvas *c)
{
	return c->has_large_text;
}

SDL_Rect canvas_rect_px(const struct canvas *c, double x, double y, double w, double h)
{
	SDL_Rect r = canvas_to_px(c, x, y, w, h);
	int x1 = x + w >= c->width ? c->width_px : r.x + r.w;
	int y1 = y + h >= c->height ? c->height_px : r.y + r.h;
	if (x <= 0)
		r.x = 0;
	if (y <= 0)
		r.y = 0;
	return (SDL_Rect){r.x, r.y, x1 - r.x, y1 - r.y};
}

void canvas_rect(struct canvas *c, double x, double y, double w, double h, enum token t)
{
	tell_box(c, DRAW_RECT, x, y, w, h, 0, 0, t);
	if (!is_unseen(c) && w > 0 && h > 0)
		put_box(c, canvas_rect_px(c, x, y, w, h), color(c, t));
}

static void set_round(double *at, SDL_Rect box, double inset, double radius)
{
	set_numbers(at, box.x + inset, box.y + inset, box.w - 2 * inset, box.h - 2 * inset, radius);
}

void canvas_round(struct canvas *c, double x, double y, double w, double h, double r, enum token t)
{
	tell_box(c, DRAW_RECT, x, y, w, h, r, 0, t);
	if (is_unseen(c) || w <= 0 || h <= 0)
		return;
	struct ink i = {.kind = INK_ROUND, .rgb = color(c, t), .box = canvas_to_px(c, x, y, w, h)};
	set_round(i.at, i.box, 0, r * c->scale);
	put(c, &i, NULL);
}

void canvas_outline(
	struct canvas *c, double x, double y, double w, double h, double r, double stroke, enum token t)
{
	tell_box(c, DRAW_RECT, x - stroke / 2, y - stroke / 2, w + stroke, h + stroke, r, stroke, t);
	if (is_unseen(c))
		return;
	/* Both edges of the stroke snap: an outer and an inner path, filled between. */
	struct ink i = {.kind = INK_ROUND, .rgb = color(c, t)};
	i.box = canvas_to_px(c, x - stroke / 2, y - stroke / 2, w + stroke, h + stroke);
	double width = fmax(1, round(stroke * c->scale));
	set_round(i.at, i.box, 0, r > 0 ? (r + stroke / 2) * c->scale : 0);
	if (i.box.w > 2 * width && i.box.h > 2 * width)
		set_round(i.at + INK_ROUND_INNER, i.box, width, r > 0 ? (r - stroke / 2) * c->scale : 0);
	put(c, &i, NULL);
}

/* Around a centre; reach: design units that it is touched to. */
static void put_around(struct canvas *c, struct ink *i, double cx, double cy, double reach)
{
	if (is_unseen(c) || i->at[2] <= 0)
		return;
	i->at[0] = to_x(c, cx);
	i->at[1] = to_y(c, cy);
	reach *= c->scale;
	i->box = box_around(i->at[0] - reach, i->at[1] - reach, i->at[0] + reach, i->at[1] + reach);
	put(c, i, NULL);
}

void canvas_circle(struct canvas *c, double cx, double cy, double r, enum token t)
{
	tell_box(c, DRAW_CIRCLE, cx - r, cy - r, 2 * r, 2 * r, 0, 0, t);
	struct ink i = {.kind = INK_DISC, .rgb = color(c, t), .at = {[2] = r * c->scale, [4] = 2 * M_PI}};
	put_around(c, &i, cx, cy, r);
}

void canvas_ring(struct canvas *c, double cx, double cy, double r, double stroke, enum token t)
{
	tell_box(c, DRAW_CIRCLE, cx - r, cy - r, 2 * r, 2 * r, 0, stroke, t);
	struct ink i = {.kind = INK_RING, .rgb = color(c, t), .at = {[2] = r * c->scale, stroke * c->scale}};
	put_around(c, &i, cx, cy, r + stroke);
}

void canvas_pie(struct canvas *c, double cx, double cy, double r, double from, double to, enum token t)
{
	tell_box(c, DRAW_PIE, cx - r, cy - r, 2 * r, 2 * r, 0, 0, t);
	struct ink i = {.kind = INK_DISC,
		.rgb = color(c, t),
		.at = {[2] = r * c->scale, (from - 90) * M_PI / 180, (to - 90) * M_PI / 180}};
	put_around(c, &i, cx, cy, r);
}

#define MITER 5 /* strokes that a corner of two lines may reach out: half of Cairo's limit */

static void put_points(struct canvas *c, enum ink_kind kind, const struct point *points, int count,
	double stroke, enum token t)
{
	double x0 = points[0].x, x1 = x0, y0 = points[0].y, y1 = y0, reach = MITER * stroke;
	for (int i = 1; i < count; i++) {
		x0 = fmin(x0, points[i].x);
		x1 = fmax(x1, points[i].x);
		y0 = fmin(y0, points[i].y);
		y1 = fmax(y1, points[i].y);
	}
	tell_box(c, kind == INK_POLYGON ? DRAW_POLYGON : DRAW_POLYLINE, x0, y0, x1 - x0, y1 - y0, 0, stroke,
		t);
	struct ink i = {.kind = kind, .rgb = color(c, t), .point_count = count};
	i.box = box_around(
		to_x(c, x0 - reach), to_y(c, y0 - reach), to_x(c, x1 + reach), to_y(c, y1 + reach));
	set_numbers(i.at, to_x(c, 0), to_y(c, 0), c->scale, stroke * c->scale, 0);
	if (!is_unseen(c))
		put(c, &i, points);
}

void canvas_polygon(struct canvas *c, const struct point *points, int count, enum token t)
{
	put_points(c, INK_POLYGON, points, count, 0, t);
}

void canvas_polyline(struct canvas *c, const struct point *points, int count, double stroke, enum token t)
{
	put_points(c, INK_POLYLINE, points, count, stroke, t);
}

static void put_ground(struct canvas *c, SDL_Rect box)
{
	if (!c->has_gradient) {
		put_box(c, box, color(c, TOKEN_BG));
		return;
	}
	struct ink i = {.kind = INK_GRADIENT, .box = box, .rgb = c->theme->rgb[c->top]};
	i.lower_rgb = c->theme->rgb[c->bottom];
	set_numbers(i.at, c->top_px, c->top_px + c->height * c->scale, 0, 0, 0);
	put(c, &i, NULL);
}

void canvas_gradient(struct canvas *c, enum token top, enum token bottom)
{
	tell_box(c, DRAW_GRADIENT, 0, 0, c->width, c->height, 0, 0, top);
	c->has_gradient = true;
	c->top = top;
	c->bottom = bottom;
	if (c->surface)
		put_ground(c, all_px(c));
}

void canvas_ground(struct canvas *c, double x, double y, double w, double h)
{
	if (c->surface)
		put_ground(c, canvas_to_px(c, x, y, w, h));
}

void canvas_clip(struct canvas *c, const SDL_Rect *px)
{
	c->clip = px ? *px : all_px(c);
	if (!c->surface || c->is_gathering)
		return;
	cairo_reset_clip(c->plate.cairo);
	cairo_rectangle(c->plate.cairo, c->clip.x, c->clip.y, c->clip.w, c->clip.h);
	cairo_clip(c->plate.cairo);
}

void canvas_picture(struct canvas *c, cairo_surface_t *picture, double x, double y, double w, double h)
{
	tell_box(c, DRAW_PICTURE, x, y, w, h, 0, 0, TOKEN_BG);
	struct ink i = {.kind = INK_PICTURE, .at = {c->opacity}, .image = picture};
	i.box = canvas_to_px(c, x, y, w, h);
	if (!is_unseen(c))
		put(c, &i, NULL);
}

void canvas_poster(struct canvas *c, cairo_surface_t *picture, double height)
{
	double w = cairo_image_surface_get_width(picture), h = cairo_image_surface_get_height(picture);
	double by = fmin(c->width / w, height / h);
	if (c->surface) {
		SDL_Rect box = all_px(c);
		if (height < c->height)
			box.h = (int)round(to_y(c, height) - c->shift * c->scale);
		put_box(c, box, faded(c, picture_edge(picture, c->theme->rgb[TOKEN_BG])));
	}
	canvas_picture(c, picture, (c->width - w * by) / 2, (height - h * by) / 2, w * by, h * by);
}

void canvas_mask(struct canvas *c, const struct font_mask *m, double x, double baseline, enum token t)
{
	if (is_unseen(c) || !m->coverage)
		return;
	SDL_Rect box = {(int)round(to_x(c, x)) + m->left, (int)round(to_y(c, baseline)) + m->top,
		cairo_image_surface_get_width(m->coverage), cairo_image_surface_get_height(m->coverage)};
	put(c, &(struct ink){.kind = INK_MASK, .rgb = color(c, t), .box = box, .image = m->coverage}, NULL);
}

bool canvas_write_png(struct canvas *c, const char *path, struct err *e)
{
	must_be_sound(c);
	cairo_status_t s = cairo_surface_write_to_png(cairo_get_target(c->plate.cairo), path);
	return s == CAIRO_STATUS_SUCCESS || err_set(e, ERR_IO, "%s: %s", path, cairo_status_to_string(s));
}
