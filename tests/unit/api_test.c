/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may ask the API for what: every route, for everybody. The roles are written down here
 * a second time, so that a route cannot be opened to more people in passing. */
#include "api_doors.h"
#include "sentences.h"

#define ALL OFFICE_ANYBODY
#define ED OFFICE_EDITOR
#define REV OFFICE_REVIEWER
#define ISS OFFICE_ISSUER
#define OP OFFICE_OPERATOR
#define AUD OFFICE_AUDITOR
#define ADM OFFICE_ADMINISTRATOR

static const struct route_row {
	const char *says; /* the method and the pattern */
	unsigned roles, flags;
} route_rows[] = {
	{"POST session", ALL, API_OPEN},
	{"GET session", ALL, API_ONE_TIME},
	{"DELETE session", ALL, API_ONE_TIME | API_PEOPLE},
	{"POST session/password", ALL, API_ONE_TIME | API_PEOPLE},
	{"POST session/totp", ALL, API_PEOPLE},
	{"PUT session/totp", ALL, API_PEOPLE},
	{"POST session/confirm", ALL, API_PEOPLE},
	{"GET accounts", ADM | AUD, 0},
	{"POST accounts", ADM, API_CONFIRMED},
	{"PATCH accounts/:", ADM, API_CONFIRMED},
	{"POST accounts/:/reset", ADM, API_CONFIRMED},
	{"DELETE accounts/:/sessions", ADM, API_PEOPLE},
	{"GET tokens", ALL, 0},
	{"POST tokens", ALL, API_CONFIRMED},
	{"DELETE tokens/:", ALL, API_PEOPLE},
	{"GET audit", AUD | ADM, 0},
	{"GET audit/verify", AUD | ADM, 0},
	{"GET audit/export", AUD | ADM, 0},
	{"GET content", ALL, 0},
	{"GET items/:", ALL, 0},
	{"GET parts", ALL, 0},
	{"GET sets", ALL, 0},
	{"POST sets", ED, 0},
	{"GET sets/:", ALL, 0},
	{"PATCH sets/:", ED, 0},
	{"DELETE sets/:", ED, 0},
	{"PUT sets/:/items/:/:", ED, 0},
	{"DELETE sets/:/items/:/:", ED, 0},
	{"DELETE sets/:/items/:/:/change", ED, 0},
	{"PUT sets/:/order/:", ED, 0},
	{"PUT sets/:/parts/:", ED, 0},
	{"GET sets/:/check", ALL, 0},
	{"POST sets/:/review", REV, API_PEOPLE},
	{"POST sets/:/issue", ISS, API_CONFIRMED},
	{"POST sets/:/withdraw", ED, 0},
	{"GET office/lamps", ALL, 0},
	{"GET office/plans/:", ALL, 0},
	{"GET office/:", ALL, 0},
	{"PUT office/:/:", ED, 0},
	{"DELETE office/:/:", ED, 0},
	{"GET overview", ALL, 0},
	{"POST sets/:/preview", ALL, 0},
	{"POST sets/:/submit", ED, 0},
	{"GET pages/:", ALL, 0},
	{"GET jobs/:", ALL, 0},
	{"DELETE jobs/:", ALL, 0},
	{"GET media", ALL, 0},
	{"POST media", ED, API_UPLOAD},
	{"GET media/:", ALL, 0},
	{"DELETE media/:", ED, 0},
	{"GET publications", ALL, 0},
	{"GET publications/:", ALL, 0},
	{"GET publications/:/candidate", ALL, 0},
	{"POST publications/:/signatures", ISS | OP, 0},
	{"POST publications/:/sign", ISS, API_CONFIRMED},
	{"POST publications/:/publish", ISS | OP, API_CONFIRMED},
	{"POST publications/:/cancel", ISS, API_CONFIRMED},
	{"GET head", ALL, 0},
	{"PUT head/hold", ISS | OP, API_CONFIRMED},
	{"PUT head/alerts/:", ISS | OP, API_CONFIRMED},
	{"DELETE head/alerts/:", ISS | OP, API_CONFIRMED},
	{"GET settings", ALL, 0},
	{"PATCH settings", ADM, API_CONFIRMED},
	{"POST imports", ED, API_UPLOAD},
	{"GET imports/:", ED, 0},
	{"PATCH imports/:", ED, 0},
	{"DELETE imports/:", ED, 0},
	{"POST imports/:/apply", ED, 0},
	{"GET templates/:", ALL, 0},
	{"GET screens", ALL, 0},
	{"POST screens/pair", OP, API_PEOPLE},
	{"GET screens/:", ALL, 0},
	{"PATCH screens/:", OP, 0},
	{"POST screens/:/revoke", OP, API_CONFIRMED},
	{"POST screens/:/picture", OP, 0},
	{"GET screens/:/picture", ALL, 0},
	{"GET plays", REV | ISS | OP | AUD, 0},
};

static const struct api_area *const areas[] = {&api_session_area, &api_account_area, &api_set_area, &api_office_area,
	&api_audit_area, &api_overview_area, &api_preview_area, &api_media_area, &api_publish_area, &api_setting_area,
	&api_import_area, &api_screen_area};

static const struct api_route *find_route(const char *says)
{
	char line[128];
	for (size_t a = 0; a < sizeof areas / sizeof areas[0]; a++) {
		for (size_t i = 0; i < areas[a]->count; i++) {
			const struct api_route *r = &areas[a]->routes[i];
			(void)snprintf(line, sizeof line, "%s %s", r->method, r->pattern);
			if (strcmp(line, says) == 0)
				return r;
		}
	}
	return NULL;
}

static void every_route_is_in_the_table(void **state)
{
	size_t count = 0;
	(void)state;
	for (size_t a = 0; a < sizeof areas / sizeof areas[0]; a++)
		count += areas[a]->count;
	assert_int_equal(count, sizeof route_rows / sizeof route_rows[0]);
}

/* ---- every route ------------------------------------------------------------------------------ */

static void sign_in(struct doors *k, int who, bool is_confirmed, struct api_kit_session *s)
{
	api_kit_sign_in(&k->office, k->office.people[who].account, s);
	if (is_confirmed)
		doors_do(k, "UPDATE session SET confirmed_until = ?1 + 0 * ?2", k->office.now_utc_s + 300, 0);
}

/* What this route is asked with, so that nothing but who asks is wrong with it. */
struct asked {
	char method[8], path[128];
	const char *body;
};

static void ask_of(const struct route_row *r, struct asked *out)
{
	const char *space = strchr(r->says, ' ');
	size_t n = 0;
	(void)snprintf(out->method, sizeof out->method, "%.*s", (int)(space - r->says), r->says);
	for (const char *at = space + 1; *at; at++)
		n += (size_t)snprintf(out->path + n, sizeof out->path - n, "%c", *at == ':' ? '1' : *at);
	out->body = strcmp(out->method, "GET") == 0 || strcmp(out->method, "DELETE") == 0 || r->flags & API_UPLOAD
			    ? NULL
			    : "{}";
}

static struct api_kit_ask with_session(const struct asked *a, const struct api_kit_session *s)
{
	return (struct api_kit_ask){.method = a->method, .path = a->path, .body = a->body,
		.headers = {{"Cookie", s->cookie}, {"X-CSRF-Token", s->csrf}}};
}

static bool is_write(const struct asked *a)
{
	return strcmp(a->method, "GET") != 0;
}

static void check_flags(const struct route_row *row)
{
	const struct api_route *r = find_route(row->says);
	assert_non_null(r);
	assert_int_equal(r->roles, row->roles);
	assert_int_equal(r->flags, row->flags);
}

static void check_strangers(struct doors *k, const struct route_row *row, const struct asked *a)
{
	static const char *const tokens[] = {"0000000000000000000000000000000000000000000000000000000000000000", "",
		"0", "x000000000000000000000000000000000000000000000000000000000000000"};
	struct api_kit_ask ask = {.method = a->method, .path = a->path, .body = a->body};
	if (row->flags & API_OPEN)
		return;
	assert_string_equal(doors_said(k, &ask), "401 unauthenticated");
	for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
		char cookie[128], bearer[128];
		(void)snprintf(cookie, sizeof cookie, "fangzi_session=%s", tokens[i]);
		(void)snprintf(bearer, sizeof bearer, "Bearer %s", tokens[i]);
		ask.headers[0] = (struct api_kit_header){"Cookie", cookie};
		assert_string_equal(doors_said(k, &ask), "401 unauthenticated");
		ask.headers[0] = (struct api_kit_header){"Authorization", bearer};
		assert_string_equal(doors_said(k, &ask), "401 unauthenticated");
	}
}

/* Whoever it is, with and without having signed again. */
static void check_people(struct doors *k, const struct route_row *row, const struct asked *a)
{
	for (int who = 0; who < KIT_PEOPLE; who++) {
		for (int confirmed = 0; confirmed < 2; confirmed++) {
			struct api_kit_session s;
			int64_t entries = doors_count(k, "SELECT count(*) FROM audit");
			sign_in(k, who, confirmed, &s);
			const struct api_kit_ask ask = with_session(a, &s);
			const char *answer = doors_said(k, &ask);
			bool may = row->flags & API_OPEN || row->roles & office_kit_people[who].roles;
			assert_null(strstr(answer, "500"));
			if (!may)
				assert_string_equal(answer, "403 forbidden");
			else if (row->flags & API_CONFIRMED && !confirmed)
				assert_string_equal(answer, "403 confirm_needed");
			else
				assert_null(strstr(answer, "403"));
			if (strncmp(answer, "403", 3) == 0)
				assert_int_equal(doors_count(k, "SELECT count(*) FROM audit"), entries);
			doors_do(k, "UPDATE account SET is_one_time = 0 WHERE id >= ?1 + ?2", 0, 0);
		}
	}
}

/* Somebody who may, but whose browser does not show that it means it. */
static void check_intent(struct doors *k, const struct route_row *row, const struct asked *a)
{
	struct api_kit_session s, other;
	int64_t entries = doors_count(k, "SELECT count(*) FROM audit");
	if (row->flags & API_OPEN)
		return;
	sign_in(k, KIT_EDITOR, true, &other);
	for (int who = 0; who < KIT_PEOPLE; who++) {
		sign_in(k, who, true, &s);
		const struct api_kit_header csrf[] = {{0}, {"X-CSRF-Token", ""}, {"X-CSRF-Token", other.csrf},
			{"X-CSRF-Token", strchr(s.cookie, '=') + 1}};
		for (size_t i = 0; is_write(a) && i < sizeof csrf / sizeof csrf[0]; i++) {
			struct api_kit_ask ask = with_session(a, &s);
			ask.headers[1] = csrf[i];
			assert_string_equal(doors_said(k, &ask), "403 forbidden");
		}
		struct api_kit_ask ask = with_session(a, &s);
		ask.headers[2] = (struct api_kit_header){"Sec-Fetch-Site", "cross-site"};
		assert_string_equal(doors_said(k, &ask), "403 forbidden");
		ask.headers[2] = (struct api_kit_header){"Origin", "https://evil.example"};
		assert_string_equal(doors_said(k, &ask), "403 forbidden");
	}
	assert_int_equal(doors_count(k, "SELECT count(*) FROM audit"), entries);
}

/* A token of a script has less than its owner. */
static void check_scripts(struct doors *k, const struct route_row *row, const struct asked *a)
{
	if (row->flags & API_OPEN)
		return;
	for (int who = 0; who < KIT_PEOPLE; who++) {
		struct err e = {0};
		char token[SECRET_TOKEN_TEXT], bearer[SECRET_TOKEN_TEXT + 16];
		unsigned roles = office_kit_people[who].roles & (unsigned)~(ISS | ADM);
		const struct session_token_new n = {.label = "脚本", .roles = roles, .days = 1};
		int64_t id;
		office_begin(k->hub.office, k->office.now_utc_s, &k->office.people[who]);
		if (!office_end(k->hub.office, session_token_add(k->hub.office, &n, token, &id, &e), &e))
			continue; /* nothing is left to an issuer's or an administrator's */
		(void)snprintf(bearer, sizeof bearer, "Bearer %s", token);
		const struct api_kit_ask ask = {.method = a->method, .path = a->path, .body = a->body,
			.headers = {{"Authorization", bearer}}};
		const char *answer = doors_said(k, &ask);
		assert_null(strstr(answer, "500"));
		if (!(row->roles & roles) || row->flags & (API_PEOPLE | API_CONFIRMED))
			assert_string_equal(answer, "403 forbidden");
		else
			assert_null(strstr(answer, "403"));
	}
}

/* With a one-time password there is nothing but to change it; who is disabled is nobody. */
static void check_half_people(struct doors *k, const struct route_row *row, const struct asked *a)
{
	struct api_kit_session s;
	if (row->flags & API_OPEN)
		return;
	for (int who = 0; who < KIT_PEOPLE; who++) {
		doors_do(k, "UPDATE account SET is_one_time = ?1 WHERE id = ?2", 1, k->office.people[who].account);
		sign_in(k, who, true, &s);
		const struct api_kit_ask ask = with_session(a, &s);
		if (!(row->flags & API_ONE_TIME))
			assert_string_equal(doors_said(k, &ask), "403 password_change_needed");
		doors_do(k, "UPDATE account SET is_disabled = ?1 WHERE id = ?2", 1, k->office.people[who].account);
		assert_string_equal(doors_said(k, &ask), "401 unauthenticated");
	}
}

static void check_route(void **state)
{
	const struct route_row *row = *state;
	struct doors k;
	struct asked a;
	ask_of(row, &a);
	doors_open(&k);
	check_flags(row);
	check_strangers(&k, row, &a);
	check_intent(&k, row, &a);
	check_scripts(&k, row, &a);
	check_people(&k, row, &a);
	check_half_people(&k, row, &a);
	assert_int_equal(doors_count(&k, "SELECT count(*) FROM publication"), 0);
	doors_close(&k);
}

int main(void)
{
	static struct sentences s;
	sentences_add(&s, "every route is in this table", every_route_is_in_the_table, NULL);
	SENTENCES_ROWS(&s, route_rows, check_route);
	return sentences_run(&s, "api");
}
