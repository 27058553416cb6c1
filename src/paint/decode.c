/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/decode.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/decode.h>

#include "base/alloc.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "B, G, R, A in memory are ARGB");

static void make_room(struct pixels *out, unsigned width, unsigned height)
{
	out->width = (int)width;
	out->height = (int)height;
	out->argb = alloc_zero((size_t)width * height, sizeof *out->argb);
}

static unsigned char *row_of(const struct pixels *p, unsigned y)
{
	return (unsigned char *)(p->argb + (size_t)y * (size_t)p->width);
}

/* ---- PNG ------------------------------------------------------------------------ */

struct rest {
	const unsigned char *bytes;
	size_t len;
};

static void take_rest(png_structp png, png_bytep to, size_t wanted)
{
	struct rest *r = png_get_io_ptr(png);
	if (wanted > r->len)
		png_error(png, "its end is missing");
	memcpy(to, r->bytes, wanted);
	r->bytes += wanted;
	r->len -= wanted;
}

static void refuse_png(png_structp png, png_const_charp text)
{
	(void)snprintf(png_get_error_ptr(png), DECODE_WHY_BYTES, "%s", text);
	png_longjmp(png, 1);
}

static void pass_over(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text; /* an odd chunk that pixels do not depend on */
}

/* Whatever it is, as B, G, R, A of 8 bits. */
static void read_png(png_structp png, png_infop info, struct pixels *out)
{
	png_read_info(png, info);
	png_set_expand(png);
	png_set_strip_16(png);
	png_set_gray_to_rgb(png);
	png_set_bgr(png);
	png_set_filler(png, 0xff, PNG_FILLER_AFTER);
	int passes = png_set_interlace_handling(png);
	png_read_update_info(png, info);
	make_room(out, png_get_image_width(png, info), png_get_image_height(png, info));
	for (int pass = 0; pass < passes; pass++) {
		for (int y = 0; y < out->height; y++)
			png_read_row(png, row_of(out, (unsigned)y), NULL);
	}
	png_read_end(png, NULL);
}

/* Whoever is jumped back to keeps nothing that was changed meanwhile. */
static bool try_png(png_structp png, png_infop info, struct pixels *out)
{
	if (setjmp(png_jmpbuf(png)))
		return false;
	read_png(png, info, out);
	return true;
}

bool decode_png(const unsigned char *bytes, size_t len, struct pixels *out, char why[static DECODE_WHY_BYTES])
{
	struct rest rest = {bytes, len};
	png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, why, refuse_png, pass_over);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	if (info)
		png_set_read_fn(png, &rest, take_rest);
	bool ok = info && try_png(png, info, out);
	png_destroy_read_struct(&png, &info, NULL);
	return ok;
}

/* ---- JPEG ----------------------------------------------------------------------- */

struct jpeg_way_out {
	struct jpeg_error_mgr manager; /* first: libjpeg knows only this */
	jmp_buf back;
	char *why;
};

static void refuse_jpeg(j_common_ptr jpeg)
{
	struct jpeg_way_out *out = (struct jpeg_way_out *)(void *)jpeg->err;
	_Static_assert(DECODE_WHY_BYTES >= JMSG_LENGTH_MAX, "room for libjpeg's words");
	jpeg->err->format_message(jpeg, out->why);
	longjmp(out->back, 1);
}

static void say_nothing(j_common_ptr jpeg, int level)
{
	(void)jpeg;
	(void)level; /* of data that are odd and yet decoded */
}

/* Four inks to light. Adobe's programs, and all that follow them, write them the other way round. */
static void mix_inks(struct pixels *p, bool is_inverted)
{
	for (size_t i = 0; i < (size_t)p->width * (size_t)p->height; i++) {
		uint32_t inks = is_inverted ? p->argb[i] : ~p->argb[i];
		uint32_t k = inks >> 24, c = inks & 0xff, m = inks >> 8 & 0xff, y = inks >> 16 & 0xff;
		p->argb[i] = 0xff000000 | c * k / 255 << 16 | m * k / 255 << 8 | y * k / 255;
	}
}

static void read_jpeg(struct jpeg_decompress_struct *jpeg, struct pixels *out)
{
	(void)jpeg_read_header(jpeg, TRUE);
	bool has_inks = jpeg->num_components == 4;
	jpeg->out_color_space = has_inks ? JCS_CMYK : JCS_EXT_BGRA;
	(void)jpeg_start_decompress(jpeg);
	make_room(out, jpeg->output_width, jpeg->output_height);
	while (jpeg->output_scanline < jpeg->output_height) {
		JSAMPROW row = row_of(out, jpeg->output_scanline);
		(void)jpeg_read_scanlines(jpeg, &row, 1);
	}
	(void)jpeg_finish_decompress(jpeg);
	if (has_inks)
		mix_inks(out, jpeg->saw_Adobe_marker);
}

static bool try_jpeg(struct jpeg_decompress_struct *jpeg, struct jpeg_way_out *way_out,
	const unsigned char *bytes, size_t len, struct pixels *out)
{
	if (setjmp(way_out->back))
		return false;
	jpeg_create_decompress(jpeg);
	jpeg_mem_src(jpeg, bytes, len);
	read_jpeg(jpeg, out);
	return true;
}

bool decode_jpeg(
	const unsigned char *bytes, size_t len, struct pixels *out, char why[static DECODE_WHY_BYTES])
{
	struct jpeg_decompress_struct jpeg = {0};
	struct jpeg_way_out way_out = {.why = why};
	jpeg.err = jpeg_std_error(&way_out.manager);
	way_out.manager.error_exit = refuse_jpeg;
	way_out.manager.emit_message = say_nothing;
	bool ok = try_jpeg(&jpeg, &way_out, bytes, len, out);
	jpeg_destroy_decompress(&jpeg);
	return ok;
}

/* ---- WebP ----------------------------------------------------------------------- */

bool decode_webp(
	const unsigned char *bytes, size_t len, struct pixels *out, char why[static DECODE_WHY_BYTES])
{
	int width, height;
	(void)snprintf(why, DECODE_WHY_BYTES, "not a still WebP picture that can be decoded");
	if (!WebPGetInfo(bytes, len, &width, &height))
		return false;
	make_room(out, (unsigned)width, (unsigned)height);
	int stride = width * (int)sizeof *out->argb;
	return WebPDecodeBGRAInto(bytes, len, row_of(out, 0), (size_t)stride * (size_t)height, stride) !=
	       NULL;
}
