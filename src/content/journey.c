/* SPDX-License-Identifier: Apache-2.0 */
#include "content/journey.h"

#include <sqlite3.h>

#include "content/content.h"
#include "content/query.h"

#define MONTH_DAYS 30

int journey_days(const struct journey_step *s)
{
	return s->unit == WORKDAY_MONTHS ? s->value * MONTH_DAYS : s->value;
}

static void read_steps(struct content *c, struct arena *a, struct journey *j)
{
	sqlite3_stmt *s = content_query(c, "SELECT name, start, limit_value, limit_unit FROM journeys_steps"
					   " WHERE parent = ?1 ORDER BY pos");
	sqlite3_bind_int64(s, 1, j->seq);
	for (; content_step(s); j->step_count++) {
		struct journey_step *step = &j->steps[j->step_count];
		step->name = content_text(s, 0, a);
		step->start = content_text(s, 1, a);
		step->value = sqlite3_column_int(s, 2);
		(void)workday_unit_find(content_text(s, 3, a), &step->unit); /* the check has seen it */
	}
}

int journey_of_board(struct content *c, int64_t board, struct arena *a, struct journey **out)
{
	sqlite3_stmt *s = content_query(c, "SELECT x.seq, x.name, x.goal, " QUERY_ORIGIN("x")
						   QUERY_OF_BOARD("journeys") " ORDER BY o.pos, x.seq");
	sqlite3_bind_int64(s, 1, board);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = (struct journey){
			.seq = sqlite3_column_int64(s, 0),
			.name = content_text(s, 1, a),
			.goal = content_text(s, 2, a),
			.origin = origin_read(s, 3, a),
		};
	}
	for (int i = 0; i < count; i++) {
		struct journey *j = &(*out)[i];
		read_steps(c, a, j);
		j->figure_count = figure_of_journey(c, j->seq, a, &j->figures);
	}
	return count;
}
