/* log.h - lines on standard error that a person or journald can act on.
 *
 * "<N>module: problem: value"; journald reads the <N>. The level says who acts:
 * error = a person must come, warning = it copes, look this week, info = a
 * state changed, debug = for developers. Log changes, never each retry.
 * May be called from any thread; a line is written with one write(2). */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>

enum log_level { LOG_ERROR = 3, LOG_WARNING = 4, LOG_INFO = 6, LOG_DEBUG = 7 };

/* Lines above this level are dropped; LOG_INFO until called. */
void log_set_level(enum log_level level);

/* Control characters in what is logged come out as '?', so a line stays a line. */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
