/* press.h - what a hub paints and publishes with: the painter and its pages, jobs, and the
 * writer of the feed. Opened in order, closed in reverse. */
#ifndef PRESS_H
#define PRESS_H

#include "hub/album.h"
#include "hub/carrier.h"
#include "hub/hub.h"
#include "hub/imports.h"
#include "hub/job.h"
#include "hub/keeper.h"
#include "hub/options.h"
#include "hub/painter.h"
#include "hub/publisher.h"

#define PRESS_PAGES "pages" /* the album, below the folder */

struct press {
	char folder[4096]; /* the office's: media, painted pages */
	struct album *album;
	struct painter *painter;
	struct jobs *jobs;
	struct imports *imports;
	struct s3 *bucket; /* NULL: none */
	struct carrier *carrier;
	struct publisher *publisher;
	struct keeper *keeper;
	bool has_stick;
};

/* The hub's office and clock are there already; o->folder and o->feed are given. ERR_USAGE, ERR_DISK. */
bool press_open(struct press **out, const struct hub *h, const struct hub_options *o, struct err *e);

/* Jobs are called off; nobody asks any more. NULL is fine. */
void press_close(struct press *p);

#endif
