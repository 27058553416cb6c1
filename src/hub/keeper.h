/* keeper.h - says the head again every hour, so that screens see that somebody is there; and
 * at once when it is old, or when there are new keys. A thread of its own. */
#ifndef KEEPER_H
#define KEEPER_H

#include "hub/publisher.h"

struct keeper;

/* The publisher is borrowed. ERR_IO. */
bool keeper_start(struct keeper **out, struct publisher *p, struct err *e);
void keeper_stop(struct keeper *k); /* NULL is fine */

#endif
