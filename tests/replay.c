/* SPDX-License-Identifier: Apache-2.0
 *
 * replay DRAWLIST OUT.png: paints a mockup's draw list with our own canvas and
 * text, to tell what the primitives give apart from what the boards' layout
 * does. Used by `make compare`. */
#include <SDL_main.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "paint/canvas.h"
#include "paint/text.h"

#define FONTS "/usr/share/fonts/opentype/noto/NotoSansCJK-"

static double num(const json_t *op, const char *key)
{
	return json_number_value(json_object_get(op, key));
}

static const char *word(const json_t *op, const char *key)
{
	return json_string_value(json_object_get(op, key));
}

static enum token token_of(const char *name)
{
	for (int t = 0; name && t < TOKEN_COUNT; t++) {
		if (strcmp(theme_token_name((enum token)t), name) == 0)
			return (enum token)t;
	}
	return name && strcmp(name, "#0D1B1E") == 0 ? TOKEN_QR : TOKEN_QR_MID;
}

static void draw_text(struct canvas *c, const json_t *op)
{
	struct text_run runs[16];
	int count = 0;
	size_t i;
	const json_t *r;
	json_array_foreach (json_object_get(op, "runs"), i, r) {
		runs[count++] = (struct text_run){
			.text = json_string_value(json_array_get(r, 0)),
			.size = json_number_value(json_array_get(r, 1)),
			.weight = json_number_value(json_array_get(r, 2)) > 500 ? FONT_BOLD : FONT_REGULAR,
			.color = token_of(json_string_value(json_array_get(r, 3))),
			.gap = json_number_value(json_array_get(r, 4)),
		};
	}
	unsigned flags = json_is_true(json_object_get(op, "autospace")) ? TEXT_SPACED : 0;
	const char *align = word(op, "align");
	enum text_align a = *align == 'l' ? TEXT_LEFT : *align == 'r' ? TEXT_RIGHT : TEXT_CENTER;
	double baseline = num(op, "baseline");
	if (count > 1 || !strchr(runs[0].text, '\n')) {
		text_draw(c, num(op, "x"), baseline, a, runs, count, flags);
		return;
	}
	char *lines = alloc_text(runs[0].text);
	for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
		runs[0].text = line;
		text_draw(c, num(op, "x"), baseline, a, runs, 1, flags);
		baseline += num(op, "line_h");
	}
	free(lines);
}

static int points_of(const json_t *op, struct point *out)
{
	size_t i;
	const json_t *p;
	json_array_foreach (json_object_get(op, "pts"), i, p) {
		out[i].x = json_number_value(json_array_get(p, 0));
		out[i].y = json_number_value(json_array_get(p, 1));
	}
	return (int)i;
}

static void draw(struct canvas *c, const json_t *op)
{
	const char *kind = word(op, "op");
	const char *fill = word(op, "fill");
	const char *stroke = word(op, "stroke");
	double x = num(op, "x"), y = num(op, "y"), w = num(op, "w"), h = num(op, "h"), r = num(op, "r");
	struct point pts[64];
	if (strcmp(kind, "text") == 0) {
		draw_text(c, op);
	} else if (strcmp(kind, "rect") == 0) {
		if (fill)
			canvas_round(c, x, y, w, h, r, token_of(fill));
		if (stroke)
			canvas_outline(c, x, y, w, h, r, num(op, "sw"), token_of(stroke));
	} else if (strcmp(kind, "circle") == 0) {
		if (fill)
			canvas_circle(c, num(op, "cx"), num(op, "cy"), r, token_of(fill));
		if (stroke)
			canvas_ring(c, num(op, "cx"), num(op, "cy"), r, num(op, "sw"), token_of(stroke));
	} else if (strcmp(kind, "pie") == 0) {
		canvas_pie(c, num(op, "cx"), num(op, "cy"), r, num(op, "a0"), num(op, "a1"), token_of(fill));
	} else if (strcmp(kind, "polygon") == 0) {
		canvas_polygon(c, pts, points_of(op, pts), token_of(fill));
	} else if (strcmp(kind, "polyline") == 0) {
		canvas_polyline(c, pts, points_of(op, pts), num(op, "sw"), token_of(word(op, "color")));
	} else if (strcmp(kind, "line") == 0) {
		pts[0] = (struct point){num(op, "x1"), num(op, "y1")};
		pts[1] = (struct point){num(op, "x2"), num(op, "y2")};
		canvas_polyline(c, pts, 2, num(op, "sw"), token_of(word(op, "color")));
	} else if (strncmp(kind, "grad", 4) == 0) {
		canvas_gradient(c, TOKEN_BG, TOKEN_BG2);
	} else {
		(void)fprintf(stderr, "unknown primitive: %s\n", kind);
	}
}

int main(int argc, char **argv)
{
	json_error_t why;
	json_t *list = argc == 3 ? json_load_file(argv[1], 0, &why) : NULL;
	if (!list) {
		(void)fprintf(stderr, "usage: replay DRAWLIST OUT.png\n");
		return 2;
	}
	struct err e = {0};
	struct font_set *fonts;
	struct font_paths paths = {.regular = FONTS "Regular.ttc", .bold = FONTS "Bold.ttc"};
	if (!font_set_open(&fonts, &paths, &e)) {
		(void)fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	struct canvas *c = canvas_create((int)num(list, "w"), (int)num(list, "h"), fonts);
	canvas_clear(c, theme_find(word(list, "theme")));
	size_t i;
	const json_t *op;
	json_array_foreach (json_object_get(list, "ops"), i, op)
		draw(c, op);
	bool ok = canvas_write_png(c, argv[2], &e);
	canvas_destroy(c);
	font_set_close(fonts);
	json_decref(list);
	return ok ? 0 : 1;
}
