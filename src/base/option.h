/* option.h - settings as a table: one row serves the command line, the
 * configuration file and the help text.
 *
 * A row names a member of the program's own settings struct by its offset. A
 * file is "key = value" lines as libconfuse reads them; an unknown key, a wrong
 * type or a value out of range is an error with file, line and rule. */
#ifndef OPTION_H
#define OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

#define OPTION_LIST_MAX 16
#define OPTION_FILE_BYTES_MAX 65536

enum option_type {
	OPTION_TEXT, /* member: char *, owned */
	OPTION_INT, /* member: int64_t */
	OPTION_BOOL, /* member: bool; a bare flag on the command line */
	OPTION_LIST, /* member: struct option_list; repeated on the command line */
};

struct option_list {
	char *items[OPTION_LIST_MAX];
	int count;
};

struct option_spec {
	const char *name; /* "poll-s": --poll-s 30 and poll-s = 30 */
	const char *value; /* how help calls the value; NULL for a flag */
	enum option_type type;
	size_t offset;
	int64_t min, max; /* OPTION_INT; 0, 0: any */
	const char *const *words; /* OPTION_TEXT: the only ones allowed, NULL-ended */
	const char *help;
	bool command_line_only;
};

struct option_table {
	const struct option_spec *specs;
	int count;
};

/* The words of a command line that are no options: a file's name, say. */
struct option_words {
	const char *items[4]; /* borrowed from argv */
	int count, max; /* max is the caller's: more is an error */
};

/* Sets what argv says into values; words may be NULL for none allowed. ERR_USAGE. */
bool option_read_args(const struct option_table *t, void *values, int argc, char *const *argv,
	struct option_words *words, struct err *e);

/* Sets what the file says into values. ERR_USAGE. */
bool option_read_file(const struct option_table *t, void *values, const char *path, struct err *e);

/* Pixels of a screen, "1920x1080". */
struct size {
	int width, height;
};

/* NULL text: 0 x 0, not said. ERR_USAGE. */
bool option_read_size(const char *text, struct size *out, struct err *e);

void option_print_help(const struct option_table *t, FILE *out);

/* Frees what the table's members own. */
void option_finish(const struct option_table *t, void *values);

#endif
