/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/cycle.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "sync/take.h"

#define TRUST_STEPS_MAX 256
#define FUTURE_S 86400 /* issued later than tomorrow: the signer's clock is wrong */
#define HELD_BACK_MS 900 /* an answer that came sooner was not held back, whatever it says */
#define TRUST_EVERY_MS 600000 /* while nothing changes; after a new head at once */

/* Without a record the kept manifests still say how far we were. */
static void recover(struct cycle *c, const struct err *why)
{
	struct err ignored = {0};
	int64_t version = store_newest_manifest(c->store, INT64_MAX);
	c->record = (struct store_record){0};
	for (; version > 0; version = store_newest_manifest(c->store, version)) {
		struct manifest m = {0};
		bool ok = store_read_manifest(c->store, version, c->trust, &m, &ignored);
		manifest_finish(&m);
		if (ok)
			break;
	}
	if (version > 0) {
		log_line(LOG_WARNING, "sync: record lost (%s): going on from version %lld", why->text,
			(long long)version);
		c->record.version = version;
	}
}

/* New head keys clear the remembered seq, new publisher keys the version floor: so a
 * feed recovers from a fast-forward (TUF 5.3.11). Once for each document: one that was
 * lost and is fetched again must not clear them again. */
static void forget_floors(struct cycle *c, const struct trust *from, const struct trust *to)
{
	if (!trust_same_keys(from, to, TRUST_HEAD)) {
		c->record.seq = 0;
		c->record.head_sha256[0] = '\0';
		buf_clear(&c->head);
		c->etag[0] = '\0';
	}
	if (!trust_same_keys(from, to, TRUST_PUBLISHER)) {
		c->record.version = 0;
		c->record.manifest_sha256[0] = c->kept_sha256[0] = '\0';
		c->record.refused_version = 0;
	}
}

/* Power may fail between the keeping of a document and its record: then the record is
 * behind the chain, and what the documents between have cleared is cleared now. */
static bool catch_up(struct cycle *c, struct err *e)
{
	if (c->record.trust == 0)
		c->record.trust = c->trust->version; /* no record: nothing to clear */
	while (c->record.trust < c->trust->version) {
		struct trust *from = NULL, *to = NULL;
		int64_t next = c->record.trust + 1;
		bool ok = store_read_trust_until(c->store, &c->installed, next - 1, &from, e) &&
			  store_read_trust_until(c->store, &c->installed, next, &to, e);
		if (ok)
			forget_floors(c, from, to);
		trust_destroy(from);
		trust_destroy(to);
		if (!ok)
			return false;
		c->record.trust = next;
	}
	return true;
}

/* A recovered version is fetched and tried again, but its number is not free. */
static void remember_kept(struct cycle *c)
{
	struct manifest m = {0};
	struct err ignored = {0};
	if (c->record.version && !*c->record.manifest_sha256 &&
		store_read_manifest(c->store, c->record.version, c->trust, &m, &ignored))
		store_hash_manifest(c->store, c->record.version, c->kept_sha256);
	manifest_finish(&m);
}

bool cycle_start(struct cycle *c, const struct buf *installed, struct err *e)
{
	struct err why = {0};
	cycle_finish(c); /* of a start that failed */
	buf_add(&c->installed, installed->data, installed->len);
	if (!store_read_trust(c->store, &c->installed, &c->trust, e))
		return err_prefix(e, "%s", c->trust_path);
	if (!store_read_record(c->store, &c->record, &why))
		recover(c, &why);
	else if (!store_read_head(c->store, &c->head, &why))
		buf_clear(&c->head);
	if (*c->record.feed && strcmp(c->record.feed, c->trust->feed) != 0)
		return err_set(e, ERR_USAGE, "%s: belongs to feed '%s', not to '%s'", store_folder(c->store),
			c->record.feed, c->trust->feed);
	memcpy(c->record.feed, c->trust->feed, sizeof c->record.feed);
	if (!catch_up(c, e))
		return false;
	remember_kept(c);
	return true;
}

void cycle_finish(struct cycle *c)
{
	trust_destroy(c->trust);
	c->trust = NULL;
	buf_finish(&c->installed);
	buf_finish(&c->head);
}

/* What new keys have cleared is there again when the disk does not take the document: else a
 * later record would be written without the head, and its hold. */
static bool take_trust(struct cycle *c, const struct buf *bytes, struct err *e)
{
	struct trust *next;
	if (!trust_read_next(&next, c->trust, bytes->data, bytes->len, e))
		return err_prefix(e, "trust/%lld.json", (long long)c->trust->version + 1);
	struct cycle before = *c;
	c->head = (struct buf){0};
	buf_add(&c->head, before.head.data, before.head.len);
	if (next->version > c->record.trust) {
		forget_floors(c, c->trust, next);
		c->record.trust = next->version;
	}
	if (!store_put_trust(c->store, next->version, bytes, e) ||
		!store_write_record(c->store, &c->record, &c->head, e)) {
		buf_finish(&c->head);
		*c = before;
		trust_destroy(next);
		return false;
	}
	buf_finish(&before.head);
	trust_destroy(c->trust);
	c->trust = next;
	log_line(LOG_INFO, "sync: trust document %lld taken", (long long)next->version);
	return true;
}

/* Documents may be lost here; a key that they have removed must not come back by it. */
static bool is_newest(const struct cycle *c, struct err *e)
{
	return c->trust->version >= c->record.trust ||
	       err_set(e, ERR_STALE, "trust: rollback: document %lld after %lld",
		       (long long)c->trust->version, (long long)c->record.trust);
}

static bool update_trust(struct cycle *c, struct cycle_result *result, struct err *e)
{
	for (int i = 0; i <= TRUST_STEPS_MAX; i++) { /* the last only sees that there are no more */
		char path[64];
		struct fetch_answer a;
		(void)snprintf(path, sizeof path, "trust/%lld.json", (long long)c->trust->version + 1);
		bool ok = fetch_run(
			c->fetch, &(struct fetch_request){.path = path, .max_bytes = TRUST_BYTES_MAX}, &a, e);
		result->retry_after_s = a.retry_after_s;
		bool is_last = ok && a.outcome != FETCH_GOT;
		if (is_last)
			c->trust_asked_ms = clock_mono_ms();
		if (ok && !is_last && i == TRUST_STEPS_MAX)
			ok = err_set(
				e, ERR_UNTRUSTED, "trust: more than %d documents in a row", TRUST_STEPS_MAX);
		ok = ok && (is_last || take_trust(c, &a.body, e));
		buf_finish(&a.body);
		if (!ok || is_last)
			return ok && is_newest(c, e);
	}
	return false; /* not reached */
}

bool cycle_is_future(const struct cycle *c, int64_t issued_utc_s)
{
	int64_t now_s = clock_utc_ms(&c->clock) / 1000;
	return clock_is_synchronised(&c->clock) && issued_utc_s > now_s + FUTURE_S;
}

/* May this head follow the one we have? */
static bool may_follow(const struct cycle *c, const struct head *h, const char *sha256, struct err *e)
{
	const struct store_record *r = &c->record;
	if (h->trust > c->trust->version)
		return err_set(e, ERR_UNTRUSTED, "head: wants trust document %lld, there is only %lld",
			(long long)h->trust, (long long)c->trust->version);
	if (h->seq < r->seq)
		return err_set(e, ERR_STALE, "head: rollback: seq %lld after %lld", (long long)h->seq,
			(long long)r->seq);
	if (h->seq == r->seq && strcmp(sha256, r->head_sha256) != 0)
		return err_set(
			e, ERR_STALE, "head: equivocation: two heads with seq %lld", (long long)h->seq);
	if (h->version < r->version)
		return err_set(e, ERR_STALE, "head: rollback: version %lld after %lld", (long long)h->version,
			(long long)r->version);
	const char *known = *r->manifest_sha256 ? r->manifest_sha256 : c->kept_sha256;
	if (h->version == r->version && *known && strcmp(h->manifest_sha256, known) != 0)
		return err_set(e, ERR_STALE, "head: equivocation: two manifests of version %lld",
			(long long)h->version);
	if (r->version && h->version - r->version > MANIFEST_JUMP_MAX)
		return err_set(e, ERR_STALE, "head: version jumps from %lld to %lld, more than %d",
			(long long)r->version, (long long)h->version, MANIFEST_JUMP_MAX);
	return !cycle_is_future(c, h->issued_utc_s) ||
	       err_set(e, ERR_UNTRUSTED, "head: issued in the future");
}

static bool take_head(
	struct cycle *c, const struct buf *bytes, struct head *h, struct cycle_result *result, struct err *e)
{
	char sha256[DIGEST_HEX];
	if (!head_read(h, c->trust, bytes->data, bytes->len, e))
		return false;
	digest_bytes(bytes->data, bytes->len, sha256);
	if (!may_follow(c, h, sha256, e))
		return false;
	if (h->seq == c->record.seq && strcmp(sha256, c->record.head_sha256) == 0)
		return true;
	struct store_record next = c->record;
	next.seq = h->seq;
	memcpy(next.head_sha256, sha256, sizeof sha256);
	if (h->issued_utc_s > next.floor_utc_s)
		next.floor_utc_s = h->issued_utc_s;
	if (!store_write_record(c->store, &next, bytes, e))
		return false;
	if (h->expires_utc_s < clock_utc_ms(&c->clock) / 1000)
		log_line(LOG_WARNING, "sync: head %lld has expired: is the server's signer running?",
			(long long)h->seq);
	c->record = next;
	buf_clear(&c->head);
	buf_add(&c->head, bytes->data, bytes->len);
	result->took_head = true;
	return true;
}

/* Asks for the head. An answer that broke because it was held too long is asked for again. */
static bool fetch_head(struct cycle *c, struct hold *hold, struct fetch_answer *a,
	struct cycle_result *result, struct err *e)
{
	int64_t began_ms = clock_mono_ms();
	struct fetch_request request = {.path = "head.json",
		.max_bytes = HEAD_BYTES_MAX,
		.etag = c->head.len ? c->etag : NULL,
		.wait_s = hold ? hold_s(hold) : 0,
		.stir_fd = c->stir_fd};
	bool ok = fetch_run(c->fetch, &request, a, e);
	int64_t took_ms = clock_mono_ms() - began_ms;
	result->retry_after_s = a->retry_after_s;
	result->was_stirred = ok && a->outcome == FETCH_STIRRED;
	result->was_held = hold && a->did_wait && took_ms >= HELD_BACK_MS;
	c->is_quiet = ok && a->outcome == FETCH_SAME && result->was_held && hold_is_whole(hold, took_ms);
	if (c->is_quiet)
		hold_went_well(hold);
	if (ok || !hold || e->kind != ERR_NETWORK || !hold_broke(hold, took_ms))
		return ok;
	buf_finish(&a->body);
	*e = (struct err){0};
	return fetch_head(c, hold, a, result, e);
}

/* The current head: a new one, or the kept one when the server has nothing newer. Trust documents may have
 * come while it was held back. */
static bool update_head(struct cycle *c, struct hold *hold, bool has_asked_trust, struct head *h,
	struct cycle_result *result, struct err *e)
{
	struct fetch_answer a;
	bool ok = fetch_head(c, hold, &a, result, e);
	if (ok && a.outcome == FETCH_MISSING)
		ok = err_set(e, ERR_NETWORK, "head.json: not there");
	else if (ok && a.outcome == FETCH_SAME)
		ok = head_read(h, c->trust, c->head.data, c->head.len, e);
	else if (ok && a.outcome == FETCH_GOT)
		ok = ((has_asked_trust && !a.did_wait) || update_trust(c, result, e)) &&
		     take_head(c, &a.body, h, result, e);
	if (ok && a.outcome == FETCH_GOT)
		memcpy(c->etag, a.etag, sizeof c->etag);
	buf_finish(&a.body);
	return ok;
}

bool cycle_run(struct cycle *c, struct hold *hold, struct cycle_result *result, struct err *e)
{
	struct head h;
	*result = (struct cycle_result){0};
	*e = (struct err){0};
	bool asks_trust = !c->is_quiet || clock_mono_ms() - c->trust_asked_ms >= TRUST_EVERY_MS;
	if ((asks_trust && !update_trust(c, result, e)) || !update_head(c, hold, asks_trust, &h, result, e))
		return false;
	if (result->was_stirred)
		return true;
	if (h.version == c->record.version && *c->record.manifest_sha256) {
		c->is_whole = (c->is_whole && !result->took_head) || take_is_whole(c);
		if (c->is_whole)
			return true;
		log_line(LOG_WARNING, "sync: version %lld is not whole any more: taken again",
			(long long)h.version);
	}
	if (h.version == c->record.refused_version &&
		strcmp(h.manifest_sha256, c->record.refused_sha256) == 0)
		return err_set(e, ERR_FORMAT, "version %lld refused: %s", (long long)h.version,
			c->record.refused_reason);
	result->took_version = take_version(c, &h, result, e);
	return result->took_version;
}
