/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/options.h"

#include <stddef.h>
#include <stdio.h>

#include "base/civil.h"
#include "base/option.h"
#include "store/status.h"

#define AT(member) offsetof(struct sync_options, member)
static const struct option_spec specs[] = {
	{"config", "FILE", OPTION_TEXT, AT(config), .help = "settings file; it knows the same keys",
		.command_line_only = true},
	{"feed", "URL", OPTION_TEXT, AT(feed), .help = "http, https or file address of the feed's folder"},
	{"trust", "FILE", OPTION_TEXT, AT(trust),
		.help = "trust document that this screen was set up with, or sha256:FINGERPRINT\n"
			"                             of the feed's trust/1.json, to be fetched"},
	{"state", "DIR", OPTION_TEXT, AT(state), .help = "where what was verified is kept"},
	{"poll-s", "SECONDS", OPTION_INT, AT(poll_s), .min = 1, .max = 3600,
		.help = "between two looks (default 30)"},
	{"deadline-s", "SECONDS", OPTION_INT, AT(deadline_s), .min = 1, .max = 600,
		.help = "a transfer may take that long, and 1 s for each 4 KiB (default 20)"},
	{"trial-s", "SECONDS", OPTION_INT, AT(trial_s), .min = 1, .max = 3600,
		.help = "the trial of a version may take that long (default 120)"},
	{"ca", "FILE", OPTION_TEXT, AT(ca),
		.help = "the only certificates to trust for https (default: the system's)"},
	{"kiosk", "PROGRAM", OPTION_TEXT, AT(kiosk),
		.help = "the fangzi-kiosk that tries versions (default: beside this)"},
	{"kiosk-config", "FILE", OPTION_TEXT, AT(kiosk_config),
		.help = "the screen's settings file: versions are tried with its fonts"},
	{"kiosk-folder", "DIR", OPTION_TEXT, AT(kiosk_folder),
		.help = "where the screen says what it shows\n"
			"                             (default: --state, or " STATUS_RUNTIME_FOLDER ")"},
	{"hub", "URL", OPTION_TEXT, AT(hub),
		.help = "the hub that this screen reports to (default: none; nothing is ever sent)"},
	{"hub-ca", "FILE", OPTION_TEXT, AT(hub_ca), .help = "likewise for the hub (default: as --ca)"},
	{"report-s", "SECONDS", OPTION_INT, AT(report_s), .min = 10, .max = 3600,
		.help = "between two reports (default 300)"},
	{"stick", "DIR", OPTION_TEXT, AT(stick),
		.help = "where sticks are mounted: a fangzi-feed/ on one is looked at too (default: nowhere)"},
	{"at", "TIME", OPTION_TEXT, AT(at), .help = "start the clock at an RFC 3339 time"},
	{"once", NULL, OPTION_BOOL, AT(once),
		.help = "one look; exit 0 current or taken, 3 network, 4 format,\n"
			"                             5 untrusted, 6 stale, 7 disk",
		.command_line_only = true},
	{"help", NULL, OPTION_BOOL, AT(help), .help = "this text", .command_line_only = true},
	{"version", NULL, OPTION_BOOL, AT(version), .help = "print the version", .command_line_only = true},
};
static const struct option_table table = {specs, sizeof specs / sizeof specs[0]};

bool sync_options_read(struct sync_options *o, int argc, char *const *argv, struct err *e)
{
	*o = (struct sync_options){.poll_s = 30, .deadline_s = 20, .trial_s = 120, .report_s = 300};
	bool ok = option_read_args(&table, o, argc, argv, NULL, e);
	if (ok && o->config)
		ok = option_read_file(&table, o, o->config, e) &&
		     option_read_args(&table, o, argc, argv, NULL, e);
	return ok;
}

void sync_options_finish(struct sync_options *o)
{
	option_finish(&table, o);
}

void sync_options_print_help(void)
{
	(void)printf("usage: fangzi-sync --feed URL --trust FILE --state DIR [options]\n"
		     "       fangzi-sync status --state DIR\n\n");
	option_print_help(&table, stdout);
}

bool sync_options_clock(const struct sync_options *o, struct clock *out, struct err *e)
{
	int64_t utc_s;
	*out = clock_system();
	if (!o->at)
		return true;
	if (!civil_parse_rfc3339(o->at, &utc_s))
		return err_set(e, ERR_USAGE, "at: '%s' is not an RFC 3339 time", o->at);
	*out = clock_started_at(utc_s);
	return true;
}
