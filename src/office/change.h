/* change.h - change sets: what somebody wants to change of the content, until it is published
 * or dropped.
 *
 * draft -> submitted -> reviewed -> issued -> published; approval.h says who may move one.
 * An edit of one that was submitted makes it a draft again and voids its approvals. Whoever
 * edited one can never approve it. Within a transaction. */
#ifndef CHANGE_H
#define CHANGE_H

#include "office/office.h"

enum change_state {
	CHANGE_DRAFT,
	CHANGE_SUBMITTED,
	CHANGE_REVIEWED,
	CHANGE_ISSUED, /* waits for the publishers' signatures */
	CHANGE_PUBLISHED,
	CHANGE_DROPPED,
};

const char *change_state_name(enum change_state state);

struct change_set {
	int64_t id;
	enum change_state state;
	bool is_strict;
};

/* ERR_MISSING. */
bool change_find(struct office *o, int64_t id, struct change_set *out, struct err *e);

bool change_begin(struct office *o, const char *title, bool is_strict, int64_t *id, struct err *e);

/* title NULL: as it is; only a draft's is changed. is_strict -1: as it is; it can be set at any
 * time and taken back only of a draft. */
bool change_rename(struct office *o, int64_t set, const char *title, int is_strict, struct err *e);
bool change_drop(struct office *o, int64_t set, struct err *e);

struct change_item {
	int64_t set;
	const char *list, *id;
	const char *if_match; /* the sha that it was read with, "*": there must be none; NULL: any */
};

/* Writes an item; body is changed where plans moved. ERR_STALE: it is another by now;
 * ERR_FORMAT: a field that content does not have; ERR_CONFLICT: the set can no more be edited. */
bool change_put(struct office *o, const struct change_item *at, json_t *body, struct err *e);
bool change_remove(struct office *o, const struct change_item *at, struct err *e);
bool change_take_back(struct office *o, const struct change_item *at, struct err *e);

/* ids: every id of the list once. */
bool change_reorder(struct office *o, int64_t set, const char *list, const json_t *ids, struct err *e);

/* Items that somebody else published since they were changed here: [{"list", "id"}]. */
json_t *change_conflicts(struct office *o, int64_t set);

/* assets/openapi.yaml: SetHead, without "may" (approval.h), and the items of Set. */
json_t *change_head(struct office *o, int64_t set);
json_t *change_items(struct office *o, int64_t set);
json_t *change_list(struct office *o, const char *state, int64_t before, int limit); /* ids */

/* ---- for approval.c --------------------------------------------------------------------- */

bool change_is_editor(struct office *o, int64_t set, int64_t account);
void change_set_state(struct office *o, int64_t set, enum change_state state);

/* The set's changes become the published content. */
void change_merge(struct office *o, int64_t set);

#endif
