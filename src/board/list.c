/* SPDX-License-Identifier: Apache-2.0
 *
 * list: projects as rows (visual specification, boards 5 and 5b). Three layouts:
 * by schedule, by stage, and the facts alone where nothing is planned. */
#include "board/list.h"

#include <string.h>

#include "board/frame.h"
#include "board/kinds.h"

static struct list_page plan(struct board_view *v)
{
	struct list_page p = {
		.scope = {v->board->seq, v->now.is_trusted ? v->now.today : SCHEDULE_TODAY_UNKNOWN,
			v->board->way}};
	bool has_plans = project_has_plans(v->content, v->board->seq);
	bool is_portrait = canvas_is_portrait(v->canvas);
	p.way = LIST_BY_STAGE;
	if (v->board->way == PROJECT_FACTS_ONLY || (v->board->way == PROJECT_BY_SCHEDULE && !has_plans))
		p.way = LIST_FACTS;
	else if (v->board->way == PROJECT_BY_SCHEDULE)
		p.way = LIST_BY_SCHEDULE;
	p.count = project_count(v->content, v->board->seq);
	if (is_portrait)
		p.per_page = 7;
	else
		p.per_page = p.way == LIST_FACTS ? 6 : 7;
	if (frame_has_ticker(v))
		p.per_page--;
	if (canvas_has_large_text(v->canvas) && !is_portrait) /* whose rows have room to spare */
		p.per_page--;
	p.pages = (p.count + p.per_page - 1) / p.per_page;
	/* One row alone on the last of several pages looks lost: spread them. */
	if (p.pages >= 3 && p.count - (p.pages - 1) * p.per_page == 1)
		p.per_page = (p.count + p.pages - 1) / p.pages;
	return p;
}

static int count_pages(struct board_view *v)
{
	struct list_page p = plan(v);
	return p.pages > 0 ? p.pages : 1; /* without rows: the page says so */
}

static const char *page_note(struct board_view *v, const struct list_page *p)
{
	return p->pages > 1 ? arena_printf(v->arena, "第%d页，共%d页", v->page + 1, p->pages) : NULL;
}

static void paint(struct board_view *v)
{
	struct list_page p = plan(v);
	struct project rows[8];
	int shown = project_rows(v->content, &p.scope, v->page * p.per_page, p.per_page, v->arena, rows);
	for (int i = 0; i < shown; i++)
		frame_note_origin(v, &rows[i].origin);
	v->found.note = page_note(v, &p);
	double title_width = 0;
	if (shown == 0)
		empty_draw(v, "暂无数据", "没有符合条件的项目");
	else if (canvas_is_portrait(v->canvas))
		list_draw_portrait(v, &p, rows, shown);
	else
		title_width = list_draw_landscape(v, &p, rows, shown);
	frame_entered(v);
	frame_draw_header(v, &(struct frame_title){
				     .title = p.way == LIST_FACTS ? "项目建设动态" : "重点项目推进",
				     .section = "项目",
				     .max_width = title_width,
				     .line_is_taken = shown > 0 && p.way != LIST_FACTS,
			     });
}

const struct board_kind board_list = {.name = "list", .pages = count_pages, .paint = paint, .dwell_s = 12};
