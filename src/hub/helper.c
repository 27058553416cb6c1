/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/strict.h"

#define STEP_MS 200
#define PIECE_BYTES 65536

extern char **environ;

/* A child and what it has told so far. */
struct listening {
	const struct helper_task *task;
	pid_t child;
	int fd;
	struct buf heard; /* begins at a record */
	size_t searched; /* of its first line */
	json_t *record; /* whose bytes are still to come */
	size_t bytes; /* that come behind it */
	int records;
	bool has_ended; /* it said how */
	bool is_well; /* and that it went well */
};

/* ---- starting -------------------------------------------------------------------- */

/* Bytes as a file that has no name. Read from its beginning. -1: no room. */
static int file_of(const char *name, const void *bytes, size_t len)
{
	int fd = memfd_create(name, MFD_CLOEXEC);
	for (size_t done = 0; fd >= 0 && done < len;) {
		ssize_t n = write(fd, (const char *)bytes + done, len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			(void)close(fd);
			return -1;
		}
		done += (size_t)n;
	}
	if (fd >= 0)
		(void)lseek(fd, 0, SEEK_SET);
	return fd;
}

/* Above 3, or one dup2() would close what the next one needs. */
static int lift(int fd)
{
	if (fd < 0 || fd > 3)
		return fd;
	int high = fcntl(fd, F_DUPFD_CLOEXEC, 4);
	(void)close(fd);
	return high;
}

static bool spawn(struct listening *l, int request, int payload, int told)
{
	const struct helper_task *t = l->task;
	char *argv[] = {(char *)(uintptr_t)t->program, (char *)(uintptr_t)t->command, NULL};
	posix_spawn_file_actions_t f;
	posix_spawnattr_t a;
	sigset_t none;
	(void)sigemptyset(&none);
	(void)posix_spawn_file_actions_init(&f);
	(void)posix_spawnattr_init(&a);
	bool ok = posix_spawn_file_actions_adddup2(&f, request, 0) == 0 &&
		  posix_spawn_file_actions_adddup2(&f, told, 1) == 0 &&
		  posix_spawn_file_actions_addopen(&f, 2, "/dev/null", O_WRONLY, 0) == 0 &&
		  posix_spawn_file_actions_adddup2(&f, payload, 3) == 0 &&
		  posix_spawn_file_actions_addclosefrom_np(&f, 4) == 0 &&
		  posix_spawnattr_setflags(&a, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK) == 0 &&
		  posix_spawnattr_setsigmask(&a, &none) == 0 &&
		  posix_spawn(&l->child, t->program, &f, &a, argv, environ) == 0;
	(void)posix_spawn_file_actions_destroy(&f);
	(void)posix_spawnattr_destroy(&a);
	return ok;
}

static bool start(struct listening *l, struct err *e)
{
	const struct helper_task *t = l->task;
	int ends[2] = {-1, -1};
	char *text = json_dumps(t->request, JSON_COMPACT);
	int request = lift(file_of("request", text, strlen(text)));
	int payload = lift(file_of("payload", t->payload, t->payload_len));
	free(text);
	bool ok = request >= 0 && payload >= 0 && pipe2(ends, O_CLOEXEC) == 0;
	int told = lift(ends[1]);
	l->fd = ends[0];
	ok = ok && told >= 0 && spawn(l, request, payload, told);
	if (!ok)
		err_set(e, ERR_DISK, "%s %s: 无法启动", t->program, t->command);
	const int mine[] = {request, payload, told};
	for (size_t i = 0; i < sizeof mine / sizeof mine[0]; i++) {
		if (mine[i] >= 0)
			(void)close(mine[i]);
	}
	return ok;
}

/* ---- listening -------------------------------------------------------------------- */

/* What only this file understands: how the child ended. */
static bool take_end(struct listening *l, struct err *e)
{
	const json_t *failed = json_object_get(l->record, "failed");
	json_int_t kind = json_integer_value(json_object_get(l->record, "kind"));
	l->has_ended = true;
	l->is_well = !failed;
	if (failed)
		return err_set(e, kind > ERR_NONE && kind <= ERR_BUSY ? (enum err_kind)kind : ERR_FORMAT, "%s",
			json_is_string(failed) ? json_string_value(failed) : "");
	return true;
}

static bool take_record(struct listening *l, struct err *e)
{
	struct buf behind = {.data = l->heard.data, .len = l->bytes};
	bool ok;
	if (++l->records > HELPER_RECORDS_MAX || l->has_ended)
		ok = err_set(e, ERR_FORMAT, "子程序所报过多");
	else if (json_object_get(l->record, "failed") || json_object_get(l->record, "done"))
		ok = take_end(l, e);
	else
		ok = l->task->take(l->task->user, l->record, &behind, e);
	json_decref(l->record);
	l->record = NULL;
	return ok;
}

static void forget(struct listening *l, size_t len)
{
	l->heard.len -= len;
	memmove(l->heard.data, l->heard.data + len, l->heard.len + 1);
	l->searched = 0;
}

/* The line of a record, once all of it is there. */
static bool read_line(struct listening *l, struct err *e)
{
	struct buf *h = &l->heard;
	char *end = h->len > l->searched ? memchr(h->data + l->searched, '\n', h->len - l->searched) : NULL;
	l->searched = h->len;
	if (!end)
		return h->len <= HELPER_LINE_BYTES_MAX || err_set(e, ERR_FORMAT, "子程序所报过长");
	l->record = strict_parse(h->data, (size_t)(end - h->data), e);
	if (!l->record)
		return false;
	json_int_t bytes = json_integer_value(json_object_get(l->record, "bytes"));
	if (bytes < 0 || bytes > HELPER_BYTES_MAX)
		return err_set(e, ERR_FORMAT, "子程序所报过大");
	l->bytes = (size_t)bytes;
	forget(l, (size_t)(end - h->data) + 1);
	return true;
}

static bool take_heard(struct listening *l, struct err *e)
{
	for (;;) {
		if (!l->record && !read_line(l, e))
			return false;
		if (!l->record || l->heard.len < l->bytes)
			return true; /* so far */
		size_t bytes = l->bytes;
		if (!take_record(l, e))
			return false;
		forget(l, bytes);
	}
}

/* Until the pipe's end. */
static bool listen_to(struct listening *l, struct err *e)
{
	const struct helper_task *t = l->task;
	int64_t until = clock_mono_ms() + t->deadline_ms;
	char piece[PIECE_BYTES];
	for (;;) {
		struct pollfd p = {.fd = l->fd, .events = POLLIN};
		if (t->goes_on && !t->goes_on(t->user))
			return err_set(e, ERR_BUSY, "已取消");
		if (clock_mono_ms() >= until)
			return err_set(e, ERR_FORMAT, "超过 %lld 秒未完成", (long long)(t->deadline_ms / 1000));
		if (poll(&p, 1, STEP_MS) <= 0)
			continue;
		ssize_t n = read(l->fd, piece, sizeof piece);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		buf_add(&l->heard, piece, (size_t)n);
		if (!take_heard(l, e))
			return false;
	}
}

static void end_child(struct listening *l, int *status)
{
	(void)kill(-l->child, SIGKILL); /* its group: it starts nothing, but who knows */
	while (waitpid(l->child, status, 0) < 0 && errno == EINTR)
		continue;
}

bool helper_run(const struct helper_task *t, struct err *e)
{
	struct listening l = {.task = t, .fd = -1};
	int status = 0;
	*e = (struct err){0};
	bool ok = start(&l, e);
	if (ok) {
		ok = listen_to(&l, e);
		end_child(&l, &status);
	}
	if (ok && !l.is_well)
		ok = err_set(e, ERR_FORMAT, WIFSIGNALED(status) ? "子程序因信号 %d 中止" : "子程序以 %d 结束",
			WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	if (l.fd >= 0)
		(void)close(l.fd);
	json_decref(l.record);
	buf_finish(&l.heard);
	return ok;
}
