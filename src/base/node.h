/* node.h - JSON read strictly into an arena: for documents too large to stand in memory at once.
 *
 * Takes what strict_parse() takes and nothing else (RFC 8259; no name twice, no U+0000, nesting up
 * to STRICT_DEPTH_MAX; objects of at most 256 members), but says only yes or no: the words for a
 * refusal are strict_parse()'s. A reader goes on where it stopped, so that a list can be read and
 * forgotten item by item. Nodes live as long as their arena. NULL is read as what is not there. */
#ifndef NODE_H
#define NODE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum node_type { NODE_NULL, NODE_BOOL, NODE_INT, NODE_REAL, NODE_TEXT, NODE_LIST, NODE_OBJECT };

struct node {
	enum node_type type;
	uint32_t name_len;
	const char *name; /* of a member, else NULL */
	const struct node *next; /* the member or item behind this one */
	size_t count; /* bytes of a text, members, items */
	union {
		bool is_true;
		int64_t integer;
		double real;
		const char *text; /* a NUL behind it */
		const struct node *first;
	};
};

struct node_reader {
	const char *at, *end; /* known to be UTF-8 */
	struct arena *arena;
	int depth; /* 0 at first */
};

/* One value, and the blanks around it. NULL: there is none, or it is not strict. */
const struct node *node_read(struct node_reader *r);

/* A bracket, comma or colon, and the blanks around it. False: something else is next. */
bool node_pass(struct node_reader *r, char mark);

/* Goes behind a value without reading it: a value only if node_read() says so later. */
bool node_skip(struct node_reader *r);

const struct node *node_get(const struct node *object, const char *name);
const struct node *node_first(const struct node *list); /* of an object as well */
const char *node_text(const struct node *value); /* NULL: not a text */
const char *node_get_text(const struct node *object, const char *name);
/* The first object in the list that has this text under this name. */
const struct node *node_find(const struct node *list, const char *name, const char *text);
int64_t node_int(const struct node *value); /* 0: not a whole number */
double node_number(const struct node *value); /* 0: not a number */
bool node_is(const struct node *value, enum node_type type);
bool node_is_true(const struct node *value);

/* A further member, which is a copy of the value. */
void node_add(struct node *object, const char *name, const struct node *value, struct arena *a);

/* The same as a tree of jansson's; from there texts are borrowed. */
const struct node *node_of(const json_t *value, struct arena *a);
json_t *node_json(const struct node *value);

#endif
