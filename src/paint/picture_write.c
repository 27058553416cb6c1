/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/picture_write.h"

#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "base/alloc.h"
#include "base/log.h"

#define JPEG_QUALITY 92

static const uint32_t *row_of(cairo_surface_t *s, int y)
{
	const unsigned char *data = cairo_image_surface_get_data(s);
	return (const uint32_t *)(const void *)(data + (ptrdiff_t)y * cairo_image_surface_get_stride(s));
}

bool picture_has_alpha(cairo_surface_t *s)
{
	if (cairo_image_surface_get_format(s) != CAIRO_FORMAT_ARGB32)
		return false;
	int w = cairo_image_surface_get_width(s), h = cairo_image_surface_get_height(s);
	for (int y = 0; y < h; y++) {
		const uint32_t *row = row_of(s, y);
		for (int x = 0; x < w; x++) {
			if (row[x] >> 24 != 0xff)
				return true;
		}
	}
	return false;
}

/* Cairo's colours are multiplied by their alpha; a file's are not. */
static unsigned char divide(uint32_t colour, uint32_t alpha)
{
	return (unsigned char)(alpha ? ((colour & 0xff) * 255 + alpha / 2) / alpha : 0);
}

static unsigned char *to_bytes(cairo_surface_t *s, bool has_alpha)
{
	int w = cairo_image_surface_get_width(s), h = cairo_image_surface_get_height(s);
	unsigned char *bytes = alloc_zero((size_t)w * (size_t)h, has_alpha ? 4 : 3), *to = bytes;
	cairo_surface_flush(s);
	for (int y = 0; y < h; y++) {
		const uint32_t *row = row_of(s, y);
		for (int x = 0; x < w; x++) {
			uint32_t alpha = has_alpha ? row[x] >> 24 : 0xff;
			*to++ = divide(row[x] >> 16, alpha);
			*to++ = divide(row[x] >> 8, alpha);
			*to++ = divide(row[x], alpha);
			if (has_alpha)
				*to++ = (unsigned char)alpha;
		}
	}
	return bytes;
}

bool picture_write_png(cairo_surface_t *s, struct buf *out)
{
	bool has_alpha = picture_has_alpha(s);
	png_image image = {.version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)cairo_image_surface_get_width(s),
		.height = (png_uint_32)cairo_image_surface_get_height(s),
		.format = has_alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB,
		.flags = PNG_IMAGE_FLAG_FAST};
	char *written = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&written, &len);
	if (!f)
		return false;
	unsigned char *bytes = to_bytes(s, has_alpha);
	bool ok = png_image_write_to_stdio(&image, f, 0, bytes, 0, NULL) != 0;
	ok = fclose(f) == 0 && ok;
	if (ok)
		buf_add(out, written, len);
	png_image_free(&image);
	free(written);
	free(bytes);
	return ok;
}

/* Only memory can be missing, and no memory means stop. */
static void stop(j_common_ptr jpeg)
{
	char why[JMSG_LENGTH_MAX];
	jpeg->err->format_message(jpeg, why);
	log_line(LOG_ERROR, "picture: %s", why);
	abort();
}

static void write_rows(struct jpeg_compress_struct *jpeg, unsigned char *bytes)
{
	jpeg_start_compress(jpeg, TRUE);
	while (jpeg->next_scanline < jpeg->image_height) {
		JSAMPROW row = bytes + (size_t)jpeg->next_scanline * jpeg->image_width * 3;
		(void)jpeg_write_scanlines(jpeg, &row, 1);
	}
	jpeg_finish_compress(jpeg);
}

bool picture_write_jpeg(cairo_surface_t *s, struct buf *out)
{
	int w = cairo_image_surface_get_width(s), h = cairo_image_surface_get_height(s);
	if (w < 1 || h < 1 || w > JPEG_MAX_DIMENSION || h > JPEG_MAX_DIMENSION)
		return false;
	struct jpeg_compress_struct jpeg = {0};
	struct jpeg_error_mgr manager;
	unsigned char *written = NULL, *bytes = to_bytes(s, false);
	unsigned long len = 0;
	jpeg.err = jpeg_std_error(&manager);
	manager.error_exit = stop;
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &written, &len);
	jpeg.image_width = (JDIMENSION)w;
	jpeg.image_height = (JDIMENSION)h;
	jpeg.input_components = 3;
	jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, JPEG_QUALITY, TRUE);
	write_rows(&jpeg, bytes);
	jpeg_destroy_compress(&jpeg);
	buf_add(out, (const char *)written, len);
	free(written);
	free(bytes);
	return true;
}
