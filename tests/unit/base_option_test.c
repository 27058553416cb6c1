/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/file.h"
#include "base/option.h"
#include "scratch.h"
#include "sentences.h"

struct settings {
	char *feed, *mode;
	int64_t poll_s;
	bool full;
	struct option_list tags;
	char *config;
};

#define AT(member) offsetof(struct settings, member)
static const char *const modes[] = {"show", "hold", NULL};
static const struct option_spec specs[] = {
	{"feed", "URL", OPTION_TEXT, AT(feed), .help = "where"},
	{"mode", "MODE", OPTION_TEXT, AT(mode), .words = modes, .help = "what"},
	{"poll-s", "N", OPTION_INT, AT(poll_s), .min = 5, .max = 3600, .help = "how often"},
	{"full", NULL, OPTION_BOOL, AT(full), .help = "full screen"},
	{"tag", "TAG", OPTION_LIST, AT(tags), .help = "may be repeated"},
	{"config", "FILE", OPTION_TEXT, AT(config), .help = "this", .command_line_only = true},
};
static const struct option_table table = {specs, sizeof specs / sizeof specs[0]};
static char folder[SCRATCH_PATH_MAX];

static const struct args_row {
	const char *says;
	const char *argv[8];
	int max_words;
	const char *why; /* the whole error; NULL: it is fine */
} args_rows[] = {
	{"nothing at all is fine", {NULL}, 0, NULL},
	{"values behind a blank", {"--feed", "http://a/", "--poll-s", "30"}, 0, NULL},
	{"values behind an equals sign", {"--feed=http://a/?b=c", "--poll-s=30"}, 0, NULL},
	{"a flag", {"--full"}, 0, NULL},
	{"a list", {"--tag", "a", "--tag", "b"}, 0, NULL},
	{"a word that is allowed", {"a.json"}, 1, NULL},
	{"a word that is not", {"a.json"}, 0, "command line: 'a.json': not expected here"},
	{"a word too many", {"a.json", "b.json"}, 1, "command line: 'b.json': not expected here"},
	{"an option that there is not", {"--poll", "30"}, 0, "command line: --poll: no such option"},
	{"an option with more behind", {"--poll-sec=30"}, 0, "command line: --poll-sec=30: no such option"},
	{"a value that is missing", {"--feed"}, 0, "command line: --feed: needs a value"},
	{"a value that is empty", {"--feed="}, 0, "command line: feed: must not be empty"},
	{"a value for a flag", {"--full=yes"}, 0, "command line: full: takes no value"},
	{"a value too small", {"--poll-s", "4"}, 0, "command line: poll-s: 4 is not within 5..3600"},
	{"a value too large", {"--poll-s", "3601"}, 0, "command line: poll-s: 3601 is not within 5..3600"},
	{"a number with a tail", {"--poll-s", "30s"}, 0, "command line: poll-s: '30s' is not a whole number"},
	{"a number with a blank", {"--poll-s", " 30"}, 0,
		"command line: poll-s: ' 30' is not a whole number"},
	{"a number that no integer holds", {"--poll-s", "99999999999999999999"}, 0,
		"command line: poll-s: '99999999999999999999' is not a whole number"},
	{"a word out of another list", {"--mode", "blank"}, 0,
		"command line: mode: 'blank' is not one of show, hold"},
	{"control characters", {"--feed", "a\nb"}, 0,
		"command line: feed: control characters or bytes that are not UTF-8"},
	{"bytes that are not UTF-8", {"--tag", "\xFF"}, 0,
		"command line: tag: control characters or bytes that are not UTF-8"},
};

static void check_args(void **state)
{
	const struct args_row *r = *state;
	struct settings v = {0};
	struct err e = {0};
	struct option_words words = {.max = r->max_words};
	int argc = 0;
	while (r->argv[argc])
		argc++;
	char *const *argv = (char *const *)(uintptr_t)r->argv;
	bool ok = option_read_args(&table, &v, argc, argv, r->max_words ? &words : NULL, &e);
	assert_string_equal(e.text, r->why ? r->why : "");
	assert_int_equal(ok, r->why == NULL);
	assert_int_equal(e.kind, r->why ? ERR_USAGE : ERR_NONE);
	option_finish(&table, &v);
}

static const struct file_row {
	const char *says, *text, *why; /* why: the error behind "<path>:"; NULL: it is fine */
} file_rows[] = {
	{"an empty file is fine", "", NULL},
	{"comments are fine", "# nothing\n// nothing\n/* nothing */\n", NULL},
	{"all kinds of value",
		"feed = \"http://a/\"\npoll-s = 30\nfull = true\ntag = {\"a\", \"b\"}\nmode = hold\n", NULL},
	{"a key that there is not", "feed = a\npol-s = 30\n", "2: no such option 'pol-s'"},
	{"a key of the command line only", "config = \"b\"\n", "1: no such option 'config'"},
	{"a word for a number", "\n\npoll-s = often\n", "3: poll-s: 'often' is not a whole number"},
	{"a number with a tail", "poll-s = 30s\n", "1: poll-s: '30s' is not a whole number"},
	{"a number too small", "feed = a\npoll-s = 4\n", "2: poll-s: 4 is not within 5..3600"},
	{"a number too large", "poll-s = 3601\n", "1: poll-s: 3601 is not within 5..3600"},
	{"a word for a flag", "full = perhaps\n", "1: invalid boolean value for option 'full'"},
	{"a word out of another list", "\nmode = blank\n", "2: mode: 'blank' is not one of show, hold"},
	{"an empty text", "feed = \"\"\n", "1: feed: must not be empty"},
	{"bytes that are not UTF-8", "feed = \"\xFF\"\n",
		"1: feed: control characters or bytes that are not UTF-8"},
	{"a list with a bad member", "tag = {\"a\", \"\x01\"}\n",
		"1: tag: control characters or bytes that are not UTF-8"},
	{"a key without a value", "feed\n", "2: premature end of file"},
	{"a comment's lines count once", "# one\n# two\n/* three\nfour */\ncolour = red\n",
		"5: no such option 'colour'"},
	{"a comment that does not end", "feed = a\n\n/* off\npoll-s = 60\n", "3: the comment does not end"},
	{"a hash within quotes is none", "feed = \"a#b\"\ncolour = red\n", "2: no such option 'colour'"},
	{"nor is a slash and a star", "feed = 'a /* b'\n", NULL},
	{"nor one within a word", "feed = http://a/*\n", NULL},
	{"a quote within a comment opens none", "# don't\nfeed = a\n", NULL},
	{"a key twice", "feed = a\n# again\nfeed = b\n", "3: feed: stands twice"},
	{"a flag twice", "full = yes\nfull = no\n", "2: full: stands twice"},
	{"a list of too many", "tag = {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q}\n",
		"1: tag: more than 16 values"},
};

static bool read_file(const char *text, size_t len, struct settings *v, char *path, struct err *e)
{
	scratch_write(folder, "conf", text, len);
	(void)snprintf(path, SCRATCH_PATH_MAX + 8, "%s/conf", folder);
	return option_read_file(&table, v, path, e);
}

static void check_file(void **state)
{
	const struct file_row *r = *state;
	struct settings v = {0};
	struct err e = {0};
	char path[SCRATCH_PATH_MAX + 8], why[512] = "";
	bool ok = read_file(r->text, strlen(r->text), &v, path, &e);
	if (r->why)
		(void)snprintf(why, sizeof why, "%s:%s", path, r->why);
	assert_string_equal(e.text, why);
	assert_int_equal(ok, r->why == NULL);
	assert_int_equal(e.kind, r->why ? ERR_USAGE : ERR_NONE);
	option_finish(&table, &v);
}

static void a_file_sets_what_it_says_and_the_command_line_wins(void **state)
{
	(void)state;
	static const char text[] = "feed = \"http://a/\"\npoll-s = 60\nfull = yes\ntag = {\"a\", \"b\"}\n";
	struct settings v = {0};
	struct err e = {0};
	char path[SCRATCH_PATH_MAX + 8];
	char word[] = "--poll-s=10";
	char *argv[] = {word};
	assert_true(read_file(text, sizeof text - 1, &v, path, &e));
	assert_string_equal(v.feed, "http://a/");
	assert_true(v.full);
	assert_int_equal(v.tags.count, 2);
	assert_string_equal(v.tags.items[1], "b");
	assert_true(option_read_args(&table, &v, 1, argv, NULL, &e));
	assert_int_equal(v.poll_s, 10);
	assert_int_equal(v.tags.count, 2); /* a list that it does not name stays */
	char list[] = "--tag=c";
	argv[0] = list;
	assert_true(option_read_args(&table, &v, 1, argv, NULL, &e));
	assert_int_equal(v.tags.count, 1);
	assert_string_equal(v.tags.items[0], "c");
	option_finish(&table, &v);
	assert_null(v.feed);
}

static void a_number_with_a_zero_before_is_not_octal(void **state)
{
	(void)state;
	struct settings v = {0};
	struct err e = {0};
	char path[SCRATCH_PATH_MAX + 8];
	assert_true(read_file("poll-s = 010\n", 13, &v, path, &e));
	assert_int_equal(v.poll_s, 10);
	option_finish(&table, &v);
}

static void a_file_that_is_none_is_named(void **state)
{
	(void)state;
	struct settings v = {0};
	struct err e = {0};
	assert_false(option_read_file(&table, &v, "/nowhere/conf", &e));
	assert_string_equal(e.text, "/nowhere/conf: No such file or directory");
	assert_false(option_read_file(&table, &v, "/", &e));
	assert_string_equal(e.text, "/: not a regular file");
}

static void a_file_beyond_its_ceiling_is_not_read(void **state)
{
	(void)state;
	struct settings v = {0};
	struct err e = {0};
	char path[SCRATCH_PATH_MAX + 8];
	char *text = malloc(OPTION_FILE_BYTES_MAX + 1);
	assert_non_null(text);
	memset(text, '#', OPTION_FILE_BYTES_MAX + 1);
	assert_false(read_file(text, OPTION_FILE_BYTES_MAX + 1, &v, path, &e));
	assert_non_null(strstr(e.text, "longer than 65536 bytes"));
	free(text);
}

int main(void)
{
	static struct sentences s;
	scratch_make(folder);
	SENTENCES_ROWS(&s, args_rows, check_args);
	SENTENCES_ROWS(&s, file_rows, check_file);
	sentences_add(&s, "a file sets what it says, and the command line wins",
		a_file_sets_what_it_says_and_the_command_line_wins, NULL);
	sentences_add(&s, "a number with a zero before it is not octal",
		a_number_with_a_zero_before_is_not_octal, NULL);
	sentences_add(&s, "a file that is none is named", a_file_that_is_none_is_named, NULL);
	sentences_add(
		&s, "a file beyond its ceiling is not read", a_file_beyond_its_ceiling_is_not_read, NULL);
	int failed = sentences_run(&s, "base option");
	scratch_remove(folder);
	return failed;
}
