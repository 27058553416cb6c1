/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void need(struct buf *b, size_t len)
{
	if (len > SIZE_MAX / 4 - b->len)
		abort();
	size_t want = b->len + len + 1;
	if (want <= b->room)
		return;
	b->room = want < 256 ? 256 : want + want / 2;
	b->data = alloc_resize(b->data, b->room, 1);
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
	need(b, len);
	if (len)
		memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		abort();
	need(b, (size_t)n);
	(void)vsnprintf(b->data + b->len, (size_t)n + 1, format, again);
	va_end(again);
	b->len += (size_t)n;
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data)
		b->data[0] = '\0';
}

void buf_finish(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}
