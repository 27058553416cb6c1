/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "feed/folder.h"
#include "sign/keys.h"
#include "sign/sign.h"

#define VALID_DAYS 3650
#define DAY_S 86400

/* The trust document owns its keys; a key may serve several roles. Takes key. */
static bool add_key(struct trust *t, enum trust_role role, struct key *key, struct err *e)
{
	int at = 0;
	while (at < t->key_count && strcmp(key_id(t->keys[at]), key_id(key)) != 0)
		at++;
	if (at < t->key_count) {
		key_destroy(key);
	} else if (at == TRUST_KEYS_MAX) {
		key_destroy(key);
		return err_set(e, ERR_USAGE, "more than %d keys", TRUST_KEYS_MAX);
	} else {
		t->keys[t->key_count++] = key;
	}
	t->roles[role].has[at] = true;
	return true;
}

static bool add_files(struct trust *t, enum trust_role role, const struct option_list *files,
	const struct sign_options *o, struct err *e)
{
	struct keys k = {0};
	bool ok = keys_read(&k, files, o, e);
	for (int i = 0; ok && i < k.count; i++) {
		ok = add_key(t, role, k.items[i], e);
		k.items[i] = NULL;
	}
	keys_finish(&k);
	return ok;
}

/* A role that is not named keeps the keys it has. */
static bool keep_keys(struct trust *t, enum trust_role role, const struct trust *before, struct err *e)
{
	for (int i = 0; i < before->key_count; i++) {
		struct buf der = {0};
		struct key *copy;
		if (!before->roles[role].has[i])
			continue;
		key_to_der(before->keys[i], &der);
		bool ok = key_from_der(&copy, key_type_of(before->keys[i]), der.data, der.len, e) &&
			  add_key(t, role, copy, e);
		buf_finish(&der);
		if (!ok)
			return false;
	}
	return true;
}

static bool fill_role(struct trust *t, enum trust_role role, const struct trust *before,
	const struct sign_options *o, struct err *e)
{
	const struct option_list *files[] = {
		[TRUST_ROOT] = &o->root, [TRUST_PUBLISHER] = &o->publisher, [TRUST_HEAD] = &o->head};
	const int64_t thresholds[] = {[TRUST_ROOT] = o->root_threshold,
		[TRUST_PUBLISHER] = o->publisher_threshold,
		[TRUST_HEAD] = o->head_threshold};
	if (!files[role]->count && !before)
		return err_set(e, ERR_USAGE, "--%s is needed", trust_role_name(role));
	t->roles[role].threshold = thresholds[role] ? (int)thresholds[role]
				   : before         ? before->roles[role].threshold
						    : 1;
	return files[role]->count ? add_files(t, role, files[role], o, e) : keep_keys(t, role, before, e);
}

static bool fill(struct trust *t, const struct trust *before, const struct sign_options *o, struct err *e)
{
	int64_t now;
	if (!sign_options_now(o, &now, e))
		return false;
	if (!before && (!sign_options_need(o->feed, "feed", e) ||
			       (!trust_is_feed_name(o->feed) &&
				       !err_set(e, ERR_USAGE, "feed: '%s' is not [a-z0-9-]{1,64}", o->feed))))
		return false;
	if (before && o->feed && strcmp(o->feed, before->feed) != 0)
		return err_set(e, ERR_USAGE, "feed: the folder's is '%s'", before->feed);
	(void)snprintf(t->feed, sizeof t->feed, "%s", before ? before->feed : o->feed);
	t->version = before ? before->version + 1 : 1;
	t->expires_utc_s = now + (o->valid_days ? o->valid_days : VALID_DAYS) * DAY_S;
	t->policy = before ? before->policy : TRUST_ANY;
	if (o->policy)
		(void)trust_policy_find(o->policy, &t->policy);
	for (int role = 0; role < TRUST_ROLES; role++) {
		if (!fill_role(t, (enum trust_role)role, before, o, e))
			return false;
	}
	return true;
}

/* Would a screen take it? */
static bool is_taken(const struct buf *bytes, const struct trust *before, struct err *e)
{
	struct trust *read = NULL;
	bool ok = before ? trust_read_next(&read, before, bytes->data, bytes->len, e)
			 : trust_read_first(&read, bytes->data, bytes->len, e);
	trust_destroy(read);
	return ok;
}

bool sign_trust(const struct sign_options *o, struct err *e)
{
	struct trust *before = NULL, *t = alloc_zero(1, sizeof *t);
	struct keys signers = {0};
	struct buf body = {0}, bytes = {0};
	bool ok = sign_options_need(o->out, "out", e) && folder_read_trust(o->out, &before, e) &&
		  fill(t, before, o, e) && keys_read(&signers, &o->key, o, e);
	if (ok) {
		trust_write_body(t, &body);
		ok = envelope_seal(ENVELOPE_TRUST, &body, signers.items, signers.count, &bytes, e);
	}
	if (ok && o->draft)
		ok = file_write_durable(o->draft, bytes.data, bytes.len, 0644, e);
	else if (ok)
		ok = is_taken(&bytes, before, e) && folder_put_number(o->out, "trust", t->version, &bytes, e);
	if (ok)
		(void)printf("trust %lld of feed %s\n", (long long)t->version, t->feed);
	buf_finish(&body);
	buf_finish(&bytes);
	keys_finish(&signers);
	trust_destroy(before);
	trust_destroy(t);
	return ok;
}
