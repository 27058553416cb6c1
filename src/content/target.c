/* SPDX-License-Identifier: Apache-2.0 */
#include "content/target.h"

#include <sqlite3.h>

#include "content/content.h"
#include "content/query.h"

static void read_aims(struct content *c, struct arena *a, struct target *t)
{
	sqlite3_stmt *s = content_query(c, "SELECT label, unit, value, qualifier, progress FROM targets_items"
					   " WHERE parent = ?1 ORDER BY pos");
	sqlite3_bind_int64(s, 1, t->seq);
	while (content_step(s)) {
		t->aims[t->aim_count++] = (struct target_aim){
			.figure = {.label = content_text(s, 0, a),
				.unit = content_text(s, 1, a),
				.value = sqlite3_column_double(s, 2),
				.decimals = INDICATOR_DECIMALS_UNSAID,
				.qualifier = figure_qualifier_named(content_text(s, 3, a))},
			.has_progress = !content_is_null(s, 4),
			.progress = sqlite3_column_double(s, 4),
		};
	}
}

static void read_names(sqlite3_stmt *s, int64_t target, struct arena *a, struct target_names *out)
{
	sqlite3_bind_int64(s, 1, target);
	for (; content_step(s); out->count++) {
		const char *name = content_text(s, 0, a);
		if (name)
			out->names[out->named++] = name;
	}
}

int target_of_board(struct content *c, int64_t board, struct arena *a, struct target **out)
{
	sqlite3_stmt *s = content_query(c,
		"SELECT x.seq, x.name, x.\"by\", x.now, x.tracks_name, "
		"x.parks_name, " QUERY_ORIGIN("x") QUERY_OF_BOARD("targets") " ORDER BY o.pos, x.seq");
	sqlite3_bind_int64(s, 1, board);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = (struct target){
			.seq = sqlite3_column_int64(s, 0),
			.name = content_text(s, 1, a),
			.by = content_text(s, 2, a),
			.now = content_text(s, 3, a),
			.tracks_name = content_text(s, 4, a),
			.parks_name = content_text(s, 5, a),
			.origin = origin_read(s, 6, a),
		};
	}
	for (int i = 0; i < count; i++) {
		struct target *t = &(*out)[i];
		read_aims(c, a, t);
		read_names(content_query(c, "SELECT name FROM targets_tracks WHERE parent = ?1 ORDER BY pos"),
			t->seq, a, &t->tracks);
		read_names(content_query(c, "SELECT name FROM targets_parks WHERE parent = ?1 ORDER BY pos"),
			t->seq, a, &t->parks);
	}
	return count;
}
