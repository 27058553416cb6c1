/* SPDX-License-Identifier: Apache-2.0
 *
 * QR codes are read back by a decoder that is not ours (zbar), from whole pages and
 * alone; and measured: whole pixels a module, four modules of quiet zone, two colours. */
#include <zbar.h>

#include "board/board.h"
#include "board/motion.h"
#include "board/pairing.h"
#include "content_kit.h"
#include "paint/qr.h"
#include "paint_kit.h"
#include "sentences.h"

#define WHITE 0xFFFFFFu
#define DARK 0x0D1B1Eu
#define QUIET 4
#define FINDER 7 /* modules of a finder pattern's side */
#define SHORT_URL "https://a.cn/"
#define USUAL_URL "https://www.fangzi.gov.cn/zwgk/2023/06/28/index.html?from=screen"
#define LONG_URL                                                                                             \
	"https://season.example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"         \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"                   \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define PAIRING_URL "https://kiosk.fangzi.gov.cn/pair?code=472096"

static struct font_set *fonts;

/* Grey, as the decoder wants it. */
static unsigned char *grey_of(struct canvas *c)
{
	const SDL_Surface *s = canvas_surface(c);
	unsigned char *grey = malloc((size_t)s->w * (size_t)s->h);
	assert_non_null(grey);
	for (int y = 0; y < s->h; y++) {
		const char *bytes = (const char *)s->pixels + (ptrdiff_t)y * s->pitch;
		const uint32_t *row = (const uint32_t *)(const void *)bytes;
		for (int x = 0; x < s->w; x++)
			grey[(ptrdiff_t)y * s->w + x] = (unsigned char)(row[x] >> 8);
	}
	return grey;
}

/* How many codes the picture holds; the last one's text. */
static int decode(struct canvas *c, char *text, size_t room)
{
	const SDL_Surface *s = canvas_surface(c);
	unsigned char *grey = grey_of(c);
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, (unsigned)s->w, (unsigned)s->h);
	zbar_image_set_data(image, grey, (unsigned long)s->w * (unsigned long)s->h, NULL);
	int count = zbar_scan_image(scanner, image);
	const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
	(void)snprintf(text, room, "%s", symbol ? zbar_symbol_get_data(symbol) : "");
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	free(grey);
	return count;
}

static const struct {
	int width, height;
} sizes[] = {{1280, 720}, {1920, 1080}, {3840, 2160}, {1080, 1920}};
#define SIZES (sizeof sizes / sizeof sizes[0])

static void assert_decoded(struct canvas *c, const char *want)
{
	char text[512];
	int count = decode(c, text, sizeof text);
	if (count != (*want != '\0') || strcmp(text, want) != 0)
		fail_msg("%d x %d: %d codes, '%s' is not '%s'", canvas_surface(c)->w, canvas_surface(c)->h,
			count, text, want);
}

/* ---- whole pages ---------------------------------------------------------------- */

static bool no_picture(void *user, const char *name, char *path, size_t room)
{
	(void)user, (void)name, (void)path, (void)room;
	return false;
}

static void paint_occasion(struct canvas *c, const char *url)
{
	char json[512];
	json_t *document = kit_document();
	(void)snprintf(json, sizeof json,
		"[{\"id\": \"o\", \"name\": \"某节\", \"from\": \"2023-07\", \"to\": \"2023-10\","
		" \"status\": \"confirmed\", \"highlights\": [\"某\"], \"programme\": [], \"url\": \"%s\"}]",
		url);
	kit_set(document, "/occasions", json);
	kit_set(document, "/boards", "[{\"id\": \"b\", \"kind\": \"occasion\", \"theme\": \"festival\"}]");
	struct content *content = kit_open(document);
	struct arena a = {0};
	struct playlist_board *boards;
	assert_int_equal(playlist_read(content, NULL, &a, &boards), 1);
	struct board_view v = {.canvas = c,
		.content = content,
		.board = boards,
		.gallery = gallery_create(no_picture, NULL),
		.now = moment_at("Asia/Shanghai", 1687919040, true, 0),
		.elapsed_ms = MOTION_STILL,
		.arena = &a};
	assert_int_equal(board_pages(&v), 1);
	board_paint(&v);
	gallery_destroy(v.gallery);
	arena_finish(&a);
	content_close(content);
}

static void paint_pairing(struct canvas *c, const char *url)
{
	board_paint_pairing(c, &(struct pairing_view){.site_name = "坊子区",
				       .code = "472096",
				       .url = url,
				       .device = "01",
				       .expires_s = 600});
}

static const struct page_row {
	const char *says;
	void (*paint)(struct canvas *c, const char *url);
	const char *url, *read;
} page_rows[] = {
	{"an occasion's short address", paint_occasion, SHORT_URL, SHORT_URL},
	{"an occasion's usual address", paint_occasion, USUAL_URL, USUAL_URL},
	{"an occasion's address of 200 characters", paint_occasion, LONG_URL, LONG_URL},
	{"an occasion's address that is made up is no code", paint_occasion, "https://a.invalid/b", ""},
	{"the pairing page's code", paint_pairing, PAIRING_URL, PAIRING_URL},
	{"the pairing page without an address has none", paint_pairing, NULL, ""},
};

static void check_page(void **state)
{
	const struct page_row *r = *state;
	for (size_t i = 0; i < SIZES; i++) {
		struct canvas *c = canvas_create(sizes[i].width, sizes[i].height, fonts);
		r->paint(c, r->url);
		assert_decoded(c, r->read);
		canvas_destroy(c);
	}
}

/* ---- measures ------------------------------------------------------------------- */

static uint32_t pixel(const SDL_Surface *s, int x, int y)
{
	const char *row = (const char *)s->pixels + (ptrdiff_t)y * s->pitch;
	return ((const uint32_t *)(const void *)row)[x] & 0xFFFFFF;
}

struct grid {
	int left, top, px, modules;
};

/* The finder in the upper left corner tells where modules begin and how large they are. */
static struct grid find_grid(const SDL_Surface *s, const SDL_Rect *box)
{
	struct grid g = {0};
	for (int at = 0; at < box->w && !g.left; at++) {
		if (pixel(s, box->x + at, box->y + at) == DARK)
			g.left = box->x + at, g.top = box->y + at;
	}
	assert_true(g.left > 0);
	while (pixel(s, g.left - 1, g.top) == DARK)
		g.left--;
	while (pixel(s, g.left, g.top - 1) == DARK)
		g.top--;
	int end = g.left;
	while (pixel(s, end, g.top) == DARK)
		end++;
	assert_int_equal((end - g.left) % FINDER, 0);
	g.px = (end - g.left) / FINDER;
	g.modules = (box->w - 2 * (g.left - box->x)) / g.px;
	g.modules -= g.modules % 4 != 1; /* of an odd pixel that the middle leaves */
	return g;
}

static void check_modules(const SDL_Surface *s, const struct grid *g)
{
	for (int y = 0; y < g->modules * g->px; y++) {
		for (int x = 0; x < g->modules * g->px; x++) {
			uint32_t own = pixel(s, g->left + x, g->top + y);
			uint32_t corner = pixel(s, g->left + x - x % g->px, g->top + y - y % g->px);
			assert_true(own == WHITE || own == DARK);
			assert_int_equal(own, corner);
		}
	}
}

static void check_quiet(const SDL_Surface *s, const struct grid *g)
{
	int side = g->modules * g->px, quiet = QUIET * g->px;
	for (int y = -quiet; y < side + quiet; y++) {
		for (int x = -quiet; x < side + quiet; x++) {
			if (x < 0 || y < 0 || x >= side || y >= side)
				assert_int_equal(pixel(s, g->left + x, g->top + y), WHITE);
		}
	}
}

static const struct measure_row {
	const char *says, *text;
	double x, y, side;
} measure_rows[] = {
	{"a short address in 256", SHORT_URL, 552, 712, 256},
	{"a usual address in 256", USUAL_URL, 552, 712, 256},
	{"200 characters in 256", LONG_URL, 552, 712, 256},
	{"a usual address in 272", USUAL_URL, 744, 536, 272},
	{"a pairing code in 496", PAIRING_URL, 312, 288, 496},
	{"at a place between pixels", USUAL_URL, 301.37, 288.61, 256.4},
};

static void check_measures(void **state)
{
	const struct measure_row *r = *state;
	for (size_t i = 0; i < SIZES; i++) {
		struct canvas *c = canvas_create(sizes[i].width, sizes[i].height, fonts);
		canvas_clear(c, theme_find("festival"));
		assert_true(qr_draw(c, r->x, r->y, r->side, r->text));
		SDL_Rect box = canvas_to_px(c, r->x, r->y, r->side, r->side);
		struct grid g = find_grid(canvas_surface(c), &box);
		assert_true(g.modules >= 21 && g.modules % 4 == 1);
		check_modules(canvas_surface(c), &g);
		check_quiet(canvas_surface(c), &g);
		assert_decoded(c, r->text);
		canvas_destroy(c);
	}
}

/* Too small for one pixel a module: nothing is better than what nobody can scan. */
static void refuses_too_small(void **state)
{
	(void)state;
	struct canvas *c = canvas_create(1280, 720, fonts);
	canvas_clear(c, theme_hall());
	assert_false(qr_draw(c, 300, 300, 40, LONG_URL));
	assert_int_equal(kit_ink_of(c).end, 0);
	canvas_destroy(c);
}

int main(void)
{
	static struct sentences s;
	fonts = kit_fonts(&kit_noto);
	SENTENCES_ROWS(&s, page_rows, check_page);
	SENTENCES_ROWS(&s, measure_rows, check_measures);
	sentences_add(&s, "a code that does not fit is not drawn", refuses_too_small, NULL);
	int failed = sentences_run(&s, "paint qr");
	font_set_close(fonts);
	return failed;
}
