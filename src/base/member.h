/* member.h - what stands in JSON that may be anything: NULL and false where it is not as
 * asked for. NULL as the object or list is one without members. What is returned belongs to
 * the JSON it was found in. */
#ifndef MEMBER_H
#define MEMBER_H

#include <jansson.h>
#include <stdbool.h>

const char *member_text(const json_t *object, const char *name);

bool member_has_text(const json_t *list, const char *wanted);

/* The first object in the list that has this text under this name; text may be NULL: none has. */
json_t *member_find(const json_t *list, const char *name, const char *text);

#endif
