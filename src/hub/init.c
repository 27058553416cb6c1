/* SPDX-License-Identifier: Apache-2.0
 *
 * init, backup, restore: what is done to an office's folder while nobody serves it. */
#include <limits.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/file.h"
#include "hub/command.h"
#include "office/account.h"
#include "office/office.h"

#define DATABASE "office.sqlite"
#define BACKUP_BYTES_MAX ((size_t)4 << 30)

static bool add_first(struct office *o, const char *name, const char *password, int64_t now, struct err *e)
{
	struct account_new n = {.name = name, .display = "系统管理员", .roles = OFFICE_ADMINISTRATOR};
	int64_t id;
	account_hash(password, true, &n.password);
	office_begin(o, now, &office_itself);
	return office_end(o, account_add(o, &n, &id, e), e);
}

bool command_init(const struct hub_options *o, struct err *e)
{
	struct office *office;
	char password[SECRET_ONE_TIME];
	const char *name = o->administrator ? o->administrator : "admin";
	struct clock clock = clock_system();
	if (!hub_options_need(o->folder, "folder", e) || !office_create(o->folder, e) ||
		!office_open(&office, o->folder, e))
		return false;
	secret_one_time_password(password);
	bool ok = add_first(office, name, password, clock_utc_ms(&clock) / 1000, e);
	office_close(office);
	if (ok)
		(void)printf("%s: an empty office. Account %s, one-time password %s\n", o->folder, name, password);
	return ok;
}

bool command_backup(const struct hub_options *o, struct err *e)
{
	struct office *office;
	if (o->words.count != 1)
		return err_set(e, ERR_USAGE, "backup: one FILE is needed");
	if (!hub_options_need(o->folder, "folder", e) || !office_open(&office, o->folder, e))
		return false;
	bool ok = office_backup(office, o->words.items[0], e);
	office_close(office);
	return ok;
}

/* Through a database of its own, so that only what is whole gets in; what was there is kept
 * beside it. */
bool command_restore(const struct hub_options *o, struct err *e)
{
	char path[PATH_MAX], aside[PATH_MAX];
	struct buf bytes = {0};
	struct office *office;
	if (o->words.count != 1)
		return err_set(e, ERR_USAGE, "restore: one FILE is needed");
	if (!hub_options_need(o->folder, "folder", e) || !file_make_folder(o->folder, 0700, e) ||
		!file_join(path, sizeof path, o->folder, DATABASE) ||
		!file_join(aside, sizeof aside, o->folder, DATABASE ".before-restore"))
		return false;
	if (file_exists(path) && rename(path, aside) != 0)
		return err_set(e, ERR_DISK, "%s: cannot be set aside", path);
	bool ok = file_read(o->words.items[0], BACKUP_BYTES_MAX, &bytes, e) &&
		  file_write_durable(path, bytes.data, bytes.len, 0600, e) && office_open(&office, o->folder, e);
	buf_finish(&bytes);
	if (ok)
		office_close(office);
	else if (file_exists(aside) && rename(aside, path) != 0)
		(void)err_prefix(e, "%s is what was there before", aside);
	return ok;
}
