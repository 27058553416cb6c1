/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "board/frame.h"
#include "board/list.h"
#include "board/motion.h"
#include "content/amount.h"
#include "content/edtf.h"

static struct list_state schedule_state_of(const struct project *p)
{
	static const struct list_state states[] = {
		[SCHEDULE_OVERDUE] = {PART_OVERDUE, "逾期", TOKEN_LATE, TOKEN_LATE, 0, true, false},
		[SCHEDULE_DUE_SOON] = {PART_DUE_SOON, "临期", TOKEN_FG, TOKEN_WARN, 0, false, true},
		[SCHEDULE_ON_TIME] = {PART_ON_TIME, "按期", TOKEN_FG, TOKEN_OK, 0, false, false},
		[SCHEDULE_UNKNOWN] = {PART_UNKNOWN, "待更新", TOKEN_FG2, TOKEN_MID, 0, false, false},
		[SCHEDULE_DONE] = {PART_DONE, "办结", TOKEN_FG, TOKEN_FG, 0, false, false},
		[SCHEDULE_HIDDEN] = {PART_UNKNOWN, NULL, TOKEN_FG2, TOKEN_FG, 0, false, false},
	};
	struct list_state s = states[p->schedule];
	s.current = p->schedule == SCHEDULE_DONE ? 0 : p->phase_index;
	return s;
}

/* Words that claim no more than was reported: works are under way only in a phase
 * that has them. */
static struct list_state stage_state_of(const struct project *p)
{
	switch (p->stage) {
	case STAGE_DONE:
		return (struct list_state){PART_DONE, "手续办理完成", TOKEN_FG, TOKEN_FG, 0, false, false};
	case STAGE_IN_PROGRESS:
		return (struct list_state){PART_UNDER_WAY,
			p->is_construction ? "正在开工建设" : "正在办理手续", TOKEN_FG, TOKEN_OK,
			p->phase_index, false, false};
	case STAGE_NOT_STARTED:
		return (struct list_state){
			PART_NOT_STARTED, "未开始", TOKEN_FG, TOKEN_MID, p->phase_index, false, false};
	default:
		return (struct list_state){PART_UNKNOWN, "未录入", TOKEN_FG2, TOKEN_MID, -1, false, false};
	}
}

struct list_state list_state_of(const struct project *p, enum list_way way)
{
	if (way == LIST_BY_STAGE)
		return stage_state_of(p);
	if (way == LIST_BY_SCHEDULE)
		return schedule_state_of(p);
	return (struct list_state){PART_UNKNOWN, NULL, TOKEN_FG, TOKEN_FG, p->phase_index, false, false};
}

const char *list_next_name(const struct project *p, enum list_way way)
{
	if (p->is_done || (way == LIST_BY_STAGE && p->stage == STAGE_DONE))
		return p->last_name ? p->last_name : "";
	if (!p->next_name || (way == LIST_BY_SCHEDULE && p->schedule == SCHEDULE_UNKNOWN))
		return way == LIST_BY_SCHEDULE ? "待定" : p->next_name ? p->next_name : "";
	return p->next_name;
}

const char *list_next_date(struct board_view *v, const struct project *p, enum list_way way)
{
	struct edtf d;
	char text[64];
	bool is_done = p->is_done || (way == LIST_BY_STAGE && p->stage == STAGE_DONE);
	const char *date = is_done ? p->last_actual : p->next_planned;
	if (!date || !edtf_parse(date, &d))
		return !is_done && way == LIST_BY_SCHEDULE ? "未填报" : "";
	edtf_format(&d, v->now.is_trusted ? v->now.local.year : 0, text, sizeof text);
	return arena_text(v->arena, text);
}

const char *list_phase_word(struct board_view *v, const struct project *p, bool says_already)
{
	return says_already && p->is_done ? arena_printf(v->arena, "已%s", p->phase) : p->phase;
}

const char *list_sub(struct board_view *v, const struct project *p, enum list_way way)
{
	if (way == LIST_FACTS || (!p->sector && !p->park))
		return p->brief ? p->brief : p->owner ? p->owner : "";
	if (p->sector && p->park)
		return arena_printf(v->arena, "%s · %s", p->sector, p->park);
	return p->sector ? p->sector : p->park;
}

static bool is_in(const struct amount *a, const char *unit)
{
	return strcmp(a->unit, unit) == 0;
}

struct list_decimals list_money_decimals(const struct project *rows, int count)
{
	struct list_decimals d = {.yi = 1};
	for (int i = 0; i < count; i++) {
		double yuan = (double)rows[i].investment_cny;
		struct amount a = amount_money(rows[i].investment_cny, AMOUNT_DECIMALS_AUTO);
		int yi = is_in(&a, "亿元") ? amount_decimals(yuan / 1e8, 2) : 0;
		int wan = is_in(&a, "万元") ? amount_decimals(yuan / 1e4, 2) : 0;
		d.yi = yi > d.yi ? yi : d.yi;
		d.wan = wan > d.wan ? wan : d.wan;
	}
	return d;
}

double list_draw_money(struct board_view *v, const struct project *p, double right, double baseline,
	double unit_size, const struct list_decimals *decimals)
{
	if (p->investment_cny == PROJECT_NO_MONEY)
		return right -
		       text_line(v->canvas, right, baseline, TEXT_RIGHT, "—", 44, FONT_REGULAR, TOKEN_FG3, 0);
	struct amount a = amount_money(p->investment_cny, decimals->yi);
	if (is_in(&a, "万元") && p->investment_cny != 0)
		amount_format((double)p->investment_cny / 1e4, decimals->wan, a.number, sizeof a.number);
	double size = strlen(a.number) > 5 ? 36 : 44;
	struct text_run cell = {"亿元", unit_size, FONT_REGULAR, TOKEN_FG2, 0};
	double unit_x = right - text_width(v->canvas, &cell, 1, 0);
	text_line(v->canvas, unit_x, baseline, TEXT_LEFT, arena_text(v->arena, a.unit), unit_size,
		FONT_REGULAR, TOKEN_FG2, 0);
	return unit_x - 6 -
	       text_line(v->canvas, unit_x - 6, baseline, TEXT_RIGHT, arena_text(v->arena, a.number), size,
		       FONT_BOLD, TOKEN_FG, 0);
}

void list_draw_track(struct board_view *v, const struct project *p, const struct list_state *s, double x,
	double y, double w, int index)
{
	if (s->current < 0)
		part_track_unreported(v->canvas, x, y, w, p->phase_count);
	else
		part_track(v->canvas, x, y, w, p->phase_count, s->current, s->track,
			motion_grow(v->elapsed_ms, index));
}

#define COUNTER_GAP 20
#define PORTRAIT_SPARE 26 /* of each one's room, behind its number */

struct counter {
	enum part_status shape;
	const char *word;
	int count;
};

static int counters_of(struct board_view *v, const struct list_page *p, struct counter out[static 5])
{
	static const struct {
		int state;
		enum part_status shape;
		const char *word;
	} by_schedule[] = {{SCHEDULE_ON_TIME, PART_ON_TIME, "按期"},
		{SCHEDULE_DUE_SOON, PART_DUE_SOON, "临期"}, {SCHEDULE_OVERDUE, PART_OVERDUE, "逾期"},
		{SCHEDULE_DONE, PART_DONE, "办结"}, {SCHEDULE_UNKNOWN, PART_UNKNOWN, "待更新"}},
	  by_stage[] = {{STAGE_DONE, PART_DONE, "完成"}, {STAGE_IN_PROGRESS, PART_UNDER_WAY, "推进"},
		  {STAGE_NOT_STARTED, PART_NOT_STARTED, "未开始"},
		  {STAGE_UNREPORTED, PART_UNKNOWN, "未录入"}};
	int counts[SCHEDULE_STATES], used = 0;
	project_counts(v->content, &p->scope, counts);
	bool is_stage = p->way == LIST_BY_STAGE;
	for (int i = 0; i < (is_stage ? 4 : 5); i++) {
		int n = counts[is_stage ? by_stage[i].state : by_schedule[i].state];
		if (n > 0)
			out[used++] = (struct counter){is_stage ? by_stage[i].shape : by_schedule[i].shape,
				is_stage ? by_stage[i].word : by_schedule[i].word, n};
	}
	return used;
}

/* From its sign to the end of its number; drawn, or only measured. */
static double put_counter(
	struct board_view *v, const struct counter *k, double x, double base, double size, bool draws)
{
	bool is_portrait = canvas_is_portrait(v->canvas);
	double gap = is_portrait ? 40 : 44;
	struct text_run runs[] = {{k->word, size, FONT_REGULAR, TOKEN_FG2, 0},
		{arena_printf(v->arena, "%d", k->count), size, FONT_BOLD, TOKEN_FG, is_portrait ? 8 : 12}};
	if (!draws)
		return gap + text_width(v->canvas, runs, 2, 0);
	part_status(v->canvas, k->shape, x + 16, base - 14, 14, TOKEN_BG);
	return gap + text_draw(v->canvas, x + gap, base, TEXT_LEFT, runs, 2, 0);
}

/* All counters in a row, COUNTER_GAP apart. */
static double packed_width(struct board_view *v, const struct counter *k, int count, double size)
{
	double w = (count - 1) * COUNTER_GAP;
	for (int i = 0; i < count; i++)
		w += put_counter(v, &k[i], 0, 0, size, false);
	return w;
}

double list_draw_counters(
	struct board_view *v, const struct list_page *p, double base, double max_x, double min_x)
{
	struct counter counters[5];
	bool is_portrait = canvas_is_portrait(v->canvas);
	int count = counters_of(v, p, counters);
	double pitch = is_portrait ? 172 : 192, size = 36;
	int room = (int)((max_x - min_x + 8) / pitch);
	count = count > room ? room : count;
	double spare = is_portrait ? PORTRAIT_SPARE : COUNTER_GAP;
	double first = is_portrait ? max_x - count * pitch + spare : min_x;
	bool is_regular = true; /* as designed: each has the same room */
	for (int i = 0; i < count; i++)
		is_regular = is_regular && put_counter(v, &counters[i], 0, 0, size, false) <= pitch - spare;
	if (!is_regular) {
		while (size > 28 && packed_width(v, counters, count, size) > max_x - min_x)
			size -= 4;
		while (count > 1 && packed_width(v, counters, count, size) > max_x - min_x)
			count--;
		first = is_portrait ? max_x - packed_width(v, counters, count, size) : min_x;
	}
	double x = first;
	for (int i = 0; i < count; i++) {
		double w = put_counter(v, &counters[i], x, base, size, true);
		x += is_regular ? pitch : w + COUNTER_GAP;
	}
	return first;
}
