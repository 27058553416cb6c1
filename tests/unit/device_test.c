/* SPDX-License-Identifier: Apache-2.0
 *
 * A screen's side of its hub: its key and its count, what the box says of itself, what was
 * counted, and what may stand in a report. */
#include <sys/stat.h>
#include <unistd.h>

#include "feed/hello.h"
#include "feed/report.h"
#include "kiosk/tally.h"
#include "scratch.h"
#include "sentences.h"
#include "store/shot.h"
#include "store/vitals.h"
#include "sync/care.h"
#include "sync/device.h"
#include "sync/gather.h"
#include "sync/proof.h"

#define HUB "https://hub.example.cn"
#define NOW INT64_C(1700000000)
#define SHA "abababababababababababababababababababababababababababababababab"

/* ---- what may stand in a report ---------------------------------------------------------- */

#define NEEDED "\"screen\": \"0123456789abcdef\", \"seq\": 5, \"at\": \"2023-06-28T02:24:00Z\""
#define PLAYS(contents, rows)                                                                                  \
	"{" NEEDED ", \"plays\": {\"run\": \"0123456789abcdef\", \"contents\": [" contents "], \"rows\": [" rows "]}}"
#define ONE "[\"" SHA "\", 7]"

static const struct body_row {
	const char *says, *body;
	const char *refusal; /* NULL: it is accepted */
} body_rows[] = {
	{"the least that may be said", "{" NEEDED "}", NULL},
	{"a field that nobody knows", "{" NEEDED ", \"mood\": \"good\"}", NULL},
	{"no screen", "{\"seq\": 5, \"at\": \"2023-06-28T02:24:00Z\"}", "screen: missing"},
	{"a number of nought", "{\"screen\": \"0123456789abcdef\", \"seq\": 0, \"at\": \"2023-06-28T02:24:00Z\"}",
		"seq: 0 is not within"},
	{"a name with a slash for a page", "{" NEEDED ", \"page\": \"../x\"}", "page: not what may"},
	{"a formula for a page", "{" NEEDED ", \"page\": \"=1+1\"}", "page: not what may"},
	{"a word that no display has", "{" NEEDED ", \"display\": \"fine\"}", "display: not what may"},
	{"half a hash", "{" NEEDED ", \"content_sha256\": \"abab\"}", "content_sha256: not what may"},
	{"two lines", "{" NEEDED ", \"sync_result\": \"a\\nb\"}", "sync_result: not what may"},
	{"300 degrees and one", "{" NEEDED ", \"temperature_c\": 301}", "temperature_c: 301"},
	{"a card that is used twice over", "{" NEEDED ", \"card_used_pct\": 200}", "card_used_pct: 200"},
	{"a text for a number", "{" NEEDED ", \"version\": \"7\"}", "version: must be an integer"},
	{"a field twice", "{" NEEDED ", \"seq\": 6}", "duplicate"},
	{"plays of a page", PLAYS(ONE, "[\"2023-06-28\", 0, \"b-1\", 3, 75]"), NULL},
	{"plays of a day that nobody knew", PLAYS(ONE, "[\"\", 0, \"b-1\", 3, 750000]"), NULL},
	{"plays of a content that is not listed", PLAYS(ONE, "[\"2023-06-28\", 1, \"b-1\", 3, 75]"), "rows: 0"},
	{"plays of the 30th of February", PLAYS(ONE, "[\"2023-02-30\", 0, \"b-1\", 3, 75]"), "rows: 0"},
	{"more seconds than a day has", PLAYS(ONE, "[\"2023-06-28\", 0, \"b-1\", 3, 90001]"), "rows: 0"},
	{"fewer than none", PLAYS(ONE, "[\"2023-06-28\", 0, \"b-1\", -3, 75]"), "rows: 0"},
	{"five contents", PLAYS(ONE "," ONE "," ONE "," ONE "," ONE, ""), "more than 4"},
	{"a content without a version", PLAYS("[\"" SHA "\"]", ""), "contents: 0"},
	{"a list", "[]", "not a JSON object"},
};

static void check_body(void **state)
{
	const struct body_row *row = *state;
	struct err e = {0};
	struct report r;
	bool ok = report_read(&r, row->body, strlen(row->body), &e);
	if (!row->refusal) {
		assert_true(ok);
		return;
	}
	assert_false(ok);
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_non_null(strstr(e.text, row->refusal));
}

/* ---- the key and its count ------------------------------------------------------------------ */

static void open_device(struct device *d, const char *folder, const char *hub)
{
	struct err e = {0};
	assert_true(device_open(d, folder, hub, &e));
}

static void a_count_never_falls(void **state)
{
	char folder[SCRATCH_PATH_MAX], first[DIGEST_HEX], path[SCRATCH_PATH_MAX * 2];
	struct device d;
	struct stat st;
	(void)state;
	scratch_make(folder);
	open_device(&d, folder, HUB);
	memcpy(first, key_id(d.key), sizeof first);
	int64_t last = 0;
	for (int start = 0; start < 3; start++) {
		for (int i = 0; i < 5; i++) {
			int64_t seq = device_seq(&d);
			assert_true(seq > last);
			last = seq;
		}
		device_close(&d);
		open_device(&d, folder, HUB);
		assert_string_equal(key_id(d.key), first);
	}
	assert_int_equal(d.starts, 4);
	device_close(&d);
	(void)snprintf(path, sizeof path, "%s/device.key", folder);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	scratch_remove(folder);
}

static void a_key_without_its_count_is_given_up(void **state)
{
	char folder[SCRATCH_PATH_MAX], first[DIGEST_HEX];
	struct device d;
	struct err e = {0};
	(void)state;
	scratch_make(folder);
	open_device(&d, folder, HUB);
	memcpy(first, key_id(d.key), sizeof first);
	(void)snprintf(d.screen, sizeof d.screen, "0123456789abcdef");
	assert_true(device_keep(&d, &e));
	device_close(&d);
	scratch_write(folder, "device.starts", "a few\n", 6);
	open_device(&d, folder, HUB);
	assert_string_not_equal(key_id(d.key), first);
	assert_string_equal(d.screen, ""); /* what the hub knew was the other key */
	device_close(&d);
	scratch_remove(folder);
}

static void pairing_is_with_one_hub(void **state)
{
	char folder[SCRATCH_PATH_MAX];
	struct device d;
	struct err e = {0};
	(void)state;
	scratch_make(folder);
	open_device(&d, folder, HUB);
	assert_string_equal(d.screen, "");
	(void)snprintf(d.screen, sizeof d.screen, "0123456789abcdef");
	(void)snprintf(d.tag, sizeof d.tag, "hall");
	(void)snprintf(d.name, sizeof d.name, "一楼大厅");
	assert_true(device_keep(&d, &e));
	device_close(&d);
	open_device(&d, folder, HUB);
	assert_string_equal(d.screen, "0123456789abcdef");
	assert_string_equal(d.tag, "hall");
	device_close(&d);
	open_device(&d, folder, "https://other.example.cn");
	assert_string_equal(d.screen, "");
	assert_string_equal(d.tag, "");
	device_close(&d);
	scratch_remove(folder);
}

static void codes_are_six_digits(void **state)
{
	char first[HELLO_CODE_TEXT], code[HELLO_CODE_TEXT];
	int same = 0;
	(void)state;
	hello_draw_code(first);
	for (int i = 0; i < 100; i++) {
		hello_draw_code(code);
		assert_true(hello_is_code(code));
		same += strcmp(first, code) == 0;
	}
	assert_true(same < 2);
	assert_false(hello_is_code("12345"));
	assert_false(hello_is_code("12345a"));
	assert_false(hello_is_code("1234567"));
}

static void a_hello_is_signed_by_the_key_that_it_brings(void **state)
{
	struct hello h = {.code = "123456", .seq = 7, .at_utc_s = NOW, .software = "0.1.0", .size = "1x1"}, got;
	struct key *key = key_generate(KEY_ED25519), *found;
	struct buf sealed = {0};
	struct err e = {0};
	(void)state;
	assert_true(hello_seal(&h, key, &sealed, &e));
	assert_true(hello_open(&got, &found, sealed.data, sealed.len, &e));
	assert_true(key_is_same(key, found));
	assert_string_equal(got.code, "123456");
	assert_int_equal(got.seq, 7);
	key_destroy(found);
	char *sig = strstr(sealed.data, "\"sig\": \"") + strlen("\"sig\": \"");
	sig[5] = sig[5] == 'A' ? 'B' : 'A';
	assert_false(hello_open(&got, &found, sealed.data, sealed.len, &e));
	assert_int_equal(e.kind, ERR_UNTRUSTED);
	assert_null(found);
	key_destroy(key);
	buf_finish(&sealed);
}

/* ---- the box ------------------------------------------------------------------------------------ */

static void make_box(const char *root)
{
	static const char *const folders[] = {"proc", "sys", "sys/class", "sys/class/thermal",
		"sys/class/thermal/thermal_zone0", "sys/class/thermal/thermal_zone1", "sys/class/hwmon",
		"sys/class/hwmon/hwmon2", "sys/devices", "sys/devices/platform", "sys/devices/platform/soc",
		"sys/devices/platform/soc/soc:firmware", "sys/block", "sys/block/mmcblk0", "sys/block/mmcblk0/device",
		"sys/fs", "sys/fs/ext4", "sys/fs/ext4/mmcblk0p2", "sys/fs/ext4/features"};
	char path[SCRATCH_PATH_MAX * 2];
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", root, folders[i]);
		if (mkdir(path, 0700) != 0)
			abort();
	}
}

static void put(const char *root, const char *name, const char *text)
{
	scratch_write(root, name, text, strlen(text));
}

static void a_box_tells_what_its_kernel_says(void **state)
{
	static const struct {
		const char *bits, *word;
	} firmware[] = {{"0x0\n", "no"}, {"0x50000\n", "was"}, {"0x50005\n", "now"}, {"0x20002\n", "no"}};
	char root[SCRATCH_PATH_MAX];
	struct vitals v;
	(void)state;
	scratch_make(root);
	vitals_read(&v, root, root);
	assert_true(v.temperature_c == REPORT_UNKNOWN && v.memory_mb == REPORT_UNKNOWN);
	assert_true(v.card_used_pct == REPORT_UNKNOWN && v.disk_errors == REPORT_UNKNOWN);
	assert_string_equal(v.undervoltage, "");
	assert_true(v.disk_free_mb > 0 && v.uptime_s > 0);
	make_box(root);
	put(root, "sys/class/thermal/thermal_zone0/temp", "51234\n");
	put(root, "sys/class/thermal/thermal_zone1/temp", "63999\n");
	put(root, "proc/meminfo", "MemTotal: 1000000 kB\nMemAvailable:   204800 kB\n");
	put(root, "sys/class/hwmon/hwmon2/in0_lcrit_alarm", "1\n");
	vitals_read(&v, root, "/none");
	assert_int_equal(v.temperature_c, 63);
	assert_true(v.card_used_pct == REPORT_UNKNOWN && v.disk_errors == REPORT_UNKNOWN);
	put(root, "sys/block/mmcblk0/device/life_time", "0x02 0x0b\n");
	put(root, "sys/fs/ext4/mmcblk0p2/errors_count", "3\n");
	vitals_read(&v, root, "/none");
	assert_int_equal(v.card_used_pct, 110);
	assert_int_equal(v.disk_errors, 3);
	put(root, "sys/block/mmcblk0/device/life_time", "0x00 0x00\n"); /* not defined */
	vitals_read(&v, root, "/none");
	assert_true(v.card_used_pct == REPORT_UNKNOWN);
	assert_int_equal(v.memory_mb, 200);
	assert_true(v.disk_free_mb == REPORT_UNKNOWN);
	assert_string_equal(v.undervoltage, "now");
	for (size_t i = 0; i < sizeof firmware / sizeof firmware[0]; i++) {
		put(root, "sys/devices/platform/soc/soc:firmware/get_throttled", firmware[i].bits);
		vitals_read(&v, root, root);
		assert_string_equal(v.undervoltage, firmware[i].word);
	}
	scratch_remove(root);
}

/* What the box says, one after the other, and what a person is told. */
static const struct care_row {
	const char *says;
	struct vitals v[2];
	const char *told[2]; /* NULL: nothing new */
	enum log_level level; /* of the last that was told */
} care_rows[] = {
#define BOX(voltage, degrees, used, errors)                                                                    \
	{                                                                                                      \
		.undervoltage = (voltage), .temperature_c = (degrees), .card_used_pct = (used), .disk_errors = (errors)    \
	}
#define FINE BOX("no", 50, 10, 0)
	{"a box that is well", {FINE, FINE}, {NULL, NULL}, LOG_INFO},
	{"one that says nothing",
		{BOX("", REPORT_UNKNOWN, REPORT_UNKNOWN, REPORT_UNKNOWN), FINE},
		{NULL, NULL}, LOG_INFO},
	{"too little voltage is told once", {BOX("now", 50, 10, 0), BOX("now", 50, 10, 0)},
		{"too little voltage", NULL}, LOG_ERROR},
	{"and that it is over", {BOX("now", 50, 10, 0), BOX("was", 50, 10, 0)},
		{"too little voltage", "right again"}, LOG_INFO},
	{"heat is told", {FINE, BOX("no", 80, 10, 0)}, {NULL, "80 degrees"}, LOG_WARNING},
	{"a degree less is still hot", {BOX("no", 80, 10, 0), BOX("no", 76, 10, 0)}, {"80 degrees", NULL},
		LOG_WARNING},
	{"five are not", {BOX("no", 80, 10, 0), BOX("no", 74, 10, 0)}, {"80 degrees", "cool enough"}, LOG_INFO},
	{"a worn card", {FINE, BOX("no", 50, 90, 0)}, {NULL, "90 % of its promised life"}, LOG_WARNING},
	{"errors of the disk", {FINE, BOX("no", 50, 10, 2)}, {NULL, "2 errors"}, LOG_ERROR},
	{"and more of them", {BOX("no", 50, 10, 2), BOX("no", 50, 10, 3)}, {"2 errors", "3 errors"}, LOG_ERROR},
	{"a disk that turned read-only", {FINE, {.undervoltage = "no", .is_read_only = true}}, {NULL, "can only be read"}, LOG_ERROR},
};

static void check_care(void **state)
{
	const struct care_row *row = *state;
	struct care c = {0};
	struct care_line lines[CARE_LINES_MAX];
	for (int i = 0; i < 2; i++) {
		int count = care_look(&c, &row->v[i], lines);
		assert_int_equal(count, row->told[i] ? 1 : 0);
		if (row->told[i] && !strstr(lines[0].text, row->told[i]))
			fail_msg("%s", lines[0].text);
		if (count && (i == 1 || !row->told[1]))
			assert_int_equal(lines[0].level, row->level);
	}
}

static const struct display_row {
	const char *says, *display;
	int64_t looked_ago_s, every_s;
	const char *is;
} display_rows[] = {
	{"a display that was looked at now", "ok", 0, 60, "ok"},
	{"one that is black", "black", 10, 60, "black"},
	{"one that nobody looks at for five minutes", "ok", 300, 60, "ok"},
	{"and for longer", "ok", 301, 60, "lost"},
	{"a screen by hand says so every ten minutes", "ok", 1800, 600, "ok"},
	{"and is lost after five of them", "black", 3001, 600, "lost"},
	{"one that was never looked at", "ok", NOW, 60, ""},
};

static void check_display(void **state)
{
	const struct display_row *row = *state;
	struct status_screen s = {.looked_utc_s = NOW - row->looked_ago_s, .every_s = row->every_s};
	(void)snprintf(s.display, sizeof s.display, "%s", row->display);
	assert_string_equal(status_display(&s, NOW), row->is);
}

static void whatever_went_wrong_fits_into_a_report(void **state)
{
	struct report r, read;
	struct gather_feed feed = {.refused_version = 9};
	struct status_screen s = {.looked_utc_s = NOW, .shown = {.version = 3, .page = "../x"}};
	struct buf body = {0};
	struct err e = {0};
	(void)state;
	for (size_t i = 0; i + 4 < sizeof feed.result; i += 3)
		memcpy(feed.result + i, "坊", 4);
	feed.result[1] = '\n';
	(void)snprintf(s.incident, sizeof s.incident, "a\tb");
	gather_report(&r, &s, &feed, "/tmp", NOW);
	(void)snprintf(r.screen, sizeof r.screen, "0123456789abcdef");
	r.seq = 1;
	report_write(&r, &body);
	assert_true(report_read(&read, body.data, body.len, &e));
	assert_int_equal(read.refused_version, 9);
	assert_string_equal(read.page, ""); /* no name is better than a bad one */
	assert_string_equal(read.incident, "a?b");
	assert_true(strlen(read.sync_result) > 190);
	buf_finish(&body);
}

static void a_status_is_read_as_it_was_written(void **state)
{
	char folder[SCRATCH_PATH_MAX];
	struct err e = {0};
	struct status_device d = {.fingerprint = "A1B2 C3D4 E5F6 0718", .code = "123456", .code_until_ms = 77,
				     .pair_url = "https://hub.example/#/screens/pair/123456",
				     .is_in_touch = true, .tag = "hall", .picture = "0123456789abcdef", .error = "a\nb"},
			     got;
	(void)state;
	scratch_make(folder);
	assert_false(status_device_read(folder, &got));
	assert_string_equal(got.code, "");
	assert_true(status_device_write(folder, &d, &e));
	assert_true(status_device_read(folder, &got));
	assert_string_equal(got.fingerprint, d.fingerprint);
	assert_string_equal(got.code, d.code);
	assert_int_equal(got.code_until_ms, 77);
	assert_string_equal(got.pair_url, d.pair_url);
	assert_true(got.is_in_touch);
	assert_string_equal(got.tag, "hall");
	assert_string_equal(got.picture, d.picture);
	assert_string_equal(got.error, "a b");
	put(folder, "device.status", "tag=a-tag-that-is-much-too-long-a-tag-that-is-much-too-long-a-tag-that-is-much-"
				     "too-long-a-tag-that-is-much-too-long\n");
	assert_true(status_device_read(folder, &got));
	assert_string_equal(got.tag, ""); /* half a name would be another one */
	status_device_remove(folder);
	assert_false(status_device_read(folder, &got));
	scratch_remove(folder);
}

/* ---- counting -------------------------------------------------------------------------------------- */

static struct status_shown page(int64_t version, const char *name)
{
	struct status_shown s = {.version = version, .content_sha256 = SHA, .day = 19536};
	(void)snprintf(s.page, sizeof s.page, "%s", name);
	return s;
}

static int64_t ms_of(struct tally *t, const char *name, int64_t times)
{
	struct status_shown what = page(1, name);
	const struct play *row = plays_row(&t->plays, &what);
	assert_int_equal(row->times, times);
	return row->ms;
}

static void pages_are_counted_while_they_stand(void **state)
{
	static struct tally t, again;
	char folder[SCRATCH_PATH_MAX];
	struct err e = {0};
	struct status_shown a = page(1, "a-1"), b = page(1, "b-1");
	(void)state;
	scratch_make(folder);
	tally_begin(&t, folder);
	tally_note(&t, &a, 1000);
	tally_note(&t, &a, 3000); /* the same one, presented again */
	tally_note(&t, &b, 6000);
	tally_note(&t, &a, 8000);
	tally_note(&t, &a, 9000);
	assert_int_equal(ms_of(&t, "a-1", 2), 6000);
	assert_int_equal(ms_of(&t, "b-1", 1), 2000);
	assert_true(plays_write(&t.plays, folder, &e));
	tally_begin(&again, folder); /* after a restart */
	assert_string_equal(again.plays.run, t.plays.run);
	tally_note(&again, &a, 500);
	tally_note(&again, &b, 1500);
	assert_int_equal(ms_of(&again, "a-1", 3), 7000);
	put(folder, "kiosk.plays", "0123456789abcdef\n1 1 - x-1 3 4 5\n");
	tally_begin(&again, folder);
	assert_string_not_equal(again.plays.run, "0123456789abcdef"); /* another run: nothing is counted twice */
	assert_int_equal(again.plays.count, 0);
	scratch_remove(folder);
}

static void the_oldest_day_makes_room(void **state)
{
	static struct plays p;
	struct status_shown what = page(1, "x");
	(void)state;
	for (int i = 0; i < PLAYS_MAX + 1; i++) {
		what.day = 100 + i / 500;
		(void)snprintf(what.page, sizeof what.page, "p-%d", i);
		plays_row(&p, &what)->times = 1;
	}
	assert_int_equal(p.count, PLAYS_MAX - 500 + 1);
	for (int i = 0; i < p.count; i++)
		assert_true(p.rows[i].what.day > 100);
}

static void make_plays(const char *folder, int pages, int64_t ms)
{
	static struct plays p;
	struct err e = {0};
	p.count = 0;
	memcpy(p.run, "0123456789abcdef", sizeof p.run);
	for (int i = 0; i < pages; i++) {
		struct status_shown what = page(1 + i / 30, "");
		(void)snprintf(what.page, sizeof what.page, "a-board-with-a-name-of-some-length-%d", i);
		*plays_row(&p, &what) = (struct play){.what = what, .times = 3, .ms = ms};
	}
	assert_true(plays_write(&p, folder, &e));
}

static void fill(struct proof *p, const char *folder, struct report *r)
{
	struct buf body = {0};
	struct err e = {0};
	static struct report read;
	report_clear(r);
	(void)snprintf(r->screen, sizeof r->screen, "0123456789abcdef");
	r->seq = 1;
	memset(r->sync_result, 'x', sizeof r->sync_result - 1);
	proof_fill(p, folder, r);
	report_write(r, &body);
	assert_true(body.len <= REPORT_BODY_BYTES_MAX);
	assert_true(report_read(&read, body.data, body.len, &e));
	buf_finish(&body);
}

static void what_was_counted_comes_in_as_many_reports_as_it_takes(void **state)
{
	static struct proof p;
	static struct report r;
	char folder[SCRATCH_PATH_MAX];
	int reports = 0, rows = 0;
	(void)state;
	scratch_make(folder);
	make_plays(folder, 200, 5000);
	do {
		fill(&p, folder, &r);
		rows += r.play_count;
		if (reports == 1) { /* one that is lost is said again */
			int lost = r.play_count;
			fill(&p, folder, &r);
			assert_int_equal(r.play_count, lost);
		}
		proof_taken(&p);
	} while (r.play_count && ++reports < 100);
	assert_int_equal(rows, 200);
	assert_true(reports > 3);
	make_plays(folder, 200, 5900); /* less than a second more */
	fill(&p, folder, &r);
	assert_int_equal(r.play_count, 0);
	make_plays(folder, 200, 6000);
	fill(&p, folder, &r);
	assert_true(r.play_count > 0);
	scratch_remove(folder);
}

static void a_picture_is_found_by_its_name(void **state)
{
	char folder[SCRATCH_PATH_MAX];
	struct buf jpeg = {0}, got = {0};
	struct err e = {0};
	int64_t taken;
	(void)state;
	scratch_make(folder);
	buf_add(&jpeg, "\xff\xd8\n\0x", 5);
	assert_false(shot_read(folder, "0123456789abcdef", &taken, &got));
	assert_true(shot_write(folder, "0123456789abcdef", NOW, &jpeg, &e));
	assert_true(shot_read(folder, "0123456789abcdef", &taken, &got));
	assert_int_equal(taken, NOW);
	assert_int_equal(got.len, 5);
	assert_memory_equal(got.data, jpeg.data, 5);
	assert_false(shot_read(folder, "0123456789abcdee", &taken, &got));
	buf_finish(&jpeg);
	buf_finish(&got);
	scratch_remove(folder);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, body_rows, check_body);
	SENTENCES_ROWS(&s, care_rows, check_care);
	SENTENCES_ROWS(&s, display_rows, check_display);
	sentences_add(&s, "a count never falls, over restarts", a_count_never_falls, NULL);
	sentences_add(&s, "a key without its count is given up", a_key_without_its_count_is_given_up, NULL);
	sentences_add(&s, "pairing is with one hub", pairing_is_with_one_hub, NULL);
	sentences_add(&s, "codes are six digits", codes_are_six_digits, NULL);
	sentences_add(&s, "a hello is signed by the key that it brings", a_hello_is_signed_by_the_key_that_it_brings, NULL);
	sentences_add(&s, "a box tells what its kernel says", a_box_tells_what_its_kernel_says, NULL);
	sentences_add(&s, "whatever went wrong fits into a report", whatever_went_wrong_fits_into_a_report, NULL);
	sentences_add(&s, "a status is read as it was written", a_status_is_read_as_it_was_written, NULL);
	sentences_add(&s, "pages are counted while they stand", pages_are_counted_while_they_stand, NULL);
	sentences_add(&s, "the oldest day makes room", the_oldest_day_makes_room, NULL);
	sentences_add(&s, "what was counted comes in as many reports as it takes",
		what_was_counted_comes_in_as_many_reports_as_it_takes, NULL);
	sentences_add(&s, "a picture is found by its name", a_picture_is_found_by_its_name, NULL);
	return sentences_run(&s, "device");
}
