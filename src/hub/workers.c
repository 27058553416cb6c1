/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/workers.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct task {
	void (*work)(void *user);
	void *user;
};

struct workers {
	pthread_mutex_t lock; /* over everything below */
	pthread_cond_t has_work;
	struct task queue[WORKERS_QUEUE_MAX];
	int first, count;
	bool is_ending;
	pthread_t threads[16];
	int thread_count;
};

static void *run(void *user)
{
	struct workers *w = user;
	(void)pthread_mutex_lock(&w->lock);
	for (;;) {
		while (w->count == 0 && !w->is_ending)
			(void)pthread_cond_wait(&w->has_work, &w->lock);
		if (w->count == 0)
			break;
		struct task t = w->queue[w->first];
		w->first = (w->first + 1) % WORKERS_QUEUE_MAX;
		w->count--;
		(void)pthread_mutex_unlock(&w->lock);
		t.work(t.user);
		(void)pthread_mutex_lock(&w->lock);
	}
	(void)pthread_mutex_unlock(&w->lock);
	return NULL;
}

bool workers_start(struct workers **out, int count, struct err *e)
{
	struct workers *w = alloc_zero(1, sizeof *w);
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->has_work, NULL);
	*out = w;
	int room = (int)(sizeof w->threads / sizeof w->threads[0]);
	for (int i = 0; i < count && i < room; i++) {
		if (pthread_create(&w->threads[w->thread_count], NULL, run, w) != 0)
			return err_set(e, ERR_IO, "no thread for requests");
		w->thread_count++;
	}
	return true;
}

bool workers_give(struct workers *w, void (*work)(void *user), void *user)
{
	(void)pthread_mutex_lock(&w->lock);
	bool has_room = w->count < WORKERS_QUEUE_MAX && !w->is_ending;
	if (has_room) {
		w->queue[(w->first + w->count++) % WORKERS_QUEUE_MAX] = (struct task){work, user};
		(void)pthread_cond_signal(&w->has_work);
	}
	(void)pthread_mutex_unlock(&w->lock);
	return has_room;
}

void workers_stop(struct workers *w)
{
	if (!w)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->is_ending = true;
	(void)pthread_cond_broadcast(&w->has_work);
	(void)pthread_mutex_unlock(&w->lock);
	for (int i = 0; i < w->thread_count; i++)
		(void)pthread_join(w->threads[i], NULL);
	(void)pthread_cond_destroy(&w->has_work);
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}
