/* SPDX-License-Identifier: Apache-2.0 */
#include "board/ticker.h"

#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "board/frame.h"

#define STRIP_HEIGHT 80
#define ROLL_MS 400
#define HOLD_MIN_MS 6000
#define HOLD_PER_CHAR_MS 250
#define CRAWL_WAIT_MS 2000
#define CRAWL_DU_PER_MS 0.12
#define LABEL "最新"
#define TEXT_SIZE 40
#define ITEMS_MAX 200

static double crawl_length(double width, double box)
{
	return width > box ? width - box : 0;
}

static int64_t crawl_end_ms(double crawl)
{
	return CRAWL_WAIT_MS + (int64_t)(crawl / CRAWL_DU_PER_MS);
}

/* Long enough to be read, whether it crawls or not. */
static int64_t hold_ms(double width, int chars, double box)
{
	double crawl = crawl_length(width, box);
	int64_t read = (int64_t)chars * HOLD_PER_CHAR_MS;
	int64_t least = crawl > 0 ? crawl_end_ms(crawl) + CRAWL_WAIT_MS : HOLD_MIN_MS;
	return read > least ? read : least;
}

static struct ticker_state within(double width, double box, int64_t hold, int64_t t)
{
	struct ticker_state s = {0};
	double crawl = crawl_length(width, box);
	if (t >= hold) {
		s.roll = (double)(t - hold) / ROLL_MS;
		s.crawl_du = crawl;
		s.is_moving = true;
	} else if (crawl > 0 && t >= CRAWL_WAIT_MS && t < crawl_end_ms(crawl)) {
		s.crawl_du = (double)(t - CRAWL_WAIT_MS) * CRAWL_DU_PER_MS;
		s.is_moving = true;
	} else if (crawl > 0 && t < CRAWL_WAIT_MS) {
		s.next_ms = CRAWL_WAIT_MS - t;
	} else {
		s.crawl_du = crawl;
		s.next_ms = hold - t;
	}
	return s;
}

struct ticker_state ticker_at(const double *widths, const int *chars, int count, double box, int64_t now_ms)
{
	if (count <= 1 && (count == 0 || crawl_length(widths[0], box) <= 0))
		return (struct ticker_state){.next_ms = INT64_MAX};
	int64_t cycle = 0;
	for (int i = 0; i < count; i++)
		cycle += hold_ms(widths[i], chars[i], box) + ROLL_MS;
	int64_t t = now_ms % cycle;
	if (t < 0)
		t += cycle;
	int i = 0;
	for (;; i++) {
		int64_t hold = hold_ms(widths[i], chars[i], box);
		if (t < hold + ROLL_MS || i == count - 1) {
			struct ticker_state s = within(widths[i], box, hold, t);
			s.index = i;
			return s;
		}
		t -= hold + ROLL_MS;
	}
}

/* The title in one line. */
static struct text_run run_of(struct board_view *v, int i)
{
	char *line = arena_text(v->arena, v->ticker[i].title);
	char *to = line;
	for (const char *from = line; *from; from++) {
		if (*from != '\n')
			*to++ = *from;
	}
	*to = '\0';
	return (struct text_run){line, TEXT_SIZE, FONT_REGULAR, TOKEN_ONINV, 0};
}

static double box_left(const struct board_view *v, double label_width)
{
	return frame_left(v) + label_width + 28;
}

static double box_width(const struct board_view *v, double left)
{
	return frame_right(v) - 130 - left;
}

static void draw_item(struct board_view *v, int index, double left, double box, double base, double crawl_du)
{
	struct text_run run = run_of(v, index);
	SDL_Rect clip =
		canvas_to_px(v->canvas, left, canvas_height(v->canvas) - STRIP_HEIGHT, box, STRIP_HEIGHT);
	canvas_clip(v->canvas, &clip);
	text_draw(v->canvas, left - crawl_du, base, TEXT_LEFT, &run, 1, TEXT_SPACED);
	canvas_clip(v->canvas, NULL);
}

struct ticker_state ticker_paint(struct board_view *v, int64_t now_ms, SDL_Rect *painted)
{
	double widths[ITEMS_MAX];
	int chars[ITEMS_MAX];
	struct canvas *c = v->canvas;
	double top = canvas_height(c) - STRIP_HEIGHT;
	int count = v->ticker_count < ITEMS_MAX ? v->ticker_count : ITEMS_MAX;
	*painted = canvas_rect_px(c, 0, top, canvas_width(c), STRIP_HEIGHT);
	canvas_fade(c, 1, 0);
	canvas_rect(c, 0, top, canvas_width(c), STRIP_HEIGHT, TOKEN_INV);
	double left = box_left(v, part_pill(c, frame_left(v), top + 14, LABEL));
	double box = box_width(v, left);
	for (int i = 0; i < count; i++) {
		struct text_run run = run_of(v, i);
		widths[i] = text_width(c, &run, 1, TEXT_SPACED);
		chars[i] = (int)utf8_count(run.text);
	}
	struct ticker_state s = ticker_at(widths, chars, count, box, now_ms);
	double base = top + 54, rolled = STRIP_HEIGHT * (1 - pow(1 - s.roll, 3));
	draw_item(v, s.index, left, box, base - rolled, s.crawl_du);
	if (s.roll > 0)
		draw_item(v, (s.index + 1) % count, left, box, base - rolled + STRIP_HEIGHT, 0);
	char index[32];
	(void)snprintf(index, sizeof index, "%d / %d", s.index + 1, count);
	text_line(c, frame_right(v), top + 51, TEXT_RIGHT, index, 28, FONT_REGULAR, TOKEN_ONINV2, 0);
	return s;
}
