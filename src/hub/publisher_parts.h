/* publisher_parts.h - what the files of publisher.h share. */
#ifndef PUBLISHER_PARTS_H
#define PUBLISHER_PARTS_H

#include <pthread.h>

#include "feed/key.h"
#include "feed/trust.h"
#include "hub/publisher.h"

struct publisher {
	pthread_mutex_t lock; /* held by who writes the feed */
	struct office *office;
	struct carrier *carrier;
	struct clock clock;
	char *folder, *feed;
	struct key *head_key, *publisher_key; /* or NULL */
};

int64_t publisher_now(const struct publisher *p);

/* There is a key to sign heads with. ERR_CONFLICT. */
bool publisher_has_head_key(const struct publisher *p, struct err *e);

/* The head that is to be said on: the folder's or, where that is lost, what this office last
 * said. version 0: nothing was published yet. */
void publisher_read_wish(struct publisher *p, const struct trust *t, struct head *out);

/* What is raised stands in this document too. ERR_CONFLICT. */
bool publisher_keeps_alerts(struct publisher *p, const struct trust *t, const struct buf *document, struct err *e);

/* A head of this version, all else as it was. Not within a transaction. */
bool publisher_point_to(struct publisher *p, const struct trust *t, int64_t version, struct err *e);

#endif
