/* snapshot.h - pages as PNG files, without any display; and the trial that a version
 * must pass before it is shown. */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include "kiosk/options.h"

/* Writes <board>-<page>.png for every page, or those of one board; prints their
 * names. The same input gives the same bytes. */
bool snapshot_run(const struct options *o, struct err *e);

/* Paints the pages of a version off screen (of very many, a spread), in every
 * orientation, with and without a known time, and writes nothing. Fails with the
 * place of the first error, and of the first text that nobody could read
 * (board/review.h). */
bool snapshot_trial(const struct options *o, struct err *e);

#endif
