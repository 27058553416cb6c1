/* checker.h - what the parts of the content check share; not for other rooms. */
#ifndef CHECKER_H
#define CHECKER_H

#include "base/node.h"
#include "content/check.h"
#include "content/field.h"

struct checker_ids;

struct checker {
	const struct check_options *options;
	const struct node *document; /* all of it, or only what rules look into (field.h) */
	struct checker_ids *ids; /* of each list */
	int errors, findings;
	char pointer[512]; /* empty where nobody is told */
	size_t pointer_len;
};

void checker_finish(struct checker *c);

/* Steps into a member or an item; checker_leave() takes the returned mark. */
size_t checker_enter(struct checker *c, const char *name);
size_t checker_enter_index(struct checker *c, size_t index);
void checker_leave(struct checker *c, size_t mark);

/* At the current place. */
void checker_error(struct checker *c, const struct node *value, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void checker_warn(struct checker *c, const struct node *value, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* That a top-level list has this id, which is borrowed; false: it was known already. */
bool checker_know(struct checker *c, const char *list, const char *id);
bool checker_has(const struct checker *c, const char *list, const char *id);

/* The same within one list: *seen is NULL at first and ended by checker_forget(). */
bool checker_differs(const char *id, void **seen);
bool checker_is_among(const char *id, void *seen);
void checker_forget(void *seen);

const struct field *checker_find_field(const struct field_kind *kind, const char *name);

/* An object, or one field of one, that is at the current place. */
void checker_object(struct checker *c, const struct field_kind *kind, const struct node *object);
void checker_field(struct checker *c, const struct field *f, const struct node *value);

/* One value that is neither object nor list. */
void checker_value(struct checker *c, const struct field *f, const struct node *value);

/* What spans several fields or items; after all fields were found sound. */
void checker_rules(struct checker *c);

/* The same for one item of a top-level list, which is at the current place. */
void checker_item_rules(struct checker *c, const char *list, const struct node *item);

#endif
