/* errand.h - what a display that sleeps and wakes is told by another process: the commands that an installer
 * set or, where there are none, a word over HDMI-CEC (cec.h). One at a time, ended after 20 s, and tried
 * again each minute while it fails. One thread. */
#ifndef ERRAND_H
#define ERRAND_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct errand {
	const char *dark, *light; /* for /bin/sh, or NULL. Borrowed */
	const char *cec_folder; /* where adapters are, if neither is set. Borrowed */
	bool is_done_known, done_is_lit; /* the last that went well */
	bool runs_for_lit, is_told; /* the one that runs; a failure was told */
	bool is_silence_told; /* that no television listens */
	pid_t pid; /* 0: none runs */
	int64_t began_ms, again_ms; /* monotonic */
};

/* The display is to be lit, or dark. Called again and again. */
void errand_want(struct errand *r, bool is_lit, int64_t now_ms);

/* Ends one that runs. */
void errand_finish(struct errand *r);

#endif
