/* SPDX-License-Identifier: Apache-2.0
 *
 * Which stick is looked at, and when again. */
#include "sync/stick.h"

#include <unistd.h>

#include "base/file.h"
#include "scratch.h"
#include "sentences.h"

static char root[SCRATCH_PATH_MAX];

static void plug(const char *name, const char *text)
{
	char path[SCRATCH_PATH_MAX * 2], file[64];
	struct err e = {0};
	(void)snprintf(path, sizeof path, "%s/%s/fangzi-feed", root, name);
	assert_true(file_make_folder(path, 0755, &e));
	(void)snprintf(file, sizeof file, "%s/fangzi-feed/head.json.new", name);
	scratch_write(root, file, text, strlen(text));
	char from[SCRATCH_PATH_MAX * 3], to[SCRATCH_PATH_MAX * 3];
	(void)snprintf(from, sizeof from, "%s/head.json.new", path);
	(void)snprintf(to, sizeof to, "%s/head.json", path);
	assert_int_equal(rename(from, to), 0);
}

static void pull(const char *name)
{
	char path[SCRATCH_PATH_MAX * 2];
	(void)snprintf(path, sizeof path, "%s/%s", root, name);
	scratch_remove(path);
}

static void one_that_was_seen_is_not_looked_at_again(void **state)
{
	struct stick s = {0};
	(void)state;
	scratch_make(root);
	assert_false(stick_find(&s, root, 0));
	plug("a", "1");
	assert_true(stick_find(&s, root, 0));
	stick_done(&s);
	assert_false(stick_find(&s, root, 0));
	plug("b", "1"); /* beside it another one */
	assert_true(stick_find(&s, root, 0));
	assert_non_null(strstr(s.address, "/b/fangzi-feed/"));
	stick_done(&s);
	assert_false(stick_find(&s, root, 0));
	plug("a", "2"); /* another head */
	assert_true(stick_find(&s, root, 0));
	stick_done(&s);
	pull("a");
	pull("b");
	assert_false(stick_find(&s, root, 0));
	assert_int_equal(s.seen_count, 0); /* pulled out: seen anew when it comes back */
	scratch_remove(root);
}

static void what_may_be_well_later_is_tried_later(void **state)
{
	struct stick s = {0};
	(void)state;
	scratch_make(root);
	plug("a", "1");
	assert_true(stick_find(&s, root, 1000));
	stick_later(&s, 1000);
	assert_false(stick_find(&s, root, 1001));
	assert_true(stick_find(&s, root, 60000));
	scratch_remove(root);
}

static void its_name_may_have_anything_in_it(void **state)
{
	struct stick s = {0};
	(void)state;
	scratch_make(root);
	plug("me/盘 #1%", "1");
	assert_true(stick_find(&s, root, 0));
	assert_non_null(strstr(s.address, "/me/%E7%9B%98%20%231%25/fangzi-feed/"));
	assert_int_equal(strncmp(s.address, "file:///", 8), 0);
	scratch_remove(root);
}

static void links_and_depths_are_not_followed(void **state)
{
	struct stick s = {0};
	char from[SCRATCH_PATH_MAX * 2], to[SCRATCH_PATH_MAX * 2];
	(void)state;
	scratch_make(root);
	plug("one/two/three", "1");
	assert_false(stick_find(&s, root, 0));
	plug(".hidden", "1");
	assert_false(stick_find(&s, root, 0));
	plug("a", "1");
	(void)snprintf(from, sizeof from, "%s/a/fangzi-feed/head.json", root);
	(void)snprintf(to, sizeof to, "%s/a/fangzi-feed/real", root);
	assert_int_equal(rename(from, to), 0);
	assert_int_equal(symlink(to, from), 0);
	assert_false(stick_find(&s, root, 0));
	scratch_remove(root);
}

int main(void)
{
	struct sentences s = {0};
	sentences_add(&s, "one that was seen is not looked at again", one_that_was_seen_is_not_looked_at_again, NULL);
	sentences_add(&s, "what may be well later is tried later", what_may_be_well_later_is_tried_later, NULL);
	sentences_add(&s, "its name may have anything in it", its_name_may_have_anything_in_it, NULL);
	sentences_add(&s, "links and depths are not followed", links_and_depths_are_not_followed, NULL);
	return sentences_run(&s, "stick");
}
