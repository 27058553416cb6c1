/* sentences.h - a test as a table of sentences: every row is one line of TAP.
 *
 * A row begins with its sentence (const char *says); the check gets the row as its
 * state and asserts with cmocka. Header only: a test is one file. */
#ifndef SENTENCES_H
#define SENTENCES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SENTENCES_MAX 1000
#define SENTENCES_ROWS(s, rows, check)                                                                       \
	sentences_rows((s), (rows), sizeof(rows) / sizeof(rows)[0], sizeof(rows)[0], (check))

struct sentences {
	struct CMUnitTest tests[SENTENCES_MAX];
	size_t count;
};

static inline void sentences_add(
	struct sentences *s, const char *says, CMUnitTestFunction check, const void *row)
{
	if (s->count == SENTENCES_MAX)
		abort();
	s->tests[s->count++] = (struct CMUnitTest){
		.name = says, .test_func = check, .initial_state = (void *)(uintptr_t)row};
}

/* Each row's first member is its sentence. */
static inline void sentences_rows(
	struct sentences *s, const void *rows, size_t count, size_t row_bytes, CMUnitTestFunction check)
{
	for (size_t i = 0; i < count; i++) {
		const char *says;
		const char *row = (const char *)rows + i * row_bytes;
		memcpy(&says, row, sizeof says);
		sentences_add(s, says, check, row);
	}
}

static inline int sentences_run(struct sentences *s, const char *group)
{
	return _cmocka_run_group_tests(group, s->tests, s->count, NULL, NULL);
}

#endif
