/* workers.h - a few threads for what takes its time. */
#ifndef WORKERS_H
#define WORKERS_H

#include <stdbool.h>

#include "base/err.h"

#define WORKERS_QUEUE_MAX 1024 /* who waits behind more gives up before his turn */

struct workers;

bool workers_start(struct workers **out, int count, struct err *e);

/* False: too many wait already. */
bool workers_give(struct workers *w, void (*work)(void *user), void *user);

/* What was given is finished first. NULL is fine. */
void workers_stop(struct workers *w);

#endif
