/* job.h - what takes longer than a person likes to wait: it has a name, tells how far it is
 * and can be called off.
 *
 * Jobs are done by threads of their own, in the order in which they came; how many wait is
 * bounded, and so is how long what came of them is kept. They do not outlive the process.
 * Any thread. */
#ifndef JOB_H
#define JOB_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define JOB_ID_TEXT 33
#define JOB_WAITING_MAX 64
#define JOB_KEPT_MAX 512 /* ended ones, oldest first forgotten */
#define JOB_OF_ONE_MAX 8 /* waiting or running, of one account */

struct jobs;
struct job;

struct job_task {
	const char *kind; /* static: "preview" */
	int64_t account; /* whose it is */
	/* *result: a new reference or NULL. False with *e: it failed. It asks job_goes_on() now and
	 * then and returns false once that is false. */
	bool (*run)(struct job *j, void *user, json_t **result, struct err *e);
	void (*forget)(void *user); /* user is no longer needed; NULL is fine */
	void *user;
};

bool jobs_start(struct jobs **out, int threads, struct err *e);

/* Calls all off and waits for their end. NULL is fine. */
void jobs_stop(struct jobs *all);

/* Takes the task, also when it refuses. ERR_BUSY: too many wait. */
bool jobs_give(struct jobs *all, const struct job_task *t, char id[static JOB_ID_TEXT], struct err *e);

/* As the API tells it ("Job"); NULL: the account has none of that id. */
json_t *jobs_show(struct jobs *all, const char *id, int64_t account);

/* False: the account has none of that id. One that has ended stays as it ended. */
bool jobs_cancel(struct jobs *all, const char *id, int64_t account);

/* ---- for the one who does it ------------------------------------------------------- */

/* Tells how far it is, 0..1 (it never goes back). False: it was called off. A painter_watch. */
bool job_goes_on(void *job, double done);
void job_say(struct job *j, const char *message);

/* An entry of the error's "details"; takes it. */
void job_detail(struct job *j, json_t *detail);

#endif
