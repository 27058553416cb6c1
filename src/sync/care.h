/* care.h - what a person must do for the box, once, when it begins: for the journal.
 *
 * Pure: what the box says (store/vitals.h) comes in, lines come out when something changed. */
#ifndef CARE_H
#define CARE_H

#include "base/log.h"
#include "store/vitals.h"

#define CARE_LINES_MAX 5

struct care {
	bool is_low, is_hot, is_worn, is_read_only;
	int64_t errors; /* told so far */
};

struct care_line {
	enum log_level level;
	char text[160];
};

/* How many lines. All zero: nothing was told yet. */
int care_look(struct care *c, const struct vitals *v, struct care_line out[static CARE_LINES_MAX]);

#endif
