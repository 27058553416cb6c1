/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/carrier.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "feed/folder.h"
#include "feed/manifest.h"
#include "office/publication.h"
#include "office/setting.h"

#define FIRST_RETRY_MS 15000
#define LONGEST_MS (15 * 60000)
#define FOR_EVER "public, max-age=31536000, immutable"
#define STICK_FOLDER "fangzi-feed"

enum place { BUCKET, STICK, PLACES };
static const char *const settings[PLACES] = {CARRIER_BUCKET, CARRIER_STICK};
static const char *const words[PLACES] = {"bucket", "stick"};

struct carrier {
	struct carrier_setup setup;
	pthread_t thread;
	bool has_thread;
	pthread_mutex_t lock; /* over the two below */
	pthread_cond_t is_woken;
	bool is_wanted, is_ending;
	/* The thread's own: what a place has, as far as it was brought there by this process. */
	char head[PLACES][DIGEST_HEX];
	bool has_failed[PLACES];
};

/* A file of the feed on its way. */
struct parcel {
	const char *name;
	const struct buf *bytes;
	bool is_head;
};

/* ---- places ----------------------------------------------------------------------------- */

static bool to_bucket(struct carrier *c, const struct parcel *p, struct err *e)
{
	bool is_there = false, is_object = strncmp(p->name, "objects/", 8) == 0;
	if (!p->is_head && !s3_has(c->setup.bucket, p->name, p->bytes->len, &is_there, e))
		return false;
	struct s3_object o = {.name = p->name,
		.bytes = p->bytes,
		.type = is_object ? "application/octet-stream" : "application/json",
		.cache_control = p->is_head ? "no-cache" : FOR_EVER};
	return is_there || s3_put(c->setup.bucket, &o, e);
}

static bool is_same(const char *path, const struct buf *bytes)
{
	struct buf kept = {0};
	struct err ignored = {0};
	bool same = file_exists(path) && file_read(path, bytes->len, &kept, &ignored) &&
		    kept.len == bytes->len && memcmp(kept.data, bytes->data, bytes->len) == 0;
	buf_finish(&kept);
	return same;
}

static bool to_stick(struct carrier *c, const struct parcel *p, struct err *e)
{
	char path[PATH_MAX], folder[PATH_MAX];
	int n = snprintf(path, sizeof path, "%s/" STICK_FOLDER "/%s", c->setup.stick, p->name);
	if (n < 0 || (size_t)n >= sizeof path)
		return err_set(e, ERR_DISK, "%s: too long a path", c->setup.stick);
	if (is_same(path, p->bytes))
		return true;
	(void)snprintf(folder, sizeof folder, "%s", path);
	*strrchr(folder, '/') = '\0';
	return file_make_folder(folder, 0755, e) && file_write_durable(path, p->bytes->data, p->bytes->len, 0644, e);
}

/* ---- one feed to one place ---------------------------------------------------------------- */

static bool send_bytes(
	struct carrier *c, enum place place, const char *name, const struct buf *bytes, struct err *e)
{
	struct parcel p = {name, bytes, strcmp(name, "head.json") == 0};
	return place == BUCKET ? to_bucket(c, &p, e) : to_stick(c, &p, e);
}

static bool send(struct carrier *c, enum place place, const char *name, size_t max_bytes, struct err *e)
{
	char path[PATH_MAX];
	struct buf bytes = {0};
	bool ok = file_join(path, sizeof path, c->setup.feed, name) && file_read(path, max_bytes, &bytes, e) &&
		  send_bytes(c, place, name, &bytes, e);
	buf_finish(&bytes);
	return ok;
}

static bool send_object(struct carrier *c, enum place place, const char *sha256, struct err *e)
{
	char name[DIGEST_HEX + 8];
	(void)snprintf(name, sizeof name, "objects/%s", sha256);
	return send(c, place, name, MANIFEST_OBJECT_BYTES_MAX, e);
}

static bool send_trust(struct carrier *c, enum place place, struct err *e)
{
	char name[64];
	int64_t newest = folder_newest(c->setup.feed, "trust");
	for (int64_t n = 1; n <= newest; n++) {
		(void)snprintf(name, sizeof name, "trust/%lld.json", (long long)n);
		if (!send(c, place, name, TRUST_BYTES_MAX, e))
			return false;
	}
	return true;
}

static bool send_version(struct carrier *c, enum place place, const struct trust *t, const struct head *h,
	struct err *e)
{
	char path[FOLDER_PATH_MAX], name[64];
	struct buf bytes = {0};
	struct manifest m = {0};
	folder_number_path(c->setup.feed, "manifests", h->version, path);
	bool ok = file_read(path, MANIFEST_BYTES_MAX, &bytes, e) && manifest_read(&m, t, bytes.data, bytes.len, e) &&
		  send_object(c, place, m.content_sha256, e);
	for (int i = 0; ok && i < m.media_count; i++)
		ok = send_object(c, place, m.media[i].sha256, e);
	(void)snprintf(name, sizeof name, "manifests/%lld.json", (long long)h->version);
	ok = ok && send_bytes(c, place, name, &bytes, e);
	manifest_finish(&m);
	buf_finish(&bytes);
	return ok;
}

/* Of the head that is read first, however often it changes meanwhile: then there is another
 * round. */
static bool bring(struct carrier *c, enum place place, int64_t *version, char sha256[static DIGEST_HEX],
	struct err *e)
{
	char path[PATH_MAX];
	struct buf bytes = {0};
	struct trust *t = NULL;
	struct head h = {0};
	bool ok = folder_read_trust(c->setup.feed, &t, e) && (t || err_set(e, ERR_IO, "no trust document")) &&
		  file_join(path, sizeof path, c->setup.feed, "head.json") &&
		  file_read(path, HEAD_BYTES_MAX, &bytes, e) && head_read(&h, t, bytes.data, bytes.len, e);
	*version = h.version;
	if (ok)
		digest_bytes(bytes.data, bytes.len, sha256);
	if (ok && strcmp(c->head[place], sha256) != 0)
		ok = send_trust(c, place, e) && send_version(c, place, t, &h, e) &&
		     send_bytes(c, place, "head.json", &bytes, e);
	trust_destroy(t);
	buf_finish(&bytes);
	return ok;
}

/* ---- what people see of it ------------------------------------------------------------------ */

static void tell(struct carrier *c, enum place place, int64_t version, const struct err *why)
{
	struct clock clock = c->setup.clock;
	struct err e = {0};
	if (why && !c->has_failed[place])
		log_line(LOG_WARNING, "hub: %s: %s", words[place], why->text);
	else if (!why && c->has_failed[place])
		log_line(LOG_INFO, "hub: %s: has the feed again", words[place]);
	c->has_failed[place] = why != NULL;
	office_begin(c->setup.office, clock_utc_ms(&clock) / 1000, &office_itself);
	publication_deliver(c->setup.office, version, words[place], why ? "failed" : "done", why ? why->text : NULL);
	if (!office_commit(c->setup.office, &e))
		log_line(LOG_WARNING, "hub: %s", e.text);
}

static bool is_on(struct carrier *c, enum place place)
{
	struct clock clock = c->setup.clock;
	bool is_there = place == BUCKET ? c->setup.bucket != NULL : c->setup.stick != NULL;
	if (!is_there)
		return false;
	office_begin(c->setup.office, clock_utc_ms(&clock) / 1000, &office_itself);
	bool on = setting_is_on(c->setup.office, settings[place]);
	office_rollback(c->setup.office);
	return on;
}

/* False: something is left to be tried again. */
static bool visit_all(struct carrier *c)
{
	char head[PATH_MAX], sha256[DIGEST_HEX] = "";
	bool is_done = true;
	if (!file_join(head, sizeof head, c->setup.feed, "head.json") || !file_exists(head))
		return true; /* nothing was published yet */
	for (int place = 0; place < PLACES; place++) {
		struct err e = {0};
		int64_t version = 0;
		if (!is_on(c, (enum place)place)) {
			c->head[place][0] = '\0';
			continue;
		}
		bool ok = bring(c, (enum place)place, &version, sha256, &e);
		if (!ok || strcmp(c->head[place], sha256) != 0)
			tell(c, (enum place)place, version, ok ? NULL : &e);
		if (ok)
			memcpy(c->head[place], sha256, sizeof sha256);
		is_done = is_done && ok;
	}
	return is_done;
}

/* ---- the thread ------------------------------------------------------------------------------- */

/* Until somebody wakes it, or ms have passed. False: the end. */
static bool wait_ms(struct carrier *c, int64_t ms)
{
	struct clock clock = clock_system();
	int64_t until_ms = clock_utc_ms(&clock) + ms;
	struct timespec until = {until_ms / 1000, (long)(until_ms % 1000) * 1000000};
	int timed_out = 0;
	(void)pthread_mutex_lock(&c->lock);
	while (!c->is_wanted && !c->is_ending && !timed_out)
		timed_out = pthread_cond_timedwait(&c->is_woken, &c->lock, &until);
	c->is_wanted = false;
	bool goes_on = !c->is_ending;
	(void)pthread_mutex_unlock(&c->lock);
	return goes_on;
}

static void *run(void *user)
{
	struct carrier *c = user;
	int64_t retry_ms = 0;
	bool is_done;
	do {
		is_done = visit_all(c);
		retry_ms = is_done ? 0 : retry_ms ? 2 * retry_ms : FIRST_RETRY_MS;
		if (retry_ms > LONGEST_MS)
			retry_ms = LONGEST_MS;
	} while (wait_ms(c, is_done ? LONGEST_MS : retry_ms));
	return NULL;
}

bool carrier_start(struct carrier **out, const struct carrier_setup *setup, struct err *e)
{
	struct carrier *c = alloc_zero(1, sizeof *c);
	c->setup = *setup;
	(void)pthread_mutex_init(&c->lock, NULL);
	(void)pthread_cond_init(&c->is_woken, NULL);
	*out = c;
	if (!setup->bucket && !setup->stick)
		return true; /* nothing to do, ever */
	c->has_thread = pthread_create(&c->thread, NULL, run, c) == 0;
	return c->has_thread || err_set(e, ERR_IO, "no thread to bring the feed elsewhere");
}

void carrier_wake(struct carrier *c)
{
	(void)pthread_mutex_lock(&c->lock);
	c->is_wanted = true;
	(void)pthread_cond_signal(&c->is_woken);
	(void)pthread_mutex_unlock(&c->lock);
}

void carrier_stop(struct carrier *c)
{
	if (!c)
		return;
	(void)pthread_mutex_lock(&c->lock);
	c->is_ending = true;
	if (c->setup.bucket)
		s3_give_up(c->setup.bucket);
	(void)pthread_cond_signal(&c->is_woken);
	(void)pthread_mutex_unlock(&c->lock);
	if (c->has_thread)
		(void)pthread_join(c->thread, NULL);
	(void)pthread_cond_destroy(&c->is_woken);
	(void)pthread_mutex_destroy(&c->lock);
	free(c);
}
