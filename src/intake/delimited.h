/* delimited.h - CSV and its kin to a sheet_book of one sheet.
 *
 * UTF-8 with or without a mark, else GB 18030; comma, semicolon or tab, whichever the lines
 * agree on. Every cell is CELL_PLAIN: what begins with = + - @ is text and stays text. */
#ifndef DELIMITED_H
#define DELIMITED_H

#include "intake/sheet.h"

/* ERR_FORMAT with a Chinese reason, and the line; *out is NULL then. */
bool delimited_read(struct sheet_book **out, const char *bytes, size_t len, struct err *e);

#endif
