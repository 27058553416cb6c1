/* SPDX-License-Identifier: Apache-2.0 */
#include "board/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)
#define SEEN_MAX 4096 /* findings told apart; further ones may be told again */

/* What is being reviewed, and what was said of it. */
struct reading {
	const struct review *review;
	struct review_count count;
	const struct pages_place *at;
	uint64_t seen[SEEN_MAX];
	int seen_count;
};

static uint64_t hash(uint64_t h, const char *text)
{
	do
		h = (h ^ (unsigned char)*text) * FNV_PRIME;
	while (*text++);
	return h;
}

static bool is_new(struct reading *r, const struct review_finding *f)
{
	char place[64];
	(void)snprintf(place, sizeof place, "%s %d %d %d", f->at->list, f->at->index, f->at->page, (int)f->rule);
	uint64_t h = hash(hash(hash(FNV_BASIS, place), f->text), f->problem);
	for (int i = 0; i < r->seen_count; i++) {
		if (r->seen[i] == h)
			return false;
	}
	if (r->seen_count < SEEN_MAX)
		r->seen[r->seen_count++] = h;
	return true;
}

/* A page's finding, with its place. */
static void take(void *user, const struct review_finding *of_page)
{
	struct reading *r = user;
	struct review_finding f = *of_page;
	f.at = r->at;
	if (!is_new(r, &f))
		return;
	if (f.is_refused)
		r->count.refused++;
	else
		r->count.warned++;
	if (r->review->report)
		r->review->report(r->review->user, &f);
}

/* What the board says its pages stay against what they would without its word. */
static void judge_dwell(struct reading *r, struct board_view *v)
{
	char problem[80];
	const struct playlist_board *said = v->board;
	struct playlist_board unsaid = *said;
	unsaid.dwell_s = 0;
	if (!said->dwell_s)
		return;
	v->board = &unsaid;
	int needed = board_dwell_ms(v) / 1000;
	v->board = said;
	if (said->dwell_s >= needed)
		return;
	(void)snprintf(
		problem, sizeof problem, "stands for %d s, to be read it takes %d", said->dwell_s, needed);
	take(r, &(struct review_finding){.rule = REVIEW_DWELL, .text = "", .problem = problem});
}

static bool review_page(void *user, struct board_view *v, const struct pages_place *at)
{
	struct reading *r = user;
	r->at = at;
	if (v->board)
		judge_dwell(r, v);
	struct review_page *p = review_page_begin(v->canvas, take, r);
	pages_paint(v, at);
	review_page_end(p);
	return true;
}

struct review_count review_content(const struct review *review)
{
	struct reading *r = alloc_zero(1, sizeof *r);
	r->review = review;
	for (int i = 0; i < review->size_count; i++) {
		struct canvas *c = canvas_create_blind(
			review->sizes[i].width_px, review->sizes[i].height_px, review->fonts);
		canvas_enlarge_text(c, review->has_large_text);
		for (int k = 0; k < review->state_count; k++)
			(void)pages_walk(&(struct pages){.content = review->content,
				.canvas = c,
				.gallery = review->gallery,
				.state = &review->states[k],
				.most = REVIEW_PAGES_MAX,
				.visit = review_page,
				.user = r});
		canvas_destroy(c);
	}
	struct review_count count = r->count;
	free(r);
	return count;
}
