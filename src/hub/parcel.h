/* parcel.h - what publishers download to look at, check and sign: the candidate of a
 * publication as a zip.
 *
 * manifest.json (for `fangzi-sign sign`), content.json, media/, pages/<size>/<page>.png as they
 * were approved, README.txt. */
#ifndef PARCEL_H
#define PARCEL_H

#include <stdint.h>

#include "hub/hub.h"
#include "base/err.h"

/* *fd: an open file, the caller's to close. ERR_MISSING, ERR_CONFLICT, ERR_DISK. */
bool parcel_make(struct hub *h, int64_t version, const struct actor *actor, int *fd, uint64_t *size_bytes,
	struct err *e);

#endif
