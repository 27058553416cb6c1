/* cases.h - what a feed can be, as tables of sentences; play.h has the language. */
#ifndef CASES_H
#define CASES_H

#include <stdbool.h>
#include <stddef.h>

/* A screen that shows version 1 by head 1 and trust document 1 (root a, publisher b,
 * head c); what comes after happens to it. */
#define SHOWN "manifest; head; look 0; have version=1 seq=1 trust=1; "

struct feed_case {
	const char *says, *script;
};

struct feed_group {
	const char *name;
	const struct feed_case *cases;
	size_t count;
	bool by_hub; /* once more over HTTP */
};

#define CASES_GROUP(name, rows, by_hub)                                                                      \
	const struct feed_group cases_##name = {#name, (rows), sizeof(rows) / sizeof(rows)[0], (by_hub)}

extern const struct feed_group cases_basic, cases_rotation, cases_threshold, cases_policy, cases_rollback,
	cases_forward, cases_freeze, cases_role, cases_head, cases_object, cases_name, cases_damage;

#endif
