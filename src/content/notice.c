/* SPDX-License-Identifier: Apache-2.0 */
#include "content/notice.h"

#include <sqlite3.h>
#include <string.h>

#include "content/content.h"

bool notice_is_live(const struct notice *n, const struct moment *now)
{
	return n->from_utc_s <= now->unlock_utc_s && (!now->has_clock || now->utc_s < n->until_utc_s);
}

#define NOTICE_COLUMNS                                                                                       \
	"SELECT n.seq, COALESCE(o.pos, -1), n.id, n.title, n.text, n.category, "                             \
	"n.\"from\","                                                                                        \
	" n.\"until\", n.ticker, n.level = 'important', n.as_of,"                                            \
	" (SELECT name FROM sources WHERE id = n.source), n.derived, n.sample FROM notices n"                \
	" LEFT JOIN boards_of o ON o.parent = ?1 AND o.id = n.id "

static int read_live(sqlite3_stmt *s, const struct moment *now, struct arena *a, struct notice **out)
{
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		struct notice n = {
			.seq = sqlite3_column_int64(s, 0),
			.pos = sqlite3_column_int(s, 1),
			.id = content_text(s, 2, a),
			.title = content_text(s, 3, a),
			.text = content_text(s, 4, a),
			.category = content_text(s, 5, a),
			.from_utc_s = content_is_null(s, 6) ? INT64_MIN : sqlite3_column_int64(s, 6),
			.until_utc_s = content_is_null(s, 7) ? INT64_MAX : sqlite3_column_int64(s, 7),
			.runs_in_ticker = sqlite3_column_int(s, 8) != 0,
			.is_important = sqlite3_column_int(s, 9) != 0,
			.origin = origin_read(s, 10, a),
		};
		if (!notice_is_live(&n, now))
			continue;
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = n;
	}
	return count;
}

int notice_of_board(
	struct content *c, int64_t board, const struct moment *now, struct arena *a, struct notice **out)
{
	sqlite3_stmt *s = content_query(c, NOTICE_COLUMNS
		"WHERE o.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM boards_of WHERE parent = ?1)"
		" ORDER BY o.pos, n.seq");
	sqlite3_bind_int64(s, 1, board);
	return read_live(s, now, a, out);
}

int notice_ticker(struct content *c, bool only_important, const struct moment *now, struct arena *a,
	struct notice **out)
{
	sqlite3_stmt *s =
		content_query(c, NOTICE_COLUMNS "WHERE n.ticker AND (NOT ?2 OR n.level = 'important') ORDER "
						"BY n.level <> 'important', n.seq");
	sqlite3_bind_int(s, 2, only_important);
	return read_live(s, now, a, out);
}

int64_t notice_next_change(struct content *c, const struct moment *now)
{
	sqlite3_stmt *s = content_query(c, "SELECT MIN(t) FROM (SELECT \"from\" AS t FROM notices UNION ALL "
					   "SELECT \"until\" FROM notices)"
					   " WHERE t > ?1");
	sqlite3_bind_int64(s, 1, now->utc_s);
	bool found = content_step(s) && !content_is_null(s, 0);
	return found ? sqlite3_column_int64(s, 0) : INT64_MAX;
}
