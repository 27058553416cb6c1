/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds as they should and should not be, each looked at by the real fangzi-sync (below
 * $O). Arguments: names of groups (default: all); --bail ends at the first failure. TAP. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cases.h"
#include "play.h"

#include "../unit/scratch.h"

static const struct feed_group *const groups[] = {&cases_basic, &cases_rotation, &cases_threshold,
	&cases_policy, &cases_rollback, &cases_forward, &cases_freeze, &cases_role, &cases_head,
	&cases_object, &cases_name, &cases_damage};

static int good_count, bad_count;

static bool run_case(struct play *p, const struct feed_group *g, const struct feed_case *c, const char *by)
{
	bool ok = play_script(p, c->script);
	good_count += ok;
	bad_count += !ok;
	(void)printf("%sok %d - %s: %s%s\n", ok ? "" : "not ", good_count + bad_count, g->name, c->says, by);
	char *rest = p->why.data;
	for (char *line = ok ? NULL : strsep(&rest, "\n"); line; line = strsep(&rest, "\n"))
		(void)printf("# %s\n", line);
	(void)fflush(stdout);
	return ok;
}

/* A sanitizer makes each look several times as long: what is asked by HTTP as well is asked by it alone. */
#ifdef __SANITIZE_ADDRESS__
#define IS_SLOW true
#else
#define IS_SLOW false
#endif

static bool run_group(struct play *p, const struct feed_group *g, bool bails)
{
	char files[PLAY_PATH_MAX], feed[PLAY_PATH_MAX];
	for (size_t i = 0; i < g->count && !(IS_SLOW && g->by_hub); i++) {
		if (!run_case(p, g, &g->cases[i], "") && bails)
			return false;
	}
	if (!g->by_hub)
		return true;
	memcpy(files, p->url, sizeof files);
	play_path(p, "feed", feed);
	play_start_hub(feed, p->url);
	bool ok = true;
	for (size_t i = 0; ok && i < g->count; i++)
		ok = run_case(p, g, &g->cases[i], " (hub)") || !bails;
	play_stop_hub();
	memcpy(p->url, files, sizeof files);
	return ok;
}

static bool is_wanted(const char *name, int argc, char **argv)
{
	bool any = true;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], name) == 0)
			return true;
		any = any && argv[i][0] == '-';
	}
	return any;
}

/* Everything is fsynced here, again and again: in memory, unless told otherwise. */
static void choose_place(void)
{
	if (access("/dev/shm", W_OK) == 0)
		(void)setenv("TMPDIR", "/dev/shm", 0);
}

int main(int argc, char **argv)
{
	struct play p = {0};
	struct err e = {0};
	char feed[PLAY_PATH_MAX];
	bool bails = argc > 1 && strcmp(argv[1], "--bail") == 0, ok = true;
	choose_place();
	scratch_make(p.folder);
	workshop_open();
	play_path(&p, "feed", feed);
	if (!file_make_folder(feed, 0755, &e))
		abort();
	if (snprintf(p.url, sizeof p.url, "file://%s/", feed) >= (int)sizeof p.url)
		abort();
	for (size_t i = 0; ok && i < sizeof groups / sizeof groups[0]; i++) {
		if (is_wanted(groups[i]->name, argc, argv))
			ok = run_group(&p, groups[i], bails);
	}
	(void)printf("1..%d\n", good_count + bad_count);
	workshop_close();
	buf_finish(&p.why);
	scratch_remove(p.folder);
	return bad_count || !good_count ? 1 : 0;
}
