/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "feed/folder.h"
#include "sign/keys.h"
#include "sign/sign.h"

/* "ID" or "ID:tag,tag" */
static bool add_alert(struct head *h, const char *text, struct err *e)
{
	char words[512];
	struct head_alert *a = &h->alerts[h->alert_count];
	if (h->alert_count == HEAD_ALERTS_MAX || strlen(text) >= sizeof words)
		return err_set(e, ERR_USAGE, "alert: more than can be raised at once");
	(void)snprintf(words, sizeof words, "%s", text);
	char *tags = strchr(words, ':');
	if (tags)
		*tags++ = '\0';
	if (!head_is_word(words))
		return err_set(e, ERR_USAGE, "alert: '%s' is not an id", words);
	memcpy(a->id, words, strlen(words) + 1);
	for (char *tag = tags ? strsep(&tags, ",") : NULL; tag; tag = strsep(&tags, ",")) {
		if (!head_is_word(tag) || a->tag_count == HEAD_TAGS_MAX)
			return err_set(e, ERR_USAGE, "alert: '%s' is not a screen tag", tag);
		memcpy(a->tags[a->tag_count++], tag, strlen(tag) + 1);
	}
	h->alert_count++;
	return true;
}

bool sign_head(const struct sign_options *o, struct err *e)
{
	struct head h = {.version = o->number, .holds = o->hold};
	struct trust *t = NULL;
	struct keys signers = {0};
	int64_t now;
	bool ok = sign_options_need(o->out, "out", e) && sign_options_now(o, &now, e) &&
		  folder_read_trust(o->out, &t, e);
	if (ok && !t)
		ok = err_set(e, ERR_USAGE, "%s: has no trust document", o->out);
	if (ok && !o->key.count)
		ok = err_set(e, ERR_USAGE, "--key is needed");
	for (int i = 0; ok && i < o->alert.count; i++)
		ok = add_alert(&h, o->alert.items[i], e);
	ok = ok && keys_read(&signers, &o->key, o, e) &&
	     folder_put_head(o->out, t, &h, now, signers.items, signers.count, e);
	if (ok)
		(void)printf("head %lld of feed %s: version %lld, %s, %d alerts\n", (long long)h.seq, h.feed,
			(long long)h.version, h.holds ? "hold" : "show", h.alert_count);
	keys_finish(&signers);
	trust_destroy(t);
	return ok;
}
