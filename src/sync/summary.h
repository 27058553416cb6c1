/* summary.h - `fangzi-sync status`: key=value lines, from what is kept alone. */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "sync/options.h"

/* ERR_IO when there is no state folder. */
bool summary_print(const struct sync_options *o, struct err *e);

#endif
