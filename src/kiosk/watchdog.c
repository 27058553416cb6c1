/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/watchdog.h"

#include <systemd/sd-daemon.h>

#define SAY_EVERY_MS 1000
#define LATE_MAX_MS 5000 /* a transition, and a machine that is busy */

int64_t watchdog_pace_ms(void)
{
	uint64_t wait_us = 0;
	return sd_watchdog_enabled(0, &wait_us) > 0 ? (int64_t)(wait_us / 2000) : INT64_MAX;
}

void watchdog_presented(struct watchdog *w, int64_t now_ms, int64_t late_ms)
{
	if (w->is_ready && (now_ms - w->said_ms < SAY_EVERY_MS || late_ms > LATE_MAX_MS))
		return;
	(void)sd_notify(0, !w->is_ready    ? "READY=1\nSTATUS=on the screen"
			   : w->is_waiting ? "WATCHDOG=1\nSTATUS=on the screen"
					   : "WATCHDOG=1");
	w->is_waiting = false;
	w->is_ready = true;
	w->said_ms = now_ms;
}

void watchdog_waits(struct watchdog *w, int64_t now_ms)
{
	if (w->is_ready && w->is_waiting && now_ms - w->said_ms < SAY_EVERY_MS)
		return;
	(void)sd_notify(0, "READY=1\nWATCHDOG=1\nSTATUS=waiting for a display");
	w->is_ready = true;
	w->is_waiting = true;
	w->said_ms = now_ms;
}
