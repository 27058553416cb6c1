/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/trial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"

#define SAID_BYTES_MAX 4096
#define STEP_MS 200

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
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	(void)unshare(CLONE_NEWUSER |
		      CLONE_NEWNET); /* refused in some places; the sandbox of the unit holds then */
	int nothing = open("/dev/null", O_RDWR);
	if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(nothing, STDOUT_FILENO) >= 0 &&
		dup2(said, STDERR_FILENO) >= 0)
		execv(t->program, (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* Reads what the child says until it closes its end. False when time is up. */
static bool listen_to(int fd, int64_t deadline_s, volatile sig_atomic_t *stop, struct buf *said)
{
	int64_t until = clock_mono_ms() + deadline_s * 1000;
	while (!*stop && clock_mono_ms() < until) {
		char piece[1024];
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if (poll(&p, 1, STEP_MS) <= 0)
			continue;
		ssize_t n = read(fd, piece, sizeof piece);
		if (n == 0)
			return true;
		if (n > 0 && said->len < SAID_BYTES_MAX)
			buf_add(said, piece, (size_t)n);
	}
	return false;
}

/* The last error line, without its level and room. */
static const char *reason_of(struct buf *said)
{
	if (!said->len)
		return "said nothing";
	while (said->len && said->data[said->len - 1] == '\n')
		said->data[--said->len] = '\0';
	const char *line = strrchr(said->data, '\n');
	line = line ? line + 1 : said->data;
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
	else if (WEXITSTATUS(status) == 127)
		err_set(e, ERR_DISK, "trial: %s cannot be started", t->program);
	else
		err_set(e, ERR_FORMAT, "trial: %s", reason);
}

bool trial_run(const struct trial *t, volatile sig_atomic_t *stop, struct err *e)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_DISK, "trial: %s", strerror(errno));
	pid_t child = fork();
	if (child == 0)
		become_trial(t, ends[1]);
	(void)close(ends[1]);
	if (child < 0) {
		(void)close(ends[0]);
		return err_set(e, ERR_DISK, "trial: %s", strerror(errno));
	}
	struct buf said = {0};
	bool in_time = listen_to(ends[0], t->deadline_s, stop, &said);
	if (!in_time)
		(void)kill(child, SIGKILL);
	(void)close(ends[0]);
	int status = 0;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	bool ok = WIFEXITED(status) && WEXITSTATUS(status) == 0 && in_time;
	if (!ok)
		tell_failure(t, status, in_time, *stop != 0, reason_of(&said), e);
	buf_finish(&said);
	return ok;
}
