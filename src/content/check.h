/* check.h - is this a content document that a screen may show?
 *
 * Tells every error, each with its place (JSON Pointer, RFC 6901), the value and
 * the rule. A document is taken whole or refused whole. The hub, fangzi-sign and
 * the screen use this one. */
#ifndef CHECK_H
#define CHECK_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define CHECK_FINDINGS_MAX 1000 /* after which only counting goes on */

struct check_finding {
	const char *pointer; /* all three valid during the call only */
	const char *value; /* as JSON, shortened; "" when there is none */
	const char *rule;
	bool is_warning;
};

struct check_options {
	/* The shipped fonts have this character. NULL: not asked. */
	bool (*is_drawable)(void *user, uint32_t point);
	/* The version has this medium. NULL: not asked. */
	bool (*has_media)(void *user, const char *name);
	/* NULL: only counted. */
	void (*report)(void *user, const struct check_finding *finding);
	void *drawable_user, *media_user, *report_user;
};

/* Returns how many errors there are; warnings do not count. */
int check_document(const json_t *document, const struct check_options *options);

/* One item as check_document() would find it in that top-level list of the document; the
 * document's other lists are what it may refer to. Pointers begin at the item. Returns how
 * many errors there are. */
int check_item(const char *list, const json_t *item, const json_t *document, const struct check_options *options);

struct field_kind;

/* One object against a table of fields (field.h) that refers to no list; pointers begin at
 * the object. Returns how many errors there are. */
int check_object(const struct field_kind *kind, const json_t *object, const struct check_options *options);

/* Parses as strict_parse() does, with the ceiling for content documents.
 * NULL with *e set (ERR_FORMAT, with line and column). */
json_t *check_parse(const char *bytes, size_t len, struct err *e);

#endif
