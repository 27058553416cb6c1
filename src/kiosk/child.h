/* child.h - fangzi-sync as a child of the screen: started, restarted, ended with it.
 *
 * One thread calls all of it and lives as long as the show: the child is told to end
 * when that thread does (PR_SET_PDEATHSIG), so none is ever left behind. */
#ifndef CHILD_H
#define CHILD_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/options.h"

struct child;

/* Starts it; a child that ends is started again, later and later (1 s to 60 s). */
struct child *child_start(const struct options *o);

/* Buries one that ended, and starts it again when it is time. */
void child_look(struct child *c, int64_t now_ms);

/* Readable when it has ended; -1 when none runs. And when it is to be started again
 * (monotonic ms); INT64_MAX while it runs. */
int child_fd(const struct child *c);
int64_t child_again_ms(const struct child *c);

/* Asks it to end, waits 3 s, then ends it. NULL is fine. */
void child_stop(struct child *c);

#endif
