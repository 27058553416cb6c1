/* SPDX-License-Identifier: Apache-2.0
 *
 * What an alert says: its own words or, where they are missing, what little is known;
 * a drill and a sample say what they are; the colours are the level's. */
#include "base/buf.h"
#include "base/civil.h"
#include "board/alert.h"
#include "content_kit.h"
#include "paint_kit.h"
#include "sentences.h"

static struct font_set *fonts;
static struct buf said; /* all texts of a page, a line each */

static void listen(void *user, const struct draw_op *op)
{
	(void)user;
	if (op->kind == DRAW_TEXT)
		buf_printf(&said, "%s\n", op->text);
}

static struct moment moment(const char *at, bool is_trusted)
{
	int64_t utc_s;
	assert_true(civil_parse_rfc3339(at, &utc_s));
	return moment_at("Asia/Shanghai", utc_s, is_trusted, 0);
}

static void read_page(int width, int height, const struct alert *a, const struct moment times[2])
{
	struct canvas *c = canvas_create_blind(width, height, fonts);
	buf_finish(&said);
	canvas_listen(c, listen, NULL);
	board_paint_alert(c, a, &times[0], &times[1]);
	canvas_destroy(c);
}

/* All of a list of words that commas separate stand on the page, or none of them. */
static void assert_words(const char *list, bool must_stand)
{
	char words[256];
	(void)snprintf(words, sizeof words, "%s", list);
	for (char *word = strtok(words, ","); word; word = strtok(NULL, ",")) {
		if ((strstr(said.data, word) != NULL) != must_stand)
			fail_msg("%s: %s in\n%s", word, must_stand ? "missing" : "found", said.data);
	}
}

#define DAY "2023-06-28T10:24:00+08:00"
#define NEXT_DAY "2023-06-29T08:00:00+08:00"

static const struct alert whole = {.title = "紧急疏散", .text = "请从就近出口离开", .publisher = "某单位"};
static const struct alert drill = {.title = "紧急疏散", .text = "某", .is_exercise = true, .is_sample = true};
static const struct alert sample = {.title = "紧急疏散", .text = "某", .is_sample = true};
static const struct alert empty = {.title = "", .text = "", .publisher = "某单位"};
static const struct alert untitled = {.text = "请从就近出口离开", .publisher = ""};

static const struct words_row {
	const char *says;
	const struct alert *alert;
	const char *issued, *now;
	bool is_trusted;
	const char *shows, *hides;
} words_rows[] = {
	{"an alert says what it says", &whole, DAY, DAY, true,
		"紧急疏散,请从就近出口离开,发布单位,某单位,发布时间,10:24", "演练,示例数据,6月28日"},
	{"the next day it says since when", &whole, DAY, NEXT_DAY, true, "6月28日 10:24", "演练"},
	{"a time that is not known is left out", &whole, DAY, DAY, false, "紧急疏散,某单位",
		"发布时间,10:24"},
	{"a drill says so, and is no sample", &drill, DAY, DAY, true, "演练", "示例数据,发布单位"},
	{"a sample says so", &sample, DAY, DAY, true, "示例数据", "演练"},
	{"empty texts are filled in", &empty, DAY, DAY, true, "紧急通知,请听从工作人员指引,某单位", "演练"},
	{"a missing title alone", &untitled, DAY, DAY, true, "紧急通知,请从就近出口离开", "指引,发布单位"},
	{"an alert that nobody prepared", NULL, DAY, DAY, true, "紧急通知,请听从工作人员指引",
		"发布单位,演练"},
};

static void check_words(void **state)
{
	const struct words_row *r = *state;
	struct moment times[] = {moment(r->issued, r->is_trusted), moment(r->now, r->is_trusted)};
	for (int i = 0; i < 2; i++) {
		read_page(i ? 1080 : 1920, i ? 1920 : 1080, r->alert, times);
		assert_words(r->shows, true);
		assert_words(r->hides, false);
	}
}

/* ---- colours ------------------------------------------------------------------ */

static const struct color_row {
	const char *says;
	enum alert_level level;
	uint32_t ground, text;
} color_rows[] = {
	{"red", ALERT_RED, 0xA3120C, 0xFFFFFF},
	{"orange", ALERT_ORANGE, 0xE87500, 0x1A110A},
	{"yellow", ALERT_YELLOW, 0xF6C700, 0x1A110A},
	{"blue", ALERT_BLUE, 0x0B4A8F, 0xFFFFFF},
};

static uint32_t pixel(struct canvas *c, int x, int y)
{
	const SDL_Surface *s = canvas_surface(c);
	const char *row = (const char *)s->pixels + (ptrdiff_t)y * s->pitch;
	return ((const uint32_t *)(const void *)row)[x] & 0xFFFFFF;
}

/* Whatever stood there before is covered to the edges. */
static void check_color(void **state)
{
	const struct color_row *r = *state;
	struct canvas *c = canvas_create(960, 540, fonts);
	struct alert a = whole;
	a.level = r->level;
	canvas_clear(c, theme_find("festival"));
	board_paint_alert(c, &a, NULL, NULL);
	assert_int_equal(pixel(c, 0, 270), r->ground);
	assert_int_equal(pixel(c, 959, 270), r->ground);
	assert_int_equal(pixel(c, 160, 80), r->text); /* within the triangle */
	assert_int_equal(pixel(c, 20, 10), r->text); /* between two stripes */
	canvas_destroy(c);
}

/* ---- from the content --------------------------------------------------------- */

static const struct sign_row {
	const char *says, *arrow;
	enum alert_sign sign;
} sign_rows[] = {
	{"no arrow", NULL, ALERT_NO_SIGN},
	{"left", "\"left\"", ALERT_LEFT},
	{"right", "\"right\"", ALERT_RIGHT},
	{"up", "\"up\"", ALERT_UP},
	{"down", "\"down\"", ALERT_DOWN},
	{"up and left", "\"up-left\"", ALERT_UP_LEFT},
	{"up and right", "\"up-right\"", ALERT_UP_RIGHT},
	{"down and left", "\"down-left\"", ALERT_DOWN_LEFT},
	{"down and right", "\"down-right\"", ALERT_DOWN_RIGHT},
	{"pause", "\"pause\"", ALERT_PAUSE},
};

static void check_sign(void **state)
{
	const struct sign_row *r = *state;
	json_t *document = kit_document();
	kit_set(document, "/alerts",
		"[{\"id\": \"first\", \"status\": \"actual\", \"level\": \"red\", \"title\": \"甲\","
		"  \"text\": \"某\", \"publisher\": \"某\"},"
		" {\"id\": \"a\", \"status\": \"exercise\", \"level\": \"blue\", \"title\": \"乙\","
		"  \"text\": \"一行\\n二行\", \"publisher\": \"某单位\", \"sample\": true}]");
	if (r->arrow)
		kit_set(document, "/alerts/1/arrow", r->arrow);
	struct content *c = kit_open(document);
	struct arena arena = {0};
	struct alert a, *list;
	assert_false(alert_read(c, "b", &arena, &a));
	assert_true(alert_read(c, "a", &arena, &a));
	assert_int_equal(a.sign, r->sign);
	assert_int_equal(a.level, ALERT_BLUE);
	assert_true(a.is_exercise && a.is_sample);
	assert_string_equal(a.text, "一行\n二行");
	assert_int_equal(alert_list(c, &arena, &list), 2);
	assert_string_equal(list[0].id, "first");
	assert_false(list[0].is_exercise || list[0].is_sample);
	arena_finish(&arena);
	content_close(c);
}

int main(void)
{
	static struct sentences s;
	fonts = kit_fonts(&kit_noto);
	SENTENCES_ROWS(&s, words_rows, check_words);
	SENTENCES_ROWS(&s, color_rows, check_color);
	SENTENCES_ROWS(&s, sign_rows, check_sign);
	int failed = sentences_run(&s, "board alert");
	buf_finish(&said);
	font_set_close(fonts);
	return failed;
}
