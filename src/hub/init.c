/* SPDX-License-Identifier: Apache-2.0
 *
 * init, backup, restore: what is done to an office's folder while nobody serves it. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/param.h>

#include "base/clock.h"
#include "base/file.h"
#include "content/check.h"
#include "content/field.h"
#include "hub/command.h"
#include "office/account.h"
#include "office/change.h"
#include "office/office.h"
#include "office/seed.h"

#define DATABASE "office.sqlite"
#define BACKUP_BYTES_MAX MIN(UINT64_C(4) << 30, SIZE_MAX / 4) /* in memory: of 32-bit addresses a quarter */

/* The first account and, with a document, its draft: which then goes the way of all drafts. */
static bool add_first(struct office *o, const struct hub_options *options, const char *password,
	const json_t *document, struct err *e)
{
	const char *name = options->administrator ? options->administrator : "admin";
	struct account_new n = {.name = name, .display = "系统管理员", .roles = OFFICE_ADMINISTRATOR};
	struct clock clock = clock_system();
	struct actor first = {.name = name, .roles = n.roles, .address = ""};
	int64_t set, now = clock_utc_ms(&clock) / 1000;
	account_hash(password, true, &n.password);
	office_begin(o, now, &office_itself);
	bool ok = account_add(o, &n, &first.account, e);
	if (!office_end(o, ok, e) || !document)
		return ok;
	office_begin(o, now, &first);
	ok = change_begin(o, "初始内容", false, &set, e) && seed_put(o, set, document, e);
	return office_end(o, ok, e);
}

/* *out NULL: none was named. */
static bool read_document(const char *path, json_t **out, struct err *e)
{
	struct buf bytes = {0};
	*out = NULL;
	if (!path)
		return true;
	bool ok = file_read(path, FIELD_DOCUMENT_BYTES_MAX, &bytes, e);
	*out = ok ? check_parse(bytes.data, bytes.len, e) : NULL;
	buf_finish(&bytes);
	return *out || err_prefix(e, "%s", path);
}

bool command_init(const struct hub_options *o, struct err *e)
{
	struct office *office;
	json_t *document;
	char password[SECRET_ONE_TIME];
	if (!hub_options_need(o->folder, "folder", e) || !read_document(o->content, &document, e))
		return false;
	secret_one_time_password(password);
	bool ok = office_create(o->folder, e) && office_open(&office, o->folder, e);
	if (ok) {
		ok = add_first(office, o, password, document, e);
		office_close(office);
	}
	json_decref(document);
	if (ok)
		(void)printf("%s: a new office. Account %s, one-time password %s\n", o->folder,
			o->administrator ? o->administrator : "admin", password);
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
		  file_write_durable(path, bytes.data, bytes.len, 0600, e) &&
		  office_open(&office, o->folder, e);
	buf_finish(&bytes);
	if (ok)
		office_close(office);
	else if (file_exists(aside) && rename(aside, path) != 0)
		(void)err_prefix(e, "%s is what was there before", aside);
	return ok;
}
