/* SPDX-License-Identifier: Apache-2.0 */
#include "base/alloc.h"

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

static void *must(void *got, size_t count, size_t size)
{
	if (!got && count && size) {
		log_line(LOG_ERROR, "alloc: out of memory: %zu x %zu bytes", count, size);
		abort();
	}
	return got;
}

void *alloc_zero(size_t count, size_t size)
{
	return must(calloc(count, size), count, size);
}

void *alloc_resize(void *old, size_t count, size_t size)
{
	return must(reallocarray(old, count, size), count, size);
}

void *alloc_bytes(size_t size)
{
	return must(malloc(size), 1, size);
}

void *alloc_bytes_again(void *old, size_t size)
{
	return must(realloc(old, size), 1, size);
}

void alloc_watch(void)
{
	errno = 0;
}

void alloc_watched(const char *what)
{
	if (errno != ENOMEM) /* malloc() says so, whoever asked it */
		return;
	log_line(LOG_ERROR, "alloc: out of memory in %s", what);
	abort();
}

char *alloc_text_len(const char *text, size_t len)
{
	char *copy = alloc_zero(len + 1, 1);
	memcpy(copy, text, len);
	return copy;
}

char *alloc_text(const char *text)
{
	return alloc_text_len(text, strlen(text));
}

#define LARGE_BYTES (256 * 1024)

void alloc_prepare(void)
{
	/* A second heap for the second thread would grow by one page a call of the kernel.
	 * The limit for large pieces stays where it is once it is set. */
	(void)mallopt(M_ARENA_MAX, 1);
	(void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
}

void alloc_rest(void)
{
	(void)malloc_trim(0);
}
