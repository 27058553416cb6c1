/* options.h - what fangzi-hub is told. */
#ifndef HUB_OPTIONS_H
#define HUB_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/option.h"

struct hub_options {
	char *config, *folder, *feed, *listen, *origin, *console, *content, *media, *administrator, *at;
	char *head_key, *publisher_key, *stick, *bucket, *bucket_region, *bucket_key, *bucket_ca;
	char *font_regular, *font_bold;
	struct option_list font;
	bool behind_proxy, help, version;
	struct option_words words;
};

/* --config, then the command line. ERR_USAGE. */
bool hub_options_read(struct hub_options *o, int argc, char *const *argv, struct err *e);
void hub_options_finish(struct hub_options *o);
void hub_options_print_help(void);

/* The option must have been given; name without dashes. ERR_USAGE. */
bool hub_options_need(const char *value, const char *name, struct err *e);

#endif
