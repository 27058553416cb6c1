/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/canvas.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "paint/picture.h"

#define LONG_SIDE 1920.0
#define SHORT_SIDE 1080.0
#define CAPTION_DU 28 /* the smallest text */
#define CAPTION_PX 14 /* fewer pixels run dense characters together */

struct canvas {
	SDL_Surface *surface; /* NULL: blind */
	cairo_t *cairo;
	struct font_set *fonts;
	const struct theme *theme;
	int width_px, height_px;
	double width, height; /* design units */
	double scale;
	int centre_left_px, centre_top_px; /* of the design's corner, in the middle */
	int left_px, top_px; /* and where it is */
	double opacity, shift;
	bool has_gradient, has_large_text;
	enum token top, bottom;
	canvas_listener *listener;
	void *listener_user;
};

void canvas_prepare(void)
{
	if (SDL_SetMemoryFunctions(alloc_bytes, alloc_zero, alloc_bytes_again, free) != 0)
		abort();
}

struct canvas *canvas_create_blind(int width_px, int height_px, struct font_set *fonts)
{
	struct canvas *c = alloc_zero(1, sizeof *c);
	bool portrait = height_px > width_px;
	c->width = portrait ? SHORT_SIDE : LONG_SIDE;
	c->height = portrait ? LONG_SIDE : SHORT_SIDE;
	c->width_px = width_px;
	c->height_px = height_px;
	c->scale = fmin(width_px / c->width, height_px / c->height);
	c->centre_left_px = c->left_px = (int)lround((width_px - c->width * c->scale) / 2);
	c->centre_top_px = c->top_px = (int)lround((height_px - c->height * c->scale) / 2);
	c->fonts = fonts;
	canvas_enlarge_text(c, false);
	c->theme = theme_hall();
	c->opacity = 1;
	return c;
}

static void give_pixels(struct canvas *c, int width_px, int height_px)
{
	c->surface = SDL_CreateRGBSurfaceWithFormat(0, width_px, height_px, 32, SDL_PIXELFORMAT_RGB888);
	if (!c->surface)
		abort();
	cairo_surface_t *pixels = cairo_image_surface_create_for_data(
		c->surface->pixels, CAIRO_FORMAT_RGB24, width_px, height_px, c->surface->pitch);
	c->cairo = cairo_create(pixels);
	cairo_surface_destroy(pixels);
	if (cairo_status(c->cairo) != CAIRO_STATUS_SUCCESS)
		abort();
}

struct canvas *canvas_create(int width_px, int height_px, struct font_set *fonts)
{
	struct canvas *c = canvas_create_blind(width_px, height_px, fonts);
	give_pixels(c, width_px, height_px);
	return c;
}

struct canvas *canvas_create_rehearsal(int width_px, int height_px, struct font_set *fonts)
{
	struct canvas *c = canvas_create_blind(width_px, height_px, fonts);
	give_pixels(c, 1, 1);
	return c;
}

void canvas_destroy(struct canvas *c)
{
	if (!c)
		return;
	if (c->cairo)
		cairo_destroy(c->cairo);
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
	cairo_status_t s = c->cairo ? cairo_status(c->cairo) : CAIRO_STATUS_SUCCESS;
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

static void tell_box(struct canvas *c, enum draw_kind kind, double x, double y, double w, double h,
	double stroke, enum token t)
{
	canvas_tell(c, &(struct draw_op){
			       .kind = kind, .x = x, .y = y, .w = w, .h = h, .stroke = stroke, .color = t});
}

static void set_rgb(struct canvas *c, uint32_t rgb)
{
	if (c->opacity < 1)
		rgb = theme_mix(c->theme->rgb[TOKEN_BG], rgb, c->opacity);
	cairo_set_source_rgb(
		c->cairo, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

static void use_color(struct canvas *c, enum token t)
{
	set_rgb(c, c->theme->rgb[t]);
}

void canvas_clear(struct canvas *c, const struct theme *theme)
{
	c->theme = theme;
	c->has_gradient = false;
	c->opacity = 1;
	c->shift = 0;
	if (!c->surface)
		return;
	use_color(c, TOKEN_BG);
	cairo_paint(c->cairo);
}

void canvas_fade(struct canvas *c, double opacity, double shift)
{
	c->opacity = opacity < 0 ? 0 : opacity > 1 ? 1 : opacity;
	c->shift = shift;
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
	tell_box(c, DRAW_RECT, x, y, w, h, 0, t);
	if (!c->surface || w <= 0 || h <= 0)
		return;
	SDL_Rect r = canvas_rect_px(c, x, y, w, h);
	use_color(c, t);
	cairo_rectangle(c->cairo, r.x, r.y, r.w, r.h);
	cairo_fill(c->cairo);
}

static void round_path(cairo_t *cr, double x, double y, double w, double h, double r)
{
	r = fmin(r, fmin(w, h) / 2);
	if (r <= 0) {
		cairo_rectangle(cr, x, y, w, h);
		return;
	}
	cairo_new_sub_path(cr);
	cairo_arc(cr, x + w - r, y + r, r, -M_PI_2, 0);
	cairo_arc(cr, x + w - r, y + h - r, r, 0, M_PI_2);
	cairo_arc(cr, x + r, y + h - r, r, M_PI_2, M_PI);
	cairo_arc(cr, x + r, y + r, r, M_PI, 3 * M_PI_2);
	cairo_close_path(cr);
}

void canvas_round(struct canvas *c, double x, double y, double w, double h, double r, enum token t)
{
	canvas_tell(c, &(struct draw_op){
			       .kind = DRAW_RECT, .x = x, .y = y, .w = w, .h = h, .radius = r, .color = t});
	if (!c->surface || w <= 0 || h <= 0)
		return;
	SDL_Rect box = canvas_to_px(c, x, y, w, h);
	use_color(c, t);
	round_path(c->cairo, box.x, box.y, box.w, box.h, r * c->scale);
	cairo_fill(c->cairo);
}

void canvas_outline(
	struct canvas *c, double x, double y, double w, double h, double r, double stroke, enum token t)
{
	canvas_tell(c, &(struct draw_op){.kind = DRAW_RECT,
			       .x = x - stroke / 2,
			       .y = y - stroke / 2,
			       .w = w + stroke,
			       .h = h + stroke,
			       .radius = r,
			       .stroke = stroke,
			       .color = t});
	if (!c->surface)
		return;
	/* Both edges of the stroke snap: an outer and an inner path, filled between. */
	SDL_Rect outer = canvas_to_px(c, x - stroke / 2, y - stroke / 2, w + stroke, h + stroke);
	double width = fmax(1, round(stroke * c->scale));
	use_color(c, t);
	round_path(c->cairo, outer.x, outer.y, outer.w, outer.h, r > 0 ? (r + stroke / 2) * c->scale : 0);
	if (outer.w > 2 * width && outer.h > 2 * width)
		round_path(c->cairo, outer.x + width, outer.y + width, outer.w - 2 * width,
			outer.h - 2 * width, r > 0 ? (r - stroke / 2) * c->scale : 0);
	cairo_set_fill_rule(c->cairo, CAIRO_FILL_RULE_EVEN_ODD);
	cairo_fill(c->cairo);
	cairo_set_fill_rule(c->cairo, CAIRO_FILL_RULE_WINDING);
}

void canvas_circle(struct canvas *c, double cx, double cy, double r, enum token t)
{
	tell_box(c, DRAW_CIRCLE, cx - r, cy - r, 2 * r, 2 * r, 0, t);
	if (!c->surface || r <= 0)
		return;
	use_color(c, t);
	cairo_arc(c->cairo, to_x(c, cx), to_y(c, cy), r * c->scale, 0, 2 * M_PI);
	cairo_fill(c->cairo);
}

void canvas_ring(struct canvas *c, double cx, double cy, double r, double stroke, enum token t)
{
	tell_box(c, DRAW_CIRCLE, cx - r, cy - r, 2 * r, 2 * r, stroke, t);
	if (!c->surface || r <= 0)
		return;
	use_color(c, t);
	cairo_set_line_width(c->cairo, stroke * c->scale);
	cairo_arc(c->cairo, to_x(c, cx), to_y(c, cy), r * c->scale, 0, 2 * M_PI);
	cairo_stroke(c->cairo);
}

void canvas_pie(struct canvas *c, double cx, double cy, double r, double from, double to, enum token t)
{
	tell_box(c, DRAW_PIE, cx - r, cy - r, 2 * r, 2 * r, 0, t);
	if (!c->surface)
		return;
	use_color(c, t);
	cairo_move_to(c->cairo, to_x(c, cx), to_y(c, cy));
	cairo_arc(c->cairo, to_x(c, cx), to_y(c, cy), r * c->scale, (from - 90) * M_PI / 180,
		(to - 90) * M_PI / 180);
	cairo_close_path(c->cairo);
	cairo_fill(c->cairo);
}

static void trace(struct canvas *c, enum draw_kind kind, const struct point *points, int count, double stroke,
	enum token t)
{
	double x0 = points[0].x, x1 = x0, y0 = points[0].y, y1 = y0;
	for (int i = 1; i < count; i++) {
		x0 = fmin(x0, points[i].x);
		x1 = fmax(x1, points[i].x);
		y0 = fmin(y0, points[i].y);
		y1 = fmax(y1, points[i].y);
	}
	tell_box(c, kind, x0, y0, x1 - x0, y1 - y0, stroke, t);
	if (!c->surface)
		return;
	use_color(c, t);
	cairo_move_to(c->cairo, to_x(c, points[0].x), to_y(c, points[0].y));
	for (int i = 1; i < count; i++)
		cairo_line_to(c->cairo, to_x(c, points[i].x), to_y(c, points[i].y));
}

void canvas_polygon(struct canvas *c, const struct point *points, int count, enum token t)
{
	trace(c, DRAW_POLYGON, points, count, 0, t);
	if (!c->surface)
		return;
	cairo_close_path(c->cairo);
	cairo_fill(c->cairo);
}

void canvas_polyline(struct canvas *c, const struct point *points, int count, double stroke, enum token t)
{
	trace(c, DRAW_POLYLINE, points, count, stroke, t);
	if (!c->surface)
		return;
	cairo_set_line_width(c->cairo, stroke * c->scale);
	cairo_set_line_cap(c->cairo, CAIRO_LINE_CAP_BUTT);
	cairo_set_line_join(c->cairo, CAIRO_LINE_JOIN_MITER);
	cairo_stroke(c->cairo);
}

static void add_stop(cairo_pattern_t *p, double at, uint32_t rgb)
{
	cairo_pattern_add_color_stop_rgb(
		p, at, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

static void set_gradient(struct canvas *c)
{
	cairo_pattern_t *p = cairo_pattern_create_linear(0, c->top_px, 0, c->top_px + c->height * c->scale);
	add_stop(p, 0, c->theme->rgb[c->top]);
	add_stop(p, 1, c->theme->rgb[c->bottom]);
	cairo_set_source(c->cairo, p);
	cairo_pattern_destroy(p);
}

void canvas_gradient(struct canvas *c, enum token top, enum token bottom)
{
	tell_box(c, DRAW_GRADIENT, 0, 0, c->width, c->height, 0, top);
	c->has_gradient = true;
	c->top = top;
	c->bottom = bottom;
	if (!c->surface)
		return;
	set_gradient(c);
	cairo_paint(c->cairo);
}

void canvas_ground(struct canvas *c, double x, double y, double w, double h)
{
	if (!c->surface)
		return;
	SDL_Rect r = canvas_to_px(c, x, y, w, h);
	if (c->has_gradient)
		set_gradient(c);
	else
		use_color(c, TOKEN_BG);
	cairo_rectangle(c->cairo, r.x, r.y, r.w, r.h);
	cairo_fill(c->cairo);
}

void canvas_clip(struct canvas *c, const SDL_Rect *px)
{
	if (!c->surface)
		return;
	cairo_reset_clip(c->cairo);
	if (!px)
		return;
	cairo_rectangle(c->cairo, px->x, px->y, px->w, px->h);
	cairo_clip(c->cairo);
}

void canvas_picture(struct canvas *c, cairo_surface_t *picture, double x, double y, double w, double h)
{
	tell_box(c, DRAW_PICTURE, x, y, w, h, 0, TOKEN_BG);
	if (!c->surface)
		return;
	SDL_Rect box = canvas_to_px(c, x, y, w, h);
	double sx = box.w / (double)cairo_image_surface_get_width(picture);
	double sy = box.h / (double)cairo_image_surface_get_height(picture);
	cairo_save(c->cairo);
	cairo_rectangle(c->cairo, box.x, box.y, box.w, box.h);
	cairo_clip(c->cairo);
	cairo_translate(c->cairo, box.x, box.y);
	cairo_scale(c->cairo, sx, sy);
	cairo_set_source_surface(c->cairo, picture, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(c->cairo), CAIRO_FILTER_GOOD);
	cairo_pattern_set_extend(cairo_get_source(c->cairo), CAIRO_EXTEND_PAD);
	cairo_paint_with_alpha(c->cairo, c->opacity);
	cairo_restore(c->cairo);
}

void canvas_poster(struct canvas *c, cairo_surface_t *picture, double height)
{
	double w = cairo_image_surface_get_width(picture), h = cairo_image_surface_get_height(picture);
	double by = fmin(c->width / w, height / h);
	if (c->surface) {
		set_rgb(c, picture_edge(picture, c->theme->rgb[TOKEN_BG]));
		cairo_rectangle(c->cairo, 0, 0, c->width_px,
			height < c->height ? to_y(c, height) - c->shift * c->scale : c->height_px);
		cairo_fill(c->cairo);
	}
	canvas_picture(c, picture, (c->width - w * by) / 2, (height - h * by) / 2, w * by, h * by);
}

void canvas_mask(struct canvas *c, const struct font_mask *m, double x, double baseline, enum token t)
{
	if (!c->surface || !m->coverage)
		return;
	use_color(c, t);
	cairo_mask_surface(
		c->cairo, m->coverage, round(to_x(c, x)) + m->left, round(to_y(c, baseline)) + m->top);
}

bool canvas_write_png(struct canvas *c, const char *path, struct err *e)
{
	must_be_sound(c);
	cairo_status_t s = cairo_surface_write_to_png(cairo_get_target(c->cairo), path);
	return s == CAIRO_STATUS_SUCCESS || err_set(e, ERR_IO, "%s: %s", path, cairo_status_to_string(s));
}
