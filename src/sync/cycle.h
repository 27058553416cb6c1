/* cycle.h - one look at the feed: trust, head, manifest, objects, trial, record.
 *
 * Nothing of a body counts before its signatures hold; a version is taken whole or
 * not at all; what is shown stays until the new one was kept, tried and recorded.
 * Rollback, equivocation and jumps are refused, also after a restart. */
#ifndef CYCLE_H
#define CYCLE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "feed/trust.h"
#include "store/store.h"
#include "sync/fetch.h"
#include "sync/hold.h"

struct cycle {
	struct store *store;
	struct fetch *fetch;
	struct buf installed; /* the trust document that the screen was set up with */
	struct trust *trust; /* the newest that holds */
	struct store_record record;
	char kept_sha256[DIGEST_HEX]; /* of record.version's manifest, when the record has lost it */
	struct buf head; /* the last verified one, as it came */
	char etag[FETCH_ETAG_MAX];
	bool is_whole; /* all of the current version was seen to be kept, since the last head */
	bool is_quiet; /* the last answer was held to its end: nothing has changed since */
	int64_t trust_asked_ms; /* when the server last said that there is no newer trust document; monotonic
				 */
	struct clock clock;
	const char *kiosk; /* for the trial */
	const char *kiosk_config; /* for the trial too; NULL: none */
	int64_t trial_s; /* and how long it may take */
	const char *trust_path, *at;
	volatile sig_atomic_t *stop;
	int stir_fd; /* fetch.h; for a look that may be held back */
};

/* Reads what is kept. The floors of a damaged record are found again in the files.
 * ERR_UNTRUSTED, ERR_FORMAT: the installed document; ERR_USAGE: the folder belongs
 * to another feed. The caller fills in store, fetch, clock, kiosk, trial_s,
 * trust_path, at. One that failed may be tried again. */
bool cycle_start(struct cycle *c, const struct buf *installed, struct err *e);
void cycle_finish(struct cycle *c);

struct cycle_result {
	bool took_version, took_head;
	bool was_held; /* the server held its answer back, whether to the end or until something changed */
	bool was_stirred; /* nothing was learned of the server */
	int64_t retry_after_s;
};

/* hold: how long the server may hold its answer back, and what is learned about that; NULL: not at all.
 * False: what went wrong; what came before that still counts (a head may be taken and its version not). */
bool cycle_run(struct cycle *c, struct hold *hold, struct cycle_result *result, struct err *e);

/* Issued later than tomorrow, by a clock that is right. The floor under the clock must
 * not be raised by it: it never falls again. */
bool cycle_is_future(const struct cycle *c, int64_t issued_utc_s);

#endif
