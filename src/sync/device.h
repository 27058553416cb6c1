/* device.h - this box as its hub knows it: a key of its own, a count that never falls, and what
 * the hub called it.
 *
 *   device.key     Ed25519, mode 0600; made once, never replaced
 *   device.starts  how often fangzi-sync has started with it
 *   device.paired  the hub that took it in, and the names it gave
 *
 * All in the state folder, durable. A key whose count was lost is set aside for a new one: what
 * it signs could no longer be told from a replay. One thread. */
#ifndef DEVICE_H
#define DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "feed/key.h"
#include "feed/report.h"

#define DEVICE_NAME_TEXT 129
#define DEVICE_TAG_TEXT 65

struct device {
	char folder[4096];
	struct key *key;
	int64_t starts, signed_now;
	/* Of the hub that it was opened for; screen "": not paired. */
	char hub[1024], screen[REPORT_SCREEN_TEXT], name[DEVICE_NAME_TEXT], tag[DEVICE_TAG_TEXT];
};

/* Counts a start. ERR_DISK, ERR_FORMAT, ERR_USAGE. device_close() after, whatever came back. */
bool device_open(struct device *d, const char *folder, const char *hub, struct err *e);
void device_close(struct device *d);

/* For the next thing that is signed: larger than any before, also before a restart. */
int64_t device_seq(struct device *d);

/* Keeps what the hub calls it. ERR_DISK. */
bool device_keep(struct device *d, struct err *e);

#endif
