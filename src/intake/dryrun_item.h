/* dryrun_item.h - items as rows change them; shared by the parts of the dry run. */
#ifndef DRYRUN_ITEM_H
#define DRYRUN_ITEM_H

#include "intake/entry.h"

/* What the row says, put into the item or its entry; new: it was not there before. */
void dryrun_apply(json_t *item, struct entry *v, bool is_new);

/* Equal, an integer also to the same number with a point. */
bool dryrun_same(const json_t *a, const json_t *b);

/* [{field, before, after}]: what differs; milestones one by one. before may be NULL. */
json_t *dryrun_changes(const json_t *before, const json_t *after);

/* Programme items in order of their time. */
void dryrun_sort(json_t *list);

/* The content's check of the item in its list; what it finds becomes the row's reasons. */
bool dryrun_check(const struct entry_map *m, const char *list, const json_t *item, struct entry *v);

#endif
