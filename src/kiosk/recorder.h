/* recorder.h - pages that were presented, as pictures for who reads along (--record). */
#ifndef RECORDER_H
#define RECORDER_H

#include "kiosk/scene.h"

/* Writes what stands there as NAME.png, and NAME to standard output. What fails is logged. */
void recorder_write(const char *folder, struct scene *s);

#endif
