/* arena.h - many small things that die together: the rows and words of a page.
 *
 * arena_finish() frees all of it at once; what came out of the arena is valid
 * until then. One thread. */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *first; /* all zero: an empty arena */
};

/* Zeroed, aligned for any type. */
void *arena_take(struct arena *a, size_t count, size_t size);

/* Room for one more behind count of them, zeroed likewise; they may move. items: NULL of none. */
void *arena_more(struct arena *a, void *items, size_t count, size_t size);

char *arena_text(struct arena *a, const char *text);
char *arena_text_len(struct arena *a, const char *text, size_t len);
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_clear(struct arena *a); /* empty, keeping a block */
void arena_finish(struct arena *a);

#endif
