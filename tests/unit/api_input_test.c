/* SPDX-License-Identifier: Apache-2.0
 *
 * What is sent to the API, by somebody who may: paths, methods, types, JSON that is made to
 * harm, versions of what is edited. Whatever it is, it is refused in a word of the contract. */
#include "api_doors.h"
#include "base/strict.h"
#include "sentences.h"

#define NOTICE "\"title\":\"题\",\"text\":\"文\",\"ticker\":true,\"level\":\"info\""

static const struct api_kit_ask none;

/* Asks as the editor, who has a draft with the notice "a" in it. */
static void open_draft(struct doors *d, struct api_kit_session *s)
{
	static const char site[] = "{\"name\":\"坊子区\",\"timezone\":\"Asia/Shanghai\"}";
	doors_open(d);
	api_kit_sign_in(&d->office, d->office.people[KIT_EDITOR].account, s);
	assert_string_equal(doors_as(d, s, "POST", "sets", "{\"title\":\"甲\"}"), "201");
	assert_string_equal(doors_as(d, s, "PUT", "sets/1/parts/site", site), "200");
	assert_string_equal(doors_as(d, s, "PUT", "sets/1/items/notices/a", "{\"id\":\"a\"," NOTICE "}"), "200");
}

/* What stands in the office: nothing of it changes by what is refused. */
static int64_t changes(struct doors *d)
{
	return doors_count(d, "SELECT count(*) * 1000 + (SELECT count(*) FROM change) * 100"
			      " + (SELECT count(*) FROM change_set) FROM audit");
}

static void must_say(const struct api_kit_ask *asked, const char *answer)
{
	struct doors d;
	struct api_kit_session s;
	struct api_kit_ask ask = *asked;
	open_draft(&d, &s);
	int n = 0;
	while (ask.headers[n].name)
		n++;
	ask.headers[n] = (struct api_kit_header){"Cookie", s.cookie};
	ask.headers[n + 1] = (struct api_kit_header){"X-CSRF-Token", s.csrf};
	int64_t before = changes(&d);
	assert_string_equal(doors_said(&d, &ask), answer);
	if (*answer != '2')
		assert_int_equal(changes(&d), before);
	doors_close(&d);
}

/* ---- paths ------------------------------------------------------------------------------------ */

static const struct path_row {
	const char *says, *path, *answer;
} path_rows[] = {
	{"a set", "sets/1", "200"},
	{"percent signs that say the same", "sets/%31", "200"},
	{"nothing", "", "404 not_found"},
	{"a slash behind", "sets/1/", "404 not_found"},
	{"a slash before", "/sets/1", "404 not_found"},
	{"two slashes", "sets//1", "404 not_found"},
	{"an empty part", "sets/", "404 not_found"},
	{"upwards", "sets/../accounts", "404 not_found"},
	{"upwards in percent signs", "sets/%2e%2e/accounts", "404 not_found"},
	{"upwards as a part", "sets/%2e%2e", "422 invalid"},
	{"a slash in percent signs", "sets%2f1", "404 not_found"},
	{"a slash in a part", "sets/1%2fcheck", "422 invalid"},
	{"percent signs in the route", "%73ets/1", "404 not_found"},
	{"a NUL at the end", "sets/1%00", "404 not_found"},
	{"a NUL in the middle", "media/a%00b.png", "404 not_found"},
	{"half of a percent sign", "sets/%3", "404 not_found"},
	{"a percent sign alone", "sets/%", "404 not_found"},
	{"no hex digits", "sets/%zz", "404 not_found"},
	{"a text that is no UTF-8", "sets/%ff", "404 not_found"},
	{"an overlong slash", "sets/%c0%af", "404 not_found"},
	{"an overlong NUL", "sets/%c0%80", "404 not_found"},
	{"half of a surrogate", "sets/%ed%a0%80", "404 not_found"},
	{"a raw byte of no UTF-8", "sets/\xff", "404 not_found"},
	{"a space", "sets/1%20", "422 invalid"},
	{"a sign", "sets/+1", "422 invalid"},
	{"a negative number", "sets/-1", "422 invalid"},
	{"hexadecimal", "sets/0x1", "422 invalid"},
	{"the largest number", "sets/9223372036854775807", "404 not_found"},
	{"a larger one", "sets/9223372036854775808", "422 invalid"},
	{"words of SQL", "sets/1%20OR%201=1", "422 invalid"},
	{"capitals", "SETS/1", "404 not_found"},
	{"a longer route", "sets/1/items/notices/a/change/more", "404 not_found"},
	{"a list that there is not", "items/accounts", "404 not_found"},
	{"the parts as a list", "items/parts", "404 not_found"},
	{"a record that there is not", "office/account", "404 not_found"},
	{"a page that is a path", "pages/%2e%2e%2foffice.sqlite", "409 conflict"},
	{"a picture that is a path", "media/%2e%2e%2foffice.sqlite", "409 conflict"},
	{"a screen that is a path", "screens/%2e%2e/picture", "404 not_found"},
};

static void check_path(void **state)
{
	const struct path_row *r = *state;
	struct api_kit_ask ask = none;
	ask.method = "GET";
	ask.path = r->path;
	must_say(&ask, r->answer);
}

static void a_path_as_long_as_headers_go(void **state)
{
	static char path[HTTP_HEADER_BYTES_MAX];
	struct api_kit_ask ask = none;
	(void)state;
	ask.method = "GET";
	ask.path = path;
	memset(path, 'a', sizeof path - 1);
	must_say(&ask, "404 not_found");
	memcpy(path, "sets/", 5);
	must_say(&ask, "422 invalid");
	for (size_t i = 0; i + 2 < sizeof path; i += 2)
		memcpy(path + i, "a/", 2);
	must_say(&ask, "404 not_found");
	memset(path, '1', sizeof path - 1);
	for (size_t i = 5; i + 3 < sizeof path; i += 3)
		memcpy(path + i, "%31", 3);
	memcpy(path, "sets/", 5);
	must_say(&ask, "422 invalid");
}

static const struct query_row {
	const char *says, *query, *answer;
} query_rows[] = {
	{"a number", "limit=5", "200"},
	{"more than there may be", "limit=999999", "200"},
	{"none", "limit=0", "200"},
	{"a negative one", "limit=-5", "422 invalid"},
	{"too large a number", "limit=99999999999999999999", "422 invalid"},
	{"words", "before=x", "422 invalid"},
	{"an empty one", "before=", "422 invalid"},
	{"words of SQL", "state=draft'%20OR%201=1--", "200"},
	{"a text that is no UTF-8", "state=%ff", "200"},
	{"a NUL", "state=%00", "200"},
};

static void check_query(void **state)
{
	const struct query_row *r = *state;
	struct api_kit_ask ask = none;
	ask.method = "GET";
	ask.path = "sets";
	ask.query = r->query;
	must_say(&ask, r->answer);
}

/* ---- methods and types --------------------------------------------------------------------------- */

static const struct method_row {
	const char *says, *method, *path, *answer;
} method_rows[] = {
	{"another one", "PUT", "sets", "405 not_allowed"},
	{"HEAD", "HEAD", "sets", "405 not_allowed"},
	{"OPTIONS: nothing is shared with other sites", "OPTIONS", "sets", "405 not_allowed"},
	{"TRACE", "TRACE", "session", "405 not_allowed"},
	{"small letters", "get", "sets", "405 not_allowed"},
	{"a longer word", "GETS", "sets", "405 not_allowed"},
	{"nothing", "", "sets", "405 not_allowed"},
	{"another one, where there is nothing", "PUT", "nothing", "404 not_found"},
};

static void check_method(void **state)
{
	const struct method_row *r = *state;
	struct api_kit_ask ask = none;
	ask.method = r->method;
	ask.path = r->path;
	must_say(&ask, r->answer);
}

static const struct type_row {
	const char *says, *type, *answer;
} type_rows[] = {
	{"JSON", "application/json", "201"},
	{"JSON of UTF-8", "application/json; charset=utf-8", "201"},
	{"a form, as any site can send it", "application/x-www-form-urlencoded", "415 wrong_type"},
	{"a form in parts", "multipart/form-data; boundary=x", "415 wrong_type"},
	{"plain text", "text/plain", "415 wrong_type"},
	{"a longer word", "application/jsonp", "415 wrong_type"},
	{"JSON of somebody else", "application/json+x", "415 wrong_type"},
	{"plain text and JSON", "text/plain; application/json", "415 wrong_type"},
	{"nothing", "", "415 wrong_type"},
};

static void check_type(void **state)
{
	const struct type_row *r = *state;
	struct api_kit_ask ask = {.method = "POST", .path = "sets", .body = "{\"title\":\"乙\"}",
		.headers = {{"Content-Type", r->type}}};
	must_say(&ask, r->answer);
}

/* ---- JSON ------------------------------------------------------------------------------------------- */

static const struct json_row {
	const char *says, *path, *body;
	size_t body_len;
	const char *answer;
} json_rows[] = {
	{"a notice", "sets/1/items/notices/b", "{\"id\":\"b\"," NOTICE "}", 0, "200"},
	{"a field that nobody knows", "sets/1/items/notices/b", "{\"id\":\"b\",\"x\":1," NOTICE "}", 0, "422 invalid"},
	{"a field of the language", "sets/1/items/notices/b", "{\"id\":\"b\",\"__proto__\":{}," NOTICE "}", 0, "422 invalid"},
	{"an id of another", "sets/1/items/notices/b", "{\"id\":\"a\"," NOTICE "}", 0, "422 invalid"},
	{"an id that is a path", "sets/1/items/notices/%2e%2e%2fa", "{\"id\":\"../a\"," NOTICE "}", 0, "404 not_found"},
	{"a field twice", "sets/1/items/notices/b", "{\"id\":\"b\",\"id\":\"b\"," NOTICE "}", 0, "422 invalid"},
	{"a field twice, spelt differently", "sets/1/items/notices/b", "{\"id\":\"b\",\"\\u0069d\":\"b\"," NOTICE "}", 0,
		"422 invalid"},
	{"a list", "sets/1/items/notices/b", "[]", 0, "422 invalid"},
	{"a number", "sets/1/items/notices/b", "1", 0, "422 invalid"},
	{"a text", "sets/1/items/notices/b", "\"x\"", 0, "422 invalid"},
	{"nothing", "sets/1/items/notices/b", NULL, 0, "422 invalid"},
	{"a blank", "sets/1/items/notices/b", " ", 0, "422 invalid"},
	{"half of it", "sets/1/items/notices/b", "{\"id\":\"b\",", 0, "422 invalid"},
	{"more behind it", "sets/1/items/notices/b", "{\"id\":\"b\"," NOTICE "} {}", 0, "422 invalid"},
	{"a byte order mark", "sets/1/items/notices/b", "\xef\xbb\xbf{\"id\":\"b\"," NOTICE "}", 0, "422 invalid"},
	{"UTF-16", "sets/1/items/notices/b", "{\0}\0", 4, "422 invalid"},
	{"a NUL behind it", "sets/1/items/notices/b", "{\"id\":\"b\"," NOTICE "}\0", sizeof "{\"id\":\"b\"," NOTICE "}",
		"422 invalid"},
	{"a NUL in a text", "sets", "{\"title\":\"a\\u0000b\"}", 0, "422 invalid"},
	{"a NUL in a name", "sets", "{\"ti\\u0000tle\":\"a\"}", 0, "422 invalid"},
	{"a text that is no UTF-8", "sets", "{\"title\":\"\xff\"}", 0, "422 invalid"},
	{"an overlong one", "sets", "{\"title\":\"\xc0\xaf\"}", 0, "422 invalid"},
	{"half of a surrogate", "sets", "{\"title\":\"\\ud800\"}", 0, "422 invalid"},
	{"turning the writing around", "sets", "{\"title\":\"a\\u202eb\"}", 0, "422 invalid"},
	{"a letter that nobody sees", "sets", "{\"title\":\"a\\u200bb\"}", 0, "422 invalid"},
	{"a line feed in a line", "sets", "{\"title\":\"a\\nb\"}", 0, "422 invalid"},
	{"an escape", "sets", "{\"title\":\"a\\u001b[31m\"}", 0, "422 invalid"},
	{"markup is text", "sets", "{\"title\":\"<script>1</script>\"}", 0, "201"},
	{"a number for a text", "sets", "{\"title\":1}", 0, "422 invalid"},
	{"a word for yes or no", "sets", "{\"title\":\"a\",\"strict\":\"yes\"}", 0, "422 invalid"},
	{"null for yes or no", "sets", "{\"title\":\"a\",\"strict\":null}", 0, "422 invalid"},
	{"a number that is too large", "sets", "{\"title\":\"a\",\"n\":1e999}", 0, "422 invalid"},
	{"an integer that is too large", "sets", "{\"title\":\"a\",\"n\":99999999999999999999}", 0, "422 invalid"},
	{"no number", "sets", "{\"title\":\"a\",\"n\":NaN}", 0, "422 invalid"},
	{"a comment", "sets", "{\"title\":\"a\"/**/}", 0, "422 invalid"},
	{"a title of 300 letters", "sets",
		"{\"title\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}", 0,
		"422 invalid"},
	{"an order that is no list", "sets/1/order/notices", "{\"ids\":{}}", 0, "422 invalid"},
	{"an order of numbers", "sets/1/order/notices", "{\"ids\":[1]}", 0, "422 invalid"},
	{"an order with one twice", "sets/1/order/notices", "{\"ids\":[\"a\",\"a\"]}", 0, "422 invalid"},
	{"a part that there is not", "sets/1/parts/accounts", "{}", 0, "404 not_found"},
};

static void check_json(void **state)
{
	const struct json_row *r = *state;
	const struct api_kit_ask ask = {.method = strcmp(r->path, "sets") == 0 ? "POST" : "PUT", .path = r->path,
		.body = r->body, .body_len = r->body_len};
	must_say(&ask, r->answer);
}

/* A body of so many times that, between two others. */
static void must_say_long(const char *before, const char *again, const char *after, size_t times, const char *answer)
{
	struct buf body = {0};
	buf_text(&body, before);
	for (size_t i = 0; i < times; i++)
		buf_text(&body, again);
	buf_text(&body, after);
	const struct api_kit_ask ask = {.method = "POST", .path = "sets", .body = body.data, .body_len = body.len};
	must_say(&ask, answer);
	buf_finish(&body);
}

/* Lists in lists, the outermost object counted. */
static void must_say_deep(size_t depth, const char *answer)
{
	struct buf body = {0};
	buf_text(&body, "{\"title\":\"a\",\"x\":");
	for (size_t i = 1; i < depth; i++)
		buf_text(&body, "[");
	for (size_t i = 1; i < depth; i++)
		buf_text(&body, "]");
	buf_text(&body, "}");
	const struct api_kit_ask ask = {.method = "POST", .path = "sets", .body = body.data, .body_len = body.len};
	must_say(&ask, answer);
	buf_finish(&body);
}

static void deep_and_long_json_is_refused(void **state)
{
	(void)state;
	must_say_deep(STRICT_DEPTH_MAX, "201");
	must_say_deep(STRICT_DEPTH_MAX + 1, "422 invalid");
	must_say_long("{\"title\":\"a\",\"x\":", "[", "", 100000, "422 invalid");
	must_say_long("", "{\"a\":", "", 100000, "422 invalid");
	must_say_long("{\"title\":\"", "a", "\"}", API_JSON_BYTES_MAX - 20, "422 invalid");
	must_say_long("{\"title\":\"", "e\xcc\x81", "\"}", 10000, "422 invalid"); /* marks upon letters */
	must_say_long("{\"title\":\"", "\xcc\x81", "\"}", 200, "422 invalid");
}

/* What a body says beyond what is asked of it is not read: nothing is set in passing. */
static void nothing_is_set_in_passing(void **state)
{
	struct doors d;
	struct api_kit_session s;
	(void)state;
	open_draft(&d, &s);
	assert_string_equal(doors_as(&d, &s, "POST", "sets",
				    "{\"title\":\"乙\",\"id\":77,\"state\":\"issued\",\"author\":9,\"version\":5}"),
		"201");
	assert_int_equal(doors_count(&d, "SELECT count(*) FROM change_set WHERE id = 2 AND state = 'draft' AND author = 1"
					 " AND version IS NULL"), 1);
	doors_close(&d);
}

/* ---- sizes ----------------------------------------------------------------------------------------- */

static const struct size_row {
	const char *says, *method, *path;
	enum office_kit_person who;
	bool is_in;
	size_t max;
} size_rows[] = {
	{"a stranger's password", "POST", "session", KIT_EDITOR, false, 4096},
	{"a stranger's picture", "POST", "media", KIT_EDITOR, false, 4096},
	{"a stranger's spreadsheet", "POST", "imports", KIT_EDITOR, false, 4096},
	{"what goes nowhere", "POST", "nothing", KIT_EDITOR, true, 4096},
	{"an editor's notice", "PUT", "sets/1/items/notices/a", KIT_EDITOR, true, API_JSON_BYTES_MAX},
	{"an editor's picture", "POST", "media", KIT_EDITOR, true, API_UPLOAD_BYTES_MAX},
	{"an editor's spreadsheet", "POST", "imports", KIT_EDITOR, true, API_UPLOAD_BYTES_MAX},
	{"an auditor's picture", "POST", "media", KIT_AUDITOR, true, 4096},
	{"an administrator's notice", "PUT", "sets/1/items/notices/a", KIT_ADMIN, true, 4096},
	{"an administrator's account, before he signs again", "POST", "accounts", KIT_ADMIN, true, 4096},
};

static void check_size(void **state)
{
	const struct size_row *r = *state;
	struct doors d;
	struct api_kit_session s;
	doors_open(&d);
	api_kit_sign_in(&d.office, d.office.people[r->who].account, &s);
	struct api_kit_ask ask = {.method = r->method, .path = r->path};
	if (r->is_in) {
		ask.headers[0] = (struct api_kit_header){"Cookie", s.cookie};
		ask.headers[1] = (struct api_kit_header){"X-CSRF-Token", s.csrf};
	}
	const struct api_request asked = api_kit_request(&ask);
	assert_int_equal(api_body_max(&d.hub, &asked), r->max);
	doors_close(&d);
}

/* ---- what was edited meanwhile ----------------------------------------------------------------------- */

static void who_edits_what_has_changed_is_told(void **state)
{
	struct doors d;
	struct api_kit_session s;
	struct api_kit_ask ask = {.method = "PUT", .path = "sets/1/items/notices/a"};
	json_t *now = NULL;
	char sha[80];
	(void)state;
	open_draft(&d, &s);
	assert_int_equal(api_kit_as(&d.hub, &s, "PUT", ask.path, "{\"id\":\"a\"," NOTICE "}", &now), 200);
	(void)snprintf(sha, sizeof sha, "%s", json_string_value(json_object_get(now, "sha")));
	json_decref(now);
	assert_int_equal(strlen(sha), 64);
	ask.headers[0] = (struct api_kit_header){"Cookie", s.cookie};
	ask.headers[1] = (struct api_kit_header){"X-CSRF-Token", s.csrf};
	ask.headers[2] = (struct api_kit_header){"If-Match", sha};
	ask.body = "{\"id\":\"a\",\"title\":\"新\",\"text\":\"文\",\"ticker\":true,\"level\":\"info\"}";
	assert_string_equal(doors_said(&d, &ask), "200");
	ask.body = "{\"id\":\"a\",\"title\":\"旧\",\"text\":\"文\",\"ticker\":true,\"level\":\"info\"}";
	assert_string_equal(doors_said(&d, &ask), "412 stale");
	ask.headers[2].value = "";
	assert_string_equal(doors_said(&d, &ask), "412 stale");
	assert_int_equal(doors_count(&d, "SELECT count(*) FROM change WHERE body LIKE '%旧%'"), 0);
	doors_close(&d);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, path_rows, check_path);
	sentences_add(&s, "a path as long as headers go", a_path_as_long_as_headers_go, NULL);
	SENTENCES_ROWS(&s, query_rows, check_query);
	SENTENCES_ROWS(&s, method_rows, check_method);
	SENTENCES_ROWS(&s, type_rows, check_type);
	SENTENCES_ROWS(&s, json_rows, check_json);
	sentences_add(&s, "deep and long JSON is refused", deep_and_long_json_is_refused, NULL);
	sentences_add(&s, "nothing is set in passing", nothing_is_set_in_passing, NULL);
	SENTENCES_ROWS(&s, size_rows, check_size);
	sentences_add(&s, "who edits what has changed is told", who_edits_what_has_changed_is_told, NULL);
	return sentences_run(&s, "api input");
}
