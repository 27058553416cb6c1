/* alert.h - the page of an alert: it covers everything, header and ticker too. */
#ifndef BOARD_ALERT_H
#define BOARD_ALERT_H

#include "content/alert.h"
#include "content/moment.h"
#include "paint/canvas.h"

/* a: NULL where the content has no such alert; empty texts are filled in likewise.
 * issued: NULL or untrusted: its time is left out; now: for the day, where it was
 * issued on another one, or NULL. Static: paint it once, and again at midnight. */
void board_paint_alert(
	struct canvas *c, const struct alert *a, const struct moment *issued, const struct moment *now);

#endif
