/* SPDX-License-Identifier: Apache-2.0
 *
 * demo: an office on this machine alone, with one account of each role, and content that went
 * the way that all content goes: drafted, reviewed, issued, signed and published by its people,
 * through the API. Afterwards each of them gets a one-time password. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/program.h"
#include "content/check.h"
#include "content/field.h"
#include "hub/api.h"
#include "hub/command.h"
#include "hub/serve.h"
#include "office/seed.h"

#define ADDRESS "127.0.0.1"
#define PICTURE_BYTES_MAX (10 << 20)
#define JOB_LOOK_MS 50

enum { ADMIN, EDITOR, REVIEWER, ISSUER, OPERATOR, AUDITOR, PEOPLE };

static const struct {
	const char *name, *display;
	unsigned role;
} people[PEOPLE] = {
	[ADMIN] = {"admin", "管理员", OFFICE_ADMINISTRATOR},
	[EDITOR] = {"editor", "编辑员", OFFICE_EDITOR},
	[REVIEWER] = {"reviewer", "审核员", OFFICE_REVIEWER},
	[ISSUER] = {"issuer", "签发人", OFFICE_ISSUER},
	[OPERATOR] = {"operator", "屏幕管理员", OFFICE_OPERATOR},
	[AUDITOR] = {"auditor", "审计员", OFFICE_AUDITOR},
};

struct demo {
	struct hub *hub;
	int64_t accounts[PEOPLE], now_utc_s;
	char cookies[PEOPLE][SECRET_TOKEN_TEXT + 20], csrf[PEOPLE][SECRET_TOKEN_TEXT];
};

/* ---- a visitor of the API without a socket ---------------------------------------------- */

struct ask {
	const struct demo *demo;
	int who;
	const char *method, *path, *name; /* name: of an upload */
	const char *bytes;
	size_t len;
};

static const char *header(const void *user, const char *name)
{
	const struct ask *a = user;
	if (strcmp(name, "Cookie") == 0)
		return a->demo->cookies[a->who];
	if (strcmp(name, "X-CSRF-Token") == 0)
		return a->demo->csrf[a->who];
	return strcmp(name, "Content-Type") == 0 && !a->name ? "application/json" : NULL;
}

static const char *query(const void *user, const char *name)
{
	const struct ask *a = user;
	return strcmp(name, "name") == 0 ? a->name : NULL;
}

/* *out: what was answered, as JSON, or NULL. False: it was refused. */
static bool ask(const struct ask *a, json_t **out, struct err *e)
{
	struct http_answer answer = {0};
	const struct api_request r = {.method = a->method, .path = a->path, .body = a->bytes ? a->bytes : "",
		.body_len = a->len, .address = ADDRESS, .header = header, .query = query, .user = a};
	api_answer(a->demo->hub, &r, &answer);
	bool ok = answer.status < 300;
	*out = answer.body.len ? json_loadb(answer.body.data, answer.body.len, 0, NULL) : NULL;
	if (!ok)
		err_set(e, ERR_CONFLICT, "demo: %s %s as %s: %s", a->method, a->path, people[a->who].name,
			answer.body.len ? answer.body.data : "refused");
	http_answer_finish(&answer);
	return ok;
}

/* Takes body, which may be NULL; *out may be NULL when nobody wants it. */
static bool tell(const struct demo *d, int who, const char *method, const char *path, json_t *body, json_t **out,
	struct err *e)
{
	char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
	json_t *answer;
	bool ok = ask(&(struct ask){d, who, method, path, NULL, text, text ? strlen(text) : 0}, &answer, e);
	free(text);
	json_decref(body);
	if (out)
		*out = answer;
	else
		json_decref(answer);
	return ok;
}

/* ---- people ------------------------------------------------------------------------------- */

static bool add_people(struct demo *d, struct err *e)
{
	for (int i = 0; i < PEOPLE; i++) {
		char nobodys[SECRET_TOKEN_TEXT], token[SECRET_TOKEN_TEXT];
		unsigned char totp[SECRET_TOTP_BYTES];
		struct account_new n = {people[i].name, people[i].display, people[i].role, {{0}, {0}, false}};
		struct account a;
		struct session s;
		secret_token(nobodys); /* a password that nobody knows */
		account_hash(nobodys, false, &n.password);
		office_begin(d->hub->office, d->now_utc_s, &office_itself);
		bool ok = account_add(d->hub->office, &n, &d->accounts[i], e);
		if (ok) {
			char code[7];
			account_offer_totp(d->hub->office, d->accounts[i], totp);
			secret_totp_code(totp, d->now_utc_s / 30, code);
			ok = account_take_totp(d->hub->office, d->accounts[i], code, d->now_utc_s, e) &&
			     account_get(d->hub->office, d->accounts[i], &a);
		}
		if (ok) {
			session_start(d->hub->office, &a, ADDRESS, token, &s);
			session_confirm(d->hub->office, token, &s);
			(void)snprintf(d->cookies[i], sizeof d->cookies[i], "%s=%s", HUB_COOKIE, token);
			memcpy(d->csrf[i], s.csrf, sizeof s.csrf);
		}
		if (!office_end(d->hub->office, ok, e))
			return false;
	}
	return true;
}

static bool hand_over(const struct demo *d, struct err *e)
{
	for (int i = 0; i < PEOPLE; i++) {
		char password[SECRET_ONE_TIME];
		struct account_password p;
		secret_one_time_password(password);
		account_hash(password, true, &p);
		office_begin(d->hub->office, d->now_utc_s, &office_itself);
		account_set_password(d->hub->office, d->accounts[i], &p);
		session_end_all(d->hub->office, d->accounts[i], NULL);
		if (!office_commit(d->hub->office, e))
			return false;
		(void)printf("  %-10s %s  (%s)\n", people[i].name, password, people[i].display);
	}
	return true;
}

/* ---- content -------------------------------------------------------------------------------- */

static bool send_picture(const struct demo *d, const char *folder, const char *name, struct err *e)
{
	char path[PATH_MAX];
	struct buf bytes = {0};
	json_t *answer = NULL;
	bool ok = file_join(path, sizeof path, folder, name) && file_read(path, PICTURE_BYTES_MAX, &bytes, e) &&
		  ask(&(struct ask){d, EDITOR, "POST", "media", name, bytes.data, bytes.len}, &answer, e);
	json_decref(answer);
	buf_finish(&bytes);
	return ok;
}

static bool send_pictures(const struct demo *d, const char *folder, struct err *e)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	bool ok = dir || err_set(e, ERR_IO, "%s: cannot be read", folder);
	while (ok && (entry = readdir(dir)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');
		if (entry->d_name[0] != '.' && dot && strcmp(dot, ".png") == 0)
			ok = send_picture(d, folder, entry->d_name, e);
	}
	if (dir)
		(void)closedir(dir);
	return ok;
}

static bool draft(const struct demo *d, const char *file, int64_t *set, struct err *e)
{
	struct buf bytes = {0};
	json_t *made = NULL;
	struct actor editor = {.account = d->accounts[EDITOR], .name = people[EDITOR].name, .roles = OFFICE_EDITOR,
		.address = ADDRESS};
	bool ok = file_read(file, FIELD_DOCUMENT_BYTES_MAX, &bytes, e);
	json_t *document = ok ? check_parse(bytes.data, bytes.len, e) : NULL;
	ok = document && tell(d, EDITOR, "POST", "sets", json_pack("{s:s}", "title", "演示内容"), &made, e);
	*set = json_integer_value(json_object_get(made, "id"));
	if (ok) {
		office_begin(d->hub->office, d->now_utc_s, &editor);
		ok = office_end(d->hub->office, seed_put(d->hub->office, *set, document, e), e);
	}
	json_decref(document);
	json_decref(made);
	buf_finish(&bytes);
	return ok;
}

/* Waits for a job that was begun; takes it. */
static bool wait_for(const struct demo *d, int who, json_t *job, struct err *e)
{
	char path[96];
	(void)snprintf(path, sizeof path, "jobs/%s", json_string_value(json_object_get(job, "id")));
	json_decref(job);
	for (;;) {
		json_t *now;
		if (!tell(d, who, "GET", path, NULL, &now, e))
			return json_decref(now), false;
		const char *state = json_string_value(json_object_get(now, "state"));
		bool runs = strcmp(state, "running") == 0, is_done = strcmp(state, "done") == 0;
		if (!runs && !is_done) {
			char *text = json_dumps(json_object_get(now, "error"), JSON_ENCODE_ANY);
			err_set(e, ERR_FORMAT, "demo: the pages were not painted: %s", text ? text : state);
			free(text);
		}
		json_decref(now);
		if (!runs)
			return is_done;
		if (!program_wait_ms(JOB_LOOK_MS))
			return err_set(e, ERR_BUSY, "demo: stopped");
	}
}

static json_t *decision_about(const json_t *set)
{
	const json_t *candidate = json_object_get(set, "candidate");
	return json_pack("{s:s, s:O, s:O}", "decision", "approve", "content_sha256",
		json_object_get(candidate, "content_sha256"), "pages_sha256",
		json_object_get(candidate, "pages_sha256"));
}

static bool approve(const struct demo *d, int64_t set, int64_t *version, struct err *e)
{
	char path[64], what[96];
	json_t *shown = NULL, *issued = NULL;
	(void)snprintf(path, sizeof path, "sets/%lld", (long long)set);
	bool ok = tell(d, REVIEWER, "GET", path, NULL, &shown, e);
	(void)snprintf(what, sizeof what, "%s/review", path);
	ok = ok && tell(d, REVIEWER, "POST", what, decision_about(shown), NULL, e);
	(void)snprintf(what, sizeof what, "%s/issue", path);
	ok = ok && tell(d, ISSUER, "POST", what, decision_about(shown), &issued, e);
	*version = json_integer_value(json_object_get(issued, "version"));
	json_decref(shown);
	json_decref(issued);
	return ok;
}

static bool publish(const struct demo *d, const struct hub_options *o, struct err *e)
{
	char path[96];
	int64_t set, version;
	json_t *job = NULL;
	if ((o->media && !send_pictures(d, o->media, e)) || !draft(d, o->content, &set, e))
		return false;
	(void)snprintf(path, sizeof path, "sets/%lld/submit", (long long)set);
	if (!tell(d, EDITOR, "POST", path, NULL, &job, e) || !wait_for(d, EDITOR, job, e) ||
		!approve(d, set, &version, e))
		return false;
	if (!tell(d, ADMIN, "PATCH", "settings", json_pack("{s:b}", "publisher_key_on_hub", 1), NULL, e))
		return false;
	(void)snprintf(path, sizeof path, "publications/%lld/sign", (long long)version);
	if (!tell(d, ISSUER, "POST", path, NULL, NULL, e))
		return false;
	(void)snprintf(path, sizeof path, "publications/%lld/publish", (long long)version);
	return tell(d, OPERATOR, "POST", path, NULL, NULL, e);
}

static bool is_loopback(const char *listen)
{
	return listen && (strncmp(listen, "127.", 4) == 0 || strncmp(listen, "[::1]:", 6) == 0);
}

bool command_demo(const struct hub_options *o, struct err *e)
{
	struct serve s = {0};
	struct demo d = {.hub = &s.hub};
	if (!hub_options_need(o->folder, "folder", e) || !hub_options_need(o->content, "content", e) ||
		!hub_options_need(o->publisher_key, "publisher-key", e) ||
		!hub_options_need(o->head_key, "head-key", e))
		return false;
	if (!is_loopback(o->listen))
		return err_set(e, ERR_USAGE, "demo: --listen must be on loopback: its people are not real");
	bool ok = office_create(o->folder, e) && serve_open(&s, o, e);
	d.now_utc_s = ok ? clock_utc_ms(&s.hub.clock) / 1000 : 0;
	ok = ok && add_people(&d, e) && publish(&d, o, e);
	if (ok) {
		(void)printf("console on port %d ; accounts and one-time passwords:\n", http_port(s.http));
		ok = hand_over(&d, e);
		(void)printf("serving %s on port %d below /feed/\n", o->feed, http_port(s.http));
		(void)fflush(stdout);
	}
	if (ok)
		serve_until_stopped();
	serve_close(&s);
	return ok;
}
