/* SPDX-License-Identifier: Apache-2.0
 *
 * Children that lie, flood, die or never end: what the hub makes of each. The test's own
 * program is the child. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "hub/helper.h"
#include "sentences.h"

#define SHORT_MS 400

static int records;
static size_t bytes_seen;
static char said[64];

static bool take(void *user, const json_t *record, const struct buf *bytes, struct err *e)
{
	(void)user, (void)e;
	const char *word = json_string_value(json_object_get(record, "word"));
	(void)snprintf(said, sizeof said, "%s", word ? word : "");
	bytes_seen += bytes->len;
	records++;
	return true;
}

static bool refuse(void *user, const json_t *record, const struct buf *bytes, struct err *e)
{
	(void)user, (void)record, (void)bytes;
	return err_set(e, ERR_CONFLICT, "not this");
}

/* ---- children ------------------------------------------------------------------------ */

static void put(const char *text)
{
	size_t len = strlen(text);
	if (write(STDOUT_FILENO, text, len) != (ssize_t)len)
		_exit(1);
}

static int speak_well(void)
{
	struct err e = {0};
	struct buf payload = {0};
	json_t *request;
	bool ok = helper_begin(&request, 10, &e) && file_read(HELPER_PAYLOAD, 100, &payload, &e);
	if (ok)
		(void)helper_tell(json_pack("{s:O}", "word", json_object_get(request, "word")), payload.data, payload.len);
	json_decref(request);
	buf_finish(&payload);
	return helper_end(ok, &e);
}

static int speak_of_failure(void)
{
	struct err e = {0};
	json_t *request;
	(void)helper_begin(&request, 10, &e);
	json_decref(request);
	return helper_end(err_set(&e, ERR_STALE, "too old"), &e);
}

static int say_nothing(void)
{
	return 0;
}

static int die(void)
{
	put("{\"word\": \"so far\"}\n");
	(void)raise(SIGKILL);
	return 0;
}

static int never_end(void)
{
	while (true)
		(void)pause();
	return 0;
}

static int never_end_a_line(void)
{
	while (true)
		put("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	return 0;
}

static int speak_for_ever(void)
{
	while (true)
		put("{}\n");
	return 0;
}

static int promise_a_gigabyte(void)
{
	put("{\"bytes\": 1073741824}\n");
	return never_end();
}

static int promise_less_than_nothing(void)
{
	put("{\"bytes\": -1}\n");
	return never_end();
}

static int speak_no_json(void)
{
	put("hello\n");
	return never_end();
}

static int speak_after_the_end(void)
{
	put("{\"done\": true}\n{\"word\": \"more\"}\n");
	return 0;
}

static int stop_in_the_middle(void)
{
	put("{\"word\": \"half\", \"bytes\": 10}\nabc");
	return 0;
}

static int start_a_program(void)
{
	struct err e = {0};
	json_t *request;
	bool ok = helper_begin(&request, 10, &e);
	json_decref(request);
	char *const argv[] = {(char[]){"true"}, NULL};
	(void)execv("/bin/true", argv);
	return helper_end(ok, &e);
}

static const struct row {
	const char *says;
	int (*child)(void);
	bool is_well;
	enum err_kind kind;
	const char *reason;
} rows[] = {
	{"what it tells and the bytes behind it arrive", speak_well, true, ERR_NONE, ""},
	{"it says what failed", speak_of_failure, false, ERR_STALE, "too old"},
	{"one that says nothing has failed", say_nothing, false, ERR_FORMAT, "以 0 结束"},
	{"one that dies has failed", die, false, ERR_FORMAT, "信号 9"},
	{"one that never ends is ended", never_end, false, ERR_FORMAT, "未完成"},
	{"one whose line never ends is ended", never_end_a_line, false, ERR_FORMAT, "过长"},
	{"one that speaks for ever is ended", speak_for_ever, false, ERR_FORMAT, "过多"},
	{"a gigabyte is not waited for", promise_a_gigabyte, false, ERR_FORMAT, "过大"},
	{"nor less than nothing", promise_less_than_nothing, false, ERR_FORMAT, "过大"},
	{"what is no JSON is not believed", speak_no_json, false, ERR_FORMAT, ""},
	{"nothing counts behind the end", speak_after_the_end, false, ERR_FORMAT, "过多"},
	{"half a record is none", stop_in_the_middle, false, ERR_FORMAT, "以 0 结束"},
	{"it starts no other program", start_a_program, true, ERR_NONE, ""},
};
#define ROWS (sizeof rows / sizeof rows[0])

static bool run(const char *command, bool (*taker)(void *, const json_t *, const struct buf *, struct err *),
	bool (*goes_on)(void *), struct err *e)
{
	json_t *request = json_pack("{s:s}", "word", "坊子");
	records = 0;
	bytes_seen = 0;
	bool ok = helper_run(&(struct helper_task){.program = "/proc/self/exe",
				     .command = command,
				     .request = request,
				     .payload = "payload",
				     .payload_len = 7,
				     .deadline_ms = strstr(command, "never_end") ? SHORT_MS : 20000,
				     .take = taker,
				     .goes_on = goes_on},
		e);
	json_decref(request);
	return ok;
}

static void check_row(void **state)
{
	const struct row *r = *state;
	char command[32];
	struct err e = {0};
	(void)snprintf(command, sizeof command, "%s%zu", r->child == never_end ? "never_end" : "child",
		(size_t)(r - rows));
	assert_int_equal(run(command, take, NULL, &e), r->is_well);
	assert_int_equal(e.kind, r->kind);
	assert_non_null(strstr(e.text, r->reason));
	if (r->child == speak_well) {
		assert_int_equal(records, 1);
		assert_int_equal(bytes_seen, 7);
		assert_string_equal(said, "坊子");
	}
}

static void who_listens_may_refuse(void **state)
{
	(void)state;
	struct err e = {0};
	assert_false(run("child0", refuse, NULL, &e));
	assert_int_equal(e.kind, ERR_CONFLICT);
}

static bool never(void *user)
{
	(void)user;
	return false;
}

static void one_that_is_called_off_is_ended(void **state)
{
	(void)state;
	struct err e = {0};
	int64_t before = clock_mono_ms();
	assert_false(run("child4", take, never, &e));
	assert_int_equal(e.kind, ERR_BUSY);
	assert_true(clock_mono_ms() - before < 10000);
}

int main(int argc, char **argv)
{
	static struct sentences s;
	size_t number = argc == 2 ? strtoul(argv[1] + strcspn(argv[1], "0123456789"), NULL, 10) : ROWS;
	if (number < ROWS)
		return rows[number].child();
	SENTENCES_ROWS(&s, rows, check_row);
	sentences_add(&s, "who listens may refuse", who_listens_may_refuse, NULL);
	sentences_add(&s, "one that is called off is ended", one_that_is_called_off_is_ended, NULL);
	return sentences_run(&s, "helper");
}
