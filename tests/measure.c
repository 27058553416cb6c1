/* SPDX-License-Identifier: Apache-2.0
 *
 * measure OUT PROGRAM [WORD..]: runs it and writes "EXIT MILLISECONDS PEAK_RSS_KB" to OUT:
 * the peak of the largest process of it and its children that it waited for. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int main(int argc, char **argv)
{
	struct rusage used;
	int status;
	if (argc < 3)
		return 2;
	long long began_ms = now_ms();
	pid_t child = fork();
	if (child == 0) {
		(void)execv(argv[2], argv + 2);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &used) != child)
		return 1;
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	FILE *f = fopen(argv[1], "w");
	if (!f || fprintf(f, "%d %lld %ld\n", code, now_ms() - began_ms, used.ru_maxrss) < 0 ||
		fclose(f) != 0)
		return 1;
	return code;
}
