/* SPDX-License-Identifier: Apache-2.0 */
#include "store/status.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/civil.h"
#include "base/file.h"

#define STATUS_BYTES_MAX 4096
#define DEVICE_STATUS "device.status"
#define LOST_AFTER_S 300 /* and five times what the screen promised */
#define PROMISES 5

static void add_time(struct buf *out, const char *key, int64_t utc_s)
{
	char text[32] = "";
	if (utc_s)
		civil_format_rfc3339(utc_s, text);
	buf_printf(out, "%s=%s\n", key, text);
}

/* One line, whatever it was: a line feed would begin another key. */
static void add_line(struct buf *out, const char *key, const char *text)
{
	buf_printf(out, "%s=", key);
	for (; *text; text++)
		buf_add(out, (unsigned char)*text < 0x20 ? " " : text, 1);
	buf_text(out, "\n");
}

typedef bool write_file(const char *path, const void *bytes, size_t len, mode_t mode, struct err *e);

static bool write_lines(
	const char *folder, const char *name, write_file *write, struct buf *text, struct err *e)
{
	char path[4096];
	bool ok = file_join(path, sizeof path, folder, name) && write(path, text->data, text->len, 0644, e);
	buf_finish(text);
	return ok;
}

bool status_write(const char *folder, const struct status *s, struct err *e)
{
	struct buf text = {0};
	add_time(&text, "last_ok", s->last_ok_utc_s);
	add_time(&text, "last_try", s->last_try_utc_s);
	add_line(&text, "online", s->is_online ? "yes" : "no");
	add_line(&text, "last_error", s->last_error);
	return write_lines(folder, "sync.status", file_write, &text, e);
}

bool status_screen_write(const char *folder, const struct status_screen *s, struct err *e)
{
	struct buf text = {0};
	add_time(&text, "started", s->started_utc_s);
	add_time(&text, "looked", s->looked_utc_s);
	buf_printf(&text, "picture=%016llx\nincidents=%lld\n", (unsigned long long)s->picture,
		(long long)s->incidents);
	add_time(&text, "last_incident", s->incident_utc_s);
	add_line(&text, "incident", s->incident);
	add_line(&text, "display", s->display);
	add_line(&text, "size", s->size);
	buf_printf(&text, "every=%lld\nversion=%lld\n", (long long)s->every_s, (long long)s->shown.version);
	add_line(&text, "content", s->shown.content_sha256);
	add_line(&text, "page", s->shown.page);
	add_line(&text, "stale", s->shown.is_stale ? "yes" : "no");
	return write_lines(folder, "kiosk.status", file_write, &text, e);
}

bool status_device_write(const char *folder, const struct status_device *d, struct err *e)
{
	struct buf text = {0};
	add_line(&text, "fingerprint", d->fingerprint);
	add_line(&text, "code", d->code);
	buf_printf(&text, "code_until_ms=%lld\n", (long long)d->code_until_ms);
	add_line(&text, "pair_url", d->pair_url);
	add_line(&text, "hub", d->is_in_touch ? "yes" : "no");
	add_line(&text, "tag", d->tag);
	add_line(&text, "picture", d->picture);
	add_line(&text, "error", d->error);
	/* The tag says which pages are the screen's, at the next boot long before fangzi-sync is there. */
	return write_lines(folder, DEVICE_STATUS, file_write_durable, &text, e);
}

void status_device_remove(const char *folder)
{
	char path[4096];
	if (file_join(path, sizeof path, folder, DEVICE_STATUS))
		(void)unlink(path); /* there is none, mostly */
}

/* The value when the line is of that key. */
static const char *value_of(const char *line, const char *key)
{
	size_t len = strlen(key);
	return strncmp(line, key, len) == 0 && line[len] == '=' ? line + len + 1 : NULL;
}

static void take_line(void *out, const char *line)
{
	struct status *s = out;
	const char *value;
	if ((value = value_of(line, "last_ok")))
		(void)civil_parse_rfc3339(value, &s->last_ok_utc_s);
	else if ((value = value_of(line, "last_try")))
		(void)civil_parse_rfc3339(value, &s->last_try_utc_s);
	else if ((value = value_of(line, "online")))
		s->is_online = strcmp(value, "yes") == 0;
	else if ((value = value_of(line, "last_error")))
		(void)snprintf(s->last_error, sizeof s->last_error, "%s", value);
}

/* A text of one line; one that is too long is none: half a name is another name. */
static void take_text(char *out, size_t room, const char *value)
{
	size_t len = strlen(value);
	memcpy(out, value, len < room ? len + 1 : 0);
}

static bool take_shown_line(struct status_shown *s, const char *line)
{
	const char *value;
	if ((value = value_of(line, "version")))
		s->version = strtoll(value, NULL, 10);
	else if ((value = value_of(line, "content")))
		take_text(s->content_sha256, sizeof s->content_sha256, value);
	else if ((value = value_of(line, "page")))
		take_text(s->page, sizeof s->page, value);
	else if ((value = value_of(line, "stale")))
		s->is_stale = strcmp(value, "yes") == 0;
	return value != NULL;
}

static void take_screen_line(void *out, const char *line)
{
	struct status_screen *s = out;
	const char *value;
	if (take_shown_line(&s->shown, line))
		return;
	if ((value = value_of(line, "started")))
		(void)civil_parse_rfc3339(value, &s->started_utc_s);
	else if ((value = value_of(line, "looked")))
		(void)civil_parse_rfc3339(value, &s->looked_utc_s);
	else if ((value = value_of(line, "picture")))
		s->picture = strtoull(value, NULL, 16);
	else if ((value = value_of(line, "incidents")))
		s->incidents = strtoll(value, NULL, 10);
	else if ((value = value_of(line, "last_incident")))
		(void)civil_parse_rfc3339(value, &s->incident_utc_s);
	else if ((value = value_of(line, "incident")))
		take_text(s->incident, sizeof s->incident, value);
	else if ((value = value_of(line, "display")))
		take_text(s->display, sizeof s->display, value);
	else if ((value = value_of(line, "size")))
		take_text(s->size, sizeof s->size, value);
	else if ((value = value_of(line, "every")))
		s->every_s = strtoll(value, NULL, 10);
}

static void take_device_line(void *out, const char *line)
{
	struct status_device *d = out;
	const char *value;
	if ((value = value_of(line, "fingerprint")))
		take_text(d->fingerprint, sizeof d->fingerprint, value);
	else if ((value = value_of(line, "code")))
		take_text(d->code, sizeof d->code, value);
	else if ((value = value_of(line, "code_until_ms")))
		d->code_until_ms = strtoll(value, NULL, 10);
	else if ((value = value_of(line, "pair_url")))
		take_text(d->pair_url, sizeof d->pair_url, value);
	else if ((value = value_of(line, "hub")))
		d->is_in_touch = strcmp(value, "yes") == 0;
	else if ((value = value_of(line, "tag")))
		take_text(d->tag, sizeof d->tag, value);
	else if ((value = value_of(line, "picture")))
		take_text(d->picture, sizeof d->picture, value);
	else if ((value = value_of(line, "error")))
		take_text(d->error, sizeof d->error, value);
}

static bool read_lines(
	const char *folder, const char *name, void (*take)(void *out, const char *line), void *out)
{
	char path[4096];
	struct buf text = {0};
	struct err e = {0};
	bool ok = file_join(path, sizeof path, folder, name) && file_read(path, STATUS_BYTES_MAX, &text, &e);
	char *rest = text.data;
	for (char *line = ok ? strsep(&rest, "\n") : NULL; line; line = strsep(&rest, "\n"))
		take(out, line);
	buf_finish(&text);
	return ok;
}

bool status_read(const char *folder, struct status *out)
{
	*out = (struct status){0};
	return read_lines(folder, "sync.status", take_line, out);
}

bool status_screen_read(const char *folder, struct status_screen *out)
{
	*out = (struct status_screen){0};
	return read_lines(folder, "kiosk.status", take_screen_line, out);
}

const char *status_screen_folder(const char *named, const char *state)
{
	struct status_screen here, unit;
	if (named)
		return named;
	bool is_here = status_screen_read(state, &here),
	     is_unit = status_screen_read(STATUS_RUNTIME_FOLDER, &unit);
	return is_unit && (!is_here || unit.looked_utc_s > here.looked_utc_s) ? STATUS_RUNTIME_FOLDER : state;
}

const char *status_display(const struct status_screen *s, int64_t now_utc_s)
{
	int64_t most_s = PROMISES * s->every_s > LOST_AFTER_S ? PROMISES * s->every_s : LOST_AFTER_S;
	if (s->looked_utc_s == 0)
		return "";
	return now_utc_s - s->looked_utc_s > most_s ? "lost" : s->display;
}

bool status_device_read(const char *folder, struct status_device *out)
{
	*out = (struct status_device){0};
	return read_lines(folder, DEVICE_STATUS, take_device_line, out);
}

bool status_is_watched(const char *folder)
{
	char path[4096];
	if (!file_join(path, sizeof path, folder, "sync.lock"))
		return false;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	struct flock whole = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
	bool is_held = fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
	(void)close(fd);
	return is_held;
}
