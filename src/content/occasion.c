/* SPDX-License-Identifier: Apache-2.0 */
#include "content/occasion.h"

#include <sqlite3.h>
#include <string.h>

#include "content/content.h"

#define HOUR_S 3600

/* To the day, and certainly: only from such a one are days counted. */
static bool is_day(const struct edtf *d)
{
	return d->precision == EDTF_DAY && !d->is_approximate;
}

struct countdown occasion_countdown(const struct occasion *o, const struct moment *now)
{
	bool is_on = o->status == OCCASION_TENTATIVE || o->status == OCCASION_CONFIRMED;
	if (is_on && now->has_clock && now->today > o->to.last)
		return (struct countdown){COUNTDOWN_OVER, 0};
	if (!is_on || !now->is_trusted)
		return (struct countdown){COUNTDOWN_NONE, 0};
	bool knows_first = o->has_opens || is_day(&o->from);
	int32_t first = o->has_opens ? o->opens : o->from.first;
	if (!knows_first)
		return (struct countdown){
			now->today <= o->from.last ? COUNTDOWN_MONTH : COUNTDOWN_RUNNING, 0};
	if (now->today < first)
		return (struct countdown){COUNTDOWN_DAYS, first - now->today};
	if (now->today == first)
		return (struct countdown){COUNTDOWN_TODAY, 1};
	if (is_day(&o->to) && now->today == o->to.first)
		return (struct countdown){COUNTDOWN_LAST, now->today - first + 1};
	return (struct countdown){COUNTDOWN_DAY_N, now->today - first + 1};
}

static enum occasion_status status_of(const char *word)
{
	static const char *const words[] = {[OCCASION_TENTATIVE] = "tentative",
		[OCCASION_CONFIRMED] = "confirmed",
		[OCCASION_POSTPONED] = "postponed",
		[OCCASION_SUSPENDED] = "suspended"};
	for (int i = 0; i < OCCASION_CANCELLED; i++) {
		if (strcmp(words[i], word) == 0)
			return (enum occasion_status)i;
	}
	return OCCASION_CANCELLED;
}

static void read_highlights(struct content *c, struct occasion *o, struct arena *a)
{
	sqlite3_stmt *s =
		content_query(c, "SELECT text FROM occasions_highlights WHERE parent = ?1 ORDER BY pos");
	sqlite3_bind_int64(s, 1, o->seq);
	while (content_step(s)) {
		if (o->highlight_count < OCCASION_HIGHLIGHTS_MAX)
			o->highlights[o->highlight_count++] = content_text(s, 0, a);
	}
}

static void read_occasion(sqlite3_stmt *s, struct arena *a, struct occasion *o)
{
	*o = (struct occasion){
		.seq = sqlite3_column_int64(s, 0),
		.id = content_text(s, 1, a),
		.name = content_text(s, 2, a),
		.subtitle = content_text(s, 3, a),
		.venue = content_text(s, 6, a),
		.poster = content_text(s, 7, a),
		.url = content_text(s, 8, a),
		.status = status_of(content_text(s, 9, a)),
		.reason = content_text(s, 10, a),
		.has_opens = !content_is_null(s, 11),
		.opens = sqlite3_column_int(s, 11),
		.is_opens_sample = sqlite3_column_int(s, 12) != 0,
		.origin = origin_read(s, 13, a),
	};
	(void)(edtf_parse(content_text(s, 4, a), &o->from) && edtf_parse(content_text(s, 5, a), &o->to));
}

int occasion_of_board(struct content *c, int64_t board, struct arena *a, struct occasion **out)
{
	sqlite3_stmt *s = content_query(c,
		"SELECT e.seq, e.id, e.name, e.subtitle, e.\"from\", e.\"to\", e.venue, "
		"e.poster,"
		" e.url, e.status, e.reason, e.opens, e.is_opens_sample, e.as_of,"
		" (SELECT name FROM sources WHERE id = e.source), e.derived, e.sample"
		" FROM occasions e LEFT JOIN boards_of o ON o.parent = ?1 AND o.id = e.id"
		" WHERE o.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM boards_of WHERE parent = ?1)"
		" ORDER BY o.pos, e.seq");
	sqlite3_bind_int64(s, 1, board);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		read_occasion(s, a, &(*out)[count++]);
	}
	for (int i = 0; i < count; i++)
		read_highlights(c, &(*out)[i], a);
	return count;
}

static bool is_word(sqlite3_stmt *s, int column, const char *word)
{
	const unsigned char *text = sqlite3_column_text(s, column);
	return text && strcmp((const char *)text, word) == 0;
}

int occasion_programme(struct content *c, int64_t occasion, int64_t day_utc_s, int64_t next_day_utc_s,
	struct arena *a, struct occasion_item **out)
{
	sqlite3_stmt *s = content_query(c,
		"SELECT title, place, note, \"from\", \"to\", status, was, sample"
		" FROM occasions_programme WHERE parent = ?1 AND \"from\" >= ?2 AND \"from\" < ?3 ORDER BY "
		"pos");
	sqlite3_bind_int64(s, 1, occasion);
	sqlite3_bind_int64(s, 2, day_utc_s);
	sqlite3_bind_int64(s, 3, next_day_utc_s);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = (struct occasion_item){
			.title = content_text(s, 0, a),
			.place = content_text(s, 1, a),
			.note = content_text(s, 2, a),
			.from_utc_s = sqlite3_column_int64(s, 3),
			.has_to = !content_is_null(s, 4),
			.to_utc_s = sqlite3_column_int64(s, 4),
			.was_moved = is_word(s, 5, "moved"),
			.is_cancelled = is_word(s, 5, "cancelled"),
			.was_utc_s = sqlite3_column_int64(s, 6),
			.is_sample = sqlite3_column_int(s, 7) != 0,
		};
	}
	return count;
}

int64_t occasion_next_start(struct content *c, int64_t occasion, int64_t utc_s)
{
	sqlite3_stmt *s = content_query(
		c, "SELECT MIN(\"from\") FROM occasions_programme WHERE parent = ?1 AND \"from\" >= ?2");
	sqlite3_bind_int64(s, 1, occasion);
	sqlite3_bind_int64(s, 2, utc_s);
	bool found = content_step(s) && !content_is_null(s, 0);
	return found ? sqlite3_column_int64(s, 0) : INT64_MAX;
}

static int64_t end_of(const struct occasion_item *items, int count, int i)
{
	for (int k = i + 1; k < count; k++) {
		if (items[k].from_utc_s > items[i].from_utc_s)
			return items[k].from_utc_s;
	}
	return items[i].from_utc_s + HOUR_S;
}

void occasion_mark(struct occasion_item *items, int count, const struct moment *now)
{
	bool has_next = false;
	for (int i = 0; i < count; i++) {
		struct occasion_item *item = &items[i];
		if (!item->has_to)
			item->to_utc_s = end_of(items, count, i);
		if (item->is_cancelled)
			item->state = ITEM_CANCELLED;
		else if (!now->is_trusted)
			item->state = ITEM_LATER;
		else if (item->to_utc_s <= now->utc_s)
			item->state = ITEM_PAST;
		else if (item->from_utc_s <= now->utc_s)
			item->state = ITEM_NOW;
		else
			item->state = has_next ? ITEM_LATER : ITEM_NEXT;
		has_next = has_next || item->state == ITEM_NEXT;
	}
}
