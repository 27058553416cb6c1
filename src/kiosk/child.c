/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/child.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/program.h"

#define PAUSE_MIN_MS 1000
#define PAUSE_MAX_MS 60000
#define WELL_AFTER_MS 60000
#define END_MS 3000

#define WORDS_MAX 20 /* nine options, the program, and the end */

struct child {
	char program[PATH_MAX], poll_s[24];
	int argc;
	const char *argv[WORDS_MAX]; /* made before the fork: after it little may be called */
	pid_t pid; /* 0: not running */
	int fd; /* of the process; -1: not running, or the kernel has none */
	int64_t started_ms, again_ms, pause_ms;
};

static void add(struct child *c, const char *name, const char *value)
{
	if (!value)
		return;
	c->argv[c->argc++] = name;
	c->argv[c->argc++] = value;
}

static void make_argv(struct child *c, const struct options *o)
{
	program_sibling("fangzi-sync", c->program, sizeof c->program);
	(void)snprintf(c->poll_s, sizeof c->poll_s, "%lld", (long long)o->poll_s);
	c->argv[c->argc++] = o->sync ? o->sync : c->program;
	add(c, "--feed", o->feed);
	add(c, "--trust", o->trust);
	add(c, "--state", o->state);
	add(c, "--poll-s", c->poll_s);
	add(c, "--ca", o->ca);
	add(c, "--kiosk-config", o->config);
	add(c, "--at", o->at);
	add(c, "--hub", o->hub);
	add(c, "--kiosk-folder", getenv("RUNTIME_DIRECTORY")); /* as witness.c has it */
}

static void start(struct child *c)
{
	c->pid = fork();
	if (c->pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		execvp(c->argv[0], (char *const *)(uintptr_t)c->argv);
		_exit(127);
	}
	c->started_ms = clock_mono_ms();
	c->fd = c->pid > 0 ? (int)syscall(SYS_pidfd_open, c->pid, 0) : -1;
	if (c->pid < 0) {
		log_line(LOG_ERROR, "kiosk: cannot start fangzi-sync: no process to be had");
		c->pid = 0;
		c->again_ms = c->started_ms + c->pause_ms;
	}
}

struct child *child_start(const struct options *o)
{
	struct child *c = alloc_zero(1, sizeof *c);
	make_argv(c, o);
	c->pause_ms = PAUSE_MIN_MS;
	start(c);
	return c;
}

static void bury(struct child *c, int status, int64_t now_ms)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		log_line(LOG_ERROR, "kiosk: fangzi-sync is not there to be started");
	else
		log_line(LOG_WARNING, "kiosk: fangzi-sync ended (%s %d), is started again",
			WIFSIGNALED(status) ? "signal" : "exit",
			WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	if (now_ms - c->started_ms > WELL_AFTER_MS)
		c->pause_ms = PAUSE_MIN_MS;
	if (c->fd >= 0)
		(void)close(c->fd);
	c->fd = -1;
	c->pid = 0;
	c->again_ms = now_ms + c->pause_ms;
	c->pause_ms = c->pause_ms * 2 > PAUSE_MAX_MS ? PAUSE_MAX_MS : c->pause_ms * 2;
}

void child_look(struct child *c, int64_t now_ms)
{
	int status;
	if (c->pid && waitpid(c->pid, &status, WNOHANG) == c->pid)
		bury(c, status, now_ms);
	if (!c->pid && now_ms >= c->again_ms)
		start(c);
}

int child_fd(const struct child *c)
{
	return c->fd;
}

int64_t child_again_ms(const struct child *c)
{
	return c->pid ? INT64_MAX : c->again_ms;
}

void child_stop(struct child *c)
{
	if (!c)
		return;
	if (c->pid) {
		struct pollfd p = {.fd = c->fd, .events = POLLIN};
		(void)kill(c->pid, SIGTERM);
		if (c->fd < 0 || poll(&p, 1, END_MS) <= 0)
			(void)kill(c->pid, SIGKILL);
		while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	if (c->fd >= 0)
		(void)close(c->fd);
	free(c);
}
