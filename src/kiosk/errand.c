/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "kiosk/cec.h"

#define LASTS_MS 20000
#define AGAIN_MS 60000

/* Nothing but calls that a fork of a program with threads may make. */
static _Noreturn void become(const char *command)
{
	int nothing = open("/dev/null", O_RDONLY);
	if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static bool is_by_cec(const struct errand *r)
{
	return !r->dark && !r->light;
}

static void start(struct errand *r, bool is_lit, int64_t now_ms)
{
	const char *command = is_lit ? r->light : r->dark;
	if (is_by_cec(r) ? !cec_is_there(r->cec_folder) : !command) {
		r->is_done_known = true;
		r->done_is_lit = is_lit;
		return;
	}
	r->runs_for_lit = is_lit;
	r->began_ms = now_ms;
	r->pid = fork();
	if (r->pid == 0)
		(void)setpgid(0, 0); /* with what it starts it is ended */
	if (r->pid == 0 && !command)
		_exit((int)cec_say(r->cec_folder, is_lit, cec_ask_kernel));
	if (r->pid == 0)
		become(command);
	if (r->pid < 0) {
		r->pid = 0;
		r->again_ms = now_ms + AGAIN_MS;
	}
}

static void bury(struct errand *r, int status, int64_t now_ms)
{
	const char *name = is_by_cec(r) ? "HDMI-CEC" : r->runs_for_lit ? "light-command" : "dark-command";
	bool is_unheard = is_by_cec(r) && WIFEXITED(status) && WEXITSTATUS(status) == CEC_UNHEARD;
	r->pid = 0;
	if (is_unheard && !r->is_silence_told)
		log_line(LOG_INFO, "kiosk: no television listens on HDMI-CEC");
	r->is_silence_told = is_unheard;
	if (is_unheard || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
		r->is_done_known = true;
		r->done_is_lit = r->runs_for_lit;
		r->is_told = false;
		return;
	}
	r->again_ms = now_ms + AGAIN_MS;
	if (!r->is_told)
		log_line(LOG_WARNING, "kiosk: %s failed (%s %d): %sit is tried again each minute", name,
			WIFSIGNALED(status) ? "signal" : "exit",
			WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
			is_by_cec(r) ? "" : "try it by hand; ");
	r->is_told = true;
}

void errand_want(struct errand *r, bool is_lit, int64_t now_ms)
{
	int status;
	if (r->pid && waitpid(r->pid, &status, WNOHANG) == r->pid)
		bury(r, status, now_ms);
	else if (r->pid && now_ms - r->began_ms > LASTS_MS)
		(void)kill(-r->pid, SIGKILL); /* and buried the next time */
	bool is_due = !r->is_done_known || r->done_is_lit != is_lit;
	bool is_another = r->runs_for_lit != is_lit; /* than the one that failed */
	if (!r->pid && is_due && (now_ms >= r->again_ms || is_another))
		start(r, is_lit, now_ms);
}

void errand_finish(struct errand *r)
{
	if (!r->pid)
		return;
	(void)kill(-r->pid, SIGKILL); /* who ends us waits for nobody's command */
	while (waitpid(r->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	r->pid = 0;
}
