/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is paired, on the disk; and what screens said, a second later. */
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "content/words.h"
#include "feed/head.h"
#include "hub/fleet_parts.h"
#include "office/audit.h"

#define WRITE_EVERY_MS 1000
#define WRITE_AT_ONCE 2000 /* screens in a transaction: nobody waits long for the office */
#define NAME_CHARS_MAX 40
#define TAGS_MAX 16
#define PLAYS_LATE_DAYS 60 /* a screen that was cut off for so long is still believed */

static void read_screen(struct fleet *f, struct sqlite3_stmt *q)
{
	struct fleet_screen *s = fleet_add(f, office_text(q, 0), office_text(q, 4));
	s->name = alloc_text(office_text(q, 1));
	s->tags = alloc_text(office_text(q, 2));
	if (sqlite3_column_bytes(q, 3) == FLEET_KEY_BYTES)
		memcpy(s->key, sqlite3_column_blob(q, 3), FLEET_KEY_BYTES);
	s->paired_utc_s = office_int(q, 5);
	s->paired_by = alloc_text(office_text(q, 6) ? office_text(q, 6) : "");
	s->is_revoked = office_int(q, 7) != 0;
	const char *report = office_text(q, 10);
	struct report *r = alloc_zero(1, sizeof *r);
	struct err ignored = {0};
	if (report && report_read(r, report, strlen(report), &ignored))
		fleet_take_report(s, r);
	free(r);
	s->seq = office_int(q, 8);
	s->received_utc_s = office_int(q, 9);
	s->captured_utc_s = office_int(q, 11);
}

static bool read_all(struct fleet *f, struct err *e)
{
	office_begin(f->office, clock_utc_ms(&f->clock) / 1000, &office_itself);
	struct sqlite3_stmt *q = office_ask(f->office,
		"SELECT s.id, s.name, s.tags, s.key, s.key_id, s.paired, a.display, s.is_revoked, s.seq, s.received,"
		" s.report, ifnull(s.captured, 0) FROM screen s LEFT JOIN account a ON a.id = s.account",
		"");
	while (office_next(f->office, q))
		read_screen(f, q);
	return office_commit(f->office, e);
}

/* ---- writing what was said --------------------------------------------------------------------- */

struct said {
	char id[REPORT_SCREEN_TEXT];
	int64_t seq, received_utc_s;
	char *report, *plays;
};

static size_t take_dirty(struct fleet *f, struct said *out)
{
	size_t count = 0;
	(void)pthread_mutex_lock(&f->lock);
	while (f->dirty_count > 0 && count < WRITE_AT_ONCE) {
		struct fleet_screen *s = f->dirty[--f->dirty_count];
		s->is_dirty = false;
		memcpy(out[count].id, s->id, sizeof s->id);
		out[count].seq = s->seq;
		out[count].received_utc_s = s->received_utc_s;
		out[count].plays = s->plays;
		s->plays = NULL;
		out[count++].report = s->report ? alloc_text(s->report) : NULL;
	}
	(void)pthread_mutex_unlock(&f->lock);
	return count;
}

/* A day that may be: of the last weeks by the hub's calendar; or none was known. */
static bool is_day(int64_t day, int64_t now_utc_s)
{
	int64_t today = now_utc_s / 86400;
	return day == 0 || (day >= today - PLAYS_LATE_DAYS && day <= today + 1);
}

/* A screen that goes wild fills its own day, and then counts no more. */
static bool has_room(struct fleet *f, const char *id, const struct report *r)
{
	return r->play_count == 0 || office_number(f->office, 0,
					     "SELECT count(*) FROM play WHERE day = ?1 AND screen = ?2", "is",
					     r->plays[0].day, id) < FLEET_PLAYS_MAX;
}

/* Sums that only grow, so that a report that is heard twice changes nothing. */
static void write_plays(struct fleet *f, const struct said *said, struct report *r)
{
	struct err ignored = {0};
	if (!said->plays || !report_read(r, said->plays, strlen(said->plays), &ignored) || !has_room(f, said->id, r))
		return;
	for (int i = 0; i < r->play_count; i++) {
		const struct report_play *p = &r->plays[i];
		if (is_day(p->day, said->received_utc_s))
			office_do(f->office,
				"INSERT INTO play(day, screen, content_sha256, page, run, version, times, seconds)"
				" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE"
				" SET times = max(times, ?7), seconds = max(seconds, ?8)",
				"issssiii", p->day, said->id, r->contents[p->content].sha256, p->page, r->run,
				r->contents[p->content].version, p->times, p->seconds);
	}
}

static void write_some(struct fleet *f, struct said *all, size_t count)
{
	struct err e = {0};
	struct report *r = alloc_zero(1, sizeof *r);
	office_begin(f->office, clock_utc_ms(&f->clock) / 1000, &office_itself);
	for (size_t i = 0; i < count; i++) {
		office_do(f->office, "UPDATE screen SET seq = ?2, received = ?3, report = ?4 WHERE id = ?1", "siis",
			all[i].id, all[i].seq, all[i].received_utc_s, all[i].report);
		write_plays(f, &all[i], r);
		free(all[i].report);
		free(all[i].plays);
	}
	if (!office_commit(f->office, &e))
		log_line(LOG_ERROR, "fleet: %zu reports are not kept: %s", count, e.text);
	free(r);
}

static bool write_dirty(struct fleet *f)
{
	static struct said said[WRITE_AT_ONCE]; /* one writer */
	size_t count = take_dirty(f, said);
	if (count)
		write_some(f, said, count);
	return count == WRITE_AT_ONCE;
}

static void *write_on(void *user)
{
	struct fleet *f = user;
	struct pollfd wakes = {.fd = f->wake_fd, .events = POLLIN};
	bool ends = false;
	while (!ends) {
		(void)poll(&wakes, 1, WRITE_EVERY_MS);
		(void)pthread_mutex_lock(&f->lock);
		ends = f->is_ending;
		(void)pthread_mutex_unlock(&f->lock);
		while (write_dirty(f))
			continue;
	}
	return NULL;
}

bool fleet_open(struct fleet **out, struct office *o, const struct clock *clock, struct err *e)
{
	struct fleet *f = alloc_zero(1, sizeof *f);
	*out = f;
	f->office = o;
	f->clock = *clock;
	(void)pthread_mutex_init(&f->lock, NULL);
	f->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (f->wake_fd < 0)
		return err_set(e, ERR_IO, "fleet: no descriptor");
	if (!read_all(f, e))
		return false;
	f->has_writer = pthread_create(&f->writer, NULL, write_on, f) == 0;
	return f->has_writer || err_set(e, ERR_IO, "fleet: no thread");
}

static void forget(struct fleet_screen *s)
{
	while (s) {
		struct fleet_screen *next = s->next_by_id;
		free(s->name);
		free(s->tags);
		free(s->paired_by);
		free(s->report);
		free(s->plays);
		free(s);
		s = next;
	}
}

void fleet_close(struct fleet *f)
{
	if (!f)
		return;
	if (f->has_writer) {
		(void)pthread_mutex_lock(&f->lock);
		f->is_ending = true;
		(void)pthread_mutex_unlock(&f->lock);
		uint64_t one = 1;
		ssize_t woken = write(f->wake_fd, &one, sizeof one);
		(void)woken; /* a full counter wakes as well */
		(void)pthread_join(f->writer, NULL);
	}
	if (f->wake_fd >= 0)
		(void)close(f->wake_fd);
	for (size_t i = 0; i < FLEET_BUCKETS; i++)
		forget(f->by_id[i]);
	free(f->dirty);
	(void)pthread_mutex_destroy(&f->lock);
	free(f);
}

/* ---- people -------------------------------------------------------------------------------------- */

static bool is_name(const char *name, struct err *e)
{
	char why[160];
	const struct words_rule rule = {.max_chars = NAME_CHARS_MAX, .max_lines = 1};
	return (*name && words_check(name, &rule, why, sizeof why)) ||
	       err_set(e, ERR_FORMAT, "屏幕名称须为1至%d个字符", NAME_CHARS_MAX);
}

static bool are_tags(const json_t *tags, struct err *e)
{
	size_t i;
	const json_t *tag;
	bool ok = json_is_array(tags) && json_array_size(tags) <= TAGS_MAX;
	json_array_foreach (tags, i, tag)
		ok = ok && json_is_string(tag) && head_is_word(json_string_value(tag));
	return ok || err_set(e, ERR_FORMAT, "标签须为小写字母、数字和连字符，至多%d个", TAGS_MAX);
}

/* Counts a try of an officer; false when there were too many. Under the lock. */
static bool may_try(struct fleet *f, int64_t account, int64_t now_utc_s)
{
	size_t at = (size_t)account % (sizeof f->officers / sizeof f->officers[0]);
	if (f->officers[at].account != account || f->officers[at].since_utc_s + HELLO_CODE_S <= now_utc_s) {
		f->officers[at].account = account;
		f->officers[at].since_utc_s = now_utc_s;
		f->officers[at].tries = 0;
	}
	return ++f->officers[at].tries <= FLEET_TRIES;
}

/* The screen that shows the code; it shows it for the last time. */
static bool take_pending(struct fleet *f, const struct fleet_pairing *p, const struct actor *actor, int64_t now_utc_s,
	struct fleet_pending *out, struct err *e)
{
	bool found = false;
	(void)pthread_mutex_lock(&f->lock);
	bool may = may_try(f, actor->account, now_utc_s);
	for (int i = 0; may && !found && i < FLEET_PENDING_MAX; i++) {
		struct fleet_pending *pending = &f->pending[i];
		if (pending->until_utc_s <= now_utc_s || strcmp(pending->code, p->code) != 0)
			continue;
		*out = *pending;
		pending->until_utc_s = 0;
		found = true;
	}
	if (found)
		f->officers[(size_t)actor->account % (sizeof f->officers / sizeof f->officers[0])].tries = 0;
	(void)pthread_mutex_unlock(&f->lock);
	if (!may)
		return err_set(e, ERR_BUSY, "配对码输错次数过多，请10分钟后再试");
	return found || err_set(e, ERR_MISSING, "没有屏幕显示这个配对码，或已过期");
}

static bool keep(struct fleet *f, const struct fleet_pending *pending, const struct fleet_pairing *p,
	const struct actor *actor, int64_t now_utc_s, const char *id, struct err *e)
{
	char subject[64], shown[HELLO_FINGERPRINT_TEXT];
	office_begin(f->office, now_utc_s, actor);
	office_do(f->office,
		"INSERT INTO screen(id, name, tags, key, key_id, paired, account) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
		"ssjbsii", id, p->name, p->tags, pending->key, sizeof pending->key, pending->key_id, now_utc_s,
		actor->account);
	hello_fingerprint(pending->key_id, shown);
	(void)snprintf(subject, sizeof subject, "screen:%s", id);
	json_t *after = json_pack("{s:s, s:O, s:s}", "name", p->name, "tags", p->tags, "fingerprint", shown);
	audit_add(f->office, "screen.pair", subject, NULL, after);
	json_decref(after);
	return office_commit(f->office, e);
}

/* Within no transaction, since the lock of the fleet comes after the office's. */
static char *display_of(struct fleet *f, const struct actor *actor)
{
	char *name = NULL;
	office_begin(f->office, clock_utc_ms(&f->clock) / 1000, actor);
	struct sqlite3_stmt *q =
		office_ask(f->office, "SELECT display FROM account WHERE id = ?1", "i", actor->account);
	if (office_next(f->office, q))
		name = alloc_text(office_text(q, 0));
	office_rollback(f->office);
	return name ? name : alloc_text(actor->name);
}

bool fleet_pair(struct fleet *f, const struct fleet_pairing *p, const struct actor *actor, int64_t now_utc_s,
	char id[static REPORT_SCREEN_TEXT], struct err *e)
{
	struct fleet_pending pending;
	if (!is_name(p->name, e) || !are_tags(p->tags, e) || !take_pending(f, p, actor, now_utc_s, &pending, e))
		return false;
	(void)snprintf(id, REPORT_SCREEN_TEXT, "%.16s", pending.key_id);
	if (!keep(f, &pending, p, actor, now_utc_s, id, e))
		return false;
	char *by = display_of(f, actor);
	(void)pthread_mutex_lock(&f->lock);
	struct fleet_screen *s = fleet_add(f, id, pending.key_id);
	memcpy(s->key, pending.key, sizeof s->key);
	s->name = alloc_text(p->name);
	s->tags = office_canonical(p->tags);
	s->paired_by = by;
	s->paired_utc_s = now_utc_s;
	(void)pthread_mutex_unlock(&f->lock);
	return true;
}

static bool note(struct fleet *f, const char *what, const char *id, const json_t *after)
{
	char subject[64];
	(void)snprintf(subject, sizeof subject, "screen:%s", id);
	audit_add(f->office, what, subject, NULL, after);
	return office_number(f->office, 0, "SELECT 1 FROM screen WHERE id = ?1", "s", id) == 1;
}

bool fleet_change(struct fleet *f, const char *id, const char *name, const json_t *tags, const struct actor *actor,
	int64_t now_utc_s, struct err *e)
{
	if ((name && !is_name(name, e)) || (tags && !are_tags(tags, e)))
		return false;
	json_t *after = json_pack("{s:s?, s:O?}", "name", name, "tags", tags);
	office_begin(f->office, now_utc_s, actor);
	bool ok = note(f, "screen.change", id, after) || err_set(e, ERR_MISSING, "没有这块屏幕");
	office_do(f->office, "UPDATE screen SET name = ifnull(?2, name), tags = ifnull(?3, tags) WHERE id = ?1",
		"ssj", id, name, tags);
	json_decref(after);
	if (!office_end(f->office, ok, e))
		return false;
	(void)pthread_mutex_lock(&f->lock);
	struct fleet_screen *s = fleet_find(f, id);
	if (s && name) {
		free(s->name);
		s->name = alloc_text(name);
	}
	if (s && tags) {
		free(s->tags);
		s->tags = office_canonical(tags);
	}
	(void)pthread_mutex_unlock(&f->lock);
	return true;
}

bool fleet_revoke(struct fleet *f, const char *id, const struct actor *actor, int64_t now_utc_s, struct err *e)
{
	office_begin(f->office, now_utc_s, actor);
	bool ok = note(f, "screen.revoke", id, NULL) || err_set(e, ERR_MISSING, "没有这块屏幕");
	office_do(f->office, "UPDATE screen SET is_revoked = 1 WHERE id = ?1", "s", id);
	if (!office_end(f->office, ok, e))
		return false;
	(void)pthread_mutex_lock(&f->lock);
	struct fleet_screen *s = fleet_find(f, id);
	if (s)
		s->is_revoked = true;
	(void)pthread_mutex_unlock(&f->lock);
	return true;
}

bool fleet_get_picture(struct fleet *f, const char *id, struct buf *out, int64_t *captured_utc_s)
{
	struct err ignored = {0};
	*captured_utc_s = 0;
	office_begin(f->office, clock_utc_ms(&f->clock) / 1000, &office_itself);
	struct sqlite3_stmt *q = office_ask(f->office,
		"SELECT picture, captured FROM screen WHERE id = ?1 AND picture IS NOT NULL", "s", id);
	bool found = office_next(f->office, q);
	if (found) {
		buf_add(out, sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0));
		*captured_utc_s = office_int(q, 1);
	}
	return office_end(f->office, true, &ignored) && found;
}
