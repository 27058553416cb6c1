/* SPDX-License-Identifier: Apache-2.0 */
#include "content/record.h"

#include <sqlite3.h>

#include "content/content.h"
#include "content/query.h"

double record_days(const struct record *r)
{
	return r->is_months ? r->value * RECORD_MONTH_DAYS : r->value;
}

static bool is_longer(const struct record *a, const struct record *b)
{
	return record_days(a) > record_days(b);
}

/* By insertion: equals keep the board's order. */
static void sort(struct record *list, int count)
{
	for (int i = 1; i < count; i++) {
		struct record moved = list[i];
		int k = i;
		for (; k > 0 && is_longer(&list[k - 1], &moved); k--)
			list[k] = list[k - 1];
		list[k] = moved;
	}
}

int record_of_board(struct content *c, int64_t board, struct arena *a, struct record **out)
{
	sqlite3_stmt *s = content_query(c, "SELECT x.who, x.what, x.value, x.unit = 'months', " QUERY_ORIGIN(
						   "x") QUERY_OF_BOARD("records") " ORDER BY o.pos, x.seq");
	sqlite3_bind_int64(s, 1, board);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = (struct record){
			.who = content_text(s, 0, a),
			.what = content_text(s, 1, a),
			.value = sqlite3_column_double(s, 2),
			.is_months = sqlite3_column_int(s, 3) != 0,
			.origin = origin_read(s, 4, a),
		};
	}
	sort(*out, count);
	return count;
}
