/* SPDX-License-Identifier: Apache-2.0 */
#include "content/alert.h"

#include <sqlite3.h>
#include <string.h>

#include "content/content.h"

static const char *const level_words[] = {
	[ALERT_RED] = "red", [ALERT_ORANGE] = "orange", [ALERT_YELLOW] = "yellow", [ALERT_BLUE] = "blue"};
static const char *const sign_words[] = {[ALERT_UP] = "up",
	[ALERT_UP_RIGHT] = "up-right",
	[ALERT_RIGHT] = "right",
	[ALERT_DOWN_RIGHT] = "down-right",
	[ALERT_DOWN] = "down",
	[ALERT_DOWN_LEFT] = "down-left",
	[ALERT_LEFT] = "left",
	[ALERT_UP_LEFT] = "up-left",
	[ALERT_PAUSE] = "pause"};

/* Its place in the list, or the list's length. */
static int find_word(const char *word, const char *const *words, int count)
{
	int i = 0;
	while (i < count && (!word || strcmp(words[i], word) != 0))
		i++;
	return i;
}

static struct alert read_row(sqlite3_stmt *s, struct arena *a)
{
	int level = find_word(content_text(s, 1, a), level_words, ALERT_BLUE + 1);
	return (struct alert){
		.id = content_text(s, 0, a),
		.level = level > ALERT_BLUE ? ALERT_RED : (enum alert_level)level,
		.title = content_text(s, 2, a),
		.text = content_text(s, 3, a),
		.sign = (enum alert_sign)find_word(content_text(s, 4, a), sign_words, ALERT_NO_SIGN),
		.publisher = content_text(s, 5, a),
		.is_exercise = strcmp(content_text(s, 6, a), "exercise") == 0,
		.is_sample = sqlite3_column_int(s, 7) != 0,
	};
}

#define COLUMNS "SELECT id, level, title, text, arrow, publisher, status, sample FROM alerts"

bool alert_read(struct content *c, const char *id, struct arena *a, struct alert *out)
{
	sqlite3_stmt *s = content_query(c, COLUMNS " WHERE id = ?1");
	sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
	bool is_there = content_step(s);
	if (is_there)
		*out = read_row(s, a);
	return is_there;
}

int alert_list(struct content *c, struct arena *a, struct alert **out)
{
	sqlite3_stmt *s = content_query(c, COLUMNS " ORDER BY seq");
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = read_row(s, a);
	}
	return count;
}
