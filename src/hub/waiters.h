/* waiters.h - requests for head.json that are held back until it changes
 * (RFC 7240, Prefer: wait), so that an alert reaches a screen within a second.
 *
 * A thread of its own watches the folder (inotify) and the clock. */
#ifndef WAITERS_H
#define WAITERS_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct waiters;

/* ERR_IO when the folder cannot be watched. */
bool waiters_start(struct waiters **out, const char *folder, struct err *e);

/* Resumes everybody; nobody is held back any more. */
void waiters_release(struct waiters *w);
void waiters_stop(struct waiters *w); /* NULL is fine */

/* How often head.json changed. Read before the file is: then hold() cannot miss. */
uint64_t waiters_turn(struct waiters *w);

/* Suspends the connection unless head.json changed since `turn` was read. True: it
 * will be resumed after at most wait_s. False: answer it now. */
bool waiters_hold(struct waiters *w, struct MHD_Connection *connection, uint64_t turn, int wait_s);

#endif
