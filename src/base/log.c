/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static enum log_level max_level = LOG_INFO;

void log_set_level(enum log_level level)
{
	max_level = level;
}

void log_line(enum log_level level, const char *format, ...)
{
	if (level > max_level)
		return;
	char line[1024];
	int head = snprintf(line, sizeof line, "<%d>", (int)level);
	va_list args;
	va_start(args, format);
	int body = vsnprintf(line + head, sizeof line - (size_t)head - 1, format, args);
	va_end(args);
	if (body < 0)
		return;
	size_t len = (size_t)head + (size_t)body;
	if (len > sizeof line - 2)
		len = sizeof line - 2;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];
		if (c < 0x20 || c == 0x7f)
			line[i] = '?';
	}
	line[len++] = '\n';
	ssize_t written = write(STDERR_FILENO, line, len);
	(void)written; /* nowhere left to say that saying failed */
}
