/* canvas.h - one opaque picture, drawn on in design units.
 *
 * A landscape canvas is 1920 x 1080 design units, a portrait one 1080 x 1920,
 * whatever its pixels are: scale = min(W/1920, H/1080), centred, the rest
 * filled with the ground (visual specification, 9). Axis-parallel edges snap to
 * whole pixels; everything else is anti-aliased. The pixels are 0x00RRGGBB,
 * native byte order. One thread at a time.
 *
 * A canvas can be told to fade: then every colour is mixed with the ground, and
 * everything lies lower by a shift; on a flat ground that equals drawing the
 * group with that opacity, without any alpha.
 *
 * A canvas can tell what is drawn on it, and can be made without pixels: that is
 * how pages are measured, checked and tested. */
#ifndef CANVAS_H
#define CANVAS_H

#include <SDL.h>
#include <stdbool.h>

#include "paint/draw.h"
#include "paint/font.h"
#include "paint/theme.h"

struct canvas;

/* First in a program that shows: SDL, too, stops without memory. It would go in circles to
 * say so until its stack ends. */
void canvas_prepare(void);

/* Fonts, and a surface with such pixels, are borrowed until the canvas is destroyed. */
struct canvas *canvas_create(int width_px, int height_px, struct font_set *fonts);
struct canvas *canvas_create_upon(SDL_Surface *surface, struct font_set *fonts);

/* Same geometry, no pixels. */
struct canvas *canvas_create_blind(int width_px, int height_px, struct font_set *fonts);

/* Same geometry and one pixel: what is painted on it leaves its glyphs and pictures behind,
 * ready for a canvas that shows. */
struct canvas *canvas_create_rehearsal(int width_px, int height_px, struct font_set *fonts);
void canvas_destroy(struct canvas *c);

void canvas_listen(struct canvas *c, canvas_listener *listener, void *user);
SDL_Surface *canvas_surface(struct canvas *c); /* NULL for a blind one; the canvas keeps it */
struct font_set *canvas_fonts(struct canvas *c);
bool canvas_is_portrait(const struct canvas *c);
double canvas_scale(const struct canvas *c);
double canvas_width(const struct canvas *c); /* 1920 or 1080 */
double canvas_height(const struct canvas *c); /* 1080 or 1920 */
const struct theme *canvas_theme(const struct canvas *c);

/* Text comes out one step up the type scale (visual specification, 3.4); figures of
 * 104 and up are large enough. A screen of so few pixels that captions would have
 * less than 14 (800 x 480, a wall of 1536 x 512) always has it. Boards ask, where
 * they must make room. */
void canvas_enlarge_text(struct canvas *c, bool is_large);
bool canvas_has_large_text(const struct canvas *c);

/* Where a rectangle of design units lies in the surface. */
SDL_Rect canvas_to_px(const struct canvas *c, double x, double y, double w, double h);

struct point canvas_from_px(const struct canvas *c, double x_px, double y_px); /* the other way */

/* Moves what is painted by up to 4 units: the step-th of eight places around the
 * middle, so that no edge burns in. 0: the middle. */
void canvas_orbit(struct canvas *c, unsigned step);

/* A picture that follows another: what is painted is noted, then of it what is not there already.
 * Returns the rectangles painted, which may overlap; all of it after what was not gathered. */
#define CANVAS_RECTS_MAX 64
void canvas_gather(struct canvas *c);
int canvas_settle(struct canvas *c, SDL_Rect out[CANVAS_RECTS_MAX]);
void canvas_forget(struct canvas *c); /* its surface was written to past it */

/* Everything becomes the theme's ground; fading is off again. */
void canvas_clear(struct canvas *c, const struct theme *theme);

/* opacity 0..1, shift in design units downwards; 1, 0: off. */
void canvas_fade(struct canvas *c, double opacity, double shift);
double canvas_opacity(const struct canvas *c);

/* What touches an edge of the design reaches that edge of the canvas. */
SDL_Rect canvas_rect_px(const struct canvas *c, double x, double y, double w, double h);
void canvas_rect(struct canvas *c, double x, double y, double w, double h, enum token t);
void canvas_round(struct canvas *c, double x, double y, double w, double h, double r, enum token t);

/* Outline; the rectangle is the stroke's middle, as in the draw lists. */
void canvas_outline(
	struct canvas *c, double x, double y, double w, double h, double r, double stroke, enum token t);
void canvas_circle(struct canvas *c, double cx, double cy, double r, enum token t);
void canvas_ring(struct canvas *c, double cx, double cy, double r, double stroke, enum token t);

/* Degrees clockwise from 12 o'clock. */
void canvas_pie(struct canvas *c, double cx, double cy, double r, double from, double to, enum token t);
void canvas_polygon(struct canvas *c, const struct point *points, int count, enum token t);
void canvas_polyline(struct canvas *c, const struct point *points, int count, double stroke, enum token t);

/* The whole canvas, from the top colour to the bottom one. */
void canvas_gradient(struct canvas *c, enum token top, enum token bottom);

/* Nothing is painted outside a rectangle of pixels; NULL: anywhere again. */
void canvas_clip(struct canvas *c, const SDL_Rect *px);

/* A part of the ground again, gradient or flat, as it was last laid. */
void canvas_ground(struct canvas *c, double x, double y, double w, double h);

/* Scaled into the box (aspect: the caller's business), over what is there. */
void canvas_picture(struct canvas *c, cairo_surface_t *picture, double x, double y, double w, double h);

/* The whole picture, as large as it can be, in the middle of the canvas down to a height; what
 * is left there takes the mean colour of its edge. */
void canvas_poster(struct canvas *c, cairo_surface_t *picture, double height);

/* One piece of text at a pixel-snapped pen; text.h is what boards use. */
void canvas_mask(struct canvas *c, const struct font_mask *m, double x, double baseline, enum token t);
void canvas_tell(struct canvas *c, const struct draw_op *op);

bool canvas_write_png(struct canvas *c, const char *path, struct err *e); /* ERR_IO */

#endif
