/* table.h - the content document as SQLite tables, made from field.h.
 *
 * Each top-level list is a table of its name, each list within an item a table
 * <outer>_<name>; all have seq (the row), parent (the outer row's seq) and pos
 * (the place in its list, from 0). A plain object's fields become columns
 * <name>_<field>; the site's stand in the table document. Dates and periods have
 * also <name>_first and <name>_last, in days; times are UTC seconds, hours are
 * minutes of the day. Absent is NULL. parent is INTEGER by declaration: with another
 * affinity than seq the index on it would not be used. */
#ifndef TABLE_H
#define TABLE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/node.h"
#include "content/field.h"

struct table;

/* Empty tables in an empty database; ended by table_end(), also where it fails. ERR_DISK. */
bool table_begin(struct table **out, sqlite3 *db, struct err *e);

/* One item, which was checked, of a top-level list, at its place there. */
bool table_add(
	struct table *document, const struct field *list, const struct node *item, size_t pos, struct err *e);

/* The document's own row, and what of it was not added item by item; then the indices. */
bool table_finish(struct table *document, const struct node *rest, struct err *e);

void table_end(struct table *document); /* NULL is fine */

#endif
