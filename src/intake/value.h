/* value.h - what an office writes into a cell, understood or refused; never guessed.
 *
 * Everything takes text as value_fold() leaves it. What is not understood is refused with a
 * Chinese reason (ERR_FORMAT) that says what would be. Pure. */
#ifndef VALUE_H
#define VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "intake/sheet.h"

#define VALUE_DATE_BYTES 48 /* EDTF, a period of two */
#define VALUE_TIME_BYTES 32 /* RFC 3339 */

/* Full-width letters, digits and signs become the usual ones, dashes "-", and what stands
 * around or doubly as space goes. Replaces out. Line breaks become spaces. */
void value_fold(const char *text, struct buf *out);

/* The same without any space: for words that are compared. */
void value_fold_tight(const char *text, struct buf *out);

/* "", "-", "/", "无", "待定" and the like: nothing is said. */
bool value_is_blank(const char *folded);

/* ---- numbers ---------------------------------------------------------------------- */

/* "9.5亿元", "9500" under a header that says unit (万元, or ""): whole yuan. */
bool value_money(const char *folded, const char *unit, int64_t *yuan, struct err *e);

/* Whole square metres, likewise. */
bool value_area(const char *folded, const char *unit, int64_t *m2, struct err *e);

/* The unit of money or area that a header ends with or names in brackets; "": none. */
const char *value_unit_in(const char *folded);

/* "1,234.5", "+8.6%", "同比下降1.2%": the rest behind the number must be unit ("%" also
 * when it is left out), or nothing. */
bool value_number(const char *folded, const char *unit, double *out, struct err *e);
bool value_whole(const char *folded, int64_t min, int64_t max, int64_t *out, struct err *e);

/* "2", "第2名", "第二", "2/14" (*of, else as it was), "前3名" (*is_bound). */
bool value_rank(const char *folded, int64_t *rank, int64_t *of, bool *is_bound, struct err *e);

/* ---- dates: value_date.c ------------------------------------------------------------ */

struct value_when {
	enum cell_kind kind; /* of the cell: 2023.1 as a number is January or October */
	int year; /* of dates that say none; 0: not known */
	bool is_plan; /* may say 预计 and 前 */
};

/* EDTF with just the precision that the text has; 6月底 has that of its month. */
bool value_date(
	const char *folded, const struct value_when *w, char out[static VALUE_DATE_BYTES], struct err *e);

/* Also A/B: 2023年1-5月. */
bool value_period(
	const char *folded, const struct value_when *w, char out[static VALUE_DATE_BYTES], struct err *e);

/* A moment in the site's zone, "7月15日下午5:30", or an hour on a day ("" or YYYY-MM-DD);
 * to stays "" unless the text says until when. */
bool value_time(const char *folded, const struct value_when *w, const char *day, const char *zone,
	char from[static VALUE_TIME_BYTES], char to[static VALUE_TIME_BYTES], struct err *e);

/* A number up to 99 in Han figures, behind *at, which it moves; 0: none. */
int value_han_number(const char **at);

#endif
