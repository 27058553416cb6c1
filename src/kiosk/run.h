/* run.h - the show on a screen: the window's thread. */
#ifndef RUN_H
#define RUN_H

#include "kiosk/options.h"

/* Shows the feed until the window is closed, SIGTERM or SIGINT comes or, with
 * --once, a whole rotation was shown. ERR_USAGE, ERR_IO. */
bool run_show(const struct options *o, struct err *e);

#endif
