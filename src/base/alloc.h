/* alloc.h - memory, or the end of the process.
 *
 * Out of memory means stop: the supervisor restarts the program from the
 * store, which is always safe to start from. Nothing here returns NULL.
 * What is allocated here is released with free(). */
#ifndef ALLOC_H
#define ALLOC_H

#include <stddef.h>

void *alloc_zero(size_t count, size_t size);
void *alloc_resize(void *old, size_t count, size_t size);

/* The same for libraries, which would go on without: as malloc() and realloc(). What they
 * make of a failure is a wrong verdict, or a crash. */
void *alloc_bytes(size_t size);
void *alloc_bytes_again(void *old, size_t size);

/* Around a call of a library that has no such hook, and hides what it had no memory for:
 * what it made then is not whole. */
void alloc_watch(void);
void alloc_watched(const char *what); /* stops when there was not enough */

/* Copies; the second one takes exactly len bytes and adds the NUL. */
char *alloc_text(const char *text);
char *alloc_text_len(const char *text, size_t len);

/* First in a program that is small and stays: one heap for all its threads, and large pieces
 * beside it, so that what is freed goes back to the system. */
void alloc_prepare(void);

/* Gives back what is free. */
void alloc_rest(void);

#endif
