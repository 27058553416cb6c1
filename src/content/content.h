/* content.h - a version's content, checked and ready to be asked.
 *
 * Made from the verified bytes of a content document and from nothing else: an
 * SQLite database in memory, which the boards' queries read. One thread at a
 * time. */
#ifndef CONTENT_H
#define CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "content/check.h"

struct content;

/* First in a program that shows: SQLite, too, stops without memory. A text that it has none
 * for reads as one that is not there. */
void content_prepare(void);

/* Checks and builds. ERR_FORMAT: the first error's place, value and rule, and
 * how many more there are. */
bool content_open(struct content **out, const char *bytes, size_t len, const struct check_options *options,
	struct err *e);
void content_close(struct content *c); /* NULL is fine */

/* Borrowed until close. */
const char *content_site_name(const struct content *c);
const char *content_zone(const struct content *c);

/* ---- for the queries of this room ------------------------------------------ */

struct sqlite3_stmt;

/* A prepared statement, kept until close and found again by the text's address:
 * pass a string literal. Reset and without bindings. */
struct sqlite3_stmt *content_query(struct content *c, const char *sql);

/* True while there are rows; a failed step ends the process (the database is in
 * memory and the statements are constant: it is a bug). */
bool content_step(struct sqlite3_stmt *s);

/* A column's text in the arena; NULL for NULL. */
const char *content_text(struct sqlite3_stmt *s, int column, struct arena *a);
bool content_is_null(struct sqlite3_stmt *s, int column);

#endif
