/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/qr.h"

#include <math.h>
#include <qrencode.h>
#include <string.h>

#include "base/alloc.h"
#include "paint/text.h"

#define QUIET_MODULES 4

static void draw_modules(struct canvas *c, const QRcode *code, SDL_Rect box)
{
	int modules = code->width + 2 * QUIET_MODULES;
	int px = box.w / modules;
	double scale = canvas_scale(c);
	SDL_Rect origin = canvas_to_px(c, 0, 0, 0, 0);
	int left = box.x + (box.w - px * code->width) / 2, top = box.y + (box.h - px * code->width) / 2;
	for (int y = 0; y < code->width; y++) {
		for (int x = 0; x < code->width; x++) {
			if (code->data[y * code->width + x] & 1)
				canvas_rect(c, (left + x * px - origin.x) / scale,
					(top + y * px - origin.y) / scale, px / scale, px / scale, TOKEN_QR);
		}
	}
}

bool qr_draw(struct canvas *c, double x, double y, double side, const char *text)
{
	alloc_watch();
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	alloc_watched("a square code");
	SDL_Rect box = canvas_to_px(c, x, y, side, side);
	bool fits = code && box.w >= code->width + 2 * QUIET_MODULES;
	if (fits) {
		canvas_rect(c, x, y, side, side, TOKEN_WHITE);
		draw_modules(c, code, box);
	}
	QRcode_free(code);
	return fits;
}

static void draw_finder(struct canvas *c, double x, double y, double module)
{
	canvas_rect(c, x, y, 7 * module, 7 * module, TOKEN_QR);
	canvas_rect(c, x + module, y + module, 5 * module, 5 * module, TOKEN_WHITE);
	canvas_rect(c, x + 2 * module, y + 2 * module, 3 * module, 3 * module, TOKEN_QR);
}

static void draw_placeholder(struct canvas *c, double x, double y, double side)
{
	double module = side / 33, in = 4 * module, far = side - in - 7 * module;
	canvas_rect(c, x, y, side, side, TOKEN_WHITE);
	draw_finder(c, x + in, y + in, module);
	draw_finder(c, x + far, y + in, module);
	draw_finder(c, x + in, y + far, module);
	canvas_outline(c, x + in, y + in, side - 2 * in, side - 2 * in, 0, 2, TOKEN_QR_MID);
	text_line(c, x + side / 2, y + side / 2 + 14, TEXT_CENTER, "二维码", round(side / 9), FONT_BOLD,
		TOKEN_QR, 0);
}

void qr_draw_address(struct canvas *c, double x, double y, double side, const char *url)
{
	if (strstr(url, ".invalid"))
		draw_placeholder(c, x, y, side);
	else
		(void)qr_draw(c, x, y, side, url);
}
