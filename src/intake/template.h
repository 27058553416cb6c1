/* template.h - an empty sheet of a kind for an office to fill in: Chinese headers with what
 * belongs below them, an example, lists to choose from.
 *
 * Read back as it is, intake_run() has no complaint of it. The same bytes each time. */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"

/* Adds an XLSX file to out. kind: projects, indicators, standings, programme. document: the
 * content document whose phases and sources are offered; NULL: none are. ERR_MISSING: no such
 * kind; ERR_DISK: no room for temporary files (libxlsxwriter's way). */
bool template_make(const char *kind, const json_t *document, struct buf *out, struct err *e);

#endif
