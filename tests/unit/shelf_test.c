/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hub keeps of a feed's files: for as long as each is the file that it was. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/shelf.h"
#include "scratch.h"
#include "sentences.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OBJECT "objects/" HASH

static char folder[SCRATCH_PATH_MAX];

static void path_of(const char *name, char out[static SCRATCH_PATH_MAX * 2])
{
	(void)snprintf(out, SCRATCH_PATH_MAX * 2, "%s/%s", folder, name);
}

static void make_folder(const char *name)
{
	char path[SCRATCH_PATH_MAX * 2];
	path_of(name, path);
	assert_int_equal(mkdir(path, 0755), 0);
}

/* As a writer does: whole before its name is known. */
static void replace(const char *name, const char *text)
{
	char from[SCRATCH_PATH_MAX * 2], to[SCRATCH_PATH_MAX * 2];
	scratch_write(folder, "new", text, strlen(text));
	path_of("new", from);
	path_of(name, to);
	assert_int_equal(rename(from, to), 0);
}

static struct shelf *begin(void)
{
	struct shelf *s;
	struct err e = {0};
	scratch_make(folder);
	make_folder("objects");
	make_folder("trust");
	replace("head.json", "{\"seq\": 1}");
	replace("trust/1.json", "{}");
	replace(OBJECT, "bytes");
	assert_true(shelf_open(&s, folder, &e));
	return s;
}

static void end(struct shelf *s)
{
	shelf_close(s);
	scratch_remove(folder);
}

/* The bytes that are sent; "": there is none. */
static void sends(struct shelf *s, const char *path, uint64_t turn, const char *bytes)
{
	bool is_busy;
	const struct shelf_item *i = shelf_take(s, path, turn, &is_busy);
	assert_false(is_busy);
	if (*bytes == '\0') {
		assert_null(i);
		return;
	}
	assert_non_null(i);
	assert_int_equal(i->size, strlen(bytes));
	assert_memory_equal(i->bytes, bytes, strlen(bytes));
	shelf_return(s, i);
}

/* Two takings give one item: it was not read again. */
static bool is_kept(struct shelf *s, const char *path, uint64_t first_turn, uint64_t second_turn)
{
	bool is_busy;
	const struct shelf_item *a = shelf_take(s, path, first_turn, &is_busy);
	const struct shelf_item *b = shelf_take(s, path, second_turn, &is_busy);
	assert_non_null(a);
	assert_non_null(b);
	bool same = a == b;
	shelf_return(s, a);
	shelf_return(s, b);
	return same;
}

static void small_files_are_read_once(void **state)
{
	(void)state;
	struct shelf *s = begin();
	assert_true(is_kept(s, "head.json", 0, 0));
	assert_true(is_kept(s, "trust/1.json", 0, 1));
	assert_true(is_kept(s, OBJECT, 0, 1));
	end(s);
}

static void a_head_is_read_again_in_another_turn(void **state)
{
	(void)state;
	struct shelf *s = begin();
	assert_false(is_kept(s, "head.json", 0, 1));
	end(s);
}

static void what_was_replaced_is_sent_anew(void **state)
{
	(void)state;
	struct shelf *s = begin();
	sends(s, "head.json", 0, "{\"seq\": 1}");
	replace("head.json", "{\"seq\": 2}"); /* nobody has noticed yet: the same turn */
	sends(s, "head.json", 0, "{\"seq\": 2}");
	sends(s, OBJECT, 0, "bytes");
	replace(OBJECT, "other");
	sends(s, OBJECT, 0, "other");
	scratch_write(folder, OBJECT, "longer", 6); /* in its place */
	sends(s, OBJECT, 0, "longer");
	end(s);
}

static void what_is_gone_or_became_a_link_is_not_sent(void **state)
{
	(void)state;
	char from[SCRATCH_PATH_MAX * 2], to[SCRATCH_PATH_MAX * 2];
	struct shelf *s = begin();
	sends(s, OBJECT, 0, "bytes");
	sends(s, "trust/1.json", 0, "{}");
	path_of("trust", from);
	path_of("elsewhere", to);
	assert_int_equal(rename(from, to), 0);
	assert_int_equal(symlink("elsewhere", from), 0);
	sends(s, "trust/1.json", 0, ""); /* the same file, by way of a folder that is a link */
	path_of(OBJECT, from);
	path_of("kept", to);
	assert_int_equal(rename(from, to), 0);
	sends(s, OBJECT, 0, "");
	assert_int_equal(symlink("../kept", from), 0);
	sends(s, OBJECT, 0, "");
	end(s);
}

static void an_object_name(int n, char out[static 80])
{
	(void)snprintf(out, 80, "objects/%064d", n);
}

static void what_is_still_being_sent_outlives_its_place(void **state)
{
	(void)state;
	bool is_busy;
	char name[80];
	struct shelf *s = begin();
	const struct shelf_item *first = shelf_take(s, OBJECT, 0, &is_busy);
	const struct shelf_item *asked_often = shelf_take(s, "trust/1.json", 0, &is_busy);
	for (int i = 0; i < SHELF_ITEMS_MAX; i++) {
		an_object_name(i, name);
		replace(name, "more");
		sends(s, name, 0, "more");
		sends(s, "trust/1.json", 0, "{}");
	}
	shelf_return(s, asked_often);
	assert_ptr_equal(shelf_take(s, "trust/1.json", 0, &is_busy), asked_often);
	shelf_return(s, asked_often);
	const struct shelf_item *again = shelf_take(s, OBJECT, 0, &is_busy);
	assert_ptr_not_equal(first, again); /* it had to make room */
	assert_memory_equal(first->bytes, "bytes", 5);
	shelf_return(s, first);
	shelf_return(s, again);
	assert_true(is_kept(s, name, 0, 0)); /* the last one did not */
	end(s);
}

static void what_is_kept_has_a_bound(void **state)
{
	(void)state;
	bool is_busy;
	char name[80];
	static char bytes[FILES_SMALL_BYTES_MAX];
	const int fit = SHELF_BYTES_MAX / FILES_SMALL_BYTES_MAX;
	struct shelf *s = begin();
	const struct shelf_item *items[2];
	for (int i = 0; i <= fit; i++) {
		an_object_name(i, name);
		scratch_write(folder, name, bytes, sizeof bytes);
		const struct shelf_item *item = shelf_take(s, name, 0, &is_busy);
		assert_non_null(item);
		if (i < 2)
			items[i] = item;
		else
			shelf_return(s, item);
	}
	for (int i = 1; i >= 0; i--) { /* as many as fit: the first one went, the second is still there */
		an_object_name(i, name);
		const struct shelf_item *item = shelf_take(s, name, 0, &is_busy);
		assert_int_equal(item == items[i], i == 1);
		shelf_return(s, item);
		shelf_return(s, items[i]);
	}
	end(s);
}

static int open_files(void)
{
	int count = 0;
	DIR *d = opendir("/proc/self/fd");
	while (readdir(d))
		count++;
	(void)closedir(d);
	return count;
}

static void large_objects_keep_no_file_open(void **state)
{
	(void)state;
	bool is_busy;
	static char bytes[FILES_SMALL_BYTES_MAX + 1];
	struct shelf *s = begin();
	int before = open_files();
	scratch_write(folder, OBJECT, bytes, sizeof bytes);
	const struct shelf_item *i = shelf_take(s, OBJECT, 0, &is_busy);
	assert_non_null(i);
	assert_null(i->bytes);
	assert_true(i->fd >= 0);
	shelf_return(s, i);
	assert_int_equal(open_files(), before);
	end(s);
}

int main(void)
{
	static struct sentences s;
	sentences_add(&s, "small files are read once", small_files_are_read_once, NULL);
	sentences_add(&s, "a head is read again in another turn", a_head_is_read_again_in_another_turn, NULL);
	sentences_add(&s, "what was replaced is sent anew", what_was_replaced_is_sent_anew, NULL);
	sentences_add(&s, "what is gone or became a link is not sent", what_is_gone_or_became_a_link_is_not_sent, NULL);
	sentences_add(
		&s, "what is still being sent outlives its place", what_is_still_being_sent_outlives_its_place, NULL);
	sentences_add(&s, "what is kept has a bound", what_is_kept_has_a_bound, NULL);
	sentences_add(&s, "large objects keep no file open", large_objects_keep_no_file_open, NULL);
	return sentences_run(&s, "shelf");
}
