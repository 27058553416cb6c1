/* SPDX-License-Identifier: Apache-2.0 */
#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

volatile sig_atomic_t program_stop;
static int wake[2] = {-1, -1};

static void on_signal(int number)
{
	int kept = errno;
	(void)number;
	program_stop = 1;
	ssize_t n = write(wake[1], "", 1);
	(void)n; /* a full pipe wakes as well */
	errno = kept;
}

void program_catch_signals(void)
{
	if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
		abort();
	struct sigaction a = {.sa_handler = on_signal};
	(void)sigemptyset(&a.sa_mask);
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	if (sigaction(SIGTERM, &a, NULL) != 0 || sigaction(SIGINT, &a, NULL) != 0 ||
		sigaction(SIGPIPE, &ignore, NULL) != 0)
		abort();
}

int program_wake_fd(void)
{
	return wake[0];
}

bool program_wait_ms(int64_t ms)
{
	struct pollfd p = {.fd = wake[0], .events = POLLIN};
	while (!program_stop && ms > 0) {
		int step = ms > INT_MAX ? INT_MAX : (int)ms;
		if (poll(&p, 1, step) == 0)
			ms -= step;
	}
	return !program_stop;
}

/* The folder that this program lies in; false: nobody knows. */
static bool own_folder(char out[static PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", out, PATH_MAX - 1);
	if (len <= 0)
		return false;
	out[len] = '\0';
	char *slash = strrchr(out, '/');
	if (slash)
		*slash = '\0';
	return slash != NULL;
}

void program_sibling(const char *name, char *out, size_t room)
{
	char own[PATH_MAX], beside[PATH_MAX + 64];
	(void)snprintf(out, room, "%s", name);
	if (!own_folder(own))
		return;
	(void)snprintf(beside, sizeof beside, "%s/%s", own, name);
	if (access(beside, X_OK) == 0)
		(void)snprintf(out, room, "%s", beside);
}

bool program_share(const char *name, char *out, size_t room)
{
	static const char *const places[] = {"/", "/../share/fangzi/"};
	char own[PATH_MAX];
	if (!own_folder(own))
		return false;
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		int used = snprintf(out, room, "%s%s%s", own, places[i], name);
		if (used > 0 && (size_t)used < room && access(out, R_OK) == 0)
			return true;
	}
	return false;
}

void program_helper(const char *name, char *out, size_t room)
{
	char own[PATH_MAX];
	program_sibling(name, out, room);
	if (!strchr(out, '/') && own_folder(own))
		(void)snprintf(out, room, "%s/../lib/fangzi/%s", own, name);
}
