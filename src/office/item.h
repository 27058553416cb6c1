/* item.h - the content as it was last published, and as a change set would have it.
 *
 * A list is one of the content document's (field.h); "parts" is the list of what stands once:
 * site, calendar, screens. Set 0 is what was published. Within a transaction. */
#ifndef ITEM_H
#define ITEM_H

#include "office/office.h"

#define ITEM_PARTS "parts"
#define ITEM_BYTES_MAX 65536
#define ITEM_ID_MAX 64
#define ITEM_SHA 65

struct field;

/* A list's field; NULL for no list. Parts: their list is ITEM_PARTS. */
const struct field *item_field(const char *list);
const struct field *item_part_field(const char *part);

/* [a-z0-9][a-z0-9-]{0,63}; of parts one of their names. */
bool item_is_id(const char *list, const char *id);

void item_hash(const json_t *body, char sha[static ITEM_SHA]);

/* The items of a list in order as {"id", "body", "sha", "state", "before"}: assets/openapi.yaml,
 * ItemState. */
json_t *item_list(struct office *o, int64_t set, const char *list);
json_t *item_get(struct office *o, int64_t set, const char *list, const char *id); /* NULL: none */

/* Only what field.h names: the object as a screen may have it (deep copy). Unknown names go
 * into *unknown as pointers, when that is not NULL. */
json_t *item_public(const struct field *f, const json_t *body, json_t *unknown);

/* The content document, made of allowed fields alone; sorted and compact when written by
 * office_canonical(), the same for the same content. */
json_t *item_document(struct office *o, int64_t set);

#endif
