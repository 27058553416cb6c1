/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/job.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "hub/api_errors.h"
#include "office/secret.h"

#define THREADS_MAX 8

enum job_state { JOB_WAITS, JOB_RUNS, JOB_DONE, JOB_FAILED, JOB_CANCELLED };
static const char *const state_words[] = {"running", "running", "done", "failed", "cancelled"};

struct job {
	struct jobs *all;
	struct job *next; /* newer */
	struct job_task task;
	char id[JOB_ID_TEXT];
	enum job_state state;
	bool is_called_off;
	double done;
	char *message;
	json_t *result, *details;
	struct err error;
};

struct jobs {
	pthread_mutex_t lock; /* over everything below, and over every job */
	pthread_cond_t has_work;
	struct job *oldest, *newest;
	int waiting, ended;
	bool is_ending;
	pthread_t threads[THREADS_MAX];
	int thread_count;
};

static void destroy(struct job *j)
{
	if (j->task.forget)
		j->task.forget(j->task.user);
	json_decref(j->result);
	json_decref(j->details);
	free(j->message);
	free(j);
}

static struct job *find_waiting(const struct jobs *all)
{
	struct job *j = all->oldest;
	while (j && j->state != JOB_WAITS)
		j = j->next;
	return j;
}

/* What ended longest ago is forgotten. */
static void trim(struct jobs *all)
{
	struct job **at = &all->oldest, *before = NULL;
	while (*at && all->ended > JOB_KEPT_MAX) {
		struct job *j = *at;
		if (j->state < JOB_DONE) {
			before = j;
			at = &j->next;
			continue;
		}
		*at = j->next;
		if (all->newest == j)
			all->newest = before;
		all->ended--;
		destroy(j);
	}
}

static void end(struct job *j, enum job_state state)
{
	j->state = state;
	j->all->ended++;
	if (j->task.forget)
		j->task.forget(j->task.user);
	j->task.forget = NULL;
	trim(j->all);
}

static void do_one(struct jobs *all, struct job *j)
{
	json_t *result = NULL;
	struct err e = {0};
	all->waiting--;
	j->state = JOB_RUNS;
	(void)pthread_mutex_unlock(&all->lock);
	bool ok = j->task.run(j, j->task.user, &result, &e);
	(void)pthread_mutex_lock(&all->lock);
	j->result = result;
	j->error = e;
	if (ok)
		j->done = 1;
	end(j, ok ? JOB_DONE : j->is_called_off ? JOB_CANCELLED : JOB_FAILED);
}

static void *run(void *user)
{
	struct jobs *all = user;
	(void)pthread_mutex_lock(&all->lock);
	while (!all->is_ending) {
		struct job *j = find_waiting(all);
		if (j)
			do_one(all, j);
		else
			(void)pthread_cond_wait(&all->has_work, &all->lock);
	}
	(void)pthread_mutex_unlock(&all->lock);
	return NULL;
}

bool jobs_start(struct jobs **out, int threads, struct err *e)
{
	struct jobs *all = alloc_zero(1, sizeof *all);
	(void)pthread_mutex_init(&all->lock, NULL);
	(void)pthread_cond_init(&all->has_work, NULL);
	for (int i = 0; i < threads && i < THREADS_MAX; i++) {
		if (pthread_create(&all->threads[i], NULL, run, all) != 0) {
			jobs_stop(all);
			return err_set(e, ERR_IO, "no thread for jobs");
		}
		all->thread_count++;
	}
	*out = all;
	return true;
}

void jobs_stop(struct jobs *all)
{
	if (!all)
		return;
	(void)pthread_mutex_lock(&all->lock);
	all->is_ending = true;
	for (struct job *j = all->oldest; j; j = j->next)
		j->is_called_off = true;
	(void)pthread_cond_broadcast(&all->has_work);
	(void)pthread_mutex_unlock(&all->lock);
	for (int i = 0; i < all->thread_count; i++)
		(void)pthread_join(all->threads[i], NULL);
	while (all->oldest) {
		struct job *j = all->oldest;
		all->oldest = j->next;
		destroy(j);
	}
	(void)pthread_cond_destroy(&all->has_work);
	(void)pthread_mutex_destroy(&all->lock);
	free(all);
}

static struct job *create(struct jobs *all, const struct job_task *t)
{
	unsigned char random[(JOB_ID_TEXT - 1) / 2];
	struct job *j = alloc_zero(1, sizeof *j);
	secret_random(random, sizeof random);
	for (size_t i = 0; i < sizeof random; i++)
		(void)snprintf(j->id + 2 * i, 3, "%02x", random[i]);
	j->all = all;
	j->task = *t;
	return j;
}

static bool may_wait(const struct jobs *all, int64_t account)
{
	int of_one = 0;
	for (const struct job *j = all->oldest; j; j = j->next)
		of_one += j->state < JOB_DONE && j->task.account == account;
	return all->waiting < JOB_WAITING_MAX && of_one < JOB_OF_ONE_MAX && !all->is_ending;
}

bool jobs_give(struct jobs *all, const struct job_task *t, char id[static JOB_ID_TEXT], struct err *e)
{
	struct job *j = create(all, t);
	memcpy(id, j->id, JOB_ID_TEXT);
	(void)pthread_mutex_lock(&all->lock);
	bool ok = may_wait(all, t->account);
	if (ok && all->newest)
		all->newest->next = j;
	else if (ok)
		all->oldest = j;
	if (ok) {
		all->newest = j;
		all->waiting++;
		(void)pthread_cond_signal(&all->has_work);
	}
	(void)pthread_mutex_unlock(&all->lock);
	if (ok)
		return true;
	destroy(j);
	return err_set(e, ERR_BUSY, "等待中的任务过多，请稍后再试");
}

static struct job *find(const struct jobs *all, const char *id, int64_t account)
{
	struct job *j = all->oldest;
	while (j && (strcmp(j->id, id) != 0 || j->task.account != account))
		j = j->next;
	return j;
}

static json_t *error_of(const struct job *j)
{
	unsigned status;
	if (j->state != JOB_FAILED)
		return json_null();
	const char *code = api_errors_code(&j->error, &status), *tab = strchr(j->error.text, '\t');
	json_t *message = json_string(tab ? tab + 1 : j->error.text);
	return json_pack("{s:s, s:o, s:O*}", "code", code, "message", message ? message : json_string("失败"),
		"details", j->details);
}

json_t *jobs_show(struct jobs *all, const char *id, int64_t account)
{
	(void)pthread_mutex_lock(&all->lock);
	const struct job *j = find(all, id, account);
	json_t *shown = !j ? NULL
			   : json_pack("{s:s, s:s, s:s, s:f, s:s?, s:O?, s:o}", "id", j->id, "kind", j->task.kind,
				     "state", state_words[j->state], "progress", j->done, "message", j->message,
				     "result", j->result, "error", error_of(j));
	(void)pthread_mutex_unlock(&all->lock);
	return shown;
}

bool jobs_cancel(struct jobs *all, const char *id, int64_t account)
{
	(void)pthread_mutex_lock(&all->lock);
	struct job *j = find(all, id, account);
	if (j)
		j->is_called_off = true;
	if (j && j->state == JOB_WAITS) {
		all->waiting--;
		end(j, JOB_CANCELLED);
	}
	bool is_there = j != NULL;
	(void)pthread_mutex_unlock(&all->lock);
	return is_there;
}

bool job_goes_on(void *job, double done)
{
	struct job *j = job;
	(void)pthread_mutex_lock(&j->all->lock);
	if (done > j->done && done <= 1)
		j->done = done;
	bool is_called_off = j->is_called_off;
	(void)pthread_mutex_unlock(&j->all->lock);
	return !is_called_off;
}

void job_say(struct job *j, const char *message)
{
	char *copy = alloc_text(message);
	(void)pthread_mutex_lock(&j->all->lock);
	free(j->message);
	j->message = copy;
	(void)pthread_mutex_unlock(&j->all->lock);
}

void job_detail(struct job *j, json_t *detail)
{
	(void)pthread_mutex_lock(&j->all->lock);
	if (!j->details)
		j->details = json_array();
	(void)json_array_append_new(j->details, detail);
	(void)pthread_mutex_unlock(&j->all->lock);
}
