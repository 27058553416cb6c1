/* doctor.h - what is wrong with this box, and what a person must do: a line for each thing, in
 * Chinese and English. Opens no network: of it fangzi-sync's own word is taken. */
#ifndef DOCTOR_H
#define DOCTOR_H

#include "kiosk/options.h"

/* Prints to standard output. False when something is wrong: ERR_IO, and how many things.
 * unread: why the settings file could not be read; its kind ERR_NONE: it could. */
bool doctor_run(const struct options *o, const struct err *unread, struct err *e);

#endif
