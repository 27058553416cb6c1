/* raised.h - which of the alerts that a head raises is the one for this screen. Pure. */
#ifndef RAISED_H
#define RAISED_H

#include <stdbool.h>

#include "content/alert.h"
#include "feed/head.h"

struct raised {
	bool is_known; /* alert holds its words; else the content has no such alert */
	struct alert alert; /* texts in the arena */
};

/* Of several the gravest, then the first; one that the content lacks counts as red. head,
 * tag and content may be NULL. Its id, borrowed from the head; NULL: none is raised. */
const char *raised_choose(const struct head *head, const char *tag, struct content *content, struct arena *a,
	struct raised *out);

#endif
