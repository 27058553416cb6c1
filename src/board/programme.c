/* SPDX-License-Identifier: Apache-2.0
 *
 * programme: a day's items, what is on now the largest (visual specification,
 * board 12). All of it moves on by itself, offline. */
#include "board/programme.h"

#include <string.h>

#include "base/zone.h"
#include "board/frame.h"
#include "board/kinds.h"
#include "paint/fit.h"

#define MINUTE_S 60
#define PAST_SHOWN 2
#define NOW_SHOWN 2

static int64_t day_start(struct board_view *v, int32_t day)
{
	struct civil c = civil_from_days(day);
	return zone_utc(content_zone(v->content), &c);
}

static bool is_over(const struct occasion_item *items, int count)
{
	for (int i = 0; i < count; i++) {
		if (items[i].state != ITEM_PAST && items[i].state != ITEM_CANCELLED)
			return false;
	}
	return true;
}

static void load(struct board_view *v, const struct occasion *o, int32_t day, struct programme_day *d)
{
	d->day = day;
	d->count = occasion_programme(
		v->content, o->seq, day_start(v, day), day_start(v, day + 1), v->arena, &d->items);
	occasion_mark(d->items, d->count, &v->now);
}

static bool is_any_on(const struct programme_day *d)
{
	for (int i = 0; i < d->count; i++) {
		if (d->items[i].state == ITEM_NOW)
			return true;
	}
	return false;
}

/* The night belongs to the day it began on, as long as something of it is on; then
 * today's items or, when all are over, those of the next day that has any. */
static void load_day(struct board_view *v, const struct occasion *o, struct programme_day *d)
{
	load(v, o, v->now.today - 1, d);
	if (is_any_on(d))
		return;
	load(v, o, v->now.today, d);
	d->has_ended = d->count > 0 && v->now.is_trusted && is_over(d->items, d->count);
	if (d->count && !d->has_ended)
		return;
	int64_t next = occasion_next_start(v->content, o->seq, day_start(v, d->day + 1));
	d->next_utc_s = next;
	if (!d->has_ended || next == INT64_MAX)
		return;
	struct civil c = zone_local(content_zone(v->content), next);
	load(v, o, civil_days(c.year, c.month, c.day), d);
	for (int i = 0; i < d->count; i++) /* nothing of another day is "next" */
		d->items[i].state = d->items[i].is_cancelled ? ITEM_CANCELLED : ITEM_LATER;
}

static enum programme_size size_of(
	const struct occasion_item *item, bool has_now, bool has_two, const struct moment *now)
{
	switch (item->state) {
	case ITEM_PAST:
		return PROGRAMME_PAST;
	case ITEM_NOW:
		return has_two ? PROGRAMME_NOW_SMALL : PROGRAMME_NOW;
	case ITEM_NEXT:
		return has_now ? PROGRAMME_NEXT : PROGRAMME_NEXT_LARGE;
	case ITEM_CANCELLED:
		return now->is_trusted && item->to_utc_s <= now->utc_s ? PROGRAMME_PAST : PROGRAMME_LATER;
	default:
		return PROGRAMME_LATER;
	}
}

/* The first page begins with at most two that are over; what does not fit goes on
 * the pages behind it. */
static void divide(struct board_view *v, struct programme_day *d)
{
	double top = canvas_is_portrait(v->canvas) ? 300 : 240, bottom = frame_footer_rule(v) - 32;
	int now_count = 0, past = 0;
	for (int i = 0; i < d->count; i++) {
		now_count += d->items[i].state == ITEM_NOW;
		past += d->items[i].state == ITEM_PAST;
	}
	double y = top;
	int skipped = past > PAST_SHOWN ? past - PAST_SHOWN : 0;
	d->pages = 0;
	for (int i = 0; i < d->count; i++) {
		if (d->items[i].state == ITEM_PAST && skipped > 0) {
			skipped--;
			continue;
		}
		enum programme_size size =
			size_of(&d->items[i], now_count > 0, now_count >= NOW_SHOWN, &v->now);
		double h = programme_height(v, size);
		if (d->pages == 0 || y + h > bottom + 0.5) {
			d->pages++;
			y = top;
		}
		if (d->pages - 1 == d->page && d->row_count < PROGRAMME_ROWS_MAX)
			d->rows[d->row_count++] = (struct programme_row){&d->items[i], size, y, h};
		y += h;
	}
}

static int pages_of(struct board_view *v, const struct occasion *o)
{
	struct programme_day d = {.page = -1};
	load_day(v, o, &d);
	divide(v, &d);
	if (d.count)
		return d.pages;
	/* A day without items says when the next one is, if it is known to be today; without
	 * any, there is no page. */
	return v->now.is_trusted && d.next_utc_s != 0 && d.next_utc_s != INT64_MAX ? 1 : 0;
}

static int count_pages(struct board_view *v)
{
	struct occasion *list;
	int pages = 0;
	int count = occasion_of_board(v->content, v->board->seq, v->arena, &list);
	for (int i = 0; i < count; i++)
		pages += pages_of(v, &list[i]);
	return pages;
}

static const char *day_title(struct board_view *v, const struct programme_day *d)
{
	if (v->now.is_trusted && d->day <= v->now.today)
		return "今日节目";
	if (v->now.is_trusted && d->day == v->now.today + 1)
		return "明日节目";
	struct civil c = civil_from_days(d->day);
	return arena_printf(v->arena, "%d月%d日节目", c.month, c.day);
}

static void draw_none(struct board_view *v, const struct programme_day *d)
{
	struct civil c = zone_local(content_zone(v->content), d->next_utc_s);
	double y = canvas_is_portrait(v->canvas) ? 800 : 560;
	text_line(v->canvas, frame_left(v), y, TEXT_LEFT, "今日无节目", 72, FONT_BOLD, TOKEN_FG, 0);
	text_line(v->canvas, frame_left(v), y + 88, TEXT_LEFT,
		arena_printf(v->arena, "下一场 %d月%d日 %d:%02d", c.month, c.day, c.hour, c.minute), 44,
		FONT_REGULAR, TOKEN_FG2, 0);
}

static void paint(struct board_view *v)
{
	struct occasion *list;
	int page = v->page, at = 0;
	int count = occasion_of_board(v->content, v->board->seq, v->arena, &list);
	while (at + 1 < count && page >= pages_of(v, &list[at]))
		page -= pages_of(v, &list[at++]);
	if (at >= count)
		return;
	struct programme_day d = {.page = page};
	load_day(v, &list[at], &d);
	divide(v, &d);
	frame_note_origin(v, &list[at].origin);
	for (int i = 0; i < d.row_count; i++)
		v->found.is_sample = v->found.is_sample || d.rows[i].item->is_sample;
	if (d.count == 0)
		draw_none(v, &d);
	else
		programme_draw_rows(v, &d);
	frame_entered(v);
	if (d.pages > 1)
		v->found.note = arena_printf(v->arena, "第%d页，共%d页", page + 1, d.pages);
	if (d.has_ended && d.day > v->now.today)
		v->found.note = "今日节目已结束";
	frame_draw_header(v, &(struct frame_title){.title = day_title(v, &d),
				     .section = list[at].venue ? list[at].venue : "活动"});
}

/* Minutes left and states change on the minute. */
static int64_t next_change(struct board_view *v)
{
	return v->now.is_trusted ? v->now.utc_s - v->now.utc_s % MINUTE_S + MINUTE_S : INT64_MAX;
}

const struct board_kind board_programme = {
	.name = "programme", .pages = count_pages, .paint = paint, .dwell_s = 12, .next_change = next_change};
