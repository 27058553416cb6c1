/* options.h - what fangzi-sign is told. */
#ifndef SIGN_OPTIONS_H
#define SIGN_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/option.h"
#include "paint/font.h"

struct sign_options {
	char *type, *out, *feed, *content, *media, *trust, *policy, *at, *size, *draft, *passphrase_file;
	char *font_regular, *font_bold;
	struct option_list font, key, root, publisher, head, alert;
	bool hold, large_text, help;
	int64_t number, valid_days, root_threshold, publisher_threshold, head_threshold;
	struct option_words words; /* FILE, FEED */
};

bool sign_options_read(struct sign_options *o, int argc, char *const *argv, struct err *e);
void sign_options_finish(struct sign_options *o);
void sign_options_print_help(void);

/* The time to sign for: now, or --at. */
bool sign_options_now(const struct sign_options *o, int64_t *utc_s, struct err *e);
struct font_paths sign_options_fonts(const struct sign_options *o);

/* The option must have been given; name without dashes. ERR_USAGE. */
bool sign_options_need(const char *value, const char *name, struct err *e);

#endif
