/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/news.h"

#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "feed/trust.h"
#include "store/installed.h"
#include "store/status.h"

struct news {
	char *folder;
	struct buf trust; /* the installed document; empty: it may yet have to come */
	const char *pin; /* its fingerprint; NULL: it was brought */
	int fd, watch;
	struct source_head head;
	struct status status;
	struct status_device device;
	bool has_status;
	bool is_behind; /* a writer was in the way of the last look */
	int64_t lost_utc_s; /* when contact was first seen lost; 0: it is there */
};

/* What cannot be read leaves the head as it is: a hold stays, and an alert. */
static void read_all(struct news *n, bool waits)
{
	struct err e = {0};
	if (n->pin && n->trust.len == 0)
		(void)installed_read(n->pin, n->folder, &n->trust, &e); /* not there yet, mostly */
	n->is_behind = !source_read_head(&n->head, n->folder, &n->trust, waits, &e) && e.kind == ERR_BUSY;
	n->has_status = status_read(n->folder, &n->status);
	(void)status_device_read(n->folder, &n->device);
}

/* The folder may be made later, or removed and made again under us. */
static void watch(struct news *n)
{
	if (n->fd < 0)
		n->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (n->fd >= 0 && n->watch < 0)
		n->watch = inotify_add_watch(
			n->fd, n->folder, IN_MODIFY | IN_MOVED_TO | IN_DELETE_SELF | IN_ONLYDIR);
}

/* Of a file that somebody brought. */
static bool read_trust(struct news *n, const char *path, struct err *e)
{
	struct trust *t = NULL;
	bool ok = installed_read(path, n->folder, &n->trust, e) &&
		  (trust_read_first(&t, n->trust.data, n->trust.len, e) || err_prefix(e, "%s", path));
	trust_destroy(t);
	return ok;
}

bool news_open(struct news **out, const char *folder, const char *trust, struct err *e)
{
	struct news *n = alloc_zero(1, sizeof *n);
	n->folder = alloc_text(folder);
	n->fd = n->watch = -1;
	if (installed_is_pinned(trust)) {
		n->pin = trust;
	} else if (!read_trust(n, trust, e)) {
		news_close(n);
		return false;
	}
	struct err why = {0};
	if (!file_make_folder(folder, 0755, &why)) /* fangzi-sync may yet be able to */
		log_line(LOG_WARNING, "news: %s", why.text);
	watch(n);
	read_all(n, true); /* nothing is shown yet */
	*out = n;
	return true;
}

void news_close(struct news *n)
{
	if (!n)
		return;
	if (n->fd >= 0)
		(void)close(n->fd);
	buf_finish(&n->trust);
	free(n->folder);
	free(n);
}

int news_fd(const struct news *n)
{
	return n->watch >= 0 ? n->fd : -1;
}

bool news_look(struct news *n)
{
	_Alignas(struct inotify_event) char bytes[8192];
	bool has_changed = n->watch < 0 || n->is_behind;
	ssize_t len;
	while (n->fd >= 0 && (len = read(n->fd, bytes, sizeof bytes)) > 0) {
		for (ssize_t at = 0; at + (ssize_t)sizeof(struct inotify_event) <= len;) {
			const struct inotify_event *event = (const void *)(bytes + at);
			if (event->mask & (IN_DELETE_SELF | IN_IGNORED))
				n->watch = -1;
			has_changed = true;
			at += (ssize_t)(sizeof *event + event->len);
		}
	}
	watch(n);
	if (has_changed)
		read_all(n, false);
	return has_changed;
}

bool news_is_behind(const struct news *n)
{
	return n->is_behind;
}

void news_open_version(struct news *n, int64_t unless_version, struct font_set *fonts, struct source **out)
{
	struct err e = {0};
	bool waits = unless_version == 0; /* nothing stands there that could come late */
	*out = NULL;
	if (source_open_state(out, n->folder, &n->trust, unless_version, waits, fonts, &e))
		return;
	*out = NULL;
	n->is_behind = n->is_behind || e.kind == ERR_BUSY;
}

const struct source_head *news_head(const struct news *n)
{
	return &n->head;
}

const struct status_device *news_device(const struct news *n)
{
	return &n->device;
}

const struct status_device *news_pairing(const struct news *n, int64_t mono_ms, bool has_content)
{
	const struct status_device *d = &n->device;
	bool counts = *d->code && mono_ms < d->code_until_ms && (d->is_in_touch || !has_content);
	return counts && status_is_watched(n->folder) ? d : NULL;
}

static int64_t lost_for_s(struct news *n, int64_t utc_s)
{
	bool is_lost = n->has_status && (!n->status.is_online || !status_is_watched(n->folder));
	if (!is_lost)
		n->lost_utc_s = 0;
	else if (n->lost_utc_s == 0 || n->lost_utc_s > utc_s) /* by a clock that was wrong */
		/* since the last answer that held, or since we know */
		n->lost_utc_s = n->status.last_ok_utc_s > 0 && n->status.last_ok_utc_s < utc_s
					? n->status.last_ok_utc_s
					: utc_s;
	return is_lost ? utc_s - n->lost_utc_s : 0;
}

bool news_is_offline(struct news *n, int64_t utc_s)
{
	return lost_for_s(n, utc_s) > NEWS_OFFLINE_AFTER_S;
}

bool news_is_stale(struct news *n, int64_t utc_s, bool clock_is_trusted)
{
	const struct source_head *h = &n->head;
	if (lost_for_s(n, utc_s) > NEWS_STALE_AFTER_S)
		return true;
	if (!clock_is_trusted)
		return false;
	return (h->is_known && h->head.expires_utc_s < utc_s) ||
	       (h->manifest_expires_utc_s && h->manifest_expires_utc_s < utc_s);
}
