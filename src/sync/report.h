/* report.h - `fangzi-sync status`: key=value lines, from what is kept alone. */
#ifndef REPORT_H
#define REPORT_H

#include "sync/options.h"

/* ERR_IO when there is no state folder. */
bool report_print(const struct sync_options *o, struct err *e);

#endif
