/* take.h - taking a version: manifest, the objects it lacks, the trial, the record. */
#ifndef TAKE_H
#define TAKE_H

#include "feed/head.h"
#include "sync/cycle.h"

/* A signed manifest that is not what the contract says, and a failed trial, refuse the
 * version for good, and say why in the record. All else is tried again. */
bool take_version(struct cycle *c, const struct head *h, struct cycle_result *result, struct err *e);

/* What the record says is current is kept, manifest and objects; no hash of an object
 * is looked at. */
bool take_is_whole(struct cycle *c);

#endif
