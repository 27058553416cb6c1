/* checker.h - what the parts of the content check share; not for other rooms. */
#ifndef CHECKER_H
#define CHECKER_H

#include "content/check.h"
#include "content/field.h"

struct checker {
	const struct check_options *options;
	const json_t *document;
	json_t *ids; /* list name -> {id: index} */
	int errors, findings;
	char pointer[512];
	size_t pointer_len;
};

/* Steps into a member or an item; checker_leave() takes the returned mark. */
size_t checker_enter(struct checker *c, const char *name);
size_t checker_enter_index(struct checker *c, size_t index);
void checker_leave(struct checker *c, size_t mark);

/* At the current place. */
void checker_error(struct checker *c, const json_t *value, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void checker_warn(struct checker *c, const json_t *value, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* An item of a top-level list by its id; NULL when there is none. */
const json_t *checker_find(const struct checker *c, const char *list, const char *id);

/* One value that is neither object nor list. */
void checker_value(struct checker *c, const struct field *f, const json_t *value);

/* What spans several fields or items; after all fields were found sound. */
void checker_rules(struct checker *c);

/* The same for one item of a top-level list, which is at the current place. */
void checker_item_rules(struct checker *c, const char *list, const json_t *item);

#endif
