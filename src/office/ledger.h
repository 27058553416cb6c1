/* ledger.h - what only the office sees: tasks (38 items and their 122 sub-items), joint
 * meetings, issues raised and solved, visits, suspensions of time limits, and notes on a
 * project (responsible leader and department).
 *
 * Its tables are read by no export. Fields are checked against a table of their own, like
 * those of the content. Within a transaction. */
#ifndef LEDGER_H
#define LEDGER_H

#include "content/field.h"
#include "office/office.h"

enum ledger_kind {
	LEDGER_TASKS,
	LEDGER_MEETINGS,
	LEDGER_ISSUES,
	LEDGER_VISITS,
	LEDGER_SUSPENSIONS,
	LEDGER_PROJECT_NOTES, /* their id is the project's */
	LEDGER_KINDS
};

bool ledger_kind_find(const char *name, enum ledger_kind *out);
const struct field_kind *ledger_fields(enum ledger_kind kind);

/* {"id", "body", "sha", "by", "at"}; project NULL: of all. */
json_t *ledger_list(struct office *o, enum ledger_kind kind, const char *project);

/* if_match: the sha that it was read with, "*": there must be none; NULL: any. ERR_FORMAT names
 * the field; ERR_STALE. */
bool ledger_put(struct office *o, enum ledger_kind kind, const char *id, const char *if_match, const json_t *body,
	struct err *e);
json_t *ledger_get(struct office *o, enum ledger_kind kind, const char *id); /* NULL: none */
bool ledger_remove(struct office *o, enum ledger_kind kind, const char *id, struct err *e);

#endif
