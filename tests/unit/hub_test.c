/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of files, ranges and conditions as the hub understands them. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/feed_site.h"
#include "hub/files.h"
#include "hub/range.h"
#include "scratch.h"
#include "sentences.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static char folder[SCRATCH_PATH_MAX];

static const struct name_row {
	const char *says, *path;
	enum files_kind kind;
} name_rows[] = {
	{"the head", "head.json", FILES_HEAD},
	{"a trust document", "trust/1.json", FILES_DOCUMENT},
	{"the last version number", "manifests/9007199254740991.json", FILES_DOCUMENT},
	{"an object", "objects/" HASH, FILES_OBJECT},
	{"nothing", "", FILES_NONE},
	{"a folder", "objects", FILES_NONE},
	{"a folder with its slash", "objects/", FILES_NONE},
	{"another file", "state.sqlite", FILES_NONE},
	{"upwards", "../head.json", FILES_NONE},
	{"upwards out of a folder", "objects/../head.json", FILES_NONE},
	{"upwards as a number", "trust/../1.json", FILES_NONE},
	{"from the root", "/etc/passwd", FILES_NONE},
	{"two slashes", "objects//" HASH, FILES_NONE},
	{"a dot between", "./head.json", FILES_NONE},
	{"more behind", "head.json/", FILES_NONE},
	{"percent signs", "%68ead.json", FILES_NONE},
	{"percent signs upwards", "%2e%2e/head.json", FILES_NONE},
	{"backslashes", "trust\\1.json", FILES_NONE},
	{"capitals", "HEAD.JSON", FILES_NONE},
	{"document 0", "trust/0.json", FILES_NONE},
	{"a number with a zero before", "trust/01.json", FILES_NONE},
	{"a negative number", "trust/-1.json", FILES_NONE},
	{"no number", "trust/.json", FILES_NONE},
	{"too long a number", "manifests/90071992547409910.json", FILES_NONE},
	{"a number with a tail", "trust/1.json.part", FILES_NONE},
	{"a hash a digit short", "objects/123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		FILES_NONE},
	{"a hash in capitals", "objects/0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
		FILES_NONE},
	{"a hash with a tail", "objects/" HASH ".part", FILES_NONE},
};

static void check_name(void **state)
{
	const struct name_row *r = *state;
	assert_int_equal(files_kind_of(r->path), r->kind);
}

static const struct range_row {
	const char *says, *header;
	uint64_t size;
	enum range_kind kind;
	uint64_t first, length;
} range_rows[] = {
	{"none", NULL, 10, RANGE_WHOLE, 0, 10},
	{"from the start", "bytes=0-3", 10, RANGE_PART, 0, 4},
	{"one byte", "bytes=9-9", 10, RANGE_PART, 9, 1},
	{"to the end", "bytes=4-", 10, RANGE_PART, 4, 6},
	{"beyond the end", "bytes=4-99", 10, RANGE_PART, 4, 6},
	{"the last three", "bytes=-3", 10, RANGE_PART, 7, 3},
	{"the last so many, more than there are", "bytes=-99", 10, RANGE_PART, 0, 10},
	{"all of it", "bytes=0-9", 10, RANGE_PART, 0, 10},
	{"the unit in capitals", "Bytes=0-3", 10, RANGE_PART, 0, 4},
	{"from behind the end", "bytes=10-", 10, RANGE_OUTSIDE, 0, 0},
	{"the last none", "bytes=-0", 10, RANGE_OUTSIDE, 0, 0},
	{"of nothing", "bytes=0-", 0, RANGE_OUTSIDE, 0, 0},
	{"the last of nothing", "bytes=-1", 0, RANGE_OUTSIDE, 0, 0},
	{"as large as numbers go", "bytes=0-18446744073709551615", 10, RANGE_PART, 0, 10},
	{"larger", "bytes=0-18446744073709551616", 10, RANGE_WHOLE, 0, 10},
	{"backwards", "bytes=3-0", 10, RANGE_WHOLE, 0, 10},
	{"several at once", "bytes=0-1,3-4", 10, RANGE_WHOLE, 0, 10},
	{"another unit", "lines=0-3", 10, RANGE_WHOLE, 0, 10},
	{"no number", "bytes=-", 10, RANGE_WHOLE, 0, 10},
	{"a sign", "bytes=+1-3", 10, RANGE_WHOLE, 0, 10},
	{"a blank", "bytes= 1-3", 10, RANGE_WHOLE, 0, 10},
	{"hexadecimal", "bytes=0x1-3", 10, RANGE_WHOLE, 0, 10},
	{"more behind", "bytes=1-3;", 10, RANGE_WHOLE, 0, 10},
	{"two dashes", "bytes=1--3", 10, RANGE_WHOLE, 0, 10},
	{"nothing behind the unit", "bytes=", 10, RANGE_WHOLE, 0, 10},
};

static void check_range(void **state)
{
	const struct range_row *r = *state;
	struct range have = range_parse(r->header, r->size);
	assert_int_equal(have.kind, r->kind);
	assert_int_equal(have.first, r->first);
	assert_int_equal(have.length, r->length);
}

static const struct etag_row {
	const char *says, *header;
	bool matches;
} etag_rows[] = {
	{"the same", "\"abc\"", true},
	{"weak is enough", "W/\"abc\"", true},
	{"any", "*", true},
	{"in a list", "\"x\", W/\"y\" ,\t\"abc\"", true},
	{"another", "\"abd\"", false},
	{"a longer one", "\"abcd\"", false},
	{"without quotes", "abc", false},
	{"inside another's quotes", "\"x\"abc\"\"", false},
	{"nothing", "", false},
	{"none", NULL, false},
};

static void check_etag(void **state)
{
	const struct etag_row *r = *state;
	assert_int_equal(range_etag_matches(r->header, "\"abc\""), r->matches);
}

static const struct prefer_row {
	const char *says, *header;
	int wait_s;
} prefer_rows[] = {
	{"wait=25", "wait=25", 25},
	{"in capitals", "Wait=25", 25},
	{"behind another", "respond-async, wait=10", 10},
	{"before another", "wait=10; foo, bar", 10},
	{"more than allowed", "wait=3600", 300},
	{"as large as numbers go", "wait=99999999999999999999", 0},
	{"none", NULL, 0},
	{"of nothing", "wait=", 0},
	{"negative", "wait=-1", 0},
	{"with a tail", "wait=5x", 0},
	{"another's value", "await=5", 0},
	{"zero", "wait=0", 0},
};

static void check_prefer(void **state)
{
	const struct prefer_row *r = *state;
	assert_int_equal(range_prefer_wait(r->header, FEED_SITE_WAIT_MAX_S), r->wait_s);
}

static bool opens(const char *path)
{
	struct files_entry f;
	int fd = open(folder, O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	bool ok = files_open(fd, path, &f);
	buf_finish(&f.bytes);
	if (f.fd >= 0)
		(void)close(f.fd);
	(void)close(fd);
	return ok;
}

static void path_of(const char *name, char out[static SCRATCH_PATH_MAX * 2])
{
	(void)snprintf(out, SCRATCH_PATH_MAX * 2, "%s/%s", folder, name);
}

static void make_folder(const char *name)
{
	char path[SCRATCH_PATH_MAX * 2];
	path_of(name, path);
	(void)mkdir(path, 0755);
}

static void only_plain_files_in_plain_folders_open(void **state)
{
	(void)state;
	char path[SCRATCH_PATH_MAX * 2];
	make_folder("objects");
	make_folder("elsewhere");
	scratch_write(folder, "elsewhere/1.json", "{}", 2);
	scratch_write(folder, "head.json", "{}", 2);
	scratch_write(folder, "objects/" HASH, "bytes", 5);
	assert_true(opens("head.json"));
	assert_true(opens("objects/" HASH));
	assert_false(opens("trust/1.json"));
	path_of("trust", path);
	assert_int_equal(symlink("elsewhere", path), 0);
	assert_false(opens("trust/1.json")); /* a folder that is a link */
	path_of("objects/" HASH, path);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_false(opens("objects/" HASH)); /* a file that is a link */
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0644), 0);
	assert_false(opens("objects/" HASH)); /* would wait for a writer */
	assert_int_equal(unlink(path), 0);
	make_folder("objects/" HASH);
	assert_false(opens("objects/" HASH));
}

static void an_etag_is_the_hash_of_the_bytes(void **state)
{
	(void)state;
	struct files_entry f;
	char hex[DIGEST_HEX];
	int fd = open(folder, O_RDONLY | O_DIRECTORY);
	scratch_write(folder, "head.json", "{\"seq\": 1}", 10);
	digest_bytes("{\"seq\": 1}", 10, hex);
	assert_true(files_open(fd, "head.json", &f));
	assert_memory_equal(f.etag + 1, hex, 64);
	assert_int_equal(f.etag[0], '"');
	assert_string_equal(f.etag + 65, "\"");
	assert_int_equal(f.size, 10);
	assert_memory_equal(f.bytes.data, "{\"seq\": 1}", 10);
	assert_int_equal(f.fd, -1);
	buf_finish(&f.bytes);
	(void)close(fd);
}

int main(void)
{
	static struct sentences s;
	scratch_make(folder);
	SENTENCES_ROWS(&s, name_rows, check_name);
	SENTENCES_ROWS(&s, range_rows, check_range);
	SENTENCES_ROWS(&s, etag_rows, check_etag);
	SENTENCES_ROWS(&s, prefer_rows, check_prefer);
	sentences_add(
		&s, "only plain files in plain folders open", only_plain_files_in_plain_folders_open, NULL);
	sentences_add(&s, "an ETag is the hash of the bytes", an_etag_is_the_hash_of_the_bytes, NULL);
	int failed = sentences_run(&s, "hub");
	scratch_remove(folder);
	return failed;
}
