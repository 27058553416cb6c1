/* SPDX-License-Identifier: Apache-2.0 */
#include <sched.h>
#include <stdatomic.h>

#include "hub/job.h"
#include "sentences.h"

#define ANNA 1
#define BERT 2

static struct jobs *jobs;
static atomic_int forgotten;
static atomic_bool may_end;

static void forget(void *user)
{
	(void)user;
	atomic_fetch_add(&forgotten, 1);
}

static bool count_to_ten(struct job *j, void *user, json_t **result, struct err *e)
{
	(void)user, (void)e;
	for (int i = 1; i <= 10; i++) {
		if (!job_goes_on(j, i / 10.0))
			return false;
	}
	*result = json_integer(10);
	return true;
}

static bool read_badly(struct job *j, void *user, json_t **result, struct err *e)
{
	(void)user, (void)result;
	job_detail(j, json_string("第三行"));
	return err_set(e, ERR_FORMAT, "读不懂");
}

static bool wait_to_be_called_off(struct job *j, void *user, json_t **result, struct err *e)
{
	(void)user, (void)result;
	job_say(j, "等待");
	while (job_goes_on(j, 0.5) && !atomic_load(&may_end))
		(void)sched_yield();
	return job_goes_on(j, 0.6) || err_set(e, ERR_BUSY, "已取消");
}

static void give(bool (*run)(struct job *, void *, json_t **, struct err *), int64_t account, char *id)
{
	struct err e = {0};
	assert_true(jobs_give(jobs, &(struct job_task){"test", account, run, forget, NULL}, id, &e));
}

static const char *state_of(const char *id, int64_t account, json_t **shown)
{
	json_decref(*shown);
	*shown = jobs_show(jobs, id, account);
	return json_string_value(json_object_get(*shown, "state"));
}

static void wait_for_end(const char *id, int64_t account, json_t **shown)
{
	while (strcmp(state_of(id, account, shown), "running") == 0)
		(void)sched_yield();
}

static void one_is_done_and_tells_what_came_of_it(void **state)
{
	(void)state;
	char id[JOB_ID_TEXT];
	json_t *shown = NULL;
	int before = atomic_load(&forgotten);
	give(count_to_ten, ANNA, id);
	wait_for_end(id, ANNA, &shown);
	assert_string_equal(state_of(id, ANNA, &shown), "done");
	assert_int_equal(json_integer_value(json_object_get(shown, "result")), 10);
	assert_true(json_is_null(json_object_get(shown, "error")));
	assert_int_equal(atomic_load(&forgotten), before + 1);
	json_decref(shown);
}

static void one_that_fails_says_why(void **state)
{
	(void)state;
	char id[JOB_ID_TEXT];
	json_t *shown = NULL;
	give(read_badly, ANNA, id);
	wait_for_end(id, ANNA, &shown);
	assert_string_equal(state_of(id, ANNA, &shown), "failed");
	const json_t *error = json_object_get(shown, "error");
	assert_string_equal(json_string_value(json_object_get(error, "code")), "invalid");
	assert_string_equal(json_string_value(json_object_get(error, "message")), "读不懂");
	assert_int_equal(json_array_size(json_object_get(error, "details")), 1);
	json_decref(shown);
}

static void it_is_nobody_elses(void **state)
{
	(void)state;
	char id[JOB_ID_TEXT];
	json_t *shown = NULL;
	give(count_to_ten, ANNA, id);
	assert_null(jobs_show(jobs, id, BERT));
	assert_false(jobs_cancel(jobs, id, BERT));
	assert_null(jobs_show(jobs, "0123", ANNA));
	wait_for_end(id, ANNA, &shown);
	json_decref(shown);
}

static void one_that_runs_is_called_off(void **state)
{
	(void)state;
	char id[JOB_ID_TEXT];
	json_t *shown = NULL;
	give(wait_to_be_called_off, ANNA, id);
	while (state_of(id, ANNA, &shown) && !json_is_string(json_object_get(shown, "message")))
		(void)sched_yield();
	assert_true(jobs_cancel(jobs, id, ANNA));
	wait_for_end(id, ANNA, &shown);
	assert_string_equal(state_of(id, ANNA, &shown), "cancelled");
	json_decref(shown);
}

static void one_account_has_eight_at_most(void **state)
{
	(void)state;
	char ids[JOB_OF_ONE_MAX][JOB_ID_TEXT], id[JOB_ID_TEXT];
	struct err e = {0};
	json_t *shown = NULL;
	for (int i = 0; i < JOB_OF_ONE_MAX; i++)
		give(wait_to_be_called_off, ANNA, ids[i]);
	assert_false(jobs_give(
		jobs, &(struct job_task){"test", ANNA, count_to_ten, forget, NULL}, id, &e));
	assert_int_equal(e.kind, ERR_BUSY);
	give(wait_to_be_called_off, BERT, id);
	assert_true(jobs_cancel(jobs, ids[JOB_OF_ONE_MAX - 1], ANNA)); /* it only waits */
	assert_string_equal(state_of(ids[JOB_OF_ONE_MAX - 1], ANNA, &shown), "cancelled");
	atomic_store(&may_end, true);
	wait_for_end(id, BERT, &shown);
	for (int i = 0; i < JOB_OF_ONE_MAX; i++)
		wait_for_end(ids[i], ANNA, &shown);
	json_decref(shown);
}

static void what_ended_long_ago_is_forgotten(void **state)
{
	(void)state;
	char first[JOB_ID_TEXT], id[JOB_ID_TEXT];
	json_t *shown = NULL;
	give(count_to_ten, ANNA, first);
	for (int i = 0; i <= JOB_KEPT_MAX; i++) {
		give(count_to_ten, ANNA, id);
		wait_for_end(id, ANNA, &shown);
	}
	json_decref(shown);
	assert_null(jobs_show(jobs, first, ANNA));
	shown = jobs_show(jobs, id, ANNA);
	assert_non_null(shown);
	json_decref(shown);
}

int main(void)
{
	struct err e = {0};
	static struct sentences s;
	if (!jobs_start(&jobs, 2, &e))
		abort();
	sentences_add(&s, "one is done and tells what came of it", one_is_done_and_tells_what_came_of_it, NULL);
	sentences_add(&s, "one that fails says why", one_that_fails_says_why, NULL);
	sentences_add(&s, "it is nobody else's", it_is_nobody_elses, NULL);
	sentences_add(&s, "one that runs is called off", one_that_runs_is_called_off, NULL);
	sentences_add(&s, "one account has eight at most", one_account_has_eight_at_most, NULL);
	sentences_add(&s, "what ended long ago is forgotten", what_ended_long_ago_is_forgotten, NULL);
	int failed = sentences_run(&s, "job");
	jobs_stop(jobs);
	return failed;
}
