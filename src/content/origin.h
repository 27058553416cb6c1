/* origin.h - where a thing comes from; every page draws it. */
#ifndef ORIGIN_H
#define ORIGIN_H

#include <stdbool.h>

struct arena;
struct sqlite3_stmt;

struct origin {
	const char *as_of; /* EDTF, period or text; NULL where none is needed */
	const char *source; /* the source's name; NULL likewise */
	const char *derived; /* how it was worked out; NULL when it was not */
	bool is_sample;
};

/* From four columns: as_of, source's name, derived, sample. */
struct origin origin_read(struct sqlite3_stmt *s, int column, struct arena *a);

#endif
