/* take.h - a content document from its bytes into tables, item by item.
 *
 * No list ever stands whole beside its table: an item is read, checked, inserted and forgotten,
 * so that memory for a long document is that of its database. Takes what check_parse() and
 * check_document() find sound and nothing else, but cannot say what is wrong with the rest. */
#ifndef TAKE_H
#define TAKE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "content/check.h"

#define TAKE_UNSOUND "not a sound document"

/* Into an empty database, which is to be thrown away on false: ERR_FORMAT with TAKE_UNSOUND, or
 * ERR_DISK. Nobody is told of findings. */
bool take_document(
	sqlite3 *db, const char *bytes, size_t len, const struct check_options *options, struct err *e);

#endif
