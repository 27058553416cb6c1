/* SPDX-License-Identifier: Apache-2.0 */
#include "board/frame.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "board/motion.h"
#include "content/edtf.h"
#include "paint/fit.h"

#define HEADER_BASE 79.0
#define TITLE_BASE 178.0
#define TITLE_LINES_BASE 141.0 /* of two lines, in the same room */
#define TITLE_PITCH 52.0
#define GAP 28.0
#define BODY_TOP_LOW 304.0
#define FOOTER_GAP 44.0
#define FOOTER_SIZE 28.0
#define NOTE_PITCH 36
#define SAMPLE_TAG "示例数据"
#define SECTION_MOST (24.0 * 32)
#define SECTION_LEAST 64.0 /* shorter, it would say nothing */

double frame_left(const struct board_view *v)
{
	return canvas_is_portrait(v->canvas) ? 64 : 112;
}

double frame_right(const struct board_view *v)
{
	return canvas_width(v->canvas) - frame_left(v);
}

double frame_width(const struct board_view *v)
{
	return frame_right(v) - frame_left(v);
}

bool frame_is_absent(const struct board_view *v)
{
	const struct board_kind *kind = board_find(v->board->kind);
	return kind && kind->has_no_frame;
}

bool frame_has_ticker(const struct board_view *v)
{
	return v->ticker_count > 0;
}

double frame_footer_rule(const struct board_view *v)
{
	double bottom = canvas_is_portrait(v->canvas) ? 1824 : 984;
	return frame_has_ticker(v) ? bottom - 72 : bottom;
}

double frame_dots_centre(const struct board_view *v)
{
	/* Under a ticker the footer stands a little tighter (mockup 14). */
	return frame_footer_rule(v) + (frame_has_ticker(v) ? 42 : 48);
}

double frame_body_top(const struct board_view *v)
{
	bool has_line = canvas_is_portrait(v->canvas) && (v->found.is_sample || v->board->subtitle);
	return has_line ? BODY_TOP_LOW : FRAME_BODY_TOP;
}

void frame_enter_by(struct board_view *v, double share)
{
	if (v->leaving > 0)
		canvas_fade(v->canvas, 1 - v->leaving, 0);
	else
		canvas_fade(v->canvas, share, MOTION_RISE_DU * (1 - share));
}

void frame_enter(struct board_view *v, int index)
{
	frame_enter_by(v, motion_fade(v->elapsed_ms, index));
}

void frame_entered(struct board_view *v)
{
	frame_enter(v, 0);
}

/* Header rule, brand and clock stay while pages come and go. */
static void stand_still(struct board_view *v)
{
	canvas_fade(v->canvas, 1, 0);
}

static int add_distinct(const char **list, int count, const char *text)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(list[i], text) == 0)
			return count;
	}
	if (count == BOARD_ORIGINS_MAX)
		return count;
	list[count] = text;
	return count + 1;
}

void frame_note_origin(struct board_view *v, const struct origin *o)
{
	struct board_findings *f = &v->found;
	if (o->as_of) {
		char shown[128];
		edtf_format_as_of(o->as_of, shown, sizeof shown);
		f->as_of_count = add_distinct(f->as_of, f->as_of_count, arena_text(v->arena, shown));
	}
	if (o->source)
		f->source_count = add_distinct(f->source, f->source_count, o->source);
	if (o->derived)
		f->derived = o->derived;
	f->is_sample = f->is_sample || o->is_sample;
}

/* Up to max_x; returns where it ends. */
static double draw_brand(struct board_view *v, const char *section, double max_x)
{
	double x = frame_left(v);
	const char *name = v->frame.site_name ? v->frame.site_name : content_site_name(v->content);
	part_brand(v->canvas, x, 44, 44);
	x += 60;
	struct fit_role brand = {.size = 32,
		.floor = 28,
		.max_width = max_x - x,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	struct fit shown = fit_text(v->canvas, v->arena, name, NULL, &brand);
	x += fit_draw(v->canvas, x, HEADER_BASE, TEXT_LEFT, &shown, &brand, TOKEN_FG) + 18;
	if (!section || max_x - x - 20 < SECTION_LEAST)
		return x;
	canvas_rect(v->canvas, x, 54, 2, 28, TOKEN_HAIR);
	struct fit_role role = {.size = 32,
		.floor = 28,
		.max_width = fmin(SECTION_MOST, max_x - x - 20),
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	struct fit f = fit_text(v->canvas, v->arena, section, NULL, &role);
	return x + 20 + fit_draw(v->canvas, x + 20, HEADER_BASE, TEXT_LEFT, &f, &role, TOKEN_FG2);
}

static const char *date_text(struct board_view *v)
{
	static const char *const weekdays[] = {"日", "一", "二", "三", "四", "五", "六"};
	const struct civil *d = &v->now.local;
	const char *weekday = weekdays[civil_weekday(v->now.today)];
	bool has_year = !canvas_is_portrait(v->canvas) && !canvas_theme(v->canvas)->is_festive;
	if (has_year)
		return arena_printf(v->arena, "%d年%d月%d日 星期%s", d->year, d->month, d->day, weekday);
	return arena_printf(v->arena, "%d月%d日 星期%s", d->month, d->day, weekday);
}

/* Returns where it begins. */
static double draw_date(struct board_view *v, double right)
{
	if (v->now.has_clock) {
		return right - text_line(v->canvas, right, HEADER_BASE, TEXT_RIGHT, date_text(v), 32,
				       FONT_REGULAR, TOKEN_FG2, 0);
	}
	double w = text_line(
		v->canvas, right, HEADER_BASE, TEXT_RIGHT, "时间待校准", 32, FONT_REGULAR, TOKEN_FG2, 0);
	part_hollow_clock(v->canvas, right - w - 34, 67, 14, TOKEN_FG2);
	return right - w - 48;
}

static bool is_row(const struct board_view *v)
{
	const struct board_kind *kind = board_find(v->board->kind);
	return kind && kind->has_own_header;
}

static double clock_size(const struct board_view *v)
{
	return is_row(v) ? 64 : 72;
}

static void draw_clock(struct board_view *v)
{
	const char *text = "--:--";
	if (v->now.has_clock)
		text = arena_printf(v->arena, "%d:%02d", v->now.local.hour, v->now.local.minute);
	text_line(v->canvas, frame_right(v), is_row(v) ? 90 : TITLE_BASE, TEXT_RIGHT, text, clock_size(v),
		FONT_BOLD, v->now.has_clock ? TOKEN_FG : TOKEN_FG3, 0);
}

static double width_of(struct board_view *v, const char *text, double size, enum font_weight weight)
{
	struct text_run run = {text, size, weight, TOKEN_FG, 0};
	return text ? text_width(v->canvas, &run, 1, TEXT_SPACED) : 0;
}

/* How wide the clock is at most: it is painted anew while the page stands. */
static double clock_room(struct board_view *v)
{
	return width_of(v, "00:00", clock_size(v), FONT_BOLD);
}

/* In a portrait frame subtitle and tag stand in a line of their own. */
static void draw_portrait_line(struct board_view *v, const struct frame_title *t, const char *subtitle)
{
	double x = frame_left(v);
	if (v->found.is_sample)
		x += part_tag(v->canvas, x, 240, SAMPLE_TAG) + GAP;
	v->found.tag_is_placed = true;
	struct fit_role role = {.size = 40,
		.floor = 32,
		.max_width = frame_right(v) - x,
		.max_lines = 1,
		.weight = FONT_REGULAR};
	if (subtitle && !t->line_is_taken)
		fit_line(v->canvas, v->arena, x, 276, TEXT_LEFT, subtitle, &role, TOKEN_FG2);
}

static void draw_title(struct board_view *v, const struct frame_title *t)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	const char *title = v->board->title ? v->board->title : t->title;
	const char *subtitle = v->board->subtitle ? v->board->subtitle : t->subtitle;
	v->found.title = title;
	double max = t->max_width > 0 ? t->max_width : is_portrait ? 640 : 1120;
	double tag = v->found.is_sample && !is_portrait ? GAP + part_tag_width(v->canvas, SAMPLE_TAG) : 0;
	double title_width = width_of(v, title, 72, FONT_BOLD);
	double subtitle_width = subtitle && !is_portrait ? GAP + width_of(v, subtitle, 36, FONT_REGULAR) : 0;
	bool has_subtitle = subtitle_width > 0 && title_width + subtitle_width + tag <= max;

	struct fit_role role = {.size = 72,
		.floor = 56,
		.max_width = max - tag - (has_subtitle ? subtitle_width : 0),
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	struct fit f = fit_text(v->canvas, v->arena, title, NULL, &role);
	double x = frame_left(v) - 2, base = TITLE_BASE;
	if (f.is_cut) { /* a name in full is worth more than its size */
		role.size = 44;
		role.floor = 40;
		role.line_height = TITLE_PITCH;
		role.max_lines = 2;
		f = fit_text(v->canvas, v->arena, title, NULL, &role);
		base = f.count > 1 ? TITLE_LINES_BASE : TITLE_BASE;
	}
	x += fit_draw(v->canvas, x, base, TEXT_LEFT, &f, &role, TOKEN_FG);
	if (has_subtitle)
		x += GAP + text_line(v->canvas, x + GAP, TITLE_BASE, TEXT_LEFT, subtitle, 36, FONT_REGULAR,
				   TOKEN_FG2, TEXT_SPACED);
	if (tag > 0)
		part_tag(v->canvas, x + GAP, 140, SAMPLE_TAG);
	if (is_portrait)
		draw_portrait_line(v, t, subtitle);
	v->found.tag_is_placed = true;
}

static const char *section_of(const struct board_view *v, const char *section)
{
	return v->board->section ? v->board->section : section;
}

void frame_draw_header(struct board_view *v, const struct frame_title *t)
{
	stand_still(v);
	double date = draw_date(v, frame_right(v));
	draw_brand(v, section_of(v, t->section), date - GAP);
	draw_clock(v);
	canvas_rect(v->canvas, frame_left(v), FRAME_HEADER_RULE, frame_width(v), 4, TOKEN_FG);
	frame_enter(v, 0);
	draw_title(v, t);
}

void frame_draw_header_row(struct board_view *v, const char *section)
{
	bool is_portrait = canvas_is_portrait(v->canvas),
	     has_tag = v->found.is_sample && !v->found.tag_is_placed;
	double tag = GAP + part_tag_width(v->canvas, SAMPLE_TAG);
	stand_still(v);
	draw_clock(v);
	double date = draw_date(v, frame_right(v) - fmax(190, clock_room(v) + 16));
	double end = draw_brand(v, section_of(v, section), date - GAP - (has_tag && !is_portrait ? tag : 0));
	frame_enter(v, 0);
	if (!has_tag)
		return;
	if (is_portrait) /* no room beside it */
		part_tag(v->canvas, frame_left(v), 112, SAMPLE_TAG);
	else
		part_tag(v->canvas, end + GAP, 46, SAMPLE_TAG);
	v->found.tag_is_placed = true;
}

SDL_Rect frame_repaint_clock(struct board_view *v)
{
	double y = is_row(v) ? 26 : 110, h = is_row(v) ? 76 : 88, w = clock_room(v) + 4;
	double x = frame_right(v) - w + 2; /* ink reaches a little beyond the advance */
	stand_still(v);
	canvas_ground(v->canvas, x, y, w, h);
	draw_clock(v);
	return canvas_to_px(v->canvas, x, y, w, h);
}

static const char *join(struct board_view *v, const char *const *list, int count)
{
	const char *out = count ? list[0] : "";
	for (int i = 1; i < count; i++)
		out = arena_printf(v->arena, "%s、%s", out, list[i]);
	return out;
}

static double width_of_as_of(struct board_view *v, const char *as_of)
{
	if (v->frame.is_stale)
		return part_stale_badge_width(v->canvas, as_of);
	return width_of(v, "数据截至 ", FOOTER_SIZE, FONT_REGULAR) +
	       width_of(v, as_of, FOOTER_SIZE, FONT_BOLD);
}

/* All of it, or as many of the dates as there is room for and 等; one is never left
 * out, only cut. */
static const char *fit_as_of(struct board_view *v, double max_width)
{
	const struct board_findings *f = &v->found;
	for (int count = f->as_of_count; count > 0; count--) {
		const char *shown = join(v, f->as_of, count);
		if (count < f->as_of_count)
			shown = arena_printf(v->arena, "%s等", shown);
		if (width_of_as_of(v, shown) <= max_width)
			return shown;
	}
	struct fit_role role = {.size = FOOTER_SIZE,
		.floor = FOOTER_SIZE,
		.max_width = max_width - width_of_as_of(v, ""),
		.max_lines = 1,
		.weight = FONT_BOLD};
	return fit_text(v->canvas, v->arena, f->as_of[0], NULL, &role).lines[0];
}

static double draw_as_of(struct board_view *v, double x, double base, double max_width)
{
	if (!v->found.as_of_count)
		return 0;
	const char *as_of = fit_as_of(v, max_width);
	if (v->frame.is_stale)
		return part_stale_badge(v->canvas, x, frame_footer_rule(v) + 18, as_of) + 32;
	struct text_run runs[] = {{"数据截至 ", FOOTER_SIZE, FONT_REGULAR, TOKEN_FG2, 0},
		{as_of, FOOTER_SIZE, FONT_BOLD, TOKEN_FG2, 0}};
	return text_draw(v->canvas, x, base, TEXT_LEFT, runs, 2, 0) + FOOTER_GAP;
}

/* A stale page is old because nobody was reached: in a narrow frame that is said
 * rather than that the screen is offline. */
static bool has_room_for_offline(struct board_view *v, double room)
{
	if (!v->frame.is_stale || v->found.as_of_count == 0)
		return true;
	return part_offline_badge_width(v->canvas) + 32 + width_of_as_of(v, v->found.as_of[0]) <= room;
}

static const char *note_of(struct board_view *v)
{
	const struct board_findings *f = &v->found;
	if (f->note && f->derived)
		return arena_printf(v->arena, "%s；%s", f->note, f->derived);
	return f->note ? f->note : f->derived;
}

static void draw_note(struct board_view *v, double x, double base, double room)
{
	const struct board_findings *f = &v->found;
	const char *note = note_of(v);
	bool has_second = f->note_base + NOTE_PITCH + FOOTER_GAP / 4 < frame_footer_rule(v);
	struct fit_role role = {.size = FOOTER_SIZE,
		.floor = FOOTER_SIZE,
		.line_height = NOTE_PITCH,
		.max_width = f->note_width,
		.max_lines = has_second ? 2 : 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	if (note && width_of(v, note, FOOTER_SIZE, FONT_REGULAR) <= room)
		text_line(v->canvas, x, base, TEXT_LEFT, note, FOOTER_SIZE, FONT_REGULAR, TOKEN_FG3,
			TEXT_SPACED);
	else if (note && f->note_width > 0)
		fit_line(v->canvas, v->arena, f->note_x, f->note_base, TEXT_LEFT, note, &role, TOKEN_FG3);
}

void frame_draw_footer(struct board_view *v)
{
	stand_still(v);
	if (v->frame.is_stale && !v->found.as_of_count) /* it is said on every page */
		v->found.as_of[v->found.as_of_count++] = "—";
	double rule = frame_footer_rule(v);
	double base = rule + (frame_has_ticker(v) ? 52 : 58);
	double right = frame_right(v);
	canvas_rect(v->canvas, frame_left(v), rule, frame_width(v), 2, TOKEN_HAIR);
	if (v->frame.dot_count > 0) {
		part_dots(v->canvas, right, frame_dots_centre(v), v->frame.dot, v->frame.dot_count,
			v->frame.fill);
		right -= part_dots_width(v->canvas, v->frame.dot, v->frame.dot_count) + 32;
	}
	if (v->frame.is_offline && has_room_for_offline(v, right - frame_left(v))) {
		right -= part_offline_badge_width(v->canvas);
		part_offline_badge(v->canvas, right, rule + 18);
		right -= 32;
	}
	frame_enter(v, 0);
	bool has_badge = v->frame.is_offline || v->frame.is_stale;
	double x = frame_left(v) + draw_as_of(v, frame_left(v), base, right - frame_left(v));
	if (v->found.source_count) {
		const char *source =
			arena_printf(v->arena, "来源 %s", join(v, v->found.source, v->found.source_count));
		double w = width_of(v, source, FOOTER_SIZE, FONT_REGULAR);
		if (x + w <= right) {
			text_line(v->canvas, x, base, TEXT_LEFT, source, FOOTER_SIZE, FONT_REGULAR, TOKEN_FG2,
				0);
			x += w + FOOTER_GAP;
		}
	}
	draw_note(v, x, base, has_badge ? 0 : right - x);
}
