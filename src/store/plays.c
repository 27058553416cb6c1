/* SPDX-License-Identifier: Apache-2.0 */
#include "store/plays.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/buf.h"
#include "base/file.h"

#define NAME "kiosk.plays"
#define BYTES_MAX (PLAYS_MAX * 256)

static bool is_same(const struct status_shown *a, const struct status_shown *b)
{
	return a->day == b->day && a->version == b->version && strcmp(a->page, b->page) == 0 &&
	       strcmp(a->content_sha256, b->content_sha256) == 0;
}

static void forget_oldest_day(struct plays *p)
{
	int32_t oldest = INT32_MAX;
	int kept = 0;
	for (int i = 0; i < p->count; i++)
		oldest = p->rows[i].what.day < oldest ? p->rows[i].what.day : oldest;
	for (int i = 0; i < p->count; i++) {
		if (p->rows[i].what.day != oldest)
			p->rows[kept++] = p->rows[i];
	}
	p->count = kept;
}

struct play *plays_row(struct plays *p, const struct status_shown *what)
{
	for (int i = 0; i < p->count; i++) {
		if (is_same(&p->rows[i].what, what))
			return &p->rows[i];
	}
	if (p->count == PLAYS_MAX)
		forget_oldest_day(p);
	p->rows[p->count] = (struct play){.what = *what};
	return &p->rows[p->count++];
}

/* "day version content page times ms"; of the emblem there is no content: "-". */
static bool read_row(struct play *row, const char *line)
{
	long long version, times, ms;
	int day, at = 0;
	*row = (struct play){0};
	if (sscanf(line, "%d %lld %64s %96s %lld %lld%n", &day, &version, row->what.content_sha256, row->what.page,
		    &times, &ms, &at) != 6 ||
		line[at] || day < 0 || version < 0 || times < 0 || ms < 0)
		return false;
	if (strcmp(row->what.content_sha256, "-") == 0)
		row->what.content_sha256[0] = '\0';
	row->what.day = day;
	row->what.version = version;
	row->times = times;
	row->ms = ms;
	return true;
}

static bool read_text(struct plays *p, char *text)
{
	const char *line = strsep(&text, "\n");
	size_t digits = strlen(line);
	if (digits != PLAYS_RUN_TEXT - 1 || strspn(line, "0123456789abcdef") != digits)
		return false;
	memcpy(p->run, line, PLAYS_RUN_TEXT);
	while (text && *text) {
		line = strsep(&text, "\n");
		if (p->count == PLAYS_MAX || !text || !read_row(&p->rows[p->count++], line))
			return false;
	}
	return true;
}

bool plays_read(struct plays *p, const char *folder)
{
	char path[4096];
	struct buf text = {0};
	struct err e = {0};
	p->count = 0;
	bool ok = file_join(path, sizeof path, folder, NAME) && file_read(path, BYTES_MAX, &text, &e) && text.len &&
		  read_text(p, text.data);
	buf_finish(&text);
	return ok;
}

void plays_begin(struct plays *p, const char *folder)
{
	uint64_t name = 0;
	if (plays_read(p, folder))
		return;
	if (getrandom(&name, sizeof name, 0) != (ssize_t)sizeof name)
		abort();
	p->count = 0;
	(void)snprintf(p->run, sizeof p->run, "%016llx", (unsigned long long)name);
}

bool plays_write(const struct plays *p, const char *folder, struct err *e)
{
	char path[4096];
	struct buf text = {0};
	buf_printf(&text, "%s\n", p->run);
	for (int i = 0; i < p->count; i++) {
		const struct play *r = &p->rows[i];
		buf_printf(&text, "%d %lld %s %s %lld %lld\n", r->what.day, (long long)r->what.version,
			*r->what.content_sha256 ? r->what.content_sha256 : "-", r->what.page, (long long)r->times,
			(long long)r->ms);
	}
	bool ok = file_join(path, sizeof path, folder, NAME) && file_write(path, text.data, text.len, 0644, e);
	buf_finish(&text);
	return ok;
}
