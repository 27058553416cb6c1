/* first.h - the trust document that a fingerprint names: from what is kept, else from a feed. */
#ifndef FIRST_H
#define FIRST_H

#include "base/buf.h"
#include "store/store.h"
#include "sync/fetch.h"

/* Appends it to out, and keeps it. pin: "sha256:..." (store/installed.h). ERR_NETWORK, ERR_UNTRUSTED,
 * ERR_DISK. */
bool first_take(struct fetch *f, const char *pin, struct store *s, struct buf *out, struct err *e);

#endif
