/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a picture. What is loaded is as large as its header said and within the
 * ceilings, and can be painted. */
#include "paint/picture.h"

#include "fuzz.h"
#include "../unit/paint_kit.h"

#define DECODED_PIXELS_MAX (1 << 18) /* decoding larger ones says nothing new, slowly */

static void paint(cairo_surface_t *picture)
{
	static struct canvas *c;
	if (!c)
		c = canvas_create(160, 90, kit_fonts(&kit_noto));
	canvas_clear(c, theme_hall());
	canvas_picture(c, picture, 100, 100, 800, 450);
	canvas_poster(c, picture, 1080);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct picture_info info;
	struct err e = {0};
	cairo_surface_t *picture;
	const char *path = fuzz_file(bytes, len);
	bool is_probed = picture_probe(path, &info, &e);
	FUZZ_MUST(!is_probed || (info.width >= 1 && info.width <= PICTURE_SIDE_MAX && info.height >= 1 &&
					info.height <= PICTURE_SIDE_MAX &&
					(long)info.width * info.height <= PICTURE_PIXELS_MAX));
	if (is_probed && (long)info.width * info.height > DECODED_PIXELS_MAX)
		return 0;
	if (!picture_load(path, &picture, &e)) {
		FUZZ_MUST(e.kind == ERR_FORMAT && e.text[0] && !picture);
		return 0;
	}
	FUZZ_MUST(is_probed && cairo_image_surface_get_width(picture) == info.width &&
		  cairo_image_surface_get_height(picture) == info.height);
	paint(picture);
	cairo_surface_destroy(picture);
	return 0;
}
