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

bool status_write(const char *folder, const struct status *s, struct err *e)
{
	char path[4096];
	struct buf text = {0};
	add_time(&text, "last_ok", s->last_ok_utc_s);
	add_time(&text, "last_try", s->last_try_utc_s);
	add_line(&text, "online", s->is_online ? "yes" : "no");
	add_line(&text, "last_error", s->last_error);
	bool ok = file_join(path, sizeof path, folder, "sync.status") &&
		  file_write(path, text.data, text.len, 0644, e);
	buf_finish(&text);
	return ok;
}

static void take_line(struct status *s, const char *line)
{
	const char *value = strchr(line, '=');
	if (!value++)
		return;
	if (strncmp(line, "last_ok=", 8) == 0)
		(void)civil_parse_rfc3339(value, &s->last_ok_utc_s);
	else if (strncmp(line, "last_try=", 9) == 0)
		(void)civil_parse_rfc3339(value, &s->last_try_utc_s);
	else if (strncmp(line, "online=", 7) == 0)
		s->is_online = strcmp(value, "yes") == 0;
	else if (strncmp(line, "last_error=", 11) == 0)
		(void)snprintf(s->last_error, sizeof s->last_error, "%s", value);
}

bool status_read(const char *folder, struct status *out)
{
	char path[4096];
	struct buf text = {0};
	struct err e = {0};
	*out = (struct status){0};
	bool ok = file_join(path, sizeof path, folder, "sync.status") &&
		  file_read(path, STATUS_BYTES_MAX, &text, &e);
	char *rest = text.data;
	for (char *line = ok ? strsep(&rest, "\n") : NULL; line; line = strsep(&rest, "\n"))
		take_line(out, line);
	buf_finish(&text);
	return ok;
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
