/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/sandbox.h"
#include "base/utf8.h"

#define SAID_BYTES_MAX 4096
#define REASON_BYTES_MAX 400
#define PIPE_PIECES 17 /* pipe(7): 64 KiB, and one begun */
#define STEP_MS 200
#define ORPHAN_ROUNDS 1000
#define MACHINE_FAILED 3 /* what fangzi-kiosk trial ends with when the version is not to blame */

/* In the child: no network where the kernel lets an ordinary user have a namespace of
 * his own, no new rights, and only what it needs on its descriptors. */
static _Noreturn void become_trial(const struct trial *t, int said)
{
	const char *argv[16] = {
		t->program, "trial", "--trust", t->trust, "--manifest", t->manifest, "--objects", t->objects};
	int argc = 8;
	if (t->at) {
		argv[argc++] = "--at";
		argv[argc++] = t->at;
	}
	if (t->config) {
		argv[argc++] = "--config";
		argv[argc++] = t->config;
	}
	struct err ignored = {0};
	(void)setpgid(0, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	(void)unshare(CLONE_NEWUSER |
		      CLONE_NEWNET); /* refused in some places; the sandbox of the unit holds then */
	int nothing = open("/dev/null", O_RDWR);
	if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(nothing, STDOUT_FILENO) >= 0 &&
		dup2(said, STDERR_FILENO) >= 0 && fcntl(STDERR_FILENO, F_SETFL, 0) == 0 &&
		sandbox_limit(&ignored))
		execv(t->program, (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* What is still to come of a child. */
struct watch {
	pid_t child;
	int end; /* readable once it has ended; -1: the kernel cannot say so */
	int fd; /* where it speaks; -1: it has closed that */
	int status;
	struct buf said;
};

/* Keeps the last of it: an error stands behind whatever else was said. False when there
 * is nothing to hear now. */
static bool hear(struct watch *w)
{
	char piece[SAID_BYTES_MAX];
	ssize_t n = read(w->fd, piece, sizeof piece);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		(void)close(w->fd);
		w->fd = -1;
	}
	if (n <= 0)
		return false;
	buf_add(&w->said, piece, (size_t)n);
	if (w->said.len > SAID_BYTES_MAX) {
		memmove(w->said.data, w->said.data + w->said.len - SAID_BYTES_MAX, SAID_BYTES_MAX + 1);
		w->said.len = SAID_BYTES_MAX;
	}
	return true;
}

/* Listens until the child ends, whoever else holds its end of the pipe, and whether it
 * still speaks. False when time is up. */
static bool watch_until_end(struct watch *w, int64_t deadline_s, volatile sig_atomic_t *stop)
{
	int64_t until = clock_mono_ms() + deadline_s * 1000;
	while (!*stop && clock_mono_ms() < until) {
		struct pollfd p[] = {{.fd = w->fd, .events = POLLIN}, {.fd = w->end, .events = POLLIN}};
		(void)poll(p, 2, STEP_MS);
		bool has_ended = waitpid(w->child, &w->status, WNOHANG) == w->child;
		/* Of one that has ended all that the pipe holds; others may still write to it. */
		for (int i = 0; w->fd >= 0 && i < (has_ended ? PIPE_PIECES : 1) && hear(w);)
			i++;
		if (has_ended)
			return true;
	}
	return false;
}

/* What the child left behind, also in a session of its own, was handed to us. */
static void end_orphans(void)
{
	char path[64], line[256];
	(void)snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
	for (int round = 0; round < ORPHAN_ROUNDS; round++) {
		FILE *f = fopen(path, "re");
		char *rest = f ? fgets(line, sizeof line, f) : NULL;
		pid_t orphan = rest ? (pid_t)strtol(rest, NULL, 10) : 0;
		if (f)
			(void)fclose(f);
		if (orphan <= 0 || kill(orphan, SIGKILL) != 0)
			return;
		while (waitpid(orphan, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
}

/* One line of text, whatever it was. */
static void clean(char *line)
{
	char *to = line;
	const char *at = line;
	for (uint32_t point; (point = utf8_next(&at)) != 0;) {
		char bytes[5];
		bool is_text = point != UTF8_BAD && point >= 0x20 && (point < 0x7f || point > 0x9f);
		size_t len = utf8_put(bytes, is_text ? point : '?');
		if ((size_t)(to - line) + len > REASON_BYTES_MAX)
			break;
		memcpy(to, bytes, len);
		to += len;
	}
	*to = '\0';
}

/* The last error line, without its level and room. */
static const char *reason_of(struct buf *said)
{
	while (said->len && (said->data[said->len - 1] == '\n' || said->data[said->len - 1] == '\0'))
		said->data[--said->len] = '\0';
	if (!said->len)
		return "said nothing";
	for (size_t i = 0; i < said->len; i++) {
		if (!said->data[i])
			said->data[i] = '?';
	}
	char *line = memrchr(said->data, '\n', said->len);
	line = line ? line + 1 : said->data;
	clean(line);
	const char *start = strstr(line, "kiosk: ");
	return start ? start + strlen("kiosk: ") : line;
}

static void tell_failure(
	const struct trial *t, int status, bool in_time, bool was_stopped, const char *reason, struct err *e)
{
	if (was_stopped)
		err_set(e, ERR_NETWORK, "stopped");
	else if (!in_time)
		err_set(e, ERR_FORMAT, "trial: not done after %lld s", (long long)t->deadline_s);
	else if (WIFSIGNALED(status))
		err_set(e, ERR_FORMAT, "trial: died of signal %d", WTERMSIG(status));
	else if (WEXITSTATUS(status) == MACHINE_FAILED)
		err_set(e, ERR_DISK, "trial: %s", reason);
	else if (WEXITSTATUS(status) == 127)
		err_set(e, ERR_DISK, "trial: %s cannot be started", t->program);
	else
		err_set(e, ERR_FORMAT, "trial: %s", reason);
}

bool trial_run(const struct trial *t, volatile sig_atomic_t *stop, struct err *e)
{
	int ends[2];
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
		return err_set(e, ERR_DISK, "trial: %s", strerror(errno));
	pid_t child = fork();
	if (child == 0)
		become_trial(t, ends[1]);
	(void)close(ends[1]);
	if (child < 0) {
		(void)close(ends[0]);
		return err_set(e, ERR_DISK, "trial: %s", strerror(errno));
	}
	struct watch w = {.child = child, .fd = ends[0], .end = (int)syscall(SYS_pidfd_open, child, 0)};
	bool in_time = watch_until_end(&w, t->deadline_s, stop);
	if (!in_time) {
		(void)kill(child, SIGKILL);
		while (waitpid(child, &w.status, 0) < 0 && errno == EINTR)
			continue;
	}
	(void)kill(-child, SIGKILL);
	end_orphans();
	if (w.fd >= 0)
		(void)close(w.fd);
	if (w.end >= 0)
		(void)close(w.end);
	bool ok = in_time && WIFEXITED(w.status) && WEXITSTATUS(w.status) == 0;
	if (!ok)
		tell_failure(t, w.status, in_time, *stop != 0, reason_of(&w.said), e);
	buf_finish(&w.said);
	return ok;
}
