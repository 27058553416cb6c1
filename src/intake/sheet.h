/* sheet.h - a workbook as an office sends it, read: rows of text cells, whatever file they
 * came from.
 *
 * Rows and columns count from 1, as a spreadsheet shows them (column 1 is A). Only cells
 * that hold something are kept. Ceilings stand in sheet.c beside their reasons; what breaks
 * one is refused with a Chinese reason (ERR_FORMAT). All of it lives until the book ends. */
#ifndef SHEET_H
#define SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

#define SHEET_UPLOAD_BYTES_MAX (20 << 20) /* an office's largest sheet is a tenth of it */
#define SHEET_ROWS_MAX 20000
#define SHEET_COLUMNS_MAX 256
#define SHEET_CELL_CHARS_MAX 32767 /* what a spreadsheet itself allows */
#define SHEET_COLUMN_TEXT 4

enum cell_kind {
	CELL_TEXT,
	CELL_PLAIN, /* of a file without types: text, or a number that lost its last zeros */
	CELL_NUMBER, /* text: at most 15 digits, as people typed it */
	CELL_DATE, /* text: 2023-06-30, 2023-06, 2023-06-30T17:30:00 or 17:30:00 */
	CELL_BOOL, /* text: 是, 否 */
	CELL_ERROR, /* text: #REF! and the like */
	CELL_NO_RESULT, /* a formula that nobody has computed; text: "" */
	CELL_SCALED, /* shown in other units than it is kept in: nobody knows which is meant */
};

struct sheet_cell {
	int column;
	enum cell_kind kind;
	const char *text; /* UTF-8 */
};

struct sheet_row {
	int row;
	bool is_hidden; /* filtered away */
	int count, room;
	struct sheet_cell *cells; /* by column */
};

/* Cells that show as one; what they hold stands in the first one. */
struct sheet_range {
	int first_row, first_column, last_row, last_column;
};

struct sheet {
	const char *name;
	bool is_hidden;
	int row_count, row_room;
	struct sheet_row *rows; /* by number */
	int merge_count, merge_room;
	struct sheet_range *merges;
};

struct sheet_book {
	struct arena arena;
	struct sheet *sheets;
	int sheet_count;
	size_t cell_count; /* of all sheets */
};

struct sheet_book *sheet_book_create(void);
void sheet_book_destroy(struct sheet_book *b); /* NULL is fine */

/* ---- for readers of files ------------------------------------------------------- */

/* Valid until the next one is added. */
struct sheet *sheet_add(struct sheet_book *b, const char *name, bool is_hidden, struct err *e);

/* Cells come in order of row and column; empty text of any kind but CELL_NO_RESULT is
 * passed over. The text is copied. */
bool sheet_add_cell(
	struct sheet_book *b, struct sheet *s, int row, const struct sheet_cell *cell, struct err *e);
bool sheet_add_merge(struct sheet_book *b, struct sheet *s, const struct sheet_range *r, struct err *e);

/* ---- for those who look --------------------------------------------------------- */

/* NULL: nothing there. */
const struct sheet_row *sheet_find_row(const struct sheet *s, int row);
const struct sheet_cell *sheet_find_cell(const struct sheet *s, int row, int column);

/* The same, and in a merged range the cell that speaks for all of it. */
const struct sheet_cell *sheet_see_cell(const struct sheet *s, int row, int column);

/* The range that a cell belongs to; NULL: none. */
const struct sheet_range *sheet_find_merge(const struct sheet *s, int row, int column);

/* Puts text in the place of what a cell holds; "": nothing. */
bool sheet_set_cell(
	struct sheet_book *b, struct sheet *s, int row, int column, const char *text, struct err *e);

/* 1 is "A"; and back, 0 for what is no column here. */
void sheet_column_name(int column, char out[static SHEET_COLUMN_TEXT]);
int sheet_column_number(const char *name);

#endif
