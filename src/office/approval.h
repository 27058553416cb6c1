/* approval.h - the office's three looks (三审): who edited, who reviews and who issues are
 * different people, and what they approve is one document and its painted pages, by hash.
 *
 * In a stricter mode (提级审核) two reviewers must agree. Any edit voids what was approved
 * (change.h), and so does another set that is published before. Within a transaction. */
#ifndef APPROVAL_H
#define APPROVAL_H

#include "office/change.h"

struct approval_candidate {
	const char *content_sha256; /* of the document's canonical bytes */
	const char *pages_sha256; /* over the names and hashes of its painted pages */
	const json_t *pages;
	int64_t at_utc_s; /* the moment they were painted for */
};

/* The document that a submission is about, as canonical bytes (free() them), its findings
 * and what it collides with; nothing is changed. ERR_FORMAT: errors; ERR_CONFLICT. */
bool approval_prepare(struct office *o, int64_t set, char **document, char sha256[static 65], json_t **findings,
	struct err *e);

/* After it was painted: ERR_CONFLICT when the document is another by now. */
bool approval_submit(struct office *o, int64_t set, const struct approval_candidate *c, struct err *e);

bool approval_withdraw(struct office *o, int64_t set, struct err *e);

struct approval_decision {
	bool approves;
	const char *reason; /* of a rejection: needed */
	const char *content_sha256, *pages_sha256; /* of what was seen */
};

/* ERR_FORBIDDEN: not by this person; ERR_CONFLICT: not now, or not what was seen. */
bool approval_review(struct office *o, int64_t set, const struct approval_decision *d, struct err *e);

/* *version: of the publication; 0 when it was rejected. */
bool approval_issue(
	struct office *o, int64_t set, const struct approval_decision *d, int64_t *version, struct err *e);

int approval_reviews_needed(struct office *o, const struct change_set *s);

/* What the asking person may do with it now: words of assets/openapi.yaml, SetHead.may. */
json_t *approval_may(struct office *o, int64_t set);

json_t *approval_candidate_show(struct office *o, int64_t set); /* JSON null: none */
json_t *approval_list(struct office *o, int64_t set);

/* ---- for publication.c -------------------------------------------------------------------- */

/* It was published: its changes are the content now; what others submitted must be seen anew. */
void approval_published(struct office *o, int64_t set, int64_t version);

/* It was given up: its changes are a draft again. */
void approval_given_up(struct office *o, int64_t set, const char *reason);

#endif
