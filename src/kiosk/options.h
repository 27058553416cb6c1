/* options.h - what the screen is told: command line and configuration file. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/option.h"
#include "paint/font.h"

struct options {
	char *config, *state, *feed, *trust, *screen, *at, *size, *rotate, *present, *reduce_motion;
	char *content, *media, *out, *board, *progress, *record, *frame_log, *alert, *pairing;
	char *font_regular, *font_bold;
	char *manifest, *objects, *sync, *ca, *hub, *etc, *root, *lang;
	char *dark_command, *light_command, *night;
	struct option_list font, setup, from;
	bool windowed, touch, no_sync, no_orbit, large_text, help, version, once, probe;
	bool offline, stale, clock_unknown; /* of a snapshot */
	int64_t poll_s, look_s, night_dim;
};

/* Defaults, then the file that --config names, then the command line. A trailing
 * word is an error. ERR_USAGE. */
bool options_read(struct options *o, int argc, char *const *argv, struct err *e);

/* Likewise; where the command line names neither file nor state folder, the settings of this box's
 * own service, if it has any. */
bool options_read_box(struct options *o, int argc, char *const *argv, struct err *e);
void options_finish(struct options *o);
void options_print_help(void);

/* What the texts mean. ERR_USAGE. */
bool options_clock(const struct options *o, struct clock *out, struct err *e); /* the system's, or --at */
bool options_progress(const struct options *o, double *out, struct err *e); /* 0..1; 1 when not said */
int options_turns(const struct options *o); /* quarter turns clockwise */

struct font_paths options_fonts(const struct options *o);

#endif
