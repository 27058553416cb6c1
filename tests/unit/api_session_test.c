/* SPDX-License-Identifier: Apache-2.0
 *
 * Coming in, staying and leaving: what a browser must show, what a cookie says, how guesses
 * are answered, that a code counts once, and what ends a session. */
#include <pthread.h>
#include <time.h>

#include "api_doors.h"
#include "base/clock.h"
#include "office/audit.h"
#include "sentences.h"

#define PASSWORD "a long password" /* office_kit.h */
#define WRONG "{\"name\":\"editor\",\"password\":\"another password\"}"
#define RIGHT "{\"name\":\"editor\",\"password\":\"" PASSWORD "\"}"
#define HTTPS "https://hub.example.cn"

/* ---- where a request comes from ------------------------------------------------------------- */

static const struct home_row {
	const char *says, *own; /* --origin of the hub */
	struct api_kit_header headers[3];
	bool may;
} home_rows[] = {
	{"no browser: says nothing", NULL, {{0}}, true},
	{"its own page", NULL, {{"Sec-Fetch-Site", "same-origin"}, {"Origin", "http://a"}, {"Host", "a"}}, true},
	{"its own page over https", NULL, {{"Origin", "https://a"}, {"Host", "a"}}, true},
	{"its own page on another port", NULL, {{"Origin", "http://a:8081"}, {"Host", "a:8080"}}, false},
	{"typed by hand", NULL, {{"Sec-Fetch-Site", "none"}}, true},
	{"another page of the site", NULL, {{"Sec-Fetch-Site", "same-site"}}, false},
	{"another site", NULL, {{"Sec-Fetch-Site", "cross-site"}}, false},
	{"a word that no browser says", NULL, {{"Sec-Fetch-Site", "SAME-ORIGIN"}}, false},
	{"an origin of nothing", NULL, {{"Origin", "null"}, {"Host", "a"}}, false},
	{"an empty origin", NULL, {{"Origin", ""}, {"Host", "a"}}, false},
	{"an origin without a host", NULL, {{"Origin", "http://a"}}, false},
	{"a longer name", NULL, {{"Origin", "http://a.evil.example"}, {"Host", "a"}}, false},
	{"the given origin", HTTPS, {{"Origin", HTTPS}, {"Host", "127.0.0.1"}}, true},
	{"the given origin, without its s", HTTPS, {{"Origin", "http://hub.example.cn"}, {"Host", "hub.example.cn"}}, false},
	{"an origin that agrees with the host alone", HTTPS, {{"Origin", "https://a"}, {"Host", "a"}}, false},
	{"the given origin, from another site", HTTPS, {{"Origin", HTTPS}, {"Sec-Fetch-Site", "cross-site"}}, false},
};

static void check_home(void **state)
{
	const struct home_row *r = *state;
	struct doors d;
	struct api_kit_ask ask = {.method = "POST", .path = "session", .body = WRONG};
	memcpy(ask.headers, r->headers, sizeof r->headers);
	doors_open(&d);
	d.hub.origin = r->own;
	assert_string_equal(doors_said(&d, &ask), r->may ? "401 unauthenticated" : "403 forbidden");
	doors_close(&d);
}

/* ---- cookies ---------------------------------------------------------------------------------- */

static const struct cookie_row {
	const char *says, *own;
	const char *before, *name, *after;
	bool is_good;
} cookie_rows[] = {
	{"alone", NULL, "", "fangzi_session", "", true},
	{"among others", NULL, "a=b; c=d; ", "fangzi_session", "; e=f", true},
	{"without blanks", NULL, "a=b;", "fangzi_session", ";e=f", true},
	{"behind a false one", NULL, "fangzi_session=00; ", "fangzi_session", "", true},
	{"of another name", NULL, "", "fangzi_sessio", "", false},
	{"of a longer name", NULL, "", "xfangzi_session", "", false},
	{"in the value of another", NULL, "a=", "fangzi_session", "", false},
	{"with a tail", NULL, "", "fangzi_session", "0", false},
	{"in quotes", NULL, "", "fangzi_session", "\"", false},
	{"with https: under its own name", HTTPS, "", "__Host-fangzi", "", true},
	{"with https: the other name is nothing", HTTPS, "", "fangzi_session", "", false},
	{"without https: the other name is nothing", NULL, "", "__Host-fangzi", "", false},
};

static void check_cookie(void **state)
{
	const struct cookie_row *r = *state;
	struct doors d;
	struct api_kit_session s;
	char cookie[256];
	doors_open(&d);
	d.hub.origin = r->own;
	api_kit_sign_in(&d.office, d.office.people[KIT_EDITOR].account, &s);
	(void)snprintf(cookie, sizeof cookie, "%s%s=%s%s", r->before, r->name, strchr(s.cookie, '=') + 1, r->after);
	const struct api_kit_ask ask = {.method = "GET", .path = "session", .headers = {{"Cookie", cookie}}};
	assert_string_equal(doors_said(&d, &ask), r->is_good ? "200" : "401 unauthenticated");
	doors_close(&d);
}

/* Signs in with the password; the cookie as "NAME=TOKEN" and what stands behind. */
static unsigned sign_in(struct doors *d, const char *body, struct api_kit_session *s, char flags[static 128])
{
	struct http_answer a;
	const struct api_kit_ask ask = {.method = "POST", .path = "session", .body = body};
	unsigned status = api_kit_answer(&d->hub, &ask, &a);
	const char *set = api_kit_answer_header(&a, "Set-Cookie");
	*s = (struct api_kit_session){0};
	*flags = '\0';
	if (set) {
		size_t len = strcspn(set, ";");
		json_t *body_of = json_loadb(a.body.data, a.body.len, 0, NULL);
		(void)snprintf(s->cookie, sizeof s->cookie, "%.*s", (int)len, set);
		(void)snprintf(s->csrf, sizeof s->csrf, "%s", json_string_value(json_object_get(body_of, "csrf")));
		(void)snprintf(flags, 128, "%s", set + len);
		json_decref(body_of);
	}
	http_answer_finish(&a);
	return status;
}

static void cookies_go_nowhere_else(void **state)
{
	struct doors d;
	struct api_kit_session s;
	char flags[128];
	(void)state;
	doors_open(&d);
	assert_int_equal(sign_in(&d, RIGHT, &s, flags), 200);
	assert_memory_equal(s.cookie, "fangzi_session=", 15);
	assert_string_equal(flags, "; Path=/; HttpOnly; SameSite=Strict");
	d.hub.origin = HTTPS;
	assert_int_equal(sign_in(&d, RIGHT, &s, flags), 200);
	assert_memory_equal(s.cookie, "__Host-fangzi=", 14);
	assert_string_equal(flags, "; Path=/; HttpOnly; SameSite=Strict; Secure");
	assert_int_equal(sign_in(&d, WRONG, &s, flags), 401);
	assert_string_equal(s.cookie, "");
	doors_close(&d);
}

static void signing_in_is_a_new_session(void **state)
{
	struct doors d;
	struct api_kit_session a, b;
	char flags[128];
	(void)state;
	doors_open(&d);
	assert_int_equal(sign_in(&d, RIGHT, &a, flags), 200);
	const struct api_kit_ask again = {
		.method = "POST", .path = "session", .body = RIGHT, .headers = {{"Cookie", a.cookie}}};
	assert_string_equal(doors_said(&d, &again), "200");
	assert_string_equal(doors_as(&d, &a, "GET", "session", NULL), "401 unauthenticated");
	assert_int_equal(sign_in(&d, RIGHT, &a, flags), 200);
	assert_int_equal(sign_in(&d, RIGHT, &b, flags), 200); /* another browser */
	assert_string_not_equal(a.cookie, b.cookie);
	assert_string_not_equal(a.csrf, b.csrf);
	assert_string_equal(doors_as(&d, &a, "GET", "session", NULL), "200");
	doors_close(&d);
}

static void leaving_ends_it(void **state)
{
	struct doors d;
	struct api_kit_session s;
	char flags[128];
	struct http_answer a;
	(void)state;
	doors_open(&d);
	assert_int_equal(sign_in(&d, RIGHT, &s, flags), 200);
	const struct api_kit_ask ask = {.method = "DELETE", .path = "session",
		.headers = {{"Cookie", s.cookie}, {"X-CSRF-Token", s.csrf}}};
	assert_int_equal(api_kit_answer(&d.hub, &ask, &a), 204);
	assert_string_equal(api_kit_answer_header(&a, "Set-Cookie"),
		"fangzi_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
	http_answer_finish(&a);
	assert_string_equal(doors_as(&d, &s, "GET", "session", NULL), "401 unauthenticated");
	doors_close(&d);
}

/* ---- headers of answers ------------------------------------------------------------------------- */

static const struct answer_row {
	const char *says, *method, *path, *body;
	unsigned status;
} answer_rows[] = {
	{"what is well", "GET", "session", NULL, 200},
	{"nothing to say", "DELETE", "session", NULL, 204},
	{"what there is not", "GET", "nothing/here", NULL, 404},
	{"another method", "PUT", "session", NULL, 405},
	{"what is not valid", "POST", "sets", "{}", 422},
	{"what he may not", "POST", "screens/1/picture", "{}", 403},
};

static void check_answer(void **state)
{
	static const char *const headers[][2] = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "no-referrer"}, {"Cross-Origin-Resource-Policy", "same-origin"},
		{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"}};
	const struct answer_row *r = *state;
	for (int secure = 0; secure < 2; secure++) {
		struct doors d;
		struct api_kit_session s;
		struct http_answer a;
		char cookie[160];
		doors_open(&d);
		d.hub.origin = secure ? HTTPS : NULL;
		api_kit_sign_in(&d.office, d.office.people[KIT_EDITOR].account, &s);
		(void)snprintf(cookie, sizeof cookie, "%s%s", secure ? "__Host-fangzi" : "fangzi_session",
			strchr(s.cookie, '='));
		const struct api_kit_ask ask = {.method = r->method, .path = r->path, .body = r->body,
			.headers = {{"Cookie", cookie}, {"X-CSRF-Token", s.csrf}}};
		assert_int_equal(api_kit_answer(&d.hub, &ask, &a), r->status);
		for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
			assert_string_equal(api_kit_answer_header(&a, headers[i][0]), headers[i][1]);
		const char *hsts = api_kit_answer_header(&a, "Strict-Transport-Security");
		assert_string_equal(hsts ? hsts : "none", secure ? "max-age=31536000" : "none");
		assert_null(api_kit_answer_header(&a, "Access-Control-Allow-Origin"));
		http_answer_finish(&a);
		doors_close(&d);
	}
}

/* ---- what ends a session ------------------------------------------------------------------------ */

static const struct end_row {
	const char *says;
	const char *method, *path, *body; /* path: by the administrator, of account 1; NULL: only time passes */
	int64_t wait_s;
	bool ends;
} end_rows[] = {
	{"half an hour without a word", NULL, NULL, NULL, SESSION_IDLE_S, true},
	{"a little less", NULL, NULL, NULL, SESSION_IDLE_S - 1, false},
	{"other roles", "PATCH", "accounts/1", "{\"roles\":[\"auditor\"]}", 0, true},
	{"a disabled account", "PATCH", "accounts/1", "{\"disabled\":true}", 0, true},
	{"a password that was reset", "POST", "accounts/1/reset", "{}", 0, true},
	{"an administrator's word", "DELETE", "accounts/1/sessions", NULL, 0, true},
	{"another account's end", "PATCH", "accounts/2", "{\"disabled\":true}", 0, false},
	{"a change that is refused", "PATCH", "accounts/1", "{\"roles\":[\"king\"]}", 0, false},
};

static void check_end(void **state)
{
	const struct end_row *r = *state;
	struct doors d;
	struct api_kit_session s, admin;
	doors_open(&d);
	assert_int_equal(d.office.people[KIT_EDITOR].account, 1);
	api_kit_sign_in(&d.office, 1, &s);
	doors_wait(&d, r->wait_s);
	if (r->path) {
		api_kit_sign_in(&d.office, d.office.people[KIT_ADMIN].account, &admin);
		doors_do(&d, "UPDATE session SET confirmed_until = ?1 + ?2", d.office.now_utc_s, 300);
		(void)doors_as(&d, &admin, r->method, r->path, r->body);
	}
	assert_string_equal(doors_as(&d, &s, "GET", "session", NULL), r->ends ? "401 unauthenticated" : "200");
	doors_close(&d);
}

static void eight_hours_are_the_most(void **state)
{
	struct doors d;
	struct api_kit_session s;
	(void)state;
	doors_open(&d);
	api_kit_sign_in(&d.office, 1, &s);
	for (int64_t at = 0; at < SESSION_MAX_S; at += 1200) {
		assert_string_equal(doors_as(&d, &s, "GET", "session", NULL), "200");
		doors_wait(&d, 1200);
	}
	assert_string_equal(doors_as(&d, &s, "GET", "session", NULL), "401 unauthenticated");
	doors_close(&d);
}

static void a_new_password_ends_all_others(void **state)
{
	static const char change[] = "{\"old\":\"" PASSWORD "\",\"new\":\"correct horse battery\"}";
	struct doors d;
	struct api_kit_session s, other;
	(void)state;
	doors_open(&d);
	api_kit_sign_in(&d.office, 1, &s);
	api_kit_sign_in(&d.office, 1, &other);
	assert_string_equal(doors_as(&d, &s, "POST", "session/password", change), "200");
	assert_string_equal(doors_as(&d, &other, "GET", "session", NULL), "401 unauthenticated");
	assert_string_equal(doors_as(&d, &s, "GET", "session", NULL), "401 unauthenticated"); /* it has a new cookie */
	assert_int_equal(doors_count(&d, "SELECT count(*) FROM session WHERE account = 1"), 1);
	doors_close(&d);
}

/* The same password, hashed at what it costs now. */
static void set_password(struct doors *d, int64_t account)
{
	struct err e = {0};
	struct account_password p;
	account_hash(PASSWORD, false, &p);
	office_begin(d->hub.office, d->office.now_utc_s, &office_itself);
	account_set_password(d->hub.office, account, &p);
	assert_true(office_commit(d->hub.office, &e));
}

/* Who is asking, in a thread of its own, while somebody else acts. */
struct asker {
	struct doors *doors;
	struct api_kit_ask ask;
	unsigned status;
	bool is_done;
};

static void *ask_slowly(void *user)
{
	struct asker *a = user;
	a->status = api_kit_call(&a->doors->hub, &a->ask, NULL);
	__atomic_store_n(&a->is_done, true, __ATOMIC_SEQ_CST);
	return NULL;
}

/* It hashes a password: nothing else of a call takes a processor that long. */
static bool is_hashing(pthread_t thread, struct asker *a)
{
	clockid_t clock;
	struct timespec spent = {0};
	while (!__atomic_load_n(&a->is_done, __ATOMIC_SEQ_CST)) {
		if (pthread_getcpuclockid(thread, &clock) == 0 && clock_gettime(clock, &spent) == 0 &&
			(spent.tv_sec > 0 || spent.tv_nsec > 20000000))
			return true;
		(void)sched_yield();
	}
	return false;
}

static const struct race_row {
	const char *says, *method, *path, *body, *sql;
	unsigned status;
} race_rows[] = {
	{"a password is reset while its thief sets another", "POST", "session/password",
		"{\"old\":\"" PASSWORD "\",\"new\":\"correct horse battery\"}",
		"UPDATE account SET salt = zeroblob(16), is_one_time = 1 WHERE id = ?1 + ?2", 409},
	{"an account is disabled while its thief sets another password", "POST", "session/password",
		"{\"old\":\"" PASSWORD "\",\"new\":\"correct horse battery\"}",
		"UPDATE account SET is_disabled = 1 WHERE id = ?1 + ?2", 409},
	{"a password is set while the old one is tried", "POST", "session", RIGHT,
		"UPDATE account SET salt = zeroblob(16) WHERE id = ?1 + ?2", 401},
};

/* What was done while the hub hashed for the other is what counts. Should this thread be kept
 * from its turn for half a second, it is done after, and then it counts all the same. */
static void check_race(void **state)
{
	const struct race_row *r = *state;
	struct doors d;
	struct api_kit_session s;
	pthread_t thread;
	doors_open(&d);
	api_kit_sign_in(&d.office, 1, &s);
	secret_set_cost(15);
	set_password(&d, 1);
	struct asker a = {.doors = &d,
		.ask = {.method = r->method, .path = r->path, .body = r->body,
			.headers = {{"Cookie", s.cookie}, {"X-CSRF-Token", s.csrf}}}};
	assert_int_equal(pthread_create(&thread, NULL, ask_slowly, &a), 0);
	bool is_within = is_hashing(thread, &a);
	doors_do(&d, r->sql, 1, 0);
	doors_do(&d, "DELETE FROM session WHERE account = ?1 + ?2", 1, 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
	if (is_within)
		assert_int_equal(a.status, r->status);
	assert_int_equal(doors_count(&d, "SELECT count(*) FROM session"), 0);
	assert_int_equal(doors_count(&d, "SELECT count(*) FROM account WHERE id = 1 AND is_disabled = 0"
					 " AND is_one_time = 0 AND salt <> zeroblob(16)"), 0);
	doors_close(&d);
}

/* ---- guesses --------------------------------------------------------------------------------------- */

static const struct guess_row {
	const char *says, *body, *answer;
} guess_rows[] = {
	{"the password", RIGHT, "200"},
	{"another password", WRONG, "401 unauthenticated"},
	{"a name that nobody has", "{\"name\":\"nobody\",\"password\":\"" PASSWORD "\"}", "401 unauthenticated"},
	{"the hub's own name", "{\"name\":\"hub\",\"password\":\"" PASSWORD "\"}", "401 unauthenticated"},
	{"a disabled account, with its password", "{\"name\":\"editor2\",\"password\":\"" PASSWORD "\"}",
		"401 unauthenticated"},
	{"an empty password", "{\"name\":\"editor\",\"password\":\"\"}", "401 unauthenticated"},
	{"no password", "{\"name\":\"editor\"}", "422 invalid"},
	{"no name", "{\"password\":\"" PASSWORD "\"}", "422 invalid"},
	{"a list for a name", "{\"name\":[\"editor\"],\"password\":\"" PASSWORD "\"}", "422 invalid"},
	{"a quote in the name", "{\"name\":\"editor' OR '1'='1\",\"password\":\"" PASSWORD "\"}", "401 unauthenticated"},
	{"the name in capitals", "{\"name\":\"EDITOR\",\"password\":\"" PASSWORD "\"}", "401 unauthenticated"},
	{"the name and a NUL", "{\"name\":\"editor\\u0000\",\"password\":\"" PASSWORD "\"}", "422 invalid"},
	{"the password and more", "{\"name\":\"editor\",\"password\":\"" PASSWORD "!\"}", "401 unauthenticated"},
	{"an issuer's password without the code", "{\"name\":\"issuer\",\"password\":\"" PASSWORD "\"}",
		"401 unauthenticated"},
	{"with a wrong code", "{\"name\":\"issuer\",\"password\":\"" PASSWORD "\",\"totp\":\"12345\"}",
		"401 unauthenticated"},
};

static void check_guess(void **state)
{
	const struct guess_row *r = *state;
	struct doors d;
	const struct api_kit_ask ask = {.method = "POST", .path = "session", .body = r->body};
	doors_open(&d);
	doors_do(&d, "UPDATE account SET is_disabled = 1 WHERE id = ?1 + ?2", d.office.people[KIT_EDITOR_2].account, 0);
	doors_do(&d, "UPDATE account SET totp = randomblob(20) WHERE id = ?1 + ?2", d.office.people[KIT_ISSUER].account, 0);
	assert_string_equal(doors_said(&d, &ask), r->answer);
	assert_int_equal(doors_count(&d, "SELECT count(*) FROM session"), strcmp(r->answer, "200") == 0);
	assert_int_equal(doors_count(&d, "SELECT count(*) FROM audit WHERE what = 'session.refused'"),
		strncmp(r->answer, "401", 3) == 0);
	doors_close(&d);
}

static void who_guesses_waits(void **state)
{
	struct doors d;
	struct api_kit_ask ask = {.method = "POST", .path = "session", .body = WRONG};
	(void)state;
	doors_open(&d);
	for (int i = 0; i <= SESSION_GUESSES; i++)
		assert_string_equal(doors_said(&d, &ask), "401 unauthenticated");
	ask.body = RIGHT;
	ask.address = "198.51.100.7";
	assert_string_equal(doors_said(&d, &ask), "429 too_many"); /* wherever he comes from */
	doors_wait(&d, 5);
	assert_string_equal(doors_said(&d, &ask), "200");
	doors_close(&d);
}

/* One address that tries a password on many names. */
static void an_address_waits_too(void **state)
{
	struct doors d;
	int refused = 0;
	(void)state;
	doors_open(&d);
	for (int i = 0; i < 30; i++) {
		char body[80];
		(void)snprintf(body, sizeof body, "{\"name\":\"n%d\",\"password\":\"" PASSWORD "\"}", i);
		const struct api_kit_ask ask = {.method = "POST", .path = "session", .body = body};
		refused += strcmp(doors_said(&d, &ask), "429 too_many") == 0;
	}
	assert_int_equal(refused, 30 - 4 * SESSION_GUESSES - 1);
	const struct api_kit_ask other = {.method = "POST", .path = "session", .body = RIGHT, .address = "198.51.100.7"};
	assert_string_equal(doors_said(&d, &other), "200");
	doors_close(&d);
}

static void signing_again_is_guessing_too(void **state)
{
	struct doors d;
	struct api_kit_session s;
	(void)state;
	doors_open(&d);
	api_kit_sign_in(&d.office, 1, &s);
	for (int i = 0; i <= SESSION_GUESSES; i++)
		assert_string_equal(doors_as(&d, &s, "POST", "session/confirm", WRONG), "422 invalid");
	assert_string_equal(doors_as(&d, &s, "POST", "session/confirm", RIGHT), "429 too_many");
	assert_string_equal(doors_as(&d, &s, "POST", "session/password", "{\"old\":\"x\",\"new\":\"correct horse battery\"}"),
		"429 too_many");
	assert_int_equal(doors_count(&d, "SELECT max(confirmed_until) FROM session"), 0);
	doors_close(&d);
}

/* Processor time of this thread: how long a machine is busy elsewhere does not count. */
static int64_t spent_ns(struct doors *d, const char *body)
{
	struct timespec from, to;
	const struct api_kit_ask ask = {.method = "POST", .path = "session", .body = body};
	assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from), 0);
	(void)doors_said(d, &ask);
	assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to), 0);
	return (to.tv_sec - from.tv_sec) * INT64_C(1000000000) + to.tv_nsec - from.tv_nsec;
}

static void an_unknown_name_takes_as_long(void **state)
{
	struct doors d;
	(void)state;
	doors_open(&d);
	secret_set_cost(13);
	doors_do(&d, "UPDATE account SET is_disabled = 1 WHERE id = ?1 + ?2", d.office.people[KIT_EDITOR_2].account, 0);
	int64_t known = spent_ns(&d, WRONG), unknown = spent_ns(&d, guess_rows[2].body),
		disabled = spent_ns(&d, guess_rows[4].body);
	assert_true(unknown > known / 2 && unknown < known * 2);
	assert_true(disabled > known / 2 && disabled < known * 2);
	doors_close(&d);
}

/* ---- codes ---------------------------------------------------------------------------------------- */

/* This account's code of now. */
static void code_of(struct doors *d, int64_t account, char code[static 7])
{
	struct account a;
	struct clock world = clock_system();
	office_begin(d->hub.office, d->office.now_utc_s, &office_itself);
	assert_true(account_get(d->hub.office, account, &a));
	office_rollback(d->hub.office);
	secret_totp_code(a.totp, clock_utc_ms(&world) / 1000 / 30, code);
}

static void a_code_counts_once(void **state)
{
	struct doors d;
	struct api_kit_session s;
	char code[7], body[128], flags[128];
	(void)state;
	doors_open(&d);
	doors_do(&d, "UPDATE account SET totp = randomblob(20) WHERE id = ?1 + ?2", 1, 0);
	code_of(&d, 1, code);
	(void)snprintf(body, sizeof body, "{\"name\":\"editor\",\"password\":\"" PASSWORD "\",\"totp\":\"%s\"}", code);
	assert_int_equal(sign_in(&d, body, &s, flags), 200);
	assert_string_equal(doors_as(&d, &s, "POST", "session/confirm", body), "422 invalid");
	const struct api_kit_ask again = {.method = "POST", .path = "session", .body = body};
	assert_string_equal(doors_said(&d, &again), "401 unauthenticated");
	doors_do(&d, "UPDATE account SET totp_step = 0 WHERE id = ?1 + ?2", 1, 0);
	assert_string_equal(doors_as(&d, &s, "POST", "session/confirm", body), "200");
	assert_string_equal(doors_said(&d, &again), "401 unauthenticated");
	doors_close(&d);
}

static void another_authenticator_needs_the_password(void **state)
{
	struct doors d;
	struct api_kit_session s;
	(void)state;
	doors_open(&d);
	api_kit_sign_in(&d.office, 1, &s);
	assert_string_equal(doors_as(&d, &s, "PUT", "session/totp", "{\"totp\":\"123456\"}"), "422 invalid");
	assert_string_equal(doors_as(&d, &s, "POST", "session/totp", NULL), "200");
	assert_int_equal(doors_count(&d, "SELECT count(*) FROM account WHERE totp IS NOT NULL"), 0); /* not yet */
	doors_do(&d, "UPDATE account SET totp = randomblob(20) WHERE id = ?1 + ?2", 1, 0);
	assert_string_equal(doors_as(&d, &s, "POST", "session/totp", NULL), "403 forbidden");
	doors_do(&d, "UPDATE session SET confirmed_until = ?1 + ?2", d.office.now_utc_s, 300);
	assert_string_equal(doors_as(&d, &s, "POST", "session/totp", NULL), "200");
	doors_close(&d);
}

static void what_was_signed_again_lasts_five_minutes(void **state)
{
	struct doors d;
	struct api_kit_session s;
	static const char token[] = "{\"label\":\"脚本\",\"roles\":[\"editor\"]}";
	(void)state;
	doors_open(&d);
	api_kit_sign_in(&d.office, 1, &s);
	assert_string_equal(doors_as(&d, &s, "POST", "tokens", token), "403 confirm_needed");
	assert_string_equal(doors_as(&d, &s, "POST", "session/confirm", RIGHT), "200");
	assert_string_equal(doors_as(&d, &s, "POST", "tokens", token), "201");
	doors_wait(&d, SESSION_CONFIRMED_S - 2);
	assert_string_equal(doors_as(&d, &s, "POST", "tokens", token), "201");
	doors_wait(&d, 3);
	assert_string_equal(doors_as(&d, &s, "POST", "tokens", token), "403 confirm_needed");
	doors_close(&d);
}

/* ---- one-time passwords and tokens ----------------------------------------------------------------- */

static const struct token_row {
	const char *says;
	enum office_kit_person who;
	const char *body, *answer;
} token_rows[] = {
	{"an editor's", KIT_EDITOR, "{\"label\":\"脚本\",\"roles\":[\"editor\"],\"days\":366}", "201"},
	{"an auditor's", KIT_AUDITOR, "{\"label\":\"脚本\",\"roles\":[\"auditor\"]}", "201"},
	{"a role that he has not", KIT_EDITOR, "{\"label\":\"脚本\",\"roles\":[\"reviewer\"]}", "422 invalid"},
	{"an issuer's", KIT_ISSUER, "{\"label\":\"脚本\",\"roles\":[\"issuer\"]}", "422 invalid"},
	{"an issuer's among others", KIT_ALL, "{\"label\":\"脚本\",\"roles\":[\"editor\",\"issuer\"]}", "422 invalid"},
	{"an administrator's", KIT_ADMIN, "{\"label\":\"脚本\",\"roles\":[\"administrator\"]}", "422 invalid"},
	{"of no role", KIT_EDITOR, "{\"label\":\"脚本\",\"roles\":[]}", "422 invalid"},
	{"of a role that is none", KIT_EDITOR, "{\"label\":\"脚本\",\"roles\":[\"root\"]}", "422 invalid"},
	{"for ever", KIT_EDITOR, "{\"label\":\"脚本\",\"roles\":[\"editor\"],\"days\":36500}", "422 invalid"},
	{"for a day that was", KIT_EDITOR, "{\"label\":\"脚本\",\"roles\":[\"editor\"],\"days\":-1}", "422 invalid"},
	{"for days in words", KIT_EDITOR, "{\"label\":\"脚本\",\"roles\":[\"editor\"],\"days\":\"9\"}", "422 invalid"},
	{"for nobody knows what", KIT_EDITOR, "{\"label\":\"\",\"roles\":[\"editor\"]}", "422 invalid"},
};

static void check_token(void **state)
{
	const struct token_row *r = *state;
	struct doors d;
	struct api_kit_session s;
	doors_open(&d);
	api_kit_sign_in(&d.office, d.office.people[r->who].account, &s);
	doors_do(&d, "UPDATE session SET confirmed_until = ?1 + ?2", d.office.now_utc_s, 300);
	assert_string_equal(doors_as(&d, &s, "POST", "tokens", r->body), r->answer);
	assert_int_equal(doors_count(&d, "SELECT count(*) FROM token"), strcmp(r->answer, "201") == 0);
	doors_close(&d);
}

static void a_token_ends(void **state)
{
	struct doors d;
	struct api_kit_session s;
	json_t *made = NULL;
	char bearer[SECRET_TOKEN_TEXT + 16];
	(void)state;
	doors_open(&d);
	api_kit_sign_in(&d.office, 1, &s);
	doors_do(&d, "UPDATE session SET confirmed_until = ?1 + ?2", d.office.now_utc_s, 300);
	assert_int_equal(api_kit_as(&d.hub, &s, "POST", "tokens", "{\"label\":\"脚本\",\"roles\":[\"editor\"],\"days\":1}",
				 &made), 201);
	(void)snprintf(bearer, sizeof bearer, "Bearer %s", json_string_value(json_object_get(made, "token")));
	json_decref(made);
	const struct api_kit_ask ask = {.method = "POST", .path = "sets", .body = "{\"title\":\"甲\"}",
		.headers = {{"Authorization", bearer}}};
	assert_string_equal(doors_said(&d, &ask), "201");
	doors_do(&d, "UPDATE account SET roles = ?1 WHERE id = ?2", OFFICE_AUDITOR, 1);
	assert_string_equal(doors_said(&d, &ask), "403 forbidden"); /* a role that was taken away */
	doors_do(&d, "UPDATE account SET roles = ?1 + ?2", OFFICE_EDITOR | OFFICE_AUDITOR, 0);
	assert_string_equal(doors_said(&d, &ask), "201");
	const struct api_kit_ask log = {.method = "GET", .path = "audit", .headers = {{"Authorization", bearer}}};
	assert_string_equal(doors_said(&d, &log), "403 forbidden"); /* a role that only its owner has */
	doors_wait(&d, 86400);
	assert_string_equal(doors_said(&d, &ask), "401 unauthenticated");
	doors_close(&d);
}

static void nothing_secret_is_written_down(void **state)
{
	struct doors d;
	struct api_kit_session s;
	char flags[128];
	(void)state;
	doors_open(&d);
	assert_int_equal(sign_in(&d, RIGHT, &s, flags), 200);
	assert_int_equal(sign_in(&d, WRONG, &s, flags), 401);
	assert_int_equal(sign_in(&d, RIGHT, &s, flags), 200);
	office_begin(d.hub.office, d.office.now_utc_s, &office_itself);
	json_t *all = audit_export(d.hub.office, 1, 1000);
	office_rollback(d.hub.office);
	char *text = json_dumps(all, 0);
	assert_non_null(strstr(text, "session.refused"));
	assert_null(strstr(text, "password\": \""));
	assert_null(strstr(text, "another password"));
	assert_null(strstr(text, strchr(s.cookie, '=') + 1));
	assert_null(strstr(text, s.csrf));
	free(text);
	json_decref(all);
	doors_close(&d);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, home_rows, check_home);
	SENTENCES_ROWS(&s, cookie_rows, check_cookie);
	sentences_add(&s, "cookies go nowhere else", cookies_go_nowhere_else, NULL);
	sentences_add(&s, "signing in is a new session", signing_in_is_a_new_session, NULL);
	sentences_add(&s, "leaving ends it", leaving_ends_it, NULL);
	SENTENCES_ROWS(&s, answer_rows, check_answer);
	SENTENCES_ROWS(&s, end_rows, check_end);
	sentences_add(&s, "eight hours are the most", eight_hours_are_the_most, NULL);
	sentences_add(&s, "a new password ends all other sessions", a_new_password_ends_all_others, NULL);
	SENTENCES_ROWS(&s, race_rows, check_race);
	SENTENCES_ROWS(&s, guess_rows, check_guess);
	sentences_add(&s, "who guesses waits", who_guesses_waits, NULL);
	sentences_add(&s, "an address that guesses waits", an_address_waits_too, NULL);
	sentences_add(&s, "signing again is guessing too", signing_again_is_guessing_too, NULL);
	sentences_add(&s, "an unknown name takes as long", an_unknown_name_takes_as_long, NULL);
	sentences_add(&s, "a code counts once", a_code_counts_once, NULL);
	sentences_add(&s, "another authenticator needs the password", another_authenticator_needs_the_password, NULL);
	sentences_add(&s, "what was signed again lasts five minutes", what_was_signed_again_lasts_five_minutes, NULL);
	SENTENCES_ROWS(&s, token_rows, check_token);
	sentences_add(&s, "a token ends", a_token_ends, NULL);
	sentences_add(&s, "nothing secret is written down", nothing_secret_is_written_down, NULL);
	return sentences_run(&s, "api session");
}
