/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/recorder.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"

#define NAME_BYTES 160

/* Whole or not there: somebody may be reading along. */
static bool write_as(const char *folder, struct scene *s, const char *name, struct err *e)
{
	char path[PATH_MAX], arriving[PATH_MAX + 8];
	if (snprintf(path, sizeof path, "%s/%s.png", folder, name) >= (int)sizeof path)
		return err_set(e, ERR_DISK, "%s: path too long", folder);
	(void)snprintf(arriving, sizeof arriving, "%s.new", path);
	if (!scene_write_png(s, arriving, e))
		return false;
	if (rename(arriving, path) != 0)
		return err_set(e, ERR_DISK, "%s: %s", path, strerror(errno));
	(void)printf("%s\n", path);
	(void)fflush(stdout);
	return true;
}

void recorder_write(const char *folder, struct scene *s)
{
	char name[NAME_BYTES];
	struct err e = {0};
	scene_name(s, name, sizeof name);
	if (!write_as(folder, s, name, &e))
		log_line(LOG_WARNING, "kiosk: not recorded: %s", e.text);
}
