/* ics.h - an iCalendar file (RFC 5545) to a sheet_book of one sheet: a row an event, or one
 * of its repetitions, below a header row of our own words.
 *
 * Times come as RFC 3339: in UTC where the file says a zone, without an offset where it says
 * none (they are the site's). The row of an event is the number of the event, plus one. */
#ifndef ICS_H
#define ICS_H

#include "intake/sheet.h"

#define ICS_EVENTS_MAX 500 /* with their repetitions: as many as one programme may have */

/* ERR_FORMAT with a Chinese reason; *out is NULL then. */
bool ics_read(struct sheet_book **out, const char *bytes, size_t len, struct err *e);

#endif
