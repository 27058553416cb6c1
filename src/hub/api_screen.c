/* SPDX-License-Identifier: Apache-2.0
 *
 * The fleet, for people: pairing, names, pictures, proof of play. */
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "hub/api.h"
#include "hub/fleet.h"
#include "hub/hub.h"
#include "office/publication.h"

#define PLAYS_MAX 200000
#define CSV_HEADER "\xef\xbb\xbfscreen,name,day,version,content_sha256,page,times,seconds\r\n"

static bool has_fleet(const struct api_call *c, struct err *e)
{
	return c->hub->fleet || err_set(e, ERR_CONFLICT, "本中心没有开启屏幕管理");
}

static int64_t published(struct api_call *c)
{
	struct err ignored = {0};
	api_begin(c);
	int64_t version = publication_current(c->office);
	return api_end(c, true, &ignored) ? version : 0;
}

static bool list(struct api_call *c, struct err *e)
{
	int64_t counts[FLEET_STATES];
	if (!has_fleet(c, e))
		return false;
	int64_t version = published(c);
	fleet_counts(c->hub->fleet, c->now_utc_s, version, counts);
	json_t *by_state = json_object();
	for (int i = 0; i < FLEET_STATES; i++)
		(void)json_object_set_new(
			by_state, fleet_state_name((enum fleet_state)i), json_integer((json_int_t)counts[i]));
	return api_send(c, 200,
		json_pack("{s:I, s:o, s:o}", "published_version", (json_int_t)version, "counts", by_state, "screens",
			fleet_list(c->hub->fleet, c->now_utc_s, version)));
}

static bool send_one(struct api_call *c, const char *id, unsigned status, struct err *e)
{
	json_t *shown = fleet_show(c->hub->fleet, id, c->now_utc_s, published(c));
	return shown ? api_send(c, status, shown) : err_set(e, ERR_MISSING, "没有这块屏幕");
}

static bool get(struct api_call *c, struct err *e)
{
	return has_fleet(c, e) && send_one(c, c->parts[0], 200, e);
}

static bool pair(struct api_call *c, struct err *e)
{
	struct fleet_pairing p = {0};
	char id[REPORT_SCREEN_TEXT];
	json_t *none = json_array();
	bool ok = has_fleet(c, e) && api_text(c, "code", NULL, &p.code, e) && api_text(c, "name", NULL, &p.name, e);
	p.tags = json_object_get(c->body, "tags");
	p.tags = p.tags ? p.tags : none;
	ok = ok && fleet_pair(c->hub->fleet, &p, c->actor, c->now_utc_s, id, e);
	json_decref(none);
	return ok && send_one(c, id, 201, e);
}

static bool change(struct api_call *c, struct err *e)
{
	const char *name = NULL;
	if (!has_fleet(c, e))
		return false;
	if (json_object_get(c->body, "name") && !api_text(c, "name", NULL, &name, e))
		return false;
	return fleet_change(c->hub->fleet, c->parts[0], name, json_object_get(c->body, "tags"), c->actor, c->now_utc_s,
		       e) &&
	       send_one(c, c->parts[0], 200, e);
}

static bool revoke_key(struct api_call *c, struct err *e)
{
	return has_fleet(c, e) && fleet_revoke(c->hub->fleet, c->parts[0], c->actor, c->now_utc_s, e) &&
	       send_one(c, c->parts[0], 200, e);
}

static bool ask_picture(struct api_call *c, struct err *e)
{
	return has_fleet(c, e) && fleet_ask_picture(c->hub->fleet, c->parts[0], c->now_utc_s, e) &&
	       api_send(c, 202, json_object());
}

static bool picture(struct api_call *c, struct err *e)
{
	int64_t captured;
	char at[32];
	if (!has_fleet(c, e))
		return false;
	if (!fleet_get_picture(c->hub->fleet, c->parts[0], &c->answer->body, &captured))
		return err_set(e, ERR_MISSING, "还没有画面");
	civil_format_rfc3339(captured, at);
	http_answer_header(c->answer, "Content-Type", "image/jpeg");
	http_answer_header(c->answer, "X-Captured-At", "%s", at);
	return true;
}

/* ---- proof of play ------------------------------------------------------------------------------ */

/* YYYY-MM-DD as days; otherwise when it is not said. */
static bool day(struct api_call *c, const char *name, int64_t otherwise, int64_t *out, struct err *e)
{
	int year, month, at;
	const char *text = api_query(c, name);
	*out = otherwise;
	if (!text)
		return true;
	if (strlen(text) != 10 || !civil_digits(text, 4, &year) || !civil_digits(text + 5, 2, &month) ||
		!civil_digits(text + 8, 2, &at) || !civil_is_date(year, month, at))
		return err_set(e, ERR_FORMAT, "%s：应为 YYYY-MM-DD", name);
	*out = civil_days(year, month, at);
	return true;
}

static const char *day_text(int64_t days, char out[static 16])
{
	struct civil d = civil_from_days((int32_t)days);
	(void)snprintf(out, 16, "%04d-%02d-%02d", d.year % 10000, d.month, d.day);
	return days ? out : "";
}

/* Spreadsheets take a cell that begins so for a formula; quotes are doubled. */
static void add_cell(struct buf *out, const char *text)
{
	buf_text(out, text && *text && strchr("=+-@\t\r", *text) ? "\"'" : "\"");
	for (; text && *text; text++)
		buf_add(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
	buf_text(out, "\"");
}

static void add_line(struct buf *out, struct sqlite3_stmt *s)
{
	char days[16];
	add_cell(out, office_text(s, 0));
	buf_text(out, ",");
	add_cell(out, office_text(s, 1));
	buf_printf(out, ",%s,%lld,%s,", day_text(office_int(s, 2), days), (long long)office_int(s, 3),
		office_text(s, 4));
	add_cell(out, office_text(s, 5));
	buf_printf(out, ",%lld,%lld\r\n", (long long)office_int(s, 6), (long long)office_int(s, 7));
}

static json_t *play_of(struct sqlite3_stmt *s)
{
	char days[16];
	return json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:I, s:I}", "screen", office_text(s, 0), "name",
		office_text(s, 1), "day", day_text(office_int(s, 2), days), "version", (json_int_t)office_int(s, 3),
		"content_sha256", office_text(s, 4), "page", office_text(s, 5), "times", (json_int_t)office_int(s, 6),
		"seconds", (json_int_t)office_int(s, 7));
}

static bool plays(struct api_call *c, struct err *e)
{
	int64_t from, to;
	const char *format = api_query(c, "format");
	bool is_csv = format && strcmp(format, "csv") == 0;
	if (!day(c, "from", 0, &from, e) || !day(c, "to", INT32_MAX, &to, e))
		return false;
	json_t *all = json_array();
	api_begin(c);
	struct sqlite3_stmt *s = office_ask(c->office,
		"SELECT p.screen, s.name, p.day, p.version, p.content_sha256, p.page, sum(p.times), sum(p.seconds)"
		" FROM play p JOIN screen s ON s.id = p.screen WHERE p.day BETWEEN ?1 AND ?2"
		" AND (?3 IS NULL OR p.screen = ?3) GROUP BY p.screen, p.day, p.content_sha256, p.page"
		" ORDER BY p.day, p.screen, p.page LIMIT ?4",
		"iisi", from, to, api_query(c, "screen"), (int64_t)PLAYS_MAX);
	if (is_csv)
		buf_text(&c->answer->body, CSV_HEADER);
	while (office_next(c->office, s)) {
		if (is_csv)
			add_line(&c->answer->body, s);
		else
			(void)json_array_append_new(all, play_of(s));
	}
	bool ok = api_end(c, true, e);
	if (ok && !is_csv)
		return api_send(c, 200, json_pack("{s:o}", "plays", all));
	json_decref(all);
	http_answer_header(c->answer, "Content-Type", "text/csv; charset=utf-8");
	http_answer_header(c->answer, "Content-Disposition", "attachment; filename=\"plays.csv\"");
	return ok;
}

#define SEES_PLAYS (OFFICE_AUDITOR | OFFICE_OPERATOR | OFFICE_REVIEWER | OFFICE_ISSUER)

static const struct api_route routes[] = {
	{"GET", "screens", OFFICE_ANYBODY, 0, list},
	{"POST", "screens/pair", OFFICE_OPERATOR, API_PEOPLE, pair},
	{"GET", "screens/:", OFFICE_ANYBODY, 0, get},
	{"PATCH", "screens/:", OFFICE_OPERATOR, 0, change},
	{"POST", "screens/:/revoke", OFFICE_OPERATOR, API_CONFIRMED, revoke_key},
	{"POST", "screens/:/picture", OFFICE_OPERATOR, 0, ask_picture},
	{"GET", "screens/:/picture", OFFICE_ANYBODY, 0, picture},
	{"GET", "plays", SEES_PLAYS, 0, plays},
};
const struct api_area api_screen_area = {routes, sizeof routes / sizeof routes[0]};
