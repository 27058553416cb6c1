/* publication.h - what was issued, until it is signed and published.
 *
 * The only door to a feed: approval.c opens it, after the people that it takes. Within a
 * transaction. */
#ifndef PUBLICATION_H
#define PUBLICATION_H

#include "office/office.h"

struct publication_new {
	int64_t set;
	const char *content_sha256, *pages_sha256;
	const void *document;
	size_t document_len;
};

/* One at a time waits for its signatures: ERR_CONFLICT while another does. */
bool publication_create(struct office *o, const struct publication_new *p, int64_t *version, struct err *e);

#endif
