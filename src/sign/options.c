/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/options.h"

#include <stddef.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/clock.h"

#define FONTS "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define VALID_DAYS_MAX 3650

static const char *const type_words[] = {"ed25519", "sm2", NULL};
static const char *const policy_words[] = {"any", "ed25519", "sm2", "both", NULL};

#define AT(member) offsetof(struct sign_options, member)
static const struct option_spec specs[] = {
	{"type", "TYPE", OPTION_TEXT, AT(type), .words = type_words, .help = "keygen: ed25519 or sm2"},
	{"key", "FILE", OPTION_LIST, AT(key), .help = "private key to sign with; may be repeated"},
	{"passphrase-file", "FILE", OPTION_TEXT, AT(passphrase_file),
		.help = "its first line opens, or locks, private keys"},
	{"out", "PATH", OPTION_TEXT, AT(out),
		.help = "the feed's folder; of keygen: the key; of preview: the pictures'"},
	{"feed", "NAME", OPTION_TEXT, AT(feed), .help = "trust, build: the feed's name"},
	{"version", "N", OPTION_INT, AT(number), .min = 1, .max = INT64_C(9007199254740991),
		.help = "build: the version; head: which to point to (newest)"},
	{"content", "FILE", OPTION_TEXT, AT(content), .help = "build, preview: the content document"},
	{"media", "DIR", OPTION_TEXT, AT(media), .help = "build, check, preview: where its pictures are"},
	{"trust", "FILE", OPTION_TEXT, AT(trust),
		.help = "verify: the trust document that screens are set up with"},
	{"root", "FILE", OPTION_LIST, AT(root), .help = "trust: keys of a role, public or private;"},
	{"publisher", "FILE", OPTION_LIST, AT(publisher),
		.help = "  may be repeated; a role not named keeps its keys"},
	{"head", "FILE", OPTION_LIST, AT(head), .help = "  from the document before"},
	{"root-threshold", "N", OPTION_INT, AT(root_threshold), .min = 1, .max = 16,
		.help = "trust: how many must sign"},
	{"publisher-threshold", "N", OPTION_INT, AT(publisher_threshold), .min = 1, .max = 16,
		.help = "  (1)"},
	{"head-threshold", "N", OPTION_INT, AT(head_threshold), .min = 1, .max = 16, .help = "  (1)"},
	{"policy", "POLICY", OPTION_TEXT, AT(policy), .words = policy_words,
		.help = "trust: any, ed25519, sm2 or both"},
	{"valid-days", "N", OPTION_INT, AT(valid_days), .min = 1, .max = VALID_DAYS_MAX,
		.help = "trust (3650), build (365)"},
	{"hold", NULL, OPTION_BOOL, AT(hold), .help = "head: blank every screen to the emblem page"},
	{"alert", "ID[:TAGS]", OPTION_LIST, AT(alert),
		.help = "head: raise a prepared alert, for screens of these tags"},
	{"draft", "FILE", OPTION_TEXT, AT(draft),
		.help = "trust, build: write it here, for others to sign; check: what is to be signed"},
	{"at", "TIME", OPTION_TEXT, AT(at), .help = "sign, check or preview as of an RFC 3339 time"},
	{"size", "WxH", OPTION_TEXT, AT(size),
		.help = "check, build, preview: of the screens, in pixels (either way up)"},
	{"large-text", NULL, OPTION_BOOL, AT(large_text),
		.help = "check, build, preview: as screens with --large-text show it"},
	{"font-regular", "FILE", OPTION_TEXT, AT(font_regular),
		.help = "check, build, preview: the screens' fonts"},
	{"font-bold", "FILE", OPTION_TEXT, AT(font_bold), .help = ""},
	{"font", "FILE", OPTION_LIST, AT(font), .help = ""},
	{"help", NULL, OPTION_BOOL, AT(help), .help = "this text"},
};
static const struct option_table table = {specs, sizeof specs / sizeof specs[0]};

bool sign_options_read(struct sign_options *o, int argc, char *const *argv, struct err *e)
{
	*o = (struct sign_options){.words = {.max = 2}};
	o->font_regular = alloc_text(FONTS "Regular.ttc");
	o->font_bold = alloc_text(FONTS "Bold.ttc");
	return option_read_args(&table, o, argc, argv, &o->words, e);
}

void sign_options_finish(struct sign_options *o)
{
	option_finish(&table, o);
}

void sign_options_print_help(void)
{
	(void)printf(
		"usage: fangzi-sign keygen --type ed25519|sm2 --out KEY\n"
		"       fangzi-sign trust --feed NAME --root K.. --publisher K.. --head K.. --key K.. "
		"--out FEED\n"
		"       fangzi-sign build --content FILE --media DIR --feed NAME --version N --key K.. "
		"--out FEED\n"
		"       fangzi-sign sign ENVELOPE --key K..        add signatures to a draft\n"
		"       fangzi-sign install ENVELOPE --out FEED    put a draft with enough of them in "
		"its place\n"
		"       fangzi-sign head --key K --out FEED [--hold] [--alert ID[:TAGS]]..\n"
		"       fangzi-sign check FILE [--media DIR] [--draft ENVELOPE]   every error of a content "
		"document,\n"
		"                                                  and that the draft is of just this one\n"
		"       fangzi-sign preview --content FILE --media DIR --out DIR   its pages as pictures\n"
		"       fangzi-sign verify FEED --trust FILE\n\n");
	option_print_help(&table, stdout);
}

bool sign_options_now(const struct sign_options *o, int64_t *utc_s, struct err *e)
{
	struct clock system = clock_system();
	*utc_s = clock_utc_ms(&system) / 1000;
	return !o->at || civil_parse_rfc3339(o->at, utc_s) ||
	       err_set(e, ERR_USAGE, "at: '%s' is not an RFC 3339 time", o->at);
}

struct font_paths sign_options_fonts(const struct sign_options *o)
{
	return (struct font_paths){
		.regular = o->font_regular,
		.bold = o->font_bold,
		.fallback = (const char *const *)o->font.items,
		.fallback_count = o->font.count,
	};
}

bool sign_options_need(const char *value, const char *name, struct err *e)
{
	return value || err_set(e, ERR_USAGE, "--%s is needed", name);
}
