/* SPDX-License-Identifier: Apache-2.0
 *
 * fangzi-sync: keeps a screen's state folder current from a feed. Wiring only. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/program.h"
#include "feed/digest.h"
#include "sync/keep.h"
#include "sync/options.h"
#include "sync/summary.h"

/* What a caller decides by: docs/feed.md. */
static int exit_code(const struct err *e)
{
	static const int codes[] = {[ERR_NONE] = 0,
		[ERR_USAGE] = 2,
		[ERR_IO] = 2,
		[ERR_NETWORK] = 3,
		[ERR_FORMAT] = 4,
		[ERR_UNTRUSTED] = 5,
		[ERR_STALE] = 6,
		[ERR_DISK] = 7,
		[ERR_BUSY] = 7};
	return codes[e->kind];
}

int main(int argc, char **argv)
{
	struct sync_options o;
	struct err e = {0};
	bool reports = argc > 1 && strcmp(argv[1], "status") == 0;
	int first = reports ? 2 : 1;
	bool ok = sync_options_read(&o, argc - first, argv + first, &e);
	digest_prepare();
	program_catch_signals();
	if (ok && o.help)
		sync_options_print_help();
	else if (ok && o.version)
		(void)puts("fangzi-sync " FANGZI_VERSION);
	else if (ok && reports)
		ok = summary_print(&o, &e);
	else
		ok = ok && keep_current(&o, &e);
	sync_options_finish(&o);
	if (!ok && !program_stop)
		log_line(LOG_ERROR, "sync: %s", e.text);
	return ok || program_stop ? 0 : exit_code(&e);
}
