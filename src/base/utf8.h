/* utf8.h - code points, one at a time, strictly (RFC 3629).
 *
 * Overlong forms, surrogates and what lies beyond U+10FFFF are not UTF-8. */
#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>
#include <stdint.h>

#define UTF8_BAD UINT32_MAX

/* Reads the code point at *text and moves *text behind it; 0 at the NUL, where
 * *text stays. UTF8_BAD (and *text one byte on) where it is not UTF-8. */
uint32_t utf8_next(const char **text);

/* Writes 1..4 bytes and a NUL; returns how many bytes without the NUL. */
size_t utf8_put(char out[static 5], uint32_t point);

/* Code points in text that is known to be UTF-8. */
size_t utf8_count(const char *text);

#endif
