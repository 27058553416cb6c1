/* SPDX-License-Identifier: Apache-2.0
 *
 * Many screens that wait for the head of one hub.
 *   wait PORT PID COUNT ROUNDS COMMAND...  COUNT connections ask with Prefer: wait; COMMAND changes
 *                                          the head. How long after its start did each learn of it?
 *   wait PORT PID COUNT --spread           nothing changes: each is let go at its own time
 * PID is the hub's: its memory, threads and whether it has come to rest are read from /proc.
 * Fails when somebody was not answered, not as promised, or later than 1 s (99th percentile). */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"

#define ANSWER_BYTES_MAX 16384
#define ETAG_MAX 80
#define WAIT_S 50
#define SPREAD_S 4
#define LATE_MS 900 /* for one that nothing hurries: less than the second between two of them */
#define P99_MAX_MS 1000
#define DEADLINE_MS 30000
#define REST_MS 300

struct asker {
	int fd, wait_s;
	int64_t asked_ms, answered_ms;
	int status;
	bool was_held;
	char etag[ETAG_MAX]; /* that it knows */
	char answer[ANSWER_BYTES_MAX];
	size_t len;
};

static struct asker *askers;
static int asker_count, hub_pid, epoll_fd;

static void stop(const char *why)
{
	(void)fprintf(stderr, "wait: %s: %s\n", why, strerror(errno));
	exit(1);
}

static void connect_to(struct asker *a, int port)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	a->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (a->fd < 0 || connect(a->fd, (struct sockaddr *)&to, sizeof to) != 0)
		stop("connect");
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = a};
	if (fcntl(a->fd, F_SETFL, O_NONBLOCK) != 0 || epoll_ctl(epoll_fd, EPOLL_CTL_ADD, a->fd, &event) != 0)
		stop("epoll");
}

static void ask(struct asker *a, int wait_s)
{
	char text[512];
	int len = snprintf(text, sizeof text, "GET /feed/head.json HTTP/1.1\r\nHost: hub\r\n%s%s%s", a->etag[0] ? "If-None-Match: " : "",
		a->etag, a->etag[0] ? "\r\n" : "");
	len += snprintf(text + len, sizeof text - (size_t)len, "Prefer: wait=%d\r\n\r\n", wait_s);
	a->wait_s = wait_s;
	a->asked_ms = clock_mono_ms();
	a->answered_ms = 0;
	a->len = 0;
	if (write(a->fd, text, (size_t)len) != len)
		stop("write");
}

static const char *header(const struct asker *a, const char *name)
{
	const char *at = strcasestr(a->answer, name);
	return at ? at + strlen(name) : NULL;
}

/* True once the answer is whole. */
static bool take(struct asker *a)
{
	ssize_t n = read(a->fd, a->answer + a->len, sizeof a->answer - 1 - a->len);
	if (n < 0 && errno == EAGAIN)
		return false;
	if (n <= 0)
		stop("the hub hung up");
	a->len += (size_t)n;
	a->answer[a->len] = '\0';
	const char *end = strstr(a->answer, "\r\n\r\n");
	if (!end)
		return false;
	a->status = atoi(a->answer + strlen("HTTP/1.1 "));
	const char *length = header(a, "\r\nContent-Length: ");
	size_t body = a->status == 200 && length ? strtoul(length, NULL, 10) : 0;
	if (a->len < (size_t)(end + 4 - a->answer) + body)
		return false;
	const char *etag = header(a, "\r\nETag: ");
	a->was_held = header(a, "\r\nPreference-Applied: wait") != NULL;
	(void)snprintf(a->etag, sizeof a->etag, "%.*s", etag ? (int)strcspn(etag, "\r") : 0, etag ? etag : "");
	a->answered_ms = clock_mono_ms();
	return true;
}

/* Until all have their answer; again: and each asks anew at once, as a screen does. */
static void take_all(bool again)
{
	struct epoll_event events[256];
	int64_t end_ms = clock_mono_ms() + DEADLINE_MS;
	for (int left = asker_count; left > 0;) {
		int n = epoll_wait(epoll_fd, events, 256, 1000);
		if (clock_mono_ms() > end_ms) {
			(void)fprintf(stderr, "wait: %d of %d were not answered\n", left, asker_count);
			exit(1);
		}
		for (int i = 0; i < n; i++) {
			struct asker *a = events[i].data.ptr;
			if (!take(a))
				continue;
			left--;
			if (again) {
				int64_t answered_ms = a->answered_ms;
				ask(a, WAIT_S);
				a->answered_ms = answered_ms;
			}
		}
	}
}

static long number_of(const char *file, const char *name)
{
	char path[64], line[256];
	long value = -1;
	(void)snprintf(path, sizeof path, "/proc/%d/%s", hub_pid, file);
	FILE *f = fopen(path, "r");
	if (!f)
		stop(path);
	while (value < 0 && fgets(line, sizeof line, f)) {
		if (strncmp(line, name, strlen(name)) == 0)
			value = strtol(line + strlen(name), NULL, 10);
	}
	(void)fclose(f);
	return value;
}

/* Processor time in clock ticks: fields 14 and 15 of /proc/PID/stat. */
static long ticks(void)
{
	char path[64], line[1024] = "";
	(void)snprintf(path, sizeof path, "/proc/%d/stat", hub_pid);
	FILE *f = fopen(path, "r");
	if (!f || !fgets(line, sizeof line, f))
		stop(path);
	(void)fclose(f);
	char *at = strrchr(line, ')');
	for (int i = 0; at && i < 12; i++)
		at = strchr(at + 1, ' ');
	return at ? strtol(at, &at, 10) + strtol(at, NULL, 10) : 0;
}

/* Everything that was asked has been looked at: the hub uses no time any more. */
static void wait_for_rest(void)
{
	int64_t end_ms = clock_mono_ms() + DEADLINE_MS, since_ms = clock_mono_ms();
	for (long before = ticks(); clock_mono_ms() - since_ms < REST_MS;) {
		(void)usleep(20000); /* between two looks */
		long now = ticks();
		if (now != before)
			since_ms = clock_mono_ms();
		before = now;
		if (clock_mono_ms() > end_ms)
			stop("the hub does not come to rest");
	}
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static bool change(int round, char **command)
{
	int status;
	int64_t began_ms = clock_mono_ms(), *late_ms = alloc_zero((size_t)asker_count, sizeof *late_ms);
	pid_t pid = fork();
	if (pid == 0) {
		(void)execvp(command[0], command);
		_exit(127);
	}
	take_all(true);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		stop(command[0]);
	int held = 0, fresh = 0;
	for (int i = 0; i < asker_count; i++) {
		late_ms[i] = askers[i].answered_ms - began_ms;
		held += askers[i].was_held;
		fresh += askers[i].status == 200;
	}
	qsort(late_ms, (size_t)asker_count, sizeof *late_ms, compare);
	int64_t p50 = late_ms[asker_count / 2], p99 = late_ms[asker_count - 1 - asker_count / 100];
	(void)printf("round %d: %d waited, %d have the new head; after p50 %lld ms, p99 %lld ms, last %lld ms\n", round,
		held, fresh, (long long)p50, (long long)p99, (long long)late_ms[asker_count - 1]);
	free(late_ms);
	return held == asker_count && fresh == asker_count && p99 <= P99_MAX_MS;
}

static bool are_let_go_in_time(void)
{
	for (int i = 0; i < asker_count; i++) /* the farthest first, and all mixed */
		ask(&askers[i], SPREAD_S - i % SPREAD_S);
	take_all(false);
	int bad = 0;
	int64_t latest_ms = 0;
	for (int i = 0; i < asker_count; i++) {
		int64_t late_ms = askers[i].answered_ms - askers[i].asked_ms - askers[i].wait_s * 1000;
		latest_ms = late_ms > latest_ms ? late_ms : latest_ms;
		bad += askers[i].status != 304 || !askers[i].was_held || late_ms < -5 || late_ms > LATE_MS;
	}
	(void)printf("%d waited 1 to %d s: each its own time, %lld ms late at most\n", asker_count - bad, SPREAD_S,
		(long long)latest_ms);
	return bad == 0;
}

static void raise_file_limit(void)
{
	struct rlimit l;
	rlim_t wanted = (rlim_t)asker_count + 32;
	if (getrlimit(RLIMIT_NOFILE, &l) != 0)
		stop("getrlimit");
	l.rlim_cur = wanted > l.rlim_cur ? wanted : l.rlim_cur;
	if (setrlimit(RLIMIT_NOFILE, &l) != 0)
		stop("so many files may not be open");
}

int main(int argc, char **argv)
{
	if (argc < 5)
		return 2;
	int port = atoi(argv[1]);
	hub_pid = atoi(argv[2]);
	asker_count = atoi(argv[3]);
	askers = alloc_zero((size_t)asker_count, sizeof *askers);
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	raise_file_limit();
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	long before_kb = number_of("status", "VmRSS:");
	for (int i = 0; i < asker_count; i++)
		connect_to(&askers[i], port);
	for (int i = 0; i < asker_count; i++) /* the first time each gets it at once */
		ask(&askers[i], WAIT_S);
	bool is_spread = strcmp(argv[4], "--spread") == 0;
	take_all(!is_spread);
	if (is_spread)
		return are_let_go_in_time() ? 0 : 1;
	bool ok = argc > 5;
	for (int round = 1; ok && round <= atoi(argv[4]); round++) {
		wait_for_rest();
		ok = change(round, argv + 5);
	}
	wait_for_rest();
	long now_kb = number_of("status", "VmRSS:");
	(void)printf("the hub: %ld kB before, %ld kB with %d waiting: %.1f kB each; %ld threads\n", before_kb, now_kb, asker_count,
		(double)(now_kb - before_kb) / asker_count, number_of("status", "Threads:"));
	return ok ? 0 : 1;
}
