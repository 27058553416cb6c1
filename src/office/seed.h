/* seed.h - a content document put into a change set, item by item, as if somebody had typed
 * it: to begin an office with. Within a transaction. */
#ifndef SEED_H
#define SEED_H

#include "office/office.h"

/* Every item and part of the document; lists keep their order. ERR_FORMAT, with the place. */
bool seed_put(struct office *o, int64_t set, const json_t *document, struct err *e);

#endif
