/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"

#define SEQ_BITS 24 /* things signed between two starts: a report a second for half a year */
#define STARTS_MAX ((INT64_C(1) << 29) - 1) /* so that a seq stays below 2^53 */
#define FILE_BYTES_MAX 4096
#define PATH_ROOM 4200

static bool path_of(const struct device *d, const char *name, char out[static PATH_ROOM], struct err *e)
{
	return file_join(out, PATH_ROOM, d->folder, name) || err_set(e, ERR_USAGE, "%s: path too long", d->folder);
}

static bool write_starts(const struct device *d, struct err *e)
{
	char path[PATH_ROOM], text[32];
	int n = snprintf(text, sizeof text, "%lld\n", (long long)d->starts);
	return path_of(d, "device.starts", path, e) && file_write_durable(path, text, (size_t)n, 0600, e);
}

/* 0: there is no count. */
static int64_t read_starts(const struct device *d)
{
	char path[PATH_ROOM], *end = NULL;
	struct buf text = {0};
	struct err ignored = {0};
	bool ok = path_of(d, "device.starts", path, &ignored) && file_read(path, 32, &text, &ignored) && text.len;
	long long starts = ok ? strtoll(text.data, &end, 10) : 0;
	ok = ok && *end == '\n' && starts > 0 && starts < STARTS_MAX;
	buf_finish(&text);
	return ok ? starts : 0;
}

static bool make_key(struct device *d, const char *path, struct err *e)
{
	d->key = key_generate(KEY_ED25519);
	return (d->key || err_set(e, ERR_IO, "OpenSSL makes no key")) && key_write_private(d->key, path, NULL, e);
}

/* A count of 1 stands there before the key does: no key is ever without. */
static bool begin_anew(struct device *d, const char *path, struct err *e)
{
	char old[PATH_ROOM + 8];
	(void)snprintf(old, sizeof old, "%s.old", path);
	if (file_exists(path)) {
		if (rename(path, old) != 0)
			return err_set(e, ERR_DISK, "%s: cannot be set aside", path);
		log_line(LOG_WARNING, "sync: the key has lost its count: a new one is made, to be paired anew");
	}
	d->starts = 1;
	return write_starts(d, e) && make_key(d, path, e);
}

static void take_line(struct device *d, const char *line)
{
	const struct {
		const char *key;
		char *out;
		size_t room;
	} texts[] = {{"hub=", d->hub, sizeof d->hub}, {"screen=", d->screen, sizeof d->screen},
		{"name=", d->name, sizeof d->name}, {"tag=", d->tag, sizeof d->tag}};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		size_t len = strlen(texts[i].key);
		if (strncmp(line, texts[i].key, len) == 0)
			(void)snprintf(texts[i].out, texts[i].room, "%s", line + len);
	}
}

/* Of another hub, it counts as none. */
static void read_paired(struct device *d, const char *hub)
{
	char path[PATH_ROOM];
	struct buf text = {0};
	struct err ignored = {0};
	bool ok = path_of(d, "device.paired", path, &ignored) && file_read(path, FILE_BYTES_MAX, &text, &ignored);
	char *rest = text.data;
	for (char *line = ok ? strsep(&rest, "\n") : NULL; line; line = strsep(&rest, "\n"))
		take_line(d, line);
	if (strcmp(d->hub, hub) != 0 || !report_is_hex(d->screen, REPORT_SCREEN_TEXT - 1))
		d->screen[0] = d->name[0] = d->tag[0] = '\0';
	(void)snprintf(d->hub, sizeof d->hub, "%s", hub);
	buf_finish(&text);
}

bool device_open(struct device *d, const char *folder, const char *hub, struct err *e)
{
	char path[PATH_ROOM];
	*d = (struct device){0};
	if (strlen(hub) >= sizeof d->hub || strchr(hub, '\n'))
		return err_set(e, ERR_USAGE, "hub: no such address");
	(void)snprintf(d->folder, sizeof d->folder, "%s", folder);
	if (!path_of(d, "device.key", path, e))
		return false;
	d->starts = read_starts(d);
	(void)snprintf(d->hub, sizeof d->hub, "%s", hub);
	if (d->starts == 0 || !file_exists(path))
		return begin_anew(d, path, e);
	d->starts++;
	if (!write_starts(d, e) || !key_read(&d->key, path, NULL, e))
		return false;
	read_paired(d, hub);
	return true;
}

void device_close(struct device *d)
{
	key_destroy(d->key);
	d->key = NULL;
}

int64_t device_seq(struct device *d)
{
	return d->starts << SEQ_BITS | ++d->signed_now;
}

bool device_keep(struct device *d, struct err *e)
{
	char path[PATH_ROOM];
	struct buf text = {0};
	buf_printf(&text, "hub=%s\nscreen=%s\nname=%s\ntag=%s\n", d->hub, d->screen, d->name, d->tag);
	bool ok = path_of(d, "device.paired", path, e) && file_write_durable(path, text.data, text.len, 0600, e);
	buf_finish(&text);
	return ok;
}
