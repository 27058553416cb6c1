/* trial.h - a version is painted, off screen, by a child process under limits,
 * before any screen shows it. */
#ifndef TRIAL_H
#define TRIAL_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct trial {
	const char *program; /* fangzi-kiosk */
	const char *trust; /* files */
	const char *manifest;
	const char *objects; /* folder */
	int64_t deadline_s;
	const char *at; /* start of an injected clock, or NULL */
	const char *config; /* the screen's settings file, which names its fonts, or NULL */
};

/* ERR_FORMAT with what the child said, or how it died. *stop non-zero ends it. */
bool trial_run(const struct trial *t, volatile sig_atomic_t *stop, struct err *e);

#endif
