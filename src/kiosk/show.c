/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "board/motion.h"

#define PAGES_A_VISIT 4 /* never cycle through 143 pages */
#define PAGES_MEASURED 16 /* how many pages are read through for their dwell */
#define PLAN_S 60

struct show {
	struct content *content;
	struct gallery *gallery;
	struct font_set *fonts;
	char *tag;
	struct arena playlist_arena, view_arena;
	struct playlist_board *boards;
	int board_count;
	struct rotation rotation;
	int boards_of_slots[ROTATION_SLOTS_MAX];
	int dot, dot_count; /* of show_plan_only(); -1: the slot's own */
	struct board_view view;
};

struct show *show_create(
	struct content *content, gallery_path *path, void *path_user, const char *tag, struct font_set *fonts)
{
	struct show *s = alloc_zero(1, sizeof *s);
	s->content = content;
	s->gallery = gallery_create(path, path_user);
	s->fonts = fonts;
	s->tag = tag ? alloc_text(tag) : NULL;
	s->dot = -1;
	s->board_count = playlist_read(content, s->tag, &s->playlist_arena, &s->boards);
	return s;
}

void show_destroy(struct show *s)
{
	if (!s)
		return;
	gallery_destroy(s->gallery);
	content_close(s->content);
	arena_finish(&s->playlist_arena);
	arena_finish(&s->view_arena);
	free(s->tag);
	free(s);
}

struct content *show_content(struct show *s)
{
	return s->content;
}

const struct rotation *show_rotation(const struct show *s)
{
	return &s->rotation;
}

const struct playlist_board *show_board(const struct show *s, int slot)
{
	return &s->boards[s->boards_of_slots[slot]];
}

struct board_view *show_view_of(
	struct show *s, struct canvas *c, const struct playlist_board *b, const struct moment *now)
{
	arena_finish(&s->view_arena);
	s->view = (struct board_view){
		.canvas = c,
		.content = s->content,
		.board = b,
		.gallery = s->gallery,
		.now = *now,
		.elapsed_ms = MOTION_STILL,
		.arena = &s->view_arena,
	};
	return &s->view;
}

/* All pages of a board stay equally long: as long as its fullest one needs. */
static int dwell_of(
	struct show *s, struct canvas *c, const struct playlist_board *b, int pages, const struct moment *now)
{
	int longest = 0;
	for (int page = 0; page < pages && page < PAGES_MEASURED; page++) {
		struct board_view *v = show_view_of(s, c, b, now);
		v->page = page;
		int ms = board_dwell_ms(v);
		longest = ms > longest ? ms : longest;
		if (b->dwell_s || board_find(b->kind)->dwell_s || longest == BOARD_DWELL_MAX_MS)
			break; /* nor will another page say anything else */
	}
	return longest;
}

static bool make_slot(struct show *s, struct canvas *c, const struct playlist_board *b,
	const struct moment *now, struct rotation_slot *slot)
{
	if (!board_find(b->kind))
		return false;
	int pages = board_pages(show_view_of(s, c, b, now));
	if (pages <= 0)
		return false;
	*slot = (struct rotation_slot){
		.pages = pages,
		.per_visit = b->per_visit_pages ? b->per_visit_pages : PAGES_A_VISIT,
		.dwell_ms = dwell_of(s, c, b, pages, now),
		.weight = b->weight,
	};
	return true;
}

void show_plan(struct show *s, struct canvas *c, const struct moment *now)
{
	struct rotation_slot slots[ROTATION_SLOTS_MAX];
	int count = 0;
	for (int i = 0; i < s->board_count && count < ROTATION_SLOTS_MAX; i++) {
		const struct playlist_board *b = &s->boards[i];
		if (playlist_is_on(&b->when, now) && make_slot(s, c, b, now, &slots[count]))
			s->boards_of_slots[count++] = i;
	}
	rotation_set(&s->rotation, slots, count);
	s->dot = -1;
}

/* The boards of the tag that the board itself is for, when no tag was asked for. */
static void read_playlist_of(struct show *s, const char *board_id)
{
	const char *tag = s->tag ? s->tag : playlist_tag_of(s->content, board_id, &s->playlist_arena);
	s->board_count = playlist_read(s->content, tag, &s->playlist_arena, &s->boards);
}

bool show_plan_only(struct show *s, struct canvas *c, const struct moment *now, const char *board_id)
{
	struct rotation_slot slot;
	read_playlist_of(s, board_id);
	show_plan(s, c, now);
	int found = -1;
	for (int i = 0; i < s->board_count; i++) {
		if (strcmp(s->boards[i].id, board_id) == 0)
			found = i;
	}
	if (found < 0 || !make_slot(s, c, &s->boards[found], now, &slot))
		return false;
	int dot = -1, dot_count = s->rotation.count;
	for (int i = 0; i < dot_count; i++) {
		if (s->boards_of_slots[i] == found)
			dot = i;
	}
	s->boards_of_slots[0] = found;
	rotation_set(&s->rotation, &slot, 1);
	s->dot = dot < 0 ? 0 : dot;
	s->dot_count = dot < 0 ? 0 : dot_count;
	return true;
}

struct board_view *show_view(struct show *s, struct canvas *c, int slot, int page, const struct moment *now)
{
	struct board_view *v = show_view_of(s, c, show_board(s, slot), now);
	v->page = page;
	v->frame.dot = s->dot < 0 ? slot : s->dot;
	v->frame.dot_count = s->dot < 0 ? s->rotation.count : s->dot_count;
	return v;
}

/* Dayparts begin and end on the minute; notices and days when they say. */
int64_t show_next_plan(struct show *s, const struct moment *now)
{
	int64_t minute = now->utc_s - now->utc_s % PLAN_S + PLAN_S;
	int64_t notice = notice_next_change(s->content, now);
	return notice < minute ? notice : minute;
}
