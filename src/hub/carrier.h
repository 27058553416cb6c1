/* carrier.h - brings the feed to other places: a bucket, and a folder that is copied onto USB
 * sticks (<stick>/fangzi-feed/).
 *
 * What the feed's folder has is published, whatever becomes of this: it is tried again until
 * it is done. Objects first, then the manifest, the head last, so that whoever reads there
 * never meets a name whose file is missing. A thread of its own. */
#ifndef CARRIER_H
#define CARRIER_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/err.h"
#include "hub/s3.h"
#include "office/office.h"

#define CARRIER_BUCKET "bucket" /* places, and the settings that turn them on */
#define CARRIER_STICK "stick_folder"

struct carrier;

struct carrier_setup {
	struct office *office; /* borrowed, as all */
	struct clock clock;
	const char *feed;
	struct s3 *bucket; /* NULL: there is none */
	const char *stick; /* NULL: there is none */
};

/* ERR_IO. */
bool carrier_start(struct carrier **out, const struct carrier_setup *setup, struct err *e);
void carrier_stop(struct carrier *c); /* NULL is fine */

/* The head has changed, or a place was turned on. Any thread. */
void carrier_wake(struct carrier *c);

#endif
