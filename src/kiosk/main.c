/* SPDX-License-Identifier: Apache-2.0
 *
 * fangzi-kiosk: the screen. Wiring only. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/program.h"
#include "content/content.h"
#include "feed/digest.h"
#include "kiosk/doctor.h"
#include "kiosk/options.h"
#include "kiosk/probe.h"
#include "kiosk/provision.h"
#include "kiosk/run.h"
#include "kiosk/snapshot.h"
#include "paint/canvas.h"

static struct err unread; /* why the settings file could not be read */

static bool doctor(const struct options *o, struct err *e)
{
	return doctor_run(o, &unread, e);
}

static const struct {
	const char *name;
	bool (*run)(const struct options *o, struct err *e);
} commands[] = {{"snapshot", snapshot_run}, {"trial", snapshot_trial}, {"provision", provision_run},
	{"doctor", doctor}};

int main(int argc, char **argv)
{
	struct options o;
	struct err e = {0};
	bool (*run)(const struct options *, struct err *) = run_show;
	int first = 1;
	for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof commands[0]; i++) {
		if (strcmp(argv[1], commands[i].name) == 0) {
			run = commands[i].run;
			first = 2;
		}
	}
	alloc_prepare();
	digest_prepare();
	content_prepare();
	canvas_prepare();
	program_catch_signals();
	bool (*read)(struct options *, int, char *const *, struct err *) =
		run == doctor ? options_read_box : options_read;
	bool ok = read(&o, argc - first, argv + first, &e);
	if (run == doctor) { /* settings that are wrong are what it is asked for */
		unread = e;
		ok = ok || o.config;
	}
	if (ok && o.help)
		options_print_help();
	else if (ok && o.version)
		(void)puts("fangzi-kiosk " FANGZI_VERSION);
	else if (ok && o.probe)
		ok = probe_run(&o, &e);
	else
		ok = ok && run(&o, &e);
	options_finish(&o);
	if (!ok)
		log_line(LOG_ERROR, "kiosk: %s", e.text);
	if (!ok && run == snapshot_trial && (e.kind == ERR_IO || e.kind == ERR_DISK))
		return 3; /* this machine failed, not the version */
	return ok ? 0 : e.kind == ERR_USAGE ? 2 : 1;
}
