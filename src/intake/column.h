/* column.h - what the columns of an office's sheets can be: kinds, their fields, and the
 * words that headers use for them. Constant data. */
#ifndef COLUMN_H
#define COLUMN_H

#include <stdbool.h>
#include <stddef.h>

enum column_type {
	COLUMN_TEXT,
	COLUMN_ID,
	COLUMN_MONEY,
	COLUMN_AREA,
	COLUMN_NUMBER,
	COLUMN_PERCENT, /* a number; "%" may stand behind it */
	COLUMN_POINTS, /* likewise, 个百分点 */
	COLUMN_WHOLE, /* 0..1000 */
	COLUMN_RANK, /* also sets "of", or "rank_at_least" for "rank" */
	COLUMN_PERIOD,
	COLUMN_AS_OF, /* a period, or words */
	COLUMN_WORD, /* one of words */
	COLUMN_WORD_OR_ID, /* one of words, or an id that is none of them */
	COLUMN_YES, /* 是: true; 否: nothing */
	COLUMN_PHASE, /* of the document's templates, by name */
	COLUMN_SOURCE, /* of the document's sources, by name */
	COLUMN_DAY, /* for a COLUMN_TIME that says an hour alone */
	COLUMN_TIME, /* with a zone; "from" may also say until when */
	COLUMN_MILESTONE, /* a milestone's name: a row a milestone */
	COLUMN_PLANNED, /* these three: of that milestone */
	COLUMN_ACTUAL,
	COLUMN_STATE,
};

/* What an office says, and the word of the content document. */
struct column_word {
	const char *said, *word;
};

struct column {
	const char *field, *label;
	enum column_type type;
	bool is_required; /* of a new item: here, or by an option */
	const struct column_word *words; /* ended by NULLs; of COLUMN_WORD */
	const char *names; /* headers that mean it, beside the label: " 业主 建设单位 " */
	const char *note; /* for who fills in the template */
	const char *example;
};

struct column_kind {
	const char *name; /* projects, indicators, standings, programme */
	const char *list; /* of the content document */
	const char *nested; /* the list within the item `target`; NULL: rows are items */
	const char *key; /* the field that names a row */
	const char *nested_id; /* "id", or the key where entries have none */
	const char *prefix; /* of new ids */
	const char *title; /* for templates */
	const struct column *columns;
	int count;
};

/* NULL: no such kind, or field. */
const struct column_kind *column_find_kind(const char *name);
const struct column *column_find(const struct column_kind *kind, const char *field);

/* By a header's words, folded without spaces; NULL: no column is called so. */
const struct column *column_by_name(const struct column_kind *kind, const char *header);

/* "milestone:开工:planned": a column of one milestone, as many as a sheet has. */
#define COLUMN_OF_MILESTONE "milestone:"
#define COLUMN_FIELD_BYTES 160

/* Whether a header, folded without spaces, is about a milestone's dates: 计划开工时间, or
 * 开工/实际. Writes the field. */
bool column_of_milestone(const char *header, char field[static COLUMN_FIELD_BYTES]);

/* Parts it; false: not such a field. name is field's own, len bytes. */
bool column_part_milestone(const char *field, const char **name, size_t *len, enum column_type *type);

/* The state that a milestone's words mean; NULL: not understood. */
const char *column_state(const char *folded);

#endif
