/* SPDX-License-Identifier: Apache-2.0
 *
 * picture: a poster that fills the page, with no frame around it. It says itself what a
 * frame would say; where it is made up, the tag says so. video: the same page, on whose
 * poster a film is played by whoever can; the page is whole without it. */
#include <math.h>

#include "board/frame.h"
#include "board/kinds.h"
#include "board/slot.h"
#include "paint/part.h"

#define STRIP 80.0 /* the ticker's */
#define CAPTION_MARGIN 48.0
#define TAG_TOP 48.0

static double height_of(const struct board_view *v)
{
	return canvas_height(v->canvas) - (frame_has_ticker(v) ? STRIP : 0);
}

static cairo_surface_t *load(struct board_view *v)
{
	SDL_Rect box = canvas_to_px(v->canvas, 0, 0, canvas_width(v->canvas), height_of(v));
	return v->board->picture ? gallery_get(v->gallery, v->board->picture, box.w, box.h) : NULL;
}

/* A broken poster is no page. */
static int count_pages(struct board_view *v)
{
	return load(v) ? 1 : 0;
}

/* What stands on the picture. */
static void paint_words(struct board_view *v)
{
	const char *tag = "示例数据";
	struct canvas *c = v->canvas;
	struct slot_box box = {frame_left(v), 0, frame_width(v), height_of(v) - CAPTION_MARGIN};
	if (v->board->caption)
		slot_draw_caption(v, v->board->caption, &box);
	if (v->board->is_sample)
		part_tag(c, frame_right(v) - part_tag_width(c, tag), TAG_TOP, tag);
}

static void paint(struct board_view *v)
{
	cairo_surface_t *picture = load(v);
	frame_enter(v, 0);
	if (picture)
		canvas_poster(v->canvas, picture, height_of(v));
	paint_words(v);
	v->found.is_sample = v->board->is_sample;
	v->found.tag_is_placed = true;
	frame_entered(v);
}

/* Just where canvas_poster() lays the poster. */
static bool place_film(struct board_view *v, SDL_Rect *out)
{
	cairo_surface_t *picture = load(v);
	if (!picture)
		return false;
	double w = cairo_image_surface_get_width(picture), h = cairo_image_surface_get_height(picture);
	double by = fmin(canvas_width(v->canvas) / w, height_of(v) / h);
	*out = canvas_to_px(v->canvas, (canvas_width(v->canvas) - w * by) / 2, (height_of(v) - h * by) / 2,
		w * by, h * by);
	return true;
}

const struct board_kind board_picture = {
	.name = "picture", .pages = count_pages, .paint = paint, .dwell_s = 12, .has_no_frame = true};

const struct board_kind board_video = {.name = "video",
	.pages = count_pages,
	.paint = paint,
	.dwell_s = 30,
	.has_no_frame = true,
	.place_film = place_film,
	.paint_over_film = paint_words};
