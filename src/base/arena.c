/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define ARENA_BLOCK_BYTES 16384 /* a page of rows fits in one or two */
#define ITEMS_AT_FIRST 8 /* a power of two */

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	_Alignas(max_align_t) unsigned char bytes[];
};

static struct arena_block *grow(struct arena *a, size_t need)
{
	size_t size = need > ARENA_BLOCK_BYTES ? need : ARENA_BLOCK_BYTES;
	struct arena_block *b = alloc_zero(1, sizeof *b + size);
	b->size = size;
	b->next = a->first;
	a->first = b;
	return b;
}

void *arena_take(struct arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		abort();
	size_t align = _Alignof(max_align_t);
	size_t need = (count * size + align - 1) / align * align;
	struct arena_block *b = a->first;
	if (!b || b->size - b->used < need)
		b = grow(a, need);
	void *p = b->bytes + b->used;
	b->used += need;
	return p;
}

void *arena_more(struct arena *a, void *items, size_t count, size_t size)
{
	bool is_full = count >= ITEMS_AT_FIRST && (count & (count - 1)) == 0;
	if (count > 0 && !is_full)
		return items;
	void *more = arena_take(a, count ? 2 * count : ITEMS_AT_FIRST, size);
	if (count > 0)
		memcpy(more, items, count * size);
	return more;
}

char *arena_text_len(struct arena *a, const char *text, size_t len)
{
	char *copy = arena_take(a, len + 1, 1);
	memcpy(copy, text, len);
	return copy;
}

char *arena_text(struct arena *a, const char *text)
{
	return arena_text_len(a, text, strlen(text));
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		abort();
	char *text = arena_take(a, (size_t)n + 1, 1);
	(void)vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return text;
}

void arena_clear(struct arena *a)
{
	struct arena_block *kept = a->first;
	if (!kept)
		return;
	a->first = kept->next;
	arena_finish(a);
	memset(kept->bytes, 0, kept->used);
	kept->used = 0;
	kept->next = NULL;
	a->first = kept;
}

void arena_finish(struct arena *a)
{
	while (a->first) {
		struct arena_block *b = a->first;
		a->first = b->next;
		free(b);
	}
}
