/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/waiters.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"

#define HELD_MAX 4096 /* more than connections are let in */
#define IDLE_MS 3600000

struct held {
	struct MHD_Connection *connection;
	int64_t until_ms;
};

struct waiters {
	pthread_t thread;
	pthread_mutex_t lock; /* over everything below */
	int watch_fd, wake_fd;
	bool is_ending, is_released;
	uint64_t turn;
	struct held held[HELD_MAX];
	int count;
};

/* Under the lock: held[] is a heap, whose end is nearest at 0. */
static void put_held(struct waiters *w, struct held new)
{
	int at = w->count++;
	for (int above = (at - 1) / 2; at > 0 && new.until_ms < w->held[above].until_ms; above = (at - 1) / 2) {
		w->held[at] = w->held[above];
		at = above;
	}
	w->held[at] = new;
}

/* Under the lock. */
static struct held take_nearest(struct waiters *w)
{
	struct held nearest = w->held[0], moved = w->held[--w->count];
	int at = 0;
	for (int below = 1; below < w->count; below = 2 * at + 1) {
		below += below + 1 < w->count && w->held[below + 1].until_ms < w->held[below].until_ms;
		if (moved.until_ms <= w->held[below].until_ms)
			break;
		w->held[at] = w->held[below];
		at = below;
	}
	w->held[at] = moved;
	return nearest;
}

/* Under the lock, so that nobody is still being resumed once release() is done. */
static void resume_until(struct waiters *w, int64_t now_ms)
{
	while (w->count > 0 && w->held[0].until_ms <= now_ms)
		MHD_resume_connection(take_nearest(w).connection);
}

static void resume_all(struct waiters *w)
{
	for (int i = 0; i < w->count; i++)
		MHD_resume_connection(w->held[i].connection);
	w->count = 0;
}

static int next_timeout_ms(const struct waiters *w)
{
	if (w->count == 0)
		return IDLE_MS;
	int64_t left_ms = w->held[0].until_ms - clock_mono_ms();
	return left_ms > 0 ? (int)left_ms : 0;
}

static bool read_change(int fd)
{
	_Alignas(struct inotify_event) char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof bytes);
	bool is_head = false;
	for (ssize_t at = 0; at + (ssize_t)sizeof(struct inotify_event) <= n;) {
		const struct inotify_event *event = (const void *)(bytes + at);
		is_head = is_head || (event->len && strcmp(event->name, "head.json") == 0);
		at += (ssize_t)(sizeof *event + event->len);
	}
	return is_head;
}

static void *watch(void *user)
{
	struct waiters *w = user;
	struct pollfd fds[] = {{.fd = w->watch_fd, .events = POLLIN}, {.fd = w->wake_fd, .events = POLLIN}};
	for (;;) {
		(void)pthread_mutex_lock(&w->lock);
		int timeout = next_timeout_ms(w);
		bool ends = w->is_ending;
		(void)pthread_mutex_unlock(&w->lock);
		if (ends)
			return NULL;
		(void)poll(fds, 2, timeout);
		uint64_t woken;
		ssize_t ignored = fds[1].revents ? read(w->wake_fd, &woken, sizeof woken) : 0;
		(void)ignored;
		bool has_changed = fds[0].revents && read_change(w->watch_fd);
		(void)pthread_mutex_lock(&w->lock);
		w->turn += has_changed;
		if (has_changed)
			resume_all(w);
		else
			resume_until(w, clock_mono_ms());
		(void)pthread_mutex_unlock(&w->lock);
	}
}

bool waiters_start(struct waiters **out, const char *folder, struct err *e)
{
	struct waiters *w = alloc_zero(1, sizeof *w);
	(void)pthread_mutex_init(&w->lock, NULL);
	w->watch_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	w->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	bool ok = w->watch_fd >= 0 && w->wake_fd >= 0 &&
		  inotify_add_watch(w->watch_fd, folder, IN_MOVED_TO | IN_CLOSE_WRITE) >= 0 &&
		  pthread_create(&w->thread, NULL, watch, w) == 0;
	if (!ok) {
		err_set(e, ERR_IO, "%s: cannot be watched: %s", folder, strerror(errno));
		free(w);
		return false;
	}
	*out = w;
	return true;
}

static void wake(struct waiters *w)
{
	uint64_t one = 1;
	ssize_t n = write(w->wake_fd, &one, sizeof one);
	(void)n; /* a full counter wakes as well */
}

void waiters_release(struct waiters *w)
{
	(void)pthread_mutex_lock(&w->lock);
	w->is_released = true;
	resume_all(w);
	(void)pthread_mutex_unlock(&w->lock);
}

void waiters_stop(struct waiters *w)
{
	if (!w)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->is_ending = true;
	(void)pthread_mutex_unlock(&w->lock);
	wake(w);
	(void)pthread_join(w->thread, NULL);
	(void)close(w->watch_fd);
	(void)close(w->wake_fd);
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}

uint64_t waiters_turn(struct waiters *w)
{
	(void)pthread_mutex_lock(&w->lock);
	uint64_t turn = w->turn;
	(void)pthread_mutex_unlock(&w->lock);
	return turn;
}

bool waiters_hold(struct waiters *w, struct MHD_Connection *connection, uint64_t turn, int wait_s)
{
	(void)pthread_mutex_lock(&w->lock);
	bool holds = !w->is_released && turn == w->turn && w->count < HELD_MAX;
	if (holds) {
		MHD_suspend_connection(connection);
		put_held(w, (struct held){connection, clock_mono_ms() + wait_s * 1000});
	}
	bool is_nearest = holds && w->held[0].connection == connection;
	(void)pthread_mutex_unlock(&w->lock);
	if (is_nearest)
		wake(w); /* its end is nearer than what is slept for */
	return holds;
}
