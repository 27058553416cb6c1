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

#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

/* Fills an empty database from a document that was checked. ERR_FORMAT, ERR_DISK. */
bool table_build(sqlite3 *db, const json_t *document, struct err *e);

#endif
