/* finding.h - what the content check says, beside the field it is about. */
#ifndef FINDING_H
#define FINDING_H

#include "office/office.h"

/* Every finding of check.h as assets/openapi.yaml's Finding; *errors counts what refuses.
 * Whether fonts have a character is not asked here: the painter's child has them. Within a
 * transaction: names of media are looked up. */
json_t *finding_list(struct office *o, const json_t *document, int *errors);

/* A finding with the list, id and field that its pointer leads to. */
json_t *finding_make(
	const json_t *document, const char *pointer, const char *value, const char *rule, bool is_warning);

#endif
