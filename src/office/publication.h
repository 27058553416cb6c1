/* publication.h - what was issued, until it is signed and published.
 *
 * The only door to a feed: approval.c opens it, after the people that it takes. signing ->
 * ready (enough publishers have signed exactly this manifest) -> published -> superseded;
 * cancelled instead of published. Within a transaction. */
#ifndef PUBLICATION_H
#define PUBLICATION_H

#include "base/buf.h"
#include "feed/envelope.h"
#include "feed/manifest.h"
#include "office/office.h"

struct publication_new {
	int64_t set;
	const char *content_sha256, *pages_sha256;
	const void *document;
	size_t document_len;
};

/* One at a time waits for its signatures: ERR_CONFLICT while another does. */
bool publication_create(struct office *o, const struct publication_new *p, int64_t *version, struct err *e);

/* Versions and head numbers that the feed had already: none at or below is given out. */
void publication_raise_counter(struct office *o, const char *name, int64_t value);
int64_t publication_counter(struct office *o, const char *name);
#define PUBLICATION_VERSION "version"
#define PUBLICATION_HEAD "head"

enum publication_state {
	PUBLICATION_SIGNING,
	PUBLICATION_READY,
	PUBLICATION_PUBLISHED,
	PUBLICATION_SUPERSEDED,
	PUBLICATION_CANCELLED,
};

struct publication {
	int64_t version, set;
	enum publication_state state;
	bool is_begun; /* somebody published it; the feed may have parts of it */
};

/* ERR_MISSING. */
bool publication_find(struct office *o, int64_t version, struct publication *out, struct err *e);

/* The one that is begun and not done; false: none. */
bool publication_find_begun(struct office *o, struct publication *out);
int64_t publication_current(struct office *o); /* the published version; 0: none */

/* ---- what is signed (publication_sign.c) ---------------------------------------- */

/* The document that was issued, appended to out. */
void publication_document(struct office *o, int64_t version, struct buf *out);

/* The manifest's body, the same bytes for ever. ERR_CONFLICT: a picture is missing. */
bool publication_body(struct office *o, int64_t version, const char *feed, struct buf *out, struct err *e);

/* The body with the signatures that there are. */
bool publication_envelope(struct office *o, int64_t version, const char *feed, struct buf *out, struct err *e);

/* Takes what publishers signed: exactly the body, and each signature by a publisher's key of
 * the newest trust document; then it may be ready. ERR_FORMAT, ERR_CONFLICT. */
bool publication_take(struct office *o, int64_t version, const struct trust *t, const char *bytes, size_t len,
	struct err *e);

/* Signs with a key of this hub's. ERR_CONFLICT: it is no publisher's. */
bool publication_sign(
	struct office *o, int64_t version, const struct trust *t, const struct key *key, struct err *e);

/* ---- publishing ------------------------------------------------------------------ */

/* Somebody wants it published; ERR_CONFLICT unless it is ready, or begun already. */
bool publication_begin(struct office *o, int64_t version, struct err *e);

/* The head names it now: what it changed is the content. */
void publication_done(struct office *o, int64_t version);

/* Gives it up; no head names it. Its changes are a draft again. ERR_CONFLICT. */
bool publication_cancel(struct office *o, int64_t version, const char *reason, struct err *e);

/* How bringing it somewhere stands: place "feed", "bucket", "stick"; state "done", "pending",
 * "failed"; message NULL: nothing to say. */
void publication_deliver(
	struct office *o, int64_t version, const char *place, const char *state, const char *message);

/* ---- showing (publication_show.c) ------------------------------------------------ */

/* assets/openapi.yaml: Publication. threshold: of the newest trust document. NULL: none. */
json_t *publication_show(struct office *o, int64_t version, int threshold);
json_t *publication_list(struct office *o, int threshold);

#endif
