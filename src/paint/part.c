/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/part.h"

#include <math.h>
#include <stdio.h>

#define TAG_SIZE 28
#define TAG_HEIGHT 44
#define TAG_PADDING 16
#define BADGE_HEIGHT 52
#define STALE_BYTES 512 /* four dates of 24 characters */
#define DOT 12.0
#define DOT_GAP 14.0
#define PILL 56.0
#define DOTS_MAX 16
#define PROGRESS_PILL 120.0

static void triangle_up(struct canvas *c, double cx, double cy, double r, enum token t)
{
	double s = r * 1.15; /* equal in weight to the circle of r */
	struct point p[] = {{cx, cy - s}, {cx + s, cy + s * 0.695}, {cx - s, cy + s * 0.695}};
	canvas_polygon(c, p, 3, t);
}

static void diamond(struct canvas *c, double cx, double cy, double r, enum token ground)
{
	double s = r * 1.2;
	struct point p[] = {{cx, cy - s}, {cx + s, cy}, {cx, cy + s}, {cx - s, cy}};
	canvas_polygon(c, p, 4, TOKEN_LATE);
	canvas_rect(c, cx - 2, cy - r * 0.55, 4, r * 0.62, ground);
	canvas_rect(c, cx - 2, cy + r * 0.3, 4, 4, ground);
}

static void tick(struct canvas *c, double cx, double cy, double r, enum token ground)
{
	canvas_round(c, cx - r, cy - r, 2 * r, 2 * r, 4, TOKEN_DONE);
	struct point p[] = {
		{cx - r / 2, cy + r * 0.02}, {cx - r * 0.12, cy + r * 0.42}, {cx + r * 0.56, cy - r * 0.42}};
	canvas_polyline(c, p, 3, 4, ground);
}

void part_status(struct canvas *c, enum part_status s, double cx, double cy, double r, enum token ground)
{
	switch (s) {
	case PART_ON_TIME:
		canvas_circle(c, cx, cy, r, TOKEN_OK);
		break;
	case PART_DUE_SOON:
		triangle_up(c, cx, cy + r * 0.1, r, TOKEN_WARN);
		break;
	case PART_OVERDUE:
		diamond(c, cx, cy, r, ground);
		break;
	case PART_DONE:
		tick(c, cx, cy, r, ground);
		break;
	case PART_UNKNOWN:
		canvas_ring(c, cx, cy, r - 2, 3, TOKEN_UNK);
		break;
	case PART_UNDER_WAY:
		canvas_polygon(c,
			(struct point[]){{cx - r * 0.8, cy - r}, {cx + r, cy}, {cx - r * 0.8, cy + r}}, 3,
			TOKEN_OK);
		break;
	case PART_NOT_STARTED:
		canvas_circle(c, cx, cy, r, TOKEN_MID);
		canvas_circle(c, cx, cy, r * 0.4, ground);
		break;
	}
}

void part_arrow(struct canvas *c, enum part_trend t, double x, double y, double s, enum token color)
{
	double h = s * 0.86;
	if (t == PART_FLAT)
		canvas_rect(c, x, y - 2, s, 4, TOKEN_MID);
	else if (t == PART_UP)
		canvas_polygon(c, (struct point[]){{x, y}, {x + s, y}, {x + s / 2, y - h}}, 3, color);
	else
		canvas_polygon(c, (struct point[]){{x, y - h}, {x + s, y - h}, {x + s / 2, y}}, 3, color);
}

void part_brand(struct canvas *c, double x, double y, double s)
{
	double block = s * 20 / 44;
	double far = s - block;
	canvas_rect(c, x, y, block, block, TOKEN_FG);
	canvas_rect(c, x, y + far, block, block, TOKEN_FG);
	canvas_rect(c, x + far, y + far, block, block, TOKEN_FG);
	canvas_pie(c, x + far, y + block, block, 0, 90, TOKEN_ACC);
}

double part_tag_width(struct canvas *c, const char *text)
{
	struct text_run run = {text, TAG_SIZE, FONT_BOLD, TOKEN_ONSMP, 0};
	return text_width(c, &run, 1, TEXT_SPACED) + 2 * TAG_PADDING;
}

double part_tag(struct canvas *c, double x, double y, const char *text)
{
	double w = part_tag_width(c, text);
	canvas_round(c, x, y, w, TAG_HEIGHT, 4, TOKEN_SMP);
	text_line(
		c, x + TAG_PADDING, y + 32.6, TEXT_LEFT, text, TAG_SIZE, FONT_BOLD, TOKEN_ONSMP, TEXT_SPACED);
	return w;
}

double part_pill(struct canvas *c, double x, double y, const char *text)
{
	struct text_run run = {text, 32, FONT_BOLD, TOKEN_ONACC, 0};
	double w = text_width(c, &run, 1, TEXT_SPACED) + 40;
	canvas_round(c, x, y, w, BADGE_HEIGHT, 4, TOKEN_ACC);
	text_draw(c, x + 20, y + 38, TEXT_LEFT, &run, 1, TEXT_SPACED);
	return w;
}

void part_hollow_clock(struct canvas *c, double cx, double cy, double r, enum token color)
{
	canvas_ring(c, cx, cy, r, 3, color);
	canvas_polyline(c, (struct point[]){{cx, cy - r * 0.64}, {cx, cy}, {cx + r * 0.5, cy}}, 3, 3, color);
}

static struct text_run stale_run(char *text, size_t room, const char *as_of)
{
	(void)snprintf(text, room, "数据截至 %s　已过期", as_of);
	return (struct text_run){text, TAG_SIZE, FONT_BOLD, TOKEN_ONSMP, 0};
}

double part_stale_badge_width(struct canvas *c, const char *as_of)
{
	char text[STALE_BYTES];
	struct text_run run = stale_run(text, sizeof text, as_of);
	return text_width(c, &run, 1, 0) + 88;
}

double part_stale_badge(struct canvas *c, double x, double y, const char *as_of)
{
	char text[STALE_BYTES];
	struct text_run run = stale_run(text, sizeof text, as_of);
	double w = part_stale_badge_width(c, as_of);
	canvas_round(c, x, y, w, BADGE_HEIGHT, 4, TOKEN_SMP);
	part_hollow_clock(c, x + 30, y + 26, 14, TOKEN_ONSMP);
	text_draw(c, x + 56, y + 36, TEXT_LEFT, &run, 1, 0);
	return w;
}

double part_offline_badge_width(struct canvas *c)
{
	struct text_run run = {"离线", TAG_SIZE, FONT_BOLD, TOKEN_FG, 0};
	return text_width(c, &run, 1, 0) + 76;
}

double part_offline_badge(struct canvas *c, double x, double y)
{
	double w = part_offline_badge_width(c);
	double cx = x + 32, cy = y + 26;
	canvas_outline(c, x + 1.5, y + 1.5, w - 3, BADGE_HEIGHT - 3, 4, 3, TOKEN_FG);
	canvas_ring(c, cx, cy, 13, 4, TOKEN_FG);
	canvas_polyline(c, (struct point[]){{cx - 15, cy + 15}, {cx + 15, cy - 15}}, 2, 9, TOKEN_BG);
	canvas_polyline(c, (struct point[]){{cx - 14, cy + 14}, {cx + 14, cy - 14}}, 2, 4, TOKEN_FG);
	text_line(c, x + 62, y + 36, TEXT_LEFT, "离线", TAG_SIZE, FONT_BOLD, TOKEN_FG, 0);
	return w;
}

#define TRACK_GAP 6

void part_track(struct canvas *c, double x, double y, double w, int count, int current, enum token color,
	double reach)
{
	double segment = (w - TRACK_GAP * (count - 1)) / count;
	double grown = w * reach;
	for (int i = 0; i < count; i++) {
		double at = i * (segment + TRACK_GAP);
		double width = fmin(segment, grown - at);
		bool is_current = i + 1 == current;
		bool is_done = current == 0 || i + 1 < current;
		if (width <= 0 && (is_current || is_done)) {
			canvas_rect(c, x + at, y, segment, 20, TOKEN_QUIET);
			continue;
		}
		if (is_current)
			canvas_rect(c, x + at, y - 6, width, 32, color);
		else
			canvas_rect(c, x + at, y, is_done ? width : segment, 20,
				is_done ? TOKEN_FG : TOKEN_QUIET);
	}
}

void part_track_unreported(struct canvas *c, double x, double y, double w, int count)
{
	double segment = (w - TRACK_GAP * (count - 1)) / count;
	for (int i = 0; i < count; i++)
		canvas_outline(c, x + i * (segment + TRACK_GAP) + 1, y + 1, segment - 2, 18, 0, 2, TOKEN_MID);
}

static double dots_width(int count)
{
	return PILL + (count - 1) * (DOT_GAP + DOT);
}

static struct text_run index_run(char *text, size_t room, int current, int count)
{
	(void)snprintf(text, room, "%d / %d", current + 1, count);
	return (struct text_run){text, TAG_SIZE, FONT_REGULAR, TOKEN_FG2, 0};
}

double part_dots_width(struct canvas *c, int current, int count)
{
	char text[32];
	if (count <= DOTS_MAX)
		return dots_width(count);
	struct text_run run = index_run(text, sizeof text, current, count);
	return PROGRESS_PILL + 20 + text_width(c, &run, 1, 0);
}

static double fill_width(int count)
{
	return count > DOTS_MAX ? PROGRESS_PILL : PILL;
}

double part_dots_fill_px(const struct canvas *c, int count)
{
	return fill_width(count) * canvas_scale(c);
}

void part_dots_fill(struct canvas *c, double right, double cy, int current, int count, double fill)
{
	bool is_many = count > DOTS_MAX;
	double w = fill_width(count);
	double x = is_many ? right - w : right - dots_width(count) + current * (DOT + DOT_GAP);
	canvas_round(c, x, cy - 6, w, DOT, 6, TOKEN_MID);
	canvas_round(c, x, cy - 6, fmax(DOT, w * fill), DOT, 6, TOKEN_FG);
}

void part_dots(struct canvas *c, double right, double cy, int current, int count, double fill)
{
	if (count > DOTS_MAX) {
		char text[32];
		struct text_run run = index_run(text, sizeof text, current, count);
		text_draw(c, right - PROGRESS_PILL - 20, cy + 10, TEXT_RIGHT, &run, 1, 0);
	} else {
		double x = right - dots_width(count);
		for (int i = 0; i < count; i++) {
			if (i != current)
				canvas_circle(c, x + 6, cy, 6, i < current ? TOKEN_FG3 : TOKEN_MID);
			x += (i == current ? PILL : DOT) + DOT_GAP;
		}
	}
	part_dots_fill(c, right, cy, current, count, fill);
}
