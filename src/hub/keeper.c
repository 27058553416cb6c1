/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/keeper.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"

#define LOOK_MS 15000

struct keeper {
	struct publisher *publisher;
	pthread_t thread;
	pthread_mutex_t lock; /* over is_ending */
	pthread_cond_t is_woken;
	bool is_ending;
};

static bool wait_for_next(struct keeper *k)
{
	struct clock clock = clock_system();
	int64_t until_ms = clock_utc_ms(&clock) + LOOK_MS;
	struct timespec until = {until_ms / 1000, (long)(until_ms % 1000) * 1000000};
	int timed_out = 0;
	(void)pthread_mutex_lock(&k->lock);
	while (!k->is_ending && !timed_out)
		timed_out = pthread_cond_timedwait(&k->is_woken, &k->lock, &until);
	bool goes_on = !k->is_ending;
	(void)pthread_mutex_unlock(&k->lock);
	return goes_on;
}

static void *run(void *user)
{
	struct keeper *k = user;
	bool has_failed = false;
	do {
		struct err e = {0};
		bool ok = publisher_renew(k->publisher, PUBLISHER_RENEW_S, &e);
		if (!ok && !has_failed)
			log_line(LOG_ERROR, "hub: the head is not renewed: %s", e.text);
		if (ok && has_failed)
			log_line(LOG_INFO, "hub: the head is renewed again");
		has_failed = !ok;
	} while (wait_for_next(k));
	return NULL;
}

bool keeper_start(struct keeper **out, struct publisher *p, struct err *e)
{
	struct keeper *k = alloc_zero(1, sizeof *k);
	k->publisher = p;
	(void)pthread_mutex_init(&k->lock, NULL);
	(void)pthread_cond_init(&k->is_woken, NULL);
	if (pthread_create(&k->thread, NULL, run, k) != 0) {
		free(k);
		return err_set(e, ERR_IO, "no thread for heads");
	}
	*out = k;
	return true;
}

void keeper_stop(struct keeper *k)
{
	if (!k)
		return;
	(void)pthread_mutex_lock(&k->lock);
	k->is_ending = true;
	(void)pthread_cond_signal(&k->is_woken);
	(void)pthread_mutex_unlock(&k->lock);
	(void)pthread_join(k->thread, NULL);
	(void)pthread_cond_destroy(&k->is_woken);
	(void)pthread_mutex_destroy(&k->lock);
	free(k);
}
