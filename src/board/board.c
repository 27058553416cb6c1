/* SPDX-License-Identifier: Apache-2.0 */
#include "board/board.h"

#include <string.h>

#include "base/utf8.h"
#include "base/zone.h"
#include "board/frame.h"
#include "board/kinds.h"
#include "board/motion.h"
#include "board/ticker.h"

#define DWELL_MIN_MS 8000
#define DWELL_BASE_MS 4000
#define READ_CHARS_PER_S 4

static const struct board_kind *const kinds[] = {&board_overview, &board_standing, &board_league,
	&board_projects, &board_list, &board_detail, &board_records, &board_targets, &board_pattern,
	&board_journey, &board_occasion, &board_programme, &board_place, &board_picture, &board_video,
	&board_notices};

const struct board_kind *board_find(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	}
	return NULL;
}

/* What the kinds rely on: the ticker's notices, and nothing found yet. */
static const struct board_kind *begin(struct board_view *v)
{
	bool is_notices = strcmp(v->board->kind, "notices") == 0;
	struct notice *ticker;
	v->found = (struct board_findings){0};
	if (v->frame.is_stale)
		v->now = moment_stale(&v->now);
	v->ticker_count = notice_ticker(v->content, !is_notices, &v->now, v->arena, &ticker);
	v->ticker = ticker;
	return board_find(v->board->kind);
}

int board_pages(struct board_view *v)
{
	const struct board_kind *kind = begin(v);
	return kind ? kind->pages(v) : 0;
}

void board_paint(struct board_view *v)
{
	const struct board_kind *kind = begin(v);
	const struct theme *theme = theme_find(v->board->theme);
	canvas_clear(v->canvas, theme ? theme : theme_hall());
	frame_entered(v);
	kind->paint(v);
	/* No kind can forget it: what shows sample data says so. */
	if (v->found.is_sample && !v->found.tag_is_placed)
		part_tag(v->canvas, frame_left(v) + 420, 44, "示例数据");
	if (!kind->has_no_frame)
		frame_draw_footer(v);
	SDL_Rect strip;
	if (frame_has_ticker(v))
		(void)ticker_paint(v, v->ticker_ms, &strip);
	canvas_fade(v->canvas, 1, 0);
}

bool board_film_place(struct board_view *v, SDL_Rect *out)
{
	const struct board_kind *kind = begin(v);
	return kind->place_film && kind->place_film(v, out);
}

void board_paint_over_film(struct board_view *v)
{
	begin(v)->paint_over_film(v);
}

static void count_chars(void *user, const struct draw_op *op)
{
	int *chars = user;
	if (op->kind == DRAW_TEXT)
		*chars += (int)utf8_count(op->text);
}

/* Paints it where nobody sees it. */
static struct board_findings read_through(
	struct board_view *v, const struct board_kind *kind, canvas_listener *listener, void *user)
{
	struct board_view reader = *v;
	SDL_Rect all = canvas_to_px(v->canvas, 0, 0, canvas_width(v->canvas), canvas_height(v->canvas));
	reader.canvas = canvas_create_blind(all.w, all.h, canvas_fonts(v->canvas));
	canvas_enlarge_text(reader.canvas, canvas_has_large_text(v->canvas));
	canvas_listen(reader.canvas, listener, user);
	reader.elapsed_ms = MOTION_STILL;
	kind->paint(&reader);
	canvas_destroy(reader.canvas);
	return reader.found;
}

int board_dwell_ms(struct board_view *v)
{
	const struct board_kind *kind = begin(v);
	if (v->board->dwell_s)
		return v->board->dwell_s * 1000;
	if (kind->dwell_s)
		return kind->dwell_s * 1000;
	int chars = 0;
	(void)read_through(v, kind, count_chars, &chars);
	int ms = DWELL_BASE_MS + chars * 1000 / READ_CHARS_PER_S;
	ms = ms < DWELL_MIN_MS ? DWELL_MIN_MS : ms > BOARD_DWELL_MAX_MS ? BOARD_DWELL_MAX_MS : ms;
	return ms / 1000 * 1000;
}

const char *board_title(struct board_view *v)
{
	const struct board_kind *kind = begin(v);
	if (v->board->title)
		return v->board->title;
	const char *title = read_through(v, kind, NULL, NULL).title;
	return title ? title : v->board->section;
}

static int64_t next_midnight(const struct board_view *v)
{
	struct civil day = civil_from_days(v->now.today + 1);
	return zone_utc(content_zone(v->content), &day);
}

int64_t board_next_change(struct board_view *v)
{
	const struct board_kind *kind = begin(v);
	int64_t midnight = v->now.has_clock ? next_midnight(v) : INT64_MAX;
	int64_t own = kind->next_change ? kind->next_change(v) : INT64_MAX;
	int64_t notices = notice_next_change(v->content, &v->now);
	int64_t first = own < midnight ? own : midnight;
	return notices < first ? notices : first;
}

void board_paint_emblem(struct canvas *c, const char *site_name)
{
	canvas_clear(c, theme_hall());
	double cx = canvas_width(c) / 2, cy = canvas_height(c) / 2;
	part_brand(c, cx - 88, cy - 132, 176);
	text_line(c, cx, cy + 140, TEXT_CENTER, site_name, 64, FONT_BOLD, TOKEN_FG, TEXT_SPACED);
}
