/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/options.h"

#include <stddef.h>
#include <stdio.h>

#include "base/alloc.h"

#define FONTS "/usr/share/fonts/opentype/noto/NotoSansCJK-"

#define AT(member) offsetof(struct hub_options, member)
static const struct option_spec specs[] = {
	{"config", "FILE", OPTION_TEXT, AT(config), .help = "settings file; it knows the same keys",
		.command_line_only = true},
	{"folder", "DIR", OPTION_TEXT, AT(folder), .help = "the office's folder: its database and pictures"},
	{"feed", "DIR", OPTION_TEXT, AT(feed), .help = "the feed's folder"},
	{"listen", "ADDR:PORT", OPTION_TEXT, AT(listen),
		.help = "where to serve; port 0: any free one. Without it, systemd's socket"},
	{"origin", "URL", OPTION_TEXT, AT(origin),
		.help = "how browsers call this hub (https://hub.example.cn)"},
	{"behind-proxy", NULL, OPTION_BOOL, AT(behind_proxy),
		.help = "believe the last address of X-Forwarded-For"},
	{"console", "DIR", OPTION_TEXT, AT(console), .help = "the web console's files"},
	{"head-key", "FILE", OPTION_TEXT, AT(head_key), .help = "signs heads; mode 0400, of the hub's user"},
	{"publisher-key", "FILE", OPTION_TEXT, AT(publisher_key),
		.help = "signs versions, where the office turns that on: then who breaks in here can publish"},
	{"stick", "DIR", OPTION_TEXT, AT(stick), .help = "keep DIR/fangzi-feed as the feed is, for USB sticks"},
	{"bucket", "URL", OPTION_TEXT, AT(bucket),
		.help = "an S3-compatible store's folder to bring the feed to (https://HOST/BUCKET/FOLDER)"},
	{"bucket-region", "NAME", OPTION_TEXT, AT(bucket_region), .help = "  (us-east-1)"},
	{"bucket-key", "FILE", OPTION_TEXT, AT(bucket_key), .help = "  ID:SECRET in one line; mode 0400"},
	{"bucket-ca", "FILE", OPTION_TEXT, AT(bucket_ca), .help = "  certificates to trust instead of the system's"},
	{"font-regular", "FILE", OPTION_TEXT, AT(font_regular), .help = "the screens' fonts"},
	{"font-bold", "FILE", OPTION_TEXT, AT(font_bold), .help = ""},
	{"font", "FILE", OPTION_LIST, AT(font), .help = ""},
	{"content", "FILE", OPTION_TEXT, AT(content),
		.help = "init: a content document to begin with, as a draft", .command_line_only = true},
	{"media", "DIR", OPTION_TEXT, AT(media), .help = "demo: the pictures that it names",
		.command_line_only = true},
	{"administrator", "NAME", OPTION_TEXT, AT(administrator),
		.help = "init: the first account's name (admin)", .command_line_only = true},
	{"at", "TIME", OPTION_TEXT, AT(at), .help = "begin at this moment, as RFC 3339 has it; for trying things out"},
	{"help", NULL, OPTION_BOOL, AT(help), .help = "this text", .command_line_only = true},
	{"version", NULL, OPTION_BOOL, AT(version), .help = "print the version", .command_line_only = true},
};
static const struct option_table table = {specs, sizeof specs / sizeof specs[0]};

bool hub_options_read(struct hub_options *o, int argc, char *const *argv, struct err *e)
{
	*o = (struct hub_options){.words.max = 1};
	o->font_regular = alloc_text(FONTS "Regular.ttc");
	o->font_bold = alloc_text(FONTS "Bold.ttc");
	bool ok = option_read_args(&table, o, argc, argv, &o->words, e);
	if (ok && o->config) {
		o->words.count = 0;
		ok = option_read_file(&table, o, o->config, e) &&
		     option_read_args(&table, o, argc, argv, &o->words, e);
	}
	return ok;
}

void hub_options_finish(struct hub_options *o)
{
	option_finish(&table, o);
}

void hub_options_print_help(void)
{
	(void)printf("usage: fangzi-hub COMMAND [options]\n\n"
		     "  serve         the console, its API and the feed; with --feed alone only the feed\n"
		     "  demo          on this machine alone: an account of each role, --content published\n"
		     "  init          an empty office in --folder, and its first account\n"
		     "  backup FILE   a copy of the database, while nobody serves it\n"
		     "  restore FILE  puts a backup in the place of the database of --folder\n\n");
	option_print_help(&table, stdout);
}

bool hub_options_need(const char *value, const char *name, struct err *e)
{
	return value || err_set(e, ERR_USAGE, "--%s is needed", name);
}
