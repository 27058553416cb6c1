/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/scene_visit.h"

#include <string.h>

#include "board/visitor.h"
#include "content/initials.h"
#include "kiosk/scene_parts.h"

/* Every project: the board that is none. */
static const struct playlist_board all_projects = {.kind = "detail", .theme = "hall", .weight = 1};

bool scene_can_be_visited(const struct scene *s)
{
	return s->shown.is_page && s->live && scene_slot_of_shown(s) >= 0;
}

void scene_begin_visit(struct scene *s, struct visit *v, int64_t now_ms)
{
	visit_begin(v, scene_slot_of_shown(s), s->shown.page, now_ms);
	scene_set_aside(s);
}

const struct rotation *scene_visit_rotation(const struct scene *s)
{
	return show_rotation(s->live->show);
}

bool scene_must_end_visit(const struct scene *s, const struct scene_now *now)
{
	return s->incoming || now->must_hold;
}

void scene_end_visit(struct scene *s)
{
	scene_set_aside(s);
}

const struct touch_button *scene_touched(
	const struct scene *s, const struct touch_buttons *buttons, double x, double y)
{
	const SDL_Surface *surface = canvas_surface(s->front);
	struct point p = canvas_from_px(s->front, x * surface->w, y * surface->h);
	return visitor_find(buttons, p.x, p.y);
}

/* Whoever sees no project on this screen's boards is not offered to look for one. */
static bool has_pad(const struct scene *s)
{
	const struct rotation *r = scene_visit_rotation(s);
	for (int i = 0; i < r->count; i++) {
		const char *kind = show_board(s->live->show, i)->kind;
		if (strcmp(kind, "list") == 0 || strcmp(kind, "projects") == 0 || strcmp(kind, "detail") == 0)
			return project_count(show_content(s->live->show), 0) > 0;
	}
	return false;
}

/* ---- views -------------------------------------------------------------------------------- */

static struct board_view *page_view(
	struct scene *s, const struct moment *m, const struct scene_now *now, int slot, int page)
{
	struct board_view *v = show_view(s->live->show, s->front, slot, page, m);
	v->frame.is_offline = now->is_offline;
	v->frame.is_stale = now->is_stale;
	return v;
}

static struct board_view *project_view(
	struct scene *s, const struct moment *m, const struct scene_now *now, int project)
{
	struct board_view *v = show_view_of(s->live->show, s->front, &all_projects, m);
	v->page = project;
	v->frame.is_offline = now->is_offline;
	v->frame.is_stale = now->is_stale;
	return v;
}

static void paint_page(struct scene *s, const struct moment *m, const struct scene_now *now,
	const struct visit *visit, struct touch_buttons *out)
{
	const struct rotation *r = scene_visit_rotation(s);
	struct visitor_place place = {.board = visit->slot,
		.board_count = r->count,
		.page = visit->page,
		.page_count = r->slots[visit->slot].pages,
		.has_pad = has_pad(s)};
	struct board_view *v = page_view(s, m, now, visit->slot, visit->page);
	board_paint(v);
	visitor_paint_page_bar(v, &place, out);
}

static void paint_list(struct scene *s, const struct moment *m, const struct scene_now *now,
	struct visit *visit, struct touch_buttons *out)
{
	const struct rotation *r = scene_visit_rotation(s);
	struct arena titles = {0};
	const char *names[ROTATION_SLOTS_MAX];
	int values[ROTATION_SLOTS_MAX];
	for (int i = 0; i < r->count; i++) {
		const char *title = board_title(page_view(s, m, now, i, 0));
		names[i] = title ? arena_text(&titles, title) : arena_printf(&titles, "第%d块看板", i + 1);
		values[i] = i;
	}
	struct board_view *v = project_view(s, m, now, 0);
	struct visitor_names boards = {names, values, r->count, visit->first < r->count ? visit->first : 0};
	visit->first = boards.first;
	visit->shown = visitor_paint_list(v, &boards, has_pad(s), out);
	arena_finish(&titles);
}

/* Those whose initials have what was typed, in the order of all. */
static struct visitor_names find_projects(struct board_view *v, const struct moment *m, const char *typed)
{
	struct visitor_names found = {0};
	int count = project_count(v->content, 0);
	struct project_scope all = {0, m->is_trusted ? m->today : SCHEDULE_TODAY_UNKNOWN, PROJECT_BY_STAGE};
	struct project *rows = arena_take(v->arena, (size_t)count, sizeof *rows);
	const char **names = arena_take(v->arena, (size_t)count, sizeof *names);
	int *values = arena_take(v->arena, (size_t)count, sizeof *values);
	count = *typed ? project_rows(v->content, &all, 0, count, v->arena, rows) : 0;
	for (int i = 0; i < count; i++) {
		char initials[INITIALS_MAX];
		initials_of(rows[i].name, initials);
		if (!initials_have(initials, typed))
			continue;
		names[found.count] = rows[i].name;
		values[found.count++] = i;
	}
	found.names = names;
	found.values = values;
	return found;
}

static void paint_pad(struct scene *s, const struct moment *m, const struct scene_now *now,
	struct visit *visit, struct touch_buttons *out)
{
	struct board_view *v = project_view(s, m, now, 0);
	struct visitor_names found = find_projects(v, m, visit->typed);
	found.first = visit->first < found.count ? visit->first : 0;
	visit->first = found.first;
	visit->shown = visitor_paint_pad(v, visit->typed, &found, out);
}

static void paint_project(struct scene *s, const struct moment *m, const struct scene_now *now,
	const struct visit *visit, struct touch_buttons *out)
{
	struct board_view *v = project_view(s, m, now, visit->project);
	board_paint(v);
	visitor_paint_project_bar(v, out);
}

void scene_paint_visit(
	struct scene *s, const struct scene_now *now, struct visit *v, struct touch_buttons *out)
{
	struct moment m = scene_moment(s, now);
	out->count = 0;
	s->is_visited = true;
	if (v->view == VISIT_LIST)
		paint_list(s, &m, now, v, out);
	else if (v->view == VISIT_PAD)
		paint_pad(s, &m, now, v, out);
	else if (v->view == VISIT_PROJECT)
		paint_project(s, &m, now, v, out);
	else
		paint_page(s, &m, now, v, out);
}
