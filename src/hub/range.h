/* range.h - conditions and ranges of HTTP requests (RFC 9110, 13 and 14). Pure. */
#ifndef RANGE_H
#define RANGE_H

#include <stdbool.h>
#include <stdint.h>

enum range_kind {
	RANGE_WHOLE, /* none asked for, or one that is not understood: the whole thing */
	RANGE_PART,
	RANGE_OUTSIDE, /* 416 */
};

struct range {
	enum range_kind kind;
	uint64_t first, length;
};

/* One range of bytes out of size. Several at once are answered with the whole. */
struct range range_parse(const char *header, uint64_t size);

/* The entity tag stands in an If-None-Match list (weak comparison), or it is "*". */
bool range_etag_matches(const char *header, const char *etag);

/* Seconds out of "Prefer: wait=25, ..."; 0: none, at most max (RFC 7240, 4.3). */
int range_prefer_wait(const char *header, int max);

#endif
