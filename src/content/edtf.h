/* edtf.h - dates with just the precision they have (ISO 8601-2, EDTF level 1).
 *
 * YYYY, YYYY-MM, YYYY-MM-DD, quarters YYYY-33..36, half-years YYYY-40, -41, each
 * also approximate with a trailing ~; a period is A/B. Days count from
 * 1970-01-01. Pure. */
#ifndef EDTF_H
#define EDTF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum edtf_precision { EDTF_DAY, EDTF_MONTH, EDTF_QUARTER, EDTF_HALF, EDTF_YEAR };

struct edtf {
	enum edtf_precision precision;
	int year, part, day; /* part: month 1..12, quarter 1..4, half 1..2 */
	bool is_approximate;
	int32_t first, last; /* the days it covers */
};

bool edtf_parse(const char *text, struct edtf *out);

/* A date or A/B with A not after B; from = to for a single date. */
bool edtf_parse_period(const char *text, struct edtf *from, struct edtf *to);

/* As a reader expects it: 2023年5月, 2023年二季度, 2023年上半年, 约2023年. Without
 * the year when it is this_year (0: always with it). */
void edtf_format(const struct edtf *d, int this_year, char *out, size_t room);

/* 2023年1—5月, 7—10月 (this year), 2022年11月—2023年3月. */
void edtf_format_period(
	const struct edtf *from, const struct edtf *to, int this_year, char *out, size_t room);

/* Any of these, or plain text handed through: what as_of may say. */
void edtf_format_as_of(const char *as_of, char *out, size_t room);

#endif
