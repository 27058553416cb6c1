/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/capture.h"

#include <cairo.h>

#include "base/log.h"
#include "paint/picture_write.h"
#include "store/shot.h"

static double scale_for(int width, int height)
{
	int longer = width > height ? width : height, shorter = width > height ? height : width;
	double scale = (double)CAPTURE_LONG_MAX / longer;
	if (scale * shorter > CAPTURE_SHORT_MAX)
		scale = (double)CAPTURE_SHORT_MAX / shorter;
	return scale < 1 ? scale : 1;
}

void capture_write(SDL_Surface *seen, const char *folder, const char *name, int64_t now_utc_s)
{
	struct buf jpeg = {0};
	struct err e = {0};
	double scale = scale_for(seen->w, seen->h);
	cairo_surface_t *from = cairo_image_surface_create_for_data(
		seen->pixels, CAIRO_FORMAT_RGB24, seen->w, seen->h, seen->pitch);
	cairo_surface_t *to = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, (int)(seen->w * scale + 0.5), (int)(seen->h * scale + 0.5));
	cairo_t *c = cairo_create(to);
	cairo_scale(c, scale, scale);
	cairo_set_source_surface(c, from, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(c), CAIRO_FILTER_GOOD);
	cairo_paint(c);
	bool ok = cairo_status(c) == CAIRO_STATUS_SUCCESS && picture_write_jpeg(to, &jpeg);
	cairo_destroy(c);
	cairo_surface_destroy(to);
	cairo_surface_destroy(from);
	if (!ok || !shot_write(folder, name, now_utc_s, &jpeg, &e))
		log_line(LOG_WARNING, "kiosk: no picture for the hub: %s", ok ? e.text : "cannot be made");
	buf_finish(&jpeg);
}
