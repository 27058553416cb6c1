/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/options.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/file.h"
#include "base/program.h"

#define WHOLE "/usr/share/fonts/opentype/noto/NotoSansCJK-"

#define OWN_REGULAR "fonts/regular.otf"
#define OWN_BOLD "fonts/bold.otf"

static const char *const rotate_words[] = {"0", "90", "180", "270", NULL};
static const char *const present_words[] = {"auto", "surface", "renderer", NULL};
static const char *const motion_words[] = {"auto", "on", "off", NULL};

static const char *const lang_words[] = {"zh", "en", NULL};

#define AT(member) offsetof(struct options, member)
static const struct option_spec specs[] = {
	{"config", "FILE", OPTION_TEXT, AT(config), .help = "settings file; it knows the same keys",
		.command_line_only = true},
	{"state", "DIR", OPTION_TEXT, AT(state),
		.help = "what is kept: verified content and the durable record"},
	{"feed", "URL", OPTION_TEXT, AT(feed), .help = "http, https or file address of the feed's folder"},
	{"trust", "FILE", OPTION_TEXT, AT(trust),
		.help = "trust document that this screen was set up with, or sha256:FINGERPRINT"},
	{"hub", "URL", OPTION_TEXT, AT(hub),
		.help = "the hub that this screen reports to (default: none; nothing is ever sent)"},
	{"screen", "TAG", OPTION_TEXT, AT(screen),
		.help = "which boards of the playlist are for this screen (default: what the hub says)"},
	{"windowed", NULL, OPTION_BOOL, AT(windowed), .help = "in a window instead of the whole screen"},
	{"size", "WxH", OPTION_TEXT, AT(size), .help = "pixels of the window or the picture"},
	{"rotate", "DEGREES", OPTION_TEXT, AT(rotate), .words = rotate_words,
		.help = "0, 90, 180 or 270, clockwise"},
	{"at", "TIME", OPTION_TEXT, AT(at), .help = "start the clock at an RFC 3339 time"},
	{"touch", NULL, OPTION_BOOL, AT(touch),
		.help = "whoever touches the screen may turn pages and find projects"},
	{"no-sync", NULL, OPTION_BOOL, AT(no_sync), .help = "do not start fangzi-sync"},
	{"sync", "PROGRAM", OPTION_TEXT, AT(sync),
		.help = "the fangzi-sync to start (default: beside this program)"},
	{"ca", "FILE", OPTION_TEXT, AT(ca),
		.help = "certificates to trust for https (default: the system's)"},
	{"poll-s", "SECONDS", OPTION_INT, AT(poll_s), .min = 1, .max = 3600,
		.help = "between two looks at the feed"},
	{"look-s", "SECONDS", OPTION_INT, AT(look_s), .min = 1, .max = 3600,
		.help = "between two looks at what the display shows (default 60)"},
	{"present", "WAY", OPTION_TEXT, AT(present), .words = present_words,
		.help = "auto, surface or renderer"},
	{"reduce-motion", "WHEN", OPTION_TEXT, AT(reduce_motion), .words = motion_words,
		.help = "auto, on or off"},
	{"large-text", NULL, OPTION_BOOL, AT(large_text),
		.help = "text one step larger, fewer rows: for who stands far off or sees less"},
	{"no-orbit", NULL, OPTION_BOOL, AT(no_orbit),
		.help = "keep the picture in its place, on displays that do not burn in"},
	{"font-regular", "FILE", OPTION_TEXT, AT(font_regular), .help = "main font, regular"},
	{"font-bold", "FILE", OPTION_TEXT, AT(font_bold), .help = "main font, bold"},
	{"font", "FILE", OPTION_LIST, AT(font),
		.help = "further font for what the main one lacks; may be repeated"},
	{"dark-command", "COMMAND", OPTION_TEXT, AT(dark_command),
		.help = "run when the content's hours for this screen end; it turns the display off"},
	{"light-command", "COMMAND", OPTION_TEXT, AT(light_command),
		.help = "run 30 s before they begin, and at a start within them; it turns it on"},
	{"night", "HH:MM-HH:MM", OPTION_TEXT, AT(night), .help = "hours in which all is shown darker"},
	{"night-dim", "PERCENT", OPTION_INT, AT(night_dim), .min = 10, .max = 100,
		.help = "how much of the light is left then (default 50)"},
	{"setup", "LINE", OPTION_LIST, AT(setup),
		.help = "instead of a show, say what is to be done here; may be repeated"},
	{"content", "FILE", OPTION_TEXT, AT(content), .help = "snapshot, trial: a content document",
		.command_line_only = true},
	{"media", "DIR", OPTION_TEXT, AT(media), .help = "snapshot: where its pictures are",
		.command_line_only = true},
	{"manifest", "FILE", OPTION_TEXT, AT(manifest), .help = "trial: the version's manifest",
		.command_line_only = true},
	{"objects", "DIR", OPTION_TEXT, AT(objects), .help = "trial: where its objects are",
		.command_line_only = true},
	{"out", "DIR", OPTION_TEXT, AT(out),
		.help = "snapshot: where the pictures go; provision: where the settings files go",
		.command_line_only = true},
	{"from", "FILE", OPTION_LIST, AT(from), .help = "provision: what an installer wrote; may be repeated",
		.command_line_only = true},
	{"etc", "DIR", OPTION_TEXT, AT(etc),
		.help = "provision: settings files to take without it (/etc/fangzi)",
		.command_line_only = true},
	{"board", "ID", OPTION_TEXT, AT(board), .help = "snapshot: only this board",
		.command_line_only = true},
	{"alert", "ID", OPTION_TEXT, AT(alert), .help = "snapshot: this alert, and no board",
		.command_line_only = true},
	{"pairing", "CODE", OPTION_TEXT, AT(pairing), .help = "snapshot: the pairing page, with 6 digits",
		.command_line_only = true},
	{"offline", NULL, OPTION_BOOL, AT(offline), .help = "snapshot: as without the feed",
		.command_line_only = true},
	{"stale", NULL, OPTION_BOOL, AT(stale), .help = "snapshot: as with content that is too old",
		.command_line_only = true},
	{"clock-unknown", NULL, OPTION_BOOL, AT(clock_unknown), .help = "snapshot: as without a known time",
		.command_line_only = true},
	{"progress", "0..1", OPTION_TEXT, AT(progress), .help = "snapshot: how far the page has come in",
		.command_line_only = true},
	{"lang", "LANGUAGE", OPTION_TEXT, AT(lang), .words = lang_words,
		.help = "doctor: zh or en (default: both)", .command_line_only = true},
	{"root", "DIR", OPTION_TEXT, AT(root), .help = "doctor: where /sys and /proc are, for trials",
		.command_line_only = true},
	{"record", "DIR", OPTION_TEXT, AT(record), .help = "write each page that is presented there",
		.command_line_only = true},
	{"frame-log", "FILE", OPTION_TEXT, AT(frame_log),
		.help = "write a line for each frame that is presented: when and why",
		.command_line_only = true},
	{"once", NULL, OPTION_BOOL, AT(once), .help = "end after one whole rotation",
		.command_line_only = true},
	{"probe", NULL, OPTION_BOOL, AT(probe),
		.help = "say which cards and displays there are and which is taken, and end",
		.command_line_only = true},
	{"help", NULL, OPTION_BOOL, AT(help), .help = "this text", .command_line_only = true},
	{"version", NULL, OPTION_BOOL, AT(version), .help = "print the version", .command_line_only = true},
};
static const struct option_table table = {specs, sizeof specs / sizeof specs[0]};

static void set_default(char **member, const char *text)
{
	free(*member);
	*member = alloc_text(text);
}

static bool find_own(char **out, const char *name)
{
	char path[PATH_MAX];
	if (!program_share(name, path, sizeof path))
		return false;
	set_default(out, path);
	return true;
}

/* The screen's own two, which have what is written every day; or what they were made of. */
static void find_fonts(struct options *o)
{
	if (find_own(&o->font_regular, OWN_REGULAR) && find_own(&o->font_bold, OWN_BOLD))
		return;
	set_default(&o->font_regular, WHOLE "Regular.ttc");
	set_default(&o->font_bold, WHOLE "Bold.ttc");
}

bool options_read(struct options *o, int argc, char *const *argv, struct err *e)
{
	*o = (struct options){.poll_s = 30, .look_s = 60, .night_dim = 50};
	find_fonts(o);
	set_default(&o->rotate, "0");
	set_default(&o->present, "auto");
	set_default(&o->reduce_motion, "auto");
	bool ok = option_read_args(&table, o, argc, argv, NULL, e);
	if (ok && o->config) /* the command line has the last word, so it is read again */
		ok = option_read_file(&table, o, o->config, e) &&
		     option_read_args(&table, o, argc, argv, NULL, e);
	return ok;
}

bool options_read_box(struct options *o, int argc, char *const *argv, struct err *e)
{
	static const char *const files[] = {"/run/fangzi/kiosk.conf", "/etc/fangzi/kiosk.conf"};
	bool ok = options_read(o, argc, argv, e);
	for (size_t i = 0; ok && !o->config && !o->state && i < sizeof files / sizeof files[0]; i++) {
		if (file_exists(files[i]))
			set_default(&o->config, files[i]);
	}
	return ok && (!o->config || (option_read_file(&table, o, o->config, e) &&
					    option_read_args(&table, o, argc, argv, NULL, e)));
}

void options_finish(struct options *o)
{
	option_finish(&table, o);
}

void options_print_help(void)
{
	(void)printf(
		"usage: fangzi-kiosk [options]            show the feed\n"
		"       fangzi-kiosk snapshot [options]   write pages as PNG files\n"
		"       fangzi-kiosk trial [options]      paint every page of a version, say what fails\n"
		"       fangzi-kiosk provision [options]  make settings files of an installer's fangzi.conf\n"
		"       fangzi-kiosk doctor [options]     say what is wrong here, and what to do\n\n");
	option_print_help(&table, stdout);
}

bool options_clock(const struct options *o, struct clock *out, struct err *e)
{
	int64_t utc_s;
	*out = clock_system();
	if (!o->at)
		return true;
	if (!civil_parse_rfc3339(o->at, &utc_s))
		return err_set(e, ERR_USAGE,
			"at: '%s' is not an RFC 3339 time such as 2023-06-28T10:24:00+08:00", o->at);
	*out = clock_started_at(utc_s);
	return true;
}

bool options_progress(const struct options *o, double *out, struct err *e)
{
	char *end;
	*out = 1;
	if (!o->progress)
		return true;
	*out = strtod(o->progress, &end);
	if (end == o->progress || *end || !(*out >= 0 && *out <= 1))
		return err_set(e, ERR_USAGE, "progress: '%s' is not a number of 0 to 1", o->progress);
	return true;
}

int options_turns(const struct options *o)
{
	return atoi(o->rotate) / 90;
}

static bool is_own(const char *path, const char *name)
{
	char own[PATH_MAX];
	return program_share(name, own, sizeof own) && strcmp(path, own) == 0;
}

struct font_paths options_fonts(const struct options *o)
{
	return (struct font_paths){
		.whole_regular = is_own(o->font_regular, OWN_REGULAR) ? WHOLE "Regular.ttc" : NULL,
		.whole_bold = is_own(o->font_bold, OWN_BOLD) ? WHOLE "Bold.ttc" : NULL,
		.regular = o->font_regular,
		.bold = o->font_bold,
		.fallback = (const char *const *)o->font.items,
		.fallback_count = o->font.count,
	};
}
