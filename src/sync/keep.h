/* keep.h - cycle after cycle, with waits between; or one (--once). */
#ifndef KEEP_H
#define KEEP_H

#include "sync/options.h"

/* Returns when asked to stop or, with once, after one cycle with what went wrong. */
bool keep_current(const struct sync_options *o, struct err *e);

#endif
