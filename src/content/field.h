/* field.h - the content document as tables: which kinds there are, what fields
 * each has, and what a field may hold.
 *
 * One description serves the checker (check.c), the SQLite tables (table.c) and
 * the JSON Schema (tests/gen_schema.c), so that the three cannot disagree.
 * Constant data. */
#ifndef FIELD_H
#define FIELD_H

#include <stdint.h>

enum field_type {
	FIELD_ID, /* [a-z0-9][a-z0-9-]{0,63} */
	FIELD_TEXT, /* one line, or max_lines; max characters */
	FIELD_BOOL,
	FIELD_INT, /* min..max */
	FIELD_NUMBER, /* finite, min..max */
	FIELD_DATE, /* EDTF: also columns <name>_first and _last, in days */
	FIELD_DAY, /* YYYY-MM-DD; stored in days */
	FIELD_PERIOD, /* EDTF or A/B: also <name>_first and _last */
	FIELD_AS_OF, /* FIELD_PERIOD, or text such as 报道刊发时 */
	FIELD_TIME, /* RFC 3339; stored as UTC seconds */
	FIELD_HOUR, /* HH:MM, also 24:00; stored as minutes */
	FIELD_WORD, /* one of words */
	FIELD_REF, /* an id in the list `list` */
	FIELD_ZONE, /* an IANA time zone */
	FIELD_URL, /* http or https */
	FIELD_MEDIA, /* a picture: a name in the manifest's media */
	FIELD_FILM, /* likewise a film: the name ends in .mp4 */
	FIELD_OBJECT, /* of kind; columns <name>_<field> */
	FIELD_LIST, /* of objects of kind: table <outer>_<name> */
	FIELD_SCALARS, /* of items of kind's single field: table <outer>_<name> */
	FIELD_OF, /* ids, or a filter object of kind: table <outer>_of, columns of_<field> */
	FIELD_TAGS, /* object: tag -> list of [from, to] hours: table <outer>_<name> */
};

#define FIELD_REQUIRED 1u
#define FIELD_UNIQUE 2u /* the id that names an item of a top-level list */
#define FIELD_LOOKED_INTO 4u /* a top-level list that rules ask for more than ids */

struct field {
	const char *name;
	enum field_type type;
	unsigned flags;
	int64_t min, max; /* of a number; max: characters of a text, items of a list */
	int max_lines; /* FIELD_TEXT; 0 means 1 */
	const char *const *words;
	const char *list; /* FIELD_REF */
	const struct field_kind *kind;
};

struct field_kind {
	const struct field *fields;
	int count;
};

/* The top level of the document. Its lists refer to those before them alone, and are taken in this order. */
extern const struct field_kind field_document;

#define FIELD_DOCUMENT_BYTES_MAX (16 << 20)

#endif
