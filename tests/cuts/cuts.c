/* SPDX-License-Identifier: Apache-2.0
 *
 * Power cuts, layer one: plays what fangzi-sync was seen to do (record.c) on a file
 * system that keeps only what was synced, cuts the power after each operation, and has
 * the rest judged as fangzi-kiosk and fangzi-sync would judge it.
 *   cuts NAME BEFORE TRACE AFTER WORK FEED TRUST TRIAL AT STEP SEEDS [POINT DAMAGE SEED]
 * BEFORE and AFTER are the folder around the state folder, as it was and as it is; WORK is
 * an empty folder for what a cut leaves. Each STEP-th point is cut, with SEEDS seeds a
 * damage. With a point, a damage and a seed that one is left in WORK, and not judged. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/log.h"
#include "judge.h"
#include "model.h"

#define TRACE_BYTES_MAX (64 << 20)
#define TOLD_MAX 5 /* failures told of each trace */
#define SEEN_MAX (1 << 20)

struct step {
	struct trace_entry entry;
	char *name, *other;
	const char *bytes;
};

struct cuts {
	const char *name, *work;
	char state[STORE_PATH_MAX]; /* in work */
	struct judge *judge;
	struct image before;
	struct buf trace;
	struct step *steps;
	int step_count;
	struct judge_view *views; /* what was acknowledged, in order; the first before the trace */
	int *view_steps; /* after how many steps */
	int view_count;
	char (*seen)[DIGEST_HEX]; /* states already judged, of the acknowledgement that counts now */
	int seen_count;
	int states, bad;
};

static void read_trace(struct cuts *c, const char *path)
{
	struct err e = {0};
	if (!file_read(path, TRACE_BYTES_MAX, &c->trace, &e)) {
		(void)fprintf(stderr, "cuts: %s\n", e.text);
		exit(2);
	}
	for (size_t at = 0; at < c->trace.len;) {
		struct step s;
		memcpy(&s.entry, c->trace.data + at, sizeof s.entry);
		at += sizeof s.entry;
		s.name = alloc_text_len(c->trace.data + at, s.entry.name_len);
		at += s.entry.name_len;
		s.other = alloc_text_len(c->trace.data + at, s.entry.other_len);
		at += s.entry.other_len;
		s.bytes = c->trace.data + at;
		at += s.entry.byte_len;
		c->steps = alloc_resize(c->steps, (size_t)c->step_count + 1, sizeof *c->steps);
		c->steps[c->step_count++] = s;
	}
}

static void apply(struct model *m, const struct step *s)
{
	model_apply(m, &s->entry, s->name, s->other, s->bytes);
}

/* What a reader sees while nothing is lost. */
static void look_now(struct cuts *c, const struct model *m, struct judge_view *v)
{
	struct image now = {0};
	model_cut(m, MODEL_KEPT, 0, &now);
	image_write(&now, c->work);
	(void)judge_look(c->judge, c->state, v);
	image_finish(&now);
}

static void acknowledge(struct cuts *c, const struct model *m, int steps)
{
	struct judge_view v;
	look_now(c, m, &v);
	if (c->view_count && strcmp(c->views[c->view_count - 1].text, v.text) == 0)
		return; /* nothing new */
	c->views = alloc_resize(c->views, (size_t)c->view_count + 1, sizeof *c->views);
	c->view_steps = alloc_resize(c->view_steps, (size_t)c->view_count + 1, sizeof *c->view_steps);
	c->views[c->view_count] = v;
	c->view_steps[c->view_count++] = steps;
}

static bool is_record(const char *name)
{
	const char *last = strrchr(name, '/');
	return last && strcmp(last, "/state.sqlite") == 0;
}

/* Finds the acknowledgements. False when the trace does not lead to what is there: then
 * an operation was not seen, and nothing that follows would be worth anything. */
static bool find_acknowledgements(struct cuts *c, const char *after)
{
	struct image explained = {0}, there = {0};
	char explained_hash[DIGEST_HEX], there_hash[DIGEST_HEX];
	struct model *m = model_create(&c->before);
	bool has_changed = false;
	acknowledge(c, m, 0);
	for (int i = 0; i < c->step_count; i++) {
		const struct step *s = &c->steps[i];
		apply(m, s);
		has_changed = has_changed || s->entry.kind == TRACE_WRITE || s->entry.kind == TRACE_SIZE;
		if (s->entry.kind == TRACE_UNLOCK && is_record(s->name) && has_changed) {
			acknowledge(c, m, i + 1);
			has_changed = false;
		}
	}
	model_cut(m, MODEL_KEPT, 0, &explained);
	image_read(&there, after);
	image_hash(&explained, explained_hash);
	image_hash(&there, there_hash);
	bool ok = strcmp(explained_hash, there_hash) == 0;
	for (int i = 0; !ok && i < explained.count; i++)
		(void)printf("# explained: %s, %zu bytes\n", explained.items[i].name,
			explained.items[i].bytes.len);
	for (int i = 0; !ok && i < there.count; i++)
		(void)printf("# there: %s, %zu bytes\n", there.items[i].name, there.items[i].bytes.len);
	image_finish(&explained);
	image_finish(&there);
	model_destroy(m);
	return ok;
}

/* Different damage often leaves the same. */
static bool is_new(struct cuts *c, const struct image *state)
{
	char hash[DIGEST_HEX];
	image_hash(state, hash);
	for (int i = 0; i < c->seen_count; i++) {
		if (memcmp(c->seen[i], hash, sizeof hash) == 0)
			return false;
	}
	if (c->seen_count == SEEN_MAX)
		abort();
	c->seen = alloc_resize(c->seen, (size_t)c->seen_count + 1, sizeof *c->seen);
	memcpy(c->seen[c->seen_count++], hash, sizeof hash);
	return true;
}

/* Both come first in turn: whoever is first rolls an unfinished commit back. */
static bool judge_state(struct cuts *c, int view, char why[static JUDGE_TEXT_MAX])
{
	const struct judge_view *acknowledged = &c->views[view], *last = &c->views[c->view_count - 1];
	const struct judge_view *next = view + 1 < c->view_count ? acknowledged + 1 : acknowledged;
	struct judge_view got;
	if (c->states % 2 == 0) {
		if (!judge_look(c->judge, c->state, &got)) {
			(void)snprintf(why, JUDGE_TEXT_MAX,
				"version %lld is shown with pictures that are wrong", (long long)got.shown);
			return false;
		}
		if (!judge_fits(&got, acknowledged, next, why))
			return false;
	}
	return judge_recover(c->judge, c->state, acknowledged, next, last, why);
}

static void cut(
	struct cuts *c, const struct model *m, int point, int view, enum model_damage damage, uint64_t seed)
{
	static const char *const kinds[] = {
		"open", "write", "size", "sync", "sync folder", "mkdir", "rename", "unlink", "unlock"};
	struct image state = {0};
	char why[JUDGE_TEXT_MAX] = "";
	model_cut(m, damage, seed, &state);
	if (is_new(c, &state)) {
		image_write(&state, c->work);
		bool ok = judge_state(c, view, why);
		c->states++;
		c->bad += !ok;
		if (!ok && c->bad <= TOLD_MAX)
			(void)printf("# %s: point %d (%s %s), %s, seed %d: %s\n", c->name, point,
				point ? kinds[c->steps[point - 1].entry.kind] : "before",
				point ? c->steps[point - 1].name : "", model_damage_name(damage), (int)seed,
				why);
	}
	image_finish(&state);
}

static void cut_everywhere(struct cuts *c, int step, int seeds)
{
	struct model *m = model_create(&c->before);
	int view = 0;
	for (int point = 0; point <= c->step_count; point++) {
		if (point)
			apply(m, &c->steps[point - 1]);
		if (view + 1 < c->view_count && c->view_steps[view + 1] <= point) {
			view++;
			c->seen_count = 0; /* the same state may be too old now */
		}
		if (point % step)
			continue;
		cut(c, m, point, view, MODEL_LOST, 0);
		cut(c, m, point, view, MODEL_KEPT, 0);
		for (int damage = MODEL_NAMES; damage < MODEL_DAMAGES; damage++) {
			for (int seed = 1; seed <= (damage == MODEL_NAMES ? 2 : seeds); seed++)
				cut(c, m, point, view, (enum model_damage)damage, (uint64_t)seed);
		}
	}
	model_destroy(m);
}

static void leave_one(struct cuts *c, int point, const char *damage, uint64_t seed)
{
	struct model *m = model_create(&c->before);
	struct image state = {0};
	int which = 0;
	for (int i = 0; i < point && i < c->step_count; i++)
		apply(m, &c->steps[i]);
	while (which < MODEL_DAMAGES - 1 && strcmp(model_damage_name((enum model_damage)which), damage) != 0)
		which++;
	model_cut(m, (enum model_damage)which, seed, &state);
	image_write(&state, c->work);
	image_finish(&state);
	model_destroy(m);
}

static void finish(struct cuts *c)
{
	for (int i = 0; i < c->step_count; i++) {
		free(c->steps[i].name);
		free(c->steps[i].other);
	}
	free(c->steps);
	free(c->views);
	free(c->view_steps);
	free(c->seen);
	buf_finish(&c->trace);
	image_finish(&c->before);
	if (c->judge)
		judge_close(c->judge);
}

static int judge_all(struct cuts *c, char **argv)
{
	c->judge = judge_open(
		&(struct judge_setup){.feed = argv[6], .trust = argv[7], .trial = argv[8], .at = argv[9]});
	log_set_level((enum log_level)0); /* what is damaged is expected here */
	if (!find_acknowledgements(c, argv[4])) {
		(void)printf("%s: the trace does not lead to what is there\n", c->name);
		return 1;
	}
	cut_everywhere(c, atoi(argv[10]), atoi(argv[11]));
	(void)printf("%s: %d operations, %d acknowledgements, %d states, %d failed\n", c->name, c->step_count,
		c->view_count - 1, c->states, c->bad);
	return c->bad ? 1 : 0;
}

int main(int argc, char **argv)
{
	int result = 0;
	if (argc != 12 && argc != 15) {
		(void)fprintf(stderr, "usage: see cuts.c\n");
		return 2;
	}
	struct cuts c = {.name = argv[1], .work = argv[5]};
	(void)snprintf(c.state, sizeof c.state, "%s/state", c.work);
	image_read(&c.before, argv[2]);
	read_trace(&c, argv[3]);
	if (argc == 15)
		leave_one(&c, atoi(argv[12]), argv[13], strtoul(argv[14], NULL, 10));
	else
		result = judge_all(&c, argv);
	finish(&c);
	return result;
}
