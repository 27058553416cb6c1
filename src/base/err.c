/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *e, enum err_kind kind, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	e->kind = kind;
	(void)vsnprintf(e->text, sizeof e->text, format, args);
	va_end(args);
	return false;
}

bool err_prefix(struct err *e, const char *format, ...)
{
	char text[sizeof e->text];
	memcpy(text, e->text, sizeof text);
	va_list args;
	va_start(args, format);
	int n = vsnprintf(e->text, sizeof e->text, format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof e->text)
		return false;
	(void)snprintf(e->text + n, sizeof e->text - (size_t)n, ": %s", text);
	return false;
}

const char *err_kind_name(enum err_kind kind)
{
	static const char *const names[] = {
		[ERR_NONE] = "none",
		[ERR_USAGE] = "usage",
		[ERR_IO] = "io",
		[ERR_NETWORK] = "network",
		[ERR_FORMAT] = "format",
		[ERR_UNTRUSTED] = "untrusted",
		[ERR_STALE] = "stale",
		[ERR_DISK] = "disk",
		[ERR_BUSY] = "busy",
		[ERR_FORBIDDEN] = "forbidden",
		[ERR_MISSING] = "missing",
		[ERR_CONFLICT] = "conflict",
	};
	return names[kind];
}
