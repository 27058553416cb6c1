/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/range.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Digits only, no sign, no overflow. */
static bool number(const char **at, uint64_t *out)
{
	char *end;
	if (!isdigit((unsigned char)**at))
		return false;
	errno = 0;
	*out = strtoull(*at, &end, 10);
	*at = end;
	return errno == 0;
}

struct range range_parse(const char *header, uint64_t size)
{
	const struct range whole = {RANGE_WHOLE, 0, size};
	uint64_t first, last;
	if (!header || strncasecmp(header, "bytes=", 6) != 0 || strchr(header, ','))
		return whole;
	const char *at = header + 6;
	if (*at == '-') { /* the last so many */
		at++;
		if (!number(&at, &last) || *at)
			return whole;
		if (last == 0 || size == 0)
			return (struct range){RANGE_OUTSIDE, 0, 0};
		last = last < size ? last : size;
		return (struct range){RANGE_PART, size - last, last};
	}
	if (!number(&at, &first) || *at++ != '-')
		return whole;
	last = size ? size - 1 : 0;
	if (*at && (!number(&at, &last) || *at || last < first))
		return whole;
	if (first >= size)
		return (struct range){RANGE_OUTSIDE, 0, 0};
	last = last < size - 1 ? last : size - 1;
	return (struct range){RANGE_PART, first, last - first + 1};
}

bool range_etag_matches(const char *header, const char *etag)
{
	size_t len = strlen(etag);
	while (header && *header) {
		while (*header == ' ' || *header == '\t' || *header == ',')
			header++;
		if (*header == '*')
			return true;
		if (strncmp(header, "W/", 2) == 0)
			header += 2;
		if (strncmp(header, etag, len) == 0 && (header[len] == '\0' || strchr(", \t", header[len])))
			return true;
		while (*header && *header != ',')
			header++;
	}
	return false;
}

int range_prefer_wait(const char *header, int max)
{
	while (header && *header) {
		while (*header == ' ' || *header == ',' || *header == ';')
			header++;
		if (strncasecmp(header, "wait=", 5) == 0) {
			const char *at = header + 5;
			uint64_t seconds;
			bool ok = number(&at, &seconds) && (*at == '\0' || strchr(" ,;", *at));
			return !ok ? 0 : seconds > (uint64_t)max ? max : (int)seconds;
		}
		while (*header && *header != ',' && *header != ';')
			header++;
	}
	return 0;
}
