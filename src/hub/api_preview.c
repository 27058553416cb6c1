/* SPDX-License-Identifier: Apache-2.0
 *
 * Previews, submitting for review (both paint), painted pages, and jobs. */
#include <stdio.h>
#include <string.h>

#include "base/civil.h"
#include "hub/api.h"
#include "hub/api_press.h"
#include "hub/looking.h"
#include "hub/press.h"
#include "office/approval.h"

#define SIDE_MIN 240
#define SIDE_MAX 3840

/* 202 and the job as it stands. */
static bool begin(struct api_call *c, const struct looking_wish *w, struct err *e)
{
	char id[JOB_ID_TEXT];
	if (!looking_begin(c, w, id, e))
		return false;
	json_t *shown = jobs_show(c->hub->press->jobs, id, c->actor->account);
	return shown ? api_send(c, 202, shown) : err_set(e, ERR_BUSY, "任务过多，请稍后再试");
}

static bool side(struct api_call *c, const char *name, int otherwise, int *out, struct err *e)
{
	const json_t *value = json_object_get(c->body, name);
	json_int_t px = json_integer_value(value);
	*out = value ? (int)(px > SIDE_MAX || px < 0 ? 0 : px) : otherwise;
	return *out >= SIDE_MIN || err_set(e, ERR_FORMAT, "%s：应为 %d 至 %d", name, SIDE_MIN, SIDE_MAX);
}

static bool preview(struct api_call *c, struct err *e)
{
	struct looking_wish w = {.size_count = 1, .at_utc_s = c->now_utc_s};
	const char *at;
	struct painter_size *size = &w.sizes[0];
	if (!api_press(c, e) || !api_number(c->parts[0], &w.set, e) ||
		!side(c, "width", 1920, &size->width_px, e) || !side(c, "height", 1080, &size->height_px, e) ||
		!api_bool(c, "large_text", false, &w.has_large_text, e) || !api_text(c, "at", "", &at, e))
		return false;
	if (*at && !civil_parse_rfc3339(at, &w.at_utc_s))
		return err_set(e, ERR_FORMAT, "at：应为 RFC 3339 时间");
	return begin(c, &w, e);
}

/* What the content check refuses is said at once; what shows only when it is painted fails the job. */
static bool is_sound(struct api_call *c, int64_t set, struct err *e)
{
	char *document, sha256[65];
	json_t *findings, *finding;
	size_t i;
	api_begin(c);
	bool ok = approval_prepare(c->office, set, &document, sha256, &findings, e);
	office_rollback(c->office);
	if (!ok) {
		json_array_foreach (findings, i, finding)
			api_detail(c, json_incref(finding));
	}
	json_decref(findings);
	free(document);
	return ok;
}

static bool submit(struct api_call *c, struct err *e)
{
	struct looking_wish w = {.size_count = PAINTER_REVIEWED, .at_utc_s = c->now_utc_s, .submits = true};
	memcpy(w.sizes, painter_reviewed, sizeof painter_reviewed);
	return api_press(c, e) && api_number(c->parts[0], &w.set, e) && is_sound(c, w.set, e) && begin(c, &w, e);
}

static bool page(struct api_call *c, struct err *e)
{
	char sha256[DIGEST_HEX];
	const char *dot = strchr(c->parts[0], '.');
	if (!api_press(c, e))
		return false;
	if (!dot || dot - c->parts[0] != DIGEST_HEX - 1 || strcmp(dot, ".png") != 0)
		return err_set(e, ERR_MISSING, "没有这一页");
	memcpy(sha256, c->parts[0], DIGEST_HEX - 1);
	sha256[DIGEST_HEX - 1] = '\0';
	c->answer->fd = album_get(c->hub->press->album, sha256, &c->answer->fd_size);
	c->answer->has_fd = c->answer->fd >= 0;
	if (!c->answer->has_fd)
		return err_set(e, ERR_MISSING, "这一页已不在，请重新预览");
	http_answer_header(c->answer, "Content-Type", "image/png");
	return true;
}

static bool job(struct api_call *c, struct err *e)
{
	json_t *shown = api_press(c, e) ? jobs_show(c->hub->press->jobs, c->parts[0], c->actor->account) : NULL;
	return shown ? api_send(c, 200, shown) : e->kind == ERR_NONE && err_set(e, ERR_MISSING, "没有这个任务");
}

static bool cancel(struct api_call *c, struct err *e)
{
	if (!api_press(c, e))
		return false;
	return jobs_cancel(c->hub->press->jobs, c->parts[0], c->actor->account)
		       ? api_done(c)
		       : err_set(e, ERR_MISSING, "没有这个任务");
}

static const struct api_route routes[] = {
	{"POST", "sets/:/preview", OFFICE_ANYBODY, 0, preview},
	{"POST", "sets/:/submit", OFFICE_EDITOR, 0, submit},
	{"GET", "pages/:", OFFICE_ANYBODY, 0, page},
	{"GET", "jobs/:", OFFICE_ANYBODY, 0, job},
	{"DELETE", "jobs/:", OFFICE_ANYBODY, 0, cancel},
};
const struct api_area api_preview_area = {routes, sizeof routes / sizeof routes[0]};
