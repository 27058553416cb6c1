/* project.h - projects and their milestones, as boards ask for them. */
#ifndef PROJECT_H
#define PROJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "content/origin.h"
#include "content/schedule.h"

struct content;
struct sqlite3;

#define PROJECT_NO_MONEY (-1)

enum project_way { PROJECT_BY_STAGE, PROJECT_BY_SCHEDULE, PROJECT_FACTS_ONLY };

/* Texts live in the arena that was given; those that may be absent are NULL. */
struct project {
	int64_t seq;
	const char *id, *name;
	const char *short_name, *brief, *owner, *park, *sector, *note;
	int64_t investment_cny; /* or PROJECT_NO_MONEY */
	const char *phase, *phase_label;
	int phase_index, phase_count; /* 1..phase_count */
	bool is_construction; /* its phase is one with works under way */
	bool is_done, is_four_permits, is_land_to_start;
	const char *next_name, *next_planned; /* the next milestone; planned in EDTF */
	int32_t due_day; /* or SCHEDULE_NO_DUE */
	const char *last_name, *last_actual; /* the last milestone that is done */
	enum schedule_state schedule;
	enum stage_state stage;
	struct origin origin;
};

struct project_milestone {
	const char *name, *phase, *state;
	const char *planned, *actual; /* EDTF or NULL */
	int32_t planned_first, planned_last, actual_first;
};

/* Which projects: those a board (by its seq) shows; 0: all. today may be unknown. */
struct project_scope {
	int64_t board;
	int32_t today;
	enum project_way way;
};

int project_count(struct content *c, int64_t board);

/* How many stand how, over the whole scope: by schedule state or stage state. */
void project_counts(struct content *c, const struct project_scope *s, int counts[static SCHEDULE_STATES]);

/* Some project of the board has a date to come. */
bool project_has_plans(struct content *c, int64_t board);

/* Up to limit rows from offset on, in the list's order. Returns how many. */
int project_rows(struct content *c, const struct project_scope *s, int offset, int limit, struct arena *a,
	struct project *rows);

/* In the document's order; *out in the arena. Returns how many. */
int project_milestones(struct content *c, int64_t project, struct arena *a, struct project_milestone **out);

/* Works out, once, what every page asks for. For content.c. */
bool project_derive(struct sqlite3 *db, struct err *e);

#endif
