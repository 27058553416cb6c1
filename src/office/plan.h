/* plan.h - planned dates that moved keep their old ones: in the project itself
 * (planned_before), and in a history with who moved them. */
#ifndef PLAN_H
#define PLAN_H

#include "office/office.h"

/* A milestone of after whose planned date is another than in before: the old one is added to
 * its planned_before. Changes after; both are projects. */
void plan_keep(const json_t *before, json_t *after);

/* What this change of a project does to plans goes into the history. before may be NULL.
 * Within a transaction. */
void plan_note(struct office *o, const char *project, int64_t set, const json_t *before, const json_t *after);

json_t *plan_history(struct office *o, const char *project);

#endif
