/* SPDX-License-Identifier: Apache-2.0
 *
 * fangzi-hub: the central server. Wiring only. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/program.h"
#include "hub/command.h"
#include "hub/importer.h"
#include "hub/painter.h"

static const struct {
	const char *name;
	bool (*run)(const struct hub_options *o, struct err *e);
} commands[] = {{"serve", command_serve}, {"demo", command_demo}, {"init", command_init}, {"backup", command_backup},
	{"restore", command_restore}};

static bool run(int argc, char **argv, struct err *e)
{
	struct hub_options o;
	bool (*command)(const struct hub_options *, struct err *) = NULL;
	bool has_name = argc > 1 && argv[1][0] != '-';
	for (size_t i = 0; has_name && i < sizeof commands / sizeof commands[0]; i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			command = commands[i].run;
	}
	if (has_name && !command)
		return err_set(e, ERR_USAGE, "%s: no such command", argv[1]);
	bool ok = hub_options_read(&o, argc - 1 - has_name, argv + 1 + has_name, e);
	if (ok && o.version)
		(void)puts("fangzi-hub " FANGZI_VERSION);
	else if (ok && (o.help || !command))
		hub_options_print_help();
	else
		ok = ok && command(&o, e);
	hub_options_finish(&o);
	return ok;
}

/* What this program starts itself as, for one dangerous thing (helper.h). */
static const struct {
	const char *name;
	int (*run)(void);
} children[] = {{"paint", painter_child_paint}, {"picture", painter_child_picture}, {"intake", importer_child}};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < sizeof children / sizeof children[0]; i++) {
		if (strcmp(argv[1], children[i].name) == 0)
			return children[i].run();
	}
	struct err e = {0};
	program_catch_signals();
	bool ok = run(argc, argv, &e);
	if (!ok)
		log_line(LOG_ERROR, "hub: %s", e.text);
	return ok ? 0 : e.kind == ERR_USAGE ? 2 : 1;
}
