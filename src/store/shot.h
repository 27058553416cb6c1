/* shot.h - a picture of what the display shows, on its way from the screen to its hub: the
 * name under which it was asked for, when it was taken, and a JPEG. Not durable. */
#ifndef SHOT_H
#define SHOT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define SHOT_BYTES_MAX (1 << 20)
#define SHOT_NAME_MAX 16

/* name: at most SHOT_NAME_MAX letters and digits. ERR_DISK. */
bool shot_write(const char *folder, const char *name, int64_t taken_utc_s, const struct buf *jpeg, struct err *e);

/* Appends the JPEG. False: none of that name. */
bool shot_read(const char *folder, const char *name, int64_t *taken_utc_s, struct buf *jpeg);

#endif
