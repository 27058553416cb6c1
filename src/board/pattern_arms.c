/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "board/frame.h"
#include "board/motion.h"
#include "board/pattern.h"
#include "board/spread.h"
#include "paint/fit.h"

#define LINE 20.0
#define CASING 40.0 /* of ground, where a line crosses the railway */
#define STATION_RADIUS 13.0
#define END_RADIUS 18.0
#define ROAD 44.0 /* from the middle to each of two roads */
#define BEND 52.0 /* from their ends to where they are straight */
#define OVER 34.0 /* from the arm to the base of labels over it, and under it */
#define UNDER 62.0
#define FIRST_LABEL 125.0 /* from the hub to where labels may begin */
#define TO_LABEL 44.0 /* from an upright arm to its labels */

static void draw_station(struct board_view *v, double x, double y, double share, bool is_end)
{
	double pop = motion_pop(v->elapsed_ms, share);
	double r = (is_end ? END_RADIUS : STATION_RADIUS) * pop;
	frame_entered(v);
	canvas_circle(v->canvas, x, y, r, TOKEN_BG);
	canvas_ring(v->canvas, x, y, r, (is_end ? 10 : 7) * pop, TOKEN_FG);
}

/* In its place: risen, it would lie over the arm. */
static void enter_label(struct board_view *v, double share)
{
	frame_entered(v);
	if (v->leaving == 0)
		canvas_fade(v->canvas, motion_label(v->elapsed_ms, share), 0);
}

static struct fit_role role_of(bool is_end, double width, int lines)
{
	return (struct fit_role){.size = is_end ? 40 : 36,
		.floor = 32,
		.line_height = is_end ? 46 : 42,
		.max_width = width,
		.max_lines = lines,
		.weight = is_end ? FONT_BOLD : FONT_REGULAR,
		.flags = TEXT_SPACED};
}

static double width_of(struct board_view *v, const struct fit *f, const struct fit_role *role)
{
	double width = 0;
	for (int i = 0; i < f->count; i++) {
		struct text_run run = {f->lines[i], f->size, role->weight, TOKEN_FG, 0};
		width = fmax(width, text_width(v->canvas, &run, 1, role->flags));
	}
	return width;
}

void pattern_draw_railway(struct board_view *v, const struct pattern_scheme *s, const char *name)
{
	double left = frame_left(v), right = frame_right(v);
	struct fit_role role = role_of(false, 300, 1);
	frame_enter(v, 0);
	canvas_rect(v->canvas, left, s->railway, right - left, 16, TOKEN_MID);
	for (double x = left + 20; x + 24 <= right; x += 48)
		canvas_rect(v->canvas, x, s->railway + 4, 24, 8, TOKEN_BG);
	fit_line(v->canvas, v->arena, left, s->railway - 20, TEXT_LEFT, name, &role, TOKEN_FG2);
}

/* ---- to the sides ------------------------------------------------------------ */

/* One arm to a side: side -1 west, 1 east. */
struct wing {
	const struct pattern_scheme *scheme;
	const struct pattern_arm *arm;
	int side, count;
	double at[PATTERN_STATIONS_MAX];
	struct fit labels[PATTERN_STATIONS_MAX];
	struct fit_role roles[PATTERN_STATIONS_MAX];
	struct fit end;
	struct fit_role end_role;
	double end_centre; /* of its label */
};

/* In one row over the arm: narrower until all have room. */
static void place_in_row(struct board_view *v, struct wing *w, double to)
{
	double widths[PATTERN_STATIONS_MAX], gap = 0;
	double least = w->count ? (to - FIRST_LABEL) / w->count - SPREAD_GAP : 0;
	for (double width = 300; gap < SPREAD_GAP && width > least - 12; width -= 12) {
		for (int i = 0; i < w->count; i++) {
			w->roles[i] = role_of(false, fmax(width, least), 2);
			w->labels[i] = fit_text(v->canvas, v->arena, w->arm->stations[i], NULL, &w->roles[i]);
			widths[i] = width_of(v, &w->labels[i], &w->roles[i]);
		}
		gap = spread_row(widths, w->count, FIRST_LABEL, to, w->at);
	}
}

/* Two lines, or three where words would be left out. */
static void place_in_turns(struct board_view *v, struct wing *w, double to)
{
	struct spread_arm a = {146, w->scheme->reach, 72, w->scheme->bound, to};
	for (int i = 0; i < w->count; i++) {
		struct fit_role *role = &w->roles[i];
		w->at[i] = spread_even(&a, w->count, i);
		*role = role_of(false, fmin(220, spread_width(&a, w->count, i)), 2);
		role->line_height = 40;
		w->labels[i] = fit_text(v->canvas, v->arena, w->arm->stations[i], NULL, role);
		if (!w->labels[i].is_cut)
			continue;
		role->max_lines = 3;
		w->labels[i] = fit_text(v->canvas, v->arena, w->arm->stations[i], NULL, role);
	}
}

static struct wing plan_wing(
	struct board_view *v, const struct pattern_scheme *s, const struct pattern_arm *arm, int side)
{
	struct wing w = {.scheme = s, .arm = arm, .side = side, .count = arm->station_count};
	double to = s->reach - END_RADIUS;
	if (s->is_portrait && w.count > PATTERN_SIDE_STATIONS)
		w.count = PATTERN_SIDE_STATIONS;
	if (arm->note) {
		w.end_role = role_of(true, s->is_portrait ? 160 : 260, s->is_portrait ? 3 : 2);
		w.end = fit_text(v->canvas, v->arena, arm->note, NULL, &w.end_role);
		double width = width_of(v, &w.end, &w.end_role);
		w.end_centre = fmin(s->reach, s->bound - width / 2);
		to = w.end_centre - width / 2;
	}
	if (s->is_portrait)
		place_in_turns(v, &w, to);
	else
		place_in_row(v, &w, to);
	return w;
}

static void draw_wing_label(
	struct board_view *v, const struct wing *w, double centre, const struct fit *f, int index)
{
	const struct fit_role *role = index < w->count ? &w->roles[index] : &w->end_role;
	if (fit_is_hollow(f))
		return; /* a bare stop says as much */
	bool is_over = !w->scheme->is_portrait || index % 2 == 0;
	double base =
		is_over ? w->scheme->y - OVER - (f->count - 1) * role->line_height : w->scheme->y + UNDER;
	fit_draw(v->canvas, w->scheme->x + w->side * centre, base, TEXT_CENTER, f, role, TOKEN_FG);
}

static void draw_wing(struct board_view *v, const struct wing *w)
{
	const struct pattern_scheme *s = w->scheme;
	for (int i = 0; i < w->count; i++) {
		double share = w->at[i] / s->reach;
		draw_station(v, s->x + w->side * w->at[i], s->y, share, false);
		enter_label(v, share);
		draw_wing_label(v, w, w->at[i], &w->labels[i], i);
	}
	draw_station(v, s->x + w->side * s->reach, s->y, 1, true);
	enter_label(v, 1);
	if (w->arm->note)
		draw_wing_label(v, w, w->end_centre, &w->end, w->count);
}

/* ---- upright ----------------------------------------------------------------- */

static void draw_upright_label(
	struct board_view *v, double x, double y, const char *text, const struct fit_role *role)
{
	struct fit f = fit_text(v->canvas, v->arena, text, NULL, role);
	if (fit_is_hollow(&f))
		return;
	double base = y + (role->weight == FONT_BOLD ? 14 : 13) - (f.count - 1) * role->line_height / 2;
	fit_draw(v->canvas, x, base, x < canvas_width(v->canvas) / 2 ? TEXT_RIGHT : TEXT_LEFT, &f, role,
		TOKEN_FG);
}

static void draw_south(struct board_view *v, const struct pattern_scheme *s, const struct pattern_arm *arm)
{
	double length = s->south - s->y, x = s->x - TO_LABEL;
	int count = arm->station_count;
	double pitch = count ? (s->south - s->south_first) / count : 0;
	struct fit_role role = role_of(false, s->south_label_width, pitch > 88 ? 2 : 1);
	struct fit_role end = role_of(true, x - frame_left(v), 1);
	for (int i = 0; i < count; i++) {
		double y = s->south_first + i * pitch, share = (y - s->y) / length;
		draw_station(v, s->x, y, share, false);
		enter_label(v, share);
		draw_upright_label(v, x, y, arm->stations[i], &role);
	}
	draw_station(v, s->x, s->south, 1, true);
	enter_label(v, 1);
	if (arm->note)
		draw_upright_label(v, x, s->south, arm->note, &end);
}

/* Two names are those of the two roads that cross the railway. */
static bool has_two_roads(const struct pattern_arm *arm)
{
	return arm->station_count == 2;
}

static void draw_road_names(
	struct board_view *v, const struct pattern_scheme *s, const struct pattern_arm *arm)
{
	double y = s->is_portrait ? 660 : 352;
	struct fit_role role = role_of(false, s->is_portrait ? 400 : 288, s->is_portrait ? 2 : 1);
	enter_label(v, 0.5);
	for (int i = 0; i < 2; i++)
		fit_line(v->canvas, v->arena, s->x + (i ? ROAD + 28 : -ROAD - 28), y,
			i ? TEXT_LEFT : TEXT_RIGHT, arm->stations[i], &role, TOKEN_FG);
}

/* Stations on one line, clear of the railway, in landscape and in portrait. */
static const struct north_place {
	double y, width; /* of its label, which stands on the left or on the right */
	bool is_right;
} north_places[2][PATTERN_STATIONS_MAX + 1][PATTERN_STATIONS_MAX] = {
	{[1] = {{440, 400}},
		[3] = {{440, 400}, {372, 400}, {326, 400}},
		[4] = {{440, 400}, {376, 288, true}, {342, 400}, {308, 136, true}}},
	{[1] = {{660, 400}},
		[3] = {{730, 400}, {650, 400}, {450, 400}},
		[4] = {{740, 400}, {670, 400}, {490, 400}, {420, 400}}}};

static void draw_north(struct board_view *v, const struct pattern_scheme *s, const struct pattern_arm *arm)
{
	double length = s->y - s->north;
	struct fit_role end = role_of(true, s->x - 40 - frame_left(v), 1);
	if (has_two_roads(arm))
		draw_road_names(v, s, arm);
	for (int i = 0; i < arm->station_count && !has_two_roads(arm); i++) {
		const struct north_place *at = &north_places[s->is_portrait][arm->station_count][i];
		double share = (s->y - at->y) / length;
		struct fit_role role = role_of(false, at->width, 1);
		draw_station(v, s->x, at->y, share, false);
		enter_label(v, share);
		draw_upright_label(
			v, s->x + (at->is_right ? TO_LABEL : -TO_LABEL), at->y, arm->stations[i], &role);
	}
	draw_station(v, s->x, s->north, 1, true);
	enter_label(v, 1);
	if (arm->note)
		draw_upright_label(v, s->x - 40, s->north, arm->note, &end);
}

/* As much of a line as has been drawn, outward. */
static void draw_road(struct board_view *v, const struct point points[4], double share)
{
	double total = 0, length[3];
	for (int i = 0; i < 3; i++) {
		length[i] = hypot(points[i + 1].x - points[i].x, points[i + 1].y - points[i].y);
		total += length[i];
	}
	struct point drawn[4] = {points[0]};
	double left = total * share;
	int count = 1;
	for (int i = 0; i < 3 && left > 0; i++) {
		double t = fmin(1, left / length[i]);
		drawn[count++] = (struct point){points[i].x + (points[i + 1].x - points[i].x) * t,
			points[i].y + (points[i + 1].y - points[i].y) * t};
		left -= length[i];
	}
	if (count > 1)
		canvas_polyline(v->canvas, drawn, count, LINE, TOKEN_FG);
}

static void draw_north_line(
	struct board_view *v, const struct pattern_scheme *s, const struct pattern_arm *arm, double share)
{
	bool is_two = has_two_roads(arm);
	for (int i = is_two ? -1 : 0; i <= (is_two ? 1 : 0); i += 2) {
		double x = s->x + i * ROAD;
		canvas_rect(v->canvas, x - CASING / 2, s->railway - 20, CASING, 56, TOKEN_BG);
	}
	for (int i = -1; i <= 1 && is_two; i += 2) {
		double x = s->x + i * ROAD;
		draw_road(v,
			(struct point[]){
				{s->x, s->y}, {x, s->y - BEND}, {x, s->north + BEND}, {s->x, s->north}},
			share);
	}
	if (!is_two)
		canvas_rect(v->canvas, s->x - LINE / 2, s->y - (s->y - s->north) * share, LINE,
			(s->y - s->north) * share, TOKEN_FG);
}

void pattern_draw_arms(struct board_view *v, const struct pattern_scheme *s, const struct pattern *p)
{
	const struct pattern_arm *arms = p->arms;
	double share = motion_reach(v->elapsed_ms), side = s->reach * share;
	frame_entered(v);
	if (arms[PATTERN_WEST].name)
		canvas_rect(v->canvas, s->x - side, s->y - LINE / 2, side, LINE, TOKEN_FG);
	if (arms[PATTERN_EAST].name)
		canvas_rect(v->canvas, s->x, s->y - LINE / 2, side, LINE, TOKEN_FG);
	if (arms[PATTERN_SOUTH].name)
		canvas_rect(v->canvas, s->x - LINE / 2, s->y, LINE, (s->south - s->y) * share, TOKEN_FG);
	if (arms[PATTERN_NORTH].name)
		draw_north_line(v, s, &arms[PATTERN_NORTH], share);
	for (int side_of = -1; side_of <= 1; side_of += 2) {
		const struct pattern_arm *arm = &arms[side_of < 0 ? PATTERN_WEST : PATTERN_EAST];
		struct wing w = plan_wing(v, s, arm, side_of);
		if (arm->name)
			draw_wing(v, &w);
	}
	if (arms[PATTERN_SOUTH].name)
		draw_south(v, s, &arms[PATTERN_SOUTH]);
	if (arms[PATTERN_NORTH].name)
		draw_north(v, s, &arms[PATTERN_NORTH]);
}

/* A longer name takes a larger hub, and two lines. */
void pattern_draw_hub(struct board_view *v, const struct pattern_scheme *s, const char *centre)
{
	struct fit_role role = {.size = 40,
		.floor = 40,
		.line_height = 38,
		.max_width = 96,
		.max_lines = 1,
		.weight = FONT_BOLD};
	struct fit f = fit_text(v->canvas, v->arena, centre, NULL, &role);
	double r = 54;
	if (f.is_cut) {
		role.size = role.floor = 32;
		role.max_lines = 2;
		role.max_width = 140;
		role.is_balanced = true;
		f = fit_text(v->canvas, v->arena, centre, NULL, &role);
		r = 84;
	}
	frame_entered(v);
	canvas_circle(v->canvas, s->x, s->y, r + 10, TOKEN_BG);
	canvas_circle(v->canvas, s->x, s->y, r, TOKEN_ACC);
	fit_draw(v->canvas, s->x, s->y + (f.count > 1 ? -8 : 0.375 * f.size), TEXT_CENTER, &f, &role,
		TOKEN_ONACC);
}
