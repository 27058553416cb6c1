/* SPDX-License-Identifier: Apache-2.0
 *
 * One request to the API, by anybody, of an office with people, content and change sets that
 * are a draft and submitted. Whatever it is, the answer is one of the contract's, the audit log
 * stays whole, and nothing is issued: for that it takes another person first.
 *
 *   WHO METHOD PATH[?QUERY]     who: a digit, one of office_kit.h's people; s: an editor's script; -: nobody
 *   IF-MATCH                    may be empty
 *   body */
#include "../unit/api_kit.h"

#include "fuzz.h"
#include "office/audit.h"

#define LINE_MAX 600

/* A set with the notice "a" in it. */
static void begin_set(struct office_kit *k, int64_t *set)
{
	struct err e = {0};
	json_t *notice = office_kit_notice("a", "通知");
	office_kit_begin(k, KIT_EDITOR);
	FUZZ_MUST(change_begin(k->office, "甲", false, set, &e));
	FUZZ_MUST(change_put(k->office, &(struct change_item){.set = *set, .list = "notices", .id = "a"}, notice, &e));
	FUZZ_MUST(office_commit(k->office, &e));
	json_decref(notice);
}

static void add_script(struct office_kit *k, char bearer[static 80])
{
	struct err e = {0};
	char token[SECRET_TOKEN_TEXT];
	int64_t id;
	const struct session_token_new n = {.label = "脚本", .roles = OFFICE_EDITOR, .days = 1};
	office_kit_begin(k, KIT_EDITOR);
	FUZZ_MUST(session_token_add(k->office, &n, token, &id, &e) && office_commit(k->office, &e));
	(void)snprintf(bearer, 80, "Bearer %s", token);
}

static void open_office(struct office_kit *k, char bearer[static 80])
{
	char sha256[65];
	int64_t set;
	struct err e = {0};
	office_kit_open(k);
	office_kit_put_parts(k, "UPDATE account SET totp = zeroblob(20)");
	begin_set(k, &set);
	begin_set(k, &set);
	FUZZ_MUST(office_kit_submit(k, KIT_EDITOR, set, sha256, &e));
	add_script(k, bearer);
}

/* What the input says; false: it is too short to be a request. */
struct spoken {
	char first[LINE_MAX], match[LINE_MAX];
	char *body;
	char who;
	char *method, *path, *query;
};

static const char *take_line(const char *at, const char *end, char out[static LINE_MAX])
{
	size_t len = 0;
	for (; at < end && *at != '\n'; at++) {
		if (*at && len + 1 < LINE_MAX) /* a header has no NUL */
			out[len++] = *at;
	}
	out[len] = '\0';
	return at < end ? at + 1 : end;
}

static bool hear(const uint8_t *bytes, size_t len, struct spoken *s, size_t *body_len)
{
	const char *end = (const char *)bytes + len;
	const char *at = take_line((const char *)bytes, end, s->first);
	at = take_line(at, end, s->match);
	*body_len = (size_t)(end - at);
	s->who = s->first[0];
	s->method = s->first[0] && s->first[1] == ' ' ? s->first + 2 : NULL;
	s->path = s->method ? strchr(s->method, ' ') : NULL;
	if (!s->path)
		return false;
	*s->path++ = '\0';
	s->query = strchr(s->path, '?');
	if (s->query)
		*s->query++ = '\0';
	s->body = malloc(*body_len + 1); /* its very size, so that a byte beyond is seen */
	FUZZ_MUST(s->body);
	memcpy(s->body, at, *body_len);
	s->body[*body_len] = '\0';
	return true;
}

static void sign_in(struct office_kit *k, const struct spoken *s, const char *bearer, struct api_kit_ask *ask,
	struct api_kit_session *session)
{
	struct err e = {0};
	if (s->who == 's')
		ask->headers[0] = (struct api_kit_header){"Authorization", bearer};
	if (s->who < '0' || s->who > '9')
		return;
	api_kit_sign_in(k, k->people[s->who - '0'].account, session);
	office_begin(k->office, k->now_utc_s, &office_itself);
	office_do(k->office, "UPDATE session SET confirmed_until = ?1", "i", k->now_utc_s + 300);
	FUZZ_MUST(office_commit(k->office, &e));
	ask->headers[0] = (struct api_kit_header){"Cookie", session->cookie};
	ask->headers[1] = (struct api_kit_header){"X-CSRF-Token", session->csrf};
}

static void must_be_answer(const struct http_answer *a, unsigned status)
{
	static const unsigned known[] = {200, 201, 202, 204, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429};
	size_t i = 0;
	while (i < sizeof known / sizeof known[0] && known[i] != status)
		i++;
	FUZZ_MUST(i < sizeof known / sizeof known[0]);
	FUZZ_MUST(api_kit_answer_header(a, "X-Content-Type-Options") && api_kit_answer_header(a, "Cache-Control"));
	const char *type = api_kit_answer_header(a, "Content-Type");
	if (!type || strcmp(type, "application/json") != 0)
		return;
	json_t *body = json_loadb(a->body.data, a->body.len, 0, NULL);
	FUZZ_MUST(body && (status < 400 || json_object_get(json_object_get(body, "error"), "code")));
	json_decref(body);
}

static void must_be_whole(struct office_kit *k)
{
	office_begin(k->office, k->now_utc_s, &office_itself);
	json_t *found = audit_verify(k->office);
	FUZZ_MUST(json_is_true(json_object_get(found, "whole")));
	FUZZ_MUST(office_number(k->office, -1, "SELECT count(*) FROM publication", "") == 0);
	office_rollback(k->office);
	json_decref(found);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct office_kit k;
	struct spoken s;
	struct api_kit_session session;
	struct http_answer answer;
	char bearer[80];
	size_t body_len;
	if (!hear(bytes, len, &s, &body_len))
		return 0;
	open_office(&k, bearer);
	struct hub hub = {.office = k.office, .clock = clock_started_at(k.now_utc_s)};
	struct api_kit_ask ask = {.method = s.method, .path = s.path, .query = s.query,
		.body = body_len ? s.body : NULL, .body_len = body_len};
	sign_in(&k, &s, bearer, &ask, &session);
	if (*s.match)
		ask.headers[2] = (struct api_kit_header){"If-Match", s.match};
	const struct api_request asked = api_kit_request(&ask);
	FUZZ_MUST(api_body_max(&hub, &asked) <= API_UPLOAD_BYTES_MAX);
	unsigned status = api_kit_answer(&hub, &ask, &answer);
	must_be_answer(&answer, status);
	http_answer_finish(&answer);
	must_be_whole(&k);
	office_kit_close(&k);
	free(s.body);
	return 0;
}
