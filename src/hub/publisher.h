/* publisher.h - the one who writes the feed: versions that publishers have signed, and heads.
 *
 * The head key lies in a file that only the hub's user may read; with it the hub can repeat,
 * hold, or raise what publishers signed beforehand, and nothing else. A publisher's key is
 * kept only where an office chose so. Heads are renewed every hour by a thread of its own.
 * What is asked for is in the audit log before it is done. Any thread; one writes at a time. */
#ifndef PUBLISHER_H
#define PUBLISHER_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "feed/head.h"
#include "feed/trust.h"
#include "hub/carrier.h"
#include "office/office.h"

#define PUBLISHER_KEY_SETTING "publisher_key_on_hub"
#define PUBLISHER_RENEW_S 3600

struct publisher;

struct publisher_setup {
	struct office *office; /* borrowed, as the carrier is */
	struct carrier *carrier;
	struct clock clock;
	const char *folder; /* the office's, with its media */
	const char *feed;
	const char *head_key, *publisher_key; /* files of mode 0400 or 0600, or NULL */
};

/* Also finishes what was begun before the process ended. ERR_USAGE: a key that others may
 * read, or that the trust document does not name; ERR_IO. */
bool publisher_open(struct publisher **out, const struct publisher_setup *setup, struct err *e);
void publisher_close(struct publisher *p); /* NULL is fine */

/* The newest trust document; the caller ends it. ERR_CONFLICT: the feed has none. */
bool publisher_trust(struct publisher *p, struct trust **out, struct err *e);

/* Objects, the manifest, the head, each whole and durable before its name is known; then the
 * office's content is what it publishes. Again after an end in the middle is fine. actor is
 * who wants it. ERR_CONFLICT, ERR_DISK. */
bool publisher_publish(struct publisher *p, int64_t version, const struct actor *actor, struct err *e);

/* Gives up what was issued and is not on any screen; its changes are a draft again. */
bool publisher_cancel(
	struct publisher *p, int64_t version, const char *reason, const struct actor *actor, struct err *e);

/* With the publisher's key of this hub, where that is switched on. ERR_CONFLICT. */
bool publisher_sign(struct publisher *p, int64_t version, const struct actor *actor, struct err *e);
bool publisher_has_key(const struct publisher *p);

enum publisher_act { PUBLISHER_HOLD, PUBLISHER_SHOW, PUBLISHER_RAISE, PUBLISHER_LOWER };

struct publisher_change {
	enum publisher_act act;
	const char *reason; /* of a hold; NULL: none */
	const struct head_alert *alert; /* to be raised or lowered */
};

/* A new head with this changed. ERR_CONFLICT, ERR_DISK. */
bool publisher_change_head(
	struct publisher *p, const struct publisher_change *change, const struct actor *actor, struct err *e);

/* assets/openapi.yaml: Head. */
bool publisher_show_head(struct publisher *p, json_t **out, struct err *e);

/* ---- for keeper.c ---------------------------------------------------------------- */

/* The head again, when it is older than that or another trust document is newer. */
bool publisher_renew(struct publisher *p, int64_t older_than_s, struct err *e);

#endif
