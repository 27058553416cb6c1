/* initials.h - finding a name by the first letters of its characters in Pinyin, as people
 * here type: "FCXZ" finds 坊茨小镇. Pure.
 *
 * The 3,755 characters of GB/T 2312's first level stand there in the order of their Pinyin
 * (GB/T 2312-1980, rows 16 to 55), which tells their letter. One of another row, or of two
 * readings, may be typed by any letter: what is there is found, with something beside it. */
#ifndef INITIALS_H
#define INITIALS_H

#include <stdbool.h>

#define INITIALS_MAX 128 /* letters of a name, with its NUL */
#define INITIALS_ANY '*'

/* A letter for each character of the name: A..Z, 0..9 for themselves, INITIALS_ANY. Spaces
 * and punctuation have none. What is longer is cut. */
void initials_of(const char *name, char out[static INITIALS_MAX]);

/* What was typed (A..Z, 0..9) stands in these initials, from any of them on. "" does not. */
bool initials_have(const char *initials, const char *typed);

#endif
