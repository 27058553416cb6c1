/* watchdog.h - tells the service manager that the picture lives (sd_notify(3),
 * systemd.service(5): Type=notify, WatchdogSec=).
 *
 * READY=1 after the first frame that was presented, WATCHDOG=1 after one that was
 * presented while the rotation went on as planned: a thread that hangs while it paints,
 * while it presents, or between, ends in a restart. The window's thread says both and
 * nobody else. A program that waits for a display to be connected says both as well: to start
 * it again, or the machine, would bring none. Without a manager nothing is said. */
#ifndef WATCHDOG_H
#define WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

struct watchdog {
	int64_t said_ms; /* when it was last said, monotonic */
	bool is_ready, is_waiting;
};

/* How often there must be a frame, at least: half of what the manager waits for;
 * INT64_MAX: nobody waits. */
int64_t watchdog_pace_ms(void);

/* A frame was presented at now_ms; late_ms: how long the page has outstayed its time. */
void watchdog_presented(struct watchdog *w, int64_t now_ms, int64_t late_ms);

/* Nothing can be presented: there is no display. */
void watchdog_waits(struct watchdog *w, int64_t now_ms);

#endif
