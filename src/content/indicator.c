/* SPDX-License-Identifier: Apache-2.0 */
#include "content/indicator.h"

#include <sqlite3.h>
#include <string.h>

#include "content/content.h"

#define ORIGIN(t) t ".as_of, (SELECT name FROM sources WHERE id = " t ".source), " t ".derived, " t ".sample"

static double number(sqlite3_stmt *s, int column, bool *has)
{
	*has = !content_is_null(s, column);
	return sqlite3_column_double(s, column);
}

static int decimals(sqlite3_stmt *s, int column)
{
	return content_is_null(s, column) ? INDICATOR_DECIMALS_UNSAID : sqlite3_column_int(s, column);
}

static bool is_word(sqlite3_stmt *s, int column, const char *word)
{
	const unsigned char *text = sqlite3_column_text(s, column);
	return text && strcmp((const char *)text, word) == 0;
}

static void read_indicator(sqlite3_stmt *s, struct arena *a, struct indicator *i)
{
	*i = (struct indicator){
		.seq = sqlite3_column_int64(s, 0),
		.pos = sqlite3_column_int(s, 1),
		.id = content_text(s, 2, a),
		.name = content_text(s, 3, a),
		.unit = content_text(s, 4, a),
		.period = content_text(s, 5, a),
		.decimals = decimals(s, 9),
		.rank = sqlite3_column_int(s, 10),
		.rank_at_least = sqlite3_column_int(s, 11),
		.of = sqlite3_column_int(s, 12),
		.previous_rank = sqlite3_column_int(s, 13),
		.members = sqlite3_column_int(s, 14),
		.is_high_better = is_word(s, 15, "high"),
		.is_growth_ranked = is_word(s, 16, "growth"),
		.origin = origin_read(s, 17, a),
	};
	i->value = number(s, 6, &i->has_value);
	i->growth_pct = number(s, 7, &i->has_growth);
	i->change_pp = number(s, 8, &i->has_change);
}

int indicator_of_board(struct content *c, int64_t board, struct arena *a, struct indicator **out)
{
	sqlite3_stmt *s = content_query(c,
		"SELECT i.seq, COALESCE(o.pos, -1), i.id, i.name, i.unit, i.period, "
		"i.value,"
		" i.growth_pct, i.change_pp, i.decimals, i.rank, i.rank_at_least, i.\"of\", i.previous_rank,"
		" i.members, i.better, i.basis, " ORIGIN(
			"i") " FROM indicators i LEFT JOIN boards_of o ON o.parent = ?1 AND o.id = i.id"
			     " WHERE o.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM boards_of WHERE parent = "
			     "?1)"
			     " ORDER BY o.pos, i.seq");
	sqlite3_bind_int64(s, 1, board);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		read_indicator(s, a, &(*out)[count++]);
	}
	return count;
}

static int find_word(const char *text, const char *const *words, int count)
{
	for (int i = 1; text && i < count; i++) {
		if (strcmp(words[i], text) == 0)
			return i;
	}
	return 0;
}

enum figure_qualifier figure_qualifier_named(const char *word)
{
	static const char *const words[] = {"", "over", "about", "at_least", "planned", "top_n", "rank"};
	return (enum figure_qualifier)find_word(word, words, 7);
}

static void read_figure(sqlite3_stmt *s, struct arena *a, struct figure *f)
{
	static const char *const trends[] = {"", "up", "down", "flat"};
	const char *unit = content_text(s, 4, a);
	*f = (struct figure){
		.seq = sqlite3_column_int64(s, 0),
		.pos = sqlite3_column_int(s, 1),
		.id = content_text(s, 2, a),
		.label = content_text(s, 3, a),
		.unit = unit ? unit : "",
		.value = sqlite3_column_double(s, 5),
		.decimals = decimals(s, 6),
		.qualifier = figure_qualifier_named(content_text(s, 7, a)),
		.trend = (enum figure_trend)find_word(content_text(s, 8, a), trends, 4),
		.compare_label = content_text(s, 10, a),
		.origin = origin_read(s, 11, a),
	};
	f->compare_value = number(s, 9, &f->has_compare);
}

static int read_figures(sqlite3_stmt *s, int64_t owner, struct arena *a, struct figure **out)
{
	sqlite3_bind_int64(s, 1, owner);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		read_figure(s, a, &(*out)[count++]);
	}
	return count;
}

#define FIGURES(owners)                                                                                      \
	"SELECT f.seq, o.pos, f.id, f.label, f.unit, f.value, f.decimals, f.qualifier, "                     \
	"f.trend,"                                                                                           \
	" f.compare_value, f.compare_label, " ORIGIN(                                                        \
		"f") " FROM " owners " o JOIN figures f ON f.id = o.id WHERE o.parent = ?1 ORDER BY o.pos"

int figure_of_board(struct content *c, int64_t board, struct arena *a, struct figure **out)
{
	return read_figures(content_query(c, FIGURES("boards_of")), board, a, out);
}

int figure_of_place(struct content *c, int64_t place, struct arena *a, struct figure **out)
{
	return read_figures(content_query(c, FIGURES("places_figures")), place, a, out);
}

int figure_of_journey(struct content *c, int64_t journey, struct arena *a, struct figure **out)
{
	return read_figures(content_query(c, FIGURES("journeys_figures")), journey, a, out);
}

static bool is_behind(const struct standing *a, const struct standing *b)
{
	if (b->rank == STANDING_NONE)
		return false;
	return a->rank == STANDING_NONE || a->rank > b->rank;
}

/* By insertion: at most 200, nearly in order, and equals keep theirs. */
static void sort_standings(struct standing *s, int count)
{
	for (int i = 1; i < count; i++) {
		struct standing moved = s[i];
		int k = i;
		for (; k > 0 && is_behind(&s[k - 1], &moved); k--)
			s[k] = s[k - 1];
		s[k] = moved;
	}
}

int indicator_standings(struct content *c, const struct indicator *i, struct arena *a, struct standing **out)
{
	sqlite3_stmt *s =
		content_query(c, "SELECT region, value, rank, previous_rank FROM indicators_standings"
				 " WHERE parent = ?1 ORDER BY rank IS NULL, rank, pos");
	sqlite3_bind_int64(s, 1, i->seq);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		struct standing *row = &(*out)[count++];
		row->region = content_text(s, 0, a);
		row->value = number(s, 1, &row->has_value);
		row->rank = sqlite3_column_int(s, 2);
		row->previous_rank = sqlite3_column_int(s, 3);
	}
	standing_rank(*out, count, i->is_high_better);
	sort_standings(*out, count);
	return count;
}
