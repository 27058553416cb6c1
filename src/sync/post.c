/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/post.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strict.h"
#include "feed/envelope.h"

#define ANSWER_BYTES_MAX 4096
#define TAGS_MAX 16

static bool is_line(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	}
	return true;
}

/* The first tag is the playlist's. */
static bool read_names(struct post_answer *a, const json_t *tree, struct err *e)
{
	const char *name, *tag;
	json_t *tags;
	if (!strict_text(tree, "name", sizeof a->name - 1, &name, e) ||
		!strict_array(tree, "tags", TAGS_MAX, &tags, e))
		return false;
	tag = json_array_size(tags) ? json_string_value(json_array_get(tags, 0)) : "";
	if (!is_line(name) || !tag || strlen(tag) >= sizeof a->tag || (*tag && !report_is_name(tag)))
		return err_set(e, ERR_FORMAT, "name, tags: not what may stand there");
	memcpy(a->name, name, strlen(name) + 1);
	memcpy(a->tag, tag, strlen(tag) + 1);
	return true;
}

static bool read_hex(const json_t *tree, const char *name, char *out, size_t room)
{
	const char *text = json_string_value(json_object_get(tree, name));
	if (!text || !report_is_hex(text, room - 1))
		return false;
	memcpy(out, text, room);
	return true;
}

static enum post_outcome outcome_of(bool is_answered, long status)
{
	return is_answered ? POST_TAKEN : status == 403 ? POST_REFUSED : status == 429 ? POST_OTHER_CODE : POST_FAILED;
}

static enum post_outcome send(struct fetch *f, const struct fetch_request *r, json_t **tree,
	struct post_answer *a, struct err *e)
{
	struct fetch_answer got;
	bool ok = fetch_run(f, r, &got, e);
	a->retry_after_s = got.retry_after_s;
	*tree = NULL;
	if (ok && got.outcome != FETCH_GOT)
		ok = err_set(e, ERR_NETWORK, "%s: HTTP status %ld", r->path, got.status);
	enum post_outcome outcome = outcome_of(ok, got.status);
	if (ok && got.body.len)
		*tree = strict_parse(got.body.data, got.body.len, e);
	if (ok && got.body.len && !*tree)
		outcome = POST_FAILED;
	buf_finish(&got.body);
	return outcome;
}

static enum post_outcome state_of(struct post_answer *a, const json_t *tree, struct err *e)
{
	const char *state = json_string_value(json_object_get(tree, "state"));
	if (state && strcmp(state, "waiting") == 0)
		return POST_WAITING;
	if (state && strcmp(state, "revoked") == 0)
		return POST_REFUSED;
	if (state && strcmp(state, "paired") == 0 && read_hex(tree, "screen", a->screen, sizeof a->screen) &&
		read_names(a, tree, e))
		return POST_TAKEN;
	err_set(e, ERR_FORMAT, "device/v1/hello: an answer that makes no sense");
	return POST_FAILED;
}

enum post_outcome post_hello(
	struct fetch *f, const struct device *d, const struct hello *h, struct post_answer *a, struct err *e)
{
	struct buf sealed = {0};
	json_t *tree = NULL;
	*a = (struct post_answer){0};
	enum post_outcome outcome = POST_FAILED;
	if (hello_seal(h, d->key, &sealed, e))
		outcome = send(f,
			&(struct fetch_request){
				.path = "device/v1/hello", .max_bytes = ANSWER_BYTES_MAX, .post = &sealed},
			&tree, a, e);
	if (outcome == POST_TAKEN)
		outcome = state_of(a, tree, e);
	json_decref(tree);
	buf_finish(&sealed);
	return outcome;
}

enum post_outcome post_report(
	struct fetch *f, const struct device *d, const struct report *r, struct post_answer *a, struct err *e)
{
	struct buf body = {0}, sealed = {0};
	json_t *tree = NULL;
	struct key *const keys[] = {d->key};
	*a = (struct post_answer){0};
	report_write(r, &body);
	enum post_outcome outcome = POST_FAILED;
	if (envelope_seal(REPORT_TYPE, &body, keys, 1, &sealed, e))
		outcome = send(f,
			&(struct fetch_request){
				.path = "device/v1/report", .max_bytes = ANSWER_BYTES_MAX, .post = &sealed},
			&tree, a, e);
	if (outcome == POST_TAKEN && !read_names(a, tree, e))
		outcome = POST_FAILED;
	if (outcome == POST_TAKEN)
		(void)read_hex(tree, "picture", a->picture, sizeof a->picture); /* none is wanted, mostly */
	json_decref(tree);
	buf_finish(&body);
	buf_finish(&sealed);
	return outcome;
}

/* The label goes into a header: the hub knows whose picture it is before it takes a byte. */
enum post_outcome post_picture(
	struct fetch *f, const struct device *d, const struct hello_label *l, const struct buf *jpeg, struct err *e)
{
	struct buf body = {0}, sealed = {0}, header = {0};
	struct post_answer ignored;
	json_t *tree = NULL;
	struct key *const keys[] = {d->key};
	hello_write_label(l, &body);
	enum post_outcome outcome = POST_FAILED;
	if (envelope_seal(HELLO_PICTURE_TYPE, &body, keys, 1, &sealed, e)) {
		buf_text(&header, "X-Fangzi-Label: ");
		digest_to_base64(sealed.data, sealed.len, &header);
		outcome = send(f,
			&(struct fetch_request){.path = "device/v1/picture",
				.max_bytes = ANSWER_BYTES_MAX,
				.post = jpeg,
				.header = header.data},
			&tree, &ignored, e);
	}
	json_decref(tree);
	buf_finish(&body);
	buf_finish(&sealed);
	buf_finish(&header);
	return outcome;
}
