/* SPDX-License-Identifier: Apache-2.0
 *
 * A screen looks: the real fangzi-sync, once, and what it keeps afterwards. */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/civil.h"
#include "kiosk/news.h"
#include "play.h"
#include "store/store.h"

#define NOW "2026-06-01T12:00:00+08:00"
#define SAID_BYTES_MAX 65536

static pid_t hub;

static const char *program(const char *name, char out[static PLAY_PATH_MAX])
{
	const char *folder = getenv("O");
	(void)snprintf(out, PLAY_PATH_MAX, "%s/%s", folder ? folder : "build", name);
	return out;
}

static pid_t start(const char *const *argv, const char *out, const char *err)
{
	pid_t child;
	posix_spawn_file_actions_t files;
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_addopen(&files, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	(void)posix_spawn_file_actions_addopen(&files, 2, err, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	int failed = posix_spawn(&child, argv[0], &files, NULL, (char *const *)(uintptr_t)argv, environ);
	(void)posix_spawn_file_actions_destroy(&files);
	if (failed) {
		(void)fprintf(stderr, "look: %s: %s\n", argv[0], strerror(failed));
		abort();
	}
	return child;
}

static int run_sync(const struct play *p, const char *at, const char *kiosk)
{
	char sync[PLAY_PATH_MAX], trust[PLAY_PATH_MAX], state[PLAY_PATH_MAX], out[PLAY_PATH_MAX],
		err[PLAY_PATH_MAX];
	play_path(p, "trust.json", trust);
	play_path(p, "state", state);
	play_path(p, "out", out);
	play_path(p, "err", err);
	const char *argv[] = {program("fangzi-sync", sync), "--once", "--feed", p->url, "--trust", trust,
		"--state", state, "--at", at, "--kiosk", kiosk, NULL};
	if (!kiosk)
		argv[10] = NULL; /* the one beside it */
	int status = 0;
	if (waitpid(start(argv, out, err), &status, 0) < 0)
		abort();
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool read_record(const struct play *p, struct store_record *r)
{
	char state[PLAY_PATH_MAX];
	struct store *store;
	struct err e = {0};
	play_path(p, "state", state);
	*r = (struct store_record){0};
	if (!store_open_reader(&store, state, &e))
		return false;
	bool ok = store_read_record(store, r, &e);
	store_close(store);
	return ok;
}

/* One look; what must not change with a refusal has not. */
static bool look(struct play *p, const struct play_words *w, int *code)
{
	struct store_record before, after;
	const char *at = play_value(w, "at"), *kiosk = play_value(w, "kiosk");
	bool had = read_record(p, &before);
	if (!kiosk || strcmp(kiosk, "true") == 0)
		kiosk = "/bin/true";
	else
		kiosk = strcmp(kiosk, "false") == 0 ? "/bin/false" : NULL;
	*code = run_sync(p, at ? at : NOW, kiosk);
	bool has = read_record(p, &after);
	if (had && !has)
		return play_has_failed(p, "the record is lost");
	if (*code == 0 || !had || before.trust != after.trust)
		return true;
	if (before.version != after.version || strcmp(before.manifest_sha256, after.manifest_sha256) != 0)
		return play_has_failed(p, "refused with %d, and yet version %lld became %lld", *code,
			(long long)before.version, (long long)after.version);
	if (after.seq < before.seq)
		return play_has_failed(
			p, "seq fell from %lld to %lld", (long long)before.seq, (long long)after.seq);
	return true;
}

bool play_look(struct play *p, const struct play_words *w)
{
	struct buf said = {0};
	int code, wanted = (int)strtol(w->items[1], NULL, 10);
	const char *words = w->count > 2 && !strchr(w->items[2], '=') ? w->items[2] : NULL;
	bool ok = look(p, w, &code);
	play_read(p, "err", &said);
	if (ok && code != wanted)
		ok = play_has_failed(p, "exit %d, must be %d: %s", code, wanted, said.data ? said.data : "");
	if (ok && words && !strstr(said.data ? said.data : "", words))
		ok = play_has_failed(p, "'%s' is not in: %s", words, said.data ? said.data : "");
	buf_finish(&said);
	return ok;
}

/* What the frame would say of the page's age, at a time by a clock that is right. */
static bool is_stale(const struct play *p, const char *at)
{
	char state[PLAY_PATH_MAX], installed[PLAY_PATH_MAX];
	struct news *n = NULL;
	struct err e = {0};
	int64_t utc_s = 0;
	if (!civil_parse_rfc3339(at, &utc_s))
		abort();
	play_path(p, "state", state);
	play_path(p, "trust.json", installed);
	bool is_old = news_open(&n, state, installed, &e) && news_is_stale(n, utc_s, true);
	news_close(n);
	return is_old;
}

static struct source_head read_head(const struct play *p)
{
	char state[PLAY_PATH_MAX];
	struct buf installed = {0};
	play_path(p, "state", state);
	play_read(p, "trust.json", &installed);
	struct source_head h = {0};
	struct err e = {0};
	(void)source_read_head(&h, state, &installed, true, &e);
	buf_finish(&installed);
	return h;
}

static void tell_alerts(const struct head *h, char *out, size_t room)
{
	struct buf text = {0};
	buf_text(&text, "");
	for (int i = 0; i < h->alert_count; i++) {
		buf_printf(&text, "%s%s", i ? "|" : "", h->alerts[i].id);
		for (int k = 0; k < h->alerts[i].tag_count; k++)
			buf_printf(&text, "%s%s", k ? "," : ":", h->alerts[i].tags[k]);
	}
	(void)snprintf(out, room, "%s", text.data);
	buf_finish(&text);
}

bool play_have(struct play *p, const struct play_words *w)
{
	struct store_record r;
	char alerts[512] = "";
	const char *at = play_value(w, "at");
	(void)read_record(p, &r);
	struct source_head h = read_head(p);
	tell_alerts(&h.head, alerts, sizeof alerts);
	const struct {
		const char *name;
		int64_t number;
		const char *text; /* NULL: the number */
	} facts[] = {
		{"version", r.version, NULL},
		{"seq", r.seq, NULL},
		{"trust", r.trust, NULL},
		{"previous", r.previous_version, NULL},
		{"refused", r.refused_version, NULL},
		{"floor", r.floor_utc_s, NULL},
		{"head", 0, h.is_known ? "yes" : "no"},
		{"mode", 0, h.head.holds ? "hold" : "show"},
		{"alerts", 0, alerts},
		{"stale", 0, is_stale(p, at ? at : NOW) ? "yes" : "no"},
	};
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		char have[520];
		const char *want = play_value(w, facts[i].name);
		(void)snprintf(have, sizeof have, "%lld", (long long)facts[i].number);
		if (want && strcmp(want, facts[i].text ? facts[i].text : have) != 0)
			return play_has_failed(p, "%s is %s, must be %s", facts[i].name,
				facts[i].text ? facts[i].text : have, want);
	}
	return true;
}

bool play_sample(struct play *p, const struct play_words *w)
{
	struct buf bytes = {0};
	size_t count = strtoul(w->items[2], NULL, 10);
	bool ok = true;
	play_read(p, w->items[1], &bytes);
	for (size_t i = 0; ok && i < count; i++) {
		int code;
		size_t bit = (2 * i + 1) * bytes.len * 8 / (2 * count);
		bytes.data[bit / 8] ^= (char)(1 << bit % 8);
		play_write(p, w->items[1], &bytes);
		bytes.data[bit / 8] ^= (char)(1 << bit % 8);
		ok = look(p, w, &code);
		if (ok && code != 4 && code != 5)
			ok = play_has_failed(p, "bit %zu flipped: exit %d, must be 4 or 5", bit, code);
	}
	play_write(p, w->items[1], &bytes);
	buf_finish(&bytes);
	return ok;
}

/* ---- the hub ------------------------------------------------------------------ */

void play_start_hub(const char *feed, char url[static PLAY_PATH_MAX])
{
	char name[PLAY_PATH_MAX], line[256] = "";
	int ends[2];
	program("fangzi-hub", name);
	const char *argv[] = {name, "serve", "--feed", feed, "--listen", "127.0.0.1:0", NULL};
	posix_spawn_file_actions_t files;
	if (pipe2(ends, O_CLOEXEC) != 0)
		abort();
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_adddup2(&files, ends[1], 1);
	if (posix_spawn(&hub, name, &files, NULL, (char *const *)(uintptr_t)argv, environ) != 0)
		abort();
	(void)posix_spawn_file_actions_destroy(&files);
	(void)close(ends[1]);
	FILE *said = fdopen(ends[0], "r");
	const char *port = said && fgets(line, sizeof line, said) ? strstr(line, "port ") : NULL;
	if (!port)
		abort();
	(void)snprintf(url, PLAY_PATH_MAX, "http://127.0.0.1:%d/feed/", atoi(port + 5));
	(void)fclose(said);
}

void play_stop_hub(void)
{
	if (hub > 0) {
		(void)kill(hub, SIGTERM);
		(void)waitpid(hub, NULL, 0);
	}
	hub = 0;
}
