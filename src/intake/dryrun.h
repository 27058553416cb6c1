/* dryrun.h - what a sheet would do to the content: row by row new, changed, unchanged or
 * refused, and the items as they would become.
 *
 * Rows find what is there by id, else by the exact name. A field that the sheet lacks, or
 * whose cell is empty, stays as it is. Every item that would come of it passes the content's
 * own check, or its row is refused. */
#ifndef DRYRUN_H
#define DRYRUN_H

#include <jansson.h>

#include "intake/entry.h"

/* Asked now and then; done is 0..1. False: called off. */
struct dryrun_watch {
	bool (*goes_on)(void *user, double done);
	void *user;
};

struct dryrun_options {
	const json_t *document; /* a content document: what is there now, and what it refers to */
	const char *target; /* id of the item that rows belong to; NULL: rows are items */
	const char *source, *as_of; /* of rows that say none; NULL: none */
	const json_t *defaults; /* field -> value, of new items that say none; NULL: none */
	struct dryrun_watch watch; /* goes_on NULL: not asked */
};

/* Adds to out: counts, rows, skipped, items. ERR_MISSING: no such target. ERR_BUSY: called
 * off. ERR_FORMAT: no column names the rows. The map's document is set here. */
bool dryrun_make(json_t *out, struct entry_map *m, const struct sheet *s, const struct dryrun_options *o,
	struct err *e);

#endif
