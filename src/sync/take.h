/* take.h - taking a version: manifest, the objects it lacks, the trial, the record. */
#ifndef TAKE_H
#define TAKE_H

#include "feed/head.h"
#include "sync/cycle.h"

/* ERR_FORMAT and ERR_UNTRUSTED refuse the version for good, and say why in the
 * record; ERR_NETWORK and ERR_DISK are tried again. */
bool take_version(struct cycle *c, const struct head *h, struct cycle_result *result, struct err *e);

#endif
