/* SPDX-License-Identifier: Apache-2.0
 *
 * Ceilings stand here; where one has a reason beyond "fits its place on the
 * board", the reason stands beside it. Texts are held longer than their place:
 * the boards' fitting ladder, and `check`, say what falls off. */
#include "content/field.h"

#include <stddef.h>

#define KIND(name)                                                                                           \
	static const struct field_kind name = {name##_fields, sizeof name##_fields / sizeof name##_fields[0]}
#define REQ FIELD_REQUIRED
#define YUAN_MAX INT64_C(1000000000000000) /* a thousand trillion: no project costs more */
#define NUMBER_MAX INT64_C(1000000000000)

#define WORDS(name, ...) static const char *const name[] = {__VA_ARGS__, NULL}
WORDS(theme_words, "hall", "festival");
WORDS(better_words, "high", "low");
WORDS(basis_words, "growth", "level");
WORDS(qualifier_words, "over", "about", "at_least", "planned", "top_n", "rank");
WORDS(trend_words, "up", "down", "flat");
WORDS(milestone_words, "unreported", "not_started", "in_progress", "done", "waived", "suspended");
WORDS(done_words, "done");
WORDS(badge_words, "land_to_start", "four_permits");
WORDS(unit_words, "months", "days", "workdays");
WORDS(record_unit_words, "days", "months");
WORDS(occasion_words, "tentative", "confirmed", "postponed", "suspended", "cancelled");
WORDS(item_words, "on", "moved", "cancelled");
WORDS(direction_words, "east", "west", "south", "north");
WORDS(notice_words, "info", "important");
WORDS(alert_words, "actual", "exercise");
WORDS(alert_level_words, "red", "orange", "yellow", "blue");
WORDS(arrow_words, "left", "right", "up", "down", "up-left", "up-right", "down-left", "down-right", "pause");
WORDS(board_words, "overview", "standing", "league", "projects", "list", "detail", "records", "targets",
	"pattern", "journey", "occasion", "programme", "place", "picture", "video", "notices");
WORDS(way_words, "stage", "schedule", "facts");
WORDS(weekday_words, "mon", "tue", "wed", "thu", "fri", "sat", "sun");

/* Where a thing comes from: optional for what states no figure. */
#define ORIGIN(required)                                                                                     \
	{"as_of", FIELD_AS_OF, (required), .max = 24}, {"source", FIELD_REF, (required), .list = "sources"}, \
		{"sample", FIELD_BOOL},                                                                      \
	{                                                                                                    \
		"derived", FIELD_TEXT, .max = 40                                                             \
	}

static const struct field site_fields[] = {
	{"name", FIELD_TEXT, REQ, .max = 12},
	{"subtitle", FIELD_TEXT, .max = 24},
	{"timezone", FIELD_ZONE, REQ},
	{"brand", FIELD_MEDIA},
};
KIND(site);

static const struct field source_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 24},
	{"url", FIELD_URL},
};
KIND(source);

static const struct field day_fields[] = {{"day", FIELD_DAY, REQ}};
KIND(day);

static const struct field calendar_fields[] = {
	{"holidays", FIELD_SCALARS, REQ, .max = 2000, .kind = &day}, /* 50 years of 40 */
	{"workdays", FIELD_SCALARS, REQ, .max = 1000, .kind = &day},
};
KIND(calendar);

static const struct field phase_fields[] = {
	{"id", FIELD_ID, REQ}, {"name", FIELD_TEXT, REQ, .max = 4},
	{"label", FIELD_TEXT, .max = 8}, /* a longer wording, where there is room */
	{"is_construction", FIELD_BOOL}, /* works are under way in this phase */
};
KIND(phase);

static const struct field template_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 24},
	{"phases", FIELD_LIST, REQ, .min = 3, .max = 9, .kind = &phase},
};
KIND(template);

static const struct field limit_fields[] = {
	{"value", FIELD_INT, REQ, .min = 1, .max = 1000},
	{"unit", FIELD_WORD, REQ, .words = unit_words},
};
KIND(limit);

static const struct field ids_fields[] = {{"id", FIELD_ID, REQ}};
KIND(ids);

static const struct field rule_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 40},
	{"from", FIELD_ID, REQ},
	{"wait_days", FIELD_INT, .min = 0, .max = 1000},
	{"limit", FIELD_OBJECT, REQ, .kind = &limit},
	{"to", FIELD_SCALARS, REQ, .min = 1, .max = 64, .kind = &ids},
	{"source", FIELD_REF, REQ, .list = "sources"},
};
KIND(rule);

static const struct field date_fields[] = {{"date", FIELD_DATE, REQ}};
KIND(date);

static const struct field milestone_fields[] = {
	{"id", FIELD_ID, REQ},
	{"name", FIELD_TEXT, REQ, .max = 24},
	{"phase", FIELD_ID},
	{"state", FIELD_WORD, REQ, .words = milestone_words},
	{"planned", FIELD_DATE},
	{"planned_before", FIELD_SCALARS, .max = 32, .kind = &date},
	{"actual", FIELD_DATE},
	{"rule", FIELD_REF, .list = "rules"},
};
KIND(milestone);

static const struct field badge_fields[] = {{"badge", FIELD_WORD, REQ, .words = badge_words}};
KIND(badge);

static const struct field project_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 40},
	{"short_name", FIELD_TEXT, .max = 20},
	{"brief", FIELD_TEXT, .max = 40}, /* a line under the name */
	{"owner", FIELD_TEXT, .max = 40},
	{"park", FIELD_TEXT, .max = 20},
	{"sector", FIELD_TEXT, .max = 20},
	{"kind", FIELD_ID, REQ},
	{"investment_cny", FIELD_INT, .min = 0, .max = YUAN_MAX},
	{"area_m2", FIELD_INT, .min = 0, .max = NUMBER_MAX},
	{"lead_department", FIELD_TEXT, .max = 24},
	{"template", FIELD_REF, .list = "phases"}, /* the first one when absent */
	{"phase", FIELD_ID, REQ},
	{"milestones", FIELD_LIST, REQ, .max = 64, .kind = &milestone},
	{"badges", FIELD_SCALARS, .max = 2, .kind = &badge},
	{"status", FIELD_WORD, .words = done_words},
	{"note", FIELD_TEXT, .max = 80, .max_lines = 2},
	ORIGIN(REQ),
};
KIND(project);

static const struct field standing_fields[] = {
	{"region", FIELD_TEXT, REQ, .max = 8},
	{"value", FIELD_NUMBER, .min = -NUMBER_MAX, .max = NUMBER_MAX},
	{"rank", FIELD_INT, .min = 1, .max = 200},
	{"previous_rank", FIELD_INT, .min = 1, .max = 200},
};
KIND(standing);

static const struct field indicator_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 24},
	{"unit", FIELD_TEXT, REQ, .max = 8},
	{"period", FIELD_PERIOD, REQ},
	{"value", FIELD_NUMBER, .min = -NUMBER_MAX, .max = NUMBER_MAX},
	{"decimals", FIELD_INT, .min = 0, .max = 3},
	{"growth_pct", FIELD_NUMBER, .min = -NUMBER_MAX, .max = NUMBER_MAX},
	{"change_pp", FIELD_NUMBER, .min = -NUMBER_MAX, .max = NUMBER_MAX},
	{"rank", FIELD_INT, .min = 1, .max = 200},
	{"rank_at_least", FIELD_INT, .min = 1, .max = 200},
	{"of", FIELD_INT, .min = 1, .max = 200},
	{"better", FIELD_WORD, REQ, .words = better_words},
	{"basis", FIELD_WORD, .words = basis_words}, /* what is ranked: 增速 or the value itself */
	{"members", FIELD_INT, .min = 1, .max = 100}, /* stands for so many unnamed ones */
	{"previous_rank", FIELD_INT, .min = 1, .max = 200},
	{"standings", FIELD_LIST, .max = 200, .kind = &standing},
	ORIGIN(REQ),
};
KIND(indicator);

static const struct field compare_fields[] = {
	{"value", FIELD_NUMBER, REQ, .min = -NUMBER_MAX, .max = NUMBER_MAX},
	{"label", FIELD_TEXT, REQ, .max = 12},
};
KIND(compare);

static const struct field figure_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"label", FIELD_TEXT, REQ, .max = 40, .max_lines = 2},
	{"value", FIELD_NUMBER, REQ, .min = -NUMBER_MAX, .max = NUMBER_MAX},
	{"unit", FIELD_TEXT, .max = 8},
	{"decimals", FIELD_INT, .min = 0, .max = 3},
	{"qualifier", FIELD_WORD, .words = qualifier_words},
	{"trend", FIELD_WORD, .words = trend_words}, /* the number itself is a change */
	{"compare", FIELD_OBJECT, .kind = &compare},
	ORIGIN(REQ),
};
KIND(figure);

static const struct field highlight_fields[] = {{"text", FIELD_TEXT, REQ, .max = 24, .max_lines = 2}};
KIND(highlight);

static const struct field item_fields[] = {
	{"id", FIELD_ID, REQ},
	{"title", FIELD_TEXT, REQ, .max = 40},
	{"from", FIELD_TIME, REQ},
	{"to", FIELD_TIME},
	{"was", FIELD_TIME}, /* the time it was moved from */
	{"place", FIELD_TEXT, .max = 24},
	{"status", FIELD_WORD, .words = item_words},
	{"note", FIELD_TEXT, .max = 40},
	{"sample", FIELD_BOOL},
};
KIND(item);

static const struct field occasion_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 16},
	{"subtitle", FIELD_TEXT, .max = 20},
	{"from", FIELD_DATE, REQ},
	{"to", FIELD_DATE, REQ},
	{"opens", FIELD_DAY}, /* the opening's day, where only months are known of the season */
	{"is_opens_sample", FIELD_BOOL},
	{"venue", FIELD_TEXT, .max = 20},
	{"poster", FIELD_MEDIA},
	{"url", FIELD_URL},
	{"highlights", FIELD_SCALARS, .max = 8, .kind = &highlight},
	{"status", FIELD_WORD, REQ, .words = occasion_words},
	{"reason", FIELD_TEXT, .max = 40},
	{"programme", FIELD_LIST, .max = 500, .kind = &item},
	ORIGIN(0),
};
KIND(occasion);

static const struct field figure_ref_fields[] = {{"id", FIELD_REF, REQ, .list = "figures"}};
KIND(figure_ref);
static const struct field feature_fields[] = {{"text", FIELD_TEXT, REQ, .max = 40}};
KIND(feature);

static const struct field place_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 16},
	{"text", FIELD_TEXT, REQ, .max = 160, .max_lines = 4},
	{"picture", FIELD_MEDIA},
	{"credit", FIELD_TEXT, .max = 24}, /* who made the picture, or what it is */
	{"figures", FIELD_SCALARS, REQ, .max = 4, .kind = &figure_ref},
	{"features", FIELD_SCALARS, REQ, .max = 8, .kind = &feature},
	ORIGIN(0),
};
KIND(place);

static const struct field step_fields[] = {
	{"name", FIELD_TEXT, REQ, .max = 40, .max_lines = 2}, {"limit", FIELD_OBJECT, REQ, .kind = &limit},
	{"start", FIELD_TEXT, .max = 8}, /* what it begins with */
};
KIND(step);

static const struct field journey_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 20},
	{"steps", FIELD_LIST, REQ, .min = 1, .max = 20, .kind = &step},
	{"goal", FIELD_TEXT, .max = 8}, /* what the last one ends with */
	{"figures", FIELD_SCALARS, REQ, .max = 8, .kind = &figure_ref},
	ORIGIN(0),
};
KIND(journey);

static const struct field record_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"value", FIELD_NUMBER, REQ, .min = 0, .max = 100000},
	{"unit", FIELD_WORD, REQ, .words = record_unit_words},
	{"who", FIELD_TEXT, REQ, .max = 40},
	{"what", FIELD_TEXT, REQ, .max = 40},
	ORIGIN(REQ),
};
KIND(record);

static const struct field station_fields[] = {{"text", FIELD_TEXT, REQ, .max = 16, .max_lines = 2}};
KIND(station);

static const struct field arm_fields[] = {
	{"direction", FIELD_WORD, REQ, .words = direction_words},
	{"name", FIELD_TEXT, REQ, .max = 4},
	{"theme", FIELD_TEXT, REQ, .max = 60, .max_lines = 3},
	{"stations", FIELD_SCALARS, REQ, .max = 4, .kind = &station},
	{"note", FIELD_TEXT, .max = 16},
};
KIND(arm);

static const struct field pattern_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 20},
	{"centre", FIELD_TEXT, REQ, .max = 8},
	{"arms", FIELD_LIST, REQ, .min = 1, .max = 4, .kind = &arm},
	{"railway", FIELD_TEXT, .max = 8}, /* which the northern arm crosses */
	ORIGIN(0),
};
KIND(pattern);

static const struct field aim_fields[] = {
	{"label", FIELD_TEXT, REQ, .max = 12},
	{"value", FIELD_NUMBER, REQ, .min = 0, .max = NUMBER_MAX},
	{"unit", FIELD_TEXT, REQ, .max = 8},
	{"qualifier", FIELD_WORD, .words = qualifier_words},
	{"progress", FIELD_NUMBER, .min = 0, .max = NUMBER_MAX},
};
KIND(aim);

static const struct field named_fields[] = {{"name", FIELD_TEXT, .max = 20}};
KIND(named);

static const struct field target_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"name", FIELD_TEXT, REQ, .max = 24},
	{"by", FIELD_DATE, REQ},
	{"items", FIELD_LIST, REQ, .min = 1, .max = 3, .kind = &aim},
	{"tracks", FIELD_LIST, REQ, .max = 16, .kind = &named},
	{"parks", FIELD_LIST, REQ, .max = 16, .kind = &named},
	{"tracks_name", FIELD_TEXT, .max = 12}, /* what stands behind their number and 条 */
	{"parks_name", FIELD_TEXT, .max = 12}, /* likewise, 个 */
	{"now", FIELD_TEXT, .max = 40}, /* where it stands today, in a line */
	ORIGIN(REQ),
};
KIND(target);

static const struct field notice_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"title", FIELD_TEXT, REQ, .max = 40, .max_lines = 3},
	{"text", FIELD_TEXT, REQ, .max = 200, .max_lines = 8},
	{"category", FIELD_TEXT, .max = 4},
	{"from", FIELD_TIME},
	{"until", FIELD_TIME},
	{"ticker", FIELD_BOOL, REQ},
	{"level", FIELD_WORD, REQ, .words = notice_words},
	ORIGIN(0),
};
KIND(notice);

static const struct field alert_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"status", FIELD_WORD, REQ, .words = alert_words},
	{"level", FIELD_WORD, REQ, .words = alert_level_words},
	{"title", FIELD_TEXT, REQ, .max = 8},
	{"text", FIELD_TEXT, REQ, .max = 51, .max_lines = 3}, /* 3 lines of 17 */
	{"arrow", FIELD_WORD, .words = arrow_words},
	{"publisher", FIELD_TEXT, REQ, .max = 24},
	{"sample", FIELD_BOOL},
};
KIND(alert);

static const struct field filter_fields[] = {
	{"park", FIELD_TEXT, .max = 20},
	{"sector", FIELD_TEXT, .max = 20},
	{"kind", FIELD_ID},
	{"phase", FIELD_ID},
};
KIND(filter);

static const struct field weekday_fields[] = {{"day", FIELD_WORD, REQ, .words = weekday_words}};
KIND(weekday);
static const struct field interval_fields[] = {
	{"from", FIELD_HOUR, REQ},
	{"to", FIELD_HOUR, REQ},
};
KIND(interval);

static const struct field when_fields[] = {
	{"from", FIELD_TIME},
	{"until", FIELD_TIME},
	{"days", FIELD_SCALARS, .min = 1, .max = 7, .kind = &weekday},
	{"hours", FIELD_SCALARS, .min = 1, .max = 8, .kind = &interval},
};
KIND(when);

static const struct field board_fields[] = {
	{"id", FIELD_ID, REQ | FIELD_UNIQUE},
	{"kind", FIELD_WORD, REQ, .words = board_words},
	{"title", FIELD_TEXT, .max = 20},
	{"subtitle", FIELD_TEXT, .max = 30},
	{"section", FIELD_TEXT, .max = 12},
	{"of", FIELD_OF, .max = 10000, .kind = &filter},
	{"theme", FIELD_WORD, REQ, .words = theme_words},
	{"dwell_s", FIELD_INT, .min = 5, .max = 120},
	{"per_visit_pages", FIELD_INT, .min = 1, .max = 16},
	{"status", FIELD_WORD, .words = way_words},
	{"picture", FIELD_MEDIA}, /* these four: of a picture or a video board alone */
	{"video", FIELD_FILM},
	{"caption", FIELD_TEXT, .max = 40},
	{"sample", FIELD_BOOL},
	{"when", FIELD_OBJECT, .kind = &when},
	{"screens", FIELD_SCALARS, .max = 64, .kind = &ids},
	{"weight", FIELD_INT, .min = 1, .max = 10},
};
KIND(board);

static const struct field screens_fields[] = {{"hours", FIELD_TAGS, .max = 64, .kind = &interval}};
KIND(screens);

static const struct field document_fields[] = {
	{"schema", FIELD_INT, REQ, .min = 1, .max = 1},
	{"site", FIELD_OBJECT, REQ, .kind = &site},
	{"sources", FIELD_LIST, REQ, .max = 200, .kind = &source},
	{"calendar", FIELD_OBJECT, REQ, .kind = &calendar},
	{"phases", FIELD_LIST, REQ | FIELD_LOOKED_INTO, .max = 32, .kind = &template},
	{"rules", FIELD_LIST, REQ, .max = 64, .kind = &rule},
	{"projects", FIELD_LIST, REQ, .max = 10000, .kind = &project},
	{"indicators", FIELD_LIST, REQ, .max = 500, .kind = &indicator},
	{"figures", FIELD_LIST, REQ, .max = 1000, .kind = &figure},
	{"occasions", FIELD_LIST, REQ, .max = 500, .kind = &occasion},
	{"places", FIELD_LIST, REQ, .max = 200, .kind = &place},
	{"journeys", FIELD_LIST, REQ, .max = 100, .kind = &journey},
	{"records", FIELD_LIST, REQ, .max = 500, .kind = &record},
	{"patterns", FIELD_LIST, REQ, .max = 50, .kind = &pattern},
	{"targets", FIELD_LIST, REQ, .max = 50, .kind = &target},
	{"notices", FIELD_LIST, REQ, .max = 200, .kind = &notice},
	{"alerts", FIELD_LIST, REQ, .max = 32, .kind = &alert},
	{"boards", FIELD_LIST, REQ, .max = 200, .kind = &board},
	{"screens", FIELD_OBJECT, REQ, .kind = &screens},
};
const struct field_kind field_document = {
	document_fields, sizeof document_fields / sizeof document_fields[0]};
