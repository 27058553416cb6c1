/* xlsx.h - an Excel workbook (ECMA-376) to a sheet_book.
 *
 * Formulas are never computed: what the file says they came to is taken. Macros, encryption,
 * entities and bombs are refused by package.h and xml.h. */
#ifndef XLSX_H
#define XLSX_H

#include "intake/sheet.h"

/* ERR_FORMAT with a Chinese reason; *out is NULL then. */
bool xlsx_read(struct sheet_book **out, const void *bytes, size_t len, struct err *e);

#endif
