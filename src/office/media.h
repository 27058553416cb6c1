/* media.h - the pictures that content may name; their bytes lie in <folder>/MEDIA_FOLDER/<sha256>.
 *
 * A name means one picture for as long as anything names it, so that what was approved is what
 * is published. Within a transaction. */
#ifndef MEDIA_H
#define MEDIA_H

#include "feed/manifest.h"
#include "office/office.h"

#define MEDIA_FOLDER "media"
#define MEDIA_QUOTA_BYTES ((int64_t)2 << 30)

/* ERR_FORMAT: the name; ERR_CONFLICT: taken by another picture, or no room is left. The same
 * once more is fine. */
bool media_add(struct office *o, const struct manifest_media *m, struct err *e);

/* False: none of that name. */
bool media_find(struct office *o, const char *name, struct manifest_media *out);

/* ERR_MISSING; ERR_CONFLICT: something names it. */
bool media_remove(struct office *o, const char *name, struct manifest_media *out, struct err *e);

/* Some name has these bytes. */
bool media_is_kept(struct office *o, const char *sha256);

/* {"media": [Medium..], "quota_bytes", "used_bytes"} of assets/openapi.yaml. */
json_t *media_show(struct office *o);
json_t *media_show_one(struct office *o, const char *name); /* NULL: none */

/* Where each picture lies, by name: for the painter. */
json_t *media_paths(struct office *o, const char *folder);

#endif
