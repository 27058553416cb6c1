/* buf.h - bytes that grow.
 *
 * All zero is an empty buffer; data is always followed by a NUL once anything
 * was added, and is NULL before. The caller owns it: buf_finish() frees. */
#ifndef BUF_H
#define BUF_H

#include <stddef.h>

struct buf {
	char *data;
	size_t len, room;
};

void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_text(struct buf *b, const char *text);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *b); /* empty, keeping the memory */
void buf_finish(struct buf *b);

#endif
