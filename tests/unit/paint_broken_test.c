/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures broken in every way that was thought of: refused when they are checked, and a
 * board that wants one does without. The files are made here. */
#include "board/gallery.h"
#include "paint/picture.h"
#include "picture_kit.h"
#include "scratch.h"
#include "sentences.h"

static char folder[SCRATCH_PATH_MAX];
static char path[SCRATCH_PATH_MAX * 2];

static void make_jpeg(struct buf *out)
{
	SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, 48, 32, 32, SDL_PIXELFORMAT_RGB888);
	assert_non_null(s);
	SDL_FillRect(s, NULL, 0x336699);
	kit_jpeg(s, out);
	SDL_FreeSurface(s);
}

static void make_empty(struct buf *out)
{
	(void)out;
}

static void make_words(struct buf *out)
{
	buf_printf(out, "This is not a picture, whatever its name says.\n");
}

static void make_gif(struct buf *out)
{
	buf_add(out, "GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xF9\4\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
		43);
}

static void make_cut_png(struct buf *out)
{
	kit_png(300, 300, 0xFF112233, out);
	out->len = 60;
}

static void make_cut_jpeg(struct buf *out)
{
	make_jpeg(out);
	out->len = out->len * 2 / 3;
}

static void make_jpeg_without_end(struct buf *out)
{
	make_jpeg(out);
	out->len -= 2;
}

static void make_jpeg_head(struct buf *out)
{
	make_jpeg(out);
	out->len = 20;
}

static void make_jpeg_long_segment(struct buf *out)
{
	buf_add(out,
		"\xFF\xD8\xFF\xE1\xFF\xFF"
		"Exif\0\0II*\0",
		16);
}

/* Progressive, 8 x 8: the means, and then details that there are not, again and again.
 * Each is sound, and each takes a decoder as long as the whole picture. */
static void make_jpeg_of_many_scans(struct buf *out)
{
	static const unsigned char start[] = {0xFF, 0xD8, 0xFF, 0xDB, 0x00, 0x43, 0x00};
	static const unsigned char means[] = {0xFF, 0xC2, 0x00, 0x0B, 0x08, 0x00, 0x08, 0x00, 0x08, 0x01, 0x01, 0x11, 0x00, 0xFF, 0xC4, 0x00,
		0x14, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
		0x00, 0x00, 0x00, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xC4,
		0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
		0x00, 0x00, 0x00, 0xE0};
	static const unsigned char detail[] = {0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x01, 0x3F, 0x00, 0x00, 0x00};
	char steps[64];
	memset(steps, 1, sizeof steps);
	buf_add(out, (const char *)start, sizeof start);
	buf_add(out, steps, sizeof steps);
	buf_add(out, (const char *)means, sizeof means);
	for (int i = 0; i < PICTURE_SCANS_MAX; i++)
		buf_add(out, (const char *)detail, sizeof detail);
	buf_add(out, "\xFF\xD9", 2);
}

static void make_cut_webp(struct buf *out)
{
	buf_add(out, (const char *)kit_webp, sizeof kit_webp - 8);
}

static void make_spoilt_png(struct buf *out)
{
	kit_png(300, 300, 0xFF112233, out);
	for (size_t i = 0; i + 10 < out->len; i++) {
		if (memcmp(out->data + i, "IDAT", 4) == 0)
			out->data[i + 8] = (char)(out->data[i + 8] ^ 0x55);
	}
}

static void put_size(struct buf *jpeg, unsigned width, unsigned height)
{
	for (size_t i = 2; i + 9 < jpeg->len; i++) {
		if ((unsigned char)jpeg->data[i] != 0xFF || (unsigned char)jpeg->data[i + 1] != 0xC0)
			continue;
		jpeg->data[i + 5] = (char)(height >> 8);
		jpeg->data[i + 6] = (char)height;
		jpeg->data[i + 7] = (char)(width >> 8);
		jpeg->data[i + 8] = (char)width;
		return;
	}
	fail_msg("no frame header");
}

static void make_huge_jpeg(struct buf *out)
{
	make_jpeg(out);
	put_size(out, 65000, 65000);
}

static void make_jpeg_of_nothing(struct buf *out)
{
	make_jpeg(out);
	put_size(out, 0, 10);
}

/* The header alone decides: its checksum is never reached. */
static void make_huge_png(struct buf *out)
{
	kit_png(10, 10, 0xFF112233, out);
	memcpy(out->data + 16, "\0\0\x20\0\0\0\x20\0", 8); /* 8192 x 8192 */
}

static void make_lying_png(struct buf *out)
{
	kit_png(10, 10, 0xFF112233, out);
	out->data[19] = 60; /* wider than it is; the checksum tells */
}

/* An extended header says 100 x 100, the picture is 4 x 2. */
static void make_lying_webp(struct buf *out)
{
	static const unsigned char extended[] = {
		'V', 'P', '8', 'X', 10, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 99, 0, 0};
	buf_add(out, (const char *)kit_webp, 12);
	buf_add(out, (const char *)extended, sizeof extended);
	buf_add(out, (const char *)kit_webp + 12, sizeof kit_webp - 12);
	out->data[4] = (char)(out->data[4] + (char)sizeof extended);
}

/* Its text claims to be 1.3 GB: SDL_image went on reading where nothing is. */
static void make_png_long_chunk(struct buf *out)
{
	kit_png(10, 10, 0xFF112233, out);
	out->len = 33;
	buf_add(out, "\x4D\x3A\0\0tEXtTitle", 13);
}

static void make_large_file(struct buf *out)
{
	kit_png(10, 10, 0xFF112233, out);
	static const char zeros[1 << 20];
	while (out->len <= PICTURE_BYTES_MAX)
		buf_add(out, zeros, sizeof zeros);
}

static const struct broken_row {
	const char *says;
	void (*make)(struct buf *out);
} broken_rows[] = {
	{"an empty file", make_empty},
	{"a file of words", make_words},
	{"a GIF", make_gif},
	{"a PNG cut off", make_cut_png},
	{"a JPEG cut off", make_cut_jpeg},
	{"a JPEG without its end", make_jpeg_without_end},
	{"the first bytes of a JPEG", make_jpeg_head},
	{"a JPEG segment longer than the file", make_jpeg_long_segment},
	{"a JPEG of more scans than anybody makes", make_jpeg_of_many_scans},
	{"a WebP cut off", make_cut_webp},
	{"a PNG chunk longer than the file", make_png_long_chunk},
	{"a PNG with a byte spoilt", make_spoilt_png},
	{"a JPEG of 65000 x 65000", make_huge_jpeg},
	{"a JPEG without width", make_jpeg_of_nothing},
	{"a PNG of 8192 x 8192", make_huge_png},
	{"a PNG that lies about its width", make_lying_png},
	{"a WebP that lies about its size", make_lying_webp},
	{"a file of more than 32 MiB", make_large_file},
};

static bool find_path(void *user, const char *name, char *out, size_t room)
{
	(void)user, (void)name;
	return snprintf(out, room, "%s", path) < (int)room;
}

/* Refused when it is checked, and a board that wants it does without. */
static void check_broken(void **state)
{
	const struct broken_row *r = *state;
	struct buf bytes = {0};
	struct err e = {0};
	r->make(&bytes);
	scratch_write(folder, "picture", bytes.data ? bytes.data : "", bytes.len);
	assert_false(picture_check(path, &e));
	assert_non_null(strstr(e.text, path));
	struct gallery *g = gallery_create(find_path, NULL);
	assert_null(gallery_get(g, "picture", 100, 100));
	assert_null(gallery_cover(g, "picture", 100, 100));
	gallery_destroy(g);
	buf_finish(&bytes);
}

int main(void)
{
	static struct sentences s;
	scratch_make(folder);
	(void)snprintf(path, sizeof path, "%s/picture", folder);
	SENTENCES_ROWS(&s, broken_rows, check_broken);
	int failed = sentences_run(&s, "paint broken");
	scratch_remove(folder);
	return failed;
}
