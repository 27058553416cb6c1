/* options.h - what fangzi-sync is told. */
#ifndef SYNC_OPTIONS_H
#define SYNC_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct sync_options {
	char *config, *feed, *trust, *state, *ca, *kiosk, *kiosk_config, *kiosk_folder, *at, *hub, *hub_ca, *stick;
	bool once, help, version;
	int64_t poll_s, deadline_s, trial_s, report_s;
};

/* Defaults, then --config, then the command line. ERR_USAGE. */
bool sync_options_read(struct sync_options *o, int argc, char *const *argv, struct err *e);
void sync_options_finish(struct sync_options *o);
void sync_options_print_help(void);
bool sync_options_clock(const struct sync_options *o, struct clock *out, struct err *e);

#endif
