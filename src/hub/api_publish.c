/* SPDX-License-Identifier: Apache-2.0
 *
 * Publications, from their signatures to the screens; the head; settings. */
#include <stdio.h>
#include <string.h>

#include "feed/trust.h"
#include "hub/api.h"
#include "hub/api_press.h"
#include "hub/parcel.h"
#include "hub/press.h"
#include "office/publication.h"
#include "office/setting.h"

#define REASON_BYTES_MAX 600

bool api_press(struct api_call *c, struct err *e)
{
	return c->hub->press || err_set(e, ERR_CONFLICT, "本中心没有开启绘制与发布");
}

/* ---- publications ----------------------------------------------------------------------- */

/* 0: there is no trust document yet. */
static int threshold(struct api_call *c)
{
	struct trust *t = NULL;
	struct err ignored = {0};
	int needed = publisher_trust(c->hub->press->publisher, &t, &ignored) ? t->roles[TRUST_PUBLISHER].threshold : 0;
	trust_destroy(t);
	return needed;
}

static bool send_one(struct api_call *c, int64_t version, struct err *e)
{
	int needed = threshold(c);
	api_begin(c);
	json_t *shown = publication_show(c->office, version, needed);
	if (!api_end(c, shown || err_set(e, ERR_MISSING, "没有这个版本"), e)) {
		json_decref(shown);
		return false;
	}
	return api_send(c, 200, shown);
}

static bool number(struct api_call *c, int64_t *version, struct err *e)
{
	return api_press(c, e) && api_number(c->parts[0], version, e);
}

static bool list(struct api_call *c, struct err *e)
{
	if (!api_press(c, e))
		return false;
	int needed = threshold(c);
	api_begin(c);
	json_t *all = publication_list(c->office, needed);
	return api_end(c, true, e) ? api_send(c, 200, json_pack("{s:o}", "publications", all))
				   : (json_decref(all), false);
}

static bool show(struct api_call *c, struct err *e)
{
	int64_t version;
	return number(c, &version, e) && send_one(c, version, e);
}

static bool candidate(struct api_call *c, struct err *e)
{
	int64_t version;
	int fd;
	uint64_t size;
	if (!number(c, &version, e) || !parcel_make(c->hub, version, c->actor, &fd, &size, e))
		return false;
	c->answer->fd = fd;
	c->answer->fd_size = size;
	c->answer->has_fd = true;
	http_answer_header(c->answer, "Content-Type", "application/zip");
	http_answer_header(c->answer, "Content-Disposition", "attachment; filename=\"candidate-%lld.zip\"",
		(long long)version);
	return true;
}

static bool take_signatures(struct api_call *c, struct err *e)
{
	int64_t version;
	struct trust *t = NULL;
	if (!number(c, &version, e))
		return false;
	bool ok = publisher_trust(c->hub->press->publisher, &t, e);
	if (ok) {
		api_begin(c);
		ok = publication_take(c->office, version, t, c->request->body, c->request->body_len, e);
		ok = api_end(c, ok, e);
	}
	trust_destroy(t);
	return ok && send_one(c, version, e);
}

static bool sign(struct api_call *c, struct err *e)
{
	int64_t version;
	return number(c, &version, e) && publisher_sign(c->hub->press->publisher, version, c->actor, e) &&
	       send_one(c, version, e);
}

static bool publish(struct api_call *c, struct err *e)
{
	int64_t version;
	return number(c, &version, e) && publisher_publish(c->hub->press->publisher, version, c->actor, e) &&
	       send_one(c, version, e);
}

static bool reason_of(struct api_call *c, const char **out, struct err *e)
{
	if (!api_text(c, "reason", NULL, out, e))
		return false;
	return (**out && strlen(*out) <= REASON_BYTES_MAX) || err_set(e, ERR_FORMAT, "reason：请写明原因（至多 200 字）");
}

static bool cancel(struct api_call *c, struct err *e)
{
	int64_t version;
	const char *reason;
	return number(c, &version, e) && reason_of(c, &reason, e) &&
	       publisher_cancel(c->hub->press->publisher, version, reason, c->actor, e) && send_one(c, version, e);
}

/* ---- the head ------------------------------------------------------------------------------ */

static bool show_head(struct api_call *c, struct err *e)
{
	json_t *head;
	return api_press(c, e) && publisher_show_head(c->hub->press->publisher, &head, e) && api_send(c, 200, head);
}

static bool change_head(struct api_call *c, const struct publisher_change *change, struct err *e)
{
	return api_press(c, e) && publisher_change_head(c->hub->press->publisher, change, c->actor, e) &&
	       show_head(c, e);
}

static bool hold(struct api_call *c, struct err *e)
{
	struct publisher_change change = {0};
	bool holds;
	if (!json_object_get(c->body, "hold"))
		return err_set(e, ERR_FORMAT, "hold：缺少");
	if (!api_bool(c, "hold", false, &holds, e) || !reason_of(c, &change.reason, e))
		return false;
	change.act = holds ? PUBLISHER_HOLD : PUBLISHER_SHOW;
	return change_head(c, &change, e);
}

static bool read_tags(struct api_call *c, struct head_alert *a, struct err *e)
{
	const json_t *tags = json_object_get(c->body, "screens"), *tag;
	size_t i;
	if (tags && (!json_is_array(tags) || json_array_size(tags) > HEAD_TAGS_MAX))
		return err_set(e, ERR_FORMAT, "screens：至多 %d 个屏幕标签", HEAD_TAGS_MAX);
	json_array_foreach (tags, i, tag) {
		const char *word = json_string_value(tag);
		if (!word || !head_is_word(word))
			return err_set(e, ERR_FORMAT, "screens：第 %zu 个不是屏幕标签", i + 1);
		(void)snprintf(a->tags[a->tag_count++], sizeof a->tags[0], "%s", word);
	}
	return true;
}

static bool change_alert(struct api_call *c, enum publisher_act act, struct err *e)
{
	struct head_alert a = {0};
	if (!head_is_word(c->parts[0]))
		return err_set(e, ERR_MISSING, "没有这个警报");
	(void)snprintf(a.id, sizeof a.id, "%s", c->parts[0]);
	if (act == PUBLISHER_RAISE && !read_tags(c, &a, e))
		return false;
	return change_head(c, &(struct publisher_change){.act = act, .alert = &a}, e);
}

static bool raise_alert(struct api_call *c, struct err *e)
{
	return change_alert(c, PUBLISHER_RAISE, e);
}

static bool lower_alert(struct api_call *c, struct err *e)
{
	return change_alert(c, PUBLISHER_LOWER, e);
}

static const struct api_route routes[] = {
	{"GET", "publications", OFFICE_ANYBODY, 0, list},
	{"GET", "publications/:", OFFICE_ANYBODY, 0, show},
	{"GET", "publications/:/candidate", OFFICE_ANYBODY, 0, candidate},
	{"POST", "publications/:/signatures", OFFICE_ISSUER | OFFICE_OPERATOR, 0, take_signatures},
	{"POST", "publications/:/sign", OFFICE_ISSUER, API_CONFIRMED, sign},
	{"POST", "publications/:/publish", OFFICE_ISSUER | OFFICE_OPERATOR, API_CONFIRMED, publish},
	{"POST", "publications/:/cancel", OFFICE_ISSUER, API_CONFIRMED, cancel},
	{"GET", "head", OFFICE_ANYBODY, 0, show_head},
	{"PUT", "head/hold", OFFICE_ISSUER | OFFICE_OPERATOR, API_CONFIRMED, hold},
	{"PUT", "head/alerts/:", OFFICE_ISSUER | OFFICE_OPERATOR, API_CONFIRMED, raise_alert},
	{"DELETE", "head/alerts/:", OFFICE_ISSUER | OFFICE_OPERATOR, API_CONFIRMED, lower_alert},
};
const struct api_area api_publish_area = {routes, sizeof routes / sizeof routes[0]};
