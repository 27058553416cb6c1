/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents painted and pictures taken in by a child, as the hub does it: the test's own
 * program is the child. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "hub/album.h"
#include "hub/painter.h"
#include "hub/preview.h"
#include "paint/picture_write.h"
#include "paint_kit.h"
#include "scratch.h"
#include "sentences.h"

#define NOW INT64_C(1790000000)

static char folder[SCRATCH_PATH_MAX];
static struct album *album;
static struct painter *painter;

#define DOCUMENT(title, more) \
	"{\"schema\": 1, \"site\": {\"name\": \"坊子区\", \"timezone\": \"Asia/Shanghai\"}, \"sources\": []," \
	"\"calendar\": {\"holidays\": [], \"workdays\": []}, \"phases\": [], \"rules\": [], \"projects\": []," \
	"\"indicators\": [], \"figures\": [], \"occasions\": [], \"places\": [], \"journeys\": []," \
	"\"records\": [], \"patterns\": [], \"targets\": [], \"screens\": {}," \
	"\"alerts\": [{\"id\": \"rain\", \"status\": \"exercise\", \"level\": \"orange\"," \
	" \"title\": \"暴雨橙色预警\", \"text\": \"请减少外出\", \"publisher\": \"示例单位\"}]," \
	"\"notices\": [{\"id\": \"n1\", \"title\": \"" title "\", \"text\": \"某事如下\", \"ticker\": true," \
	" \"level\": \"info\"}" more "]," \
	"\"boards\": [{\"id\": \"b1\", \"kind\": \"notices\", \"theme\": \"hall\"}]}"

static bool paint(const char *document, bool (*goes_on)(void *, double), void *user, json_t **out, struct err *e)
{
	json_t *media = json_object();
	struct painter_wish w = {.document = document,
		.len = strlen(document),
		.media = media,
		.sizes = {{640, 360}, {360, 640}},
		.size_count = 2,
		.at_utc_s = NOW,
		.wants_findings = true};
	bool ok = painter_paint(painter, &w, &(struct painter_watch){goes_on, user}, out, e);
	json_decref(media);
	return ok;
}

static json_t *painted(const char *document)
{
	struct err e = {0};
	json_t *out = NULL;
	if (!paint(document, NULL, NULL, &out, &e))
		fail_msg("%s", e.text);
	return out;
}

static const char *text(const json_t *o, const char *name)
{
	return json_string_value(json_object_get(o, name));
}

static void a_document_is_painted_at_each_size(void **state)
{
	(void)state;
	json_t *out = painted(DOCUMENT("通知", ""));
	const json_t *pages = json_object_get(out, "pages");
	assert_int_equal(json_array_size(pages), 4); /* the board and the alert, twice */
	const json_t *first = json_array_get(pages, 0);
	assert_string_equal(text(first, "name"), "b1-1");
	assert_string_equal(text(first, "kind"), "notices");
	assert_string_equal(text(first, "size"), "640x360");
	assert_string_equal(text(json_array_get(pages, 3), "name"), "alert-rain");
	assert_string_equal(text(json_array_get(pages, 3), "kind"), "alert");
	uint64_t size;
	int fd = album_get(album, text(first, "sha256"), &size);
	assert_true(fd >= 0);
	assert_true(size > 1000);
	assert_int_equal(close(fd), 0);
	json_decref(out);
}

static void the_same_document_gives_the_same_hashes(void **state)
{
	(void)state;
	json_t *a = painted(DOCUMENT("通知", "")), *b = painted(DOCUMENT("通知", ""));
	assert_true(json_equal(a, b));
	json_t *c = painted(DOCUMENT("通知二", ""));
	assert_string_not_equal(text(a, "pages_sha256"), text(c, "pages_sha256"));
	json_decref(a);
	json_decref(b);
	json_decref(c);
}

static void what_changed_comes_first(void **state)
{
	(void)state;
	json_t *then = painted(DOCUMENT("通知", "")), *now = painted(DOCUMENT("通知二", ""));
	json_t *pages = json_object_get(now, "pages");
	assert_int_equal(json_array_remove(pages, json_array_size(pages) - 1), 0);
	json_t *both = preview_compare(pages, json_object_get(then, "pages"));
	static const char *const states[] = {"changed", "changed", "gone", "same"};
	assert_int_equal(json_array_size(both), 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(text(json_array_get(both, i), "state"), states[i]);
	assert_non_null(text(json_array_get(both, 0), "now_sha256"));
	json_t *fresh = preview_compare(pages, NULL);
	assert_string_equal(text(json_array_get(fresh, 0), "state"), "new");
	json_decref(fresh);
	json_decref(both);
	json_decref(then);
	json_decref(now);
}

static void an_error_has_its_place(void **state)
{
	(void)state;
	json_t *out = painted(DOCUMENT("通知",
		", {\"id\": \"n2\", \"title\": \"" "\xf0\x92\x80\x80" "\", \"text\": \"字\", \"ticker\": true, \"level\": \"info\"}"));
	assert_true(json_integer_value(json_object_get(out, "errors")) >= 1);
	const json_t *f = json_array_get(json_object_get(out, "findings"), 0);
	assert_string_equal(text(f, "pointer"), "/notices/1/title");
	assert_string_equal(text(f, "list"), "notices");
	assert_string_equal(text(f, "id"), "n2");
	assert_string_equal(text(f, "field"), "title");
	assert_string_equal(text(f, "level"), "error");
	json_decref(out);
}

static void a_broken_document_has_findings_and_no_pages(void **state)
{
	(void)state;
	json_t *out = painted("{\"schema\": 1}");
	assert_true(json_integer_value(json_object_get(out, "errors")) > 5);
	assert_int_equal(json_array_size(json_object_get(out, "pages")), 0);
	json_decref(out);
}

static void no_json_is_refused(void **state)
{
	(void)state;
	struct err e = {0};
	json_t *out;
	assert_false(paint("{\"schema\": 1", NULL, NULL, &out, &e));
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_null(out);
}

static bool stop_at_once(void *user, double done)
{
	(void)done;
	++*(int *)user;
	return false;
}

static void it_stops_when_told(void **state)
{
	(void)state;
	struct err e = {0};
	json_t *out;
	int asked = 0;
	assert_false(paint(DOCUMENT("通知", ""), stop_at_once, &asked, &out, &e));
	assert_int_equal(e.kind, ERR_BUSY);
	assert_true(asked > 0);
}

/* ---- pictures ---------------------------------------------------------------------- */

static cairo_surface_t *picture(int w, int h, uint32_t argb)
{
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w, h);
	unsigned char *data = cairo_image_surface_get_data(s);
	for (int y = 0; y < h; y++) {
		uint32_t *row = (uint32_t *)(void *)(data + (ptrdiff_t)y * cairo_image_surface_get_stride(s));
		for (int x = 0; x < w; x++)
			row[x] = argb;
	}
	cairo_surface_mark_dirty(s);
	return s;
}

static void a_png_stays_one_and_loses_what_is_behind_it(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct painter_picture out;
	struct err e = {0};
	cairo_surface_t *s = picture(40, 20, 0x80400000);
	assert_true(picture_write_png(s, &bytes));
	cairo_surface_destroy(s);
	buf_text(&bytes, "<script>alert(1)</script>");
	assert_true(painter_take_picture(painter, bytes.data, bytes.len, &out, &e));
	assert_string_equal(out.type, "image/png");
	assert_int_equal(out.width_px, 40);
	assert_int_equal(out.height_px, 20);
	assert_null(memmem(out.bytes.data, out.bytes.len, "script", 6));
	buf_finish(&out.bytes);
	buf_finish(&bytes);
}

/* A decoder that was taken over would read what it likes: the office's keys. */
static void a_picture_outside_of_the_media_is_not_read(void **state)
{
	(void)state;
	char other[SCRATCH_PATH_MAX], path[SCRATCH_PATH_MAX + 16];
	static const char document[] = DOCUMENT("通知", "") "";
	struct buf bytes = {0};
	cairo_surface_t *s = picture(40, 20, 0xff004000);
	assert_true(picture_write_png(s, &bytes));
	cairo_surface_destroy(s);
	scratch_make(other);
	int errors[2];
	for (int i = 0; i < 2; i++) {
		struct err e = {0};
		json_t *out;
		const char *place = i ? other : folder;
		scratch_write(place, "town.png", bytes.data, bytes.len);
		(void)snprintf(path, sizeof path, "%s/town.png", place);
		json_t *media = json_pack("{s:s}", "town.png", path), *tree = json_loads(document, 0, NULL);
		(void)json_array_append_new(json_object_get(tree, "boards"),
			json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", "b2", "kind", "picture", "theme", "hall", "title",
				"坊子", "picture", "town.png"));
		char *text = json_dumps(tree, 0);
		struct painter_wish w = {.document = text, .len = strlen(text), .media = media, .at_utc_s = NOW,
			.wants_findings = true};
		assert_true(painter_paint(painter, &w, NULL, &out, &e));
		errors[i] = (int)json_integer_value(json_object_get(out, "errors"));
		free(text);
		json_decref(out);
		json_decref(tree);
		json_decref(media);
	}
	scratch_remove(other);
	buf_finish(&bytes);
	assert_int_equal(errors[0], 0);
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, 1U) < 1)
		skip();
	assert_int_equal(errors[1], 1);
}

static void a_photograph_stays_one(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct painter_picture out;
	struct err e = {0};
	cairo_surface_t *s = picture(64, 48, 0xff336699);
	assert_true(picture_write_jpeg(s, &bytes));
	cairo_surface_destroy(s);
	assert_true(painter_take_picture(painter, bytes.data, bytes.len, &out, &e));
	assert_string_equal(out.type, "image/jpeg");
	assert_int_equal(out.width_px, 64);
	buf_finish(&out.bytes);
	buf_finish(&bytes);
}

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"

static const struct refused {
	const char *says, *bytes;
	size_t len;
	const char *reason;
} refused[] = {
	{"nothing is no picture", "", 0, "不是 PNG"},
	{"a page of HTML is no picture", "<html><script>", 14, "不是 PNG"},
	{"a GIF is not taken", "GIF89a\1\0\1\0\0\0\0;", 14, "不是 PNG"},
	{"an SVG is not taken", "<svg xmlns='http://www.w3.org/2000/svg'/>", 41, "不是 PNG"},
	{"a PNG that says 30000 x 30000 is not decoded", PNG_HEAD "\0\0\x75\x30\0\0\x75\x30\x08\x06\0\0\0", 29,
		"每边至多 4096"},
	{"one that says 5000 x 100 neither", PNG_HEAD "\0\0\x13\x88\0\0\0\x64\x08\x06\0\0\0", 29, "5000 × 100"},
	{"a PNG whose end is missing is broken", PNG_HEAD "\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0", 29, "已损坏"},
	{"a ZIP that calls itself a picture", "PK\3\4\x14\0\0\0\x08\0", 10, "不是 PNG"},
};

static void is_refused(void **state)
{
	const struct refused *r = *state;
	struct painter_picture out;
	struct err e = {0};
	assert_false(painter_take_picture(painter, r->bytes, r->len, &out, &e));
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_non_null(strstr(e.text, r->reason));
	buf_finish(&out.bytes);
}

static void eleven_megabytes_are_refused(void **state)
{
	(void)state;
	struct painter_picture out;
	struct err e = {0};
	char *bytes = calloc(11 << 20, 1);
	assert_non_null(bytes);
	assert_false(painter_take_picture(painter, bytes, 11 << 20, &out, &e));
	assert_non_null(strstr(e.text, "超过 10 MB"));
	free(bytes);
}

/* ---- the album ---------------------------------------------------------------------- */

/* Last used so many seconds ago. */
static void age(const char *of, const char *sha256, int s)
{
	char path[SCRATCH_PATH_MAX * 4];
	struct clock clock = clock_system();
	struct timespec then = {clock_utc_ms(&clock) / 1000 - s, 0};
	(void)snprintf(path, sizeof path, "%s/%s.png", of, sha256);
	if (file_exists(path))
		assert_int_equal(utimensat(AT_FDCWD, path, (struct timespec[]){then, then}, 0), 0);
}

static void an_album_drops_what_was_used_longest_ago(void **state)
{
	(void)state;
	char path[SCRATCH_PATH_MAX * 2], sha256[5][DIGEST_HEX];
	struct album *small;
	struct err e = {0};
	uint64_t size;
	(void)snprintf(path, sizeof path, "%s/small", folder);
	assert_true(album_open(&small, path, 3500, &e));
	for (int i = 0; i < 4; i++) {
		struct buf page = {0};
		for (int k = 0; k < 100; k++)
			buf_printf(&page, "page %d    ", i);
		if (i == 3) { /* the first one is looked at again: the second one is now the oldest */
			int fd = album_get(small, sha256[0], &size);
			assert_true(fd >= 0);
			(void)close(fd);
		}
		assert_true(album_put(small, &page, sha256[i], &e));
		age(path, sha256[i], 100 - i);
		buf_finish(&page);
	}
	static const bool is_left[] = {true, false, false, true};
	for (int i = 0; i < 4; i++) {
		int fd = album_get(small, sha256[i], &size);
		assert_int_equal(fd >= 0, is_left[i]);
		if (fd >= 0)
			(void)close(fd);
	}
	assert_int_equal(album_get(small, "../../etc/passwd", &size), -1);
	album_close(small);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	char path[SCRATCH_PATH_MAX * 2];
	if (argc == 2 && strcmp(argv[1], "paint") == 0)
		return painter_child_paint();
	if (argc == 2 && strcmp(argv[1], "picture") == 0)
		return painter_child_picture();
	static struct sentences s;
	scratch_make(folder);
	(void)snprintf(path, sizeof path, "%s/pages", folder);
	if (!album_open(&album, path, ALBUM_BYTES_MAX, &e))
		abort();
	painter = painter_create(&(struct painter_setup){
		.program = "/proc/self/exe", .fonts = kit_noto, .media = folder, .album = album, .at_once = 2});
	sentences_add(&s, "a document is painted at each size", a_document_is_painted_at_each_size, NULL);
	sentences_add(&s, "the same document gives the same hashes", the_same_document_gives_the_same_hashes, NULL);
	sentences_add(&s, "what changed comes first", what_changed_comes_first, NULL);
	sentences_add(&s, "an error has its place", an_error_has_its_place, NULL);
	sentences_add(&s, "a broken document has findings and no pages", a_broken_document_has_findings_and_no_pages,
		NULL);
	sentences_add(&s, "no JSON is refused", no_json_is_refused, NULL);
	sentences_add(&s, "it stops when told", it_stops_when_told, NULL);
	sentences_add(&s, "a PNG stays one and loses what is behind it", a_png_stays_one_and_loses_what_is_behind_it,
		NULL);
	sentences_add(&s, "a picture outside of the media is not read", a_picture_outside_of_the_media_is_not_read, NULL);
	sentences_add(&s, "a photograph stays one", a_photograph_stays_one, NULL);
	SENTENCES_ROWS(&s, refused, is_refused);
	sentences_add(&s, "eleven megabytes are refused", eleven_megabytes_are_refused, NULL);
	sentences_add(&s, "an album drops what was used longest ago", an_album_drops_what_was_used_longest_ago, NULL);
	int failed = sentences_run(&s, "painter");
	painter_destroy(painter);
	album_close(album);
	scratch_remove(folder);
	return failed;
}
