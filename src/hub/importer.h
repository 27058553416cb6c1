/* importer.h - an office's file, read by a child of this program under limits (helper.h), so
 * that a crash or a bomb in a parser costs nothing but its own answer. */
#ifndef IMPORTER_H
#define IMPORTER_H

#include <jansson.h>

#include "intake/dryrun.h"

/* intake_run() in a child; program is what starts it (fangzi-hub). Waits for the end, at most
 * a minute. NULL with *e set: as intake_run(), ERR_DISK when this machine failed, ERR_FORMAT
 * also when the child broke its limits. The result is the child's word: what is applied of
 * it must pass the same checks as what a person types. Any thread. */
json_t *importer_run(const char *program, const void *bytes, size_t len, const json_t *options,
	const struct dryrun_watch *watch, struct err *e);

/* In the child: the command "intake". */
int importer_child(void);

#endif
