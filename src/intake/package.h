/* package.h - the zip file that an XLSX is, opened with suspicion.
 *
 * Before anything is unpacked the table of contents is judged: magic at the first byte, no
 * encryption, no odd names, no macros, ceilings for each part and for all of them. What is
 * unpacked is counted again. Reasons are Chinese (ERR_FORMAT). Nothing touches a disk. */
#ifndef PACKAGE_H
#define PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct package;
struct package_part;

/* The bytes stay the caller's and must outlive it. */
bool package_open(struct package **out, const void *bytes, size_t len, struct err *e);
void package_close(struct package *p); /* NULL is fine */

bool package_has(const struct package *p, const char *name);

/* One part at a time, from its beginning. */
bool package_open_part(struct package_part **out, struct package *p, const char *name, struct err *e);
void package_close_part(struct package_part *part); /* NULL is fine */

/* *got is 0 at the end. False: damaged, or longer than it says or may be. */
bool package_read(struct package_part *part, void *out, size_t room, size_t *got, struct err *e);

#endif
