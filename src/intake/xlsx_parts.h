/* xlsx_parts.h - what the parts of the XLSX reader share; not for others. */
#ifndef XLSX_PARTS_H
#define XLSX_PARTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "intake/package.h"
#include "intake/sheet.h"

#define XLSX_STYLES_MAX 65536 /* a spreadsheet itself allows 65,490 */
#define XLSX_STRINGS_MAX 1000000 /* as many as cells */

/* How a number format shows a number. */
enum xlsx_look {
	XLSX_AS_NUMBER,
	XLSX_AS_PERCENT,
	XLSX_SCALED, /* in thousands, or in tens of thousands */
	XLSX_AS_YEAR,
	XLSX_AS_MONTH, /* with its year */
	XLSX_AS_DAY,
	XLSX_AS_TIME, /* of day alone */
	XLSX_AS_DAY_AND_TIME,
};

struct xlsx_styles {
	enum xlsx_look *looks; /* by a cell's style */
	int count, room;
};

struct xlsx_strings {
	struct arena *arena;
	const char **items;
	int count, room;
};

/* By a format's code, "yyyy\"年\"m\"月\"", and by the numbers that have no code in a file. */
enum xlsx_look xlsx_look_of_code(const char *code);
enum xlsx_look xlsx_look_of_builtin(int id);

bool xlsx_read_styles(struct xlsx_styles *s, struct package *p, const char *part, struct err *e);
bool xlsx_read_strings(struct xlsx_strings *s, struct package *p, const char *part, struct err *e);

/* The text of an <si> or <is>: its <t>, without phonetic runs. Fed with its elements. */
struct xlsx_text {
	struct buf text;
	int phonetic; /* inside <rPh> */
	bool is_in_t;
};
void xlsx_text_start(struct xlsx_text *t, const char *name);
void xlsx_text_end(struct xlsx_text *t, const char *name);
bool xlsx_text_add(struct xlsx_text *t, const char *text, int len, struct err *e);
const char *xlsx_text_done(struct xlsx_text *t); /* valid until the next start */

/* A number as it is shown: of kind CELL_NUMBER, CELL_DATE, CELL_SCALED or CELL_ERROR. */
struct sheet_cell xlsx_show_number(double value, enum xlsx_look look, bool is_1904, char out[static 40]);

struct xlsx_cells {
	struct package *package;
	struct sheet_book *book;
	const struct xlsx_styles *styles;
	const struct xlsx_strings *strings;
	bool is_1904;
};
bool xlsx_read_cells(const struct xlsx_cells *x, struct sheet *s, const char *part, struct err *e);

/* "B12"; false: no such place. */
bool xlsx_parse_place(const char *text, int *row, int *column);

#endif
