/* provision.h - from fangzi.conf, which an installer writes, to the settings that the two programs read.
 *
 * At each boot, into a folder in memory: nothing to be made durable, nothing that a power cut could
 * leave half done, and the same file gives the same settings every time. */
#ifndef PROVISION_H
#define PROVISION_H

#include "kiosk/options.h"

/* The first of o->from that is there decides alone. Without one, the settings files of o->etc are
 * taken as they are; without those, or with a file that is wrong, the screen is set up to say what
 * is to be done. ERR_FORMAT: it was wrong, and where; ERR_DISK. */
bool provision_run(const struct options *o, struct err *e);

#endif
