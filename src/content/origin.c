/* SPDX-License-Identifier: Apache-2.0 */
#include "content/origin.h"

#include <sqlite3.h>

#include "content/content.h"

struct origin origin_read(sqlite3_stmt *s, int column, struct arena *a)
{
	return (struct origin){
		.as_of = content_text(s, column, a),
		.source = content_text(s, column + 1, a),
		.derived = content_text(s, column + 2, a),
		.is_sample = sqlite3_column_int(s, column + 3) != 0,
	};
}
