/* entry.h - one row of a sheet as the fields of an item, or the reasons why not.
 *
 * Every cell is understood by its column's type (value.h); an empty one says nothing. */
#ifndef ENTRY_H
#define ENTRY_H

#include <jansson.h>

#include "intake/column.h"
#include "intake/header.h"
#include "intake/sheet.h"

struct entry_column {
	int column;
	const char *field; /* as the mapping names it */
	const struct column *meta; /* NULL: a milestone's own column */
	enum column_type type;
	const char *milestone; /* its name; NULL: none */
	const char *unit;
};

/* What the columns of a sheet are taken for. */
struct entry_map {
	const struct column_kind *kind;
	const struct header *header;
	const json_t *document; /* sources and phases */
	const char *zone, *unit; /* unit: of numbers, where no column says one; "" */
	int year; /* 0: not said */
	int count;
	struct entry_column *items;
};

struct entry {
	int row;
	bool is_hidden;
	json_t *values; /* field -> value */
	json_t *milestones; /* name -> {planned?, actual?, state?} */
	json_t *reasons; /* [{column, value, reason}] */
	json_t *cells; /* "A" -> text, of mapped columns */
	const char *skipped; /* why the row is none; NULL: it is one */
};

/* mapping: {"A": field}; a header's proposals where it is NULL. ERR_USAGE: a column or field
 * that is none, a field twice. Lives in the book's arena. */
bool entry_map_make(struct entry_map *m, struct sheet_book *b, const json_t *mapping, struct err *e);

/* NULL: no column has it. */
const struct entry_column *entry_map_find(const struct entry_map *m, const char *field);

void entry_read(
	struct entry *out, const struct entry_map *m, const struct sheet *s, const struct sheet_row *row);
void entry_finish(struct entry *v);

/* Adds a reason; column and value may be NULL. */
void entry_refuse(struct entry *v, const struct entry_column *c, const char *value, const char *reason);

/* A text as JSON, cut to chars; the end of a cut letter is dropped. */
json_t *entry_text(const char *text, size_t chars);

#endif
