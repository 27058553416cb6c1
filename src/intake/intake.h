/* intake.h - an office's file to what it would do to the content, in one call.
 *
 * Pure: no network, no database, no disk, no clock. Files are hostile: run it in a child
 * (intake_child.h) wherever anything else lives in the process. */
#ifndef INTAKE_H
#define INTAKE_H

#include <jansson.h>
#include <stddef.h>

#include "intake/dryrun.h"

/* The options, an object:
 *   kind       projects, indicators, standings or programme
 *   name       the file's name; its ending must agree with what is in it
 *   document   the content document as it is now (projects, indicators, occasions, sources,
 *              phases, rules, site)
 *   target?    standings: the indicator's id; programme: the occasion's
 *   sheet?     index from 0; else the first one shown whose header is understood
 *   header_row? else it is looked for
 *   mapping?   {"A": field, ...}; a column that is not named is left out
 *   remembered? {fingerprint: mapping}: used where no mapping is given
 *   year?      of dates that say none
 *   source?, as_of?  of items whose row says none
 *   defaults?  {field: value} of the content, {"kind": "industry", "phase": "plan"}: of new
 *              items whose row says none, for sheets without such a column
 *   cells?     {"12": {"C": text}}: put in the place of what the file says
 * Unknown ones are passed over, null is as good as absent.
 *
 * The result (new reference) is assets/openapi.yaml's Import without its id, and beside it:
 *   fingerprint  of the header and kind, to remember a mapping by
 *   mapping      as it was used
 *   problem      null, or why there are no rows yet (no header, no column of names)
 *   skipped      [{row, why}]: sums, headings within the table, notes below it
 *   items        [{list, id, body}]: the content's items as the accepted rows would have
 *                them, and only those that differ; what applying the import means
 *   rows[].hidden  the row is filtered away in the file
 *
 * NULL with *e set: ERR_FORMAT, a Chinese reason why the file is refused; ERR_USAGE, the
 * options; ERR_MISSING, the target; ERR_BUSY, called off. */
json_t *intake_run(const void *bytes, size_t len, const json_t *options, const struct dryrun_watch *watch,
	struct err *e);

#endif
