/* SPDX-License-Identifier: Apache-2.0
 *
 * pairing: a code to type in, the same one to scan, and what to do with it (visual
 * specification, board 16a). */
#include "board/pairing.h"

#include <string.h>

#include "board/frame.h"
#include "board/motion.h"
#include "paint/fit.h"
#include "paint/qr.h"

#define STEPS 3
#define TEXT_GAP 56.0 /* from a step's circle to its words */

struct layout {
	double instruction;
	double box_y, box_w, box_h, pitch, between; /* between the two groups of three */
	double digit_size, digit_base;
	double expiry, step, step_pitch;
	double qr_x, qr_y, qr_side;
	double device, network, name_width;
};

static const struct layout landscape = {.instruction = 312,
	.box_y = 352,
	.box_w = 152,
	.box_h = 224,
	.pitch = 168,
	.between = 32,
	.digit_size = 176,
	.digit_base = 528,
	.expiry = 652,
	.step = 740,
	.step_pitch = 76,
	.qr_x = 1312,
	.qr_y = 288,
	.qr_side = 496,
	.device = 860,
	.network = 916,
	.name_width = 496};
static const struct layout portrait = {.instruction = 356,
	.box_y = 400,
	.box_w = 136,
	.box_h = 208,
	.pitch = 156,
	.between = 36,
	.digit_size = 160,
	.digit_base = 562,
	.expiry = 692,
	.step = 800,
	.step_pitch = 84,
	.qr_x = 292,
	.qr_y = 1064,
	.qr_side = 496,
	.device = 1640,
	.network = 1704,
	.name_width = 952};

static void draw_digits(struct board_view *v, const struct layout *l, const char *code)
{
	for (int i = 0; i < PAIRING_DIGITS && code[i]; i++) {
		double x = frame_left(v) + i * l->pitch + (i >= PAIRING_DIGITS / 2 ? l->between : 0);
		const char *digit = arena_text_len(v->arena, code + i, 1);
		canvas_round(v->canvas, x, l->box_y, l->box_w, l->box_h, 8, TOKEN_PANEL);
		text_line(v->canvas, x + l->box_w / 2, l->digit_base, TEXT_CENTER, digit, l->digit_size,
			FONT_BOLD, TOKEN_FG, 0);
	}
}

static void draw_expiry(struct board_view *v, double base, int expires_s)
{
	if (expires_s < 0)
		return;
	const char *left = arena_printf(v->arena, "%02d:%02d", expires_s / 60, expires_s % 60);
	struct text_run runs[] = {
		{"有效期剩余", 40, FONT_REGULAR, TOKEN_FG2, 0}, {left, 40, FONT_BOLD, TOKEN_FG, 16}};
	text_draw(v->canvas, frame_left(v), base, TEXT_LEFT, runs, 2, 0);
}

static void draw_steps(struct board_view *v, const struct layout *l, bool has_qr)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	const char *steps[STEPS] = {"打开管理端，选择“添加屏幕”",
		!has_qr       ? "输入配对码"
		: is_portrait ? "输入配对码，或扫描下方二维码"
			      : "输入配对码，或扫描右侧二维码",
		"指定位置和节目单，屏幕自动开始播放"};
	for (int i = 0; i < STEPS; i++) {
		double base = l->step + i * l->step_pitch, x = frame_left(v) + 28;
		canvas_circle(v->canvas, x, base - 15, 28, TOKEN_FG);
		text_line(v->canvas, x, base, TEXT_CENTER, arena_printf(v->arena, "%d", i + 1), 40, FONT_BOLD,
			TOKEN_BG, 0);
		text_line(v->canvas, x + TEXT_GAP, base, TEXT_LEFT, steps[i], 44, FONT_REGULAR, TOKEN_FG,
			TEXT_SPACED);
	}
}

static void draw_device(struct board_view *v, const struct layout *l, const struct pairing_view *p)
{
	static const char *const networks[] = {[PAIRING_CONNECTED] = "网络 已连接",
		[PAIRING_CONNECTING] = "网络 正在连接",
		[PAIRING_NO_NETWORK] = "无网络"};
	double centre = l->qr_x + l->qr_side / 2;
	struct fit_role role = {
		.size = 36, .floor = 28, .max_width = l->name_width, .max_lines = 1, .weight = FONT_REGULAR};
	fit_line(v->canvas, v->arena, centre, l->device, TEXT_CENTER,
		arena_printf(v->arena, "设备编号 %s", p->device), &role, TOKEN_FG2);
	fit_line(
		v->canvas, v->arena, centre, l->network, TEXT_CENTER, networks[p->network], &role, TOKEN_FG2);
}

void board_paint_pairing(struct canvas *c, const struct pairing_view *p)
{
	const struct playlist_board board = {.kind = "", .title = "等待接入"};
	const struct layout *l = canvas_is_portrait(c) ? &portrait : &landscape;
	struct arena arena = {0};
	struct board_view v = {.canvas = c,
		.board = &board,
		.frame = {.site_name = p->site_name},
		.now = p->now,
		.elapsed_ms = MOTION_STILL,
		.arena = &arena,
		.found = {.is_sample = p->is_sample}};
	canvas_clear(c, theme_hall());
	frame_draw_header(&v, &(struct frame_title){.section = "设备"});
	text_line(c, frame_left(&v), l->instruction, TEXT_LEFT, "在管理端输入配对码", 44, FONT_BOLD, TOKEN_FG,
		TEXT_SPACED);
	draw_digits(&v, l, p->code);
	draw_expiry(&v, l->expiry, p->expires_s);
	draw_steps(&v, l, p->url != NULL);
	if (p->url)
		qr_draw_address(c, l->qr_x, l->qr_y, l->qr_side, p->url);
	draw_device(&v, l, p);
	frame_draw_footer(&v);
	text_line(c, frame_left(&v), frame_footer_rule(&v) + 58, TEXT_LEFT, "尚未下发节目", 28, FONT_REGULAR,
		TOKEN_FG2, TEXT_SPACED);
	arena_finish(&arena);
}
