/* looking.h - the jobs that paint: a change set beside what is on now, and what is submitted
 * for review. */
#ifndef LOOKING_H
#define LOOKING_H

#include "hub/api.h"
#include "hub/job.h"
#include "hub/painter.h"

struct looking_wish {
	int64_t set, at_utc_s;
	struct painter_size sizes[PAINTER_SIZES_MAX];
	int size_count;
	bool has_large_text;
	bool submits; /* and binds the set to what was painted */
};

/* In the name of who asks. ERR_BUSY: too many wait. */
bool looking_begin(struct api_call *c, const struct looking_wish *w, char id[static JOB_ID_TEXT], struct err *e);

#endif
