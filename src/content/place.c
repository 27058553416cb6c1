/* SPDX-License-Identifier: Apache-2.0 */
#include "content/place.h"

#include <sqlite3.h>

#include "content/content.h"

static void read_features(struct content *c, struct place *p, struct arena *a)
{
	sqlite3_stmt *s = content_query(c, "SELECT text FROM places_features WHERE parent = ?1 ORDER BY pos");
	sqlite3_bind_int64(s, 1, p->seq);
	while (content_step(s)) {
		if (p->feature_count < PLACE_FEATURES_MAX)
			p->features[p->feature_count++] = content_text(s, 0, a);
	}
}

int place_of_board(struct content *c, int64_t board, struct arena *a, struct place **out)
{
	sqlite3_stmt *s = content_query(c,
		"SELECT p.seq, p.id, p.name, p.text, p.picture, p.credit, p.as_of,"
		" (SELECT name FROM sources WHERE id = p.source), p.derived, p.sample FROM places p"
		" LEFT JOIN boards_of o ON o.parent = ?1 AND o.id = p.id"
		" WHERE o.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM boards_of WHERE parent = ?1)"
		" ORDER BY o.pos, p.seq");
	sqlite3_bind_int64(s, 1, board);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = (struct place){
			.seq = sqlite3_column_int64(s, 0),
			.id = content_text(s, 1, a),
			.name = content_text(s, 2, a),
			.text = content_text(s, 3, a),
			.picture = content_text(s, 4, a),
			.credit = content_text(s, 5, a),
			.origin = origin_read(s, 6, a),
		};
	}
	for (int i = 0; i < count; i++)
		read_features(c, &(*out)[i], a);
	return count;
}
