/* SPDX-License-Identifier: Apache-2.0
 *
 * fangzi-hub: the central server. Wiring only. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/option.h"
#include "base/program.h"
#include "hub/feed_site.h"
#include "hub/http.h"
#include "hub/painter.h"

struct hub_options {
	char *config, *feed, *listen;
	bool help, version;
};

#define AT(member) offsetof(struct hub_options, member)
static const struct option_spec specs[] = {
	{"config", "FILE", OPTION_TEXT, AT(config), .help = "settings file; it knows the same keys",
		.command_line_only = true},
	{"feed", "DIR", OPTION_TEXT, AT(feed), .help = "the feed's folder"},
	{"listen", "ADDR:PORT", OPTION_TEXT, AT(listen),
		.help = "where to serve it, below /feed/; port 0: any free one"},
	{"help", NULL, OPTION_BOOL, AT(help), .help = "this text", .command_line_only = true},
	{"version", NULL, OPTION_BOOL, AT(version), .help = "print the version", .command_line_only = true},
};
static const struct option_table table = {specs, sizeof specs / sizeof specs[0]};

static bool serve(const struct hub_options *o, struct err *e)
{
	struct feed_site *feed;
	struct http *http;
	if (!o->feed || !o->listen)
		return err_set(e, ERR_USAGE, "serve: --feed and --listen are needed");
	if (!feed_site_open(&feed, o->feed, e))
		return false;
	const struct http_site sites[] = {{.prefix = "/feed/", .user = feed, .raw = feed_site_answer}};
	bool ok = http_start(&http, &(struct http_setup){.listen = o->listen, .sites = sites, .site_count = 1}, e);
	if (ok) {
		(void)printf("serving %s on port %d below /feed/\n", o->feed, http_port(http));
		(void)fflush(stdout);
		while (program_wait_ms(INT64_MAX))
			continue;
		http_stop(http, feed_site_release, feed);
	}
	feed_site_close(feed);
	return ok;
}

/* What this program starts itself as, for one dangerous thing (helper.h). */
static const struct {
	const char *name;
	int (*run)(void);
} children[] = {{"paint", painter_child_paint}, {"picture", painter_child_picture}};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < sizeof children / sizeof children[0]; i++) {
		if (strcmp(argv[1], children[i].name) == 0)
			return children[i].run();
	}
	struct hub_options o = {0};
	struct err e = {0};
	bool serves = argc > 1 && strcmp(argv[1], "serve") == 0;
	int first = serves ? 2 : 1;
	bool ok = option_read_args(&table, &o, argc - first, argv + first, NULL, &e);
	if (ok && o.config)
		ok = option_read_file(&table, &o, o.config, &e) &&
		     option_read_args(&table, &o, argc - first, argv + first, NULL, &e);
	program_catch_signals();
	if (ok && o.version) {
		(void)puts("fangzi-hub " FANGZI_VERSION);
	} else if (ok && (o.help || !serves)) {
		(void)printf("usage: fangzi-hub serve --feed DIR --listen ADDR:PORT\n\n");
		option_print_help(&table, stdout);
	} else {
		ok = ok && serve(&o, &e);
	}
	option_finish(&table, &o);
	if (!ok)
		log_line(LOG_ERROR, "hub: %s", e.text);
	return ok ? 0 : e.kind == ERR_USAGE ? 2 : 1;
}
