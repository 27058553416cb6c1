/* SPDX-License-Identifier: Apache-2.0 */
#include "content/playlist.h"

#include <sqlite3.h>
#include <string.h>

#include "content/content.h"

static bool is_weekday(const struct playlist_when *w, int32_t day)
{
	return w->weekdays == 0 || (w->weekdays >> civil_weekday(day) & 1u);
}

/* An interval that passes midnight belongs to the day it starts on. */
static bool covers(const struct playlist_when *w, const struct playlist_interval *h, const struct moment *now)
{
	if (h->from < h->to)
		return now->minute >= h->from && now->minute < h->to && is_weekday(w, now->today);
	return (now->minute >= h->from && is_weekday(w, now->today)) ||
	       (now->minute < h->to && is_weekday(w, now->today - 1));
}

bool playlist_is_on(const struct playlist_when *w, const struct moment *now)
{
	if (w->from_utc_s > now->unlock_utc_s)
		return false;
	if (!now->has_clock)
		return true;
	if (now->utc_s >= w->until_utc_s)
		return false;
	if (w->hour_count == 0)
		return is_weekday(w, now->today);
	for (int i = 0; i < w->hour_count; i++) {
		if (covers(w, &w->hours[i], now))
			return true;
	}
	return false;
}

static void read_when(struct content *c, struct playlist_board *b)
{
	static const char *const names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
	sqlite3_stmt *s = content_query(c, "SELECT day FROM boards_when_days WHERE parent = ?1");
	sqlite3_bind_int64(s, 1, b->seq);
	while (content_step(s)) {
		const char *day = (const char *)sqlite3_column_text(s, 0);
		for (unsigned i = 0; i < 7; i++) {
			if (strcmp(names[i], day) == 0)
				b->when.weekdays |= 1u << i;
		}
	}
	s = content_query(c, "SELECT \"from\", \"to\" FROM boards_when_hours WHERE parent = ?1 ORDER BY pos");
	sqlite3_bind_int64(s, 1, b->seq);
	while (content_step(s)) {
		if (b->when.hour_count < PLAYLIST_HOURS_MAX)
			b->when.hours[b->when.hour_count++] = (struct playlist_interval){
				sqlite3_column_int(s, 0), sqlite3_column_int(s, 1)};
	}
}

static enum project_way way_of(sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);
	if (text && strcmp(text, "schedule") == 0)
		return PROJECT_BY_SCHEDULE;
	return text && strcmp(text, "facts") == 0 ? PROJECT_FACTS_ONLY : PROJECT_BY_STAGE;
}

int playlist_read(struct content *c, const char *tag, struct arena *a, struct playlist_board **out)
{
	sqlite3_stmt *s =
		content_query(c, "SELECT seq, id, kind, theme, title, subtitle, section, "
				 "dwell_s, per_visit_pages,"
				 " COALESCE(weight, 1), status, when_from, when_until, picture, caption, "
				 "sample, video FROM boards b"
				 " WHERE NOT EXISTS (SELECT 1 FROM boards_screens WHERE parent = b.seq)"
				 " OR EXISTS (SELECT 1 FROM boards_screens s WHERE s.parent = b.seq AND s.id "
				 "= ?1) ORDER BY seq");
	sqlite3_bind_text(s, 1, tag, -1, SQLITE_STATIC);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		struct playlist_board *b = &(*out)[count++];
		b->seq = sqlite3_column_int64(s, 0);
		b->id = content_text(s, 1, a);
		b->kind = content_text(s, 2, a);
		b->theme = content_text(s, 3, a);
		b->title = content_text(s, 4, a);
		b->subtitle = content_text(s, 5, a);
		b->section = content_text(s, 6, a);
		b->dwell_s = sqlite3_column_int(s, 7);
		b->per_visit_pages = sqlite3_column_int(s, 8);
		b->weight = sqlite3_column_int(s, 9);
		b->way = way_of(s, 10);
		b->picture = content_text(s, 13, a);
		b->caption = content_text(s, 14, a);
		b->is_sample = sqlite3_column_int(s, 15) != 0;
		b->video = content_text(s, 16, a);
		b->when.from_utc_s = content_is_null(s, 11) ? INT64_MIN : sqlite3_column_int64(s, 11);
		b->when.until_utc_s = content_is_null(s, 12) ? INT64_MAX : sqlite3_column_int64(s, 12);
	}
	for (int i = 0; i < count; i++)
		read_when(c, &(*out)[i]);
	return count;
}

int playlist_ids(struct content *c, struct arena *a, const char ***out)
{
	sqlite3_stmt *s = content_query(c, "SELECT id FROM boards ORDER BY seq");
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = content_text(s, 0, a);
	}
	return count;
}

const char *playlist_tag_of(struct content *c, const char *board_id, struct arena *a)
{
	sqlite3_stmt *s = content_query(c, "SELECT s.id FROM boards b JOIN boards_screens s ON s.parent = "
					   "b.seq WHERE b.id = ?1 ORDER BY s.pos LIMIT 1");
	sqlite3_bind_text(s, 1, board_id, -1, SQLITE_STATIC);
	return content_step(s) ? content_text(s, 0, a) : NULL;
}

bool playlist_has_hours(struct content *c, const char *tag)
{
	sqlite3_stmt *s = content_query(c, "SELECT 1 FROM screens_hours WHERE tag = ?1 LIMIT 1");
	sqlite3_bind_text(s, 1, tag, -1, SQLITE_STATIC);
	return content_step(s);
}

bool playlist_is_lit(struct content *c, const char *tag, const struct moment *now)
{
	struct playlist_when lit = {.from_utc_s = INT64_MIN, .until_utc_s = INT64_MAX};
	sqlite3_stmt *s =
		content_query(c, "SELECT \"from\", \"to\" FROM screens_hours WHERE tag = ?1 ORDER BY pos");
	sqlite3_bind_text(s, 1, tag, -1, SQLITE_STATIC);
	while (content_step(s)) {
		if (lit.hour_count < PLAYLIST_HOURS_MAX)
			lit.hours[lit.hour_count++] = (struct playlist_interval){
				sqlite3_column_int(s, 0), sqlite3_column_int(s, 1)};
	}
	return playlist_is_on(&lit, now);
}
