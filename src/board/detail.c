/* SPDX-License-Identifier: Apache-2.0
 *
 * detail: one project a page: the days its milestones took, to scale, and what is
 * planned on one axis of time (visual specification, board 6). */
#include <math.h>
#include <string.h>

#include "board/axis.h"
#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "board/number.h"
#include "content/edtf.h"
#include "content/project.h"
#include "paint/fit.h"

#define SEGMENTS_MAX 5
#define SEGMENT_GAP 4

/* What of a project's milestones is done, by day, and what is planned. */
struct course {
	struct project_milestone *done[SEGMENTS_MAX + 1];
	int done_count;
	struct axis_window windows[AXIS_WINDOWS_MAX];
	int window_count;
};

static int count_pages(struct board_view *v)
{
	return project_count(v->content, v->board->seq);
}

static bool is_day(const char *date)
{
	struct edtf d;
	return date && edtf_parse(date, &d) && d.precision == EDTF_DAY;
}

/* The first ones and the last one, when there are more than fit. */
static void add_done(struct course *k, struct project_milestone *m)
{
	if (k->done_count == SEGMENTS_MAX + 1)
		k->done[SEGMENTS_MAX] = m;
	else
		k->done[k->done_count++] = m;
}

static void add_window(struct course *k, const struct project_milestone *m, const struct board_view *v)
{
	if (k->window_count == AXIS_WINDOWS_MAX)
		return;
	bool is_past = v->now.is_trusted && m->planned_last < v->now.today;
	bool is_current = v->now.is_trusted && !is_past && m->planned_first <= v->now.today;
	int at = k->window_count++;
	for (; at > 0 && k->windows[at - 1].first > m->planned_first; at--)
		k->windows[at] = k->windows[at - 1];
	k->windows[at] = (struct axis_window){
		.name = m->name,
		.planned = m->planned,
		.first = m->planned_first,
		.last = m->planned_last,
		.state = is_past      ? AXIS_UNCONFIRMED
			 : is_current ? AXIS_CURRENT
				      : AXIS_PLANNED,
	};
}

static struct course load(struct board_view *v, const struct project *p)
{
	struct course k = {0};
	struct project_milestone *list;
	int count = project_milestones(v->content, p->seq, v->arena, &list);
	for (int i = 0; i < count; i++) {
		struct project_milestone *m = &list[i];
		bool is_open = strcmp(m->state, "done") != 0 && strcmp(m->state, "waived") != 0;
		bool is_in_order =
			k.done_count == 0 || m->actual_first >= k.done[k.done_count - 1]->actual_first;
		if (!is_open && is_day(m->actual) && is_in_order)
			add_done(&k, m);
		else if (is_open && m->planned)
			add_window(&k, m, v);
	}
	return k;
}

/* Certified terms stand in quotation marks, as the office writes them. */
static const char *quoted(struct board_view *v, const struct project *p, const char *name)
{
	bool is_term = (p->is_four_permits && strcmp(name, "四证齐发") == 0) ||
		       (p->is_land_to_start && strcmp(name, "拿地即开工") == 0);
	return is_term ? arena_printf(v->arena, "“%s”", name) : name;
}

static void draw_hero(struct board_view *v, const struct project *p, const struct course *k, double shift)
{
	static const double sizes[] = {320, 280, 240, 200};
	int last = k->done_count - 1;
	const char *label;
	int days = k->done[last]->actual_first - k->done[0]->actual_first;
	bool is_running = last == 0;
	if (is_running && (!v->now.is_trusted || p->is_done))
		return;
	if (is_running) {
		days = v->now.today - k->done[0]->actual_first + 1;
		label = arena_printf(v->arena, "自%s起", quoted(v, p, k->done[0]->name));
	} else {
		label = arena_printf(v->arena, "从%s到%s", quoted(v, p, k->done[0]->name),
			quoted(v, p, k->done[last]->name));
	}
	struct number n = {.digits = arena_printf(v->arena, "%d", days),
		.value = days,
		.is_counted = !is_running,
		.prefix = is_running ? "第" : "",
		.unit = "天",
		.size = 320,
		.unit_size = 88,
		.gap = 14,
		.color = TOKEN_FG};
	struct fit_role role = {.size = 44,
		.floor = 36,
		.max_width = canvas_is_portrait(v->canvas) ? 952 : 760,
		.max_lines = 1,
		.weight = FONT_REGULAR,
		.flags = TEXT_SPACED};
	number_fit(v, &n, role.max_width, sizes, 4);
	number_draw(v, frame_left(v), 532 + shift, TEXT_LEFT, &n);
	fit_line(v->canvas, v->arena, frame_left(v), 604 + shift, TEXT_LEFT, label, &role, TOKEN_FG);
	v->found.note = "天数由公布日期推算";
}

static const char *short_date(struct board_view *v, const struct course *k, int i)
{
	struct edtf d, before;
	char text[64];
	(void)edtf_parse(k->done[i]->actual, &d);
	int year = d.year;
	if (i > 0 && edtf_parse(k->done[i - 1]->actual, &before))
		year = before.year;
	edtf_format(&d, year, text, sizeof text);
	return arena_text(v->arena, text);
}

static double name_width(struct board_view *v, const char *name)
{
	struct text_run run = {name, 36, FONT_BOLD, TOKEN_FG, 0};
	return text_width(v->canvas, &run, 1, TEXT_SPACED);
}

static double boundary(const struct course *k, int i, double x, double w)
{
	double all = k->done[k->done_count - 1]->actual_first - k->done[0]->actual_first;
	return x + (all > 0 ? w * (k->done[i]->actual_first - k->done[0]->actual_first) / all : 0);
}

/* Every label has room over and under its own segment. */
static bool has_room(struct board_view *v, const struct course *k, double x, double w)
{
	int last = k->done_count - 1;
	for (int i = 0; i < last; i++) {
		double room = boundary(k, i + 1, x, w) - boundary(k, i, x, w) - 16;
		double needed = fmax(name_width(v, k->done[i]->name), 110);
		if (i == last - 1)
			needed += name_width(v, k->done[last]->name) + 24;
		if (room < needed)
			return false;
	}
	return true;
}

static void draw_milestone(
	struct board_view *v, const struct course *k, int i, double x, double y, enum text_align align)
{
	text_line(v->canvas, x, y + 62, align, k->done[i]->name, 36, FONT_BOLD, TOKEN_FG, TEXT_SPACED);
	text_line(v->canvas, x, y + 108, align, short_date(v, k, i), 32, FONT_REGULAR, TOKEN_FG2, 0);
}

static void draw_segments(struct board_view *v, const struct course *k, double x, double y, double w)
{
	int last = k->done_count - 1;
	for (int i = 0; i < last; i++) {
		double from = boundary(k, i, x, w), to = boundary(k, i + 1, x, w);
		double length =
			(to - from - (i + 1 < last ? SEGMENT_GAP : 0)) * motion_grow(v->elapsed_ms, 3 * i);
		struct number days = {.value = k->done[i + 1]->actual_first - k->done[i]->actual_first,
			.is_counted = true,
			.prefix = "",
			.unit = "天",
			.size = 88,
			.unit_size = 40,
			.gap = 6,
			.color = TOKEN_FG};
		days.digits = arena_printf(v->arena, "%d", (int)days.value);
		canvas_rect(v->canvas, from, y, length, 56, (last - i) % 2 ? TOKEN_FG : TOKEN_MID);
		number_draw(v, from, y - 28, TEXT_LEFT, &days);
		canvas_rect(v->canvas, from, y + 56, 2, 20, TOKEN_FG);
		draw_milestone(v, k, i, from, y + 56, TEXT_LEFT);
	}
	canvas_rect(v->canvas, x + w - 2, y + 56, 2, 20, TOKEN_FG);
	draw_milestone(v, k, last, x + w, y + 56, TEXT_RIGHT);
}

/* Too narrow for labels: the same facts as rows. */
static void draw_milestone_rows(struct board_view *v, const struct course *k, double x, double y, double w)
{
	struct fit_role role = {.size = 36,
		.floor = 32,
		.max_width = w - 320,
		.max_lines = 1,
		.weight = FONT_BOLD,
		.flags = TEXT_SPACED};
	for (int i = 0; i < k->done_count; i++) {
		double base = y + 36 + i * 56;
		struct edtf d;
		char date[64];
		(void)edtf_parse(k->done[i]->actual, &d);
		edtf_format(&d, 0, date, sizeof date);
		fit_line(v->canvas, v->arena, x, base, TEXT_LEFT, k->done[i]->name, &role, TOKEN_FG);
		text_line(v->canvas, x + w, base, TEXT_RIGHT, arena_text(v->arena, date), 32, FONT_REGULAR,
			TOKEN_FG2, 0);
	}
}

static void draw_top(struct board_view *v, const struct project *p, const struct course *k, double shift)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	double x = is_portrait ? 64 : 900, y = is_portrait ? 796 : 412 + shift, w = is_portrait ? 952 : 908;
	frame_enter(v, 0);
	draw_hero(v, p, k, is_portrait ? 24 : shift);
	frame_enter(v, 2);
	if (k->done_count >= 2 && has_room(v, k, x, w))
		draw_segments(v, k, x, y, w);
	else
		draw_milestone_rows(v, k, x, is_portrait ? 692 : 300 + shift, w);
}

static void paint(struct board_view *v)
{
	struct project p = {0};
	struct project_scope scope = {
		v->board->seq, v->now.is_trusted ? v->now.today : SCHEDULE_TODAY_UNKNOWN, v->board->way};
	if (project_rows(v->content, &scope, v->page, 1, v->arena, &p) == 0)
		return;
	struct course k = load(v, &p);
	bool is_portrait = canvas_is_portrait(v->canvas);
	frame_note_origin(v, &p.origin);
	if (k.done_count)
		draw_top(v, &p, &k, k.window_count || is_portrait ? 0 : 130);
	if (k.window_count) {
		struct axis a = {.windows = k.windows, .count = k.window_count};
		a.has_past = k.done_count > 0;
		a.past_first = a.has_past ? k.done[0]->actual_first : k.windows[0].first;
		a.past_last = a.has_past ? k.done[k.done_count - 1]->actual_first : k.windows[0].first;
		a.past_label = p.is_construction || p.phase_index > 4 ? "手续办理" : "前期工作";
		frame_enter(v, 4);
		if (is_portrait)
			axis_draw_rows(v, &a, k.done_count ? 1044 : 300);
		else
			axis_draw(v, &a, frame_has_ticker(v) ? -52 : 0);
	}
	if (!k.done_count && !k.window_count) {
		frame_enter(v, 0);
		empty_draw(v, "暂无进展信息", "等待下一次更新");
	}
	frame_entered(v);
	frame_draw_header(v, &(struct frame_title){.title = p.name, .section = p.owner ? p.owner : "项目"});
}

const struct board_kind board_detail = {
	.name = "detail", .pages = count_pages, .paint = paint, .dwell_s = 15};
