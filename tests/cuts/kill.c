/* SPDX-License-Identifier: Apache-2.0
 *
 * Power cuts, layer two: fangzi-sync and fangzi-kiosk killed (SIGKILL) at random moments
 * while the feed goes on; after each, the state folder is judged as it stands.
 *   kill WORK FEED HEADS TRUST SYNC KIOSK AT KILLS SEED
 * HEADS/1.json .. are the feed's heads in their order, and WORK an empty folder. When the
 * last head was taken, a new screen begins. What is random is random by SEED; when a kill
 * falls is not. The last line says how many, and what was wrong. */
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "judge.h"

#define KIOSK_EVERY 25 /* kills of fangzi-sync, on the average, for one of fangzi-kiosk */
#define WHOLE_EVERY 10 /* and for one look that is left alone */
#define NONE (-1)

struct rig {
	const char *work, *feed, *heads, *trust, *sync, *kiosk, *at;
	char state[STORE_PATH_MAX], said[STORE_PATH_MAX];
	struct judge *judge;
	struct judge_view known; /* what was seen last */
	uint64_t random;
	int head, head_count; /* the feed's now; 0: none yet */
	int64_t look_us; /* how long a whole look takes */
	pid_t screen;
	int kills, in_time, screens, bad;
};

/* Whoever ends this ends the screen, too. */
static volatile pid_t screen_now;

static void on_end(int number)
{
	if (screen_now > 0)
		(void)kill(screen_now, SIGKILL);
	_exit(128 + number);
}

static uint64_t random_below(struct rig *r, uint64_t limit)
{
	r->random ^= r->random << 13; /* Marsaglia, "Xorshift RNGs", 2003 */
	r->random ^= r->random >> 7;
	r->random ^= r->random << 17;
	return r->random % limit;
}

static pid_t start(const char *const *argv, const char *said)
{
	pid_t child;
	posix_spawn_file_actions_t files;
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	(void)posix_spawn_file_actions_addopen(&files, 2, said, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (posix_spawn(&child, argv[0], &files, NULL, (char *const *)(uintptr_t)argv, environ) != 0) {
		(void)fprintf(stderr, "kill: cannot start %s\n", argv[0]);
		abort();
	}
	(void)posix_spawn_file_actions_destroy(&files);
	return child;
}

static pid_t start_sync(const struct rig *r)
{
	char feed[STORE_PATH_MAX];
	(void)snprintf(feed, sizeof feed, "file://%s", r->feed);
	const char *argv[] = {r->sync, "--once", "--feed", feed, "--trust", r->trust, "--state", r->state,
		"--at", r->at, "--kiosk", "/bin/true", NULL};
	return start(argv, r->said);
}

static void start_screen(struct rig *r)
{
	char said[STORE_PATH_MAX + 8];
	(void)snprintf(said, sizeof said, "%s.kiosk", r->said);
	const char *argv[] = {r->kiosk, "--no-sync", "--trust", r->trust, "--state", r->state, "--size",
		"320x180", "--reduce-motion", "on", "--at", r->at, NULL};
	screen_now = r->screen = start(argv, said);
}

/* Ends within the time, or is killed. True: it ended, with this code. */
static bool ends_within(pid_t child, int64_t us, int *code)
{
	int status = 0, fd = pidfd_open(child, 0);
	struct pollfd end = {.fd = fd, .events = POLLIN};
	struct timespec wait = {us / 1000000, us % 1000000 * 1000};
	bool has_ended = ppoll(&end, 1, us < 0 ? NULL : &wait, NULL) > 0;
	(void)close(fd);
	if (!has_ended)
		(void)kill(child, SIGKILL);
	if (waitpid(child, &status, 0) != child)
		abort();
	*code = WIFEXITED(status) ? WEXITSTATUS(status) : NONE;
	return has_ended;
}

static void stop_screen(struct rig *r)
{
	int code;
	if (r->screen > 0)
		(void)ends_within(r->screen, 0, &code);
	screen_now = r->screen = 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st, (void)kind, (void)walk;
	return remove(path);
}

/* The next head is put in its place; after the last, a new screen and the first. */
static void go_on(struct rig *r)
{
	char from[STORE_PATH_MAX], to[STORE_PATH_MAX];
	struct buf bytes = {0};
	struct err e = {0};
	if (r->head == r->head_count) {
		stop_screen(r);
		(void)nftw(r->state, remove_one, 16, FTW_DEPTH | FTW_PHYS);
		r->known = (struct judge_view){.text = "none"};
		r->head = 0;
	}
	(void)snprintf(from, sizeof from, "%s/%d.json", r->heads, ++r->head);
	(void)snprintf(to, sizeof to, "%s/head.json", r->feed);
	if (!file_read(from, HEAD_BYTES_MAX, &bytes, &e) || !file_write(to, bytes.data, bytes.len, 0644, &e))
		abort();
	buf_finish(&bytes);
}

/* The newest version that fangzi-sync said it had taken; 0: it said nothing. */
static int64_t said_version(const struct rig *r)
{
	static const char words[] = "sync: version ";
	struct buf text = {0};
	struct err e = {0};
	int64_t version = 0;
	const char *at = file_read(r->said, 1 << 20, &text, &e) ? strstr(text.data, words) : NULL;
	if (at && strstr(at, " taken"))
		version = strtoll(at + strlen(words), NULL, 10);
	buf_finish(&text);
	return version;
}

static const char *hash_of(const char *folder, int64_t number, char sha256[static DIGEST_HEX])
{
	char path[STORE_PATH_MAX];
	uint64_t size;
	struct err e = {0};
	(void)snprintf(path, sizeof path, "%s/%lld.json", folder, (long long)number);
	if (!digest_file(path, MANIFEST_BYTES_MAX, sha256, &size, &e))
		sha256[0] = '\0';
	return sha256;
}

/* Nothing is older than what was known, all parts belong together, and it is shown. */
static const char *judge(struct rig *r, struct judge_view *v)
{
	char manifests[STORE_PATH_MAX], sha256[DIGEST_HEX];
	const struct store_record *now = &v->record, *then = &r->known.record;
	(void)snprintf(manifests, sizeof manifests, "%s/manifests", r->feed);
	if (!judge_look(r->judge, r->state, v))
		return "pictures that are wrong are shown";
	if (!v->has_record)
		return r->known.has_record || said_version(r) ? "the record is lost" : NULL;
	if (now->trust < then->trust || now->seq < then->seq || now->version < then->version ||
		now->floor_utc_s < then->floor_utc_s)
		return "a floor fell";
	if (now->version < said_version(r))
		return "an older version than was said to be taken";
	if (now->version && v->shown != now->version)
		return "another version is shown than the record's";
	if (now->seq && strcmp(now->head_sha256, hash_of(r->heads, now->seq, sha256)) != 0)
		return "a head that is not of its seq";
	if (now->version && strcmp(now->manifest_sha256, hash_of(manifests, now->version, sha256)) != 0)
		return "a manifest that is not of its version";
	return NULL;
}

static void judge_and_tell(struct rig *r, const char *what)
{
	struct judge_view v;
	const char *why = judge(r, &v);
	if (why) {
		r->bad++;
		(void)printf("# %s %d: %s: %.600s; shown: %lld; known was: %.600s\n", what, r->kills, why,
			v.text, (long long)v.shown, r->known.text);
	}
	r->known = v;
}

/* A look that nothing disturbs leads to the feed's newest. */
static void look_whole(struct rig *r)
{
	int code;
	int64_t began_us = clock_mono_us();
	(void)ends_within(start_sync(r), -1, &code);
	r->look_us = clock_mono_us() - began_us;
	judge_and_tell(r, "a whole look after kill");
	if (code != 0 || r->known.record.seq != r->head) {
		r->bad++;
		(void)printf("# kill %d: then a look ends with %d at head %lld of %d\n", r->kills, code,
			(long long)r->known.record.seq, r->head);
	}
}

static void kill_one(struct rig *r)
{
	int code;
	if (random_below(r, 2) == 0 || r->head == 0)
		go_on(r);
	if (r->screen == 0)
		start_screen(r);
	bool has_ended = ends_within(start_sync(r), (int64_t)random_below(r, (uint64_t)r->look_us), &code);
	r->kills++;
	r->in_time += !has_ended;
	if (random_below(r, KIOSK_EVERY) == 0) {
		stop_screen(r);
		r->screens++;
	}
	judge_and_tell(r, "kill");
	if (random_below(r, WHOLE_EVERY) == 0)
		look_whole(r);
}

static int count_heads(const char *folder)
{
	char path[STORE_PATH_MAX];
	int count = 0;
	do {
		(void)snprintf(path, sizeof path, "%s/%d.json", folder, ++count);
	} while (file_exists(path));
	return count - 1;
}

int main(int argc, char **argv)
{
	if (argc != 10) {
		(void)fprintf(stderr, "usage: see kill.c\n");
		return 2;
	}
	struct rig r = {.work = argv[1],
		.feed = argv[2],
		.heads = argv[3],
		.trust = argv[4],
		.sync = argv[5],
		.kiosk = argv[6],
		.at = argv[7],
		.random = strtoull(argv[9], NULL, 10) * 0x9e3779b97f4a7c15u + 1,
		.head_count = count_heads(argv[3]),
		.known = {.text = "none"}};
	(void)snprintf(r.state, sizeof r.state, "%s/state", r.work);
	(void)snprintf(r.said, sizeof r.said, "%s/said", r.work);
	static const int ends[] = {SIGTERM, SIGINT, SIGHUP, SIGABRT};
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		(void)signal(ends[i], on_end);
	r.judge = judge_open(&(struct judge_setup){
		.feed = "file:///none", .trust = r.trust, .trial = "/bin/true", .at = r.at});
	log_set_level((enum log_level)0); /* the judge's own voice */
	go_on(&r);
	look_whole(&r);
	for (int i = atoi(argv[8]); i > 0; i--)
		kill_one(&r);
	look_whole(&r);
	stop_screen(&r);
	judge_close(r.judge);
	(void)printf("%d kills of fangzi-sync, %d in the middle of a look, %d of fangzi-kiosk: %d failed\n",
		r.kills, r.in_time, r.screens, r.bad);
	return r.bad ? 1 : 0;
}
