/* SPDX-License-Identifier: Apache-2.0 */
#include "board/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "board/motion.h"

#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)
#define SEEN_MAX 4096 /* findings told apart; further ones may be told again */

struct walk {
	const struct review *review;
	struct review_count count;
	struct arena playlist, page; /* of the document; of one view */
	const struct playlist_board *board;
	struct canvas *canvas;
	int index, board_count, page_number;
	uint64_t *seen;
	int seen_count;
};

static uint64_t hash(uint64_t h, const char *text)
{
	do
		h = (h ^ (unsigned char)*text) * FNV_PRIME;
	while (*text++);
	return h;
}

static bool is_new(struct walk *w, const struct review_finding *f)
{
	char place[64];
	(void)snprintf(place, sizeof place, "%d %d %d", f->board, f->page, (int)f->rule);
	uint64_t h = hash(hash(hash(FNV_BASIS, place), f->text), f->problem);
	for (int i = 0; i < w->seen_count; i++) {
		if (w->seen[i] == h)
			return false;
	}
	if (w->seen_count < SEEN_MAX)
		w->seen[w->seen_count++] = h;
	return true;
}

/* A page's finding, with its place. */
static void take(void *user, const struct review_finding *of_page)
{
	struct walk *w = user;
	struct review_finding f = *of_page;
	f.board = w->index;
	f.board_id = w->board->id;
	f.page = w->page_number;
	if (!is_new(w, &f))
		return;
	if (f.is_refused)
		w->count.refused++;
	else
		w->count.warned++;
	if (w->review->report)
		w->review->report(w->review->user, &f);
}

static struct board_view view_of(struct walk *w, const struct review_state *s)
{
	arena_finish(&w->page);
	return (struct board_view){
		.canvas = w->canvas,
		.content = w->review->content,
		.board = w->board,
		.gallery = w->review->gallery,
		.frame = {.dot = w->index < w->board_count ? w->index : 0,
			.dot_count = s->dot_count ? s->dot_count : w->board_count,
			.is_offline = s->is_offline,
			.is_stale = s->is_stale},
		.now = s->now,
		.elapsed_ms = MOTION_STILL,
		.arena = &w->page,
	};
}

/* What the board says its pages stay against what they would without its word. */
static void judge_dwell(struct walk *w, struct board_view *v)
{
	char problem[80];
	struct playlist_board unsaid = *v->board;
	unsaid.dwell_s = 0;
	if (!v->board->dwell_s)
		return;
	v->board = &unsaid;
	int needed = board_dwell_ms(v) / 1000;
	v->board = w->board;
	if (w->board->dwell_s >= needed)
		return;
	SDL_Rect all = canvas_to_px(w->canvas, 0, 0, canvas_width(w->canvas), canvas_height(w->canvas));
	(void)snprintf(
		problem, sizeof problem, "dwell_s is %d, to be read it takes %d", w->board->dwell_s, needed);
	take(w, &(struct review_finding){.rule = REVIEW_DWELL,
			.text = "",
			.problem = problem,
			.width_px = all.w,
			.height_px = all.h});
}

static void review_board(struct walk *w, const struct review_state *s)
{
	struct board_view counter = view_of(w, s);
	int pages = board_pages(&counter);
	int step = (pages + REVIEW_PAGES_MAX - 1) / REVIEW_PAGES_MAX;
	for (int page = 0; page < pages; page += step) {
		struct board_view v = view_of(w, s);
		v.page = page;
		w->page_number = page + 1;
		judge_dwell(w, &v);
		struct review_page *p = review_page_begin(w->canvas, counter.ticker_count > 0, take, w);
		board_paint(&v);
		review_page_end(p);
	}
}

/* The board with an id, as the playlist of its first screen tag has it. */
static void find_board(struct walk *w, const char *id)
{
	struct content *c = w->review->content;
	struct playlist_board *boards;
	w->board = NULL;
	w->board_count = playlist_read(c, playlist_tag_of(c, id, &w->playlist), &w->playlist, &boards);
	for (int i = 0; i < w->board_count; i++) {
		if (strcmp(boards[i].id, id) == 0 && board_find(boards[i].kind))
			w->board = &boards[i];
	}
}

struct review_count review_content(const struct review *r)
{
	struct walk w = {.review = r, .seen = alloc_zero(SEEN_MAX, sizeof *w.seen)};
	struct arena a = {0};
	const char **ids;
	int count = playlist_ids(r->content, &a, &ids);
	for (int size = 0; size < r->size_count; size++) {
		w.canvas = canvas_create_blind(r->sizes[size].width_px, r->sizes[size].height_px, r->fonts);
		for (w.index = 0; w.index < count; w.index++) {
			find_board(&w, ids[w.index]);
			for (int i = 0; w.board && i < r->state_count; i++)
				review_board(&w, &r->states[i]);
		}
		canvas_destroy(w.canvas);
	}
	arena_finish(&a);
	arena_finish(&w.page);
	arena_finish(&w.playlist);
	free(w.seen);
	return w.count;
}
