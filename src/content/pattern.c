/* SPDX-License-Identifier: Apache-2.0 */
#include "content/pattern.h"

#include <sqlite3.h>
#include <string.h>

#include "content/content.h"
#include "content/query.h"

static enum pattern_direction direction_of(const char *word)
{
	static const char *const words[] = {[PATTERN_NORTH] = "north",
		[PATTERN_EAST] = "east",
		[PATTERN_SOUTH] = "south",
		[PATTERN_WEST] = "west"};
	int i = 0;
	while (i + 1 < PATTERN_DIRECTIONS && strcmp(words[i], word) != 0)
		i++;
	return (enum pattern_direction)i;
}

/* One row a station, or one for an arm without any. */
static void read_arms(struct content *c, struct arena *a, struct pattern *p)
{
	sqlite3_stmt *s =
		content_query(c, "SELECT m.direction, m.name, m.theme, m.note, t.text FROM patterns_arms m"
				 " LEFT JOIN patterns_arms_stations t ON t.parent = m.seq WHERE m.parent = ?1"
				 " ORDER BY m.pos, t.pos");
	sqlite3_bind_int64(s, 1, p->seq);
	while (content_step(s)) {
		struct pattern_arm *arm = &p->arms[direction_of(content_text(s, 0, a))];
		arm->name = content_text(s, 1, a);
		arm->theme = content_text(s, 2, a);
		arm->note = content_text(s, 3, a);
		if (!content_is_null(s, 4))
			arm->stations[arm->station_count++] = content_text(s, 4, a);
	}
}

int pattern_of_board(struct content *c, int64_t board, struct arena *a, struct pattern **out)
{
	sqlite3_stmt *s = content_query(c, "SELECT x.seq, x.name, x.centre, x.railway, " QUERY_ORIGIN("x")
						   QUERY_OF_BOARD("patterns") " ORDER BY o.pos, x.seq");
	sqlite3_bind_int64(s, 1, board);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = (struct pattern){
			.seq = sqlite3_column_int64(s, 0),
			.name = content_text(s, 1, a),
			.centre = content_text(s, 2, a),
			.railway = content_text(s, 3, a),
			.origin = origin_read(s, 4, a),
		};
	}
	for (int i = 0; i < count; i++)
		read_arms(c, a, &(*out)[i]);
	return count;
}
