/* probe.h - fangzi-kiosk --probe: what this machine has to show a picture on, and what of it
 * is taken. */
#ifndef PROBE_H
#define PROBE_H

#include <stdio.h>

#include "kiosk/card.h"
#include "kiosk/options.h"

/* Cards and connectors, a line each, and what is chosen of them and why. */
void probe_tell(FILE *to, const struct card_list *cards, const char *present);

/* That to standard output; then the display is opened for a moment and its way told. A screen
 * that is running has the display, and then it cannot be: ERR_BUSY. */
bool probe_run(const struct options *o, struct err *e);

#endif
