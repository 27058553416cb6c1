/* SPDX-License-Identifier: Apache-2.0
 *
 * Measures are those of the mockup's slot, 976 x 432, its corner at 0, 0. In a higher
 * box the town stands at its foot. */
#include "board/town.h"

#include "paint/part.h"

#define WIDTH 976.0
#define HEIGHT 432.0
#define EAVES 6.0 /* how far a roof juts out */
#define POINTS_MAX 8

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

struct pen {
	struct canvas *canvas;
	double x, y, scale; /* where 0, 0 lies */
};

static double to_x(const struct pen *p, double x)
{
	return p->x + x * p->scale;
}

static double to_y(const struct pen *p, double y)
{
	return p->y + y * p->scale;
}

static void rect(const struct pen *p, const struct slot_box *b, enum token t)
{
	canvas_rect(p->canvas, to_x(p, b->x), to_y(p, b->y), b->w * p->scale, b->h * p->scale, t);
}

static void polygon(const struct pen *p, const struct point *points, int count, enum token t)
{
	struct point moved[POINTS_MAX];
	for (int i = 0; i < count; i++)
		moved[i] = (struct point){to_x(p, points[i].x), to_y(p, points[i].y)};
	canvas_polygon(p->canvas, moved, count, t);
}

static void line(const struct pen *p, const struct point *points, int count, double stroke, enum token t)
{
	struct point moved[POINTS_MAX];
	for (int i = 0; i < count; i++)
		moved[i] = (struct point){to_x(p, points[i].x), to_y(p, points[i].y)};
	canvas_polyline(p->canvas, moved, count, stroke * p->scale, t);
}

static void draw_houses(const struct pen *p)
{
	static const struct {
		struct slot_box wall;
		double ridge;
	} houses[] = {{{19.5, 247.7, 97.6, 112.3}, 195.8}, {{126.9, 273.6, 68.3, 86.4}, 230.4},
		{{585.6, 256.3, 78.1, 103.7}, 204.5}, {{673.4, 273.6, 107.4, 86.4}, 217.4},
		{{790.6, 239, 78.1, 121}, 195.8}, {{878.4, 273.6, 87.8, 86.4}, 221.8}};
	for (size_t i = 0; i < COUNT(houses); i++) {
		const struct slot_box *w = &houses[i].wall;
		struct point roof[] = {{w->x - EAVES, w->y}, {w->x + w->w + EAVES, w->y},
			{w->x + w->w / 2, houses[i].ridge}};
		rect(p, w, TOKEN_QUIET);
		polygon(p, roof, 3, TOKEN_QUIET);
	}
}

static void draw_headframe(const struct pen *p)
{
	static const struct {
		struct point ends[2];
		double stroke;
	} struts[] = {{{{710.8, 360}, {766.8, 60}}, 10}, {{{850.8, 360}, {794.8, 60}}, 10},
		{{{722, 300}, {839.6, 300}}, 6}, {{{710.8, 360}, {839.6, 300}}, 4},
		{{{733.2, 240}, {828.4, 240}}, 6}, {{{722, 300}, {828.4, 240}}, 4},
		{{{744.4, 180}, {817.2, 180}}, 6}, {{{733.2, 240}, {817.2, 180}}, 4},
		{{{755.6, 120}, {806, 120}}, 6}, {{{744.4, 180}, {806, 120}}, 4},
		{{{794.8, 70}, {930.8, 360}}, 8}};
	double x = to_x(p, 780.8), y = to_y(p, 52);
	for (size_t i = 0; i < COUNT(struts); i++)
		line(p, struts[i].ends, 2, struts[i].stroke, TOKEN_MID);
	canvas_circle(p->canvas, x, y, 30 * p->scale, TOKEN_PANEL);
	canvas_ring(p->canvas, x, y, 30 * p->scale, 8 * p->scale, TOKEN_MID);
	canvas_circle(p->canvas, x, y, 6 * p->scale, TOKEN_MID);
}

static void draw_openings(const struct pen *p)
{
	static const struct slot_box openings[] = {{373.6, 184, 20, 40}, {194.9, 228, 24, 44},
		{242.9, 228, 24, 44}, {216.9, 296, 28, 64}, {308.9, 264, 22, 46}, {369.6, 288, 28, 72},
		{449.6, 264, 22, 46}, {489.6, 264, 22, 46}, {529.6, 264, 22, 46}};
	for (size_t i = 0; i < COUNT(openings); i++) {
		const struct slot_box *b = &openings[i];
		rect(p, b, TOKEN_BG);
		canvas_pie(p->canvas, to_x(p, b->x + b->w / 2), to_y(p, b->y + 0.5), b->w / 2 * p->scale, 270,
			450, TOKEN_BG);
	}
}

static void draw_station(const struct pen *p)
{
	static const struct point roof[] = {{110.9, 222}, {601.6, 222}, {529.6, 146}, {182.9, 146}},
				  gable[] = {{172.9, 360}, {172.9, 184}, {230.9, 120}, {288.9, 184},
					  {288.9, 360}},
				  barge[] = {{152.9, 202}, {230.9, 114}, {308.9, 202}},
				  spire[] = {{329.6, 94}, {437.6, 94}, {383.6, 20}},
				  hands[] = {{383.6, 119}, {383.6, 134}, {394.6, 139}};
	rect(p, &(struct slot_box){126.9, 220, 458.7, 140}, TOKEN_FG);
	polygon(p, roof, 4, TOKEN_ACC);
	polygon(p, gable, 5, TOKEN_FG);
	line(p, barge, 3, 16, TOKEN_ACC);
	rect(p, &(struct slot_box){341.6, 92, 84, 268}, TOKEN_FG);
	polygon(p, spire, 3, TOKEN_ACC);
	canvas_circle(p->canvas, to_x(p, 383.6), to_y(p, 134), 24 * p->scale, TOKEN_BG);
	line(p, hands, 3, 4, TOKEN_FG);
	draw_openings(p);
}

/* From one side of the box to the other, however wide it is. */
static void draw_rails(const struct pen *p, const struct slot_box *box)
{
	static const double rails[][2] = {{360, 10}, {388, 5}, {406, 5}}; /* the first is the platform */
	for (double x = box->x + 10 * p->scale; x + 22 * p->scale < box->x + box->w; x += 40 * p->scale)
		canvas_rect(p->canvas, x, to_y(p, 394), 22 * p->scale, 10 * p->scale, TOKEN_MID);
	for (size_t i = 0; i < COUNT(rails); i++)
		canvas_rect(
			p->canvas, box->x, to_y(p, rails[i][0]), box->w, rails[i][1] * p->scale, TOKEN_FG);
}

void town_draw(struct canvas *c, const struct slot_box *box)
{
	double across = box->w / WIDTH, down = box->h / HEIGHT;
	struct pen p = {.canvas = c, .scale = across < down ? across : down};
	p.x = box->x + (box->w - WIDTH * p.scale) / 2;
	p.y = box->y + box->h - HEIGHT * p.scale;
	canvas_rect(c, box->x, box->y, box->w, box->h, TOKEN_PANEL);
	draw_houses(&p);
	draw_headframe(&p);
	draw_station(&p);
	draw_rails(&p, box);
}
