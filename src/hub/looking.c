/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/looking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "hub/hub.h"
#include "hub/press.h"
#include "hub/preview.h"
#include "office/approval.h"
#include "office/item.h"
#include "office/media.h"
#include "office/publication.h"

#define OF_CANDIDATE 0.6 /* of a job's time, when what is on now is painted too */

struct looking {
	struct hub *hub;
	struct looking_wish wish;
	struct actor actor; /* of the call that began it; it borrows the two below */
	char name[ACCOUNT_NAME_MAX + 1], address[HTTP_ADDRESS_MAX + 16];
	/* As it stood when the job began to work: */
	char *document;
	char sha256[DIGEST_HEX];
	struct buf now; /* what is on now; empty: nothing */
	json_t *media;
	/* While one document is painted: */
	struct job *job;
	double from, share;
};

static void forget(void *user)
{
	struct looking *l = user;
	free(l->document);
	buf_finish(&l->now);
	json_decref(l->media);
	free(l);
}

static int64_t now_of(const struct looking *l)
{
	return clock_utc_ms(&l->hub->clock) / 1000;
}

static void add_details(struct job *j, const json_t *findings)
{
	size_t i;
	json_t *finding;
	json_array_foreach (findings, i, finding)
		job_detail(j, json_incref(finding));
}

/* ---- what is to be painted --------------------------------------------------------------- */

static bool read_candidate(struct looking *l, struct job *j, struct err *e)
{
	struct office *o = l->hub->office;
	json_t *findings = NULL;
	struct change_set s;
	bool ok;
	if (l->wish.submits) {
		ok = approval_prepare(o, l->wish.set, &l->document, l->sha256, &findings, e);
		if (!ok)
			add_details(j, findings);
		json_decref(findings);
		return ok;
	}
	ok = change_find(o, l->wish.set, &s, e);
	json_t *tree = ok ? item_document(o, l->wish.set) : NULL;
	l->document = ok ? office_canonical(tree) : NULL;
	json_decref(tree);
	return ok;
}

static bool read_all(struct looking *l, struct job *j, struct err *e)
{
	struct office *o = l->hub->office;
	office_begin(o, now_of(l), &l->actor);
	bool ok = read_candidate(l, j, e);
	int64_t current = publication_current(o);
	if (ok && current)
		publication_document(o, current, &l->now);
	l->media = media_paths(o, l->hub->press->folder);
	return office_end(o, ok, e);
}

/* ---- painting ------------------------------------------------------------------------------ */

static bool goes_on(void *user, double done)
{
	const struct looking *l = user;
	return job_goes_on(l->job, l->from + l->share * done);
}

static bool paint(struct looking *l, const void *document, size_t len, bool wants_findings, json_t **out,
	struct err *e)
{
	struct painter_wish w = {.document = document,
		.len = len,
		.media = l->media,
		.size_count = l->wish.size_count,
		.at_utc_s = l->wish.at_utc_s,
		.has_large_text = l->wish.has_large_text,
		.wants_findings = wants_findings};
	memcpy(w.sizes, l->wish.sizes, sizeof w.sizes);
	return painter_paint(l->hub->press->painter, &w, &(struct painter_watch){goes_on, l}, out, e);
}

/* What is on now may be of another time: that it cannot be painted is no reason to refuse what
 * would follow it. */
static bool paint_both(struct looking *l, json_t **candidate, json_t **now, struct err *e)
{
	struct err ignored = {0};
	l->share = l->now.len ? OF_CANDIDATE : 0.95;
	if (!paint(l, l->document, strlen(l->document), true, candidate, e))
		return false;
	l->from = l->share;
	l->share = 0.95 - l->from;
	if (l->now.len)
		(void)paint(l, l->now.data, l->now.len, false, now, &ignored);
	return job_goes_on(l->job, 0.95) || err_set(e, ERR_BUSY, "已取消");
}

/* ---- what comes of it ----------------------------------------------------------------------- */

static bool submit(struct looking *l, const json_t *candidate, const json_t *pages, struct err *e)
{
	struct approval_candidate c = {.content_sha256 = l->sha256,
		.pages_sha256 = json_string_value(json_object_get(candidate, "pages_sha256")),
		.pages = pages,
		.at_utc_s = l->wish.at_utc_s};
	int errors = (int)json_integer_value(json_object_get(candidate, "errors"));
	if (errors) {
		add_details(l->job, json_object_get(candidate, "findings"));
		return err_set(e, ERR_FORMAT, "绘制检查发现%d处错误，不能送审", errors);
	}
	office_begin(l->hub->office, now_of(l), &l->actor);
	return office_end(l->hub->office, approval_submit(l->hub->office, l->wish.set, &c, e), e);
}

static json_t *result_of(const json_t *candidate, const json_t *pages)
{
	return json_pack("{s:O*, s:O*, s:O, s:O, s:O*, s:O*, s:O*}", "at", json_object_get(candidate, "at"), "size",
		json_array_get(json_object_get(candidate, "sizes"), 0), "pages", pages, "findings",
		json_object_get(candidate, "findings"), "errors", json_object_get(candidate, "errors"), "sizes",
		json_object_get(candidate, "sizes"), "pages_sha256", json_object_get(candidate, "pages_sha256"));
}

static bool run(struct job *j, void *user, json_t **result, struct err *e)
{
	struct looking *l = user;
	json_t *candidate = NULL, *now = NULL;
	l->job = j;
	bool ok = read_all(l, j, e) && paint_both(l, &candidate, &now, e);
	json_t *pages = ok ? preview_compare(json_object_get(candidate, "pages"), json_object_get(now, "pages")) : NULL;
	ok = ok && (!l->wish.submits || submit(l, candidate, pages, e));
	if (ok)
		*result = result_of(candidate, pages);
	json_decref(pages);
	json_decref(candidate);
	json_decref(now);
	return ok;
}

bool looking_begin(struct api_call *c, const struct looking_wish *w, char id[static JOB_ID_TEXT], struct err *e)
{
	struct looking *l = alloc_zero(1, sizeof *l);
	l->hub = c->hub;
	l->wish = *w;
	l->actor = *c->actor;
	(void)snprintf(l->name, sizeof l->name, "%s", c->actor->name);
	(void)snprintf(l->address, sizeof l->address, "%s", c->actor->address);
	l->actor.name = l->name;
	l->actor.address = l->address;
	struct job_task t = {.kind = w->submits ? "submit" : "preview",
		.account = l->actor.account,
		.run = run,
		.forget = forget,
		.user = l};
	return jobs_give(c->hub->press->jobs, &t, id, e);
}
