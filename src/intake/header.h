/* header.h - which rows of a sheet are its header, and what its columns are likely to be.
 *
 * A header may stand below merged titles and be of up to three rows, the upper ones merged
 * over groups of columns: "开工" over "计划" and "实际" reads 开工/计划. */
#ifndef HEADER_H
#define HEADER_H

#include <jansson.h>

#include "intake/column.h"
#include "intake/sheet.h"

#define HEADER_PRINT_BYTES 17

struct heading {
	int column;
	const char *text; /* folded, without spaces */
	const char *unit; /* of money or area; "": none said */
	char field[COLUMN_FIELD_BYTES]; /* what is proposed; "": nothing */
};

struct header {
	int first_row, last_row; /* 0: none found */
	int count;
	struct heading *items; /* by column */
	int known; /* how many have a field */
	char fingerprint[HEADER_PRINT_BYTES]; /* the same for sheets of the same columns */
};

/* row 0: looks for it. What is found lives in the book's arena. */
struct header header_find(
	struct sheet_book *b, const struct sheet *s, const struct column_kind *kind, int row);

#endif
