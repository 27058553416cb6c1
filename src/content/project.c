/* SPDX-License-Identifier: Apache-2.0 */
#include "content/project.h"

#include <sqlite3.h>
#include <string.h>

#include "content/content.h"

/* The pure rule, usable in ORDER BY: one rule, not two. */
static void sql_schedule(sqlite3_context *ctx, int count, sqlite3_value **v)
{
	(void)count;
	int32_t due = sqlite3_value_type(v[1]) == SQLITE_NULL ? SCHEDULE_NO_DUE : sqlite3_value_int(v[1]);
	sqlite3_result_int(
		ctx, (int)schedule_state(sqlite3_value_int(v[0]) != 0, due, sqlite3_value_int(v[2])));
}

#define STATE_TABLE                                                                                          \
	"CREATE TABLE project_state(project INTEGER PRIMARY KEY, phase, phase_label, phase_index,"           \
	" phase_count, is_construction, is_done, next, last, due, stage)"

static const char milestones_sql[] =
	"SELECT p.seq, m.seq, m.state, m.planned_last, m.actual_last, p.template, p.phase, p.status = 'done'"
	" FROM projects p LEFT JOIN projects_milestones m ON m.parent = p.seq ORDER BY p.seq, m.pos";

static const char phases_sql[] =
	"SELECT t.id, f.id, f.name, f.label, f.pos + 1, COUNT(*) OVER (PARTITION BY f.parent), "
	"f.is_construction"
	" FROM phases_phases f JOIN phases t ON t.seq = f.parent ORDER BY t.seq, f.pos";

static const char state_sql[] = "INSERT INTO project_state VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/* A phase of a template; few, and asked for once for each project. */
struct phase {
	const char *template, *id, *name, *label;
	int index, count;
	bool is_construction;
	const struct phase *next;
};

/* A milestone that may be the next one, or the last. */
struct candidate {
	int64_t seq; /* 0: none */
	bool is_suspended, has_day;
	int32_t day;
};

struct progress {
	int64_t project; /* 0: none yet */
	const struct phase *phase;
	bool is_said_done; /* by its status, whatever its milestones say */
	int count, done, busy, idle;
	struct candidate next, last;
};

struct deriving {
	sqlite3_stmt *milestones, *phases, *state;
	struct arena arena;
	const struct phase *first; /* of the template of those that name none */
};

static bool read_phases(struct deriving *d)
{
	const struct phase **last = &d->first;
	int result;
	while ((result = sqlite3_step(d->phases)) == SQLITE_ROW) {
		struct phase *phase = arena_take(&d->arena, 1, sizeof *phase);
		*phase = (struct phase){
			.template = content_text(d->phases, 0, &d->arena),
			.id = content_text(d->phases, 1, &d->arena),
			.name = content_text(d->phases, 2, &d->arena),
			.label = content_text(d->phases, 3, &d->arena),
			.index = sqlite3_column_int(d->phases, 4),
			.count = sqlite3_column_int(d->phases, 5),
			.is_construction = sqlite3_column_int(d->phases, 6) != 0,
		};
		*last = phase;
		last = &phase->next;
	}
	return result == SQLITE_DONE;
}

/* Checked: there is one. */
static const struct phase *find_phase(const struct deriving *d, const char *template, const char *id)
{
	const struct phase *phase = d->first;
	if (!template)
		template = phase->template;
	while (strcmp(phase->id, id) != 0 || strcmp(phase->template, template) != 0)
		phase = phase->next;
	return phase;
}

static struct progress begin_project(const struct deriving *d)
{
	sqlite3_stmt *s = d->milestones;
	return (struct progress){
		.project = sqlite3_column_int64(s, 0),
		.phase = find_phase(
			d, (const char *)sqlite3_column_text(s, 5), (const char *)sqlite3_column_text(s, 6)),
		.is_said_done = sqlite3_column_int(s, 7) != 0,
	};
}

/* Suspended ones come last, before them those without a date; else the earliest. */
static bool comes_before(const struct candidate *a, const struct candidate *b)
{
	if (b->seq == 0 || a->is_suspended != b->is_suspended)
		return b->seq == 0 || b->is_suspended;
	return a->has_day && (!b->has_day || a->day < b->day);
}

/* Of those that were done: the latest, and of the same day the one that stands behind. */
static bool comes_after(const struct candidate *a, const struct candidate *b)
{
	return !b->has_day || (a->has_day && a->day >= b->day);
}

static struct candidate candidate(sqlite3_stmt *s, const char *state, int day_column)
{
	return (struct candidate){.seq = sqlite3_column_int64(s, 1),
		.is_suspended = strcmp(state, "suspended") == 0,
		.has_day = sqlite3_column_type(s, day_column) != SQLITE_NULL,
		.day = sqlite3_column_int(s, day_column)};
}

static void add_milestone(struct progress *p, sqlite3_stmt *s)
{
	const char *state = (const char *)sqlite3_column_text(s, 2);
	if (!state)
		return; /* a project without any */
	bool is_done = strcmp(state, "done") == 0, is_behind = is_done || strcmp(state, "waived") == 0;
	struct candidate next = candidate(s, state, 3), last = candidate(s, state, 4);
	p->count++;
	p->done += is_behind;
	p->busy += strcmp(state, "in_progress") == 0;
	p->idle += strcmp(state, "not_started") == 0;
	if (!is_behind && comes_before(&next, &p->next))
		p->next = next;
	if (is_done && comes_after(&last, &p->last))
		p->last = last;
}

static void bind_text(sqlite3_stmt *s, int at, const char *text)
{
	if (text)
		(void)sqlite3_bind_text(s, at, text, -1, SQLITE_STATIC);
}

static bool keep_state(sqlite3_stmt *s, const struct progress *p)
{
	if (p->project == 0)
		return true;
	bool is_done = p->is_said_done || (p->count > 0 && p->done == p->count);
	(void)sqlite3_clear_bindings(s);
	(void)sqlite3_bind_int64(s, 1, p->project);
	bind_text(s, 2, p->phase->name);
	bind_text(s, 3, p->phase->label);
	(void)sqlite3_bind_int(s, 4, p->phase->index);
	(void)sqlite3_bind_int(s, 5, p->phase->count);
	(void)sqlite3_bind_int(s, 6, p->phase->is_construction);
	(void)sqlite3_bind_int(s, 7, is_done);
	if (p->next.seq)
		(void)sqlite3_bind_int64(s, 8, p->next.seq);
	if (p->last.seq)
		(void)sqlite3_bind_int64(s, 9, p->last.seq);
	if (p->next.seq && p->next.has_day && !p->next.is_suspended)
		(void)sqlite3_bind_int(s, 10, p->next.day);
	(void)sqlite3_bind_int(s, 11, (int)stage_state(p->is_said_done, p->count, p->done, p->busy, p->idle));
	bool ok = sqlite3_step(s) == SQLITE_DONE;
	return sqlite3_reset(s) == SQLITE_OK && ok;
}

/* One pass over the milestones; SQL alone would sort each project's twice. */
static bool derive_all(struct deriving *d)
{
	struct progress p = {0};
	int result;
	while ((result = sqlite3_step(d->milestones)) == SQLITE_ROW) {
		if (sqlite3_column_int64(d->milestones, 0) != p.project) {
			if (!keep_state(d->state, &p))
				return false;
			p = begin_project(d);
		}
		add_milestone(&p, d->milestones);
	}
	return result == SQLITE_DONE && keep_state(d->state, &p);
}

bool project_derive(sqlite3 *db, struct err *e)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	struct deriving d = {0};
	bool ok = sqlite3_create_function(db, "schedule_state", 3, flags, NULL, sql_schedule, NULL, NULL) ==
			  SQLITE_OK &&
		  sqlite3_exec(db, "BEGIN; " STATE_TABLE, NULL, NULL, NULL) == SQLITE_OK &&
		  sqlite3_prepare_v2(db, milestones_sql, -1, &d.milestones, NULL) == SQLITE_OK &&
		  sqlite3_prepare_v2(db, phases_sql, -1, &d.phases, NULL) == SQLITE_OK &&
		  sqlite3_prepare_v2(db, state_sql, -1, &d.state, NULL) == SQLITE_OK && read_phases(&d) &&
		  derive_all(&d);
	sqlite3_finalize(d.milestones);
	sqlite3_finalize(d.phases);
	sqlite3_finalize(d.state);
	arena_finish(&d.arena);
	ok = ok && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
	return ok || err_set(e, ERR_DISK, "tables: %s", sqlite3_errmsg(db));
}

/* The board's projects: by its ids in their order, or by its filter; of none, all. ?1: board. */
#define SCOPE                                                                                                \
	"WITH scope(project, pos) AS ("                                                                      \
	" SELECT p.seq, o.pos FROM boards_of o JOIN projects p ON p.id = o.id WHERE o.parent = ?1"           \
	" UNION ALL"                                                                                         \
	" SELECT p.seq, 0 FROM boards b, projects p WHERE b.seq = ?1"                                        \
	"  AND NOT EXISTS (SELECT 1 FROM boards_of o WHERE o.parent = ?1)"                                   \
	"  AND (b.of_park IS NULL OR b.of_park = p.park) AND (b.of_sector IS NULL OR b.of_sector = "         \
	"p.sector)"                                                                                          \
	"  AND (b.of_kind IS NULL OR b.of_kind = p.kind) AND (b.of_phase IS NULL OR b.of_phase = p.phase)"   \
	" UNION ALL"                                                                                         \
	" SELECT seq, 0 FROM projects WHERE ?1 = 0) "

int project_count(struct content *c, int64_t board)
{
	sqlite3_stmt *s = content_query(c, SCOPE "SELECT COUNT(*) FROM scope");
	sqlite3_bind_int64(s, 1, board);
	return content_step(s) ? sqlite3_column_int(s, 0) : 0;
}

bool project_has_plans(struct content *c, int64_t board)
{
	sqlite3_stmt *s = content_query(c, SCOPE
		"SELECT 1 FROM scope JOIN project_state s USING (project) WHERE s.due IS NOT NULL LIMIT 1");
	sqlite3_bind_int64(s, 1, board);
	return content_step(s);
}

void project_counts(struct content *c, const struct project_scope *scope, int counts[static SCHEDULE_STATES])
{
	sqlite3_stmt *s = content_query(c, SCOPE
		"SELECT CASE WHEN ?3 THEN schedule_state(is_done, due, ?2) ELSE stage END AS state, COUNT(*)"
		" FROM scope JOIN project_state USING (project) GROUP BY state");
	sqlite3_bind_int64(s, 1, scope->board);
	sqlite3_bind_int(s, 2, scope->today);
	sqlite3_bind_int(s, 3, scope->way == PROJECT_BY_SCHEDULE);
	memset(counts, 0, SCHEDULE_STATES * sizeof *counts);
	while (content_step(s))
		counts[sqlite3_column_int(s, 0)] = sqlite3_column_int(s, 1);
}

static const char rows_sql[] = SCOPE
	"SELECT p.seq, p.id, p.name, p.short_name, p.brief, p.owner, p.park, p.sector, p.note," /* 0..8 */
	" p.investment_cny, s.phase, s.phase_label, s.phase_index, s.phase_count, s.is_construction," /* 9..14
												       */
	" s.is_done, s.stage, s.due, n.name, n.planned, l.name, l.actual," /* 15..21 */
	" (SELECT COUNT(*) FROM projects_badges b WHERE b.parent = p.seq AND b.badge = 'four_permits'),"
	" (SELECT COUNT(*) FROM projects_badges b WHERE b.parent = p.seq AND b.badge = 'land_to_start'),"
	" p.as_of, (SELECT name FROM sources WHERE id = p.source), p.derived, p.sample" /* 24..27 */
	" FROM scope JOIN projects p ON p.seq = scope.project JOIN project_state s USING (project)"
	" LEFT JOIN projects_milestones n ON n.seq = s.next LEFT JOIN projects_milestones l ON l.seq = s.last"
	" ORDER BY scope.pos, CASE WHEN ?3 THEN schedule_state(s.is_done, s.due, ?2) ELSE s.stage END,"
	"  s.due IS NULL, s.due, p.seq LIMIT ?4 OFFSET ?5";

static void read_row(sqlite3_stmt *s, int32_t today, struct arena *a, struct project *p)
{
	*p = (struct project){
		.seq = sqlite3_column_int64(s, 0),
		.id = content_text(s, 1, a),
		.name = content_text(s, 2, a),
		.short_name = content_text(s, 3, a),
		.brief = content_text(s, 4, a),
		.owner = content_text(s, 5, a),
		.park = content_text(s, 6, a),
		.sector = content_text(s, 7, a),
		.note = content_text(s, 8, a),
		.investment_cny = content_is_null(s, 9) ? PROJECT_NO_MONEY : sqlite3_column_int64(s, 9),
		.phase = content_text(s, 10, a),
		.phase_label = content_text(s, 11, a),
		.phase_index = sqlite3_column_int(s, 12),
		.phase_count = sqlite3_column_int(s, 13),
		.is_construction = sqlite3_column_int(s, 14) != 0,
		.is_done = sqlite3_column_int(s, 15) != 0,
		.stage = (enum stage_state)sqlite3_column_int(s, 16),
		.due_day = content_is_null(s, 17) ? SCHEDULE_NO_DUE : sqlite3_column_int(s, 17),
		.next_name = content_text(s, 18, a),
		.next_planned = content_text(s, 19, a),
		.last_name = content_text(s, 20, a),
		.last_actual = content_text(s, 21, a),
		.is_four_permits = sqlite3_column_int(s, 22) > 0,
		.is_land_to_start = sqlite3_column_int(s, 23) > 0,
		.origin = origin_read(s, 24, a),
	};
	p->schedule = schedule_state(p->is_done, p->due_day, today);
}

int project_rows(struct content *c, const struct project_scope *scope, int offset, int limit, struct arena *a,
	struct project *rows)
{
	sqlite3_stmt *s = content_query(c, rows_sql);
	sqlite3_bind_int64(s, 1, scope->board);
	sqlite3_bind_int(s, 2, scope->today);
	sqlite3_bind_int(s, 3, scope->way == PROJECT_BY_SCHEDULE);
	sqlite3_bind_int(s, 4, limit);
	sqlite3_bind_int(s, 5, offset);
	int count = 0;
	while (content_step(s))
		read_row(s, scope->today, a, &rows[count++]);
	return count;
}

int project_milestones(struct content *c, int64_t project, struct arena *a, struct project_milestone **out)
{
	sqlite3_stmt *s = content_query(c,
		"SELECT name, phase, state, planned, planned_first, planned_last, actual, actual_first"
		" FROM projects_milestones WHERE parent = ?1 ORDER BY pos");
	sqlite3_bind_int64(s, 1, project);
	int count = 0;
	*out = NULL;
	while (content_step(s)) {
		*out = arena_more(a, *out, (size_t)count, sizeof **out);
		(*out)[count++] = (struct project_milestone){
			.name = content_text(s, 0, a),
			.phase = content_text(s, 1, a),
			.state = content_text(s, 2, a),
			.planned = content_text(s, 3, a),
			.planned_first = sqlite3_column_int(s, 4),
			.planned_last = sqlite3_column_int(s, 5),
			.actual = content_text(s, 6, a),
			.actual_first = sqlite3_column_int(s, 7),
		};
	}
	return count;
}
