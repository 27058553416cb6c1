/* installed.h - the trust document that a screen was set up with: a file that somebody brought, or
 * one that fangzi-sync fetched and whose fingerprint is the one that somebody typed.
 *
 * A fingerprint is the SHA-256 of the bytes of the feed's trust/1.json, as sha256sum prints it. What it
 * names is kept in the state folder as trust/1.json and looked at again each time it is read. */
#ifndef INSTALLED_H
#define INSTALLED_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "feed/digest.h"

/* "sha256:" and 64 lower-case hex digits. Anything else is the name of a file. */
bool installed_is_pinned(const char *trust);

/* The document of that fingerprint. ERR_UNTRUSTED names both. */
bool installed_suits(const char *trust, const struct buf *document, struct err *e);

/* Appends it to out. state: of a pinned one, and not looked at else. ERR_IO: it cannot be read, or
 * was not fetched yet; ERR_UNTRUSTED. */
bool installed_read(const char *trust, const char *state, struct buf *out, struct err *e);

#endif
