/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/proof.h"

#include <stdio.h>
#include <string.h>

#define ROW_BYTES 52 /* of a row without its page, at most: day, numbers, brackets */
#define CONTENT_BYTES 90
#define FRAME_BYTES 80 /* "plays" and the run */

static bool is_heard(struct proof *p, const struct play *row)
{
	const struct play *known = plays_row(&p->heard, &row->what);
	return known->times == row->times && known->ms / 1000 == row->ms / 1000;
}

/* The place of its content among the report's; -1: there is no room. */
static int content_of(struct report *r, const struct play *row, size_t *room)
{
	for (int i = 0; i < r->content_count; i++) {
		if (r->contents[i].version == row->what.version &&
			strcmp(r->contents[i].sha256, row->what.content_sha256) == 0)
			return i;
	}
	if (r->content_count == REPORT_CONTENTS_MAX || *room < CONTENT_BYTES)
		return -1;
	*room -= CONTENT_BYTES;
	memcpy(r->contents[r->content_count].sha256, row->what.content_sha256, DIGEST_HEX);
	r->contents[r->content_count].version = row->what.version;
	return r->content_count++;
}

static bool add(struct proof *p, struct report *r, int at, size_t *room)
{
	const struct play *row = &p->now.rows[at];
	size_t bytes = ROW_BYTES + strlen(row->what.page);
	if (!report_is_name(row->what.page) || is_heard(p, row))
		return true;
	if (r->play_count == REPORT_PLAYS_MAX || *room < bytes + CONTENT_BYTES)
		return false;
	int content = content_of(r, row, room);
	if (content < 0)
		return true; /* it comes with the next one */
	struct report_play *play = &r->plays[r->play_count++];
	*play = (struct report_play){
		.day = row->what.day, .content = content, .times = row->times, .seconds = row->ms / 1000};
	(void)snprintf(play->page, sizeof play->page, "%s", row->what.page);
	p->sent[p->sent_count++] = at;
	*room -= bytes;
	return true;
}

void proof_fill(struct proof *p, const char *folder, struct report *r)
{
	struct buf so_far = {0};
	p->sent_count = 0;
	if (!plays_read(&p->now, folder))
		return;
	if (strcmp(p->now.run, p->heard.run) != 0)
		p->heard.count = 0;
	memcpy(p->heard.run, p->now.run, sizeof p->heard.run);
	memcpy(r->run, p->now.run, sizeof r->run);
	report_write(r, &so_far);
	size_t used = so_far.len + FRAME_BYTES;
	size_t room = used < REPORT_BODY_BYTES_MAX ? REPORT_BODY_BYTES_MAX - used : 0;
	buf_finish(&so_far);
	for (int i = 0; i < p->now.count && add(p, r, i, &room); i++)
		continue;
}

void proof_taken(struct proof *p)
{
	for (int i = 0; i < p->sent_count; i++) {
		const struct play *row = &p->now.rows[p->sent[i]];
		struct play *known = plays_row(&p->heard, &row->what);
		known->times = row->times;
		known->ms = row->ms;
	}
	p->sent_count = 0;
}
