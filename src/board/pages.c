/* SPDX-License-Identifier: Apache-2.0 */
#include "board/pages.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "board/alert.h"
#include "board/motion.h"

struct walk {
	const struct pages *pages;
	struct arena playlist, view;
	const struct playlist_board *board; /* NULL: of a kind that is not drawn */
	int board_count;
	struct pages_place at;
};

/* As the playlist of its first screen tag has it. */
static void find_board(struct walk *w)
{
	struct content *c = w->pages->content;
	struct playlist_board *boards;
	const char *tag = playlist_tag_of(c, w->at.id, &w->playlist);
	w->board = NULL;
	w->board_count = playlist_read(c, tag, &w->playlist, &boards);
	for (int i = 0; i < w->board_count; i++) {
		if (strcmp(boards[i].id, w->at.id) == 0 && board_find(boards[i].kind))
			w->board = &boards[i];
	}
}

static struct board_view view_of(struct walk *w)
{
	const struct pages_state *s = w->pages->state;
	arena_finish(&w->view);
	return (struct board_view){
		.canvas = w->pages->canvas,
		.content = w->pages->content,
		.board = w->board,
		.gallery = w->pages->gallery,
		.frame = {.dot = w->at.index < w->board_count ? w->at.index : 0,
			.dot_count = s->dot_count ? s->dot_count : w->board_count,
			.is_offline = s->is_offline,
			.is_stale = s->is_stale},
		.now = s->now,
		.elapsed_ms = MOTION_STILL,
		.arena = &w->view,
	};
}

static bool visit_board(struct walk *w)
{
	const struct pages *p = w->pages;
	struct board_view v = view_of(w);
	int pages = w->at.page_count = board_pages(&v);
	int step = p->most ? (pages + p->most - 1) / p->most : 1;
	for (int page = 0; page < pages; page += step) {
		v = view_of(w);
		v.page = page;
		w->at.page = page + 1;
		if (!p->visit(p->user, &v, &w->at))
			return false;
	}
	return true;
}

static bool visit_alerts(struct walk *w)
{
	struct arena a = {0};
	struct alert *alerts;
	int count = alert_list(w->pages->content, &a, &alerts);
	bool goes_on = true;
	for (int i = 0; goes_on && i < count; i++) {
		w->board = NULL;
		w->at = (struct pages_place){.list = "alerts",
			.index = i,
			.id = alerts[i].id,
			.alert = &alerts[i],
			.page = 1,
			.page_count = 1};
		struct board_view v = view_of(w);
		goes_on = w->pages->visit(w->pages->user, &v, &w->at);
	}
	arena_finish(&a);
	return goes_on;
}

bool pages_walk(const struct pages *p)
{
	struct walk w = {.pages = p};
	struct arena a = {0};
	const char **ids;
	int count = playlist_ids(p->content, &a, &ids);
	bool goes_on = true;
	for (int i = 0; goes_on && i < count; i++) {
		w.at = (struct pages_place){.list = "boards", .index = i, .id = ids[i]};
		find_board(&w);
		goes_on = !w.board || visit_board(&w);
	}
	goes_on = goes_on && visit_alerts(&w);
	arena_finish(&a);
	arena_finish(&w.playlist);
	arena_finish(&w.view);
	return goes_on;
}

void pages_paint(struct board_view *v, const struct pages_place *at)
{
	if (at->alert)
		board_paint_alert(v->canvas, at->alert, &v->now, &v->now);
	else
		board_paint(v);
}

void pages_name(const struct pages_place *at, char out[static PAGES_NAME_BYTES])
{
	if (at->alert)
		(void)snprintf(out, PAGES_NAME_BYTES, "alert-%s", at->id);
	else
		(void)snprintf(out, PAGES_NAME_BYTES, "%s-%d", at->id, at->page);
}

bool pages_write(struct board_view *v, const struct pages_place *at, const char *folder, struct err *e)
{
	char name[PAGES_NAME_BYTES], file[PAGES_NAME_BYTES + 4], path[PATH_MAX];
	pages_name(at, name);
	(void)snprintf(file, sizeof file, "%s.png", name);
	if (!file_join(path, sizeof path, folder, file))
		return err_set(e, ERR_IO, "%s: path too long", folder);
	pages_paint(v, at);
	if (!canvas_write_png(v->canvas, path, e))
		return false;
	(void)puts(path);
	return true;
}
